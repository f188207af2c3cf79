"""Numbers on a wiki whose decimal sign is the point, and what a wiki makes of several."""

from __future__ import annotations

import pytest

from wikibot.checks.numbers import read, taken_for


@pytest.mark.parametrize(
    ("written", "new"),
    [
        ("1234.5", None),
        ("41 320", None),
        ("1234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234,5", "1234.5"),
        ("1,234,567", "1234567"),
        ("-12 €", "-12"),
        ("12,5 k€", "12500"),
    ],
)
def test_an_english_wiki_wants_points_for_decimals(written: str, new: str | None) -> None:
    assert read(written, ".", money=True).new == new


def test_blanks_are_dropped_before_a_wiki_reads() -> None:
    assert taken_for("41320, 37500", ",") == "41320,375"
    assert taken_for("41320 37500", ",") == "4132037500"
    assert taken_for("41320; 37500", ",") is None
    assert taken_for("1, 2, 3", ",") is None
    assert taken_for("41320, 000", ",") == "41320"
