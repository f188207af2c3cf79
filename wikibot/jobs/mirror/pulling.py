"""pull: bring the local copy of a wiki up to date, in as few requests as there is news."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wikibot.errors import AmbiguousWikitext, SafetyStop
from wikibot.jobs.mirror.view import needs_no_copy
from wikibot.jobs.state import state_folder
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text, counted, number
from wikibot.mapping import Mapping as WikiMapping
from wikibot.page import Page
from wikibot.store.mirror import Copied, Mirror
from wikibot.wiki import Wiki
from wikibot.wiki.following import Followed, Listing
from wikibot.wikitext import Syntax, transclusions

_RECONCILED_EVERY = timedelta(days=7)  # what recent changes cannot tell does not stay for longer
_MANY = 10  # pages that may leave in one night, however few there were


@dataclass(frozen=True)
class Pulled:
    """What a pull has found: of `pages` in all, those that are new, other, and gone.

    `moved` are those of the others that bear another title. `reconciled` says that all that is
    known beside the pages is asked for anew. `unreadable` have no wikitext that can be read.
    """

    moment: datetime
    pages: int
    new: int
    changed: int
    moved: int
    gone: int
    unreadable: int
    reconciled: bool


def pull(
    wiki: Wiki,
    mapping: WikiMapping,
    *,
    state: Path | None = None,
    allow: Collection[str] = (),
    around: Surroundings = REAL,
) -> Pulled:
    """Bring the copy up to date with the pages of the mapping's templates; return what was new.

    The wiki lists every page with its newest revision, so that nothing can be missed; the texts
    of those that differ are read. It is one transaction: a pull that fails or is killed leaves
    the copy of before. `allow` "shrink" takes it that most of the pages are gone.

    Raises:
        InputError: it is a folder or a dump, which needs no copy.
        SafetyStop: the wiki lists none of the pages there were, or too few.
        Unavailable, AccessError: the wiki cannot be read. ConfigError: the copy cannot serve.
    """
    if not isinstance(wiki, Followed):
        raise needs_no_copy(wiki.place)
    with Mirror.open(state_folder(wiki, state), wiki.wikiid) as mirror:
        before = mirror.copied
        now = around.now().astimezone(UTC)
        listing = wiki.listing(mapping.templates, before.mark if before else "")
        known = mirror.known()
        _guard(known, listing, wiki, allow)
        due = before is None or now - before.reconciled >= _RECONCILED_EVERY
        reconciled = due or listing.touched is None
        with mirror.writing():
            found = _take(mirror, known, listing, wiki, reconciled=reconciled)
            if reconciled:
                mirror.forget_beside(standings=True)
            elif listing.touched:
                mirror.forget_beside(standings=False)
                mirror.forget_standings(listing.touched)
            since = now if before is None or reconciled else before.reconciled
            mirror.finish(Copied(now, mapping.templates, listing.mark, since))
    return Pulled(now, len(listing.pages), *found, reconciled)


def _guard(
    known: Mapping[int, object], listing: Listing, wiki: Wiki, allow: Collection[str]
) -> None:
    gone = sum(pageid not in listing.pages for pageid in known)
    if "shrink" in allow or gone <= max(_MANY if listing.pages else 0, len(known) // 2):
        return
    pages = counted(len(known), Text("page", "page"), Text("pages", "pages"))
    raise SafetyStop(
        Text(
            f"{wiki.place} ne connaît plus que {number(len(known) - gone).fr} des {pages.fr} de "
            "la copie : elle n'est pas touchée.",
            f"{wiki.place} knows only {number(len(known) - gone).en} of the {pages.en} of the "
            "copy any more: it is left as it is.",
        ),
        Text(
            "Regardez si le wiki va bien. Si ces pages sont vraiment parties : --allow shrink.",
            "Look whether the wiki is well. If these pages are really gone: --allow shrink.",
        ),
        "shrink",
    )


def _take(
    mirror: Mirror,
    known: Mapping[int, tuple[str, int]],
    listing: Listing,
    wiki: Wiki,
    *,
    reconciled: bool,
) -> tuple[int, int, int, int, int]:
    """Write what is new; return how many pages are new, other, moved, gone and unreadable."""
    touched = listing.touched or frozenset()
    there = {pageid: (str(here.title), here.revid) for pageid, here in listing.pages.items()}
    gone = [pageid for pageid in known if pageid not in there]
    other = [
        pageid for pageid, (title, revid) in there.items()
        if known.get(pageid) != (title, revid) or title in touched
    ]  # fmt: skip
    if reconciled:  # what was hidden may be shown again, by the same revision
        other = list(dict.fromkeys([*other, *(p for p in mirror.unreadable() if p in there)]))
    mirror.drop([*gone, *other])
    read: set[int] = set()
    for page in wiki.pages_by_id(other):
        mirror.keep(page, _calls(page, wiki.syntax))
        read.add(page.id)
    for pageid in other:
        if pageid not in read:
            mirror.keep_unreadable(pageid, *there[pageid])
    new = sum(pageid not in known for pageid in other)
    differing = [p for p in other if p in known and known[p] != there[p]]
    moved = sum(known[pageid][0] != there[pageid][0] for pageid in differing)
    return new, len(differing), moved, len(gone), len(mirror.unreadable())


def _calls(page: Page, syntax: Syntax) -> tuple[str, ...]:
    """Return the names of the templates that a text calls; "" where that is not certain."""
    try:
        return tuple({call.name for call in transclusions(page.text, syntax)})
    except AmbiguousWikitext:
        return ("",)
