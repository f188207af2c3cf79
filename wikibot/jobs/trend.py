"""trend: how many findings there were, check by check; a whole check keeps the numbers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

from wikibot import __version__
from wikibot.checks.sifting import Sifted
from wikibot.checks.snapshot import Snapshot, snapshot_of
from wikibot.errors import ConfigError, WikibotError
from wikibot.jobs.state import state_folder
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.store.snapshots import Snapshots
from wikibot.wiki import Wiki

log = logging.getLogger(__name__)


def keep_snapshot(
    sifted: Sifted,
    pages: Sequence[Page],
    mapping: Mapping,
    wiki: Wiki,
    *,
    state: Path | None = None,
    around: Surroundings = REAL,
) -> tuple[Snapshot, Snapshot | None]:
    """Keep the counts of a check of all pages and rules; return them, and those of a day before.

    One snapshot a day is kept, the last. An export is of the day of its latest edit. Where the
    state folder cannot be written, the log says so, and all else goes on.
    """
    now = around.now().astimezone(UTC)
    if not wiki.writable:
        now = min(now, max((page.revision.timestamp for page in pages), default=now))
    taken = snapshot_of(sifted, len(pages), mapping.id, mapping.wiki.rules, now, __version__)
    try:
        with Snapshots.open(folder_of(wiki, state), wiki.wikiid) as snapshots:
            snapshots.keep(taken)
            before = [s for s in snapshots.of(mapping.id) if s.day < taken.day]
    except WikibotError as error:
        log.warning(
            Text(
                f"les nombres de ce contrôle ne sont pas gardés. {error.message.fr}",
                f"the numbers of this check are not kept. {error.message.en}",
            )
        )
        return taken, None
    return taken, before[-1] if before else None


def trend(wiki: Wiki, mapping: Mapping, *, state: Path | None = None) -> tuple[Snapshot, ...]:
    """Return the counts of the checks of this wiki by this mapping, one a day, oldest first.

    Raises:
        ConfigError, Unavailable: what was kept cannot be read.
    """
    folder = folder_of(wiki, state)
    if not Snapshots.exists(folder):
        return ()
    with Snapshots.open(folder, wiki.wikiid) as snapshots:
        return snapshots.of(mapping.id)


def folder_of(wiki: Wiki, state: Path | None) -> Path:
    """Return the state folder, unless a folder of pages brings a link along in its place.

    Raises:
        ConfigError: it does; a check would write wherever that leads.
    """
    folder = state_folder(wiki, state)
    if folder == wiki.home and folder.is_symlink():
        raise ConfigError(
            Text(f"{folder} est un lien.", f"{folder} is a link."),
            Text("Mettez un vrai dossier à sa place.", "Put a real folder in its place."),
        )
    return folder
