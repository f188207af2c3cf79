"""When pages were edited."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wikibot
from tests.overviews.support import collection, figures, member, rows, well_made
from wikibot.overviews import Collection, Section
from wikibot.overviews.activity import MOST_MONTHS, activity, months_since, months_until

RESILIENCE = wikibot.load_mapping("resilience")
TODAY = date(2026, 3, 2)  # of the collections of `support`


def section(of: Collection) -> Section:
    found = activity(of)
    assert found is not None
    well_made(found)
    return found


def test_edits_and_pages_and_creations_month_by_month_the_empty_ones_too() -> None:
    found = section(
        collection(
            member("A"),
            member("B"),
            edits=(
                (date(2026, 1, 5), "A"),
                (date(2026, 1, 20), "A"),
                (date(2026, 1, 21), "B"),
                (date(2026, 3, 1), "B"),
            ),
            created={"B": date(2026, 1, 21)},
            told_since=date(2026, 1, 1),
        )
    )
    assert rows(found.table("months"), "month", "edits", "pages", "created") == [
        (date(2026, 1, 1), 3, 2, 1),
        (date(2026, 2, 1), 0, 0, 0),
        (date(2026, 3, 1), 1, 1, 0),
    ]
    assert figures(found) == {"edits": 4, "edited": 2, "created": 1}


def test_what_lies_before_the_wiki_tells_all_does_not_count() -> None:
    found = section(
        collection(
            member("A"),
            edits=((date(2025, 12, 30), "A"), (date(2026, 1, 20), "A")),
            told_since=date(2026, 1, 10),
        )
    )
    assert rows(found.table("months"), "month", "edits") == [
        (date(2026, 1, 1), 1),
        (date(2026, 2, 1), 0),
        (date(2026, 3, 1), 0),
    ]
    note = found.table("months").note
    assert note is not None
    assert "10 janvier 2026" in note.fr


@pytest.mark.parametrize("since", [None, TODAY, TODAY - timedelta(days=6)])
def test_a_copy_that_knows_last_edits_alone_tells_no_months(since: date | None) -> None:
    found = section(collection(member("A"), edits=((TODAY, "A"),), told_since=since))
    assert [table.id for table in found.tables] == ["ages"]


def test_each_page_has_one_age() -> None:
    then = datetime(2025, 1, 1, tzinfo=UTC)
    found = section(
        collection(member("A"), member("B", edited=then), member("B", "ligne", 0, edited=then))
    )
    ages = dict(rows(found.table("ages"), "age", "pages"))
    assert {age: n for age, n in ages.items() if n} == {"moins d'un mois": 1, "1 à 2 ans": 1}
    total = found.table("ages").total
    assert total is not None
    assert total[1:] == (2, 1.0)


def test_pages_past_the_limit_of_their_type_are_to_be_read_again() -> None:
    old = datetime(2024, 3, 2, tzinfo=UTC)
    found = section(
        collection(
            member("A"),
            member("B", edited=old),
            member("C", edited=old + timedelta(days=1)),
            mapping=RESILIENCE,
        )
    )
    assert rows(found.table("stale"), "page", "months") == [("B", 24)]


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 3000))
def test_months_follow_each_other_without_a_gap(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    months = months_until(first, last)
    assert months[-1] == last.replace(day=1)
    assert len(months) == MOST_MONTHS or months[0] == first.replace(day=1)
    assert all(28 <= (b - a).days <= 31 for a, b in pairwise(months))


@pytest.mark.parametrize(
    ("then", "today", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2025, 12, 15), date(2026, 1, 15), 1),
        (date(2026, 5, 1), date(2026, 1, 1), 0),
    ],
)
def test_whole_months_between_two_days(then: date, today: date, months: int) -> None:
    assert months_since(then, today) == months


def test_an_empty_wiki_has_no_such_section() -> None:
    assert activity(collection()) is None
