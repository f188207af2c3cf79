"""What charts of rows have in common: which rows are drawn, and how they are named."""

from __future__ import annotations

from wikibot.language import Language
from wikibot.overviews import Cell, Chart, Table
from wikibot.overviews.values import Kind
from wikibot.render.overview.cells import shown
from wikibot.render.overview.style import Spec, lines, taken

ROW = 28  # pixels


def rows_of(chart: Chart, table: Table) -> list[tuple[Cell, list[Cell]]]:
    """Return what is drawn of the rows: what names it, and its numbers."""
    places = [table.column(name) for name in chart.values]
    of = table.column(chart.of)
    return [(row[of], [row[place] for place in places]) for row in table.rows[: chart.most]]


def kind_of(column: str, table: Table) -> Kind:
    """Return what stands in a column."""
    return table.columns[table.column(column)].kind


def name_of(cell: Cell, chart: Chart, table: Table, language: Language, width: int) -> list[str]:
    """Return the name of a row, on as many lines as it takes."""
    return lines(shown(cell, kind_of(chart.of, table), language), width * 0.36)


def step(labels: list[list[str]]) -> int:
    """Return how high a row is, in pixels."""
    return ROW + (8 if any(len(label) > 1 for label in labels) else 0)


def rows_axis(labels: list[list[str]], padding: float | None = None) -> Spec:
    """Return the side on which the names of rows stand; they are looked up in `labels`."""
    axis = {
        "minExtent": taken(labels) + 8,
        "title": None,
        "labelExpr": "labels[datum.value]",
        "domain": False,
        "ticks": False,
        "labelPadding": 8,
        "labelOverlap": False,
        "labelBaseline": {  # two lines: one above the middle, one below
            "condition": {"test": "length(labels[datum.value]) > 1", "value": "bottom"},
            "value": "middle",
        },
    }
    found: Spec = {"field": "k", "type": "nominal", "sort": None, "axis": axis}
    return found if padding is None else found | {"scale": {"padding": padding}}
