"""What the rules of other pages may want to know of a page, and nothing more: it is kept of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wikibot.checks.links import (
    account,
    contacts_named,
    files_named,
    is_readable,
    pages_named,
    terms_named,
)
from wikibot.edits import Record
from wikibot.mapping import Field
from wikibot.mapping import Mapping as WikiMapping
from wikibot.title import MAIN, Namespaces


@dataclass(frozen=True, slots=True)
class Improper:
    """A value that the wiki itself could not read.

    `property` is its name; `told` the value, or words of the wiki that hold it, "" for neither.
    """

    property: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the rules of other pages may want to know of one record; titles are full ones."""

    title: str
    page_type: str
    links: Mapping[str, tuple[str, ...]]  # field of pages → the pages that it names
    unread: frozenset[str]  # fields of pages that a call or a tag may fill with others
    unique: Mapping[str, str]  # field whose value no other page should have → that value
    contacts: Mapping[str, str]  # field of one person → the name
    terms: tuple[str, ...]  # the pages of its terms
    files: tuple[str, ...]


def fields_of_cards(mapping: WikiMapping) -> dict[str, tuple[Field, ...]]:
    """Return, by page type, the fields that a card is made of."""
    return {
        page_type.id: tuple(each for each in page_type.fields if _tells_others(each, mapping))
        for page_type in mapping.page_types
    }


def _tells_others(known: Field, mapping: WikiMapping) -> bool:
    vocabulary = mapping.vocabulary(known)
    return (
        known.kind in ("page", "file", "user")
        or bool(known.unique)
        or (vocabulary is not None and vocabulary.page_type is not None)
    )


def card_of(record: Record, mapping: WikiMapping, namespaces: Namespaces) -> Card:
    """Return the card of a record."""
    links: dict[str, list[str]] = defaultdict(list)
    for named in pages_named(record, namespaces):
        links[named.found.field.id].append(str(named.title))
    values = record.values.values()
    return Card(
        str(record.page.title),
        record.page_type.id,
        {field_id: tuple(titles) for field_id, titles in links.items()},
        frozenset(v.field.id for v in values if v.field.kind == "page" and not is_readable(v)),
        {v.field.id: v.text for v in values if v.field.unique and not v.is_empty},
        {n.found.field.id: str(n.title) for n in contacts_named(record, namespaces)},
        tuple(str(named.title) for named, _ in terms_named(record, mapping, namespaces)),
        tuple(str(named.title) for named in files_named(record, namespaces)),
    )


def titles_to_ask(card: Card, namespaces: Namespaces, *, every: bool = True) -> Iterator[str]:
    """Yield the titles that fields of pages name and, of `every` kind, those of other fields."""
    for titles in card.links.values():
        yield from titles
    if not every:
        return
    yield from card.files
    for name in card.contacts.values():
        person = namespaces.parse(name)
        if person.namespace == MAIN:
            yield name
        yield str(account(person, namespaces))
    yield from card.terms
