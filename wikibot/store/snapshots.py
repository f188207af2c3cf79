"""The snapshots: how many findings there were, a day each; numbers alone.

A file beside the journal, which a check never touches. It serves one wiki; its version is in
`user_version`, so that later tables (the mirror's) can come by a step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from wikibot.checks.finding import Severity
from wikibot.checks.snapshot import Snapshot
from wikibot.language import Text
from wikibot.store.database import Kind, opened

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
_KIND = Kind(
    "snapshots.sqlite",
    1,
    _SCHEMA,
    Text("Relevés", "Snapshots"),
    Text(
        "Restaurez ce fichier, ou mettez-le de côté : la suite des relevés recommencera.",
        "Restore this file, or put it aside: the snapshots will begin anew.",
    ),
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
        with opened(_KIND, folder, wikiid, "foreign_keys=ON") as (db, _):
            yield cls(db)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether a snapshot was ever kept there."""
        return (folder / _KIND.name).is_file()

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

    def old(self, before: date) -> tuple[date, ...]:
        """Return the days before that one whose numbers are to go; the first of a month stays."""
        rows = self._db.execute(f"SELECT day FROM snapshot WHERE {_OLD} ORDER BY day", _day(before))
        return tuple(date.fromisoformat(day) for (day,) in rows)

    def thin(self, before: date) -> None:
        """Forget the numbers of the days that `old` returns."""
        self._db.execute(f"DELETE FROM snapshot WHERE {_OLD}", _day(before))

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


_OLD = (
    "day<? AND (mapping, day) NOT IN"
    " (SELECT mapping, min(day) FROM snapshot GROUP BY mapping, substr(day, 1, 7))"
)


def _day(of: date) -> tuple[str]:
    return (of.isoformat(),)
