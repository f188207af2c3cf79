"""Bars, stacked bars and lines as specifications of Vega-Lite.

Source: the Vega-Lite 6 specification. Nothing of a wiki is a name of a field or an expression in
them: the data are `k` (which row), `s` (which column), `v` (the number) and `t` (it in words), and
the names of rows and columns are looked up in lists of texts.
"""

from __future__ import annotations

from datetime import date, datetime

from wikibot.language import Language
from wikibot.overviews import Cell, Chart, Table
from wikibot.overviews.values import Kind
from wikibot.render.overview.axes import kind_of, name_of, rows_axis, rows_of, step
from wikibot.render.overview.cells import exact, known, shown
from wikibot.render.overview.style import (
    ACCENT,
    DASHES,
    PAPER,
    SERIES,
    Spec,
    lines,
    scale_format,
    shortened,
    taken,
)

_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")


def bars(chart: Chart, table: Table, language: Language, width: int) -> Spec:
    """A bar a row, with its number behind it."""
    kind = kind_of(chart.values[0], table)
    rows = [row for row in rows_of(chart, table) if known(row[1][0])]
    written = [shown(cells[0], kind, language) for _, cells in rows]
    labels = [name_of(name, chart, table, language, width) for name, _ in rows]
    values = [float(exact(cells[0]) or 0) for _, cells in rows]
    behind = max(map(len, written), default=0) * 7.5 + 8
    room = max(60.0, width - taken(labels) - behind - 20)
    most, least = max(0.0, *values), min(0.0, *values)
    reach = (most - least or 1) * (1 + behind / room)
    data = [
        {"k": str(n), "v": value, "t": words}
        for n, (value, words) in enumerate(zip(values, written, strict=True))
    ]
    x: Spec = {"field": "v", "type": "quantitative", "axis": None, "stack": None}
    x["scale"] = {"domain": [least, least + reach], "nice": False}
    return {
        "width": width,
        "height": {"step": step(labels)},
        "params": [{"name": "labels", "value": labels}],
        "data": {"values": data},
        "encoding": {"y": rows_axis(labels)},
        "layer": [
            {
                "mark": {
                    "type": "bar",
                    "color": ACCENT,
                    "cornerRadiusEnd": 2,
                    "height": {"band": 0.62},
                },
                "encoding": {"x": x},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": 600},
                "encoding": {"x": x, "text": {"field": "t"}},
            },
        ],
    }


def stacked(chart: Chart, table: Table, language: Language, width: int) -> Spec:
    """A bar a row, in as many colours as there are columns."""
    columns = chart.values[: len(SERIES)]
    rows = rows_of(chart, table)
    labels = [name_of(name, chart, table, language, width) for name, _ in rows]
    data = [
        {"k": str(n), "s": str(place), "v": float(exact(cell) or 0)}
        for n, (_, cells) in enumerate(rows)
        for place, cell in enumerate(cells[: len(columns)])
    ]
    kind = kind_of(columns[0], table)
    names = _names(columns, table, language, width)
    return {
        "width": width,
        "height": {"step": step(labels)},
        "params": [
            {"name": "labels", "value": labels},
            {"name": "names", "value": names},
        ],
        "data": {"values": data},
        "mark": {"type": "bar", "height": {"band": 0.66}, "stroke": PAPER, "strokeWidth": 1},
        "encoding": {
            "y": rows_axis(labels),
            "x": {
                "field": "v",
                "type": "quantitative",
                "axis": _scale_axis(kind, "bottom"),
                "stack": "zero",
            },
            "color": _colours(names, width),
            "order": {"field": "s", "type": "nominal"},
        },
    }


def over_time(chart: Chart, table: Table, language: Language, width: int) -> Spec:
    """A line a column, from left to right in the order of the rows."""
    columns = chart.values[: len(SERIES)]
    rows = rows_of(chart, table)
    dated = all(isinstance(name, date) for name, _ in rows)  # a moment is one too
    labels = [lines(shown(name, kind_of(chart.of, table), language), 90) for name, _ in rows]
    data = [
        {
            "k": _iso(name) if dated else str(n),
            "s": str(place),
            "v": None if (found := exact(cell)) is None else float(found),
        }
        for n, (name, cells) in enumerate(rows)
        for place, cell in enumerate(cells[: len(columns)])
    ]
    x: Spec = {"field": "k", "type": "ordinal", "sort": None}
    axis: Spec = {"title": None, "labelAngle": 0, "labelPadding": 6, "labelOverlap": "greedy"}
    if dated:
        x |= {"type": "temporal", "scale": {"type": "utc"}}
        axis |= {"grid": False, "tickCount": max(2, width // 100)}
    else:
        axis |= {"labelExpr": "times[datum.value]"}
    series = range(len(columns))
    shape: Spec = {
        "field": "s",
        "type": "nominal",
        "scale": {
            "domain": [str(n) for n in series],
            "range": [_SHAPES[n % len(_SHAPES)] for n in series],
        },
        "legend": None,
    }
    dash: Spec = {
        "field": "s",
        "type": "nominal",
        "scale": {
            "domain": [str(n) for n in series],
            "range": [list(DASHES[n % len(DASHES)]) or [1, 0] for n in series],
        },
        "legend": None,
    }
    line: Spec = {"type": "line", "strokeWidth": 2.5, "strokeJoin": "round"}
    point: Spec = {"type": "point", "filled": True, "size": 45, "opacity": 1}
    kind = kind_of(columns[0], table)
    names = _names(columns, table, language, width)
    return {
        "width": width,
        "height": 240,
        "params": [
            {"name": "times", "value": labels},
            {"name": "names", "value": names},
        ],
        "data": {"values": data},
        "encoding": {
            "x": x | {"axis": axis},
            "y": {
                "field": "v",
                "type": "quantitative",
                "axis": _scale_axis(kind, "left"),
                "scale": {"zero": True},
            },
            "color": _colours(names, width),
        },
        "layer": [
            {"mark": line, "encoding": {"strokeDash": dash}},
            {"mark": point, "encoding": {"shape": shape}},
        ],
    }


def _names(columns: tuple[str, ...], table: Table, language: Language, width: int) -> list[str]:
    labels = (table.columns[table.column(name)].label.into(language) for name in columns)
    return [shortened(label, min(width - 60, 260)) for label in labels]


def _iso(name: Cell) -> str:
    day = name.date() if isinstance(name, datetime) else name
    return day.isoformat() if isinstance(day, date) else ""


def _scale_axis(kind: Kind, orient: str) -> Spec:
    return {
        "title": None,
        "orient": orient,
        "format": scale_format(kind),
        "tickCount": 5,
        "tickMinStep": 0.01 if kind == "share" else 1,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }


def _colours(names: list[str], width: int) -> Spec:
    each = taken([names]) + 44
    legend = {
        "title": None,
        "orient": "top",
        "labelExpr": "names[datum.value]",
        "columns": max(1, min(4, int(width * 0.95 / each))),
        "symbolType": "square",
        "symbolStrokeWidth": 0,
    }
    return {
        "field": "s",
        "type": "nominal",
        "scale": {
            "domain": [str(n) for n in range(len(names))],
            "range": list(SERIES[: len(names)]),
        },
        "legend": legend if len(names) > 1 else None,
    }
