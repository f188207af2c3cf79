"""Which pages the fields of a record name: pages, files, people, and terms that are pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wikibot.edits import FieldValue, Record
from wikibot.edits.titles import title_named
from wikibot.mapping import Mapping, PageType
from wikibot.title import FILE, USER, Namespaces, Title

_PAGES, _FILES, _PEOPLE = frozenset({"page"}), frozenset({"file"}), frozenset({"user"})
_FILE_NAME = re.compile(r"[^/\[\]{}]+\.[A-Za-z0-9]{2,5}\Z")


@dataclass(frozen=True, slots=True)
class Named:
    """One page that a field names: the item as it is written, and the title that it means."""

    found: FieldValue
    item: str
    title: Title


def is_readable(found: FieldValue) -> bool:
    """Return whether what a field names can be told from its wikitext alone."""
    return "{{" not in found.wikitext and "<" not in found.wikitext


def pages_named(record: Record, namespaces: Namespaces) -> Iterator[Named]:
    """Yield each page that a field of pages names, each once a field."""
    for found in record.filled(_PAGES):
        if not is_readable(found):
            continue
        for item in dict.fromkeys(found.items):
            title = title_named(item, namespaces)
            if title is not None:
                yield Named(found, item, title)


def files_named(record: Record, namespaces: Namespaces) -> Iterator[Named]:
    """Yield each file that a field names by what looks like a file's name."""
    for found in record.filled(_FILES):
        if found.field.wikitext or not is_readable(found):
            continue
        for item in dict.fromkeys(found.items):
            title = title_named(item, namespaces, FILE) if _FILE_NAME.fullmatch(item) else None
            if title and title.namespace == FILE and item not in found.field.placeholders:
                yield Named(found, item, title)


def contacts_named(record: Record, namespaces: Namespaces) -> Iterator[Named]:
    """Yield the one person that a field of its own names: who a page is to be asked about."""
    for found in record.filled(_PEOPLE):
        if found.field.many:
            continue
        title = title_named(found.text, namespaces) if is_readable(found) else None
        if title is not None and "," not in found.text:
            yield Named(found, found.text, title)


def terms_named(
    record: Record, mapping: Mapping, namespaces: Namespaces
) -> Iterator[tuple[Named, PageType]]:
    """Yield each term that is the title of a page, with the type of that page."""
    for found in record.written:
        vocabulary = mapping.vocabulary(found.field)
        if not vocabulary or not vocabulary.page_type or not is_readable(found):
            continue
        of_type = mapping.page_type(vocabulary.page_type)
        if not of_type:
            continue
        for item in dict.fromkeys(found.items):
            title = title_named(item, namespaces) if vocabulary.term(item) else None
            if title is not None:
                yield Named(found, item, title), of_type


def account(title: Title, namespaces: Namespaces) -> Title:
    """Return the title of the user's page of that name."""
    return title if title.namespace == USER else namespaces.title(USER, title.name)
