"""The pages of a vocabulary whose terms are pages: labels, licences, challenges."""

from __future__ import annotations

from collections.abc import Iterator

from wikibot import value
from wikibot.installation.facilities import Facilities
from wikibot.mapping import Mapping, PageType, Term, Vocabulary


def term_pages(mapping: Mapping, facilities: Facilities) -> Iterator[tuple[str, str]]:
    """Yield title and text of the page of each term that is one, in Page Forms' layout.

    Those of a namespace that the wiki lacks are left out: they would be lost behind it once it
    is there.
    """
    known = dict(facilities.namespaces.names)
    for vocabulary in mapping.vocabularies:
        page_type = mapping.page_type(vocabulary.page_type or "")
        if page_type is None or page_type.namespace not in known:
            continue
        for term in vocabulary.terms:
            yield term.label, _text(term, vocabulary, page_type, facilities)


def _text(term: Term, vocabulary: Vocabulary, page_type: PageType, facilities: Facilities) -> str:
    told = {
        field_id: words
        for key, field_id in vocabulary.page_fields.items()
        if (words := _told(term, key, facilities))
    }
    lines = [
        f"|{field.parameter}={value.encode(told[field.id])}\n"
        for field in page_type.fields
        if field.id in told
    ]
    return f"{{{{{page_type.template}\n{''.join(lines)}}}}}\n"


def _told(term: Term, key: str, facilities: Facilities) -> str:
    """Return what a term says of one thing, "" where it says nothing."""
    if key == "label":
        return term.label
    if key == "name":
        number, rest = facilities.namespaces.split(term.label)
        return term.label if number is None else rest.strip()
    if key == "open":
        if term.open is None:
            return ""
        return facilities.say("oui", "yes") if term.open else facilities.say("non", "no")
    found = {"code": term.code, "url": term.url, "since": term.since, "until": term.until}[key]
    return "" if found is None else str(found)
