"""The words that stand before a place of a page and name it to people."""

from __future__ import annotations

import re

# What ends the words before a field: a line, a cell, a tag that begins a block.
_BREAK = re.compile(
    r"\n|\|\||!!|</?(?:br|p|div|tr|td|th|table|li|ul|ol|dl|dt|dd|span|tbody|fieldset|center|h\d)\b"
    r"[^<>]*>",
    re.I,
)
_ATTRIBUTES = re.compile(r"^\s*(?:[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[\w%#-]+)\s*)+\|(?!\|)")
_LEAD = re.compile(r"^(?:\|[-+}]?|!|[*#:;]+)+\s*")
_TAG = re.compile(r"<[^<>]*>")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_QUOTES = re.compile(r"'{2,}")
_EMPTY_CELL = re.compile(r"^\s*(?:\|(?![-}])[^|]*\|?)?\s*$")
_START = re.compile(r"^[\s–—•·-]+")
_END = re.compile(r"[\s:\u00a0\u202f：*–—-]+$")
_MARKS = re.compile(r"\{\{[^{}]*\}\}|__[A-Z]+__|&nbsp;|&#160;")
_HEADING = re.compile(r"^(={1,6})\s*(.+?)\s*\1\s*$", re.M)
_LONGEST = 120  # characters; what is longer explains, it does not name
_FARTHEST = 2000  # characters to look back for a label


def label_before(text: str, floor: int, place: int) -> str:
    """Return the words before `place`, from `floor` on at the earliest, or "" for none.

    Of several lines the last with words counts: the cell before, the line above.
    """
    floor = max(floor, place - _FARTHEST)
    for line in reversed(_BREAK.split(text[floor:place])):
        words = plain(line)
        if words and not words.startswith("="):
            return words if len(words) <= _LONGEST and words[-1] not in ".!;" else ""
        if words.startswith("="):
            return ""
    return ""


def label_beside(text: str, floor: int, place: int) -> str:
    """Return the words on the line of `place` that introduce it: bold, a heading cell, a colon.

    What a template shows holds more than labels; other words before a value are no label.
    """
    before = text[max(floor, place - _LONGEST * 2) : place]
    line = before.rpartition("\n")[2]
    if not plain(line) and _EMPTY_CELL.match(line):
        above = before.rpartition("\n")[0].rpartition("\n")[2]
        line = above if above.startswith("!") and "!!" not in above else ""
        return plain(line)
    line = _BREAK.split(line)[-1]
    bare = _TAG.sub("", line).rstrip()
    if not (bare.rstrip("'").endswith((":", "：")) or bare.endswith("'''") or line.startswith("!")):
        return ""
    words = plain(line)
    return words if len(words) <= _LONGEST else ""


def plain(line: str) -> str:
    """Return a line as people see it: no markup, no colon at its end."""
    line = _LEAD.sub("", line.strip())
    line = _LEAD.sub("", _ATTRIBUTES.sub("", line))
    line = _TAG.sub("", _MARKS.sub(" ", line))
    line = _QUOTES.sub("", _LINK.sub(r"\1", line))
    line = _START.sub("", _END.sub("", " ".join(line.split())))
    whole = not any(sign in line for sign in "[]{}|<>")
    return line if whole and any(c.isalnum() for c in line) else ""


def headings(text: str) -> list[tuple[int, str]]:
    """Return the headings of a text, each with the place where its line ends."""
    return [(m.end(), plain(m[2])) for m in _HEADING.finditer(text) if plain(m[2])]
