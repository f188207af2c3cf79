"""Graphs as specifications of Vega.

Source: the Vega 6 specification. Its forces set out from the same places and go the same number of
rounds, without chance, so that the same table gives the same picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wikibot.language import Language
from wikibot.overviews import Chart, Table
from wikibot.render.overview.cells import exact, shown
from wikibot.render.overview.dots import BROAD, Dot, picture
from wikibot.render.overview.style import LINE, WIDE, Spec, lines

_ROUNDS = 300  # of the forces


@dataclass(frozen=True)
class Graph:
    """The names of dots, and the links between them: from where to where, how strong (0 to 1)."""

    names: tuple[str, ...]
    links: tuple[tuple[int, int, float], ...]

    def degree(self, dot: int) -> int:
        """Return how many links a dot has."""
        return sum(dot in link[:2] for link in self.links)


def graph_of(chart: Chart, table: Table, language: Language) -> Graph:
    """Return the graph that a chart draws of a table."""
    of, to = table.column(chart.of), table.column(chart.to or chart.of)
    how = table.column(chart.values[0])
    numbers: dict[str, int] = {}
    links = []
    for row in table.rows[: chart.most]:
        one, other = (
            numbers.setdefault(shown(row[at], table.columns[at].kind, language), len(numbers))
            for at in (of, to)
        )
        links.append((one, other, abs(float(exact(row[how]) or 0))))
    most = max((link[2] for link in links), default=0) or 1
    return Graph(tuple(numbers), tuple((a, b, near / most) for a, b, near in links))


def forces(graph: Graph, width: int) -> Spec:
    """Return what Vega lays the dots of a graph out by: `positions` reads what comes of it."""
    height = _height(graph, width)
    scale = width / WIDE
    nodes = [{"n": n} for n in range(len(graph.names))]
    links = [{"source": a, "target": b} for a, b, _ in graph.links]
    force = {
        "type": "force",
        "static": True,
        "iterations": _ROUNDS,
        "forces": [
            {"force": "center", "x": 0, "y": 0},
            {"force": "collide", "radius": 20 + 14 * scale},
            {"force": "nbody", "strength": -260 * scale, "distanceMax": width / 2},
            {"force": "link", "links": "links", "distance": 40 + 50 * scale},
            {"force": "x", "strength": 0.05},
            {"force": "y", "strength": 0.05 * width / height},
        ],
    }
    marks = [{"type": "symbol", "from": {"data": "pages"}, "transform": [force]}]
    data = [{"name": "pages", "values": nodes}, {"name": "links", "values": links}]
    return picture(width, height, [], []) | {"data": data, "marks": marks}


def positions(scene: Any) -> list[tuple[float, float]]:
    """Return where the dots are in what Vega has laid out, in their order."""
    root = scene["scenegraph"]["items"][0]["items"][0]["items"]
    return [(item["x"], item["y"]) for item in root]


def graph(graph: Graph, at: Sequence[tuple[float, float]], width: int) -> Spec:
    """A dot a page, a line a link, the thicker the nearer."""
    height = _height(graph, width)
    side, top = (90, 24) if width >= BROAD else (50, 24)
    xs = _spread([x for x, _ in at], side, width - side)
    ys = _spread([y for _, y in at], top, height - top)
    dots = [
        Dot(x, y, 4.5 + 1.2 * min(graph.degree(n), 6), tuple(lines(name, side * 1.5)))
        for n, (x, y, name) in enumerate(zip(xs, ys, graph.names, strict=True))
    ]
    links = [
        {"x": xs[a], "y": ys[a], "x2": xs[b], "y2": ys[b], "w": round(0.6 + 3.4 * near**2, 2)}
        for a, b, near in graph.links
    ]
    rule = {
        "type": "rule",
        "from": {"data": "links"},
        "encode": {
            "enter": {
                **{name: {"field": name} for name in ("x", "y", "x2", "y2")},
                "stroke": {"value": LINE},
                "strokeOpacity": {"value": 0.5},
                "strokeWidth": {"field": "w"},
            }
        },
    }
    return picture(width, height, dots, [rule], links=links)


def _height(graph: Graph, width: int) -> int:
    """Return how high a graph has to be that its names have room."""
    many = len(graph.names)
    return min(680, 240 + 11 * many) if width >= BROAD else min(640, 240 + 16 * many)


def _spread(of: list[float], least: float, most: float) -> list[float]:
    """Return the numbers so that they go from the least to the most."""
    low, high = min(of, default=0.0), max(of, default=0.0)
    if high - low < 1:
        return [round((least + most) / 2, 1)] * len(of)
    return [round(least + (each - low) / (high - low) * (most - least), 1) for each in of]
