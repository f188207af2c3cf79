"""A drawn chart as a part of a page: nothing but shapes and words, in the colours of the page.

What a drawing holds is rebuilt from what may stand in it; whatever else were there, an address, a
script, a style, does not get into the page.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from wikibot.render.overview.style import INK, LINE, PAPER

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = {"g", "path", "line", "rect", "circle", "text", "tspan", "defs", "clipPath"}
_ATTRIBUTES = {
    "clip-path", "cx", "cy", "d", "dx", "dy", "fill", "fill-opacity", "font-size", "font-weight",
    "height", "opacity", "r", "rx", "ry", "stroke", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "stroke-opacity", "stroke-width", "text-anchor", "transform", "width", "x",
    "x1", "x2", "y", "y1", "y2",
}  # fmt: skip
_COLOURS = {INK: "ink", PAPER: "paper", LINE: "line"}  # which the page has of its own
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_CLIP = re.compile(r"url\(#(\w+)\)")
_SAFE = re.compile(r"[\w\s#%.,()+-]*")


def inline(svg: str, chart_id: str, label: str, kind: str) -> str:
    """Return the drawing as an element of HTML.

    `chart_id` is unique in the page and ASCII, `label` says to who does not see it what is drawn,
    `kind` is the class of the element.
    """
    from defusedxml.ElementTree import fromstring

    root = fromstring(svg)
    box = root.get("viewBox", "")
    if not _SAFE.fullmatch(box):
        raise ValueError(f"not a box: {box!r}")
    inside = "".join(_element(child, chart_id) for child in root)
    named = f'role="img" aria-label="{escape(label)}"'
    return f'<svg class="{kind}" viewBox="{box}" {named}>{inside}</svg>'


def _element(element: Any, chart_id: str) -> str:
    tag = element.tag.removeprefix(_SVG)
    if tag not in _SHAPES or element.get("display") == "none":
        return ""
    inside = escape(element.text or "") if tag in ("text", "tspan") else ""
    inside += "".join(_element(child, chart_id) for child in element)
    attributes = _attributes(element, tag, chart_id)
    if tag == "g" and not inside:
        return ""
    if tag == "g" and not attributes:
        return inside
    if tag == "path" and not element.get("d"):
        return ""
    return f"<{tag}{attributes}>{inside}</{tag}>"


def _attributes(element: Any, tag: str, chart_id: str) -> str:
    kept, classes = {}, []
    for name, value in element.attrib.items():
        if name == "id" and tag == "clipPath":
            kept[name] = f"{chart_id}-{value}"
        elif name in ("fill", "stroke") and value in _COLOURS:
            classes.append(f"{name}-{_COLOURS[value]}")
        elif name in _ATTRIBUTES and value not in ("translate(0,0)", ""):
            kept[name] = _CLIP.sub(rf"url(#{chart_id}-\1)", _LONG_NUMBER.sub(_rounded, value))
    if kept.get("opacity") == "1":
        del kept["opacity"]
    if classes:
        kept["class"] = " ".join(classes)
    return "".join(f' {name}="{value}"' for name, value in kept.items() if _SAFE.fullmatch(value))


def _rounded(number: re.Match[str]) -> str:
    return f"{round(float(number[0]), 1):g}"
