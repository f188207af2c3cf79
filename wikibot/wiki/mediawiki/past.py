"""The versions that a page had, text and all, newest first from the wiki."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from wikibot.page import Page
from wikibot.wiki.mediawiki.api import Api, Record
from wikibot.wiki.mediawiki.records import revision_of

_QUESTION = {
    "action": "query",
    "prop": "revisions",
    "rvprop": "ids|timestamp|user|comment|content|contentmodel",
    "rvslots": "main",
}
_AT_ONCE = 20  # texts in one answer; few pages were changed as often since any last look


def histories(
    api: Api, pages: Iterable[Page], since: datetime, most: int
) -> Iterator[tuple[Page, ...]]:
    """Yield the versions of each page, in a request each where it has few.

    The wiki gives the texts of many revisions of one page alone at a time. What it hides of a
    revision, its author too, makes us leave it out. Source: MediaWiki, API:Revisions (rvlimit).

    Raises:
        Unavailable: the wiki goes round in circles. Otherwise as `Api.read`.
    """
    for page in pages:
        found = _versions(api, page, since, most)
        if found:
            yield found


def _versions(api: Api, page: Page, since: datetime, most: int) -> tuple[Page, ...]:
    question = {**_QUESTION, "pageids": str(page.id), "rvlimit": str(min(most + 1, _AT_ONCE))}
    found: dict[int, Page] = {}
    following: dict[str, str] = {}
    told = 0
    while True:
        answer = api.read({**question, **following})
        try:
            (record,) = answer["query"]["pages"]
            rows = [(revision_of(row), row) for row in record.get("revisions", ())]
            for revision, row in rows:
                text = _text(row)
                if text is not None and revision.user is not None:
                    found[revision.id] = replace(page, revision=revision, text=text)
            after = {str(k): str(v) for k, v in answer.get("continue", {}).items()}
        except (AttributeError, KeyError, TypeError, ValueError):
            raise api.strange() from None
        told += len(rows)
        if not after or told > most or any(revision.timestamp < since for revision, _ in rows):
            return tuple(found[number] for number in sorted(found))
        if not rows:
            raise api.strange("rvcontinue")
        following = after


def _text(row: Record) -> str | None:
    """Return the wikitext of a revision, None where it is hidden or is none."""
    slot = row.get("slots", {}).get("main", {})
    text = slot.get("content")
    is_wikitext = slot.get("contentmodel", "wikitext") == "wikitext" and not slot.get("texthidden")
    return text if is_wikitext and isinstance(text, str) else None
