"""The cells of a table for what stands in fields: of the kind that each field has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from wikibot.actions.action import day_read
from wikibot.checks.boolean_format import truth
from wikibot.checks.coordinates_format import position
from wikibot.checks.numbers import number_read
from wikibot.checks.several_amounts import decimal_sign
from wikibot.edits.dates import read_date
from wikibot.mapping import Field, Mapping
from wikibot.overviews.values import Cell, Column, Kind, Row

_KINDS: dict[str, Kind] = {
    "date": "date",
    "number": "number",
    "amount": "amount",
    "boolean": "flag",
    "coordinates": "place",
}
_YEARS: frozenset[Cell] = frozenset(range(1900, 2101))
_MOST = Decimal(10) ** 15  # no number of these wikis is as large; what is, is a slip


def column_of(field: Field) -> Column:
    """Return the column of a field."""
    return Column(field.id, field.label.text, kind_of(field))


def kind_of(field: Field) -> Kind:
    """Return the kind of the cells of a field. A list of dates, numbers, … stays as written."""
    if field.kind == "page":
        return "pages" if field.many else "page"
    if field.many:
        return "words"
    if field.kind == "url":
        return "url"
    return _KINDS.get(field.kind, "text")


def cell_of(field: Field, items: tuple[str, ...], mapping: Mapping) -> tuple[Cell, bool]:
    """Return the cell of what stands in a field, and whether it could be read.

    None, and False, for a date, a number, a flag or a place that nobody can tell for sure. A month
    or a year alone is text: see `settled`.
    """
    if not items:
        return None, True
    kind = kind_of(field)
    if kind in ("words", "pages"):
        return items, True
    text = items[0]
    cell: Cell = text
    if kind == "date":
        cell = _day(text)
    elif kind == "number":
        cell = number_of(text, mapping)
    elif kind == "amount":
        cell = amount_of(text, mapping)
    elif kind == "flag":
        cell = truth(text, mapping.wiki.language)
    elif kind == "place":
        cell = position(text)
    return cell, cell is not None


def number_of(text: str, mapping: Mapping) -> int | Decimal | None:
    """Return the number that a text surely means, a whole one as an int."""
    found = number_read(text, decimal_sign(mapping), money=False)
    if found is None or abs(found) >= _MOST:
        return None
    return int(found) if found == found.to_integral_value() else found


def settled(
    columns: tuple[Column, ...], rows: tuple[Row, ...]
) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return a table in which each column has cells of its kind.

    Numbers that are all years become text, so that nobody reads «2 026», and so do dates where
    one of them is a month or a year alone.
    """
    texts = {place for place, column in enumerate(columns) if _is_text(place, column, rows)}
    if not texts:
        return columns, rows
    kinds = [replace(c, kind="text") if at in texts else c for at, c in enumerate(columns)]
    return tuple(kinds), tuple(
        tuple(_text(cell) if at in texts else cell for at, cell in enumerate(row)) for row in rows
    )


def _is_text(place: int, column: Column, rows: tuple[Row, ...]) -> bool:
    if column.kind == "date":
        return any(isinstance(row[place], str) for row in rows)
    if column.kind != "number":
        return False
    cells = {row[place] for row in rows} - {None}
    return bool(cells) and cells <= _YEARS


def _text(cell: Cell) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else None if cell is None else f"{cell}"


def _day(text: str) -> date | str | None:
    """Return the day that a text says, the month or the year as ISO text, None for a slip."""
    reading = read_date(text)
    if reading.misread or reading.state not in ("right", "one"):
        return None
    return day_read(text) or (reading.new or " ".join(text.split()))


def amount_of(text: str, mapping: Mapping) -> Decimal | None:
    """Return the euros that a text surely means; none are fewer than zero."""
    found = number_read(text, decimal_sign(mapping), money=True)
    return found if found is not None and 0 <= found < _MOST else None
