"""A wiki as a snapshot keeps it, small and without persons: to tell later what has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from wikibot.mapping import Field
from wikibot.mapping import Mapping as WikiMapping
from wikibot.mapping.shown import names_people

_SHOWN = frozenset(("term", "page", "date", "number", "amount", "boolean"))
_SILENT = frozenset(("user", "email", "page"))  # pages that are hashed are those of persons
_LETTERS = 12  # of a digest: 48 bits, by which a text is told from its next version
FILLED = "1"


@dataclass(frozen=True, slots=True)
class Kept:
    """One member: what can be shown later, and of all else a digest that tells whether it changed.

    `values` are its terms, keywords, dates, numbers and pages, field by field. Texts, persons and
    addresses are not kept: `digests` holds a few letters of a hash for a text, and for persons
    and ways to reach them only that something stands there.
    """

    pageid: int
    title: str
    page_type: str
    index: int
    revid: int
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)

    @property
    def filled(self) -> frozenset[str]:
        """Return the ids of the fields in which something stands."""
        return frozenset(self.values) | frozenset(self.digests)


@dataclass(frozen=True, slots=True)
class KeptAction:
    """One action: its page, and whether it was done."""

    pageid: int
    title: str
    done: bool


@dataclass(frozen=True)
class Taken:
    """A wiki on a day. `moment` is in UTC; `mapping` is the id of the one it was read with."""

    day: date
    moment: datetime
    mapping: str
    members: tuple[Kept, ...]
    actions: tuple[KeptAction, ...] = ()


def keeps_value(field: Field, mapping: WikiMapping) -> bool:
    """Return whether a snapshot keeps what stands in a field, rather than a digest of it."""
    if names_people(field, mapping.people):
        return False
    return field.kind in _SHOWN or field.keywords


def digest(field: Field, items: Iterable[str]) -> str:
    """Return a few letters that change when the value does; of persons and mails nothing does."""
    if field.kind in _SILENT or field.contact:
        return FILLED
    return hashlib.sha256("\n".join(items).encode("utf-8", "replace")).hexdigest()[:_LETTERS]
