"""Dots with their names as a specification of Vega, each name where it hides no dot and no other.

Vega has a transform that places names, which needs the canvas of a browser: there is none here.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wikibot.render.overview.style import ACCENT, FONT, INK, PAPER, Spec, taken

BROAD = 500  # pixels from which on there is room for much
_LINE_HEIGHT = 13.0  # pixels
_GAP = 3.0
NAMED = 200  # dots whose names are tried: among more than that there is no room anyhow
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Dot:
    """Where a dot is, how large it is (its radius), and its name, in pixels."""

    x: float
    y: float
    radius: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Placed:
    """A name at its place: the middle of its first line is at `y`."""

    x: float
    y: float
    align: str
    lines: tuple[str, ...]


def placed(dots: Sequence[Dot], width: float, height: float) -> tuple[Placed, ...]:
    """Return the names that find room, those of the first dots leading; of many dots, the first."""
    taken: list[Box] = [
        (dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius)
        for dot in dots
    ]
    found = []
    for dot in dots[:NAMED]:
        for name, box in _tries(dot):
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                found.append(name)
                break
    return tuple(found)


def picture(
    width: int, height: int, dots: Sequence[Dot], below: list[Spec], links: Sequence[Spec] = ()
) -> Spec:
    """Return the picture of dots with their names, and what is below them."""
    names = placed(dots, width, height)
    symbol = {
        "type": "symbol",
        "from": {"data": "dots"},
        "encode": {
            "enter": {
                "x": {"field": "x"},
                "y": {"field": "y"},
                "size": {"field": "size"},
                "fill": {"value": ACCENT},
                "stroke": {"value": PAPER},
                "strokeWidth": {"value": 1.5},
            }
        },
    }
    text = {
        "type": "text",
        "from": {"data": "names"},
        "encode": {
            "enter": {
                **{name: {"field": name} for name in ("x", "y", "align", "text")},
                "baseline": {"value": "middle"},
                "fill": {"value": INK},
                "fontSize": {"value": 12},
                "lineHeight": {"value": _LINE_HEIGHT},
            }
        },
    }
    halo = copy.deepcopy(text)  # lines that go through a name leave it readable
    halo["encode"]["enter"] |= {  # type: ignore[index]
        "fill": {"value": PAPER},
        "stroke": {"value": PAPER},
        "strokeWidth": {"value": 3},
        "strokeJoin": {"value": "round"},
    }
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": width,
        "height": height,
        "padding": 4,
        "autosize": "pad",
        "background": None,
        "config": {"text": {"font": FONT}, "axis": {"labelFont": FONT}, "aria": False},
        "data": [
            {
                "name": "dots",
                "values": [
                    {"x": dot.x, "y": dot.y, "size": round(math.pi * dot.radius**2)} for dot in dots
                ],
            },
            {
                "name": "names",
                "values": [
                    {"x": each.x, "y": each.y, "align": each.align, "text": list(each.lines)}
                    for each in names
                ],
            },
            {"name": "links", "values": list(links)},
        ],
        "marks": [*below, halo, symbol, text],
    }


def _tries(dot: Dot) -> Iterator[tuple[Placed, Box]]:
    wide = taken([dot.lines])
    high = _LINE_HEIGHT * len(dot.lines)
    away = dot.radius + _GAP
    for align, left in (("left", dot.x + away), ("right", dot.x - away - wide)):
        for top in (dot.y - high / 2, dot.y - high, dot.y):
            x = left if align == "left" else left + wide
            yield _name(dot, x, top, align), (left, top, left + wide, top + high)
    for top in (dot.y + away, dot.y - away - high):
        box = (dot.x - wide / 2, top, dot.x + wide / 2, top + high)
        yield _name(dot, dot.x, top, "center"), box


def _name(dot: Dot, x: float, top: float, align: str) -> Placed:
    return Placed(round(x, 1), round(top + _LINE_HEIGHT / 2, 1), align, dot.lines)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
