"""The titles of the pages that call templates, without the pages: 500 a request, or 5000."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wikibot.title import TEMPLATE, Title
from wikibot.wiki.mediawiki.api import Api
from wikibot.wiki.mediawiki.site import Site


def titles_with(api: Api, site: Site, templates: Iterable[str]) -> Iterator[Title]:
    """Yield each title once, as the wiki's own link tables list it.

    Source: MediaWiki, API:Transcludedin.
    """
    names = (site.syntax.namespaces.parse(name, TEMPLATE) for name in templates)
    wanted = [str(template) for template in dict.fromkeys(names)]
    given: set[Title] = set()
    for start in range(0, len(wanted), site.batch):
        question = {
            "prop": "transcludedin",
            "tiprop": "title",
            "tilimit": "max",
            "titles": "|".join(wanted[start : start + site.batch]),
        }
        for batch in api.batches(question):
            try:
                rows = [row for record in batch.records for row in record.get("transcludedin", ())]
                found = [site.title(int(row["ns"]), str(row["title"])) for row in rows]
            except (AttributeError, KeyError, TypeError, ValueError):
                raise api.strange("transcludedin") from None
            for title in found:
                if title not in given:
                    given.add(title)
                    yield title
