"""What an overview shows of each page type: as the mapping says, else by the kinds of fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wikibot.mapping import Field, Mapping, PageType
from wikibot.mapping.overview import Overview
from wikibot.mapping.shown import names_people
from wikibot.overviews.collection import Collection, Member

_SHORT = frozenset({"term", "date", "number", "amount", "boolean", "page"})
_MOST_COLUMNS = 8


class Shown(NamedTuple):
    """A page type that an overview shows, how, and its members in the order of their titles."""

    page_type: PageType
    settings: Overview
    members: tuple[Member, ...]

    def field(self, field_id: str) -> Field:
        """Return one of its fields, which the mapping is known to have."""
        found = self.page_type.field(field_id)
        assert found is not None
        return found

    @property
    def pages(self) -> int:
        """Return how many pages they stand on: a page may have several entries."""
        return len({member.title for member in self.members})


def settings_of(page_type: PageType, mapping: Mapping) -> Overview:
    """Return what the mapping says of a page type; where it says nothing, what its kinds suggest.

    Of persons and of the pages that a board shows nothing is shown but what the mapping names.
    """
    people = mapping.people
    if page_type.overview is not None:
        return page_type.overview
    if page_type.id in people or page_type.board is not None or page_type.namespace:
        return Overview()
    fields = [f for f in page_type.fields if not names_people(f, people) and f.kind != "email"]
    terms = tuple(f.id for f in fields if f.kind == "term" and f.same_as is None)
    texts = [f.id for f in fields if f.kind == "text" and f.required]
    shown = [f.id for f in fields if f.kind in _SHORT and f.same_as is None]
    return Overview(
        glance=tuple(dict.fromkeys((*texts[:1], *terms, *shown)))[:_MOST_COLUMNS],
        counts=(*terms, *(f.id for f in fields if f.kind == "boolean")),
        together=tuple(f.id for f in fields if f.kind == "term" and f.many),
        amount=next((f.id for f in fields if f.kind == "amount"), None),
        amount_by=next((f.id for f in fields if f.kind == "term"), None),
        place=next((f.id for f in fields if f.kind == "coordinates"), None),
        near_by=tuple(dict.fromkeys((*texts, *(f.id for f in fields if f.keywords), *terms))),
        near=next((f.id for f in fields if f.mutual), None),
    )


def shown_types(collection: Collection) -> tuple[Shown, ...]:
    """Return the page types that have members and something to show, in order of reading.

    Those of the lowest rank lead, of one rank those of most pages; what stands on pages of
    another type follows that type.
    """
    by_type: dict[str, list[Member]] = {}
    for member in collection.members:
        by_type.setdefault(member.page_type, []).append(member)
    found = [
        Shown(each, settings, tuple(by_type[each.id]))
        for each in collection.mapping.page_types
        if each.id in by_type and (settings := settings_of(each, collection.mapping)) != _NOTHING
    ]
    leading = [shown for shown in found if shown.page_type.part_of is None]
    leading.sort(key=lambda shown: (shown.settings.rank, -shown.pages))
    return tuple(_with_parts(leading, [s for s in found if s.page_type.part_of is not None]))


def _with_parts(leading: list[Shown], parts: list[Shown]) -> Iterator[Shown]:
    for each in leading:
        yield each
        yield from (part for part in parts if part.page_type.part_of == each.page_type.id)
    there = {each.page_type.id for each in leading}
    yield from (part for part in parts if part.page_type.part_of not in there)


_NOTHING = Overview()
