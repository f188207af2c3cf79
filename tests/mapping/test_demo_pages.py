"""The pages of the demo wiki, as far as the mapping goes."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import unquote

import pytest

from wikibot.mapping import PageType, load_mapping
from wikibot.resources import data_folder
from wikibot.title import FRENCH, Title, canonical_name
from wikibot.value import split
from wikibot.wikitext import FRENCH_WIKI, Transclusion, transclusions

MAPPING = load_mapping("resilience")
FILES = {
    FRENCH.parse(unquote(file.stem)): file
    for file in sorted((data_folder("templates") / "demo").glob("*.wikitext"))
}
# Installing the mapping makes the pages of these: one for each term of a vocabulary.
MADE_BY_INSTALLING = {v.page_type for v in MAPPING.vocabularies if v.page_type}


def calls_on(title: Title) -> list[tuple[PageType, Transclusion]]:
    """Return the calls of the mapping's templates on a page, each with its page type."""
    calls = transclusions(FILES[title].read_bytes().decode("utf-8"), FRENCH_WIKI)
    found = [(MAPPING.type_of(call.name), call) for call in calls]
    return [(page_type, call) for page_type, call in found if page_type is not None]


def type_of(title: Title) -> PageType:
    """Return the page type of a page: that of its one call that is no part of another."""
    (page_type,) = [pt for pt, _ in calls_on(title) if pt.part_of is None]
    return page_type


def call_on(title: Title) -> Transclusion:
    ((_, call),) = calls_on(title)
    return call


def pages_of(type_id: str) -> list[Title]:
    return [title for title in FILES if type_of(title).id == type_id]


COMMUNS, ACTIONS = pages_of("commun"), pages_of("action")


def test_every_page_type_has_pages_and_they_are_few() -> None:
    assert 9 <= len(COMMUNS) <= 12
    assert 3 <= len(ACTIONS) <= 5
    pages = Counter(type_of(title).id for title in FILES)
    wanted = {pt.id for pt in MAPPING.page_types if pt.part_of is None} - MADE_BY_INSTALLING
    assert set(pages) == wanted
    assert len(FILES) <= 80


def test_a_page_stands_in_the_namespace_of_its_page_type() -> None:
    assert {t for t in FILES if t.namespace == 690} == set(ACTIONS)
    assert not [str(t) for t in FILES if t.namespace != type_of(t).namespace]


def test_what_is_part_of_a_page_stands_on_a_page_of_that_type() -> None:
    for title in FILES:
        parts = {pt.part_of for pt, _ in calls_on(title) if pt.part_of is not None}
        assert parts <= {type_of(title).id}


def test_a_file_name_spells_its_title_and_suits_every_system() -> None:
    for title, file in FILES.items():
        assert not re.search(r'[<>:"/\\|?*]', file.stem)
        assert unquote(file.stem) == str(title) == canonical_name(str(title))


@pytest.mark.parametrize("title", COMMUNS, ids=str)
def test_a_commons_is_short_and_calls_the_template_once(title: Title) -> None:
    assert 1000 <= len(FILES[title].read_bytes()) <= 6000
    assert [pt.id for pt, _ in calls_on(title)] == ["commun"]


def test_one_page_is_as_it_should_be() -> None:
    title = FRENCH.parse("Atlas participatif des haies")
    page_type, call = type_of(title), call_on(title)
    for field in page_type.fields:
        value = call.parameters.get(field.parameter)
        assert value is not None or not field.required
        vocabulary = MAPPING.vocabulary(field)
        if value is None or vocabulary is None:
            continue
        for item in split(value.value, field.separator):
            term = vocabulary.term(item)
            assert term is not None
            assert term.until is None
    assert set(call.parameters) <= set(page_type.order)


def test_every_action_is_about_pages_that_are_there() -> None:
    for title in ACTIONS:
        related = split(call_on(title).parameters["RELATED_ARTICLE"].value, ",")
        assert related
        assert {FRENCH.parse(page) for page in related} <= set(COMMUNS)
