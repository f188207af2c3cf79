"""What a text means where a spreadsheet may have written it anew: number, day, hour, truth.

Of `2.10` a spreadsheet makes the number 2.1, of `03/04/2026` a day, of `VRAI` a truth value; and
saves them as it shows them. Two texts that give one form here may be one value.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Context, Decimal

SHORT = Context(prec=15)  # the digits that a spreadsheet keeps of a number
_LONGEST = 40  # characters; nothing longer is a number or a day
_YES, _NO = "\x02yes", "\x02no"
_NUMBER = re.compile(r"([+-]?\d+(?:[.,]\d*)?(?:[eE][+-]?\d{1,3})?)( ?%)?\Z", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]0?0:00(?::00(?:\.0+)?)?)?\Z", re.ASCII)
_LOCAL = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\Z", re.ASCII)
_HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\Z", re.ASCII)
_TRUTHS = {"vrai": _YES, "true": _YES, "faux": _NO, "false": _NO}
_ANSWERS = _TRUTHS | {"oui": _YES, "yes": _YES, "1": _YES, "non": _NO, "no": _NO, "0": _NO}


def loosely(text: str, *, truth: bool = False) -> str:
    """Return the form of a text; `truth` says that it answers yes or no.

    Other texts are their own form.
    """
    if len(text) > _LONGEST or not text:
        return text
    truths = _ANSWERS if truth else _TRUTHS
    folded = text.casefold()
    if folded in truths:
        return truths[folded]
    if _NUMBER.match(text):
        return _loose_number(text)
    day = day_of(text)
    if day:
        return f"\x03{day.isoformat()}"
    hour = _HOUR.match(text)
    return f"\x04{int(hour[1])}:{hour[2]}:{hour[3] or '00'}" if hour else text


def _loose_number(text: str) -> str:
    percent = text.endswith("%")
    number = Decimal(text.rstrip(" %").replace(",", "."))
    short = SHORT.create_decimal(number).normalize(SHORT)
    sign, digits, exponent = short.as_tuple()
    plain = "0" if not number else f"{'-' * sign}{''.join(map(str, digits))}e{exponent}"
    return f"\x01{plain}{'%' * percent}"


def day_of(text: str) -> date | None:
    """Return the day that a text names, the day before the month as the French write it."""
    iso = _ISO.match(text)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    local = _LOCAL.match(text)
    if local is None:
        return None
    first, second, year = int(local[1]), int(local[3]), int(local[4])
    if len(local[4]) == 2:
        year += 2000 if year < 50 else 1900
    return _day(year, second, first) or _day(year, first, second)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
