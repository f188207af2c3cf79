"""runs: the ledger of what was written."""

from __future__ import annotations

from pathlib import Path

from wikibot.edits import LedgerRow
from wikibot.jobs.state import state_folder
from wikibot.store import Journal
from wikibot.wiki import Wiki


def runs(wiki: Wiki, *, state: Path | None = None) -> tuple[LedgerRow, ...]:
    """Return every run on this wiki, newest first; none where nothing was ever written."""
    folder = state_folder(wiki, state)
    if not Journal.exists(folder):
        return ()
    with Journal.open(folder, wiki.wikiid) as journal:
        return journal.runs()
