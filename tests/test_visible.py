"""Foreign text on a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Un commun « à pied »", "Un commun « à pied »"),
        ("a\x1b[31mb", "a\\u001b[31mb"),
        ("a\nb\rc", "a\\u000ab\\u000dc"),
        ("a\x9bb", "a\\u009bb"),
        ("a\u202eb\u200bc", "a\\u202eb\\u200bc"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_instead(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_whatever_comes_is_one_line_without_controls(text: str) -> None:
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in visible(text))


def test_a_long_text_is_cut_and_says_so() -> None:
    assert visible("abcdef", 4) == "abc…"
