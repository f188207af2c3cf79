"""Words in two languages."""

from __future__ import annotations

import calendar
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.language import Text, counted, day, moment, number, same

PAGE, PAGES = Text("page", "page"), Text("pages", "pages")


@pytest.mark.parametrize(
    ("count", "fr", "en"),
    [
        (0, "0 page", "0 pages"),
        (1, "1 page", "1 page"),
        (2, "2 pages", "2 pages"),
        (1500, "1\u202f500 pages", "1,500 pages"),
    ],
)
def test_a_number_agrees_with_its_noun_as_each_language_has_it(
    count: int, fr: str, en: str
) -> None:
    assert counted(count, PAGE, PAGES) == Text(fr, en)


def test_a_placeholder_takes_the_words_of_its_own_language() -> None:
    text = Text("le champ {field}", "the field {field}").format(field=Text("Défi", "Challenge"))
    assert text == Text("le champ Défi", "the field Challenge")


def test_a_missing_value_is_an_error_not_a_hole() -> None:
    with pytest.raises(KeyError):
        Text("{a}", "{a}").format(b=1)


def test_a_name_is_the_same_in_both() -> None:
    assert same("CC0").into("fr") == same("CC0").into("en") == "CC0"


@pytest.mark.parametrize(
    ("of", "fr", "en"),
    [
        (date(2026, 3, 1), "1er mars 2026", "1 March 2026"),
        (date(2026, 8, 31), "31 août 2026", "31 August 2026"),
        (date(999, 12, 2), "2 décembre 999", "2 December 999"),
        (datetime(2026, 2, 3, 14, 5), "3 février 2026", "3 February 2026"),
    ],
)
def test_a_day_is_written_as_each_language_writes_it(of: date, fr: str, en: str) -> None:
    assert day(of) == Text(fr, en)


def test_every_month_has_a_name_of_its_own() -> None:
    months = [day(date(2026, number, 2)) for number in range(1, 13)]
    assert len({month.fr for month in months}) == len({month.en for month in months}) == 12
    assert [m.en.split()[1] for m in months] == list(calendar.month_name)[1:]


@pytest.fixture
def paris(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("paris")
@pytest.mark.parametrize(
    ("at", "fr", "en"),
    [
        (datetime(2026, 3, 3, 13, 5, tzinfo=UTC), "3 mars 2026 à 14 h 05", "3 March 2026 at 14:05"),
        (datetime(2026, 7, 31, 22, tzinfo=UTC), "1er août 2026 à 0 h 00", "1 August 2026 at 0:00"),
        (datetime(2026, 3, 3, 9, 30), "3 mars 2026 à 9 h 30", "3 March 2026 at 9:30"),
    ],
)
def test_a_moment_is_told_by_the_clock_of_this_machine(at: datetime, fr: str, en: str) -> None:
    told = moment(at)
    assert (told.fr.replace("\u00a0", " "), told.en) == (fr, en)
    assert told.fr.count("\u00a0") == 2  # an hour does not break over two lines


@pytest.mark.parametrize(
    ("of", "fr", "en"),
    [
        (0, "0", "0"),
        (-7, "-7", "-7"),
        (999, "999", "999"),
        (1000, "1\u202f000", "1,000"),
        (-1234567, "-1\u202f234\u202f567", "-1,234,567"),
        (Decimal("12345.5"), "12\u202f345,5", "12,345.5"),
        (Decimal("0.10"), "0,10", "0.10"),
        (Decimal("1E+4"), "10\u202f000", "10,000"),
    ],
)
def test_a_number_is_written_as_each_language_writes_it(
    of: int | Decimal, fr: str, en: str
) -> None:
    assert number(of) == Text(fr, en)


@given(st.integers())
def test_a_number_is_the_same_number_in_both(of: int) -> None:
    told = number(of)
    assert int(told.fr.replace("\u202f", "")) == int(told.en.replace(",", "")) == of
