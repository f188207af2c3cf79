"""The lines of running text in a field, as its readers see them: headings, items, rows, sentences.

What is cut out of the text stays a piece of it, so that a person can find it on the page again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from wikibot import value

Kind = Literal["heading", "bold", "item", "line", "row"]

_HOLE = "\0"  # stands for each character that no reader sees: all places stay as they are
_MEDIA = r"(?:fichier|file|image|catégorie|category|média|media)"
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(ref|gallery|math|pre|syntaxhighlight|source|style)\b[^<>]*(?:/>|>.{0,5000}?</\1\s*>)"
    rf"|\[\[\s*{_MEDIA}\s*:(?:[^\[\]]|\[\[[^\[\]]*\]\])*\]\]",
    re.S | re.I,
)
_CALL = re.compile(r"\{\{[^{}]*\}\}")
_DEEPEST = 20  # calls within calls
_BAR = "{{!}}"
_BREAK = re.compile(r"<(?:br|/?p|/li|/?[ou]l|/?div)\b[^<>]*>", re.I)
_HTML_ITEM = re.compile(r"<li\b[^<>]*>", re.I)
_LINK = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*)\]\]")
_OUTSIDE = re.compile(r"\[(?:https?:|mailto:|ftp:)?//[^\s\]]*(?:\s+([^\]\n]*))?\]", re.I)
_MAIL = re.compile(r"\[mailto:[^\s\]]*(?:\s+([^\]\n]*))?\]", re.I)
_TAG = re.compile(r"</?[a-z][^<>\n]*>", re.I)
# What may be left of markup that was never closed, or that entities spell.
_LEFT = re.compile(
    r"'{2,}|\[\[|\]\]|\{\{|\}\}|\{\||\|\}|={2,}|~{3,}|_{2,}|</?(?=[A-Za-z!])|\[(?=https?:|//)"
)
_HEADING = re.compile(r"(={1,6})(.+?)\1\s*\Z")
_BOLD = re.compile(r"'{3,5}([^'].*?)'{3,5}\s*:?\s*\Z")
_ITEM = re.compile(r"([*#:;]+)(.*)\Z", re.S)
# Lists as people type them who do not know the signs of a wiki; a ticked box is not a mere sign.
_TYPED = r"[-–—•◦▪‣→]|\(?\d{1,2}[.)](?!\d)|\d{1,2}[°/-](?=\s)"
_TYPED_SIGN = re.compile(rf"(?:{_TYPED})\s*(?=\S)")
_TYPED_ITEM = re.compile(rf"(?:{_TYPED}|[✓✔☐☑☒✅]|\[[ xX]?\])\s*(?=\S)")
_MORE = re.compile(r"\n\s*[*#:;]+")  # the signs of a line that goes on the one before it
_SIGNS = re.compile(rf"[\s{_HOLE}]*(?:[*#:;]+[\s{_HOLE}]*)?")
_END = re.compile(r"(?:[.!?…]|(?<=\w\w\)))[»\"”]?\s+(?=[«“\"'\[]*\s?[A-ZÀ-ÖØ-Þ])")
_SHORT = re.compile(
    r"(?:\b(?:[A-ZÀ-Þ]|MM|Mme|Dr|St|Ste|ex|cf|env|art|p|no|n°|min|max|tél|av))\.\s*\Z"
)


@dataclass(frozen=True)
class Block:
    """One line of a text as its readers see it: `text` is plain, `source` a piece of the wikitext.

    `level` is the depth of a heading or of a list item. `sentences` are (plain, source), in order;
    `cells` those of a row. `close` says that it stands directly below the line before it.
    """

    kind: Kind
    level: int
    text: str
    source: str
    sentences: tuple[tuple[str, str], ...] = ()
    cells: tuple[str, ...] = ()
    close: bool = False


def blocks(wikitext: str) -> tuple[Block, ...]:
    """Return the lines of a text that say something, in their order.

    A line that goes on the one before it (it begins in lower case, or `*:` says so) is part of it.
    """
    seen = _seen(wikitext)
    found = [_block(wikitext, seen, part) for part in _parts(seen)]
    return tuple(block for block in found if block.text)


def plain(wikitext: str) -> str:
    """Return the words of wikitext that a reader sees, on one line and without any markup."""
    return _plain(_seen(wikitext))


def _seen(wikitext: str) -> str:
    """Return the text with a hole for each character that no reader sees, in the same places."""
    seen = _UNSEEN.sub(_hole, wikitext).replace(_BAR, "|" + _HOLE * 4)
    for _ in range(_DEEPEST):
        seen, found = _CALL.subn(_hole, seen)
        if not found:
            break
    seen = _HTML_ITEM.sub(lambda m: "\n*" + _HOLE * (len(m[0]) - 2), seen)
    return _BREAK.sub(lambda m: "\n" + _HOLE * (len(m[0]) - 1), seen)


def _hole(found: re.Match[str]) -> str:
    return _HOLE * len(found[0])


class _Part(NamedTuple):
    """A piece of the text: `below` says that it stands directly below the one before it."""

    kind: Kind
    level: int
    start: int
    end: int
    below: bool = False


def _parts(seen: str) -> Iterator[_Part]:
    """Yield the lines, those that go on put together, and the rows of tables."""
    waiting: _Part | None = None
    row: list[int] = []  # the places of its lines
    table = below = False
    place = 0
    for line in (*seen.split("\n"), None):
        bare = "" if line is None else line.replace(_HOLE, "").strip()
        start, end = place, place + len(line or "")
        place = end + 1
        if row and (line is None or bare.startswith(("|-", "|}", "{|"))):
            yield _Part("row", 0, row[0], row[-1])
            row = []
        if line is None:
            break
        if table or bare.startswith("{|"):
            if waiting:
                yield waiting
                waiting = None
            table = not bare.startswith("|}")
            if bare and not bare.startswith(("|-", "{|", "|+", "|}", "!")):
                row += [start, end]
        elif not bare:
            below = below and _HOLE in line  # a comment alone on its line parts nothing
        else:
            kind, level, goes_on = _kind(bare)
            if waiting and below and (goes_on or _goes_on(seen, waiting, kind, bare)):
                waiting = waiting._replace(end=end)
            else:
                if waiting:
                    yield waiting
                waiting = _Part(kind, level, start, end, below)
            below = True
    if waiting:
        yield waiting


def _kind(bare: str) -> tuple[Kind, int, bool]:
    """Return what a line is, how deep, and whether it says itself that it goes on another one."""
    heading = _HEADING.match(bare)
    if heading:
        return "heading", len(heading[1]), False
    item = _ITEM.match(bare)
    if item and item[2].strip():
        signs = item[1]
        return "item", len(signs), len(signs) > 1 and signs.endswith(":")
    if _TYPED_ITEM.match(bare):
        return "item", 1, False
    return ("bold" if _BOLD.match(bare) else "line"), 0, False


def _goes_on(seen: str, waiting: _Part, kind: Kind, bare: str) -> bool:
    before = seen[waiting.start : waiting.end].replace(_HOLE, "").rstrip()
    return (
        kind == "line"
        and waiting.kind in ("item", "line")
        and (bare[0].islower() or bare[0] in "(«")
        and not before.endswith((".", "!", "?", ":", ";"))
    )


def _block(wikitext: str, seen: str, part: _Part) -> Block:
    shown = seen[part.start : part.end]
    whole = _trimmed(wikitext, seen, part.start, part.end)
    if part.kind == "row":
        cells = tuple(_cells(shown))
        return Block("row", 0, " : ".join(filter(None, cells)), whole, (), cells)
    if part.kind == "heading":
        words = _plain(_HEADING.sub(r"\2", shown.replace(_HOLE, "").strip()))
        return Block("heading", part.level, words, whole)
    lead = _lead(shown)
    sentences = tuple(
        (words, _trimmed(wikitext, seen, part.start + first, part.start + last))
        for first, last in _sentences(shown, lead)
        if (words := _plain(shown[first:last]))
    )
    words = _plain(shown[lead:])
    source = _trimmed(wikitext, seen, part.start + lead, part.end)
    return Block(part.kind, part.level, words, source, sentences, (), part.below)


def _lead(shown: str) -> int:
    """Return how many characters of a line are blanks and the signs of a list."""
    signs = _SIGNS.match(shown)
    place = signs.end() if signs else 0
    typed = _TYPED_SIGN.match(shown, place)
    return typed.end() if typed else place


def _sentences(shown: str, lead: int) -> Iterator[tuple[int, int]]:
    first = lead
    for found in _END.finditer(shown, lead):
        if _SHORT.search(shown[max(first, found.end() - 8) : found.end()]):
            continue
        yield first, found.end()
        first = found.end()
    yield first, len(shown)


def _cells(shown: str) -> Iterator[str]:
    for line in shown.split("\n"):
        bare = line.replace(_HOLE, "").strip()
        if not bare.startswith(("|", "!")):
            continue
        for cell in re.split(r"\|\||!!", bare[1:]):
            attributes, bar, rest = cell.partition("|")
            yield _plain(rest if bar and "=" in attributes and "[[" not in attributes else cell)


def _trimmed(wikitext: str, seen: str, start: int, end: int) -> str:
    while start < end and (seen[start].isspace() or seen[start] == _HOLE):
        start += 1
    while end > start and (seen[end - 1].isspace() or seen[end - 1] == _HOLE):
        end -= 1
    return wikitext[start:end]


def _plain(shown: str) -> str:
    text = _MORE.sub(" ", shown.replace(_HOLE, ""))
    text = _LINK.sub(r"\1", text)
    text = _OUTSIDE.sub(lambda m: m[1] or "", text)
    text = _MAIL.sub(lambda m: m[1] or "", text)
    text = value.decode(_TAG.sub("", text))
    while (fewer := _LEFT.sub("", _TAG.sub("", text))) != text:
        text = fewer
    text = "".join(" " if c in "\t\n\r\v\f" else c for c in text if _is_shown(c))
    return " ".join(text.split())


def _is_shown(c: str) -> bool:
    return c in "\t\n\r\v\f" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn", "Co")
