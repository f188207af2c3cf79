"""The one look of every chart: colours, sizes, and how numbers and months are written.

The colours are those of Okabe and Ito, told apart by colour-blind readers too, made darker where
they must be: each stands out at 3:1 or more from both the light and the dark paper of our pages.
Source: M. Okabe, K. Ito, Color Universal Design (2008); WCAG 2.2, 1.4.11 Non-text Contrast.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from wikibot.language import NARROW_NO_BREAK, NO_BREAK, Language
from wikibot.overviews.values import Kind
from wikibot.redaction import redacted
from wikibot.visible import visible

Spec = dict[str, Any]

INK, PAPER, LINE = "#1b1b1f", "#ffffff", "#77777f"
ON_ACCENT = "#fefefe"  # words on the accent, in both schemes
ACCENT = "#1f6fb5"
SERIES = (
    "#0f72b5",
    "#b86e00",
    "#00916a",
    "#c0568f",
    "#6f6f78",
    "#cf5a12",
    "#4a8a9e",
    "#8a6ac2",
)  # as many lines or colours of a bar as can be told apart
DASHES: tuple[tuple[int, ...], ...] = ((), (6, 3), (2, 2), (8, 3, 2, 3), (4, 4), (1, 3), (10, 4))
WIDE, BESIDE, NARROW = 640, 520, 330  # pixels: by itself, beside a table, on a telephone
FONT = "system-ui, sans-serif"
_PER_SIGN = 6.9  # pixels that a sign of a label takes at most, on average
_THIN, _THICK = frozenset("iIjlftr.,:;!|'’()[]-/ "), frozenset("mwMW%œŒ…—@")


def lines(text: str, pixels: float, most: int = 2) -> list[str]:
    """Return a label on as many lines as there may be; what is too long ends in an ellipsis."""
    words = visible(" ".join(redacted(text).split()), 300)
    signs = max(4, int(pixels / _PER_SIGN))
    return textwrap.wrap(words, signs, max_lines=most, placeholder="…") or ["–"]


def shortened(text: str, pixels: float) -> str:
    """Return a label on one line."""
    return visible(" ".join(redacted(text).split()), max(4, int(pixels / _PER_SIGN)))


def wide(text: str) -> float:
    """Return how many pixels a text of a chart takes, in a font as broad as DejaVu Sans."""
    return sum(map(_pixels, text))


def taken(labels: Sequence[Sequence[str]]) -> float:
    """Return how many pixels the longest of labels takes."""
    return max((wide(line) for label in labels for line in label), default=0.0)


@lru_cache(maxsize=1024)
def _pixels(sign: str) -> float:
    if sign in _THIN:
        return 4.3
    if sign in _THICK:
        return 11.5
    return 8.6 if sign.isupper() else 7.3


def numbers(language: Language) -> Spec:
    """Return how a scale writes its numbers. Source: d3-format, formatLocale."""
    french = language == "fr"
    return {
        "decimal": "," if french else ".",
        "thousands": NARROW_NO_BREAK if french else ",",
        "grouping": [3],
        "currency": ["", f"{NO_BREAK}€"] if french else ["€", ""],
        "percent": f"{NO_BREAK}%" if french else "%",
    }


def scale_format(kind: Kind) -> str:
    """Return the format of the numbers at a scale. Source: d3-format."""
    return {"share": ".0%", "amount": "$,.0f"}.get(kind, ",.0f")


def config() -> Spec:
    """Return what all charts of Vega-Lite have in common."""
    words = {"labelColor": INK, "labelFontSize": 12, "titleColor": INK, "titleFontSize": 12}
    return {
        "aria": False,  # the picture as a whole is named where it is shown
        "background": None,
        "font": FONT,
        "padding": 4,
        "view": {"stroke": None},
        "axis": {
            **words,
            "labelLimit": 0,
            "labelLineHeight": 14,
            "domainColor": LINE,
            "tickColor": LINE,
            "gridColor": LINE,
            "gridOpacity": 0.25,
            "gridWidth": 1,
            "titleFontWeight": "normal",
        },
        "legend": {
            **words,
            "labelLimit": 0,
            "symbolSize": 110,
            "rowPadding": 3,
            "columnPadding": 24,
        },
        "title": {"color": INK, "subtitleColor": INK, "fontSize": 15, "subtitleFontSize": 12},
        "text": {"color": INK, "fontSize": 12},
    }
