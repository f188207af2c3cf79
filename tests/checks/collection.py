"""A collection in memory: the other pages of a case, and what a server would say of titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, cast

from wikibot.checks import Neighbours
from wikibot.checks.cards import Improper
from wikibot.jobs.neighbours import neighbours_of
from wikibot.mapping import Mapping
from wikibot.page import Page, Revision, Standing
from wikibot.title import FILE, FRENCH, USER
from wikibot.wiki import Wiki
from wikibot.wiki.local import standing_of
from wikibot.wikitext import FRENCH_WIKI

TODAY = date(2026, 1, 1)


def page_of(text: str, title: str, edited: date = TODAY, number: int = 1) -> Page:
    when = datetime.combine(edited, time(), UTC)
    return Page(number, FRENCH.parse(title), Revision(number, 0, when), text)


@dataclass
class Collection:
    """Pages as a copy holds them or, as a `server`, with the accounts and files it knows too."""

    pages: Sequence[Page] = ()
    server: bool = False
    accounts: Sequence[str] = ()
    files: Sequence[str] = ()
    improper: dict[str, list[Improper]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    listings: int = 0

    wikiid = "collection"
    writable = True
    syntax = FRENCH_WIKI

    @classmethod
    def of_case(cls, case: dict[str, Any], text: str) -> Collection:
        """Return the collection of a case, its own page first, with that text."""
        own = page_of(text, case.get("title", "Une fiche"), case.get("edited", TODAY))
        others = [
            page_of(other["text"], other["title"], other.get("edited", TODAY), number)
            for number, other in enumerate(case.get("pages", ()), 2)
        ]
        return cls(
            (own, *others),
            case.get("server", False),
            case.get("accounts", ()),
            case.get("files", ()),
            {own.title.name: [Improper(*told) for told in case.get("improper", ())]},
        )

    @property
    def home(self) -> Path | None:
        return None if self.server else Path(".wikibot")

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        self.listings += 1
        return iter(self.pages)

    def pages_in(self, namespaces: Iterable[int]) -> Iterator[Page]:
        wanted = set(namespaces)
        return (page for page in self.pages if page.title.namespace in wanted)

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        known = {page.title: standing_of(page.title, page.text) for page in self.pages}
        held = {title.namespace for title in known}
        for namespace, names in ((USER, self.accounts), (FILE, self.files)):
            for name in names:
                title = FRENCH.title(namespace, name)
                known[title] = Standing(title, there=True)
        found = {}
        for text in titles:
            self.asked.append(text)
            title = FRENCH.parse(text)
            if title in known:
                found[text] = known[title]
            elif self.server or title.namespace in held:
                found[text] = Standing(title, there=False)
        return found

    def beside(self, mapping: Mapping, checked: Sequence[Page], **options: Any) -> Neighbours:
        """Return what is known beside the pages checked."""
        found = neighbours_of(checked, mapping, cast(Wiki, self), TODAY, **options)
        told = {title: tuple(values) for title, values in self.improper.items()}
        # No Semantic MediaWiki stands behind it: what one would say is given.
        return replace(found, improper=told)
