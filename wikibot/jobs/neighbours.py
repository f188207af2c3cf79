"""Reads, in batches, what the rules want to know beside the pages that are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Protocol

from wikibot.checks.cards import Card, card_of, fields_of_cards, titles_to_ask
from wikibot.checks.neighbours import Neighbours
from wikibot.edits import Record, records_of
from wikibot.edits.titles import title_named
from wikibot.errors import AmbiguousWikitext
from wikibot.jobs.listed import improper_values, without_call
from wikibot.mapping import Field
from wikibot.mapping import Mapping as WikiMapping
from wikibot.page import Page, Standing
from wikibot.title import FILE, Namespaces
from wikibot.wiki import Wiki
from wikibot.wikitext import Syntax, redirect_target

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
    lists: bool = False,
) -> Neighbours:
    """Return what is known beside these pages.

    Costs a request for each batch of titles that they name and that are not read anyway: of
    other pages alone or, with `collection`, of files, contacts and terms too. Then every other
    page of the mapping's templates is read as well, unless these are the `whole` of them. In a
    dump it is the day of its latest edit: it knows nothing of later ones. With `lists`, what the
    wiki itself lists is asked for too: see `jobs.listed`.

    Raises:
        InputError, Unavailable, AccessError: the wiki cannot be read.
    """
    namespaces = wiki.syntax.namespaces
    fields = fields_of_cards(mapping)
    gathered = Gathering(namespaces, every=collection)

    def take(page: Page, *, asks: bool) -> None:
        records = _records(page, mapping, wiki, fields)
        cards = None if records is None else [card_of(r, mapping, namespaces) for r in records]
        lists = [found for record in records or () for found in long_lists(record)]
        gathered.take(page, cards, lists, asks=asks)

    for page in pages:
        take(page, asks=True)
    if collection and not whole:
        for page in wiki.pages_with(mapping.templates):
            if str(page.title) not in gathered.read:
                take(page, asks=False)
    cards = gathered.cards
    return Neighbours(
        gathered.by_title(),
        gathered.standings(wiki),
        namespaces,
        whole=collection or whole,
        proven=wiki.writable and wiki.home is None,
        today=today if wiki.writable else min(today, gathered.latest.date()),
        without_call=without_call(mapping, wiki, cards, gathered.unread) if lists and whole else {},
        improper=improper_values(pages, mapping, wiki, whole=whole) if lists else {},
    )


class Knowing(Protocol):
    """Who can be asked for the standing of titles: every `Wiki`."""

    @property
    def syntax(self) -> Syntax:
        """How the wiki reads wikitext."""

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        """Return what is known of titles. Raises as `Wiki.standing`."""


class Gathering:
    """What the pages tell of themselves, as they come by, and which titles are to be asked for."""

    def __init__(self, namespaces: Namespaces, *, every: bool = True) -> None:
        """Begin; `every` kind of title is asked for, or only those of fields of pages."""
        self.cards: dict[str, list[Card]] = {}
        self.read: set[str] = set()
        self.unread: set[str] = set()
        self.latest = datetime.min.replace(tzinfo=UTC)
        self._namespaces = namespaces
        self._every = every
        self._asked: dict[str, None] = {}
        self._long_lists: list[tuple[str, ...]] = []

    def take(
        self,
        page: Page,
        cards: Sequence[Card] | None,
        lists: Iterable[tuple[str, ...]],
        *,
        asks: bool = True,
    ) -> None:
        """Take a page with its cards, None where it cannot be read with certainty.

        `lists` are its `long_lists`. With `asks`, what it names is asked for.
        """
        title = str(page.title)
        self.read.add(title)
        self.latest = max(self.latest, page.revision.timestamp)
        if cards is None:
            self.unread.add(title)
        for card in cards or ():
            self.cards.setdefault(title, []).append(card)
            if asks:
                named = titles_to_ask(card, self._namespaces, every=self._every)
                self._asked |= dict.fromkeys(named)
        if asks:
            self._long_lists += lists

    def by_title(self) -> dict[str, tuple[Card, ...]]:
        """Return the cards of each page that has any."""
        return {title: tuple(found) for title, found in self.cards.items()}

    def standings(self, wiki: Knowing) -> dict[str, Standing]:
        """Return what the wiki says of the titles that the pages name, and of what they lead to."""
        known = standing_of([title for title in self._asked if title not in self.cards], wiki)
        if self._every:
            more = (*_runs(self._long_lists, known, wiki), *_more_files(self.cards, known))
            known |= standing_of(more, wiki)
        return known


def _records(
    page: Page, mapping: WikiMapping, wiki: Wiki, fields: Mapping[str, Sequence[Field]]
) -> tuple[Record, ...] | None:
    """Return the records of a page, with these fields; a redirect has none.

    None where it cannot be read with certainty.
    """
    if redirect_target(page.text) is not None:
        return ()
    try:
        return records_of(page, mapping, wiki.syntax, fields)
    except AmbiguousWikitext:
        return None


def standing_of(titles: Iterable[str], wiki: Knowing) -> dict[str, Standing]:
    """Return what the wiki says of titles, and of where redirects lead, in batches."""
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


def long_lists(record: Record) -> Iterator[tuple[str, ...]]:
    """Yield the lists of pages in which a title may have been cut in pieces."""
    for found in record.values.values():
        if found.field.kind == "page" and len(found.items) > 1 and found.field.many:
            yield (found.field.separator, *found.items)


def _runs(
    lists: Iterable[tuple[str, ...]], known: Mapping[str, Standing], wiki: Knowing
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
