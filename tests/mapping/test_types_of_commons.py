"""Page types around a commons: workshop reports, challenges, licences, who acts, training."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wikibot
from tests.mapping.test_demo_pages import FILES, MAPPING, calls_on, pages_of, type_of
from wikibot.mapping import Field, PageType, Vocabulary
from wikibot.title import FRENCH, Title
from wikibot.value import split

TYPES = ["compte_rendu", "organisation", "personne", "formation"]
TERM_TYPES = ["defi", "licence", "etiquette"]
NEW_PAGES = [title for type_id in TYPES for title in pages_of(type_id)]
INSTRUCTIVE = FRENCH.parse("Raconter ce qui n'a pas marché")


def page_type(type_id: str) -> PageType:
    found = MAPPING.page_type(type_id)
    assert found is not None
    return found


def field(type_id: str, field_id: str) -> Field:
    found = page_type(type_id).field(field_id)
    assert found is not None
    return found


def vocabulary(vocabulary_id: str) -> Vocabulary:
    return next(v for v in MAPPING.vocabularies if v.id == vocabulary_id)


def labels(vocabulary_id: str) -> list[str]:
    return [term.label for term in vocabulary(vocabulary_id).terms]


def required(type_id: str) -> set[str]:
    return {f.id for f in page_type(type_id).fields if f.required}


# --- the commons ---


def test_the_page_of_a_commons_has_the_two_headings_of_the_application() -> None:
    headings = {f.id: f.heading.fr for f in page_type("commun").fields if f.heading}
    assert list(headings) == ["candidature", "realisation"]
    assert "5 parties" in headings["candidature"]
    assert headings["realisation"] == "La réalisation du projet de commun sélectionné"


def test_five_numbered_parts_stand_under_the_first_heading_and_the_sixth_under_the_other() -> None:
    ids = [f.id for f in page_type("commun").fields]
    first, second = ids.index("candidature"), ids.index("realisation")

    def numbers(part: list[str]) -> list[str]:
        return [i for i in (field("commun", p).label.fr[:2] for p in part) if i[0].isdigit()]

    assert numbers(ids[first:second]) == ["1.", "2.", "3.", "4.", "5."]
    assert numbers(ids[second:]) == ["6."]


def test_the_fields_of_a_commons_lead_to_pages_of_their_kind() -> None:
    assert {f.id: f.pages_of for f in page_type("commun").fields if f.pages_of} == {
        "contributeurs": "personne",
        "communs_proches": "commun",
        "referent_ademe": "personne",
        "referent": "personne",
    }
    assert vocabulary("defis").page_type == "defi"
    assert vocabulary("licences").page_type == "licence"


def test_a_commons_lists_its_workshop_reports_and_its_training() -> None:
    lists = {
        pt.id: f.listed_as.fr
        for pt in MAPPING.page_types
        for f in pt.fields
        if f.listed_as and f.pages_of == "commun" and pt.id in TYPES
    }
    assert lists["compte_rendu"] == "Liste des CR d'atelier en lien avec ce commun"
    assert list(lists) == ["compte_rendu", "formation"]


def test_no_page_lists_two_things_under_one_heading() -> None:
    heads = [(f.pages_of, f.listed_as.fr) for pt in MAPPING.page_types for f in pt.fields
             if f.listed_as]  # fmt: skip
    assert len(set(heads)) == len(heads)


# --- the tracker ---


def test_the_board_has_three_columns_and_shows_what_is_open() -> None:
    action = page_type("action")
    board = action.board
    assert action.numbered
    assert board is not None
    assert board.status is not None
    assert list(board.columns) == labels("action_labels")
    assert len(board.columns) == 3
    assert field("action", board.column).vocabulary == "action_labels"
    assert field("action", board.status).vocabulary == "action_status"
    assert board.open in labels("action_status")
    assert field("action", board.related).pages_of == "commun"


def test_a_column_is_a_page_of_the_labels_namespace_without_the_prefix_in_its_name() -> None:
    label = page_type("etiquette")
    assert (label.template, label.namespace) == ("Label", 692)
    assert label.order == ("ALIAS", "COLOR")
    terms = vocabulary("action_labels")
    assert terms.page_type == "etiquette"
    assert {FRENCH.parse(term.label).namespace for term in terms.terms} == {692}
    assert terms.page_fields == {"name": "alias"}


# --- terms that are pages ---


@pytest.mark.parametrize("type_id", TERM_TYPES)
def test_installing_fills_every_required_field_of_the_page_of_a_term(type_id: str) -> None:
    (terms,) = [v for v in MAPPING.vocabularies if v.page_type == type_id]
    key_of = {field_id: key for key, field_id in terms.page_fields.items()}
    assert required(type_id) <= set(key_of)
    for term in terms.terms:
        for field_id in required(type_id):
            key = key_of[field_id]
            assert key == "name" or getattr(term, key) is not None, term.label


@pytest.mark.parametrize("type_id", TERM_TYPES)
def test_a_term_is_a_title_that_a_wiki_takes_as_it_is(type_id: str) -> None:
    (terms,) = [v for v in MAPPING.vocabularies if v.page_type == type_id]
    for term in terms.terms:
        assert str(FRENCH.parse(term.label)) == term.label


def test_a_licence_may_apply_to_what_commons_are_made_of() -> None:
    made_of = {*labels("categories")} - {"Licence"}
    assert set(labels("licence_objets")) == made_of


# --- people ---


def test_nothing_is_asked_of_a_person_and_an_address_only_with_consent() -> None:
    assert required("personne") == set()
    (mail,) = [f for f in page_type("personne").fields if f.kind == "email"]
    assert mail.help is not None
    assert "avec l'accord" in mail.help.fr
    assert "consent" in mail.help.en


def test_who_took_part_in_a_workshop_is_named_with_consent_only() -> None:
    participants = field("compte_rendu", "participants")
    assert not participants.required
    assert participants.help is not None
    assert "veulent bien être nommées" in participants.help.fr


def test_no_demo_page_gives_the_mail_of_a_person() -> None:
    for title in pages_of("personne"):
        assert "@" not in FILES[title].read_text(encoding="utf-8")


# --- training ---


def test_training_has_the_sources_media_and_durations_of_the_programme() -> None:
    assert len(labels("formation_sources")) == 4
    assert labels("formation_media") == [
        "À distance", "En présentiel", "Capitalisation d'expériences",
    ]  # fmt: skip
    assert labels("formation_durees") == [
        "Cycle de trois ans", "Modules coordonnés", "Module spécialisé", "Libre accès",
    ]  # fmt: skip


def test_media_are_combined_and_a_training_has_one_source_and_one_duration() -> None:
    assert field("formation", "media").many
    assert not field("formation", "source").many
    assert not field("formation", "duree").many


def test_the_themes_of_training_may_grow_and_its_durations_may_not() -> None:
    assert vocabulary("formation_themes").open
    closed = ["formation_sources", "formation_media", "formation_durees", "beneficiaires"]
    assert not [v for v in closed if vocabulary(v).open]


def test_the_demo_shows_every_source_and_every_duration_of_training() -> None:
    used: dict[str, set[str]] = {"source": set(), "duree": set()}
    for title in pages_of("formation"):
        ((_, call),) = calls_on(title)
        for parameter, values in used.items():
            values.add(call.parameters[parameter].value)
    assert used["source"] == set(labels("formation_sources"))
    assert used["duree"] == set(labels("formation_durees"))


# --- all of them ---


@pytest.mark.parametrize("type_id", [*TYPES, *TERM_TYPES])
def test_parameters_are_simple_words_and_every_field_has_a_property(type_id: str) -> None:
    found = page_type(type_id)
    assert found.about is not None
    assert found.form == found.template
    for f in found.fields:
        assert f.property is not None
        assert type_id == "etiquette" or re.fullmatch(r"[a-z]+(_[a-z]+)*", f.parameter)
        assert (f.kind in ("page", "user")) or f.pages_of is None


@pytest.mark.parametrize("type_id", [*TYPES, *TERM_TYPES])
def test_pages_are_named_by_page_type_wherever_there_is_one(type_id: str) -> None:
    unnamed = [f.id for f in page_type(type_id).fields if f.kind == "page" and not f.pages_of]
    assert unnamed == []


def test_a_property_means_the_same_wherever_it_is_named() -> None:
    meant: dict[str, tuple[str, str | None]] = {}
    for pt in MAPPING.page_types:
        for f in pt.fields:
            if f.property is not None:
                here = (f.kind, f.vocabulary)
                assert meant.setdefault(f.property, here) == here, f"{pt.id}.{f.id}"


# --- their demo pages ---


def test_the_demo_has_pages_of_each_and_none_that_installing_would_make() -> None:
    assert all(len(pages_of(type_id)) >= 2 for type_id in TYPES)
    assert not any(pages_of(type_id) for type_id in TERM_TYPES)


@pytest.mark.parametrize("title", NEW_PAGES, ids=str)
def test_a_demo_page_fills_what_is_required_in_the_order_of_the_form(title: Title) -> None:
    ((found, call),) = calls_on(title)
    text = FILES[title].read_text(encoding="utf-8")
    filled = [name for name in re.findall(r"^\|(\w+)=", text, re.MULTILINE)]
    assert filled == [name for name in found.order if name in filled]
    assert set(filled) == set(call.parameters)
    assert all(parameter.value for parameter in call.parameters.values())
    assert {f.parameter for f in found.fields if f.required} <= set(filled)


@pytest.mark.parametrize("title", NEW_PAGES, ids=str)
def test_every_page_that_a_demo_page_names_is_there(title: Title) -> None:
    ((found, call),) = calls_on(title)
    for f in found.fields:
        if f.pages_of is None or f.parameter not in call.parameters:
            continue
        value = call.parameters[f.parameter].value
        for name in split(value, f.separator) if f.many else (value,):
            page = FRENCH.parse(name)
            assert page in FILES, f"{f.id}: {name}"
            assert type_of(page).id == f.pages_of


def test_no_demo_page_is_an_orphan() -> None:
    texts = {title: file.read_text(encoding="utf-8") for title, file in FILES.items()}
    for title in (*pages_of("personne"), *pages_of("organisation")):
        assert any(str(title) in text for at, text in texts.items() if at != title), title


def test_a_workshop_report_is_about_commons_and_actions_of_the_same_work() -> None:
    for title in pages_of("compte_rendu"):
        ((_, report),) = calls_on(title)
        communs = set(split(report.parameters["communs"].value, ","))
        for name in split(report.parameters["actions"].value, ","):
            ((_, action),) = calls_on(FRENCH.parse(name))
            assert set(split(action.parameters["RELATED_ARTICLE"].value, ",")) <= communs


def test_the_demo_pages_are_clean_but_one_that_has_something_to_learn_from(tmp_path: Path) -> None:
    wikibot.write_demo(tmp_path / "demo")
    wiki = wikibot.open_wiki(tmp_path / "demo")
    found = {
        title: sorted(f.rule for f in wikibot.check([wiki.page(str(title))], MAPPING, wiki))
        for title in NEW_PAGES
    }
    assert {title: rules for title, rules in found.items() if rules} == {
        INSTRUCTIVE: ["LIC102", "VOC102", "VOC102"]
    }
