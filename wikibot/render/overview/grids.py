"""Grids as specifications of Vega-Lite: `plots` says what its data are."""

from __future__ import annotations

from wikibot.language import Language
from wikibot.overviews import Chart, Table
from wikibot.render.overview.axes import ROW, kind_of, name_of, rows_axis, rows_of, step
from wikibot.render.overview.cells import exact, shown
from wikibot.render.overview.style import (
    ACCENT,
    INK,
    NARROW,
    ON_ACCENT,
    PAPER,
    Spec,
    lines,
    shortened,
    taken,
)

MOST_COLUMNS = 16  # of a grid
# The darkness of a cell of a grid, by how near to the most it is; from the fifth on, words are
# white: so they stand out at 4.5:1 in both schemes.
SHADES = (0.0, 0.1, 0.2, 0.32, 0.45, 0.95)


def grid(chart: Chart, table: Table, language: Language, width: int) -> Spec:
    """Rows by columns, the darker the more, with the number in each cell."""
    columns = chart.values[:MOST_COLUMNS]
    rows = rows_of(chart, table)
    labels = [name_of(name, chart, table, language, width) for name, _ in rows]
    each = max(24.0, (width - taken(labels) - 20) / len(columns))
    slanted = each < 62
    names = [table.columns[table.column(name)].label.into(language) for name in columns]
    if slanted:
        heads = [[shortened(name, 150 if width > NARROW else 100)] for name in names]
    else:
        heads = [lines(name, each - 6) for name in names]
    highest = max(map(len, heads), default=1)
    heads = [[""] * (highest - len(head)) + head for head in heads]  # all end just above
    numbers = [[exact(cell) for cell in cells[: len(columns)]] for _, cells in rows]
    most = max((n for row in numbers for n in row if n), default=0)
    data = [
        {
            "k": str(n),
            "s": str(place),
            "o": _shade(float(value / most)) if value and value > 0 else 0,
            "t": shown(cells[place], kind_of(columns[place], table), language) if value else "·",
        }
        for n, ((_, cells), row) in enumerate(zip(rows, numbers, strict=True))
        for place, value in enumerate(row)
    ]
    above = 0.71 * taken(heads) + 18 if slanted else 0.0
    over = {
        "orient": "top",
        "title": None,
        "labelExpr": "heads[datum.value]",
        "labelAngle": -45 if slanted else 0,
        "labelAlign": "left" if slanted else "center",
        "labelBaseline": "bottom",
        "domain": False,
        "ticks": False,
        "labelPadding": 6 + (0 if slanted else 14 * (highest - 1)),
        "labelOverlap": False,
        "minExtent": above,
    }
    beyond = max(0.0, 0.71 * taken(heads[-1:]) - each / 2) if slanted else 0.0
    return {
        "padding": {"left": 4, "top": 4, "bottom": 4, "right": 4 + beyond},
        "width": width,
        "height": {"step": max(ROW, step(labels))},
        "params": [
            {"name": "labels", "value": labels},
            {"name": "heads", "value": heads},
        ],
        "data": {"values": data},
        "encoding": {
            "y": rows_axis(labels, 0),
            "x": {
                "field": "s",
                "type": "nominal",
                "sort": None,
                "axis": over,
                "scale": {"padding": 0},
            },
        },
        "layer": [
            {
                "mark": {
                    "type": "rect",
                    "color": ACCENT,
                    "stroke": PAPER,
                    "strokeWidth": 2,
                    "cornerRadius": 3,
                },
                "encoding": {
                    "fillOpacity": {
                        "field": "o",
                        "type": "quantitative",
                        "scale": None,
                        "legend": None,
                    }
                },
            },
            {
                "mark": "text",
                "encoding": {
                    "text": {"field": "t"},
                    "color": {
                        "condition": {"test": f"datum.o > {SHADES[-2]}", "value": ON_ACCENT},
                        "value": INK,
                    },
                },
            },
        ],
    }


def _shade(part: float) -> float:
    return SHADES[min(len(SHADES) - 1, 1 + int(part * (len(SHADES) - 1)))]
