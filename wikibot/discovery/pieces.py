"""Wikitext as nested pieces: arguments `{{{a|b}}}`, calls `{{f|x}}`, links `[[t|x]]`.

For reading templates and forms, never for writing: what is broken is passed over, nothing is
refused. One pass with a stack, no recursion; time and memory grow linearly with the text.
The rules are those of MediaWiki's preprocessor, save that an unclosed `[[` ends with the braces
around it instead of spoiling them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

_MARKS = re.compile(r"\{\{+|\}\}+|\[\[|\]\]|\||=")
_FUNCTION = re.compile(r"\s*(#[^\s:|{}\[\]]+|[A-Za-z]+)\s*:")
# Core functions that are written without `#`; any other name with a colon is a page's.
# Source: MediaWiki, Help:Magic words.
_CORE = frozenset(
    (
        "lc",
        "uc",
        "lcfirst",
        "ucfirst",
        "urlencode",
        "anchorencode",
        "formatnum",
        "fullurl",
        "localurl",
        "canonicalurl",
        "padleft",
        "padright",
        "plural",
        "grammar",
        "int",
        "ns",
        "nse",
        "defaultsort",
        "displaytitle",
        "filepath",
        "subst",
        "safesubst",
        "msgnw",
        "pagename",
        "fullpagename",
        "tag",
        "gender",
        "dateformat",
        "formatdate",
    )
)
_MOST_AROUND = 200  # MediaWiki itself stops at 40 nested templates
_MOST_OPEN = 20_000  # no template is so; beyond, what is opened further is text


class Part(NamedTuple):
    """A piece of a piece, between two bars; `equals` is where its first `=` stands, or -1."""

    start: int
    end: int
    equals: int = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """An argument, a call or a link; `parent` is the index of the piece around it, or -1."""

    kind: Literal["argument", "call", "link"]
    start: int
    end: int
    parts: tuple[Part, ...]
    parent: int = -1


@dataclass(frozen=True)
class Pieces:
    """A text and its pieces, in the order of their starts."""

    text: str
    all: tuple[Piece, ...]

    def words(self, part: Part) -> str:
        """Return the text of a part, trimmed."""
        return self.text[part.start : part.end].strip()

    def name(self, piece: Piece) -> str:
        """Return a parameter's name, a link's target, a template's or a `#function`'s name."""
        first = self.words(piece.parts[0])
        if piece.kind == "call":
            found = _FUNCTION.match(first)
            if found and (found[1].startswith("#") or found[1].lower() in _CORE):
                return found[1].lower()
        return first

    def arguments(self, piece: Piece) -> tuple[Part, ...]:
        """Return the arguments of a call; of a function the first one stands behind its colon."""
        head, *rest = piece.parts
        if piece.kind == "call":
            raw = self.text[head.start : head.end]
            found = _FUNCTION.match(raw)
            if found and (found[1].startswith("#") or found[1].lower() in _CORE):
                rest = [Part(head.start + found.end(), head.end, head.equals), *rest]
        return tuple(rest)

    def key(self, part: Part) -> str:
        """Return what stands before the equals sign of a part, or "" where there is none."""
        return "" if part.equals < 0 else self.text[part.start : part.equals].strip()

    def value(self, part: Part) -> str:
        """Return what stands behind the equals sign of a part, or the whole of it."""
        start = part.start if part.equals < 0 else part.equals + 1
        return self.text[start : part.end].strip()

    def around(self, index: int) -> Iterator[tuple[Piece, int]]:
        """Yield the pieces around one, from within, each with the part of it that holds it.

        The part is the index in `parts`, of a function's first argument 0 too.
        """
        inner = self.all[index]
        at = inner.parent
        for _ in range(_MOST_AROUND):
            if at < 0:
                return
            piece = self.all[at]
            yield piece, max(bisect_right(piece.parts, (inner.start, len(self.text) + 1)) - 1, 0)
            at = piece.parent

    def between(self, start: int, end: int) -> tuple[Piece, ...]:
        """Return the pieces that lie between two places of the text."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return tuple(piece for piece in self.all[first:last] if piece.end <= end)

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self.all]


class _Open:
    __slots__ = ("count", "mark", "parts", "start")

    def __init__(self, mark: str, count: int, start: int, end: int) -> None:
        self.mark, self.count, self.start = mark, count, start
        self.parts: list[list[int]] = [[end, -1, -1]]


def pieces_of(text: str) -> Pieces:
    """Return the pieces of a text from which comments and the like were taken already."""
    stack: list[_Open] = []
    found: list[Piece] = []
    at = 0
    while match := _MARKS.search(text, at):
        here, mark = match.start(), match.group()
        at = match.end()
        if mark == "|":
            if stack:
                stack[-1].parts[-1][1] = here
                stack[-1].parts.append([at, -1, -1])
        elif mark == "=":
            if stack and stack[-1].parts[-1][2] < 0:
                stack[-1].parts[-1][2] = here
        elif mark[0] in "{[":
            if len(stack) < _MOST_OPEN:
                stack.append(_Open(mark[0], len(mark), here, at))
        elif mark == "]]":
            if stack and stack[-1].mark == "[":
                _close(stack, found, here, 2)
        else:
            _close_braces(stack, found, here, len(mark))
    return Pieces(text, _with_parents(found))


def _close_braces(stack: list[_Open], found: list[Piece], here: int, count: int) -> None:
    """Close what a run of braces closes; a brace left over is text."""
    while count >= 2:
        while stack and stack[-1].mark == "[":
            stack.pop()
        if not stack:
            return
        closed = _close(stack, found, here, min(count, stack[-1].count, 3))
        here += closed
        count -= closed


def _close(stack: list[_Open], found: list[Piece], here: int, count: int) -> int:
    top = stack.pop()
    top.parts[-1][1] = here
    kind: Literal["argument", "call", "link"]
    kind = "link" if top.mark == "[" else "argument" if count == 3 else "call"
    start = top.start + top.count - count
    parts = tuple(Part(*part) for part in top.parts)
    found.append(Piece(kind, start, here + count, parts))
    if top.count - count >= 2:
        stack.append(_Open(top.mark, top.count - count, top.start, start))
    return count


def _with_parents(found: list[Piece]) -> tuple[Piece, ...]:
    ordered = sorted(found, key=lambda piece: (piece.start, -piece.end))
    around: list[int] = []
    done: list[Piece] = []
    for index, piece in enumerate(ordered):
        while around and ordered[around[-1]].end <= piece.start:
            around.pop()
        parent = around[-1] if around else -1
        done.append(Piece(piece.kind, piece.start, piece.end, piece.parts, parent))
        around.append(index)
    return tuple(done)
