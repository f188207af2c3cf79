"""What is mended without asking: it comes to an end, and makes nothing new to mend.

Twice: one page of the trial mapping at a time, each change made alone; and whole collections of
the packaged mapping, as `wikibot fix` mends them, with what their pages tell of one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wikibot
from tests.checks.clean_pages import wiki_of
from tests.checks.collection import TODAY, Collection
from tests.checks.decoys import DECOYS
from tests.checks.defects import DEFECTS
from tests.checks.planted import MAPPING, planted
from tests.checks.support import applied, findings, trial_mapping
from wikibot.checks import RULES, Finding, check_page
from wikibot.edits import rebase
from wikibot.jobs.surroundings import Surroundings
from wikibot.mapping import PageType
from wikibot.page import Page
from wikibot.wiki import Wiki
from wikibot.wikitext import FRENCH_WIKI

_TYPES = {page_type.template: page_type for page_type in trial_mapping().page_types}

# Parameter → what people write into it, right and wrong.
_ITEMS = {
    "Tâche": {
        "statut": ["Open", "Ouvert", "open", "Closed", "clos", "En pause", ""],
        "echeance": ["2027-04-03", "3 avril 2027", "avril 2027", "2027-04-00", "03/04/2027", ""],
        "etiquettes": [
            *("Label:A faire", "A faire", "a faire", "En cours", "Label:en cours", "Fait"),
            *("Label:A faire; Label:En cours", "A faire ; Fait"),
        ],
        "responsables": ["Noor Essai", "Essai Noor", "N. Essai", "Utilisateur:LouE", "à préciser"],
        "fiches": ["Atlas de la haie", "Atlas+de+la+haie", "https://w.example/wiki/Atlas", "…"],
        "details": [
            "À compléter",
            "Un **point**.",
            "Mise à jour du 12/03/2024 : x.",
            "~~~~",
            "a..",
        ],
    },
    "Support": {
        "licence": ["CC BY-SA", "GPL", "gpl v3", "CC-BY-NC-4.0", "creative commons by nc 4.0"],
        "autres": [
            "GPL; MIT",
            "CC-BY-NC-4.0; MIT",
            "MIT",
            "mit",
            "GPL",
            "Licence maison 1.0",
            "CC-BY-SA-4.0",
            "CC BY-SA",
        ],
    },
    "Fiche": {
        "niveau": ["Idée", "idée", "Preuve de concept", "Prototype", ""],
        "stade": ["Idée", "idee", "Prototype", ""],
        "licence": ["MIT", "Licence MIT", "licence mit", "CC BY-SA", ""],
        "license": ["MIT", "Licence MIT", ""],
        "themes": ["Général", "général/enjeux", "Général/Enjeux", "Général; Général/Enjeux"],
        "competences": ["Général; Général/Enjeux", "général", "GÉNÉRAL/ENJEUX"],
        "defis": ["Objectifs et Diagnostic (défi 2021)", "objectifs et diagnostic (defi 2021)"],
        "categories": ["logiciel", "Logiciels", "Donnée", "Données; Logiciel"],
        "tags": ["logiciel", "données", "eau", "Eau", "eau ; sols", "", "sols"],
        "liens": ["https://a.exemple.org", "https://b.exemple.org;https://c.exemple.org", ""],
        "reunions": ["2025-04-03", "3 avril 2025", "03/04/2025", "avril 2025", "1er mai 2025"],
        "debut": ["2025-04-03", "31/12/2025", "fin 2025", "2027-00-00", "avril 2025"],
        "montant": ["12 €", "1 200", "1234.5", "12.345", "500; 700", "1,5 k€"],
        "habitants": ["1 200", "1200.5", "env. 300", "1.200.300"],
        "adherent": ["yes", "oui", "N", "peut-être"],
        "position": ["48,85; 2,35", "48.85 2.35", "48.85, 2.35", "148.85, 2.35"],
    },
}
_LISTS = {
    *("etiquettes", "responsables", "fiches", "autres", "themes", "tags", "liens", "reunions"),
    *("competences", "defis", "categories"),
}


def _values(template: str) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {},
        optional={
            name: st.lists(st.sampled_from(items), max_size=4).map(", ".join)
            if name in _LISTS
            else st.sampled_from(items)
            for name, items in _ITEMS[template].items()
        },
    )


def _text(template: str, values: dict[str, str]) -> str:
    return "{{" + template + "".join(f"\n|{n}={v}" for n, v in values.items()) + "\n}}"


def _mended(text: str) -> str:
    """Return the text when all that is safe was mended, one at a time."""
    for _ in range(60):
        change = next((f.change for f in findings(text) if f.safe), None)
        if change is None:
            return text
        text = applied(text, change)
    raise AssertionError(f"it never comes to an end: {text}")


def _told(text: str) -> Counter[tuple[str, str]]:
    return Counter((f.rule, f.field) for f in findings(text))


@pytest.mark.parametrize("template", _ITEMS)
@given(data=st.data())
def test_safe_fixes_leave_nothing_safe_to_mend_and_give_birth_to_nothing(
    template: str, data: st.DataObject
) -> None:
    text = _text(template, data.draw(_values(template)))
    new = _mended(text)
    assert [f.rule for f in findings(new) if f.safe] == []
    assert not _told(new).keys() - _told(text).keys(), (text, new)


def test_these_are_fields_of_the_trial_mapping() -> None:
    for template, fields in _ITEMS.items():
        page_type: PageType = _TYPES[template]
        for name in fields:
            field = page_type.field_of(name)
            assert field
            assert field.many == (name in _LISTS)


_AROUND = Surroundings(now=lambda: datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC))


def _told_of(pages: Sequence[Page], wiki: Collection) -> list[Finding]:
    beside = wiki.beside(MAPPING, pages, whole=True)
    return [f for page in pages for f in check_page(page, MAPPING, FRENCH_WIKI, beside)]


def _places(found: Sequence[Finding]) -> set[tuple[str, str, str]]:
    return {(f.rule, str(f.title), f.field) for f in found}


def _fixed(wiki: Collection) -> tuple[Collection, set[str]]:
    """Return the collection when `fix` mended it, and the titles of pages left as they are."""
    left: list[Finding] = []
    plan = wikibot.fix(wiki.pages, MAPPING, cast(Wiki, wiki), untouched=left.append, around=_AROUND)
    edits = {edit.title: edit for edit in plan.edits if edit.changes}
    pages = [
        replace(page, text=rebase(page, edits[str(page.title)], FRENCH_WIKI).text)
        if str(page.title) in edits
        else page
        for page in wiki.pages
    ]
    return replace(wiki, pages=pages), {str(found.title) for found in left}


@settings(max_examples=3)
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_a_collection_fixed_has_nothing_left_to_fix_and_nothing_new_to_mend(seed: int) -> None:
    world = wiki_of(seed)
    planted(world, DECOYS, 100)
    planted(world, DEFECTS, 700)
    wiki = world.collection()
    before = _told_of(wiki.pages, wiki)
    fixed, untouched = _fixed(wiki)
    after = _told_of(fixed.pages, fixed)
    assert [f for f in after if f.safe and str(f.title) not in untouched] == []
    assert _places(after) - _places(before) == set()
    again, _ = _fixed(fixed)
    assert [page.text for page in again.pages] == [page.text for page in fixed.pages]


def test_a_fix_takes_its_own_finding_away_and_no_other_that_a_person_has_to_mend() -> None:
    world = wiki_of(1)
    planted(world, DEFECTS, 2000)
    wiki = world.collection()
    before = _told_of(wiki.pages, wiki)
    fixed, untouched = _fixed(wiki)
    safe = {place for place in _places([f for f in before if f.safe]) if place[1] not in untouched}
    assert _places(_told_of(fixed.pages, fixed)) == _places(before) - safe


def test_every_rule_that_mends_by_itself_is_tried_here() -> None:
    world = wiki_of(1)
    planted(world, DEFECTS, 2000)
    wiki = world.collection()
    tried = {found.rule for found in _told_of(wiki.pages, wiki) if found.safe}
    # no field of the packaged mapping that was seen on the wiki has had another name
    tried |= {found.rule for found in findings("{{Fiche|stade=Idée}}") if found.safe}
    assert tried == {code for code, rule in RULES.items() if rule.fix == "safe"}


_ODD = st.sampled_from(
    [
        *" ,;+.-=*\n|~",
        *("}}", "{{!}}", "[[", "]]", "<br>", "<!-- x -->", "~~~~", "**", "](https://a.fr)", "@"),
        *(
            "Label:",
            "A faire",
            "Utilisateur:",
            "CC BY-SA",
            "GPL",
            "4.0",
            "2027",
            "-04",
            "à définir",
        ),
        *(
            "https://w.example/wiki/A_b",
            "%C3%A9",
            "%",
            "noor@exemple.fr",
            "N.",
            "Essai",
            "MAJ mai ",
        ),
    ]
)


@pytest.mark.parametrize("template", _ITEMS)
@given(data=st.data())
def test_no_value_makes_a_rule_raise_and_every_fix_mends_what_it_is_for(
    template: str, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(list(_ITEMS[template])))
    value = data.draw(st.lists(_ODD, max_size=6).map("".join) | st.text(max_size=20))
    text = _text(template, {name: value})
    for found in findings(text):
        if found.change is not None and "}}" not in value and "{{" not in value:
            again = findings(applied(text, found.change), found.rule)
            assert all((f.field, f.value) != (found.field, found.value) for f in again), found
