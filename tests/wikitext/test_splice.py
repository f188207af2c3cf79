"""Writing one parameter: what changes, what stays, what is refused."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.wikitext.hostile import FRAGMENTS, realistic
from wikibot import errors
from wikibot.errors import AmbiguousWikitext, UnsafeValue
from wikibot.value import BLANKS, decode, encode, without_comments
from wikibot.wikitext import Transclusion, remove_parameter, set_parameter, transclusions

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "splices.toml").read_text(encoding="utf-8")
)["case"]
SOUP = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
NAMES = st.sampled_from(["a", "b", "licence", "1", "défi", "nouveau"])


def as_list(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_splice_gives_this_text(case: dict[str, Any]) -> None:
    text = case["text"]
    call = transclusions(text)[0]
    if "remove" in case:
        assert remove_parameter(text, call, case["remove"]) == case["gives"]
        return
    after = case.get("after", ())
    for name, value in product(*map(as_list, case["set"])):
        if "refused" in case:
            with pytest.raises(getattr(errors, case["refused"])):
                set_parameter(text, call, name, value, after=after)
        else:
            assert set_parameter(text, call, name, value, after=after) == case["gives"]


def one_span_apart(old: str, new: str, call: Transclusion) -> bool:
    """Return whether the texts differ inside the call only."""
    start, end = call.span
    return old[:start] == new[:start] and old[end:] == new[len(new) - (len(old) - end) :]


def others(call: Transclusion, name: str) -> list[tuple[str, str]]:
    """Return the arguments but the last of that name."""
    arguments = [(argument.name, argument.value) for argument in call.arguments]
    last = max((i for i, (n, _) in enumerate(arguments) if n == name), default=None)
    return [a for i, a in enumerate(arguments) if i != last]


@given(st.one_of(SOUP, st.integers(0, 10**9).map(realistic)), NAMES, SOUP, st.data())
def test_any_value_in_any_text_changes_its_own_parameter_or_is_refused(
    text: str, name: str, value: str, data: st.DataObject
) -> None:
    calls = transclusions(text)
    assume(calls)
    call = data.draw(st.sampled_from(calls))
    before = {c.span for c in calls if c.span[1] <= call.span[0]}
    try:
        new = set_parameter(text, call, name, value)
    except (AmbiguousWikitext, UnsafeValue):
        return
    assert one_span_apart(text, new, call)
    after = next(c for c in transclusions(new) if c.span[0] == call.span[0])
    assert after.name == call.name
    assert others(after, name) == others(call, name)
    written = after.parameters[name].value
    assert value.strip(BLANKS) in (written.strip(BLANKS), without_comments(written))
    assert before <= {c.span for c in transclusions(new)}


@given(st.integers(0, 10**9).map(realistic), NAMES, st.text(max_size=40))
def test_an_encoded_value_is_read_back_as_it_was_given(text: str, name: str, value: str) -> None:
    try:
        wikitext = encode(value)
    except UnsafeValue:
        return
    call = next(c for c in transclusions(text) if c.name == "Ressource")
    new = set_parameter(text, call, name, wikitext)
    after = next(c for c in transclusions(new) if c.span[0] == call.span[0])
    assert decode(after.parameters[name].value) == value


@given(st.integers(0, 10**9).map(realistic), st.data())
def test_what_was_added_is_removed_without_a_trace(text: str, data: st.DataObject) -> None:
    call = next(c for c in transclusions(text) if c.name == "Ressource")
    assume(call.arguments)
    order = [argument.name for argument in call.arguments]
    after = order[: data.draw(st.integers(0, len(order)))]
    new = set_parameter(text, call, "nouveau", "x", after=after)
    back = next(c for c in transclusions(new) if c.span[0] == call.span[0])
    assert remove_parameter(new, back, "nouveau") == text


@given(st.integers(0, 10**9).map(realistic))
def test_pages_as_people_write_them_are_never_refused(text: str) -> None:
    call = next(c for c in transclusions(text) if c.name == "Ressource")
    for name in [*call.parameters, "nouveau"]:
        assert "CC0" in set_parameter(text, call, name, "CC0")


@given(SOUP)
def test_writing_what_stands_there_changes_nothing(text: str) -> None:
    for call in transclusions(text):
        for name, parameter in call.parameters.items():
            if "<!--" not in parameter.value:
                assert set_parameter(text, call, name, parameter.value) == text


def test_a_call_of_another_text_is_no_place_to_write() -> None:
    call = transclusions("{{R|a=1}}")[0]
    with pytest.raises(ValueError, match="not one of this text"):
        set_parameter("{{Rien que cela|a=1}}", call, "a", "2")


@pytest.mark.parametrize("piece", ["<b>", "{|\n", '<ref name="', "[http://x ", "http://["])
def test_what_the_second_parser_cannot_digest_is_refused_before_it_is_asked(piece: str) -> None:
    text = "{{R|a=" + piece * 20_000 + "|b=2}}"
    calls = transclusions(text)
    assert calls
    with pytest.raises(AmbiguousWikitext):
        set_parameter(text, calls[0], "b", "3")
