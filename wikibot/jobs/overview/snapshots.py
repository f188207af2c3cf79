"""Keeps the state of a wiki that an overview has read, and finds one to compare it with."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from pathlib import Path

from wikibot.errors import WikibotError
from wikibot.jobs.trend import folder_of
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.overviews.collection import Collection
from wikibot.overviews.since import taken_of
from wikibot.overviews.taken import Taken
from wikibot.store.states import States
from wikibot.wiki import Wiki

_log = logging.getLogger(__name__)


def keep(collection: Collection, wiki: Wiki, *, state: Path | None = None) -> Taken:
    """Keep the state of a collection, one a day, the last; return it.

    Where the state folder cannot be written, the log says so, and all else goes on.
    """
    taken = taken_of(collection)
    try:
        with States.open(folder_of(wiki, state), wiki.wikiid) as states:
            states.keep(taken)
    except WikibotError as error:
        _log.warning(
            Text(
                f"le relevé de cet aperçu n'est pas gardé. {error.message.fr}",
                f"the snapshot of this overview is not kept. {error.message.en}",
            )
        )
    return taken


def before(
    wiki: Wiki, mapping: Mapping, day: date | None, today: date, *, state: Path | None = None
) -> Taken | None:
    """Return the latest state kept on a day or before it; None where there is none.

    Without a day it is the last one of a day before today.

    Raises:
        ConfigError, Unavailable: what was kept cannot be read.
    """
    folder = folder_of(wiki, state)
    if not States.exists(folder):
        return None
    until = today - timedelta(days=1) if day is None else day
    with States.open(folder, wiki.wikiid) as states:
        return states.latest(mapping.id, until)


def days(wiki: Wiki, mapping: Mapping, *, state: Path | None = None) -> tuple[date, ...]:
    """Return the days of which a state is kept, the oldest first. Raises as `before`."""
    folder = folder_of(wiki, state)
    if not States.exists(folder):
        return ()
    with States.open(folder, wiki.wikiid) as states:
        return states.days(mapping.id)
