"""Maps as specifications of Vega: dots on a net of meridians and parallels, nothing fetched."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from wikibot.language import Language
from wikibot.overviews import Cell, Chart, Table
from wikibot.render.overview.cells import shown
from wikibot.render.overview.dots import BROAD, NAMED, Dot, picture
from wikibot.render.overview.france import METROPOLIS, OUTLINES
from wikibot.render.overview.style import INK, LINE, Spec, lines

_MARGIN = 0.1  # around what stands farthest out
_LEAST = 0.5  # degrees that a map shows at least
_FEW = 3  # places: of fewer, all of France says more than their surroundings
MOST_APART = 500  # places that are dots of their own; of more, those that touch are one
_CELL = 8  # pixels
_REGION = 3.0  # degrees beyond which a map of places in France shows all of it


def map_of(chart: Chart, table: Table, language: Language, width: int) -> Spec:
    """A dot a place on a net of meridians and parallels, with the outline of France below."""
    of, at = table.column(chart.of), table.column(chart.values[0])
    points = [
        (north, east, shown(row[of], table.columns[of].kind, language))
        for row in table.rows
        for north, east in [_place(row[at])]
        if not math.isnan(north)
    ]
    kept = nearby([point[:2] for point in points])
    points = [point for point, near in zip(points, kept, strict=True) if near][: chart.most]
    south, north = _around([point[0] for point in points])
    west, east = _around([point[1] for point in points])
    wide = len(points) < _FEW or max(north - south, east - west) > _REGION
    if wide and points and all(map(_at_home, points)):
        ((south, west), (north, east)) = METROPOLIS  # a shape that is known
    width -= 44  # beside it stand the degrees
    narrowing = max(0.2, math.cos(math.radians((south + north) / 2)))
    wanted = width * (north - south) / ((east - west) * narrowing)
    height = min(max(wanted, 0.6 * width), 0.9 * width if width >= BROAD else 1.2 * width)
    # the same scale both ways: more is shown of the side that is short
    more = (east - west) * (wanted / height - 1) / 2 if wanted > height else 0
    west, east = west - more, east + more
    more = (north - south) * (height / wanted - 1) / 2 if wanted < height else 0
    south, north = south - more, north + more

    def x(of: float) -> float:
        return round((of - west) / (east - west) * width, 1)

    def y(of: float) -> float:
        return round((north - of) / (north - south) * height, 1)

    spots = [
        (x(degrees_east), y(degrees_north), name) for degrees_north, degrees_east, name in points
    ]
    if len(spots) > MOST_APART:  # one hides the other
        apart = {(spot[0] // _CELL, spot[1] // _CELL): spot for spot in reversed(spots)}
        spots = list(apart.values())[::-1]
    room = 130 if width >= BROAD else 90
    dots = [
        Dot(right, down, 5, tuple(lines(name, room)) if n < NAMED else ())
        for n, (right, down, name) in enumerate(spots)
    ]
    sides = {"fr": "NSEO", "en": "NSEW"}[language]
    made = picture(width, round(height), dots, [_outlines()])
    made["data"] += [
        {"name": f"outline{n}", "values": [{"x": x(e), "y": y(s)} for s, e in outline]}
        for n, outline in enumerate(OUTLINES)
    ]
    return made | {
        "scales": [
            {"name": name, "domain": domain, "range": length, "zero": False, "nice": False}
            for name, domain, length in (
                ("east", [west, east], "width"),
                ("north", [south, north], "height"),
            )
        ],
        "axes": [
            _degrees("east", "bottom", width, sides[2:]),
            _degrees("north", "left", width, sides[:2]),
        ],
    }


def places_of(chart: Chart, table: Table) -> list[tuple[float, float]]:
    """Return the places that a map could show: degrees north, degrees east."""
    found = map(_place, table.cells(chart.values[0]))
    return [place for place in found if not math.isnan(place[0])]


def nearby(places: Sequence[tuple[float, float]]) -> list[bool]:
    """Tell which places a map shows: where most are in metropolitan France, none but those."""
    inside = list(map(_at_home, places))
    return inside if 2 * sum(inside) > len(places) else [True] * len(places)


def _at_home(place: Sequence[Any]) -> bool:
    """Tell whether a place is in metropolitan France, or so near that its map shows it."""
    (south, west), (north, east) = METROPOLIS
    return bool(south <= place[0] <= north and west <= place[1] <= east)


def _place(cell: Cell) -> tuple[float, float]:
    """Return a place; where nothing is known or no such place is, not a number."""
    if isinstance(cell, tuple) and len(cell) == 2:
        north, east = float(cell[0]), float(cell[1])
        if abs(north) <= 90 and abs(east) <= 180:
            return north, east
    return math.nan, math.nan


def _around(of: list[float]) -> tuple[float, float]:
    """Return from where to where a map goes so that all of it is well inside."""
    least, most = min(of, default=0.0), max(of, default=0.0)
    span = max(most - least, _LEAST)
    middle = (least + most) / 2
    return middle - span * (0.5 + _MARGIN), middle + span * (0.5 + _MARGIN)


def _outlines() -> Spec:
    """Return the outlines, cut off where the map ends."""
    whole = {name: {"signal": name} for name in ("width", "height")}
    line = {
        "x": {"field": "x"},
        "y": {"field": "y"},
        "stroke": {"value": LINE},
        "strokeWidth": {"value": 1},
        "fill": {"value": LINE},
        "fillOpacity": {"value": 0.1},
    }
    marks = [
        {"type": "line", "from": {"data": f"outline{n}"}, "encode": {"enter": line}}
        for n in range(len(OUTLINES))
    ]
    return {"type": "group", "clip": True, "encode": {"enter": whole}, "marks": marks}


def _degrees(scale: str, orient: str, width: int, sides: str) -> Spec:
    after, before = sides[0], sides[1]
    side = f"datum.value > 0 ? ' {after}' : datum.value < 0 ? ' {before}' : ''"
    text = f"format(abs(datum.value), '~r') + '°' + ({side})"
    label = {"text": {"signal": text}, "fill": {"value": INK}, "fontSize": {"value": 11}}
    return {
        "scale": scale,
        "orient": orient,
        "grid": True,
        "gridColor": LINE,
        "gridOpacity": 0.25,
        "domain": False,
        "ticks": False,
        "labelPadding": 5,
        "tickCount": 6 if width >= BROAD else 4,
        "encode": {"labels": {"update": label}},
    }
