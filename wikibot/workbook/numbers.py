"""Numbers, dates and times as spreadsheet programs keep them.

Sources: ECMA-376 part 1, 18.17.4 (dates and times), 18.8.30 (number formats); Microsoft,
"Floating-point arithmetic may give inaccurate results in Excel" (15 digits).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from wikibot.language import Text
from wikibot.workbook.model import Cell, Unclear

Kind = Literal["number", "date", "time", "duration"]

_DIGITS = 15  # that every spreadsheet program keeps
_LONGEST = 500  # characters of a number
_LARGEST = Decimal("1e308")
_EXACT = 2**53  # integers below are exact in any of them
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d{1,4})?", re.ASCII)
_DAY = 86_400_000  # milliseconds
_EPOCH_1900 = datetime(1899, 12, 30)  # right from serial 61 on: Excel has a 29 February 1900
_EPOCH_1904 = datetime(1904, 1, 1)
# The first day on which Excel and LibreOffice agree, as number and as day.
FIRST_SERIAL, FIRST_DAY = 61, date(1900, 3, 1)
_NOT_CODE = re.compile(r'"[^"]*"?|\\.|_.|\*.')  # quoted, escaped, as wide as, filled with
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
# Formats that a file does not spell out: dates and times, of some languages too; elapsed time.
_BUILT_IN: dict[int, Kind] = {
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58), "date"),
    **dict.fromkeys((18, 19, 20, 21, *range(32, 36), 45, 47, 55, 56), "time"),
    46: "duration",
}
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?")
_NO_NUMBER = Text("la cellule ne contient pas de nombre lisible", "the cell holds no number")
_TOO_LONG = Text(
    "le nombre a plus de 15 chiffres, et un tableur perd les derniers : mettez la cellule au "
    "format texte et retapez-le",
    "the number has more than 15 digits, and a spreadsheet program loses the last ones: make it "
    "a cell of text and type it again",
)
_NO_DATE = Text(
    "la date de la cellule n'existe pas, ou les tableurs ne s'accordent pas sur elle",
    "the date of the cell does not exist, or spreadsheet programs do not agree on it",
)
_LASTING = Text(
    "la cellule contient une durée, et non une heure du jour",
    "the cell holds a duration, not a time of day",
)


def number(written: str) -> Decimal | Unclear:
    """Return a number as a person sees it: at most 15 digits, as programs keep no more.

    A whole number has neither exponent nor point. Files hold binary fractions: 1.1 may be
    written as 1.1000000000000001. Of a whole number with more digits nobody knows the last.
    """
    text = written.strip()
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        return Unclear(_NO_NUMBER, text[:60])
    found = Decimal(text)
    if abs(found) > _LARGEST:
        return Unclear(_NO_NUMBER, text[:60])
    whole = found == found.to_integral_value()
    if len(found.normalize().as_tuple().digits) > _DIGITS and not (whole and abs(found) < _EXACT):
        if whole:
            return Unclear(_TOO_LONG, text[:60])
        found = Decimal(f"{found:.{_DIGITS - 1}e}")
        whole = found == found.to_integral_value()
    if not found:
        return Decimal(0)
    return Decimal(int(found)) if whole else found.normalize()


def fits(value: Decimal) -> bool:
    """Tell whether a spreadsheet program keeps a number with all its digits."""
    return value.is_finite() and number(f"{value:e}") == value


def kind_of_format(identifier: int, code: str | None) -> Kind:
    """Return what a number is under a number format."""
    if code is None:
        return _BUILT_IN.get(identifier, "number")
    plain = _NOT_CODE.sub("", code[:_LONGEST]).split(";")[0]
    if _ELAPSED.search(plain):
        return "duration"
    plain = _BRACKETS.sub("", plain).lower().replace("am/pm", "h")
    if plain.strip() in ("general", "standard"):
        return "number"
    if re.search("[yd]", plain) or ("m" in plain and not re.search("[hs]", plain)):
        return "date"
    return "time" if re.search("[hs]", plain) else "number"


def moment(serial: str, kind: Kind, from_1904: bool) -> Cell:
    """Return the day, the time or both that a number of days stands for."""
    days = number(serial)
    if isinstance(days, Unclear):
        return days
    if abs(days) > 4_000_000:
        return Unclear(_NO_DATE, str(days))
    milliseconds = int((days * _DAY).to_integral_value())
    if kind in ("time", "duration") and 0 <= milliseconds < _DAY:
        return _time(milliseconds)
    if kind == "duration":
        return Unclear(_LASTING, str(days))
    if days < (0 if from_1904 else FIRST_SERIAL):
        return Unclear(_NO_DATE, str(days))
    try:
        found = (_EPOCH_1904 if from_1904 else _EPOCH_1900) + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return Unclear(_NO_DATE, str(days))
    return found if milliseconds % _DAY else found.date()


def iso_moment(written: str) -> Cell:
    """Return the day, with its time where there is one, or the time of day of ISO 8601."""
    text = written.strip()
    try:
        if "T" not in text and ":" in text:
            return time.fromisoformat(text)
        found = datetime.fromisoformat(text)
    except ValueError:
        return Unclear(_NO_DATE, text[:60])
    if found.tzinfo is not None:
        return Unclear(_NO_DATE, text[:60])
    return found.date() if found.time() == time() else found


def iso_time(written: str) -> time | Unclear:
    """Return the time of day that a duration of ISO 8601 (PT14H30M00S) stands for."""
    found = _DURATION.fullmatch(written[:_LONGEST].strip())
    if not found or found[1]:
        return Unclear(_LASTING, written[:60])
    days, hours, minutes, seconds = (
        Decimal((part or "0").replace(",", ".")) for part in found.groups()[1:]
    )
    milliseconds = int(((days * 24 + hours) * 3600 + minutes * 60 + seconds) * 1000)
    return _time(milliseconds) if milliseconds < _DAY else Unclear(_LASTING, written[:60])


def serial(value: date | time) -> str:
    """Return the number of days that stands for a day, with its time, or for a time of day."""
    if isinstance(value, time):
        at = datetime.combine(_EPOCH_1900, value)
    else:
        at = value if isinstance(value, datetime) else datetime.combine(value, time())
    since = at - _EPOCH_1900
    if not since.seconds and not since.microseconds:
        return str(since.days)
    return repr(since / timedelta(days=1))


def _time(milliseconds: int) -> time:
    return (datetime.min + timedelta(milliseconds=milliseconds)).time()
