"""Whose journal a file is, told without writing to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from wikibot.store.schema import unusable


def journal_owner(folder: Path) -> str | None:
    """Return the identity of the wiki that the journal in `folder` serves; None: there is none.

    Raises:
        ConfigError: the file is no journal that can be read.
    """
    path = folder / "journal.sqlite"
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            row = db.execute("SELECT value FROM meta WHERE key='wikiid'").fetchone()
    except sqlite3.Error as error:
        raise unusable(path, f"{error}") from None
    if row is None:
        raise unusable(path, "meta: wikiid")
    return str(row[0])
