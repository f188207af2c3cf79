"""The snapshots: how many findings there were, a day each; numbers alone.

A file beside the journal, which a check never touches. It serves one wiki; its version is in
`user_version`, so that later tables (the mirror's) can come by a step.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from wikibot.checks.finding import Severity
from wikibot.checks.snapshot import Snapshot
from wikibot.errors import ConfigError, Unavailable
from wikibot.language import Text, same

_NAME = "snapshots.sqlite"
_VERSION = 1
_SCHEMA = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE snapshot ("
    " day TEXT NOT NULL, mapping TEXT NOT NULL, moment TEXT NOT NULL, pages INTEGER NOT NULL,"
    " wikibot TEXT NOT NULL, PRIMARY KEY (day, mapping)) STRICT",
    "CREATE TABLE found ("
    " day TEXT NOT NULL, mapping TEXT NOT NULL, rule TEXT NOT NULL, severity TEXT NOT NULL,"
    " number INTEGER NOT NULL, PRIMARY KEY (day, mapping, rule, severity),"
    " FOREIGN KEY (day, mapping) REFERENCES snapshot ON DELETE CASCADE) STRICT",
    "CREATE TABLE waived ("
    " day TEXT NOT NULL, mapping TEXT NOT NULL, rule TEXT NOT NULL, number INTEGER NOT NULL,"
    " PRIMARY KEY (day, mapping, rule),"
    " FOREIGN KEY (day, mapping) REFERENCES snapshot ON DELETE CASCADE) STRICT",
)


class Snapshots:
    """The snapshots of one wiki, open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over an open connection; use `Snapshots.open`."""
        self._db = connection

    @classmethod
    @contextmanager
    def open(cls, folder: Path, wikiid: str) -> Iterator[Snapshots]:
        """Open (or begin) the snapshots in `folder`, which serve `wikiid` and no other wiki.

        Raises:
            ConfigError: they are another wiki's, or of a newer wikibot, or unreadable.
            Unavailable: the disk does not take or give what it should, here or within.
        """
        path = folder / _NAME
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0), 0o600))
            db = sqlite3.connect(path, isolation_level=None, timeout=5)
        except (OSError, sqlite3.Error) as error:
            raise _unavailable(path, error) from None
        try:
            db.execute("PRAGMA foreign_keys=ON")
            _prepare(db, wikiid, path)
            yield cls(db)
        except sqlite3.OperationalError as error:
            raise _unavailable(path, error) from None
        except sqlite3.DatabaseError as error:
            raise _unusable(path, same(error)) from None
        finally:
            db.close()

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether a snapshot was ever kept there."""
        return (folder / _NAME).is_file()

    def keep(self, taken: Snapshot) -> None:
        """Keep a snapshot in place of the one of the same day and mapping."""
        key = (taken.day.isoformat(), taken.mapping)
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM snapshot WHERE day=? AND mapping=?", key)
        db.execute(
            "INSERT INTO snapshot VALUES (?,?,?,?,?)",
            (*key, taken.moment.isoformat(timespec="seconds"), taken.pages, taken.wikibot),
        )
        db.executemany(
            "INSERT INTO found VALUES (?,?,?,?,?)",
            ((*key, rule, severity, n) for (rule, severity), n in taken.found.items()),
        )
        db.executemany(
            "INSERT INTO waived VALUES (?,?,?,?)",
            ((*key, rule, n) for rule, n in taken.waived.items()),
        )
        db.execute("COMMIT")

    def of(self, mapping: str) -> tuple[Snapshot, ...]:
        """Return the snapshots taken by a mapping, the oldest first."""
        found: dict[str, dict[tuple[str, Severity], int]] = {}
        waived: dict[str, dict[str, int]] = {}
        db, one = self._db, (mapping,)
        db.execute("BEGIN")  # the three tables as of one instant
        taken = db.execute(
            "SELECT day, moment, pages, wikibot FROM snapshot WHERE mapping=? ORDER BY day", one
        ).fetchall()
        for day, rule, severity, n in db.execute(
            "SELECT day, rule, severity, number FROM found WHERE mapping=?", one
        ):
            found.setdefault(day, {})[rule, severity] = n
        for day, rule, n in db.execute("SELECT day, rule, number FROM waived WHERE mapping=?", one):
            waived.setdefault(day, {})[rule] = n
        db.execute("COMMIT")
        return tuple(
            Snapshot(
                day=date.fromisoformat(day),
                moment=datetime.fromisoformat(moment),
                pages=pages,
                mapping=mapping,
                wikibot=wikibot,
                found=found.get(day, {}),
                waived=waived.get(day, {}),
            )
            for day, moment, pages, wikibot in taken
        )


def _prepare(db: sqlite3.Connection, wikiid: str, path: Path) -> None:
    """Create the tables in a new file; check whose an old one is."""
    db.execute("BEGIN IMMEDIATE")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > _VERSION:
        raise _unusable(path, same(f"version {version} > {_VERSION}"))
    if version == 0:
        for statement in _SCHEMA:
            db.execute(statement)
        db.execute("INSERT INTO meta VALUES ('wikiid', ?)", (wikiid,))
        db.execute(f"PRAGMA user_version={_VERSION}")
    row = db.execute("SELECT value FROM meta WHERE key='wikiid'").fetchone()
    db.execute("COMMIT")
    owner = row[0] if row else "?"
    if owner != wikiid:
        raise _unusable(
            path,
            Text(
                f"ils sont d'un autre wiki, {owner}, pas de {wikiid}",
                f"they are another wiki's, {owner}, not of {wikiid}",
            ),
        )


def _unusable(path: Path, why: Text) -> ConfigError:
    return ConfigError(
        Text(
            f"Relevés inutilisables : {path} ({why.fr}).",
            f"Unusable snapshots: {path} ({why.en}).",
        ),
        Text(
            "Restaurez ce fichier, ou mettez-le de côté : la suite des relevés recommencera.",
            "Restore this file, or put it aside: the snapshots will begin anew.",
        ),
    )


def _unavailable(path: Path, error: Exception) -> Unavailable:
    why = getattr(error, "strerror", None) or error
    return Unavailable(
        Text(
            f"Impossible de lire ou d'écrire les relevés {path} : {why}.",
            f"Cannot read or write the snapshots {path}: {why}.",
        ),
        Text(
            "Vérifiez les droits et la place sur le disque.",
            "Check the rights and the space on the disk.",
        ),
    )
