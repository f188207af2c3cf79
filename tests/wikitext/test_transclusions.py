"""Finding calls and reading their parameters."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wikitext.hostile import FRAGMENTS, dense, realistic
from wikibot.errors import AmbiguousWikitext
from wikibot.title import Namespaces
from wikibot.value import BLANKS
from wikibot.wikitext import DEFAULT_TAGS, Syntax, transclusions
from wikibot.wikitext.outline import HIDDEN, Outlines
from wikibot.wikitext.scan import scanner

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "calls.toml").read_text(encoding="utf-8")
)["case"]
SOUP = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join),
    st.integers(0, 2**40).map(dense),
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_text_holds_these_calls(case: dict[str, Any]) -> None:
    found = [
        [call.name, {name: parameter.value for name, parameter in call.parameters.items()}]
        for call in transclusions(case["text"])
    ]
    assert found == case["calls"]


@given(SOUP)
def test_spans_are_true_to_the_text(text: str) -> None:
    for call in transclusions(text):
        source = text[slice(*call.span)]
        assert source.startswith("{{") and source.endswith("}}")
        for argument in call.arguments:
            raw = text[slice(*argument.span)]
            assert argument.value == (raw if argument.positional else raw.strip(BLANKS))
            assert call.span[0] < argument.part[0] <= argument.span[0]
            assert argument.span[1] == argument.part[1] < call.span[1]


@given(SOUP)
def test_the_parts_of_a_call_are_its_name_and_its_arguments(text: str) -> None:
    raw = {call.start: call.parts for call in scanner(DEFAULT_TAGS).scan(text).calls}
    for call in transclusions(text):
        name, arguments = raw[call.span[0]][:3], raw[call.span[0]][3:]
        assert name[0] - 2 == call.span[0] and name[2] == -1
        told = [(*a.part, -1 if a.positional else a.span[0] - 1) for a in call.arguments]
        assert arguments == [number for part in told for number in part]


@given(SOUP)
def test_an_outline_has_every_place_of_the_text_and_nothing_new(text: str) -> None:
    outline, _ = Outlines(DEFAULT_TAGS).of(text)
    assert len(outline) == len(text)
    assert all(shown in (sign, HIDDEN) for shown, sign in zip(outline, text, strict=True))


@given(SOUP)
def test_the_sign_for_what_is_blanked_out_is_in_a_text_a_letter_like_others(text: str) -> None:
    ours, theirs = transclusions(text.replace("x", HIDDEN)), transclusions(text)
    assert [call.span for call in ours] == [call.span for call in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert [a.part for a in one.arguments] == [a.part for a in other.arguments]
        assert [a.value.replace(HIDDEN, "x") for a in one.arguments] == [
            a.value for a in other.arguments
        ]


@given(SOUP)
def test_calls_come_in_the_order_of_their_starts_and_nest_or_part(text: str) -> None:
    spans = [call.span for call in transclusions(text)]
    assert spans == sorted(spans)
    for start, end in spans:
        assert all(a >= end or b <= start or (a >= start) == (b <= end) for a, b in spans)


@given(st.text(alphabet="{}[]|=<>!-/abé\n\t ", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    transclusions(text)


def test_the_wikis_own_namespaces_and_tags_decide() -> None:
    syntax = Syntax(Namespaces(((0, ""), (10, "Vorlage"))), frozenset({"karte"}))
    text = "{{Vorlage:R|a=<karte>|</karte>}}{{Modèle:R|a=<ref>|</ref>}}"
    calls = transclusions(text, syntax)
    assert [call.name for call in calls] == ["R", "Modèle:R"]
    assert calls[0].parameters["a"].value == "<karte>|</karte>"
    assert calls[1].parameters["a"].value == "<ref>"


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "{{a|b=",
            '<ref name="',
            "{|",
            "[[",
            "<!--",
            "<ref>",
            "\n=",
            "}}",
            "-{",
            "http://[",
            "<b>",
        ),
        *("<!---->", "[[a\n", "\n=="),
    ],
)
def test_two_megabytes_of_what_is_never_closed_are_read_or_refused(piece: str) -> None:
    try:
        assert transclusions(piece * (2_000_000 // len(piece))) == ()
    except AmbiguousWikitext as error:
        assert "left open" in str(error)


def test_a_hundred_levels_of_nesting_are_read() -> None:
    calls = transclusions("{{a|" * 100 + "x" + "}}" * 100)
    assert len(calls) == 100
    assert calls[-1].parameters["1"].value == "x"


def test_more_calls_than_mediawiki_expands_are_refused() -> None:
    with pytest.raises(AmbiguousWikitext):
        transclusions("{{a}}" * 200_000)


@pytest.mark.parametrize("seed", range(50))
def test_pages_as_people_write_them_have_their_sheet(seed: int) -> None:
    assert any(call.name == "Ressource" for call in transclusions(realistic(seed)))
