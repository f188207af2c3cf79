"""The calls of templates in a text, with the place of each parameter."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from operator import attrgetter
from typing import NamedTuple

from wikibot.title import Namespaces
from wikibot.value import BLANKS
from wikibot.wikitext.scan import RawCall, Scan, scanner
from wikibot.wikitext.syntax import FRENCH_WIKI, Syntax

# Translatable wikis call a template through its translation: {{ {{tntn|Name}} |…}}.
_TRANSLATED = re.compile(r"\{\{\s*tntn?\s*\|([^{}|]*)\}\}", re.IGNORECASE)


class Parameter(NamedTuple):
    """One argument of a call.

    `span` is (start, end) of the raw value in the text; `value` is that wikitext, trimmed as
    MediaWiki does where the argument is named. `part` is the whole argument, from behind its
    bar to before the next bar or the closing braces.
    """

    name: str
    value: str
    span: tuple[int, int]
    part: tuple[int, int]
    positional: bool = False


class Transclusion:
    """One live call: normalised name, (start, end) in the text, its arguments.

    `parameters` holds, by name, the one that counts (the last of duplicates); `arguments`
    holds all of them in order. Both are read when first asked for: most calls of a page are
    only looked at by name.
    """

    __slots__ = ("_arguments", "_parameters", "_source", "name", "span")

    def __init__(
        self, name: str, text: str, call: RawCall, comments: list[tuple[int, int]]
    ) -> None:
        """Keep what the arguments are read from."""
        self.name = name
        self.span = (call.start, call.end)
        self._source = (text, call, comments)
        self._arguments: tuple[Parameter, ...] | None = None
        self._parameters: Mapping[str, Parameter] | None = None

    def __repr__(self) -> str:
        """Return name and place."""
        return f"Transclusion({self.name!r}, span={self.span})"

    @property
    def arguments(self) -> tuple[Parameter, ...]:
        """Return every argument in order, duplicates included."""
        if self._arguments is None:
            self._arguments = tuple(_arguments(*self._source))
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
    comments, `<nowiki>`, `<includeonly>` and the wiki's extension tags is no call.

    Raises:
        AmbiguousWikitext: the text leaves more open than any page would.
    """
    found = scanner(syntax.extension_tags).scan(text)
    calls = sorted(found.calls, key=attrgetter("start"))
    comments, namespaces = found.comments, syntax.namespaces
    return tuple(
        Transclusion(_name(text, call, comments, namespaces), text, call, comments)
        for call in calls
    )


def call_at(text: str, found: Scan, start: int, syntax: Syntax) -> Transclusion | None:
    """Return the call of a scanned text that begins at `start`, or None."""
    raw = next((call for call in found.calls if call.start == start), None)
    if raw is None:
        return None
    name = _name(text, raw, found.comments, syntax.namespaces)
    return Transclusion(name, text, raw, found.comments)


def _name(text: str, call: RawCall, comments: list[tuple[int, int]], namespaces: Namespaces) -> str:
    start, end = call.parts[0], call.parts[1]
    name = _bare(text, start, end, comments) if comments else text[start:end].strip(BLANKS)
    if "{{" in name:
        name = _TRANSLATED.sub(r"\1", name).strip(BLANKS)
    return namespaces.template_name(name)


def _arguments(text: str, call: RawCall, comments: list[tuple[int, int]]) -> Iterator[Parameter]:
    position = 0
    parts = iter(call.parts[3:])
    for start, end, equals in zip(parts, parts, parts, strict=True):
        part = start, end
        if equals < 0:
            position += 1
            yield Parameter(str(position), text[start:end], part, part, True)
            continue
        if comments:
            name = _bare(text, start, equals, comments)
        else:
            name = text[start:equals].strip(BLANKS)
        value = text[equals + 1 : end].strip(BLANKS)
        yield Parameter(name, value, (equals + 1, end), part)


def _bare(text: str, start: int, end: int, comments: list[tuple[int, int]]) -> str:
    """Return a piece of text without the comments in it, trimmed."""
    index = bisect_left(comments, (start, 0))
    if index < len(comments) and comments[index][0] < end:
        pieces = []
        while index < len(comments) and comments[index][0] < end:
            pieces.append(text[start : comments[index][0]])
            start = comments[index][1]
            index += 1
        pieces.append(text[start:end])
        return "".join(pieces).strip(BLANKS)
    return text[start:end].strip(BLANKS)
