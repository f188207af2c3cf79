"""Wikitext as nested pieces: right where it is right, harmless where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.discovery.pieces import pieces_of

MARKUP = st.text(st.sampled_from("{}[]|=ab#: \n"), max_size=80)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{{{a|{{{b}}}}}}", [("argument", "{{{a|{{{b}}}}}}"), ("argument", "{{{b}}}")]),
        ("{{{{{x}}}}}", [("call", "{{{{{x}}}}}"), ("argument", "{{{x}}}")]),
        ("{{{!}} x", [("call", "{{!}}")]),
        ("[[P::{{{a}}}|b]]", [("link", "[[P::{{{a}}}|b]]"), ("argument", "{{{a}}}")]),
        ("{{f|[[a}} ]]", [("call", "{{f|[[a}}")]),
        ("{ {a} } ]] }} |", []),
    ],
)
def test_pieces_are_those_of_mediawiki(text: str, found: list[tuple[str, str]]) -> None:
    read = pieces_of(text)
    assert [(p.kind, text[p.start : p.end]) for p in read.all] == found


@given(MARKUP)
def test_pieces_lie_within_one_another_or_apart(text: str) -> None:
    read = pieces_of(text)
    for index, piece in enumerate(read.all):
        assert text[piece.start : piece.start + 2] in ("{{", "[[")
        assert text[piece.end - 2 : piece.end] in ("}}", "]]")
        assert piece.parent < index
        if piece.parent >= 0:
            outer = read.all[piece.parent]
            assert outer.start <= piece.start and piece.end <= outer.end
        for part in piece.parts:
            assert piece.start <= part.start <= part.end <= piece.end
            assert part.equals == -1 or part.start <= part.equals < part.end


@pytest.mark.parametrize("unit", ["{", "{{{a|", "[[", "{{a|{{{b}}}", "<noinclude>", "<!--", "=\n"])
def test_a_megabyte_of_what_is_never_closed_is_read(unit: str) -> None:
    from wikibot.discovery.form_page import read_form
    from wikibot.discovery.template_page import read_template
    from wikibot.title import FRENCH

    text = unit * (1_000_000 // len(unit))
    read_template("X", text, FRENCH)
    read_form("X", text, FRENCH)
