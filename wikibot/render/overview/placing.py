"""A sheet as it fills from the top: lines of words, tables, and charts beside or below them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from wikibot.language import Language
from wikibot.overviews import Chart, Table
from wikibot.overviews.values import Kind
from wikibot.render.overview.columns import Shown, height, one_line, row_of
from wikibot.render.overview.style import SERIES
from wikibot.workbook.placed import (
    Area,
    Drawing,
    Line,
    Look,
    Placed,
    PlacedSheet,
    Series,
    Styled,
)

LINE = 15.0  # points
WIDE = 120  # characters: beside a wider table a chart is out of sight
_GAP = 20.0  # points
_WIDTH = 500.0  # points, of a chart
_LOOKS: dict[Kind, Look] = {"share": "share", "amount": "euro"}
_FORMS = {"bars": "bars", "stacked": "stacked", "lines": "lines", "map": "points"}


@dataclass(frozen=True)
class Where:
    """Where the cells of a table stand; `rows` is how many there are, `top` the headings."""

    sheet: str
    top: int
    left: int
    rows: int
    columns: tuple[Shown, ...]

    def area(self, place: int, rows: int) -> Area:
        """Return the first cells of a column, without its heading."""
        column = self.left + place
        return Area(self.sheet, self.top + 1, column, self.top + rows, column)

    def heading(self, place: int) -> Area:
        """Return the cell of a heading."""
        column = self.left + place
        return Area(self.sheet, self.top, column, self.top, column)

    def all(self) -> Area:
        """Return the whole table, without its total."""
        last = self.left + len(self.columns) - 1
        return Area(self.sheet, self.top, self.left, self.top + self.rows, last)

    def places(self, column_id: str) -> list[int]:
        """Return where the columns of an id are."""
        return [place for place, each in enumerate(self.columns) if each.id == column_id]


@dataclass
class Placing:
    """A sheet that is being filled. `widths` are known from the beginning."""

    name: str
    widths: tuple[int, ...]
    aside: int  # the column at which charts stand that are beside a table
    lines: list[Line] = field(default_factory=list)
    tables: list[Area] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    shades: list[Area] = field(default_factory=list)

    def put(self, *cells: Placed, high: float | None = None) -> int:
        """Add a line; return its number."""
        if high is None:
            across = ((cell, self._across(place, cell)) for place, cell in enumerate(cells))
            high = height(across)
        self.lines.append(Line(cells, high))
        return len(self.lines) - 1

    def words(self, words: str, look: Look = "note", high: float | None = None) -> None:
        """Add words that go over all columns of words, on as many lines as they need."""
        across = 1
        while across < len(self.widths) and sum(self.widths[:across]) < WIDE:
            across += 1
        self.put(Styled(words, look, across=across), high=high)

    def table(self, found: tuple[Shown, ...], table: Table) -> Where:
        """Add a table with its total; return where it is."""
        headings = tuple(Styled(each.heading, "heading") for each in found)
        top = self.put(*headings)
        where = Where(self.name, top, 0, len(table.rows), found)
        for number in range(len(table.rows)):
            self.put(*row_of(found, number))
        if table.rows:
            self.tables.append(where.all())
        if table.total is not None:
            self.put(*(each.total for each in found))
        return where

    def draw(
        self, charts: Iterable[Chart], table: Table, where: Where, language: Language, start: int
    ) -> None:
        """Add the charts of a table from line `start` on, and what room they need."""
        beside = start < len(self.lines)
        for chart in charts:
            if chart.form == "grid" and where.sheet == self.name:
                self.shades += [
                    self._grid(where, chart) for _ in (1,) if where.rows and chart.values
                ]
                continue
            drawn = drawing(chart, table, where, language, start, self.aside if beside else 0)
            if drawn is None:
                continue
            self.drawings.append(drawn)
            start = self._below(start, drawn.height + _GAP)
        if start > len(self.lines):
            self.lines += [Line((), LINE) for _ in range(start - len(self.lines))]

    def sheet(self, still: int = 0) -> PlacedSheet:
        """Return the sheet."""
        return PlacedSheet(
            self.name,
            self.widths,
            tuple(self.lines),
            tuple(self.tables),
            tuple(self.drawings),
            tuple(self.shades),
            still,
        )

    def _across(self, place: int, cell: Placed) -> int:
        return sum(self.widths[place : place + (cell.across if cell else 1)])

    def _grid(self, where: Where, chart: Chart) -> Area:
        places = [place for each in chart.values for place in where.places(each)]
        first, last = where.area(min(places), where.rows), where.area(max(places), where.rows)
        return Area(first.sheet, first.top, first.left, last.bottom, last.right)

    def _below(self, start: int, points: float) -> int:
        """Return the first line that lies so far below another; those not there yet count too."""
        while points > 0:
            points -= self.lines[start].height if start < len(self.lines) else LINE
            start += 1
        return start


def drawing(
    chart: Chart, table: Table, where: Where, language: Language, row: int, column: int
) -> Drawing | None:
    """Return a chart that draws from the cells of a table; None where no program can draw it."""
    rows = min(where.rows, max(chart.most, 1))
    if not rows or chart.form not in _FORMS:
        return None
    skipped = where.rows - rows if chart.form == "lines" else 0  # the latest count

    def cells(place: int) -> Area:
        area = where.area(place, rows)
        return Area(area.sheet, area.top + skipped, area.left, area.bottom + skipped, area.right)

    if chart.form == "map":
        latitude, longitude = where.places(chart.values[0])
        of, values = cells(longitude), [latitude]
    else:
        of = cells(where.places(chart.of)[0])
        values = [where.places(each)[0] for each in dict.fromkeys(chart.values)]
    series = tuple(
        Series(where.heading(place), cells(place), _colour(number))
        for number, place in enumerate(values)
    )
    kind = where.columns[values[0]].kind
    look = _LOOKS.get(kind, "number")
    days = chart.form == "lines" and all(
        each is None or isinstance(each, date) for each in table.cells(chart.of)
    )
    return Drawing(
        one_line(chart.title.into(language), language),
        _FORMS[chart.form],  # type: ignore[arg-type]
        row,
        column,
        _WIDTH,
        _height(chart, rows, len(series)),
        of,
        series,
        look,
        days,
    )


def _colour(number: int) -> str:
    return SERIES[number % len(SERIES)].lstrip("#")


def _height(chart: Chart, rows: int, series: int) -> float:
    if chart.form in ("bars", "stacked"):
        legend = 40.0 if series > 1 else 0.0
        return min(90.0 + 20.0 * rows + legend, 620.0)
    return 300.0


def charts_of(charts: Sequence[Chart], table: Table) -> list[Chart]:
    """Return the charts that draw a table."""
    return [chart for chart in charts if chart.table == table.id]
