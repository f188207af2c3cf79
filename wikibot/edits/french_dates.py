"""What a date means that is written as people say it: «fin 2025», «fév ou mars 2024», «T2 2024».

For dates that `dates.read_date` does not know. What it gives are proposals, for a person to choose
from, unless one answer alone is possible.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from wikibot.edits.dates import read_date
from wikibot.mapping import fold

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_LONGEST = 60  # characters; a longer text is a sentence
_CENTURY = 2000


class FrenchDate(NamedTuple):
    """What a written date may mean, in ISO and in the order of time; nothing: nobody can say.

    `sure`: it means the one candidate, and says nothing beside.
    """

    candidates: tuple[str, ...] = ()
    sure: bool = False


Dates = tuple[str, ...]
Reader = Callable[[re.Match[str]], Dates]

_SEASONS = {"printemps": (3, 6), "ete": (6, 9), "automne": (9, 12)}
_ORDINALS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}
_FRENCH_MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)


def _months(year: str, first: int, last: int) -> Dates:
    return tuple(f"{year}-{month:02d}" for month in range(first, last + 1))


def _part(year: str, number: str, length: int) -> Dates:
    """Return the months of a quarter (`length` 3) or of a half year (6)."""
    place = _ORDINALS.get(number) or int(number)
    last = place * length
    return _months(year, last - length + 1, last) if 0 < last <= 12 else ()


def _winter(found: re.Match[str]) -> Dates:
    first, second = int(found[1]), int(found[2])
    return (f"{first}-12", *_months(found[2], 1, 3)) if second == first + 1 else ()


def _two(first: str, second: str) -> Dates:
    """Return two dates, where both can be read and the first is the earlier one."""
    dates = [date for text in (first, second) if (date := _plain(text))]
    return tuple(dates) if len(dates) == 2 and dates[0] < dates[1] else ()


def _plain(text: str) -> str | None:
    """Return the date that the usual reader makes of a text, None where it is not sure."""
    reading = read_date(text)
    return text if reading.state == "right" else reading.new if reading.state == "one" else None


def _one(found: re.Match[str]) -> Dates:
    month = _plain(f"{found[1]} {found[2]}")
    return (month,) if month else ()


_YEAR, _MONTH, _DAY = r"((?:19|20)\d\d)", r"([a-z]{3,9})", r"(\d\d?)(?: ?er)?"
_OR = r"(?: ou bien| ou| et| a| au| puis)?"
_NTH = r"(\d|premier|deuxieme|second|troisieme|quatrieme)(?: ?(?:ere?|e|eme|nde?))?"
# Folded: no accents, no signs. Longer leads are taken off first, see `_LEAD`.
_WAYS: tuple[tuple[str, Reader], ...] = (
    (rf"l ete {_YEAR}", lambda m: _months(m[1], 6, 9)),
    (rf"(printemps|ete|automne) {_YEAR}", lambda m: _months(m[2], *_SEASONS[m[1]])),
    (rf"hiver {_YEAR}", lambda m: (*_months(m[1], 1, 3), f"{m[1]}-12")),
    (rf"hiver {_YEAR} {_YEAR}", _winter),
    (rf"rentree (?:scolaire |de |de septembre )?{_YEAR}", lambda m: (f"{m[1]}-09",)),
    (rf"fin (?:de |d )?(?:l )?(?:annee )?{_YEAR}", lambda m: (f"{m[1]}-12",)),
    (rf"debut (?:de |d )?(?:l )?(?:annee )?{_YEAR}", lambda m: (f"{m[1]}-01",)),
    (rf"(?:mi|milieu)(?: de)?(?: l)?(?: annee)? {_YEAR}", lambda m: _months(m[1], 6, 7)),
    (rf"(?:fin|debut|mi|milieu|courant)(?: de| d)? {_MONTH} {_YEAR}", _one),
    (rf"[tq] ?(\d) {_YEAR}", lambda m: _part(m[2], m[1], 3)),
    (rf"{_YEAR} [tq] ?(\d)", lambda m: _part(m[1], m[2], 3)),
    (rf"{_NTH} trimestre (?:de )?{_YEAR}", lambda m: _part(m[2], m[1], 3)),
    (rf"s ?(\d) {_YEAR}", lambda m: _part(m[2], m[1], 6)),
    (rf"{_NTH} semestre (?:de )?{_YEAR}", lambda m: _part(m[2], m[1], 6)),
    (rf"{_YEAR}{_OR} {_YEAR}", lambda m: _two(m[1], m[2])),
    (rf"{_MONTH}{_OR} {_MONTH} {_YEAR}", lambda m: _two(f"{m[1]} {m[3]}", f"{m[2]} {m[3]}")),
    (
        rf"{_MONTH} {_YEAR}{_OR} {_MONTH} {_YEAR}",
        lambda m: _two(f"{m[1]} {m[2]}", f"{m[3]} {m[4]}"),
    ),
    (
        rf"{_DAY}{_OR}(?: le)? {_DAY} {_MONTH} {_YEAR}",
        lambda m: _two(f"{m[1]} {m[3]} {m[4]}", f"{m[2]} {m[3]} {m[4]}"),
    ),
)
_BEFORE_SUMMER = re.compile(rf"(?:avant|d ici(?: a)?) l ete {_YEAR}\Z", re.ASCII)
# What says no more than the date itself, and what says that it is a bound or a guess.
_EMPTY = re.compile(r"(?:en|au mois de|au mois d|en l annee|l annee|annee|date) (?=\S)")
_LEAD = re.compile(
    r"(?:(?:avant|depuis|vers|environ|courant|dans|pour|prevue?|entre|d ici|jusqu|au plus tard"
    r"|a partir|a compter|le courant|en|le|la|les|l|de|du|des|d|a|au) )+(?=\S)"
)
_DAY_IN_WORDS = re.compile(
    r"(?:([a-z]{5,8}) )?(?:le )?(\d\d?|[a-z]{2,8}(?: et un)?)(?: ?(?:er|e|eme))? ([a-z]{3,10})"
    r" (\d{4}|\d\d)((?: a)? \d\d? ?h?(?: ?\d\d)?)?\Z",
    re.ASCII,
)


def read_french_date(text: str) -> FrenchDate:
    """Return what a date may mean that `dates.read_date` does not know.

    It is never relative to today: «demain», or «mars» without a year, means nothing here.
    """
    if len(text) > _LONGEST or not any(sign.isdecimal() for sign in text):
        return FrenchDate()
    folded = fold(text)
    empty = _EMPTY.match(folded)
    known = _plain(folded[empty.end() :]) if empty else None
    if known:
        return FrenchDate((known,), sure=True)
    summer = _BEFORE_SUMMER.match(folded)
    if summer:
        return FrenchDate((f"{summer[1]}-06",))
    lead = _LEAD.match(folded)
    rest = folded[lead.end() :] if lead else folded
    for pattern, reader in _ways():
        found = pattern.match(rest)
        dates = reader(found) if found else ()
        if dates:
            return FrenchDate(dates)
    known = _plain(rest) if lead else None
    return FrenchDate((known,)) if known else _day_in_words(folded)


@cache
def _ways() -> tuple[tuple[re.Pattern[str], Reader], ...]:
    return tuple((re.compile(rf"{way}\Z", re.ASCII), reader) for way, reader in _WAYS)


def _day_in_words(folded: str) -> FrenchDate:
    """Return what dateparser makes of a day, a month and a year in words that we do not know.

    It is told no more than these three: it leaves out what it does not understand.
    """
    found = _DAY_IN_WORDS.match(folded)
    if found is None:
        return FrenchDate()
    weekday, day, month, year, hour = found.groups()
    whole = year if len(year) > 2 else str(_CENTURY + int(year))
    parsed = _parser().get_date_data(f"{day} {month} {whole}").date_obj
    if parsed is None or parsed.year != int(whole) or (day.isdigit() and parsed.day != int(day)):
        return FrenchDate()
    spelled = f"{parsed.day} {_FRENCH_MONTHS[parsed.month - 1]} {whole}"
    if _plain(f"{weekday} {spelled}" if weekday else spelled) is None:
        return FrenchDate()  # it was another day of the week
    sure = day.isdigit() and not hour and whole == year
    return FrenchDate((date(parsed.year, parsed.month, parsed.day).isoformat(),), sure)


@cache
def _parser() -> DateDataParser:
    from dateparser.date import DateDataParser  # heavy, and seldom needed

    return DateDataParser(
        languages=["fr"],
        settings={
            "DATE_ORDER": "DMY",
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": datetime(_CENTURY, 1, 1),
            "TIMEZONE": "UTC",
        },
    )
