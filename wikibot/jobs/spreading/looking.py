"""What one part of an export tells: the work that is spread. Pure; parts and answers travel.

A part is a handful of pages as the file has them. The answer holds what the rules of one record
alone find there, and what those that look at other pages want to know: no text of a page, unless
it was asked for.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import cast

from wikibot.checks import Finding, check_alone, check_page
from wikibot.checks.beside import Keeper, Kept
from wikibot.checks.cards import Card, card_of
from wikibot.checks.waivers import OnPage, waivers_on
from wikibot.edits import Record, records_of
from wikibot.errors import AmbiguousWikitext
from wikibot.jobs.listed import Shelving
from wikibot.jobs.neighbours import long_lists
from wikibot.jobs.spreading.parts import (
    ONE_AT_A_TIME,
    Part,
    Tools,
    look_at_version,
    unpacked,
)
from wikibot.page import Page
from wikibot.title import Title
from wikibot.wiki.dump.handler import ExportedPage
from wikibot.wiki.dump.titles import is_wikitext, page_of
from wikibot.wikitext import is_disambiguation, redirect_target


@dataclass(frozen=True, slots=True)
class Seen:
    """A page of the mapping's templates, its text "" unless it was asked for.

    `cards` are None where it cannot be read with certainty.
    """

    page: Page
    cards: tuple[Card, ...] | None
    lists: tuple[tuple[str, ...], ...]
    waivers: OnPage | None


# Of each record of a page what is kept and the findings of it alone; one finding and nothing kept
# where the page cannot be read with certainty.
Told = tuple[tuple[Kept | None, tuple[Finding, ...]], ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a part tells, page by page, in the order of the file.

    `titles` are all of them, with where a redirect leads and whether the page lists others of
    its name; `shelved` those that stand on the shelf of a page type; `withheld` have no text.
    `told` is what each of `pages` told, wrapped up until all pages are known: it takes a tenth of
    the room.
    """

    titles: tuple[tuple[Title, str | None, bool], ...]
    shelved: tuple[tuple[str, Title], ...]
    withheld: tuple[Title, ...]
    pages: tuple[Seen, ...]
    told: bytes


def unwrapped(told: bytes) -> tuple[Told, ...]:
    """Return what each page of a part told."""
    return cast(tuple[Told, ...], pickle.loads(told))


def look(part: Part) -> Looked:
    """Return what a part tells.

    Raises:
        ConfigError: it was made by another version of wikibot.
    """
    look_at_version(part)
    with ONE_AT_A_TIME:
        return _worker(part.tools).look(part.pages)


@lru_cache(maxsize=2)
def _worker(tools: bytes) -> _Worker:
    return _Worker(unpacked(tools))


class _Worker:
    """The tools, and what is made of them once."""

    def __init__(self, tools: Tools) -> None:
        self._mapping, self._spelling, self._texts = tools.mapping, tools.spelling, tools.texts
        self._syntax = tools.spelling.syntax
        self._shelving = Shelving(tools.mapping)
        self._keeper = Keeper(tools.mapping)

    def look(self, pages: Iterable[ExportedPage]) -> Looked:
        titles: list[tuple[Title, str | None, bool]] = []
        shelved: list[tuple[str, Title]] = []
        withheld: list[Title] = []
        seen: list[tuple[Seen, Told]] = []
        for found in pages:
            title = self._spelling.title(found)
            text = found.text or ""
            titles.append((title, redirect_target(text), is_disambiguation(text)))
            page = page_of(found, title)
            if page is None:
                if is_wikitext(found):
                    withheld.append(title)
                continue
            type_id = self._shelving.type_of(page, self._syntax)
            if type_id is not None:
                shelved.append((type_id, title))
            if "{{" in text and (told := self._seen(page)) is not None:
                seen.append(told)
        wrapped = pickle.dumps(tuple(told for _, told in seen), pickle.HIGHEST_PROTOCOL)
        here = tuple(page for page, _ in seen)
        return Looked(tuple(titles), tuple(shelved), tuple(withheld), here, wrapped)

    def _seen(self, page: Page) -> tuple[Seen, Told] | None:
        """Return what a page of the mapping's templates tells, None of any other."""
        kept = page if self._texts else replace(page, text="")
        redirect = redirect_target(page.text) is not None
        try:
            records = records_of(page, self._mapping, self._syntax)
        except AmbiguousWikitext:  # nor can its waivers be read
            told = (None, tuple(check_page(page, self._mapping, self._syntax)))
            return Seen(kept, () if redirect else None, (), None), (told,)
        if not records:
            return None
        beside = () if redirect else records
        waivers = waivers_on(page, self._mapping, self._syntax)
        seen = Seen(
            kept,
            tuple(self._card(record) for record in beside),
            tuple(found for record in beside for found in long_lists(record)),
            waivers if waivers.waivers or waivers.malformed else None,
        )
        return seen, tuple(
            (self._keeper.kept(record), tuple(check_alone(record, self._mapping)))
            for record in records
        )

    def _card(self, record: Record) -> Card:
        return card_of(record, self._mapping, self._syntax.namespaces)
