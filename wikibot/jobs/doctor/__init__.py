"""Looks at everything a run relies on, before there is one; writes nothing to any wiki.

Gathering (`examination` of the server, `machine`) is apart from judging: each room below says
what a group of facts means, as points with a remedy in plain words.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wikibot.diagnosis import GROUPS, Diagnosis, Outcome, Point, in_order
from wikibot.errors import AmbiguousWikitext, WikibotError
from wikibot.jobs.doctor import (
    account,
    configuration,
    contact,
    extensions,
    pages,
    premises,
    stopping,
    tag,
)
from wikibot.jobs.doctor.facts import Facts, Setup
from wikibot.jobs.doctor.machine import StateFacts, look_at
from wikibot.jobs.manners import USUAL, Manners
from wikibot.jobs.state import state_folder
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.wiki import Wiki
from wikibot.wikitext import transclusions

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki.examination import Examination

__all__ = ["GROUPS", "Diagnosis", "Outcome", "Point", "Setup", "doctor"]

NOTHING_SET_UP = Setup()


def doctor(
    wiki: Wiki | WikibotError,
    mapping: Mapping | WikibotError,
    *,
    setup: Setup = NOTHING_SET_UP,
    manners: Manners = USUAL,
    state: Path | None = None,
    surroundings: Surroundings = REAL,
) -> Diagnosis:
    """Go through every point, whatever fails on the way.

    `wiki` and `mapping` may be the errors that kept them from being opened, and `setup` says how
    the wiki was to be opened (a wiki that is open needs none). `state` is the
    configured state folder, `manners` are those of the runs to come. A server is asked a handful
    of questions, a folder or an export is read whole.
    """
    opened = None if isinstance(wiki, WikibotError) else wiki
    setup = _completed(setup, opened)
    names = () if isinstance(mapping, WikibotError) else mapping.templates
    server, mute = _examined(opened, manners, names, surroundings)
    callers, unread = _counted(opened, names)
    facts = Facts(
        setup=setup,
        manners=manners,
        mapping=mapping,
        wiki=opened,
        unreached=wiki if isinstance(wiki, WikibotError) else None,
        server=server,
        mute=mute,
        state=_state(opened, state, setup.account),
        folder_writable=opened is not None and os.access(opened.place, os.W_OK | os.X_OK),
        order=_order(opened, manners),
        callers=callers,
        unread=unread,
        now=surroundings.now(),
    )
    rooms = (configuration, contact, extensions, tag, account, stopping, pages, premises)
    found = [point for room in rooms for point in room.judge(facts)]
    return Diagnosis(_identity(opened), in_order(found))


def _completed(setup: Setup, wiki: Wiki | None) -> Setup:
    """Return the setup with what an open wiki shows, where nobody has told how it was opened."""
    if wiki is None or setup.place:
        return setup
    account = wiki.user if "://" in wiki.place else None
    return replace(setup, place=wiki.place, account=account, login=None)


def _examined(
    wiki: Wiki | None, manners: Manners, names: tuple[str, ...], surroundings: Surroundings
) -> tuple[Examination | None, WikibotError | None]:
    """Ask a server; a folder or an export is not asked."""
    if wiki is None or "://" not in wiki.place:
        return None, None
    from wikibot.wiki.mediawiki import MediaWiki

    assert isinstance(wiki, MediaWiki)
    try:
        return wiki.examine(manners.stop_page, names, surroundings.now), None
    except WikibotError as error:
        return None, error


def _order(wiki: Wiki | None, manners: Manners) -> Text | None:
    """Return what the stop page of a folder says; a server's is among what it is asked."""
    if wiki is None or not wiki.writable or "://" in wiki.place or manners.stop_page is None:
        return None
    try:
        return wiki.stop_order(manners.stop_page, talk=False)
    except WikibotError as error:
        return error.message


def _counted(
    wiki: Wiki | None, names: tuple[str, ...]
) -> tuple[dict[str, int], WikibotError | None]:
    """Count the pages of a folder or an export that call each template; reads all of it."""
    if wiki is None or "://" in wiki.place or not names:
        return {}, None
    counts: Counter[str] = Counter()
    try:
        for page in wiki.pages_with(names):
            counts.update(set(_calls(page, wiki)) & set(names))
    except WikibotError as error:
        return {}, error
    return counts, None


def _calls(page: Page, wiki: Wiki) -> Iterator[str]:
    try:
        yield from (call.name for call in transclusions(page.text, wiki.syntax))
    except AmbiguousWikitext:
        return


def _state(
    wiki: Wiki | None, configured: Path | None, account: str | None
) -> StateFacts | WikibotError | None:
    """Look at the state folder; without a wiki only a configured one is known."""
    try:
        if wiki is not None:
            return look_at(state_folder(wiki, configured), wiki.place, account)
        return look_at(configured) if configured is not None else None
    except WikibotError as error:
        return error


def _identity(wiki: Wiki | None) -> str | None:
    try:
        return wiki.wikiid if wiki else None
    except WikibotError:
        return None
