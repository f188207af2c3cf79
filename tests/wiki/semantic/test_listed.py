"""Whole answers of `ask` and `askargs`: `cases/listed_*.json`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wikibot.errors import QueryRefused
from wikibot.title import Title
from wikibot.wiki.semantic import (
    BooleanValue,
    Listed,
    Malformed,
    PageValue,
    QuantityValue,
    TextValue,
    read_listed,
    refusal,
    warnings,
)

CASES = Path(__file__).parent / "cases"


def sent(name: str) -> Any:
    return json.loads((CASES / f"{name}.json").read_text("utf-8"))


def listed(name: str) -> Listed:
    return read_listed(sent(name))


def test_every_version_of_the_answer_reads_the_same() -> None:
    second, third = listed("listed_v2"), listed("listed_v3")
    assert second == third == listed("listed_formatversion1")
    assert (second.offset, second.following, len(second.subjects)) == (0, 2, 2)
    assert [(p.label, p.key, p.datatype) for p in second.properties] == [
        ("Licence", "Licence", "_txt"),
        ("Surface", "Surface", "_qty"),
        ("Référent", "Référent", "_wpg"),
        ("Catégorie", "_INST", "_wpg"),
        ("Commun", "", "_boo"),
        ("Ville", "Ville", "_wpg"),
    ]


def test_what_is_listed_of_a_page() -> None:
    page, part = listed("listed_v3").subjects
    assert (page.title, page.fragment, page.exists) == (Title(0, "Haies vives"), "", True)
    assert (page.displaytitle, str(page)) == ("Les haies vives", "Haies vives")
    assert page["Licence"] == (TextValue("CC0"),)
    assert page["Surface"] == (QuantityValue(12.5, "km²"),)
    assert page["Référent"] == (PageValue(Title(2, "Camille"), "", True),)
    assert page["Category"] == (PageValue(Title(14, "Commun"), "", True),)
    assert page["Commun"] == (BooleanValue(True),)
    assert page["Ville"] == (PageValue(Title(0, "Valmont"), "", False),)
    assert (part.title, part.fragment, str(part)) == (Title(0, "Mares"), "_0a1b", "Mares#_0a1b")
    assert part["Licence"] == part["Ville"] == ()


def test_no_value_and_not_asked_for_are_two_things() -> None:
    (_, part) = listed("listed_v3").subjects
    assert part["Surface"] == ()
    with pytest.raises(KeyError):
        part["Prix"]


def test_empty_parts_come_as_lists() -> None:
    assert listed("listed_nothing").subjects == ()
    (page,) = listed("listed_titles_only").subjects
    assert page.printouts == ()


def test_a_page_without_its_main_label_has_its_key() -> None:
    page, section = listed("listed_without_main_label").subjects
    assert (page.title, page.exists) == (Title(0, "Haies vives"), None)
    assert (section.title, section.fragment) == (Title(2, "Camille"), "Mes_haies")


def test_a_page_called_zero_turns_an_object_of_php_into_a_list() -> None:
    assert [str(s) for s in listed("listed_page_zero").subjects] == ["0"]
    assert [str(s) for s in listed("listed_page_zero_v3").subjects] == ["0", "1"]


def test_an_old_wiki_tells_less() -> None:
    old = listed("listed_old")
    assert (old.offset, old.following) == (None, None)
    assert old.warnings == ("Unrecognized parameter: api_version",)
    (page,) = old.subjects
    assert str(page["Le"][0]) == "2023-11-23T00:00:00Z"


@pytest.mark.parametrize(
    "answer",
    [
        *(None, [], "", {}, {"query": None}, {"query": {}}, {"query": {"printrequests": []}}),
        {"query": {"printrequests": [], "results": None}},
        {"query": {"printrequests": [], "results": {"Haies": None}}},
        {"query": {"printrequests": [], "results": {"Haies": {}}}},
        {"query": {"printrequests": [], "results": {"Haies": {"printouts": {"Licence": "CC0"}}}}},
        {"query": {"printrequests": [], "results": {"<Haies>": {"printouts": []}}}},
        {"query": {"printrequests": [{}], "results": []}},
        {"query": {"printrequests": [], "results": []}, "query-continue-offset": "plus tard"},
        {"error": {"code": "missingparam", "info": "The parameter must be set."}},
        {"errors": [{"code": "missingparam", "text": "The parameter must be set."}]},
    ],
)
def test_anything_else_is_no_list_of_nothing(answer: object) -> None:
    with pytest.raises(Malformed):
        read_listed(answer)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"error": {"query": ["Pas une date.", "Pas un nombre."]}}, "Pas une date. Pas un nombre."),
        ({"error": {"query": {"1": "Pas une date."}}}, "Pas une date."),
        ({"error": {"query": "Pas une date."}}, "Pas une date."),
        ({"error": {"query": [["Pas une date."]]}}, "Pas une date."),
        ({"error": {"query": ["«&#160;<nowiki>[[</nowiki>&#160;»\nici"]}}, "« [[ » ici"),
        ({"error": {"query": ["\u001b[31mrouge &lt;script&gt;x&lt;/script&gt;"]}}, "[31mrouge x"),
        ({"error": {"query": []}}, "?"),
        ({"errors": ["Pas une date."]}, "Pas une date."),
        ({"errors": [{"html": "<b>Pas</b> une date."}]}, "Pas une date."),
    ],
)
def test_a_refused_query_speaks_the_words_of_the_wiki(answer: object, words: str) -> None:
    with pytest.raises(QueryRefused) as caught:
        read_listed(answer, question="[[Le::demain]]")
    told = caught.value.message.fr
    assert words in told.replace("\u00a0", " ") and "[[Le::demain]]" in told
    assert caught.value.exit_code == 3
    assert "\x1b" not in told and "\n" not in told


def test_refusals_and_warnings_in_every_shape() -> None:
    for answer in (
        {"error": {"code": "readapidenied", "info": "No."}},
        {"errors": [{"code": "readapidenied", "text": "No."}]},
    ):
        found = refusal(answer)
        assert found is not None and (found.code, found.words) == ("readapidenied", ("No.",))
    assert refusal({"query": {}}) is None
    for told in (
        {"ask": {"warnings": "Gare."}},
        {"ask": {"*": "Gare."}},
        [{"code": "gare", "text": "Gare.", "module": "ask"}],
        [{"code": "gare", "html": "<i>Gare.</i>", "module": "ask"}],
    ):
        assert warnings({"warnings": told}) == ("Gare.",)
    assert warnings({}) == ()
