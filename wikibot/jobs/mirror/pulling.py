"""pull: bring the local copy of a wiki up to date, in as few requests as there is news."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wikibot.edits.contents import contents_of, derived_by
from wikibot.errors import SafetyStop
from wikibot.jobs.mirror.view import needs_no_copy
from wikibot.jobs.state import state_folder
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text, counted, number
from wikibot.mapping import Mapping as WikiMapping
from wikibot.page import Page
from wikibot.store.mirror import Copied, Mirror
from wikibot.wiki import Wiki
from wikibot.wiki.following import Followed, Listing
from wikibot.wikitext import categories_of

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
    of those that differ are read. What pages say is derived from their texts alone: of those that
    are read and, where the mapping is another one than last time, of all. It is one transaction:
    a pull that fails or is killed leaves the copy of before. `allow` "shrink" takes it that most
    of the pages are gone.

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
        guard(known, listing, wiki, allow)
        due = before is None or now - before.reconciled >= _RECONCILED_EVERY
        reconciled = due or listing.touched is None
        veiled = wiki.veiled() if before and listing.touched is None else frozenset()
        with mirror.writing():
            derived = derived_by(mapping, wiki.syntax)
            if mirror.passages.derived != derived:
                _derive_anew(mirror, mapping, wiki)
                mirror.passages.finish(derived, mapping)
            steady, found = _take(
                mirror, known, listing, wiki, mapping, veiled if reconciled else None
            )
            if reconciled:
                mirror.forget_beside(standings=True)
            elif listing.touched:
                if not listing.touched <= steady:
                    mirror.forget_beside(standings=False)
                mirror.forget_standings(listing.touched)
            since = now if before is None or reconciled else before.reconciled
            mirror.finish(Copied(now, mapping.templates, listing.mark, since))
    return Pulled(now, len(listing.pages), *found, reconciled)


def guard(
    known: Mapping[int, object], listing: Listing, wiki: Wiki, allow: Collection[str]
) -> None:
    """Raise SafetyStop where most of the pages that are known would go."""
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
    mapping: WikiMapping,
    veiled: frozenset[int] | None,
) -> tuple[set[str], tuple[int, int, int, int, int]]:
    """Write what is new; return how many pages are new, other, moved, gone and unreadable.

    Before the numbers: the titles of pages whose edits no list of the wiki can show. They hold a
    call of the mapping, and what is listed serves to find pages that lack one; and their
    categories are what they were, as far as the texts tell. `veiled` are the pages that may have
    changed without a new revision, None where all that is new is known.
    """
    templates = set(mapping.templates)
    steady: set[str] = set()
    touched = listing.touched or frozenset()
    there = {pageid: (str(here.title), here.revid) for pageid, here in listing.pages.items()}
    gone = [pageid for pageid in known if pageid not in there]
    other = [
        pageid for pageid, (title, revid) in there.items()
        if known.get(pageid) != (title, revid) or title in touched
    ]  # fmt: skip
    if veiled is not None:  # what was hidden may be shown again, by the same revision
        hidden = (p for p in [*mirror.unreadable(), *veiled] if p in there)
        other = list(dict.fromkeys([*other, *hidden]))
    before = {page.id: page for page in mirror.pages_by_id(other)} if touched else {}
    mirror.drop([*gone, *other])
    read: set[int] = set()
    for page in wiki.pages_by_id(other):
        contents = contents_of(page, mapping, wiki.syntax)
        mirror.keep(page, contents)
        read.add(page.id)
        if not templates.isdisjoint(contents.calls) and _filed_alike(
            before.get(page.id), page, wiki
        ):
            steady.add(str(page.title))
    for pageid in other:
        if pageid not in read:
            mirror.keep_unreadable(pageid, *there[pageid])
    new = sum(pageid not in known for pageid in other)
    differing = [p for p in other if p in known and known[p] != there[p]]
    moved = sum(known[pageid][0] != there[pageid][0] for pageid in differing)
    return steady, (new, len(differing), moved, len(gone), len(mirror.unreadable()))


def _filed_alike(before: Page | None, now: Page, wiki: Wiki) -> bool:
    return (
        before is not None
        and before.title == now.title
        and [*categories_of(before.text, wiki.syntax)] == [*categories_of(now.text, wiki.syntax)]
    )


def _derive_anew(mirror: Mirror, mapping: WikiMapping, wiki: Wiki) -> None:
    """Derive again what the pages say that are kept, by a mapping that is another one now."""
    mirror.passages.clear()
    for page in mirror.pages_by_id(list(mirror.known())):
        mirror.passages.keep(page.id, contents_of(page, mapping, wiki.syntax))
