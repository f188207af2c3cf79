"""Dates of Semantic MediaWiki: partial, of two calendars, before Christ."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.wiki.semantic import DateValue

YEARS = st.integers(-9999, 9999).filter(bool)
ZONES = st.sampled_from((None, "0", "12", "UTC", "Asia/Tokyo"))


@st.composite
def dates(draw: st.DrawFn) -> DateValue:
    year, month, day = draw(YEARS), draw(st.integers(1, 12)), draw(st.integers(1, 28))
    calendar, era = draw(st.sampled_from((1, 2))), year > 0 and draw(st.booleans())
    whole = DateValue(
        year,
        month,
        day,
        draw(st.integers(0, 23)),
        draw(st.integers(0, 59)),
        float(draw(st.one_of(st.integers(0, 59), st.sampled_from((0.5, 18.25, 59.999))))),
        draw(ZONES),
        calendar,
        era,
    )
    shorter = [DateValue(year), DateValue(year, month), DateValue(year, month, day)]
    shorter = [replace(date, calendar=calendar, era_written=era) for date in shorter]
    return draw(st.sampled_from([whole, *shorter]))


@given(dates())
def test_a_date_is_read_back_from_its_own_form(date: DateValue) -> None:
    assert DateValue.from_raw(date.raw) == date


@pytest.mark.parametrize(
    ("raw", "text", "precision"),
    [
        ("1/2026", "2026", "year"),
        ("1/2026/4", "2026-04", "month"),
        ("1/2026/4/3", "2026-04-03", "day"),
        ("1/2024/2/29/0/0/0/0", "2024-02-29T00:00:00Z", "time"),
        ("1/2024/3/5/14/30/18.5/0", "2024-03-05T14:30:18.5Z", "time"),
        ("1/2024/3/5/14/30/18", "2024-03-05T14:30:18Z", "time"),
        ("1/1970/1/12/11/43/0/Asia/Tokyo", "1970-01-12T11:43:00Z", "time"),
        ("1/+33/4", "0033-04", "month"),
        ("2/-44/3/15", "-0044-03-15", "day"),
        ("1/-300", "-0300", "year"),
        ("2/1500/2/29", "1500-02-29", "day"),
        ("2/-1/2/29", "-0001-02-29", "day"),
        ("1/12026", "12026", "year"),
    ],
)
def test_a_date_is_shown_no_longer_than_it_is_known(raw: str, text: str, precision: str) -> None:
    date = DateValue.from_raw(raw)
    assert (str(date), date.precision, date.raw) == (text, precision, raw)


@pytest.mark.parametrize(
    "raw",
    [
        *("", "1", "2026", "1/", "/2026", "3/2026", "1/0", "1/2026/0", "1/2026/13", "1/2026/2/29"),
        *("1/1900/2/29", "1/2026/4/31", "1/2026/4/0", "1/2026/4/3/24/0/0/0", "1/2026/4/3/1/60/0"),
        *("1/2026/4/3/1/0/60/0", "1/2026/4/3/1", "1/2026/4/3/1/2", "1/deux mille", "1/2026/-4"),
        *("1/٢٠٢٦", "1/2026/4/3/1/0/1e1/0", "1/2026/4 ", "1/+-5", "2026-04-03", "1/99999999999999"),
    ],
)
def test_anything_else_is_no_date(raw: str) -> None:
    with pytest.raises(ValueError):
        DateValue.from_raw(raw)


@pytest.mark.parametrize(
    "parts",
    [
        {"day": 3},
        {"month": 1, "hour": 3, "minute": 4, "seconds": 5.0},
        {"month": 1, "day": 1, "hour": 3},
        {"month": 1, "day": 1, "hour": 3, "minute": 4},
        {"month": 1, "day": 1, "minute": 4, "seconds": 5.0},
    ],
)
def test_no_part_is_known_without_the_one_before_it(parts: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        DateValue(2026, **parts)


def test_a_day_of_our_calendar_is_a_date_of_python() -> None:
    assert DateValue(2026, 4, 3).date == datetime.date(2026, 4, 3)
    assert DateValue(2026, 4, 3, 23, 59, 59.5).date == datetime.date(2026, 4, 3)
    assert DateValue(2026, 4).date is None
    assert DateValue(1500, 4, 3, calendar=2).date is None
    assert DateValue(-44, 4, 3).date is None
    assert DateValue(10_000, 4, 3).date is None


def test_old_wikis_count_seconds() -> None:
    assert str(DateValue.from_timestamp(1_700_697_600)) == "2023-11-23T00:00:00Z"
    assert str(DateValue.from_timestamp(-1)) == "1969-12-31T23:59:59Z"
    with pytest.raises(ValueError):
        DateValue.from_timestamp(10**15)
