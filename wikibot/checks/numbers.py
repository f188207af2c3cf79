"""How people write numbers and amounts, and what Semantic MediaWiki reads of them.

Source: facts measured on a French wiki (`1234,5` is right, `1234.5` and `12 €` are rejected,
`41320, 37500` becomes 41320.375) and Semantic MediaWiki's own NumberValue: blanks are dropped,
then digits with at most one decimal sign are read, and anything behind them is a unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2212": "-"})
_GROUPED = r"(?:\d{1,3}(?: \d{3})+|\d+)"
_AMOUNT = re.compile(
    r"(?P<sign>[+-]?) ?(?:€|EUR|euros?)? ?(?P<digits>\d[\d ., '’]*?)[.,]? ?"
    r"(?P<unit>k ?€|k ?euros?|k|M ?€|€|EUR|euros?)? ?(?P<note>HT|TTC|H\.T\.|T\.T\.C\.)?\.?\Z",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\s*(?:[;/+&\n]|,(?=\s)|\b(?:et|ou|à|puis|and|or|to)\b|[–—]|(?<=[\d€])\s*-\s*(?=\d))\s*"
)
_NUMBER_RUN = re.compile(r"\d[\d .,'’]*")

State = Literal["right", "blanks", "reads", "several", "no number"]


@dataclass(frozen=True)
class Reading:
    """How a wiki takes a number.

    `right` as it stands; `blanks`: right but for blanks that not every version reads;
    `reads`: a number that the wiki misreads or rejects; `several`: that many numbers (`count`).
    `new` is how to write it, where that can be told; `safe` says that it is the only reading.
    """

    state: State
    new: str | None = None
    safe: bool = False
    count: int = 1


@lru_cache(maxsize=4)
def _accepted(decimal: str) -> re.Pattern[str]:
    return re.compile(
        rf"[+-]?(?:{_GROUPED}(?:{re.escape(decimal)}\d+)?|{re.escape(decimal)}\d+)"
        r"(?:[eE][+-]?\d+)?\Z"
    )


def read(text: str, decimal: str, *, money: bool) -> Reading:
    """Return how a wiki whose decimal sign is `decimal` takes `text`."""
    plain = text.translate(_BLANKS).strip()
    if _accepted(decimal).match(plain):
        if "\u00a0" in text or "\u202f" in text or "\u2009" in text or "\u2212" in text:
            return Reading("blanks", plain.replace(" ", ""), safe=True)
        if money and re.fullmatch(rf"[1-9]\d{{0,2}}{re.escape(decimal)}\d{{3}}", plain):
            return Reading("reads", plain.replace(decimal, ""))
        return Reading("right")
    numbers = _values(plain, decimal)
    if numbers > 1:
        return Reading("several", count=numbers)
    found = _AMOUNT.match(plain)
    if found is None:
        return Reading("no number")
    new, safe = _normal(found["digits"].strip(), decimal, money=money)
    unit, note = (found["unit"] or "").replace(" ", "").casefold(), found["note"]
    if unit and not money:
        return Reading("reads")
    if new is None:
        return Reading("reads")
    thousands = {"k": 1000, "m": 1_000_000}.get(unit[:1])
    if thousands:
        scaled = Decimal(new.replace(decimal, ".")) * thousands
        new, safe = f"{scaled.normalize():f}".replace(".", decimal), False
    return Reading("reads", found["sign"].replace("+", "") + new, safe=safe and not note)


def number_read(text: str, decimal: str, *, money: bool) -> Decimal | None:
    """Return the number that a text surely means, None where it has no reading or several."""
    reading = read(text, decimal, money=money)
    written = text if reading.state == "right" else reading.new if reading.safe else None
    if written is None:
        return None
    try:
        return Decimal("".join(written.split()).replace(decimal, "."))
    except InvalidOperation:
        return None


def taken_for(text: str, decimal: str) -> str | None:
    """Return the number that the wiki reads where several were meant, None where it reads none."""
    bare = re.sub(r"\s", "", text)
    if not re.fullmatch(rf"[+-]?\d+(?:{re.escape(decimal)}\d+)?", bare):
        return None
    whole, sign, rest = bare.partition(decimal)
    return f"{whole}{sign}{rest.rstrip('0')}".rstrip(decimal)


def _values(plain: str, decimal: str) -> int:
    """Return how many numbers a text holds."""
    parts = [part for part in _SEVERAL.split(plain) if part]
    if len(parts) > 1 and all(_AMOUNT.match(part) for part in parts):
        return len(parts)
    runs = [run.group().strip(" .,'’") for run in _NUMBER_RUN.finditer(plain)]
    if len(runs) > 1:
        return len(runs)
    words = runs[0].split(" ") if runs else []
    if len(words) > 1 and not re.match(rf"{_GROUPED}(?![\d ])", runs[0]):
        return len(words)
    return len(runs)


def _normal(digits: str, decimal: str, *, money: bool) -> tuple[str | None, bool]:
    """Return a number as the wiki reads it, and whether it was the only reading."""
    digits = re.sub(r"[ '’](?=\d{3}(?!\d))", "", digits)
    if re.search(r"[ '’]", digits):
        return None, False
    if not re.search(r"[.,]", digits):
        return digits, True
    last = max(digits.rfind("."), digits.rfind(","))
    sign, other = digits[last], "," if digits[last] == "." else "."
    if other in digits:
        head, tail = digits[:last], digits[last + 1 :]
        if sign in head or not _is_grouped(head, other):
            return None, False
        return f"{head.replace(other, '')}{decimal}{tail}", True
    if digits.count(sign) > 1:
        return (digits.replace(sign, ""), True) if _is_grouped(digits, sign) else (None, False)
    head, _, tail = digits.partition(sign)
    if len(tail) == 3 and len(head) <= 3 and head.strip("0"):
        # 12.345: twelve thousand or twelve and a bit; of money the first is likelier.
        return (head + tail, False) if money else (None, False)
    return f"{head}{decimal}{tail}", True


def _is_grouped(digits: str, sign: str) -> bool:
    first, *groups = digits.split(sign)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)
