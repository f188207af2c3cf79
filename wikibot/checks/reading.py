"""What several rules look for in a record: filled fields, plain values, items of lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from wikibot import value
from wikibot.edits import FieldValue, Record
from wikibot.errors import UnsafeValue
from wikibot.mapping import Field, Kind, Mapping
from wikibot.mapping import fold as _fold

_LOOSE = re.compile(r"[\s_’'‐‑–—-]+")
_TRAILING_CLAUSE = re.compile(r"\s*\([^()]*\)\s*\Z")
_LEADING_CODE = re.compile(r"\A(?:[A-Z]|\d{1,2})\s*-\s+")

fold = lru_cache(maxsize=8192)(_fold)


def plain(record: Record, kinds: frozenset[Kind]) -> Iterator[FieldValue]:
    """Yield the filled fields of these kinds whose value is plain."""
    for found in record.filled(kinds):
        if found.is_plain:
            yield found


def is_free(field: Field, mapping: Mapping) -> bool:
    """Return whether people write what they like into the field: no closed vocabulary."""
    vocabulary = mapping.vocabulary(field)
    return vocabulary is None or vocabulary.open


@lru_cache(maxsize=8192)
def loose(text: str) -> str:
    """Return `text` without what people vary: case, accents, blanks, hyphens, apostrophes.

    Other signs stay, so that C and C++ remain two things.
    """
    return _LOOSE.sub(" ", "".join(_bare(part) for part in re.split(r"(\W)", text))).strip()


def _bare(word: str) -> str:
    return fold(word) or word


def bare_name(term: str) -> str:
    """Return the name of a term alone: no path, no leading code, no clause in brackets.

    `E- Mobilités et logistiques` gives `Mobilités et logistiques`, `Général/Enjeux` `Enjeux`.
    """
    return _LEADING_CODE.sub("", _TRAILING_CLAUSE.sub("", term)).rpartition("/")[2]


def capitalised(text: str) -> str:
    """Return `text` with a capital first letter."""
    first = text[:1].upper()
    return first + text[1:] if len(first) == 1 else text


def joined(items: Iterable[str], found: FieldValue) -> str | None:
    """Return the wikitext of a list in the style of `found`, None where it cannot be written."""
    try:
        return value.join(items, found.field.separator, found.wikitext)
    except UnsafeValue:
        return None


def encoded(text: str) -> str | None:
    """Return the wikitext of a plain value, None where it cannot be written."""
    try:
        return value.encode(text)
    except UnsafeValue:
        return None


def replaced(found: FieldValue, old: str, new: Sequence[str]) -> str | None:
    """Return the wikitext of the field with `new` for the item `old`, no new item twice."""
    if not found.field.many:
        return encoded(new[0]) if len(new) == 1 else None
    kept = set(found.items) - {old}
    items: list[str] = []
    for item in found.items:
        if item != old:
            items.append(item)
            continue
        fresh = [label for label in dict.fromkeys(new) if label not in kept]
        kept.update(fresh)
        items += fresh
    return joined(items, found)


def without(found: FieldValue, gone: Iterable[str]) -> str | None:
    """Return the wikitext of a list without some items."""
    away = set(gone)
    return joined([item for item in found.items if item not in away], found)
