"""What differs between two values: words of a text, items of a list. Nothing of it is markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from wikibot import value
from wikibot.edits import Change
from wikibot.language import Text, same
from wikibot.mapping import Field, Mapping

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MOST = 1_500  # words of each value that are compared one by one, what is alike at the ends apart
_ALIKE = 0.3  # of a value: where less stays, it is another value and no longer the same text
CUT = "…"


@dataclass(frozen=True)
class Piece:
    """A stretch of a value, and whether the other value does not have it."""

    text: str
    changed: bool


Pieces = tuple[Piece, ...]


def field_of(change: Change, mapping: Mapping) -> Field | None:
    """Return the field that a change is of, None where the mapping does not know it."""
    page_type = mapping.type_of(change.template)
    return page_type.field(change.field) if page_type else None


def name_of(change: Change, field: Field | None) -> Text:
    """Return what people call what changes: a field, a parameter that is none, the bot's part."""
    if change.region:
        return Text(
            f"Partie « {change.region} » tenue par le robot",
            f"Part “{change.region}” kept by the bot",
        )
    return field.label.text if field else same(change.parameter)


def values_of(change: Change, field: Field | None) -> tuple[str, str]:
    """Return the value before and after a change, as a reader of the page sees them.

    Where they look the same, as wikitext: it is that which changes.
    """
    if field is None or field.wikitext:
        return change.old, change.new
    shown = value.decode(change.old), value.decode(change.new)
    return shown if shown[0] != shown[1] else (change.old, change.new)


def differences(old: str, new: str, separator: str = "") -> tuple[Pieces, Pieces]:
    """Return both values in pieces; `separator` is that of a list, whose items are compared.

    An empty piece that is changed stands where the other value has something more.
    """
    if not old or not new:
        return _whole(old), _whole(new)
    before, after = _words(old, separator), _words(new, separator)
    first = _alike(before, after)
    last = _alike(before[first:][::-1], after[first:][::-1])
    gone, come = _between(
        before[first : len(before) - last], after[first : len(after) - last], bool(separator)
    )
    start, end = before[:first], before[len(before) - last :]
    pieces = _joined(start, gone, end), _joined(start, come, end)
    if not separator and _other(pieces[0], old) and _other(pieces[1], new):
        return _whole(old), _whole(new)
    return pieces


def shortened(pieces: Pieces, longest: int) -> Pieces:
    """Return the pieces, with `…` for what is long and stays: `longest` characters of it are left.

    What changes is never cut.
    """
    short = []
    for number, piece in enumerate(pieces):
        if piece.changed or len(piece.text) <= longest + 1:
            short.append(piece)
            continue
        half = longest // 2
        start = "" if number == 0 else _until_blank(piece.text[:half])
        end = "" if number == len(pieces) - 1 else _until_blank(piece.text[::-1][:half])[::-1]
        short.append(replace(piece, text=f"{start}{CUT}{end}"))
    return tuple(short)


def _until_blank(text: str) -> str:
    """Return the beginning of a text, to the end of its last whole word."""
    whole = text.rstrip()[: max(text.rstrip().rfind(" "), 0)]
    return f"{whole} " if whole else text


def _words(text: str, separator: str) -> list[str]:
    if not separator:
        return _WORD.findall(text)
    return [part for part in re.split(rf"({re.escape(separator)}\s*)", text) if part]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words the two have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _between(old: list[str], new: list[str], is_list: bool) -> tuple[list[Piece], list[Piece]]:
    if len(old) > _MOST or len(new) > _MOST:
        return [Piece("".join(old), True)], [Piece("".join(new), True)]
    gone: list[Piece] = []
    come: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        words = "".join(old[a:b])
        # a blank or a comma that stays between two words that go is no island
        stays = kind == "equal" and (is_list or any(map(str.isalnum, words)))
        gone.append(Piece(words, not stays))
        come.append(Piece("".join(new[c:d]), not stays))
    return gone, come


def _joined(start: Sequence[str], middle: Iterable[Piece], end: Sequence[str]) -> Pieces:
    """Return the pieces, neighbours of a kind as one, without empty ones that say nothing."""
    joined: list[Piece] = []
    for piece in (Piece("".join(start), False), *middle, Piece("".join(end), False)):
        if joined and joined[-1].changed == piece.changed:
            joined[-1] = replace(piece, text=joined[-1].text + piece.text)
        elif piece.text or piece.changed:
            joined.append(piece)
    return tuple(joined)


def _other(pieces: Pieces, whole: str) -> bool:
    return sum(len(piece.text) for piece in pieces if not piece.changed) < _ALIKE * len(whole)


def _whole(text: str) -> Pieces:
    return (Piece(text, True),) if text else ()
