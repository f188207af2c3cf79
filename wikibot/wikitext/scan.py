"""Where the calls of a text begin, divide and end: MediaWiki's preprocessor, as spans.

One pass over the text with a stack of open braces, brackets and headings, following the rules
of MediaWiki 1.39's preprocessor (class Preprocessor_Hash, for a page itself, not for its
inclusion): what it takes for a call is one here, and nothing else is. No tree is built; the
result is positions in the text as it is. Time and memory grow linearly with the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from wikibot.errors import AmbiguousWikitext
from wikibot.language import Text

_MARKS_IGNORED = ("noinclude", "/noinclude", "onlyinclude", "/onlyinclude")
_MAY_STAY_OPEN = frozenset(("includeonly", "noinclude", "onlyinclude"))
_BLANKS = " \t"
# No page is so: MediaWiki itself stops at 40 nested templates and a million nodes
# ($wgMaxTemplateDepth, $wgMaxPPNodeCount). Beyond, the text is refused at once.
_DEEPEST = 20_000
_MOST_CALLS = 50_000
_NO_EQUALS = -1
# The usual name of an argument, with its equals sign: nothing in it needs a second look.
_PLAIN_NAME = re.compile(r"[^=|\[\]{}<>\n-]*\n?[^=|\[\]{}<>\n-]+=").match


@dataclass(slots=True)
class RawCall:
    """A call as positions in the text.

    `parts` is flat, three numbers a part: its start, its end (bars excluded) and where its
    first equals sign stands, or -1. The first part is the name, the others are arguments.
    """

    start: int
    end: int
    parts: list[int]


@dataclass(slots=True)
class _Open:
    """Something opened and not closed yet: braces, brackets, `-{`, or a heading's line."""

    mark: str
    count: int
    start: int
    parts: list[int]
    dash: bool = False  # a `-` stands before the braces, for want of a better use of it


@dataclass(slots=True)
class Scan:
    """All calls of a text, and its comments (with the blanks they take along)."""

    calls: list[RawCall] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)


@lru_cache(maxsize=32)
def scanner(tags: frozenset[str]) -> Scanner:
    """Return the scanner for a wiki with these extension tags."""
    return Scanner(tags)


class Scanner:
    """Reads texts of one wiki; keeps nothing of a text."""

    def __init__(self, tags: frozenset[str]) -> None:
        """Prepare the expressions that find the next place of interest in each state."""
        elements = sorted({*tags, "includeonly", *_MARKS_IGNORED}, key=lambda t: (-len(t), t))
        names = "|".join(map(re.escape, elements))
        element = rf"<(?:!--|(?:{names})(?:[ \t\n\r\f\v]|/>|>))"
        flags = re.IGNORECASE | re.ASCII
        self._element = re.compile(rf"<({names})(?=[ \t\n\r\f\v]|/>|>)", flags)
        opening = rf"\[\[+|\{{\{{+|-\{{+|{element}"
        closing = {"": "", "{": r"|\}\}", "[": r"|\]\]", "-{": r"|\}-", "\n": r"|\n"}
        self._next = {
            (mark, pipes, equals): re.compile(
                opening
                + ("" if mark == "\n" else r"|\n=")
                + close
                + (r"|\|" if pipes else "")
                + ("|=" if equals else ""),
                flags,
            ).search
            for mark, close in closing.items()
            for pipes, equals in ((False, False), (True, False), (True, True))
        }
        self._closing_tags = {
            t: re.compile(rf"</{re.escape(t)}[ \t\n\r\f\v]*>", flags) for t in elements
        }

    def scan(self, text: str) -> Scan:
        """Return the calls of `text` in the order of their ends, and its comments.

        Raises:
            AmbiguousWikitext: more is left open than any page of a wiki would.
        """
        found = Scan()
        stack: list[_Open] = []
        unclosed: set[str] = set()
        no_more_angle = False
        at = self._heading(text, 0, stack)
        while True:
            top = stack[-1] if stack else None
            mark = top.mark if top else ""
            pipes = mark in ("{", "-{")
            equals = pipes and top is not None and len(top.parts) > 3 and top.parts[-1] < 0
            match = self._next[mark, pipes, equals](text, at)
            if match is None:
                return found
            here = match.start()
            sign = text[here]
            if sign == "|":
                assert top is not None
                top.parts[-2] = here
                named = _PLAIN_NAME(text, here + 1)
                at = named.end() if named else here + 1
                top.parts += (here + 1, 0, at - 1 if named else _NO_EQUALS)
            elif sign == "=":
                assert top is not None
                top.parts[-1] = here
                at = here + 1
            elif sign == "\n":
                if mark == "\n":
                    stack.pop()  # the same newline may open the next heading
                    at = here
                else:
                    at = self._heading(text, here + 1, stack, equals=equals)
            elif sign == "<":
                if text.startswith("<!--", here):
                    at, heading = _comment(text, here, found.comments)
                    if heading:
                        at = self._heading(text, at, stack, equals=equals)
                else:
                    at, no_more_angle = self._tag(text, here, unclosed, no_more_angle)
            elif sign in "}]":
                at = _close(text, here, stack, found.calls)
            else:
                at = _open(match.end(), here, sign, stack)

    def _heading(self, text: str, at: int, stack: list[_Open], equals: bool = False) -> int:
        """Open a heading where a line starts with equals signs; return where to go on."""
        count = 0
        while count < 6 and text.startswith("=", at + count):
            count += 1
        if count and not (count == 1 and equals):
            stack.append(_Open("\n", count, at, [at, 0, _NO_EQUALS]))
            return at + count
        return at

    def _tag(
        self, text: str, here: int, unclosed: set[str], no_more_angle: bool
    ) -> tuple[int, bool]:
        """Step over an extension tag with its content, or over a mark of inclusion."""
        match = self._element.match(text, here)
        assert match is not None
        name = match.group(1)
        end = -1 if no_more_angle else text.find(">", match.end())
        if end < 0:
            return here + 1, True
        lower = name.lower()
        if lower in _MARKS_IGNORED or text[end - 1] == "/":
            return end + 1, False
        if name not in unclosed:
            close = self._closing_tags[lower].search(text, end + 1)
            if close:
                return close.end(), False
        if name in _MAY_STAY_OPEN:
            return len(text), False
        unclosed.add(name)
        return end + 1, False


def _comment(text: str, here: int, comments: list[tuple[int, int]]) -> tuple[int, bool]:
    """Step over a comment; one alone on its line takes the line along.

    Returns where to go on, and whether that is a line's start.
    """
    end = text.find("-->", here + 4)
    if end < 0:
        comments.append((here, len(text)))
        return len(text), False
    start = here
    while start and text[start - 1] in _BLANKS:
        start -= 1
    stop = _skip_blanks(text, end + 3)
    while text.startswith("<!--", stop):
        further = text.find("-->", stop + 4)
        if further < 0:
            break
        stop = _skip_blanks(text, further + 3)
    if start > 0 and text[start - 1] == "\n" and text.startswith("\n", stop):
        comments.append((start, stop + 1))
        return stop + 1, True
    comments.append((here, end + 3))
    return end + 3, False


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANKS:
        at += 1
    return at


def _open(end: int, here: int, sign: str, stack: list[_Open]) -> int:
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
        stack.append(_Open("-{", 2, here, [end, 0, _NO_EQUALS]))
        return end
    start = here + 1 if dash else here
    mark = "{" if dash else sign
    stack.append(_Open(mark, end - start, start, [end, 0, _NO_EQUALS], dash))
    return end


def _close(text: str, here: int, stack: list[_Open], calls: list[RawCall]) -> int:
    """Close what stands open; braces left over stay open where they still can be closed."""
    top = stack.pop()
    if top.mark == "-{":
        return here + 2
    limit = min(top.count, 3 if top.mark == "{" else 2)
    count = 2
    while count < limit and text.startswith(text[here], here + count):
        count += 1
    start = top.start + top.count - count
    if top.mark == "{" and count == 2:
        top.parts[-2] = here
        calls.append(RawCall(start, here + 2, top.parts))
        if len(calls) > _MOST_CALLS:
            raise AmbiguousWikitext(
                Text(
                    f"Le texte compte plus de {_MOST_CALLS} appels de modèles.",
                    f"The text has more than {_MOST_CALLS} calls of templates.",
                )
            )
    left = top.count - count
    if left >= 2:
        stack.append(_Open(top.mark, left, top.start, [start, 0, _NO_EQUALS], top.dash))
    elif left == 1 and top.mark == "{" and top.dash:
        stack.append(_Open("-{", 2, top.start - 1, [start, 0, _NO_EQUALS]))
    return here + count
