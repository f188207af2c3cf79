"""The check of a whole export, spread over workers: what they tell is put together here.

The outcome is that of `jobs.check` to the byte; only nobody ever has all pages in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wikibot.checks import Finding, Neighbours, check_beside, check_lists
from wikibot.checks.beside import Keeper
from wikibot.checks.settings import settled
from wikibot.checks.waivers import OnPage
from wikibot.errors import InvalidTitle
from wikibot.jobs.listed import left_over
from wikibot.jobs.neighbours import Gathering
from wikibot.jobs.select import no_pages
from wikibot.jobs.spreading.crew import Crews
from wikibot.jobs.spreading.looking import Looked, look, unwrapped
from wikibot.jobs.spreading.parts import Tools, parts_of
from wikibot.jobs.spreading.spread import spread
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.mapping import Mapping
from wikibot.page import Page, Standing
from wikibot.title import Title
from wikibot.wiki.dump import DumpWiki
from wikibot.wiki.dump.titles import Spelling
from wikibot.wikitext import Syntax


@dataclass(frozen=True)
class WholeCheck:
    """What a check of a whole export found; `pages` have no text unless it was asked for.

    `waivers` are those written on the pages.
    """

    findings: tuple[Finding, ...]
    pages: tuple[Page, ...]
    waivers: dict[Title, OnPage]


def check_export(
    wiki: DumpWiki,
    mapping: Mapping,
    crews: Crews,
    *,
    texts: bool = False,
    counted: Callable[[Iterable[Page]], Iterable[Page]] = iter,
    around: Surroundings = REAL,
) -> WholeCheck:
    """Return every finding on every page of an export, as `jobs.check` does of a whole wiki.

    The file is read once, and its pages are looked at by a crew; the rules that look at other
    pages have their turn when all are known. `counted` sees each page of the mapping go by.

    Raises:
        InputError: the export cannot be read, or has no page of the mapping's templates.
        Unavailable: workers were lost again and again. ConfigError: they have another wikibot.
    """
    known = _Known(wiki.spelling)
    shelves: dict[str, list[Title]] = {}
    waivers: dict[Title, OnPage] = {}
    wrapped: list[bytes] = []
    gathered = Gathering(wiki.syntax.namespaces)

    def pages(answers: Iterable[Looked]) -> Iterable[Page]:
        for told in answers:
            known.add(told.titles)
            for title in told.withheld:
                wiki.withhold(title)
            for type_id, title in told.shelved:
                shelves.setdefault(type_id, []).append(title)
            wrapped.append(told.told)
            for seen in told.pages:
                gathered.take(seen.page, seen.cards, seen.lists)
                if seen.waivers is not None:
                    waivers[seen.page.title] = seen.waivers
                yield seen.page

    tools = Tools(mapping, wiki.spelling, texts)
    with crews() as crew:
        every = list(counted(pages(spread(look, parts_of(wiki.exported(), tools), crew))))
    if not every:
        raise no_pages(wiki, mapping)
    beside = Neighbours(
        gathered.by_title(),
        gathered.standings(known),
        wiki.syntax.namespaces,
        whole=True,
        today=min(around.now().date(), gathered.latest.date()),
        without_call=left_over(
            {type_id: tuple(titles) for type_id, titles in shelves.items()},
            {*gathered.cards, *gathered.unread},
        ),
    )
    told = (of_page for part in wrapped for of_page in unwrapped(part))
    keeper = Keeper(mapping)
    found: list[Finding] = []
    for page, records in zip(every, told, strict=True):
        for kept, alone in records:
            if kept is None:
                found += alone
            else:
                found += check_beside(keeper.record(kept, page), alone, mapping, beside)
    found += check_lists(mapping, beside)
    return WholeCheck(tuple(settled(found, mapping.wiki.rules)), tuple(every), waivers)


class _Known:
    """What an export knows of titles, once it has gone by; as `DumpWiki.standing` tells it."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._there: dict[str, tuple[str | None, bool]] = {}
        self._held: set[int] = set()

    def add(self, titles: Iterable[tuple[Title, str | None, bool]]) -> None:
        for title, target, several in titles:
            self._held.add(title.namespace)
            self._there[str(title)] = (target, several) if target or several else _PLAIN

    @property
    def syntax(self) -> Syntax:
        """How the export reads wikitext."""
        return self._spelling.syntax

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        """Return what is known of titles."""
        told: dict[str, Standing] = {}
        for text in titles:
            try:
                title = self._spelling.wanted(text)
            except InvalidTitle:
                continue
            if title.namespace in self._held:
                there = self._there.get(str(title))
                told[text] = Standing(title, there is not None, *(there or _PLAIN))
        return told


_PLAIN: tuple[str | None, bool] = (None, False)
