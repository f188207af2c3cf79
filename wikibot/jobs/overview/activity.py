"""Asks a wiki when its pages were saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from wikibot.mapping import Mapping as WikiMapping
from wikibot.wiki import Wiki
from wikibot.wiki.protocol import Chronicle


@dataclass(frozen=True)
class Told:
    """The days on which pages were saved (UTC), one a save, all of them since `told_since`.

    `created` is title → the day of the first save, of those that were made since.
    """

    edits: tuple[tuple[date, str], ...]
    created: Mapping[str, date]
    told_since: date


def told(wiki: Wiki, mapping: WikiMapping, titles: Iterable[str], since: datetime) -> Told | None:
    """Return when pages of these titles were saved; None where the wiki does not tell.

    A server costs a request for each 500 saves (5,000 for a bot) in the namespaces of the page
    types. Who saved is not asked for.

    Raises:
        InputError: a folder or a dump cannot be read. Unavailable, AccessError: a server.
    """
    if not isinstance(wiki, Chronicle):
        return None
    wanted = frozenset(titles)
    namespaces = sorted({page_type.namespace for page_type in mapping.page_types})
    answer = wiki.edits(namespaces, since)
    edits: list[tuple[date, str]] = []
    created: dict[str, date] = {}
    for edit in answer.edits:
        title, day = str(edit.title), edit.at.astimezone(UTC).date()
        if title in wanted:
            edits.append((day, title))
            if edit.created:
                created[title] = day
    return Told(tuple(sorted(edits)), created, answer.since.astimezone(UTC).date())
