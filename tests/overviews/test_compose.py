from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.overviews.support import MAPPING, MORNING, all_figures, collection, figures, member
from wikibot.actions.action import Action
from wikibot.errors import InputError
from wikibot.mapping import load_mapping
from wikibot.overviews import Section
from wikibot.overviews.collection import Tracked
from wikibot.overviews.compose import SECTIONS, overview
from wikibot.title import Title

PAGES = (
    member("Haies", defis="Eau", niveau="Idée", montant="100", lieu="43.6, 3.9", tags=["Eau"]),
    member("Mares", defis="Eau", niveau="Essai"),
    member("Haies", "ligne", 0, poste="Plants"),
)


def action(number: int, column: str, due: date | None = None) -> Action:
    title = Title(690, f"{number}", "Action")
    columns = (column,) if column else ()
    return Action(
        *(number, number, title, "Planter", "Open", "open", columns, columns),
        *(("Zoé Exemple",), due, f"{due or ''}", ("Haies",), "", ""),
    )


def first(*members: object, **more: object) -> Section:
    made = overview(replace(collection(*PAGES), **more), sections=["summary"])  # type: ignore[arg-type]
    (section,) = made.sections
    return section


def test_sections_come_in_the_order_of_reading_whatever_the_order_asked_for() -> None:
    whole = overview(collection(*PAGES))
    ids = [section.id for section in whole.sections]
    about_types = [each for each in ids if each.startswith("type_")]
    assert ids == [*(each for each in SECTIONS if each in ids), *about_types]
    assert [each.folded for each in whole.sections] == [each in about_types for each in ids]
    assert {"summary", "glance", "counts", "crossed", "funding", "places"} <= set(ids)
    asked = overview(collection(*PAGES), sections=["counts", "glance"])
    assert [section.id for section in asked.sections] == ["glance", "counts"]


def test_every_id_of_an_overview_is_its_only_one() -> None:
    ids = [b.id for section in overview(collection(*PAGES)).sections for b in section.blocks]
    assert len(set(ids)) == len(ids)


def test_a_section_that_does_not_exist_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(InputError) as caught:
        overview(collection(*PAGES), sections=["fundings"])
    assert caught.value.advice is not None
    assert "funding" in caught.value.advice.fr
    with pytest.raises(InputError) as caught:
        overview(collection(*PAGES), sections=["zzz"])
    assert caught.value.advice is not None
    assert "glance, counts" in caught.value.advice.fr


def test_an_overview_says_of_which_wiki_and_of_when_it_is() -> None:
    made = overview(collection(*PAGES))
    assert (made.wiki.fr, made.place, made.as_of) == ("Wiki d'essai", "pages/", MORNING)


def test_of_an_empty_wiki_there_is_nothing_to_tell() -> None:
    assert overview(collection()).sections == ()


def test_the_first_figures_are_pages_completeness_and_actions() -> None:
    resilience = load_mapping("resilience")
    columns = ("Label:A faire", "Label:En cours", "Label:Fait")
    actions = [action(i, column) for i, column in enumerate(columns, 1)]
    actions += [action(4, columns[0], date(2026, 1, 1)), action(5, "")]
    actions.append(replace(action(6, columns[0]), state="closed"))
    tracked = Tracked(tuple(actions), (), frozenset({4}))
    section = first(tracked=tracked, mapping=resilience)
    assert figures(section) == {
        "pages_commun": 2,
        "complete": pytest.approx(2 / 9),
        "funding_commun_sum": 100,
        "actions_open": 4,
        "actions_overdue": 1,
    }
    assert "Zoé" not in repr(section)


def test_without_a_tracker_no_action_is_counted() -> None:
    assert {figure.id for figure in all_figures(first())} == {
        "pages_commun",
        "complete",
        "funding_commun_sum",
    }
    assert MAPPING.page_type("action") is None


def test_pages_that_cannot_be_read_are_told() -> None:
    section = first(unread=("Cassée", "Perdue"))
    table = section.table("unread")
    assert table.rows == (("Cassée",), ("Perdue",))
    assert table.label.fr == "2 pages ne se lisent pas de façon sûre"
