"""Bars in running text: none of them ends the field."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.jobs.actions.prose import prose


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a | b", "a {{!}} b"),
        ("[[Atlas|l'atlas]]", "[[Atlas|l'atlas]]"),
        ("{{Note|ici}} | là", "{{Note|ici}} {{!}} là"),
        ("a {{!}} b", "a {{!}} b"),
        ("[[Atlas | b", "[[Atlas {{!}} b"),
        ("a\nb | c\n", "a\nb {{!}} c\n"),
        ("", ""),
    ],
)
def test_a_bar_stays_in_its_field(typed: str, written: str) -> None:
    assert prose(typed) == written


@given(st.text("ab|[]{} \n", max_size=30))
def test_what_is_written_so_is_written_so_again(typed: str) -> None:
    assert prose(prose(typed)) == prose(typed)
