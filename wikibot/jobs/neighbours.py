"""Reads, in batches, what the rules want to know beside the pages that are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice

from wikibot.checks.links import title_named, titles_to_ask
from wikibot.checks.neighbours import Card, Neighbours, card_of
from wikibot.edits import Record, records_of
from wikibot.errors import AmbiguousWikitext
from wikibot.mapping import Mapping as WikiMapping
from wikibot.page import Page, Standing
from wikibot.title import FILE
from wikibot.wiki import Wiki
from wikibot.wikitext import redirect_target

_SOME_FILES = 40
_LONGEST_RUN = 3  # items of a list that may be one title with the separator in it


def neighbours_of(
    pages: Sequence[Page],
    mapping: WikiMapping,
    wiki: Wiki,
    today: date,
    *,
    collection: bool = True,
    whole: bool = False,
) -> Neighbours:
    """Return what is known beside these pages.

    Costs a request for each batch of titles that they name and that are not read anyway: of
    other pages alone or, with `collection`, of files, contacts and terms too. Then every other
    page of the mapping's templates is read as well, unless these are the `whole` of them. In a
    dump it is the day of its latest edit: it knows nothing of later ones.

    Raises:
        InputError, Unavailable, AccessError: the wiki cannot be read.
    """
    cards: dict[str, list[Card]] = {}
    asked: dict[str, None] = {}
    lists: list[tuple[str, ...]] = []
    read: set[str] = set()
    latest = datetime.min.replace(tzinfo=UTC)

    def take(page: Page) -> tuple[Record, ...]:
        nonlocal latest
        read.add(str(page.title))
        latest = max(latest, page.revision.timestamp)
        records = _records(page, mapping, wiki)
        if records:
            cards[str(page.title)] = [
                card_of(record, mapping, wiki.syntax.namespaces) for record in records
            ]
        return records

    for page in pages:
        for record in take(page):
            named = titles_to_ask(record, mapping, wiki.syntax.namespaces, every=collection)
            asked |= dict.fromkeys(map(str, named))
            lists += _long_lists(record)
    if collection and not whole:
        for page in wiki.pages_with(mapping.templates):
            if str(page.title) not in read:
                take(page)
    known = _standing([title for title in asked if title not in cards], wiki)
    if collection:
        known |= _standing((*_runs(lists, known, wiki), *_more_files(cards, known)), wiki)
    return Neighbours(
        {title: tuple(found) for title, found in cards.items()},
        known,
        wiki.syntax.namespaces,
        whole=collection or whole,
        proven=wiki.writable and wiki.home is None,
        today=today if wiki.writable else min(today, latest.date()),
    )


def _records(page: Page, mapping: WikiMapping, wiki: Wiki) -> tuple[Record, ...]:
    """Return the records of a page; none where it is a redirect or cannot be read."""
    if redirect_target(page.text) is not None:
        return ()
    try:
        return records_of(page, mapping, wiki.syntax)
    except AmbiguousWikitext:
        return ()


def _standing(titles: Iterable[str], wiki: Wiki) -> dict[str, Standing]:
    """Return what the wiki says of titles, and of where redirects lead."""
    wanted = list(dict.fromkeys(titles))
    known: dict[str, Standing] = {}
    while wanted:
        told = wiki.standing(wanted)
        asked = {*known, *wanted}
        known |= told
        targets = (standing.target for standing in told.values() if standing.target)
        led = (title_named(target, wiki.syntax.namespaces) for target in targets)
        wanted = [str(t) for t in dict.fromkeys(led) if t and str(t) not in asked | known.keys()]
    return known


def _more_files(
    cards: Mapping[str, Sequence[Card]], known: Mapping[str, Standing]
) -> Iterator[str]:
    """Yield some files of other pages where those asked for are missing: has the wiki any?"""
    files = [s for s in known.values() if s.title.namespace == FILE]
    if files and not any(standing.there for standing in files):
        others = (file for of_page in cards.values() for card in of_page for file in card.files)
        yield from islice((file for file in others if file not in known), _SOME_FILES)


def _long_lists(record: Record) -> Iterator[tuple[str, ...]]:
    """Yield the lists of pages in which a title may have been cut in pieces."""
    for found in record.values.values():
        if found.field.kind == "page" and len(found.items) > 1 and found.field.many:
            yield (found.field.separator, *found.items)


def _runs(
    lists: Iterable[tuple[str, ...]], known: Mapping[str, Standing], wiki: Wiki
) -> Iterator[str]:
    """Yield the titles that missing neighbours in a list would make together."""
    for separator, *items in lists:
        titles = [title_named(item, wiki.syntax.namespaces) for item in items]
        states = [known.get(str(title)) if title else None for title in titles]
        missing = [state is not None and not state.there for state in states]
        spans = (
            range(start, end)
            for start in range(len(items))
            for end in range(start + 2, min(start + _LONGEST_RUN, len(items)) + 1)
        )
        for span in spans:
            if any(missing[place] for place in span):
                parts = [items[place] for place in span]
                joined = (
                    title_named(s.join(parts), wiki.syntax.namespaces) for s in _glue(separator)
                )
                yield from (str(title) for title in joined if title)


def _glue(separator: str) -> tuple[str, ...]:
    return (f"{separator} ", separator)
