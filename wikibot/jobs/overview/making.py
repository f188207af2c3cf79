"""overview: what a wiki holds, read once, as one value; and what a wiki page shows of it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from wikibot.checks.sifting import Sifted
from wikibot.edits import Plan
from wikibot.edits.regions import region_edit
from wikibot.edits.titles import title_named
from wikibot.errors import InputError
from wikibot.jobs.overview import activity, quality, snapshots
from wikibot.jobs.overview.collecting import collect
from wikibot.jobs.planning import make_plan
from wikibot.jobs.select import pages_to_read
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Language, Text
from wikibot.mapping import Mapping
from wikibot.overviews import Overview
from wikibot.overviews.compose import overview
from wikibot.page import Page
from wikibot.render.overview.published import published
from wikibot.wiki import Wiki
from wikibot.wikitext import redirect_target

REGION = "apercu"  # the name of the region on the wiki page, where none is given
_SELDOM = 100_000  # new objects; Python's own number is 700
_LOOK_BACK = timedelta(days=366)  # of edits a month

Since = date | Literal["last"] | None


def make_overview(
    wiki: Wiki,
    mapping: Mapping,
    *,
    sections: Sequence[str] = (),
    types: Sequence[str] = (),
    since: Since = None,
    check: bool = True,
    history: bool = True,
    with_contacts: bool = False,
    keep: bool = True,
    pages: Sequence[Page] | None = None,
    sifted: Sifted | None = None,
    state: Path | None = None,
    around: Surroundings = REAL,
    counted: Callable[[Iterable[Page]], Iterable[Page]] = iter,
) -> Overview:
    """Return the overview of a wiki, of these `sections` and page `types` or of all.

    `since` adds what changed since the last snapshot of that day or before ("last": the last of
    an earlier day, else that of today). `check` looks at the quality of the pages, about a
    millisecond each; `history` asks the wiki when they were edited. A snapshot is kept where all of
    it is read, unless `keep` is false. `counted` passes the pages on while they are read, such as
    to count them. `pages` and `sifted` are all pages and what a check of them has found, where
    somebody has just read them.

    Raises:
        InputError: no such section or type, nothing to read, or no snapshot of then.
        SafetyStop, Unavailable, AccessError: the wiki cannot be read.
        ConfigError: the snapshots cannot be read.
    """
    pages = list(counted(pages_to_read(wiki, mapping, ()))) if pages is None else pages
    found = collect(
        wiki, mapping, around=around, with_contacts=with_contacts, types=types, pages=pages
    )
    if since is not None:
        day = None if since == "last" else since
        before = snapshots.before(wiki, mapping, day, found.today, state=state)
        if before is None and day is None:
            before = snapshots.before(wiki, mapping, found.today, found.today, state=state)
        if before is None:
            raise _no_snapshot(day)
        found = replace(found, before=before)
    if history:
        titles = [member.title for member in found.members]
        told = activity.told(wiki, mapping, titles, found.as_of - _LOOK_BACK)
        if told is not None:
            found = replace(
                found, edits=told.edits, created=told.created, told_since=told.told_since
            )
    if check:
        taken, counts = quality.checked(
            pages, mapping, wiki, members=found.members, sifted=sifted, around=around
        )
        earlier = quality.earlier(wiki, mapping, taken, state=state)
        found = replace(found, checked=(*earlier, taken), found=counts)
    if keep and not types:
        snapshots.keep(found, wiki, state=state)
    return overview(found, sections=sections)


@contextmanager
def in_one_go() -> Iterator[None]:
    """Look for garbage seldom, while an overview is made and written, and then as before.

    Of a big wiki that is a million values which all stay: Python's collector would go through
    them again and again, a tenth of the time.
    """
    often = gc.get_threshold()
    gc.set_threshold(_SELDOM, *often[1:])
    try:
        yield
    finally:
        gc.set_threshold(*often)


def publish_overview(
    wiki: Wiki,
    mapping: Mapping,
    title: str,
    content: str,
    date_line: str,
    *,
    name: str = REGION,
    create: bool = False,
    around: Surroundings = REAL,
) -> Plan:
    """Return the plan that writes `content` between the markers of `name` on a page of the wiki.

    It is empty where the page shows the same already, whatever the day.

    Raises:
        InputError: there is no such page, and it is not to be created.
        SaveError: a person wrote between the markers, or they are broken.
        UnsafeValue: the content cannot stand on a page.
    """
    at, page = _target(wiki, title, create=create)
    edit = region_edit(
        page, at, name, content, date_line, tail=mapping.wiki.summary, syntax=wiki.syntax
    )
    return make_plan(wiki, [edit] if edit else [], around)


def page_content(made: Overview, mapping: Mapping, *, whole: bool = False) -> tuple[str, str]:
    """Return what a page of the wiki shows of an overview, in the wiki's language, and its date.

    `whole`: all of it; else what is short enough to be read there.
    """
    language: Language = "en" if mapping.wiki.language == "en" else "fr"
    return published(made, language, whole=whole)


def _target(wiki: Wiki, name: str, *, create: bool) -> tuple[str, Page | None]:
    """Return the title of the page to write on, redirects followed, and the page if it is there.

    Raises:
        InputError: it is not there, and nobody asked for it; or that is no title.
    """
    title = wiki.syntax.namespaces.parse(name)
    page = next(iter(wiki.pages([str(title)])), None)
    led = redirect_target(page.text) if page else None
    target = title_named(led, wiki.syntax.namespaces) if led else None
    if target is not None:
        title, page = target, next(iter(wiki.pages([str(target)])), None)
    if page is None and not create:
        raise InputError(_NO_PAGE.format(title=title), _CREATE)
    return str(page.title if page else title), page


def _no_snapshot(day: date | None) -> InputError:
    return InputError(
        Text(
            "Aucun relevé n'a encore été gardé."
            if day is None
            else "Aucun relevé n'est si ancien.",
            "No snapshot was kept yet." if day is None else "No snapshot is as old as that.",
        ),
        Text(
            "Chaque « overview » en garde un par jour : relancez sans --since, et plus tard avec.",
            "Each “overview” keeps one a day: run without --since now, and with it later.",
        ),
    )


_NO_PAGE = Text("La page « {title} » n'existe pas.", "There is no page “{title}”.")
_CREATE = Text(
    "Vérifiez le titre ; pour la créer, ajoutez --create.",
    "Check the title; to create it, add --create.",
)
