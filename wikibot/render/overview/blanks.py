"""Words that a chart leaves room for and does not measure.

vl-convert 1.9 finds how wide a text is by drawing the outline of each of its signs, two or three
times over: 0.1 ms a sign each time, nine tenths of what a chart took (measured on charts of 5 to
170 words). Of blanks it knows without drawing that they have no width. So the names of rows and
the numbers in bars and cells, whose room the specifications reckon by themselves, are drawn as
blanks, and stand in the picture afterwards: nothing of a wiki gets into the drawing program, and
where things are depends on no font of this machine.

What stands for a word is its number, in spaces of eight widths, between two signs that a script
does not strip (U+0085) and Rust takes for a space. Source: ECMA-262, String.prototype.trim;
Unicode, White_Space. A program that measured it all the same would be slow, not wrong.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from wikibot.render.overview.style import Spec

_LISTS = ("labels", "heads")  # parameters of Vega-Lite: lists of names, each of them lines
_EDGE, _FIRST = "\u0085", ord("\u2002")  # of eight spaces
_BLANK = re.compile(f"{_EDGE}([{chr(_FIRST)}-{chr(_FIRST + 7)}]+){_EDGE}")


def blanked(spec: Spec) -> tuple[Spec, list[str]]:
    """Return a specification of ours with blanks for its words, and these words."""
    numbers: dict[str, int] = {}

    def blank(words: Any) -> Any:
        if isinstance(words, list):
            return list(map(blank, words))
        return _blank(numbers.setdefault(words, len(numbers))) if words.strip() else words

    made = dict(spec)
    if "params" in spec:
        made["params"] = [
            each | {"value": blank(each["value"])} if each["name"] in _LISTS else each
            for each in spec["params"]
        ]
    data = spec.get("data")
    if isinstance(data, dict) and "values" in data:  # of Vega-Lite: `t` is a number in words
        made["data"] = {"values": _each(data["values"], "t", blank)}
    elif isinstance(data, list):  # of Vega: the names of dots
        made["data"] = [
            each | {"values": _each(each["values"], "text", blank)}
            if each["name"] == "names"
            else each
            for each in data
        ]
    return made, list(numbers)


def filled(svg: str, words: list[str]) -> str:
    """Return a picture with the words in the place of its blanks."""
    return _BLANK.sub(lambda found: escape(words[_number(found[1])], quote=False), svg)


def _each(values: list[Spec], name: str, blank: Any) -> list[Spec]:
    return [each | {name: blank(each[name])} if name in each else each for each in values]


def _blank(number: int) -> str:
    return f"{_EDGE}{''.join(chr(_FIRST + int(digit)) for digit in f'{number:o}')}{_EDGE}"


def _number(blank: str) -> int:
    return int("".join(str(ord(sign) - _FIRST) for sign in blank), 8)
