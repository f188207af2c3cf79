"""Which pages the fields of a record name: pages, files, people, and terms that are pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from wikibot.edits import FieldValue, Record
from wikibot.errors import InvalidTitle
from wikibot.mapping import Mapping, PageType
from wikibot.title import FILE, MAIN, USER, Namespaces, Title

_LINK = re.compile(r"\s*\[\[\s*([^\[\]|]+)(?:\|[^\[\]]*)?\]\]\s*")
_FILE_NAME = re.compile(r"[^/\[\]{}]+\.[A-Za-z0-9]{2,5}\Z")


@dataclass(frozen=True, slots=True)
class Named:
    """One page that a field names: the item as it is written, and the title that it means."""

    found: FieldValue
    item: str
    title: Title


@lru_cache(maxsize=8192)
def title_named(text: str, namespaces: Namespaces, default: int = MAIN) -> Title | None:
    """Return the title that an item means, link or plain; None where it cannot be a page's."""
    link = _LINK.fullmatch(text) if "[[" in text else None
    written = link[1] if link else text
    if "://" in written or (link is None and "[[" in written):
        return None
    try:
        title = namespaces.parse(written, default)
    except InvalidTitle:
        return None
    return title if title.namespace >= 0 else None


def is_readable(found: FieldValue) -> bool:
    """Return whether what a field names can be told from its wikitext alone."""
    return "{{" not in found.wikitext and "<" not in found.wikitext


def pages_named(record: Record, namespaces: Namespaces) -> Iterator[Named]:
    """Yield each page that a field of pages names, each once a field."""
    for found in record.values.values():
        if not found.text or found.field.kind != "page":
            continue
        if found.field.computed or found.is_empty or not is_readable(found):
            continue
        for item in dict.fromkeys(found.items):
            title = title_named(item, namespaces)
            if title is not None:
                yield Named(found, item, title)


def files_named(record: Record, namespaces: Namespaces) -> Iterator[Named]:
    """Yield each file that a field names by what looks like a file's name."""
    for found in record.values.values():
        if not found.text or found.field.kind != "file":
            continue
        if found.field.computed or found.field.wikitext or not is_readable(found):
            continue
        for item in dict.fromkeys(found.items):
            title = title_named(item, namespaces, FILE) if _FILE_NAME.fullmatch(item) else None
            if title and title.namespace == FILE and item not in found.field.placeholders:
                yield Named(found, item, title)


def contacts_named(record: Record, namespaces: Namespaces) -> Iterator[Named]:
    """Yield the one person that a field of its own names: who a page is to be asked about."""
    for found in record.values.values():
        field = found.field
        if field.kind != "user" or field.many or field.computed or found.is_empty:
            continue
        title = title_named(found.text, namespaces) if is_readable(found) else None
        if title is not None and "," not in found.text:
            yield Named(found, found.text, title)


def terms_named(
    record: Record, mapping: Mapping, namespaces: Namespaces
) -> Iterator[tuple[Named, PageType]]:
    """Yield each term that is the title of a page, with the type of that page."""
    for found in record.values.values():
        if not found.items or not found.field.vocabulary or found.field.computed:
            continue
        vocabulary = mapping.vocabulary(found.field)
        of_type = vocabulary and vocabulary.page_type and mapping.page_type(vocabulary.page_type)
        if not vocabulary or not of_type or not is_readable(found):
            continue
        for item in dict.fromkeys(found.items):
            title = title_named(item, namespaces) if vocabulary.term(item) else None
            if title is not None:
                yield Named(found, item, title), of_type


def account(title: Title, namespaces: Namespaces) -> Title:
    """Return the title of the user's page of that name."""
    return title if title.namespace == USER else namespaces.title(USER, title.name)


def titles_to_ask(
    record: Record, mapping: Mapping, namespaces: Namespaces, *, every: bool = True
) -> Iterator[Title]:
    """Yield the titles that fields of pages name and, of `every` kind, those of other fields."""
    for named in pages_named(record, namespaces):
        yield named.title
    if not every:
        return
    for named in files_named(record, namespaces):
        yield named.title
    for named in contacts_named(record, namespaces):
        if named.title.namespace == MAIN:
            yield named.title
        yield account(named.title, namespaces)
    for named, _ in terms_named(record, mapping, namespaces):
        yield named.title
