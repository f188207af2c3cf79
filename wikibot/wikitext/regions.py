"""The parts of a page that belong to the bot: between two comments of its own, and nowhere else.

    <!-- wikibot:actions 3f2a90c1d4e5 : ce qui suit est écrit par un robot ; … -->
    …
    <!-- /wikibot:actions -->

The first comment bears a digest of what stands between the two, so that an edit by a person is
seen without anything else to remember. Two comments without a digest and with nothing between
them are a place that somebody has chosen for the bot. Comments count where MediaWiki reads them as
such: not in `<nowiki>`, `<pre>` or another comment.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wikibot.errors import AmbiguousWikitext
from wikibot.language import Text
from wikibot.page import canonical
from wikibot.wikitext.scan import RawCall, Scan, scanner
from wikibot.wikitext.syntax import FRENCH_WIKI, Syntax

Trouble = Literal["", "altered", "twice", "unpaired", "nested", "inside"]
NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")

_BLANKS = " \t\n\r\0\x0b"  # what MediaWiki trims at the end of a page
_MARK = re.compile(
    r"<!--\s*(/?)\s*wikibot\s*:\s*([a-z0-9-]{1,40})(?:\s+([0-9a-f]{12}))?\s*(?::.*)?-->", re.S
)
_TOLD = "ce qui suit est écrit par un robot ; écrivez au-dessus ou en dessous"
_NEWLINE = re.compile(r"\r\n|\r|\n")
_MOST = 2  # line ends around a region that goes: one blank line


@dataclass(frozen=True)
class Region:
    """A part of a text: (start, end) with its markers, and what stands between them.

    With a `trouble` nothing may be written: a person wrote inside (`altered`), or the markers
    stand twice, not in pairs, among those of another region, or inside the call of a template.
    """

    name: str
    span: tuple[int, int]
    content: str
    trouble: Trouble = ""


@dataclass(frozen=True)
class _Mark:
    start: int
    end: int
    name: str
    closes: bool
    digest: str


def find_region(text: str, name: str, syntax: Syntax = FRENCH_WIKI) -> Region | None:
    """Return the region of that name, None where the text has none of its markers.

    Raises:
        AmbiguousWikitext: the text leaves more open than any page would.
    """
    if "wikibot" not in text:
        return None
    found = scanner(syntax.extension_tags).scan(text)
    return _region(text, name, found)


def put_region(text: str, name: str, content: str, syntax: Syntax = FRENCH_WIKI) -> str:
    """Return the text with this content in the region, which goes to the end where there is none.

    Everything outside stays as it is, byte for byte, and is read as before. `content` is to be
    `self_contained`; it reads back as it was given.

    Raises:
        AmbiguousWikitext: the region is in trouble, or the page swallows what would be written.
    """
    there = find_region(text, name, syntax)
    block = _block(name, content)
    if there is not None:
        if text[text.rfind("\n", 0, there.span[0]) + 1 :].startswith("="):  # of a heading
            raise _swallowed()
        return _proven(text, there.span, block, name, content, syntax)
    start = len(text.rstrip(_BLANKS))
    lead = "\n\n" if start else ""
    return _proven(text, (start, start), lead + block, name, content, syntax)


def empty_region(text: str, name: str, syntax: Syntax = FRENCH_WIKI) -> str:
    """Return the text with nothing but the two markers left of a region.

    Raises:
        AmbiguousWikitext: the region is in trouble.
    """
    there = find_region(text, name, syntax)
    if there is None:
        return text
    return _proven(text, there.span, f"{_opening(name)}\n{_closing(name)}", name, "", syntax)


def take_region(text: str, name: str, syntax: Syntax = FRENCH_WIKI) -> str:
    """Return the text without a region and its markers, and without the blank line it had.

    Raises:
        AmbiguousWikitext: the region is in trouble.
    """
    there = find_region(text, name, syntax)
    if there is None:
        return text
    start, end = there.span
    before = _line_ends(text[:start], backwards=True)
    after = _line_ends(text[end:])
    last = not text[end:].strip(_BLANKS)
    if last or (text[:start].strip(_BLANKS) and len(before) <= len(after)):
        start -= sum(before)
    else:
        end += sum(after)
    return _proven(text, (start, end), "", name, None, syntax)


def digest(content: str) -> str:
    """Return what tells this content from any other: 12 hexadecimal digits of SHA-256."""
    return hashlib.sha256(canonical(content).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _block(name: str, content: str) -> str:
    return f"{_opening(name, digest(content))}\n{content}\n{_closing(name)}"


def _opening(name: str, of: str = "") -> str:
    return f"<!-- wikibot:{name} {of} : {_TOLD} -->" if of else f"<!-- wikibot:{name} -->"


def _closing(name: str) -> str:
    return f"<!-- /wikibot:{name} -->"


def _line_ends(text: str, *, backwards: bool = False) -> list[int]:
    """Return the lengths of the first (or last) line ends of a text, two at most, the end first."""
    found: list[int] = []
    while len(found) < _MOST:
        match = re.search(r"(?:\r\n|\r|\n)\Z", text) if backwards else _NEWLINE.match(text)
        if match is None:
            break
        found.append(len(match[0]))
        text = text[: match.start()] if backwards else text[match.end() :]
    return found


# --- reading ---


def _region(text: str, name: str, found: Scan) -> Region | None:
    marks = list(_marks(text, found))
    ours = [mark for mark in marks if mark.name == name]
    if not ours:
        return None
    whole = (ours[0].start, ours[-1].end)
    first, last = ours[0], ours[-1]
    if len(ours) != 2 or first.closes or not last.closes:
        twice = sum(mark.closes for mark in ours) > 1 or sum(not m.closes for m in ours) > 1
        return Region(name, whole, "", "twice" if twice else "unpaired")
    inner = text[first.end : last.start]
    content = canonical(inner).removeprefix("\n")
    trouble: Trouble = ""
    if _among_others(marks, first, last):
        trouble = "nested"
    elif any(_crosses(call, first, last) for call in found.calls):
        trouble = "inside"
    elif inner.strip(_BLANKS) and first.digest != digest(content):
        trouble = "altered"
    return Region(name, whole, content if inner.strip(_BLANKS) else "", trouble)


def _marks(text: str, found: Scan) -> Iterator[_Mark]:
    for start, end in _comments(text, found):
        match = _MARK.fullmatch(text, start, end)
        if match:
            yield _Mark(start, end, match[2], bool(match[1]), match[3] or "")


def _comments(text: str, found: Scan) -> Iterator[tuple[int, int]]:
    """Yield each comment alone: those on one line come from the scan as one, with their blanks."""
    for start, stop in found.comments:
        here = text.find("<!--", start, stop)
        while here >= 0:
            end = text.find("-->", here + 4, stop)
            if end < 0:
                break  # never closed: it is no marker, and goes to the end
            yield here, end + 3
            here = text.find("<!--", end + 3, stop)


def _among_others(marks: list[_Mark], first: _Mark, last: _Mark) -> bool:
    """Return whether markers of another region stand between these two, or around them."""
    others = [mark for mark in marks if mark.name != first.name]
    if any(first.start < mark.start < last.start for mark in others):
        return True
    opened = {mark.name for mark in others if not mark.closes and mark.start < first.start}
    return any(mark.closes and mark.start > last.start and mark.name in opened for mark in others)


def _crosses(call: RawCall, first: _Mark, last: _Mark) -> bool:
    """Return whether a call is neither before nor behind nor inside a region."""
    outside = call.end <= first.start or call.start >= last.end
    return not (outside or (first.end <= call.start and call.end <= last.start))


# --- proof ---


def _proven(
    text: str, span: tuple[int, int], new: str, name: str, content: str | None, syntax: Syntax
) -> str:
    """Return the text with `new` in place of a span, once it is certain that this is all.

    All that is called or commented outside stands where it stood, and the region reads back.
    `content` is None where there is to be no region any more.
    """
    scan = scanner(syntax.extension_tags).scan
    result = text[: span[0]] + new + text[span[1] :]
    before, after = scan(text), scan(result)
    was, now = _region(text, name, before), _region(result, name, after)
    come = (span[0], span[0] + len(new))
    right = (
        now is None
        if content is None
        else now is not None and not now.trouble and now.content == canonical(content)
    )
    if (was is not None and was.trouble) or not right:
        raise _swallowed()
    if _outside(text, before, span, len(new)) != _outside(result, after, come, len(new)):
        raise _swallowed()
    return result


def _outside(
    text: str, found: Scan, span: tuple[int, int], length: int
) -> tuple[set[tuple[int, ...]], set[tuple[int, ...]]]:
    """Return where calls and comments outside a span are, once that is `length` long."""
    start, end = span
    shift = length - (end - start)

    def at(places: tuple[int, ...]) -> tuple[int, ...]:
        if places[1] <= start:
            return places
        return tuple(place + shift if place >= end else place for place in places)

    calls = {
        at((call.start, call.end, *call.parts))
        for call in found.calls
        if not (start <= call.start and call.end <= end)
    }
    comments = {
        at(span) for span in _comments(text, found) if not (start <= span[0] and span[1] <= end)
    }
    return calls, comments


def _swallowed() -> AmbiguousWikitext:
    return AmbiguousWikitext(
        Text(
            "La page ne se lit pas avec certitude à l'endroit où le robot écrirait : rien n'y est "
            "écrit.",
            "The page cannot be read with certainty where the bot would write: nothing is written.",
        ),
        Text(
            "Cherchez dans la page un commentaire, une balise ou des accolades jamais refermés.",
            "Look in the page for a comment, a tag or braces that are never closed.",
        ),
    )
