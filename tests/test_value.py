"""Values and the wikitext that holds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.errors import UnsafeValue
from wikibot.value import decode, encode, join, split, without_comments
from wikibot.wikitext import transclusions

PLAIN = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))
MARKUP = st.lists(
    st.sampled_from(
        [*"{}[]|=<>'~_&;#-*: \n\ta1é", "&amp;", "&#124;", "{{!}}", "<!--", "-->", "nbsp", "&lt"]
    )
).map("".join)


@given(st.one_of(PLAIN, MARKUP))
def test_what_is_encoded_decodes_to_what_was_given(value: str) -> None:
    assert decode(encode(value)) == value


@given(st.one_of(PLAIN, MARKUP))
def test_what_is_encoded_stands_in_a_call_and_harms_nothing(value: str) -> None:
    text = "{{R|a=" + encode(value) + "|b=2}} suite"
    call = transclusions(text)[0]
    assert [(a.name, decode(a.value)) for a in call.arguments] == [("a", value), ("b", "2")]
    assert call.span == (0, len(text) - len(" suite"))


@pytest.mark.parametrize(
    "value",
    [
        "Preuve Concept & 1er client",
        "Mise en récits d'aujourd'hui",
        "1- Connaissances - Ressources",
        "https://exemple.org/?a=b&c=d#e",
        "Communauté d'intérêt : l'eau (et les sols)",
        "a_b ~ 10 %",
    ],
)
def test_french_text_stays_as_it_is_typed(value: str) -> None:
    assert encode(value) == value


@pytest.mark.parametrize(
    ("value", "wikitext"),
    [
        ("a|b", "a{{!}}b"),
        ("{{Supprimer}}", "&#123;&#123;Supprimer&#125;&#125;"),
        ("[[Prop::v]]", "&#91;&#91;Prop::v&#93;&#93;"),
        ("<ref>", "&#60;ref&#62;"),
        ("~~~~", "&#126;&#126;&#126;&#126;"),
        ("__NOTOC__", "&#95;&#95;NOTOC&#95;&#95;"),
        ("''gras''", "&#39;&#39;gras&#39;&#39;"),
        ("&eacute;", "&#38;eacute;"),
        ("* liste", "&#42; liste"),
    ],
)
def test_markup_is_written_as_text(value: str, wikitext: str) -> None:
    assert encode(value) == wikitext


@pytest.mark.parametrize("value", ["a\x00b", "a\x1bb", "\ud800", "a\rb"])
def test_a_control_character_is_refused(value: str) -> None:
    with pytest.raises(UnsafeValue):
        encode(value)


@pytest.mark.parametrize(
    ("wikitext", "value"),
    [
        ("&eacute;t&eacute;", "été"),
        ("AT&T &inconnu; &", "AT&T &inconnu; &"),
        ("&#x27;&#39;", "''"),
        ("1<!-- peut-être 2 -->", "1"),
        ("&#0;&#x110000;", "&#0;&#x110000;"),
    ],
)
def test_what_people_type_is_read_as_they_see_it(wikitext: str, value: str) -> None:
    assert decode(wikitext) == value


def test_a_list_is_split_at_its_separator_and_empty_items_do_not_count() -> None:
    assert split("eau, sols,, air ,", ",") == ("eau", "sols", "air")
    assert split(" <!-- rien --> ", ",") == ()


@pytest.mark.parametrize(
    ("like", "expected"), [("", "a, b"), ("x, y", "a, b"), ("x,y", "a,b"), ("x", "a, b")]
)
def test_a_list_keeps_the_spacing_it_had(like: str, expected: str) -> None:
    assert join(["a", "b"], ",", like=like) == expected


def test_items_that_were_there_stay_as_they_were_written() -> None:
    old = "[[eau]], &eacute;tang, {{T}}"
    items = [*split(old, ","), "a|b"]
    assert join(items, ",", like=old) == "[[eau]], &eacute;tang, {{T}}, a{{!}}b"


def test_an_item_with_the_separator_in_it_is_refused() -> None:
    with pytest.raises(UnsafeValue, match="separates"):
        join(["eau, sols"], ",")


@given(st.lists(PLAIN.map(str.strip).filter(lambda s: s and "," not in s)))
def test_a_list_reads_back_as_it_was_joined(items: list[str]) -> None:
    assert split(join(items, ","), ",") == tuple(items)


def test_comments_are_no_part_of_a_value_even_unclosed() -> None:
    assert without_comments(" a <!-- b --> c <!-- d") == "a  c"
