"""Fields whose parameter the wiki no longer knows, and the one that took its place."""

from __future__ import annotations

from collections.abc import Callable

from wikibot.discovery.found import FoundField, FoundType
from wikibot.discovery.names import spaced
from wikibot.mapping import Field, PageType, fold
from wikibot.title import canonical_name

_NEAR = 80  # of 100, as rapidfuzz counts


def renamed(existing: PageType, found: FoundType) -> dict[str, FoundField]:
    """Return the id of each field that was renamed → what it is on the wiki now.

    The same property, the same label, or nearly the same name with the same kind; and only
    where one answer is possible.
    """
    known = {name for f in found.fields for name in f.field.parameters}
    gone = [f for f in existing.fields if not f.computed and known.isdisjoint(f.parameters)]
    held = {name for f in existing.fields for name in f.parameters}
    new = [f for f in found.fields if f.field.verified and held.isdisjoint(f.field.parameters)]
    pairs: dict[str, FoundField] = {}
    for alike in (_same_property, _same_label, _near_name):
        for field in gone:
            if field.id in pairs:
                continue
            taken = [f.field.parameter for f in pairs.values()]
            free = [f for f in new if f.field.parameter not in taken]
            matches = [f for f in free if alike(field, f.field)]
            rivals = [
                o for o in gone if o.id not in pairs and matches and alike(o, matches[0].field)
            ]
            if len(matches) == 1 and len(rivals) == 1:
                pairs[field.id] = matches[0]
    return pairs


def _same_property(old: Field, new: Field) -> bool:
    return bool(
        old.property
        and new.property
        and canonical_name(old.property) == canonical_name(new.property)
    )


def _same_label(old: Field, new: Field) -> bool:
    return fold(old.label.fr) == fold(new.label.fr) != ""


def _near_name(old: Field, new: Field) -> bool:
    from rapidfuzz import fuzz

    ratio: Callable[[str, str], float] = fuzz.ratio
    near = ratio(fold(spaced(old.parameter)), fold(spaced(new.parameter))) >= _NEAR
    return near and (old.kind == new.kind or old.many == new.many)
