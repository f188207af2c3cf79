"""Which pages stand in a category or in a namespace: titles alone, no text is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wikibot.title import CATEGORY, Title, canonical_name
from wikibot.wiki.mediawiki.api import Api, Record
from wikibot.wiki.mediawiki.site import Site

_HEADS = (" ", "*")  # sort keys that put a page before all others: it presents the category


def members(api: Api, site: Site, categories: Iterable[str]) -> dict[str, tuple[Title, ...]]:
    """Return the pages of each category that has any, without redirects and what presents it.

    Costs a request for all categories, and one for each that has pages (more where they are
    many). Source: MediaWiki, API:Categoryinfo, API:Categorymembers, API:Categories.
    """
    spaces = site.syntax.namespaces
    titles = {spaces.title(CATEGORY, canonical_name(name)): name for name in categories}
    found: dict[str, tuple[Title, ...]] = {}
    for title in _filled(api, site, list(titles)):
        question = {
            "generator": "categorymembers",
            "gcmtitle": str(title),
            "gcmtype": "page",
            "gcmlimit": "max",
            "prop": "info|categories",
            "clprop": "sortkey",
            "clcategories": str(title),
            "cllimit": "max",
        }
        if title in titles:
            found[titles[title]] = tuple(_listed(api, site, question))
    return found


def titles_in(api: Api, site: Site, namespaces: Iterable[int]) -> Iterator[Title]:
    """Yield the titles of the pages of the namespaces that the wiki has, without redirects.

    Source: MediaWiki, API:Allpages.
    """
    known = dict(site.syntax.namespaces.names)
    for namespace in dict.fromkeys(namespaces):
        if namespace in known:
            question = {
                "generator": "allpages",
                "gapnamespace": str(namespace),
                "gapfilterredir": "nonredirects",
                "gaplimit": "max",
                "prop": "info",
            }
            yield from _listed(api, site, question)


def _filled(api: Api, site: Site, titles: list[Title]) -> Iterator[Title]:
    for start in range(0, len(titles), site.batch):
        asked = "|".join(map(str, titles[start : start + site.batch]))
        for batch in api.batches({"prop": "categoryinfo", "titles": asked}):
            try:
                for record in batch.records:
                    if record.get("categoryinfo", {}).get("pages"):
                        yield _title(record, site)
            except (AttributeError, KeyError, TypeError, ValueError):
                raise api.strange("categoryinfo") from None


def _listed(api: Api, site: Site, question: dict[str, str]) -> Iterator[Title]:
    for batch in api.batches(question):
        try:
            found = [
                _title(record, site)
                for record in batch.records
                if not record.get("redirect")
                and not any(
                    str(row.get("sortkeyprefix", "")).startswith(_HEADS)
                    for row in record.get("categories", ())
                )
            ]
        except (AttributeError, KeyError, TypeError, ValueError):
            raise api.strange(question["generator"]) from None
        yield from found


def _title(record: Record, site: Site) -> Title:
    return site.title(int(record["ns"]), str(record["title"]))
