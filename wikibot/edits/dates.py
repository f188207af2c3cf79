"""How people write dates, and what Semantic MediaWiki on a French wiki reads of them.

Source: facts measured on a French wiki: ISO dates are read right; `03/04/2026` is read with the
month first, `1er avril 2026` as the year 1, `01/05/27` as the year 27.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from wikibot.mapping import fold

State = Literal["right", "one", "day first", "short year", "impossible", "no date"]

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})(?:-(\d{{2}})(?:-(\d{{2}}){_TIME})?)?\Z", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{1,2}))?\Z", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})\Z", re.ASCII)
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[-/.]\s?(\d{4})\Z", re.ASCII)
_WORDS = re.compile(
    r"(?:le )?(?:([a-z]{3,9}) )?(?:(\d{1,2})(er|e|st|nd|rd|th)? )?(?:of )?([a-z]{3,10}) (\d{4})\Z",
    re.ASCII,
)
_ENGLISH = re.compile(r"([a-z]{3,10}) (\d{1,2})(?:st|nd|rd|th)? (\d{4})\Z", re.ASCII)
_FIRST_DECADES = 1000  # a year of fewer digits is no year of these wikis

_MONTHS = (
    "janvier january janv jan",
    "fevrier february fevr fev feb",
    "mars march mar",
    "avril april avr apr",
    "mai may",
    "juin june jun",
    "juillet july juil jul",
    "aout august aou aug",
    "septembre september sept sep",
    "octobre october oct",
    "novembre november nov",
    "decembre december dec",
)
_WEEKDAYS = (
    "lundi monday lun mon",
    "mardi tuesday mar tue",
    "mercredi wednesday mer wed",
    "jeudi thursday jeu thu",
    "vendredi friday ven fri",
    "samedi saturday sam sat",
    "dimanche sunday dim sun",
)


@dataclass(frozen=True)
class DateReading:
    """How a written date is to be taken.

    `one`: one reading, `new` in ISO; `day first`: 3 April or 4 March; `short year`: two digits.
    `new` is then the likelier reading. `misread` says that the wiki takes it for another date.
    """

    state: State
    new: str | None = None
    misread: bool = False


def read_date(text: str) -> DateReading:
    """Return how `text` is to be taken; `right` is what the wiki reads as it is meant."""
    text = " ".join(text.split())
    iso = _ISO.match(text)
    if iso:
        year, month, day = (int(part) if part else 0 for part in iso.groups())
        if iso[2] and not month:
            # What Page Forms makes of a date without month: 2027-00-00.
            return _one(year) if year and not day else DateReading("no date")
        if iso[3] and not day:
            return _one(year, month)
        return DateReading("right") if _exists(year, month, day) else _impossible(year)
    found = _YEAR_FIRST.match(text)
    if found:
        year, month, day = (int(part) if part else 0 for part in found.groups())
        return _told(year, month, day)
    found = _YEAR_LAST.match(text)
    if found:
        return _year_last(int(found[1]), int(found[3]), found[4])
    found = _MONTH_YEAR.match(text)
    if found:
        return _told(int(found[2]), int(found[1]), 0)
    return _in_words(fold(text))


def _told(year: int, month: int, day: int) -> DateReading:
    return _one(year, month, day) if month and _exists(year, month, day) else _impossible(year)


def _year_last(first: int, second: int, written_year: str) -> DateReading:
    year = int(written_year)
    short = len(written_year) == 2
    if short:
        year += 2000
    if _exists(year, second, first) and first:
        day, month, two_readings = first, second, first <= 12 and first != second
    elif _exists(year, first, second) and second:
        day, month, two_readings = second, first, False
    else:
        return _impossible(year)
    reading = _one(year, month, day)
    if short:
        return DateReading("short year", reading.new, misread=True)
    if two_readings:
        return DateReading("day first", reading.new, misread=True)
    return reading


def _in_words(folded: str) -> DateReading:
    english = _ENGLISH.match(folded)
    if english and english[1] in _months():
        return _told(int(english[3]), _months()[english[1]], int(english[2]))
    found = _WORDS.match(folded)
    if found is None or found[4] not in _months():
        return DateReading("no date")
    weekday, day, ordinal = found[1], int(found[2] or 0), found[3]
    if (weekday and weekday not in _weekdays()) or (found[2] and not day):
        return DateReading("no date")
    year, month = int(found[5]), _months()[found[4]]
    reading = _told(year, month, day)
    if reading.state != "one":
        return reading
    if weekday and (not day or date(year, month, day).weekday() != _weekdays()[weekday]):
        return DateReading("no date")
    return DateReading("one", reading.new, misread=bool(ordinal))


def _one(year: int, month: int = 0, day: int = 0) -> DateReading:
    if year < _FIRST_DECADES:
        return DateReading("no date")
    parts = [f"{year:04d}"]
    if month:
        parts.append(f"{month:02d}")
    if day:
        parts.append(f"{day:02d}")
    return DateReading("one", "-".join(parts))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True


def _impossible(year: int) -> DateReading:
    return DateReading("impossible" if year >= _FIRST_DECADES else "no date")


@cache
def _months() -> dict[str, int]:
    return {name: i for i, names in enumerate(_MONTHS, 1) for name in names.split()}


@cache
def _weekdays() -> dict[str, int]:
    return {name: i for i, names in enumerate(_WEEKDAYS) for name in names.split()}
