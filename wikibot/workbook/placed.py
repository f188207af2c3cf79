"""Sheets on which cells, tables and charts stand where they are put, for people to read.

`WrittenSheet` is one table that people fill in; here are several on one sheet, with titles above
them, numbers in formats, charts that draw from the cells, and links from sheet to sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from wikibot.workbook.model import Written

# text: stays text and is wrapped · title, heading, label: bold · heading: above a column of a table
# · note: grey · remark: grey and not wrapped · the others: formats of numbers and days
Look = Literal[
    "text",
    "title",
    "heading",
    "label",
    "note",
    "remark",
    "number",
    "share",
    "euro",
    "cents",
    "degrees",
    "date",
    "moment",
]


@dataclass(frozen=True, slots=True)
class Styled:
    """A cell with its look. `bold` is that of a total; `indent` of a row in a tree, from 0.

    `sheet` is the name of a sheet that the cell opens; `across` over how many columns it goes.
    """

    value: Written
    look: Look = "text"
    bold: bool = False
    indent: int = 0
    sheet: str | None = None
    across: int = 1


Placed = Styled | None


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a sheet and its height in points; cells after the last one are empty."""

    cells: tuple[Placed, ...] = ()
    height: float = 15.0


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of a sheet; rows and columns from 0, the last ones are part of it."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers in one column that a chart draws: the cell with their name, and their area."""

    name: Area
    values: Area
    colour: str


@dataclass(frozen=True)
class Drawing:
    """A chart that draws from cells; `row` and `column` are where its corner is, sizes in points.

    bars lie, the first row on top; stacked are bars one after the other; lines have the days or
    words of `of` on their axis; points stand at (values of `of`, values of the series).
    """

    title: str
    form: Literal["bars", "stacked", "lines", "points"]
    row: int
    column: int
    width: float
    height: float
    of: Area
    series: tuple[Series, ...]
    look: Look = "number"
    days: bool = False


@dataclass(frozen=True)
class PlacedSheet:
    """A sheet. `widths` are in characters; `tables` have headings on top and a filter on them.

    `shades` are areas where a cell is the darker, the larger its number; `still` are the rows
    that stay in sight.
    """

    name: str
    widths: tuple[int, ...]
    lines: Sequence[Line]
    tables: tuple[Area, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    shades: tuple[Area, ...] = ()
    still: int = 0
    shade: str = "7FB2DD"


def quoted(name: str) -> str:
    """Return the name of a sheet as a formula has it."""
    return "'" + name.replace("'", "''") + "'"
