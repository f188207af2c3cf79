"""Dates, numbers and amounts as what can be compared, where they have one reading alone."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from wikibot.checks.numbers import number_read
from wikibot.checks.several_amounts import decimal_sign
from wikibot.edits.dates import read_date
from wikibot.mapping import Mapping


class Span(NamedTuple):
    """From one number to another, both included: a year is all its days."""

    first: Decimal
    last: Decimal

    def before(self, other: Span) -> bool | None:
        """Return whether it lies before all of `other`; None: a part of it does."""
        if self.last < other.first:
            return True
        return False if self.first >= other.first else None

    def until(self, other: Span) -> bool | None:
        """Return whether it lies before the end of `other`; None: a part of it does."""
        if self.last <= other.last:
            return True
        return False if self.first > other.last else None

    def within(self, other: Span) -> bool:
        """Return whether all of it lies in `other`."""
        return other.first <= self.first and self.last <= other.last


Measure = Span | None


def read_measure(kind: str, text: str, mapping: Mapping) -> Measure:
    """Return what a date, a number or an amount measures; None: it has no sure reading."""
    if kind == "date":
        return _days(text)
    number = number_read(text, decimal_sign(mapping), money=kind == "amount")
    return None if number is None else Span(number, number)


def _days(text: str) -> Measure:
    """Return the days, counted as the proleptic calendar does, that a date or its part covers."""
    reading = read_date(text)
    if reading.state not in ("right", "one"):
        return None
    parts = (reading.new or " ".join(text.split()))[:10].split("-")
    year, month, day = (*map(int, parts), 0, 0)[:3]
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    last = date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    return Span(Decimal(first.toordinal()), Decimal(last.toordinal()))
