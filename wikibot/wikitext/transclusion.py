"""The calls of templates in a text, with the place of each parameter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from wikibot.title import Namespaces
from wikibot.value import BLANKS
from wikibot.wikitext.outline import HIDDEN
from wikibot.wikitext.scan import RawCall, scanner
from wikibot.wikitext.syntax import FRENCH_WIKI, Syntax

# Translatable wikis call a template through its translation: {{ {{tntn|Name}} |…}}.
_TRANSLATED = re.compile(r"\{\{\s*tntn?\s*\|([^{}|]*)\}\}", re.IGNORECASE)
_START = attrgetter("start")

Comments = list[tuple[int, int]]


class Parameter(NamedTuple):
    """One argument of a call, from behind its bar to before the next one or the closing braces.

    `value` is its wikitext, trimmed as MediaWiki does where the argument is named; `begin`,
    `equals` (-1: it has no name) and `end` are places in the text.
    """

    name: str
    value: str
    begin: int
    equals: int
    end: int

    @property
    def positional(self) -> bool:
        """Return whether the argument is known by its number."""
        return self.equals < 0

    @property
    def span(self) -> tuple[int, int]:
        """Return (start, end) of the raw value in the text."""
        return (self.begin if self.equals < 0 else self.equals + 1), self.end

    @property
    def part(self) -> tuple[int, int]:
        """Return (start, end) of the whole argument in the text."""
        return self.begin, self.end


_new = tuple.__new__  # makes a Parameter in two thirds of the time of calling the class


class Transclusion:
    """One live call: normalised name, (start, end) in the text, its arguments.

    `parameters` holds, by name, the one that counts (the last of duplicates); `arguments`
    holds all of them in order. Both are read when first asked for: most calls of a page are
    only looked at by name.
    """

    __slots__ = ("_arguments", "_call", "_comments", "_parameters", "_text", "name")

    def __init__(self, name: str, text: str, call: RawCall, comments: Comments) -> None:
        """Keep what the arguments are read from."""
        self.name = name
        self._text = text
        self._call = call
        self._comments = comments
        self._arguments: tuple[Parameter, ...] | None = None
        self._parameters: Mapping[str, Parameter] | None = None

    def __repr__(self) -> str:
        """Return name and place."""
        return f"Transclusion({self.name!r}, span={self.span})"

    @property
    def span(self) -> tuple[int, int]:
        """Return (start, end) of the call in the text, braces included."""
        return self._call.start, self._call.end

    @property
    def places(self) -> tuple[int, ...]:
        """Return where the call begins, divides and ends."""
        return self._call.start, self._call.end, *self._call.parts

    @property
    def arguments(self) -> tuple[Parameter, ...]:
        """Return every argument in order, duplicates included."""
        if self._arguments is None:
            self._arguments = _arguments(self._text, self._call, self._comments)
        return self._arguments

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Return the arguments by name; of duplicates the last, as MediaWiki reads them."""
        if self._parameters is None:
            self._parameters = {argument.name: argument for argument in self.arguments}
        return self._parameters


def transclusions(text: str, syntax: Syntax = FRENCH_WIKI) -> tuple[Transclusion, ...]:
    """Return every live call of `text` in the order of their starts, nested ones too.

    Parser functions and magic words count as calls, as they do for MediaWiki. What stands in
    comments, `<nowiki>`, `<includeonly>` and the wiki's extension tags is no call. The last texts
    are remembered: a page that is changed is read by each who has a part in it.

    Raises:
        AmbiguousWikitext: the text leaves more open than any page would.
    """
    return _read(text, syntax)


@lru_cache(maxsize=8)
def _read(text: str, syntax: Syntax) -> tuple[Transclusion, ...]:
    found = scanner(syntax.extension_tags).scan(text)
    calls, comments, namespaces = found.calls, found.comments, syntax.namespaces
    if len(calls) > 1:
        calls.sort(key=_START)
    return tuple(
        [Transclusion(_name(text, c, comments, namespaces), text, c, comments) for c in calls]
    )


def call_at(calls: Iterable[Transclusion], start: int) -> Transclusion | None:
    """Return the one of the calls that begins at `start`, or None."""
    return next((call for call in calls if call.span[0] == start), None)


def _name(text: str, call: RawCall, comments: Comments, namespaces: Namespaces) -> str:
    outline, start, end = call.outline, call.own[0], call.own[1]
    bar = outline.find("|", start, end)
    if bar >= 0:
        end = bar
    elif len(call.own) > 2:
        end = call.parts[1]
    name = outline[start:end].strip(BLANKS)
    if HIDDEN in name or "{{" in name:
        name = _bare(text, start, end, comments)
        if "{{" in name:
            name = _TRANSLATED.sub(r"\1", name).strip(BLANKS)
    return namespaces.template_name(name)


def _arguments(text: str, call: RawCall, comments: Comments) -> tuple[Parameter, ...]:
    """Return the arguments in order.

    The bars in what is the call's own divide it. What stands between two bars of one stretch is
    read as it is there; where something is blanked out in it, or it begins in one stretch and
    ends in another, the text itself is read, without the comments in a name.
    """
    outline, last = call.outline, call.own[-1]
    found: list[Parameter] = []
    position = 0
    begin, equals = -1, -1  # of the argument that has begun and goes on in the next stretch
    for start, stop in call.stretches():
        own = outline[start:stop]
        hidden = HIDDEN in own
        head, *pieces = own.split("|")
        if begin >= 0 > equals and (sign := head.find("=")) >= 0:
            equals = start + sign
        if not pieces:
            continue
        at = start + len(head)
        if begin >= 0:
            position += equals < 0
            found.append(_spread(text, begin, equals, at, position, comments))
            begin = -1
        tail = pieces.pop() if stop < last else None
        at += 1
        for piece in pieces:
            name, named, value = piece.partition("=")
            end = at + len(piece)
            if hidden and HIDDEN in piece:
                equals = at + len(name) if named else -1
                position += not named
                found.append(_spread(text, at, equals, end, position, comments))
            elif named:
                fields = name.strip(BLANKS), value.strip(BLANKS), at, at + len(name), end
                found.append(_new(Parameter, fields))
            else:
                position += 1
                found.append(Parameter(str(position), piece, at, -1, end))
            at = end + 1
        if tail is not None:
            begin = at
            equals = begin + sign if (sign := tail.find("=")) >= 0 else -1
    if begin >= 0:
        position += equals < 0
        found.append(_spread(text, begin, equals, last, position, comments))
    return tuple(found)


def _spread(
    text: str, begin: int, equals: int, end: int, position: int, comments: Comments
) -> Parameter:
    """Return an argument in which something stands that is not the call's own.

    `position` is its name where it has no equals sign.
    """
    if equals < 0:
        return Parameter(str(position), text[begin:end], begin, -1, end)
    name, value = _bare(text, begin, equals, comments), text[equals + 1 : end].strip(BLANKS)
    return Parameter(name, value, begin, equals, end)


def _bare(text: str, start: int, end: int, comments: Comments) -> str:
    """Return a piece of text without the comments in it, trimmed."""
    index = bisect_left(comments, (start, 0)) if comments else 0
    if index < len(comments) and comments[index][0] < end:
        pieces = []
        while index < len(comments) and comments[index][0] < end:
            pieces.append(text[start : comments[index][0]])
            start = comments[index][1]
            index += 1
        pieces.append(text[start:end])
        return "".join(pieces).strip(BLANKS)
    return text[start:end].strip(BLANKS)
