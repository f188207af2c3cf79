"""Every page that calls templates with its newest revision, and what was touched since a mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wikibot.errors import InvalidTitle
from wikibot.title import TEMPLATE
from wikibot.wiki.following import Here, Listing
from wikibot.wiki.mediawiki.api import Api, Record
from wikibot.wiki.mediawiki.site import Site

_BETWEEN = "|"  # of a mark: the moment of the newest recent change, and its id


def listing(api: Api, site: Site, templates: Iterable[str], since: str) -> Listing:
    """Return the listing, for a request a 500 pages (5000 with bot limits), and one beside.

    The revision of each page comes with the list of pages: it tells of an edit, a move, a
    deletion, an import or a page taken back whether or not the wiki still has a recent change
    of it. What is recent is asked first, so that nothing falls between. Source: MediaWiki,
    API:Transcludedin, API:Info, API:RecentChanges.
    """
    touched, mark = _recent(api, site, since)
    return Listing(_pages(api, site, templates), touched, mark)


def _pages(api: Api, site: Site, templates: Iterable[str]) -> dict[int, Here]:
    names = (site.syntax.namespaces.parse(name, TEMPLATE) for name in templates)
    wanted = [str(template) for template in dict.fromkeys(names)]
    pages: dict[int, Here] = {}
    for start in range(0, len(wanted), site.batch):
        question = {
            "generator": "transcludedin",
            "titles": "|".join(wanted[start : start + site.batch]),
            "gtilimit": "max",
            "prop": "info",
        }
        for batch in api.batches(question):
            try:
                for row in batch.records:
                    if not row.get("missing"):
                        title = site.title(int(row["ns"]), str(row["title"]))
                        pages[int(row["pageid"])] = Here(title, int(row["lastrevid"]))
            except (AttributeError, KeyError, TypeError, ValueError):
                raise api.strange("transcludedin") from None
    return pages


def _recent(api: Api, site: Site, since: str) -> tuple[frozenset[str] | None, str]:
    """Return the titles touched since a mark, None where the wiki cannot tell; and a new mark.

    The change that the mark names is the proof that none was dropped since: the wiki forgets
    the oldest ones first (`$wgRCMaxAge`).
    """
    moment, _, known = since.partition(_BETWEEN)
    touched: set[str] = set()
    mark = ""
    for row in _changes(api, moment):
        try:
            number, titles = str(row["rcid"]), list(_titles(row, site))
            mark = mark or f"{row['timestamp']}{_BETWEEN}{number}"
        except (AttributeError, KeyError, TypeError, ValueError):
            raise api.strange("recentchanges") from None
        if number == known:
            return frozenset(touched), mark
        if not since:
            return None, mark
        touched.update(titles)
    return None, mark


def veiled(api: Api) -> frozenset[int]:
    """Return the ids of the pages of which a revision was ever hidden, or shown again.

    The log keeps it for good, unlike the list of recent changes. What only suppressors may see
    stands in no list. Source: MediaWiki, API:Logevents, Manual:RevisionDelete.
    """
    question = {"leaction": "delete/revision", "leprop": "ids", "lelimit": "max"}
    found: set[int] = set()
    for row in _rows(api, "logevents", question):
        try:
            found.add(int(row.get("logpage", 0)))  # a hidden one has none
        except (AttributeError, TypeError, ValueError):
            raise api.strange("logevents") from None
    return frozenset(found - {0})


def _changes(api: Api, since: str) -> Iterator[Record]:
    """Yield the recent changes, newest first, down to a moment; the newest one without it."""
    question = {
        "rcprop": "title|ids|timestamp|loginfo",
        "rctype": "edit|new|log",
        "rclimit": "max" if since else "1",
        **({"rcend": since} if since else {}),
    }
    return _rows(api, "recentchanges", question)


def _rows(api: Api, name: str, question: Mapping[str, str]) -> Iterator[Record]:
    """Yield the rows of a list, to its end."""
    following: dict[str, str] = {}
    while True:
        answer = api.read({"action": "query", "list": name, **question, **following})
        try:
            rows = answer.get("query", {}).get(name, ())
            following = {str(k): str(v) for k, v in answer.get("continue", {}).items()}
            yield from rows
        except (AttributeError, TypeError):
            raise api.strange(name) from None
        if not following:
            return


def _titles(row: Record, site: Site) -> Iterator[str]:
    """Yield the titles that a change concerns: of a move, both."""
    if "title" in row:  # a hidden one has none
        yield str(site.title(int(row["ns"]), str(row["title"])))
    target = row.get("logparams", {}).get("target_title")
    if target:
        try:
            yield str(site.syntax.namespaces.parse(str(target)))
        except InvalidTitle:
            return
