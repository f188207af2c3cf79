from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from wikibot.language import same
from wikibot.overviews.steady import steady
from wikibot.overviews.values import Column, Overview, Row, Section, Table

DAYS = tuple(date(2026, 1, day) for day in range(1, 8))


def overview(*tables: Table) -> Overview:
    section = Section("s", same("s"), tables)
    return Overview(same("h"), same("w"), "p", datetime(2026, 1, 7, tzinfo=UTC), (section,))


def table(id_: str, columns: str, *rows: Row) -> Table:
    named = tuple(Column(each, same(each), "text") for each in columns.split())
    return Table(id_, same(id_), named, rows)


def rows(found: Overview) -> tuple[Row, ...]:
    return found.sections[0].tables[0].rows


def test_a_day_on_which_nothing_differs_is_left_out() -> None:
    daily = [(day, number) for day, number in zip(DAYS, (3, 3, 2, 2, 3, 3, 3), strict=True)]
    made = overview(table("quality_over_time", "day errors", *daily))
    assert rows(steady(made)) == ((DAYS[0], 3), (DAYS[2], 2), (DAYS[4], 3))


def test_days_counted_until_today_are_left_out_with_their_column() -> None:
    late = table("overdue", "action due days pages", ("Action:1", DAYS[0], 6, ("P",)))
    found = steady(overview(late)).sections[0].tables[0]
    assert [column.id for column in found.columns] == ["action", "due", "pages"]
    assert found.rows == (("Action:1", DAYS[0], ("P",)),)


@pytest.mark.parametrize("id_", ["findings", "overdue_by_age"])
def test_all_else_stays(id_: str) -> None:
    made = overview(table(id_, "a days", ("x", 1), ("y", 1)))
    assert steady(made) == made
