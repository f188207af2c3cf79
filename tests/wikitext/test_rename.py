"""Giving one parameter another name: what changes, what stays, what is refused."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import mwparserfromhell
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.mediawiki.bench import MediaWikiBench
from tests.wikitext.hostile import FRAGMENTS, hostile, realistic
from tests.wikitext.parsetree import calls_of
from wikibot import errors
from wikibot.errors import AmbiguousWikitext, UnsafeValue
from wikibot.value import BLANKS, without_comments
from wikibot.wikitext import Transclusion, rename_parameter, set_parameter, transclusions
from wikibot.wikitext.splice import NOT_IN_NAMES

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "renames.toml").read_text(encoding="utf-8")
)["case"]
SOUP = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)
TEXTS = st.one_of(
    SOUP,
    SOUP.map(lambda soup: "{{R|a=" + soup + "|licence= |b=1}}"),
    st.integers(0, 10**9).map(realistic),
)
NAMES = st.one_of(st.sampled_from(["b", "licence", "1", "nouveau", "a-é"]), st.text(max_size=8))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_renaming_gives_this_text(case: dict[str, Any]) -> None:
    text = case["text"]
    call = transclusions(text)[0]
    old, names = case["rename"]
    for new in names if isinstance(names, list) else [names]:
        if "refused" in case:
            with pytest.raises(getattr(errors, case["refused"])):
                rename_parameter(text, call, old, new)
        else:
            assert rename_parameter(text, call, old, new) == case["gives"]


def again(text: str, call: Transclusion) -> Transclusion:
    return next(c for c in transclusions(text) if c.span[0] == call.span[0])


def held(call: Transclusion) -> dict[str, str]:
    """Return what a template gets to see: the filled parameters, without comments."""
    values = {name: without_comments(p.value) for name, p in call.parameters.items()}
    return {name: value for name, value in values.items() if value}


@given(TEXTS, NAMES, st.data())
def test_the_value_stands_under_the_new_name_and_all_else_as_it_was(
    text: str, new: str, data: st.DataObject
) -> None:
    calls = [call for call in transclusions(text) if call.parameters]
    assume(calls)
    call = data.draw(st.sampled_from(calls))
    old = data.draw(st.sampled_from(sorted(call.parameters)))
    try:
        renamed = rename_parameter(text, call, old, new)
    except (AmbiguousWikitext, UnsafeValue):
        return
    start, end = call.span
    after = again(renamed, call)
    assert (renamed[:start], renamed[after.span[1] :]) == (text[:start], text[end:])
    before = held(call)
    expected = {new if name == old else name: value for name, value in before.items()}
    assert held(after) == expected
    assert sum(a.name == new and bool(without_comments(a.value)) for a in after.arguments) <= 1
    shift = len(renamed) - len(text)
    there = {c.span for c in transclusions(renamed)}
    assert {c.span for c in calls if c.span[1] <= start} <= there
    assert {(c.span[0] + shift, c.span[1] + shift) for c in calls if c.span[0] >= end} <= there


@given(TEXTS, NAMES, st.data())
def test_renamed_and_renamed_back_is_the_text_itself(
    text: str, new: str, data: st.DataObject
) -> None:
    calls = [call for call in transclusions(text) if call.parameters]
    assume(calls)
    call = data.draw(st.sampled_from(calls))
    old = data.draw(st.sampled_from(sorted(call.parameters)))
    # of two arguments of one name, the name that is left would be the other one's
    assume(new not in call.parameters and [a.name for a in call.arguments].count(old) == 1)
    assume(not NOT_IN_NAMES.search(old))
    try:
        renamed = rename_parameter(text, call, old, new)
    except (AmbiguousWikitext, UnsafeValue):
        return
    assert len(renamed) - len(text) == len(new) - len(old)
    assert rename_parameter(renamed, again(renamed, call), new, old) == text


@given(st.integers(0, 10**9).map(realistic), st.data())
def test_pages_as_people_write_them_are_never_refused_and_mwparserfromhell_agrees(
    text: str, data: st.DataObject
) -> None:
    call = next(c for c in transclusions(text) if c.name == "Ressource")
    assume(call.parameters)
    old = data.draw(st.sampled_from(sorted(call.parameters)))
    renamed = rename_parameter(text, call, old, "nouveau nom")
    theirs = mwparserfromhell.parse(text, skip_style_tags=True)
    template = next(
        t for t in theirs.filter_templates() if t.name.strip().lower().startswith(("res", "mod"))
    )
    argument = template.get(old)
    argument.name = str(argument.name).replace(old, "nouveau nom")
    assert renamed == str(theirs)


@given(st.integers(0, 10**9).map(realistic), st.data())
def test_an_empty_new_name_is_filled_wherever_it_stands(text: str, data: st.DataObject) -> None:
    call = next(c for c in transclusions(text) if c.name == "Ressource")
    assume(call.parameters)
    order = [argument.name for argument in call.arguments]
    old = data.draw(st.sampled_from(order))
    value = call.parameters[old].value
    assume("<!--" not in value)
    after = order[: data.draw(st.integers(0, len(order)))]
    text = set_parameter(text, call, "nouveau", "x", after=after)
    text = set_parameter(text, again(text, call), "nouveau", "")
    renamed = rename_parameter(text, again(text, call), old, "nouveau")
    arguments = [(a.name, a.value.strip(BLANKS)) for a in again(renamed, call).arguments]
    assert arguments.count(("nouveau", value.strip(BLANKS))) == 1
    assert sorted(name for name, _ in arguments) == sorted({*order, "nouveau"} - {old})


def test_mediawiki_reads_the_renamed_pages_as_we_meant_them(mediawiki: MediaWikiBench) -> None:
    pages, meant = [], []
    for seed in range(1200):
        text = hostile(seed) if seed % 4 else realistic(seed)
        for call in transclusions(text):
            for old, parameter in call.parameters.items():
                try:
                    renamed = rename_parameter(text, call, old, "nouveau nom")
                except (AmbiguousWikitext, UnsafeValue):
                    continue
                pages.append(renamed)
                meant.append(
                    [("nouveau nom" if a is parameter else a.name, a.value) for a in call.arguments]
                )
    trees = mediawiki.parsetrees(pages)
    assert len(pages) > 1000
    for page, arguments, tree in zip(pages, meant, trees, strict=True):
        assert [*arguments] in [[*read] for _, read in calls_of(tree)], page


def test_a_call_of_another_text_is_no_place_to_write() -> None:
    call = transclusions("{{R|a=1}}")[0]
    with pytest.raises(ValueError, match="not one of this text"):
        rename_parameter("{{R|a=2}}", call, "a", "b")
