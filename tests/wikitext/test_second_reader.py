"""What is put together from mwparserfromhell's tokens is what its own tree says."""

from __future__ import annotations

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mwparserfromhell.nodes import Template

from wikibot.value import without_comments
from wikibot.wikitext import second_reader
from wikibot.wikitext.second_reader import Arguments, arguments_of

PIECES = (
    "{{", "}}", "{{{", "}}}", "|", "=", "[[", "]]", "[", "]", "<br/>", "<br />", "<br>", "<li>",
    "</br>", "<hr >", "\n* ", "\n: ", "\n; a : b", "\n----", "\n== t ==\n", "<!--", "-->", "&amp;",
    "&#x41;", "&#65;", "&", ";", "http://exemple.org", "[http://exemple.org x]", "[//exemple.org]",
    "<ref>", "</ref>", '<ref name="a" />', "<b class=c>", "</b>", "<nowiki>", "</nowiki>", "{|",
    "|}", "\n|-", "''", "a", "b c", "\n", "1", "é", "😀",
)  # fmt: skip


def by_its_tree(source: str) -> Arguments | None:
    nodes = mwparserfromhell.parse(source, skip_style_tags=True).nodes
    if len(nodes) != 1 or not isinstance(nodes[0], Template):
        return None
    return tuple((without_comments(str(p.name)), str(p.value)) for p in nodes[0].params)


@given(st.lists(st.sampled_from(PIECES), max_size=25), st.booleans())
def test_tokens_and_tree_say_the_same_of_whatever_stands_in_a_call(
    inner: list[str], closed: bool
) -> None:
    source = "{{F" + "".join(inner) + "}}" * closed
    assert arguments_of(source) == by_its_tree(source)


@given(st.lists(st.tuples(st.sampled_from(["a", "", "1", " b "]), st.sampled_from(PIECES))))
def test_so_they_do_of_calls_as_people_write_them(given_: list[tuple[str, str]]) -> None:
    source = "{{F" + "".join(f"\n|{name}={value}" for name, value in given_) + "\n}}"
    assert arguments_of(source) == by_its_tree(source)


@pytest.mark.parametrize(
    "source",
    [
        "{{F|a=1|[[P|p]]|b={{G|x=1|y}}|c=<br />|d=&eacute;<!-- = | -->\n* e}}",
        "{{F\n|a=b=c\n|{{{1|x}}}=https://exemple.org?x=1\n}}",
        "{{F}}",
    ],
)
def test_an_ordinary_call_needs_no_tree(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = by_its_tree(source)
    monkeypatch.delattr(second_reader, "_by_tree")
    assert arguments_of(source) == expected


@pytest.mark.parametrize("source", ["", "texte", "{{F}} ", "{{F}}{{G|a}}", "{{F", "[[F|a]]"])
def test_what_is_not_one_call_has_no_arguments(source: str) -> None:
    assert arguments_of(source) is by_its_tree(source) is None


def test_without_its_tokenizer_in_c_the_tree_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_reader, "_tokenizer", lambda: None)
    assert arguments_of("{{F|a=1|2}}") == (("a", "1"), ("1", "2"))
