"""Where the calls of a text begin, divide and end: MediaWiki's preprocessor, as spans.

One pass over the outline of a text, with a stack of open braces, brackets and headings, following
the rules of MediaWiki 1.39's preprocessor (class Preprocessor_Hash, for a page itself, not for its
inclusion): what it takes for a call is one here, and nothing else is. No tree is built; the
result is positions in the text as it is. Time and memory grow linearly with the text.

Three things make it quick, and none of them changes what is read:

- Outside all braces only `{{` is looked for: whatever else is open there can neither end a call
  nor divide one.
- Bars and equals signs are not looked for: a call keeps the stretches of the outline that are its
  own, not those of a call or a link in it, and they divide it when it is asked for its parts.
- A call is taken in one step where nothing opens before its first closing brace.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from wikibot.errors import AmbiguousWikitext
from wikibot.language import Text
from wikibot.wikitext.outline import Outlines, first_link, without_headings

# No page is so: MediaWiki itself stops at 40 nested templates and a million nodes
# ($wgMaxTemplateDepth, $wgMaxPPNodeCount). Beyond, the text is refused at once.
_DEEPEST = 20_000
_MOST_CALLS = 50_000

# What is looked for next, by what is open ("": nothing).
_OPENS = r"\[\[+|\{\{+|-\{+"
_NEXT = {
    "": re.compile(r"\{\{+").search,
    "{": re.compile(rf"{_OPENS}|\n=|\}}\}}").search,
    "[": re.compile(rf"{_OPENS}|\n=|\]\]").search,
    "-{": re.compile(rf"{_OPENS}|\n=|\}}-").search,
    "\n": re.compile(rf"{_OPENS}|\n").search,
}
_LINE = re.compile(r"\n=").search
_REST_OF_LINE = re.compile(r"[^\[{}\n]*+\}\}").match  # `*+` never goes back


@dataclass(slots=True, eq=False, repr=False)
class RawCall:
    """A call as positions in a text, and in its outline, which has the same places.

    `own` is flat, two numbers a stretch: where text of the call itself begins and ends, from
    behind the opening braces to before the closing ones. Between two stretches stands what has
    bars and equals signs of its own: a call, a link or a heading that is not blanked out.
    """

    outline: str
    start: int
    end: int
    own: list[int]

    @property
    def parts(self) -> list[int]:
        """Return three numbers a part: start, end (bars excluded), its first equals sign or -1.

        The first part is the name, which has no equals sign; the others are arguments.
        """
        outline, begin, equals = self.outline, self.own[0], -1
        parts: list[int] = []
        for start, end in self.stretches():
            at = start
            while (bar := outline.find("|", at, end)) >= 0:
                if equals < 0 and parts:
                    equals = outline.find("=", at, bar)
                parts += (begin, bar, equals)
                begin = at = bar + 1
                equals = -1
            if equals < 0 and parts:
                equals = outline.find("=", at, end)
        return [*parts, begin, self.own[-1], equals]

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Return (start, end) of each stretch."""
        bounds = iter(self.own)
        return zip(bounds, bounds, strict=True)


@dataclass(slots=True, eq=False)
class _Open:
    """Something opened and not closed yet: braces, brackets, `-{`, or a heading's line.

    `own` is as of a call, its last stretch not ended yet. `unnamed` tells whether an equals sign
    at `own[judged]` would be the first of an argument.
    """

    mark: str
    count: int
    start: int
    own: list[int]
    dash: bool = False  # a `-` stands before the braces, for want of a better use of it
    unnamed: bool = False
    judged: int = 0


@dataclass(slots=True)
class Scan:
    """All calls of a text, and its comments (with the blanks they take along)."""

    calls: list[RawCall]
    comments: list[tuple[int, int]]


@lru_cache(maxsize=32)
def scanner(tags: frozenset[str]) -> Scanner:
    """Return the scanner for a wiki with these extension tags."""
    return Scanner(tags)


class Scanner:
    """Reads texts of one wiki; keeps nothing of a text."""

    def __init__(self, tags: frozenset[str]) -> None:
        """Prepare the expressions for its tags."""
        self._outlines = Outlines(tags)

    def scan(self, text: str) -> Scan:
        """Return the calls of `text` in the order of their ends, and its comments.

        Raises:
            AmbiguousWikitext: more is left open than any page of a wiki would.
        """
        outline, comments = self._outlines.of(text)
        calls: list[RawCall] = []
        stack: list[_Open] = []
        at, with_headings = 0, True
        while match := _NEXT[stack[-1].mark if stack else ""](outline, at):
            here, end = match.span()
            sign = outline[here]
            if sign == "{":
                at = _first_mark(outline, end)
                if with_headings and outline.startswith("\n==", at):
                    outline, with_headings = without_headings(outline), False
                    at = _first_mark(outline, at)
                if end - here == 2 and outline.startswith("}}", at):
                    _add(calls, RawCall(outline, here, at + 2, [end, at]))
                    at += 2
                    if stack:
                        stack[-1].own += (here, at)
                else:
                    _open("{", end, here, stack)
            elif sign in "}]":
                at = _close(outline, here, stack, calls)
            elif sign == "\n":
                at = _line(outline, here, stack)
            else:
                _open(sign, end, here, stack)
                at = end
        return Scan(calls, comments)


def _first_mark(text: str, at: int) -> int:
    """Return a place behind opening braces before which nothing opens, closes or ends.

    Each text between two braces is looked through once: the time stays linear.
    """
    if ending := _REST_OF_LINE(text, at):
        return ending.end() - 2
    end = text.find("{", at)
    if end < 0:
        end = len(text)
    elif text[end - 1] == "-":
        end -= 1
    close = text.find("}", at, end)
    if close >= 0:
        end = close
    link = first_link(text, at, end)
    if link >= 0:
        end = link
    if line := _LINE(text, at, end):
        end = line.start()
    return end


def _line(text: str, here: int, stack: list[_Open]) -> int:
    """Step over a newline, or end a heading before it: it may open the next one."""
    top = stack[-1]
    if top.mark == "\n":
        stack.pop()
        stack[-1].own += (top.start, here)
        return here
    return _heading(text, here + 1, top, stack)


def _heading(text: str, at: int, top: _Open, stack: list[_Open]) -> int:
    """Open a heading where a line starts with equals signs; return where to go on."""
    count = 0
    while count < 6 and text.startswith("=", at + count):
        count += 1
    if not count or (count == 1 and _names(text, at, top)):
        return at
    stack.append(_Open("\n", count, at, [at]))
    return at + count


def _names(text: str, at: int, top: _Open) -> bool:
    """Return whether an equals sign at `at` is the first of an argument: it opens no heading."""
    if top.mark not in ("{", "-{"):
        return False
    top.own += (at, at)
    bounds = iter(top.own[top.judged : -1])
    for start, end in zip(bounds, bounds, strict=True):
        bar = text.rfind("|", start, end)
        top.unnamed = (bar >= 0 or top.unnamed) and text.find("=", max(bar, start), end) < 0
    top.judged = len(top.own) - 1
    return top.unnamed


def _open(sign: str, end: int, here: int, stack: list[_Open]) -> None:
    """Open braces, brackets or `-{`; with more than one brace the dash stands apart."""
    if len(stack) >= _DEEPEST:
        raise AmbiguousWikitext(
            Text(
                f"Plus de {_DEEPEST} accolades ou crochets restent ouverts dans le texte.",
                f"More than {_DEEPEST} braces or brackets are left open in the text.",
            )
        )
    dash = sign == "-"
    if dash and end - here == 2:
        stack.append(_Open("-{", 2, here, [end]))
        return
    start = here + 1 if dash else here
    stack.append(_Open("{" if dash else sign, end - start, start, [end], dash))


def _close(text: str, here: int, stack: list[_Open], calls: list[RawCall]) -> int:
    """Close what stands open; braces left over stay open where they still can be closed."""
    top = stack.pop()
    if top.mark == "-{":
        left, start, end = 0, top.start, here + 2
    else:
        limit = min(top.count, 3 if top.mark == "{" else 2)
        count = 2
        while count < limit and text.startswith(text[here], here + count):
            count += 1
        left = top.count - count
        start, end = top.start + left, here + count
        if top.mark == "{" and count == 2:
            _add(calls, RawCall(text, start, end, [*top.own, here]))
    # What has just been closed is the first thing in the braces left over.
    if left >= 2:
        stack.append(_Open(top.mark, left, top.start, [start, start, end], top.dash))
    elif left == 1 and top.mark == "{" and top.dash:
        stack.append(_Open("-{", 2, top.start - 1, [start, start, end]))
    elif stack:
        stack[-1].own += (start, end)
    return end


def _add(calls: list[RawCall], call: RawCall) -> None:
    calls.append(call)
    if len(calls) > _MOST_CALLS:
        raise AmbiguousWikitext(
            Text(
                f"Le texte compte plus de {_MOST_CALLS} appels de modèles.",
                f"The text has more than {_MOST_CALLS} calls of templates.",
            )
        )
