"""Dates of Semantic MediaWiki: as precise as they were written, in one of two calendars.

`raw` is the form in which Semantic MediaWiki keeps and sends them: the calendar (1 Gregorian,
2 Julian), then year, month, day, hour, minute, second and time zone, as far as they are known:
`1/2026`, `1/2026/4`, `1/2024/3/5/14/30/0/0`. The time is UTC; the zone is only how to show it.
A year before Christ is negative, and there is no year 0.

Source: Semantic MediaWiki, class SMWDITime (getSerialization, doUnserialize).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

Precision = Literal["year", "month", "day", "time"]
GREGORIAN, JULIAN = 1, 2

_INTEGER = re.compile(r"-?[0-9]{1,12}", re.ASCII)
_SECONDS = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,9})?", re.ASCII)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True)
class DateValue:
    """A date or a moment; what was not written is None.

    `seconds` may have decimals. `zone` is the time zone to show it in, as Semantic MediaWiki
    names it; None where the wiki tells none. `era_written` says that somebody wrote “AD”.
    """

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    seconds: float | None = None
    zone: str | None = None
    calendar: int = GREGORIAN
    era_written: bool = False

    def __post_init__(self) -> None:
        """Refuse what is no date.

        Raises:
            ValueError: a part out of its bounds, or a part without the one before it.
        """
        parts = (self.year, self.month, self.day, self.hour)
        known = [part is not None for part in parts]
        whole_time = (self.hour is None) == (self.minute is None) == (self.seconds is None)
        if known != sorted(known, reverse=True) or not whole_time:
            raise ValueError("a part of the date is missing")
        if self.calendar not in (GREGORIAN, JULIAN) or self.year == 0:
            raise ValueError("no such calendar or year")
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError("no such month")
        if self.day is not None and not 1 <= self.day <= self._last_day():
            raise ValueError("no such day")
        if not (
            0 <= (self.hour or 0) <= 23
            and 0 <= (self.minute or 0) <= 59
            and 0 <= (self.seconds or 0) < 60
        ):
            raise ValueError("no such time")

    @classmethod
    def from_raw(cls, raw: str) -> DateValue:
        """Read Semantic MediaWiki's own form.

        Raises:
            ValueError: it is none.
        """
        parts = raw.split("/", 7)  # a zone may hold a slash: Asia/Tokyo
        seconds = parts[6] if len(parts) > 6 else None
        signed, others = parts[1:2], (parts[:1] + parts[2:6])
        if (
            len(parts) not in (2, 3, 4, 7, 8)
            or not all(_INTEGER.fullmatch(part) for part in others)
            or not all(_INTEGER.fullmatch(part.removeprefix("+")) for part in signed)
            or (seconds is not None and not _SECONDS.fullmatch(seconds))
        ):
            raise ValueError(f"no date: {raw!r}")
        numbers = [int(part) for part in parts[:6]]
        numbers += [None] * (6 - len(numbers))  # type: ignore[list-item]
        calendar, year, month, day, hour, minute = numbers
        return cls(
            year,
            month,
            day,
            hour,
            minute,
            None if seconds is None else float(seconds),
            parts[7] if len(parts) > 7 else None,
            calendar,
            era_written=parts[1].startswith("+"),
        )

    @classmethod
    def from_timestamp(cls, seconds: int) -> DateValue:
        """Return a moment counted in seconds since 1970, as old wikis send every date.

        Raises:
            ValueError: beyond the years 1 to 9999.
        """
        try:
            moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
        except OverflowError:
            raise ValueError(f"no date: {seconds}") from None
        return cls(*moment.timetuple()[:5], float(moment.second))

    @property
    def raw(self) -> str:
        """The form of Semantic MediaWiki."""
        year = f"{'+' if self.era_written and self.year > 0 else ''}{self.year}"
        numbers = (self.month, self.day, self.hour, self.minute)
        parts = [str(self.calendar), year, *(str(part) for part in numbers if part is not None)]
        if self.seconds is not None:
            parts.append(f"{self.seconds:.9f}".rstrip("0").rstrip("."))
            parts += [] if self.zone is None else [self.zone]
        return "/".join(parts)

    @property
    def datatype(self) -> str:
        """The id of the only datatype that has such values."""
        return "_dat"

    @property
    def precision(self) -> Precision:
        """How far the date is known."""
        if self.month is None:
            return "year"
        if self.day is None:
            return "month"
        return "day" if self.hour is None else "time"

    @property
    def date(self) -> datetime.date | None:
        """The day in the Gregorian calendar; None where day or calendar is another."""
        if self.day is None or self.month is None or self.calendar != GREGORIAN:
            return None
        return datetime.date(self.year, self.month, self.day) if 0 < self.year < 10_000 else None

    def __str__(self) -> str:
        """Return the date as ISO 8601 writes it, no longer than it is known: `2026-04`."""
        year = f"{self.year:04d}" if self.year > 0 else f"-{-self.year:04d}"
        text = "-".join([year, *(f"{p:02d}" for p in (self.month, self.day) if p is not None)])
        if self.hour is None or self.minute is None or self.seconds is None:
            return text
        whole = f"{self.seconds:012.9f}".rstrip("0").rstrip(".")
        return f"{text}T{self.hour:02d}:{self.minute:02d}:{whole}Z"

    def _last_day(self) -> int:
        assert self.month is not None
        if self.month != 2:
            return _DAYS[self.month - 1]
        year = self.year if self.year > 0 else self.year + 1
        julian = self.calendar == JULIAN
        leap = year % 4 == 0 and (julian or year % 100 != 0 or year % 400 == 0)
        return 29 if leap else 28
