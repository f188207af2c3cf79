"""What is known beside a page: the other pages of the collection, and which titles are there.

What is not known is never taken for absent: a rule that finds nothing here says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from wikibot.checks.cards import Card, Improper
from wikibot.checks.links import account
from wikibot.checks.reading import fold
from wikibot.checks.similar import Alike
from wikibot.edits.titles import resolved, title_named
from wikibot.page import Standing
from wikibot.title import FILE, FRENCH, Namespaces, Title

Key = TypeVar("Key")

_NEAR = 75.0  # 0 to 100; below, a suggestion puzzles more than it helps


@dataclass(frozen=True)
class Neighbours:
    """What is known beside a page.

    `cards` are of the pages checked; where `whole`, of every page of the collection. `standing`
    is what the wiki said of titles. `proven`: it could be asked of all its pages, as a server
    can; a copy may hold no other pages than those of the templates. `today` is None where
    nobody said which day it is. `without_call` holds, by page type, the pages of its category or
    namespace that have no record; `improper`, by title, what Semantic MediaWiki could not read
    there, as it says itself.
    """

    cards: Mapping[str, tuple[Card, ...]] = field(default_factory=dict)
    standing: Mapping[str, Standing] = field(default_factory=dict)
    namespaces: Namespaces = FRENCH
    whole: bool = False
    proven: bool = False
    today: date | None = None
    without_call: Mapping[str, tuple[Title, ...]] = field(default_factory=dict)
    improper: Mapping[str, tuple[Improper, ...]] = field(default_factory=dict)

    def of(self, title: Title | str) -> Standing | None:
        """Return what is known of a title, None where nothing is."""
        card = self.cards.get(str(title))
        if card:
            return self.standing.get(str(title)) or Standing(
                title if isinstance(title, Title) else self.namespaces.parse(title), there=True
            )
        return self.standing.get(str(title))

    @cached_property
    def has_files(self) -> bool:
        """Return whether the wiki surely has a file that some page names."""
        return any(s.there and s.title.namespace == FILE for s in self.standing.values())

    def is_there(self, title: Title | None) -> bool:
        """Return whether a page surely bears the title."""
        standing = self.of(title) if title is not None else None
        return standing is not None and standing.there

    def is_missing(self, title: Title, page_type: str | None) -> bool:
        """Return whether no page bears the title, which was to be of that type, for certain.

        A copy proves it only of types whose pages it holds.
        """
        standing = self.of(title)
        if standing is None or standing.there:
            return False
        return self.proven or (self.whole and page_type in self._titles)

    def resolved(self, title: Title | str) -> str:
        """Return the title of the page that a reader comes to: redirects are followed."""
        return resolved(title, self.standing, self.namespaces)

    def types_of(self, title: str) -> tuple[str, ...]:
        """Return the page types of the records on a page; none where it is not known."""
        return tuple(card.page_type for card in self.cards.get(title, ()))

    def titles(self, page_type: str | None) -> Sequence[str]:
        """Return the titles of the pages of a type, of all pages where it is None."""
        return list(self.cards) if page_type is None else self._titles.get(page_type, [])

    def alike(self, title: str, page_type: str | None) -> tuple[str, ...]:
        """Return the titles of pages of the type that are `title` with a slip of the pen."""
        index = self._alike.get(page_type)
        if index is None:
            index = self._alike[page_type] = Alike(self.titles(page_type))
        return index.to(title)

    def near(self, title: str, page_type: str | None) -> tuple[str, ...]:
        """Return up to three titles of pages of the type that look like `title`."""
        from rapidfuzz import fuzz, process  # only when something is wrong

        folded = self._folded.get(page_type)
        if folded is None:
            folded = {known: _in_any_order(known) for known in self.titles(page_type)}
            self._folded[page_type] = folded
        found = process.extract(
            _in_any_order(title), folded, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=3
        )
        return tuple(known for _, _, known in found)

    def naming(self, title: str, field_id: str) -> tuple[str, ...]:
        """Return the pages that name `title` in that field, redirects followed."""
        return tuple(dict.fromkeys(self._naming.get((title, field_id), ())))

    def sharing(self, page_type: str, field_id: str, key: str) -> tuple[str, ...]:
        """Return the pages whose value of a unique field reads like that, by `unique_key`."""
        return tuple(self._sharing.get((page_type, field_id, key), ()))

    def shown_as(self, page_type: str, name: str) -> tuple[str, ...]:
        """Return the pages of a type that are called so, by title or by a unique field."""
        return tuple(self._names.get(page_type, {}).get(fold(name), ()))

    def uses_term(self, title: str) -> tuple[str, ...]:
        """Return the pages that hold the term whose page has this title, in order of titles."""
        return tuple(sorted(self._terms.get(title, ())))

    def is_gone(self, person: Title, page_type: str | None) -> bool:
        """Return whether neither a page nor an account bears the name of a person, for certain.

        `page_type` is that of people's pages, one of which may show the name as well. A copy
        knows of no accounts: it tells of pages alone.
        """
        user = account(person, self.namespaces)
        if self.is_known(person, page_type) or (self.proven and self.of(user) is None):
            return False
        return self.proven if person == user else self.is_missing(person, page_type)

    def is_known(self, person: Title, page_type: str | None) -> bool:
        """Return whether a page or an account surely bears the name of a person."""
        if page_type and self.shown_as(page_type, person.name):
            return True
        return self.is_there(person) or self.is_there(account(person, self.namespaces))

    def has_contacts(self, page_type: str, field_id: str, of_type: str | None) -> bool:
        """Return whether half of those whom the field names, and more than none, are known."""
        told = self._usual.get((page_type, field_id))
        if told is None:
            titles = [
                title_named(name, self.namespaces)
                for name in self._contacts.get((page_type, field_id), ())
            ]
            known = sum(self.is_known(title, of_type) for title in titles if title)
            gone = sum(self.is_gone(title, of_type) for title in titles if title)
            told = self._usual[page_type, field_id] = 0 < known >= gone
        return told

    @cached_property
    def _every(self) -> list[Card]:
        return [card for cards in self.cards.values() for card in cards]

    @cached_property
    def _titles(self) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for card in self._every:
            found[card.page_type][card.title] = None
        return {page_type: list(titles) for page_type, titles in found.items()}

    @cached_property
    def _alike(self) -> dict[str | None, Alike]:
        return {}

    @cached_property
    def _folded(self) -> dict[str | None, dict[str, str]]:
        return {}

    @cached_property
    def _naming(self) -> dict[tuple[str, str], list[str]]:
        return _grouped(
            ((self.resolved(link), field_id), card.title)
            for card in self._every
            for field_id, links in card.links.items()
            for link in links
        )

    @cached_property
    def _sharing(self) -> dict[tuple[str, str, str], list[str]]:
        return _grouped(
            ((card.page_type, field_id, unique_key(value)), card.title)
            for card in self._every
            for field_id, value in card.unique.items()
        )

    @cached_property
    def _names(self) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for card in self._every:
            for name in {fold(card.title), *map(fold, card.unique.values())} - {""}:
                found[card.page_type][name].append(card.title)
        return found

    @cached_property
    def _terms(self) -> dict[str, list[str]]:
        return _grouped((title, card.title) for card in self._every for title in card.terms)

    @cached_property
    def _contacts(self) -> dict[tuple[str, str], set[str]]:
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for card in self._every:
            for field_id, name in card.contacts.items():
                found[card.page_type, field_id].add(name)
        return found

    @cached_property
    def _usual(self) -> dict[tuple[str, str], bool]:
        return {}


def _in_any_order(title: str) -> str:
    """Return the folded words of a title, sorted: what is compared to find similar ones."""
    return " ".join(sorted(fold(title).split()))


def unique_key(value: str) -> str:
    """Return what two values have in common that say the same: addresses, or words."""
    address = value.strip().casefold()
    for beginning in ("https://", "http://"):
        if address.startswith(beginning):
            return address.removeprefix(beginning).removeprefix("www.").rstrip("/")
    return fold(value)


def _grouped(pairs: Iterable[tuple[Key, str]]) -> dict[Key, list[str]]:
    found: dict[Key, list[str]] = defaultdict(list)
    for key, title in pairs:
        found[key].append(title)
    return found
