"""Which page a field means, and where redirects lead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.edits.numbers import number_of, with_number
from wikibot.edits.titles import resolved, without_plus
from wikibot.page import Standing
from wikibot.title import FRENCH


def standing(**redirects: str) -> dict[str, Standing]:
    return {name: Standing(FRENCH.parse(name), True, to or None) for name, to in redirects.items()}


@pytest.mark.parametrize(
    ("redirects", "start", "end"),
    [
        ({}, "A", "A"),
        ({"A": "B"}, "A", "B"),
        ({"A": "B", "B": "C", "C": ""}, "A", "C"),
        ({"A": "b_#section"}, "A", "B"),
        ({"A": "A"}, "A", "A"),
        ({"A": "B", "B": "A"}, "A", "A"),
        ({"A": "B", "B": "C", "C": "B"}, "A", "A"),
        ({"A": "https://wiki.example.org"}, "A", "A"),
    ],
)
def test_a_reader_comes_to_the_page_behind_all_redirects_unless_they_go_in_a_circle(
    redirects: dict[str, str], start: str, end: str
) -> None:
    assert resolved(start, standing(**redirects), FRENCH) == end


@given(
    st.dictionaries(st.sampled_from("ABCDEFGH"), st.sampled_from("ABCDEFGH"), max_size=8),
    st.sampled_from("ABCDEFGH"),
)
def test_where_they_lead_they_lead_nowhere_else(redirects: dict[str, str], start: str) -> None:
    known = standing(**redirects)
    end = resolved(start, known, FRENCH)
    assert resolved(end, known, FRENCH) == end


@pytest.mark.parametrize(
    ("title", "meant"),
    [("Atlas+des+haies", "Atlas des haies"), ("Atlas%20des_haies", "Atlas des haies")],
)
def test_what_was_encoded_twice_has_its_blanks_back(title: str, meant: str) -> None:
    assert without_plus(title) == meant


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Action:7", 7),
        ("7", 7),
        ("Action/Relire 07", 7),
        ("Action:Réunion de juin", None),
        ("Action:1a", None),
        ("", None),
        ("Action:²", None),
    ],
)
def test_a_number_is_what_a_title_ends_in(title: str, number: int | None) -> None:
    assert number_of(title) == number


@given(st.integers(0, 10**9 - 1), st.integers(0, 10**9 - 1))
def test_another_number_takes_its_place(before: int, after: int) -> None:
    assert number_of(with_number(f"Action:{before}", after)) == after
