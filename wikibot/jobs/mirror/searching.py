"""Words and links looked up: in the local copy of a server, or in a folder or dump as they are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from wikibot.edits.contents import LinkTo, contents_of, derived_by
from wikibot.edits.lookup import FoundPage
from wikibot.errors import InputError
from wikibot.jobs.mirror.exported import CopiedExport
from wikibot.jobs.mirror.view import Mirrored, mirrored
from wikibot.jobs.naming import type_named
from wikibot.jobs.select import no_pages
from wikibot.language import Text
from wikibot.mapping import Mapping, fold
from wikibot.page import Page
from wikibot.store.mirror import Mirror
from wikibot.store.passages import Passages
from wikibot.store.wanted import wanted
from wikibot.title import Title
from wikibot.wiki import Wiki
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wiki.suggestions import no_such_page

log = logging.getLogger(__name__)
Counted = Callable[[Iterable[Page]], Iterable[Page]]


@dataclass(frozen=True)
class Searched:
    """The pages on which all words stand: how many, and the first of them, the best ones first.

    `as_of` is when the copy was made that was searched (UTC); None: the wiki itself was.
    """

    count: int
    pages: tuple[FoundPage, ...]
    as_of: datetime | None


@dataclass(frozen=True)
class Linked:
    """Which pages name a page, and which it names; each with the ways in which it does.

    `as_of` as of `Searched`.
    """

    title: Title
    named_by: tuple[tuple[Title, tuple[LinkTo, ...]], ...]
    names: tuple[tuple[Title, tuple[LinkTo, ...]], ...]
    as_of: datetime | None


def search(
    wiki: Wiki,
    mapping: Mapping,
    words: Iterable[str],
    *,
    types: Sequence[str] = (),
    most: int | None = None,
    places: int | None = None,
    state: Path | None = None,
    read: Counted = iter,
) -> Searched:
    """Return the pages of the mapping's templates on which all words stand, in whatever place.

    Case, accents and the letter of the plural do not count, nor does an elided article. A word of
    several words is a phrase, as is what stands in quotes; `agro*` is all that begins so. `types`
    are the page types that are wanted, all of them where there is none; `most` is how many pages
    are told, `places` how many passages of each. `read` is given the pages of a folder or dump, to
    count them.

    Raises:
        InputError: there is no copy of the server; no word to look for; no such page type.
        ConfigError, Unavailable: the copy cannot serve.
    """
    looked_for = wanted(words)
    names = [name for each in types for name in type_named(mapping, each).templates]
    with ExitStack() as held:
        passages, as_of = _opened(wiki, mapping, held, state, read)
        found = passages.search(looked_for, names if types else None)
        return Searched(len(found), tuple(found.pages(most, places)), as_of)


def linked(
    wiki: Wiki, mapping: Mapping, name: str, *, state: Path | None = None, read: Counted = iter
) -> Linked:
    """Return which pages of the mapping's templates name the page `name`, and which it names.

    The page need not be there: any title that is named will do.

    Raises:
        InputError: there is no copy of the server; neither such a page nor a link to it.
        ConfigError, Unavailable: the copy cannot serve.
    """
    with ExitStack() as held:
        passages, as_of = _opened(wiki, mapping, held, state, read)
        title, pageid = _meant(name, passages, wiki)
        namespaces = wiki.syntax.namespaces
        to = passages.links_of(pageid) if pageid is not None else ()
        names = _grouped((namespaces.title(link.namespace, link.name), link) for link in to)
        return Linked(title, _grouped(passages.linking_to(title)), names, as_of)


def _opened(
    wiki: Wiki, mapping: Mapping, held: ExitStack, state: Path | None, read: Counted
) -> tuple[Passages, datetime | None]:
    """Return what pages say: of the copy of a server, or of all pages that are here."""
    if isinstance(wiki, MediaWiki):
        wiki = mirrored(wiki, held, state=state)
    if isinstance(wiki, (Mirrored, CopiedExport)):
        passages = held.enter_context(wiki.reading())
        _check_derived(passages.derived, mapping, wiki)
        return passages, wiki.copied.moment
    index = held.enter_context(Mirror.temporary())
    number = 0
    with index.writing():
        for page in read(wiki.pages_with(mapping.templates)):
            contents = contents_of(page, mapping, wiki.syntax)
            if "" in contents.calls or any(map(mapping.type_of, contents.calls)):
                index.keep(replace(page, text=""), contents)
                number += 1
    if not number:
        raise no_pages(wiki, mapping)
    return held.enter_context(index.reading()), None


def _check_derived(derived: str | None, mapping: Mapping, wiki: Wiki) -> None:
    if derived is None:
        raise InputError(
            Text(
                "La copie locale date d'un wikibot qui ne savait pas encore y chercher.",
                "The local copy is of a wikibot that could not search it yet.",
            ),
            Text("Relancez « pull » une fois.", "Run “pull” once."),
        )
    if derived != derived_by(mapping, wiki.syntax):
        log.warning(
            Text(
                "La correspondance a changé depuis la dernière copie : relancez « pull » pour "
                "chercher d'après elle.",
                "The mapping has changed since the last copy: run “pull” to search by it.",
            )
        )


def _meant(name: str, passages: Passages, wiki: Wiki) -> tuple[Title, int | None]:
    """Return the title that a person means and, where it is a page of the copy, its id."""
    namespaces = wiki.syntax.namespaces
    title = namespaces.parse(name)
    known = dict(passages.titles())
    named = {namespaces.title(*each) for each in passages.linked()}
    if title in known or title in named:
        return title, known.get(title)
    every = {**dict.fromkeys(named), **known}
    alike = [each for each in every if fold(str(each)) == fold(name)] if fold(name) else []
    if len(alike) != 1:
        raise no_such_page(name, wiki.place, map(str, every))
    log.warning(Text(f"« {name} » : page « {alike[0]} ».", f"“{name}”: page “{alike[0]}”."))
    return alike[0], every[alike[0]]


def _grouped(
    links: Iterable[tuple[Title, LinkTo]],
) -> tuple[tuple[Title, tuple[LinkTo, ...]], ...]:
    """Return the links of each page together, in the order of the first ones."""
    found: dict[Title, list[LinkTo]] = {}
    for title, link in links:
        found.setdefault(title, []).append(link)
    return tuple((title, tuple(dict.fromkeys(ways))) for title, ways in found.items())
