"""What stands in a cell of an overview, as people read it and as programs compare it.

All forms take their words and roundings from here, so that none shows another number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from wikibot.language import NO_BREAK, Language, Text, day, moment, number
from wikibot.overviews import Cell
from wikibot.overviews.values import Kind
from wikibot.redaction import redacted

LINKED = ("page", "pages")  # kinds that name pages of the wiki
COUNTABLE = ("number", "share", "amount")  # kinds that can be summed, compared and drawn
YES, NO = Text("oui", "yes"), Text("non", "no")
_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")


def known(cell: Cell) -> bool:
    """Tell whether anything stands in a cell: no None, no empty text or list, no NaN."""
    if isinstance(cell, float):
        return math.isfinite(cell)
    if isinstance(cell, Decimal):
        return cell.is_finite()
    return cell is not None and cell != "" and cell != ()


def listed(cell: Cell, language: Language) -> tuple[str, ...]:
    """Return the texts of a cell of text, words, page, pages or url, without known secrets."""
    if isinstance(cell, Text):
        return (redacted(cell.into(language)),)
    if isinstance(cell, tuple):
        return tuple(redacted(str(each)) for each in cell)
    return (redacted(str(cell)),) if known(cell) else ()


def exact(cell: Cell) -> Decimal | None:
    """Return the number of a cell of number, share or amount; None where nothing is known."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal) or not known(cell):
        return None
    return Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)


def shown(cell: Cell, kind: Kind, language: Language) -> str:
    """Return a cell as people read it on one line, "" where nothing is known.

    Shares have one decimal at most and amounts two, both rounded half up; hours are those of
    this machine's clock. Text is as it is: whoever shows it escapes it for its sink.
    """
    if not known(cell):
        return ""
    if kind in COUNTABLE:
        found = exact(cell)
        return "" if found is None else _counted(found, kind, language)
    if isinstance(cell, datetime):
        return moment(cell).into(language)
    if isinstance(cell, date):
        return day(cell).into(language)
    if isinstance(cell, bool):
        return (YES if cell else NO).into(language)
    if kind == "place" and isinstance(cell, tuple):
        return ", ".join(f"{float(each):.5f}".rstrip("0").rstrip(".") for each in cell)
    return _joined(listed(cell, language), kind)


def rounded(of: Decimal, kind: Kind) -> Decimal:
    """Return a number as it is shown: an amount to the cent, a share to the tenth of a per cent."""
    if kind == "share":
        return (of * 100).quantize(_TENTH, ROUND_HALF_UP) / 100
    return of.quantize(_CENT, ROUND_HALF_UP) if kind == "amount" else of


def _counted(of: Decimal, kind: Kind, language: Language) -> str:
    value = rounded(of, kind) * (100 if kind == "share" else 1)
    if value == value.to_integral_value():
        written = number(int(value)).into(language)
    else:
        written = number(value.quantize(_CENT) if kind == "amount" else value.normalize()).into(
            language
        )
    if kind == "number":
        return written
    sign = "%" if kind == "share" else "€"
    if language == "fr":
        return f"{written}{NO_BREAK}{sign}"
    return f"{written}%" if kind == "share" else f"€{written}"


def _joined(items: Iterable[str], kind: Kind) -> str:
    """Titles may hold commas, so a semicolon stands between them."""
    return ("; " if kind == "pages" else ", ").join(items)
