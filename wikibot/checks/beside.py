"""What is kept of a record until all others are known, where nobody keeps the pages themselves.

The rules of one record alone have had their say by then; those that look at other pages read
the fields named here, and no others.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from wikibot.checks.cards import fields_of_cards
from wikibot.edits import FieldValue, Record
from wikibot.mapping import Mapping as WikiMapping
from wikibot.mapping import PageType
from wikibot.page import Page
from wikibot.wikitext import Parameter, Transclusion, transclusions


@dataclass(frozen=True, slots=True)
class Kept:
    """One record, but for its page and for the fields that are of no interest any more."""

    page_type: str
    index: int
    name: str
    values: tuple[tuple[str, Parameter | None, str, str, tuple[str, ...]], ...]


class Keeper:
    """Takes what is kept from records of one mapping, and makes records of it again."""

    def __init__(self, mapping: WikiMapping) -> None:
        self._mapping = mapping

    @cached_property
    def _wanted(self) -> Mapping[str, Collection[str]]:
        """The ids of the fields that the rules of `_AMONG` read, by page type."""
        of_cards = fields_of_cards(self._mapping)
        found = {}
        for each in self._mapping.page_types:
            if each.board is not None:
                wanted = {field.id for field in each.fields}
            else:
                wanted = {field.id for field in of_cards[each.id]}
                wanted |= self._mapping.named_back(each).keys()
            found[each.id] = wanted
        return found

    @cached_property
    def _blank(self) -> Mapping[str, tuple[PageType, dict[str, FieldValue]]]:
        return {
            each.id: (
                each,
                {field.id: FieldValue(field, None, "", "", ()) for field in each.fields},
            )
            for each in self._mapping.page_types
        }

    def kept(self, record: Record) -> Kept:
        """Return what is kept of a record."""
        wanted = self._wanted[record.page_type.id]
        values = tuple(
            (field_id, found.parameter, found.wikitext, found.text, found.items)
            for field_id, found in record.values.items()
            if field_id in wanted and found.parameter is not None
        )
        return Kept(record.page_type.id, record.index, record.call.name, values)

    def record(self, kept: Kept, page: Page) -> Record:
        """Return the record again, the fields that were left out empty."""
        page_type, blank = self._blank[kept.page_type]
        values = dict(blank)
        for field_id, parameter, wikitext, text, items in kept.values:
            values[field_id] = FieldValue(blank[field_id].field, parameter, wikitext, text, items)
        return Record(page, page_type, kept.index, _call(kept.name), values, self._mapping)


@cache
def _call(name: str) -> Transclusion:
    """Return a call of that name without arguments, in place of the one that was on the page."""
    return transclusions("{{" + name + "}}")[0]
