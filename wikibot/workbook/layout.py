"""What the written formats share: values, heights of rows, where the choices of columns stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from itertools import zip_longest

from wikibot.workbook import numbers
from wikibot.workbook.model import Column, Link, Written, WrittenSheet
from wikibot.workbook.xlsx import CHOICES

_LINE, HIGHEST = 15.0, 409.0  # points; Excel knows no higher row
GREY, BLUE = "E8E8E8", "0B57A4"


def height(values: Sequence[Written], sheet: WrittenSheet) -> float:
    """Return how high a row is, in points, so that its longest cell can be read.

    Programs do not all work it out for themselves when they open a workbook.
    """
    most = 1
    for value, column in zip(values, sheet.columns, strict=True):
        text = value.text if isinstance(value, Link) else value
        if isinstance(text, str) and not column.hidden:
            most = max(most, lines(text, column.width))
    return min(_LINE * most, sheet.highest, HIGHEST)


def lines(text: str, width: int) -> int:
    """Return how many lines a text takes in a column so many characters wide.

    A line ends with a word, and letters of some fonts are wider: a sixth of it is left free.
    """
    return sum(1 + len(line) // max(1, width * 5 // 6) for line in text.split("\n"))


def plain(cell: Written) -> str | bool | int | Decimal | date | time | None:
    """Return what is written for a cell: text where a number or a day would not be kept."""
    if isinstance(cell, Link):
        cell = cell.text
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool) or cell is None or isinstance(cell, time):
        return cell
    if isinstance(cell, date):
        day = date(cell.year, cell.month, cell.day)
        return cell.isoformat() if day < numbers.FIRST_DAY else cell
    return cell if numbers.fits(Decimal(cell)) else format(Decimal(cell), "f")


def address(value: Written, column: Column) -> str | None:
    """Return what a cell opens in a browser: an address of the web, or nothing."""
    if isinstance(value, Link):
        found = value.address
    elif isinstance(value, str) and column.links:
        found = value
    else:
        return None
    whole = found.startswith(("https://", "http://")) and found.isprintable()
    return found if whole and len(found) <= 2_000 and " " not in found else None


def choices(sheets: Sequence[WrittenSheet]) -> tuple[tuple[str, ...], ...]:
    """Return the different lists of choices, one a column of the hidden sheet."""
    columns = (column for sheet in sheets for column in sheet.columns)
    return tuple(dict.fromkeys(column.choices for column in columns if column.choices))


def choice_sheet(lists: Sequence[tuple[str, ...]]) -> WrittenSheet:
    """Return the hidden sheet that drop-downs refer to: lists of their own hold 255 characters."""
    return WrittenSheet(
        CHOICES,
        tuple(Column(first) for first, *_ in lists),
        tuple(zip_longest(*(rest for _, *rest in lists))),
        hidden=True,
        filtered=False,
    )


def choice_place(column: Column, lists: Sequence[tuple[str, ...]]) -> tuple[str, int] | None:
    """Return the column of the hidden sheet with the choices of a column, and their number."""
    if not column.choices or column.choices not in lists:
        return None
    return letters(lists.index(column.choices)), len(column.choices)


def letters(column: int) -> str:
    """Return the letters of a column, from 0: A, B, … Z, AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
