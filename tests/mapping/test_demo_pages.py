"""The pages of the demo wiki, as far as the mapping goes."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from wikibot.mapping import load_mapping
from wikibot.resources import data_folder
from wikibot.title import FRENCH, Title, canonical_name
from wikibot.value import split
from wikibot.wikitext import FRENCH_WIKI, Transclusion, transclusions

MAPPING = load_mapping("resilience")
FILES = {
    FRENCH.parse(unquote(file.stem)): file
    for file in sorted((data_folder("templates") / "demo").glob("*.wikitext"))
}
ACTIONS = {title: file for title, file in FILES.items() if title.namespace == 690}
COMMUNS = {title: file for title, file in FILES.items() if title.namespace == 0}


def call_on(title: Title, text: str) -> Transclusion:
    calls = [c for c in transclusions(text, FRENCH_WIKI) if MAPPING.type_of(c.name)]
    assert len(calls) == 1, title
    return calls[0]


def test_there_are_commons_and_actions_and_nothing_else() -> None:
    assert 9 <= len(COMMUNS) <= 12
    assert 3 <= len(ACTIONS) <= 5
    assert len(COMMUNS) + len(ACTIONS) == len(FILES)


def test_a_file_name_spells_its_title_and_suits_every_system() -> None:
    for title, file in FILES.items():
        assert not re.search(r'[<>:"/\\|?*]', file.stem)
        assert unquote(file.stem) == str(title) == canonical_name(str(title))


@pytest.mark.parametrize("title", COMMUNS, ids=str)
def test_a_page_is_short_and_calls_the_template_once(title: Title) -> None:
    text = FILES[title].read_bytes().decode("utf-8")
    assert 1000 <= len(text.encode()) <= 6000
    call = call_on(title, text)
    page_type = MAPPING.type_of(call.name)
    assert page_type is not None
    assert page_type.id == "commun"


def test_one_page_is_as_it_should_be() -> None:
    title = FRENCH.parse("Atlas participatif des haies")
    call = call_on(title, FILES[title].read_text(encoding="utf-8"))
    page_type = MAPPING.type_of(call.name)
    assert page_type is not None
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
    for title, file in ACTIONS.items():
        call = call_on(title, file.read_text(encoding="utf-8"))
        related = split(call.parameters["RELATED_ARTICLE"].value, ",")
        assert related
        assert {FRENCH.parse(page) for page in related} <= set(COMMUNS)
