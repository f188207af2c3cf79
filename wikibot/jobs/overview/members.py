"""A page as the members of an overview: what may be told of it, in words that can be counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC

from wikibot.checks.terms import labels_meant
from wikibot.contacts import without_contacts
from wikibot.edits import FieldValue, Record, records_of
from wikibot.edits.titles import person_named, title_named
from wikibot.mapping import Field, Mapping, PageType
from wikibot.mapping.shown import names_people
from wikibot.overviews.collection import Member
from wikibot.overviews.settings import settings_of
from wikibot.overviews.taken import digest, keeps_value
from wikibot.page import Page
from wikibot.redaction import HIDDEN, redacted
from wikibot.title import Namespaces
from wikibot.wikitext import Syntax, redirect_target

_MARKUP = re.compile(
    r"'{2,}|\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]|\[(?:https?:)?//\S+[ \t]+([^\]\n]*)\]"
)

Read = Callable[[FieldValue], tuple[str, ...]]


def members_of(
    page: Page, mapping: Mapping, syntax: Syntax, *, with_contacts: bool = False
) -> tuple[Member, ...]:
    """Return the members that a page is, none where it is a redirect.

    Raises:
        AmbiguousWikitext: the page cannot be read with certainty.
    """
    return Reader(mapping, syntax, with_contacts=with_contacts).members(page)


class Reader:
    """Makes members of many pages: what is the same for all of them is found out once."""

    def __init__(
        self,
        mapping: Mapping,
        syntax: Syntax,
        *,
        chosen: Mapping | None = None,
        with_contacts: bool = False,
    ) -> None:
        """Read by the page types of `chosen`, a part of the mapping, where it is given."""
        self._mapping = mapping
        self._chosen = mapping if chosen is None else chosen
        self._syntax = syntax
        self._bare: Callable[[str], str] = redacted if with_contacts else _bare
        self._told = {
            page_type.id: dict(self._fields_told(page_type)) for page_type in mapping.page_types
        }
        self._hashed = {
            page_type.id: {f.id for f in page_type.fields if not keeps_value(f, mapping)}
            for page_type in mapping.page_types
        }
        self._labels: dict[tuple[str, bool, tuple[str, ...]], tuple[str, ...]] = {}
        self._filled: dict[frozenset[str], frozenset[str]] = {}

    def members(self, page: Page) -> tuple[Member, ...]:
        """Return the members that a page is; see `members_of`."""
        return tuple(map(self.member, self.records(page)))

    def records(self, page: Page) -> tuple[Record, ...]:
        """Return the calls that count: the first of each type, all of one that repeats.

        Raises:
            AmbiguousWikitext: the page cannot be read with certainty.
        """
        if redirect_target(page.text) is not None:
            return ()
        found = []
        seen: set[str] = set()
        for record in records_of(page, self._chosen, self._syntax):
            page_type = record.page_type
            if page_type.repeats or page_type.id not in seen:
                found.append(record)
            seen.add(page_type.id)
        return tuple(found)

    def member(self, record: Record) -> Member:
        """Return the member that a call is."""
        told, hashed = self._told[record.page_type.id], self._hashed[record.page_type.id]
        held = {name: found for name, found in record.values.items() if not found.is_empty}
        values = {}
        for name, found in held.items():
            read = told.get(name)
            if read is not None and (items := read(found)):
                values[name] = items
        filled = frozenset(held)
        return Member(
            title=f"{record.page.title}",
            pageid=record.page.id,
            revid=record.page.revision.id,
            page_type=record.page_type.id,
            index=record.index,
            edited=record.page.revision.timestamp.astimezone(UTC),
            values=values,
            filled=self._filled.setdefault(filled, filled),
            digests={
                name: digest(found.field, found.items)
                for name, found in held.items()
                if name in hashed
            },
        )

    def _fields_told(self, page_type: PageType) -> Iterator[tuple[str, Read]]:
        settings = settings_of(page_type, self._mapping)
        named = {*settings.glance, *settings.counts, *settings.near_by}
        for field in page_type.fields:
            long = field.kind == "longtext" or field.wikitext
            person = names_people(field, self._mapping.people)
            if field.kind == "email" or (long and field.id not in named):
                continue
            if not person or field.id in settings.glance:
                yield field.id, self._reader(field)

    def _reader(self, field: Field) -> Read:
        namespaces, bare = self._syntax.namespaces, self._bare
        if field.vocabulary:
            return self._terms
        if field.kind == "user":
            return lambda found: _each(bare(person_named(i, namespaces)) for i in found.items)
        if field.kind == "page":
            # the title of a page is public, but a mail in the place of one is not
            return lambda found: _each(bare(_title(item, namespaces)) for item in found.items)
        seen = _seen if field.kind == "text" else str
        return lambda found: _each(bare(seen(item)) for item in found.items)

    def _terms(self, found: FieldValue) -> tuple[str, ...]:
        vocabulary = self._mapping.vocabulary(found.field)
        assert vocabulary is not None  # the mapping was checked when it was loaded
        key = vocabulary.id, found.field.many, found.items
        known = self._labels.get(key)
        if known is None:
            meant = labels_meant(found, vocabulary)
            known = _each(label if vocabulary.term(label) else self._bare(label) for label in meant)
            self._labels[key] = known
        return known


def _each(values: Iterator[str]) -> tuple[str, ...]:
    """Return the values that are any, each once, in their order."""
    return tuple(value for value in dict.fromkeys(values) if value and value != HIDDEN)


def _bare(text: str) -> str:
    return without_contacts(redacted(text), HIDDEN, HIDDEN)


def _seen(text: str) -> str:
    """Return a short text without quotes for bold and without the brackets of links."""
    if "''" not in text and "[" not in text:
        return text
    return _MARKUP.sub(lambda m: m[1] or m[2] or "", text).strip()


def _title(item: str, namespaces: Namespaces) -> str:
    title = title_named(item, namespaces)
    return f"{title}" if title else item
