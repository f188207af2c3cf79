"""Reads a wiki once for an overview: its pages as members, its actions, where redirects lead."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Known
from datetime import UTC, datetime

from wikibot.actions.action import tracker
from wikibot.edits import Record
from wikibot.edits.titles import resolved, title_named
from wikibot.errors import AmbiguousWikitext, InputError
from wikibot.jobs.actions.boards import action_boards
from wikibot.jobs.actions.reading import Tracker, tracker_of
from wikibot.jobs.neighbours import standing_of
from wikibot.jobs.overview.members import Reader
from wikibot.jobs.select import no_pages
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.overviews.collection import Collection, Member, Tracked
from wikibot.page import Page, Standing
from wikibot.tables import nearest
from wikibot.title import Title
from wikibot.wiki import Wiki

_log = logging.getLogger(__name__)


def collect(
    wiki: Wiki,
    mapping: Mapping,
    *,
    around: Surroundings = REAL,
    with_contacts: bool = False,
    types: Sequence[str] = (),
    pages: Iterable[Page] | None = None,
) -> Collection:
    """Return what the wiki holds of the page types of the mapping, or of `types` (ids) alone.

    Costs the reading of the pages, once (`pages`, where somebody has read them already), and one
    request for each batch of titles that they name and that are not among them. Texts are let go
    of as soon as they are read. In a dump the moment is that of its latest edit.

    Mails and telephones are masked but `with_contacts`, which the log tells.

    Raises:
        InputError: no such page type; no page of a folder or dump is of one. SafetyStop: no page
            of a server is. Unavailable, AccessError: the wiki cannot be read.
    """
    chosen = _narrowed(mapping, types)
    if with_contacts:
        _log.warning(
            Text(
                "Cet aperçu montre les adresses et les numéros de téléphone des pages.",
                "This overview shows the mail addresses and telephone numbers of the pages.",
            )
        )
    reader = Reader(mapping, wiki.syntax, chosen=chosen, with_contacts=with_contacts)
    found = tracker(chosen)
    members: list[Member] = []
    entries: list[Record] = []
    unread: list[Title] = []
    latest = datetime.min.replace(tzinfo=UTC)
    for page in wiki.pages_with(chosen.templates) if pages is None else pages:
        try:
            records = reader.records(page)
        except AmbiguousWikitext:
            records = ()
            unread.append(page.title)
        else:
            if not records:
                continue
        latest = max(latest, page.revision.timestamp)
        members += map(reader.member, records)
        if found is not None:
            entries += [record for record in records if record.page_type is found[0]][:1]
    if pages is None and not (members or unread):
        raise no_pages(wiki, chosen)
    as_of = around.now()
    if not wiki.writable and (members or unread):
        as_of = min(as_of, latest)
    today = as_of.date()
    board = tracker_of(entries, chosen, wiki, today) if found and entries else None
    members.sort(key=lambda member: (member.title, member.page_type, member.index))
    return Collection(
        mapping=mapping,
        place=wiki.place,
        as_of=as_of.astimezone(UTC),
        today=today,
        members=tuple(members),
        unread=tuple(sorted(map(str, unread))),
        redirects=_redirects(members, chosen, wiki, board.places.standing if board else {}),
        tracked=_tracked(board, wiki) if board else None,
    )


def _narrowed(mapping: Mapping, types: Sequence[str]) -> Mapping:
    """Return the mapping with these page types alone, and those whose entries stand on them.

    Raises:
        InputError: there is no such page type.
    """
    if not types:
        return mapping
    for wanted in types:
        if mapping.page_type(wanted) is None:
            ids = [page_type.id for page_type in mapping.page_types]
            near = nearest(wanted, ids)
            raise InputError(
                Text(f"Aucun type de pages « {wanted} ».", f"No page type “{wanted}”."),
                Text(f"Vouliez-vous dire « {near} » ?", f"Did you mean “{near}”?")
                if near
                else Text(f"Au choix : {', '.join(ids)}.", f"One of: {', '.join(ids)}."),
            )
    kept = [t for t in mapping.page_types if t.id in types or (t.part_of or "") in types]
    return Mapping(wiki=mapping.wiki, page_types=tuple(kept), vocabularies=mapping.vocabularies)


def _redirects(
    members: Iterable[Member],
    mapping: Mapping,
    wiki: Wiki,
    known: Known[str, Standing],
) -> dict[str, str]:
    """Return, of the titles that members name, those that lead to another page, and to which."""
    fields = {
        page_type.id: [field.id for field in page_type.fields if field.kind == "page"]
        for page_type in mapping.page_types
    }
    there: set[str] = set()
    named: dict[str, None] = {}
    for member in members:
        there.add(member.title)
        for field_id in fields[member.page_type]:
            named |= dict.fromkeys(member.values.get(field_id, ()))
    standing = dict(known)
    namespaces = wiki.syntax.namespaces
    there |= standing.keys()
    asked = [title for title in named if title not in there and title_named(title, namespaces)]
    standing |= standing_of(asked, wiki) if asked else {}
    led = {title: resolved(title, standing, namespaces) for title in standing}
    return {title: target for title, target in sorted(led.items()) if target != title}


def _tracked(board: Tracker, wiki: Wiki) -> Tracked:
    overdue = frozenset(action.pageid for action in board.actions if board.is_overdue(action))
    return Tracked(board.actions, action_boards(board, wiki), overdue)
