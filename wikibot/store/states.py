"""The states of a wiki that overviews compare: one a day, small, without texts and persons.

A file beside the snapshots of checks. It serves one wiki. A state is JSON, compressed; its form has
a number, so that a later one is told from it. What is older than three months, or than the days
that the last purge was told, is thinned out to the first state of each month.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from wikibot.language import Text, same
from wikibot.overviews.taken import Kept, KeptAction, Taken
from wikibot.store.database import Kind, opened
from wikibot.store.persons import Named, strings

FORM = 1
KEPT_WHOLE = timedelta(days=92)
_OLD = (
    "day<? AND (mapping, day) NOT IN"
    " (SELECT mapping, min(day) FROM state GROUP BY mapping, substr(day, 1, 7))"
)

_SCHEMA = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE state (day TEXT NOT NULL, mapping TEXT NOT NULL, content BLOB NOT NULL,"
    " PRIMARY KEY (day, mapping)) STRICT",
)
_KIND = Kind(
    "states.sqlite",
    1,
    _SCHEMA,
    Text("Relevés des aperçus", "Snapshots of overviews"),
    Text(
        "Restaurez ce fichier, ou mettez-le de côté : la suite des relevés recommencera.",
        "Restore this file, or put it aside: the snapshots will begin anew.",
    ),
)


class States:
    """The states of one wiki, open."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Take over an open connection; use `States.open`."""
        self._db = connection
        self._path = path

    @classmethod
    @contextmanager
    def open(cls, folder: Path, wikiid: str) -> Iterator[States]:
        """Open (or begin) the states in `folder`, which serve `wikiid` and no other wiki.

        Raises:
            ConfigError: they are another wiki's, or of a newer wikibot, or unreadable; here or
                within.
            Unavailable: the disk does not take or give what it should, here or within.
        """
        with opened(_KIND, folder, wikiid) as (db, path):
            yield cls(db, path)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether a state was ever kept there."""
        return (folder / _KIND.name).is_file()

    def keep(self, taken: Taken) -> None:
        """Keep a state in place of the one of the same day and mapping; thin out the old ones.

        The days of which each state is kept are those that `thin` was told last, else 92.
        """
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "INSERT OR REPLACE INTO state VALUES (?,?,?)",
            (taken.day.isoformat(), taken.mapping, _packed(taken)),
        )
        told = db.execute("SELECT value FROM meta WHERE key='daily_days'").fetchone()
        whole = timedelta(days=int(told[0])) if told else KEPT_WHOLE
        before = (taken.day - whole).isoformat()
        db.execute(f"DELETE FROM state WHERE mapping=? AND {_OLD}", (taken.mapping, before))
        db.execute("COMMIT")

    def old(self, before: date) -> tuple[tuple[date, int], ...]:
        """Return the days before that one whose states are to go, each with its bytes.

        The first of each month stays.
        """
        asked = f"SELECT day, length(content) FROM state WHERE {_OLD} ORDER BY day"
        rows = self._db.execute(asked, (before.isoformat(),))
        return tuple((date.fromisoformat(day), size) for day, size in rows)

    def thin(self, today: date, days: int) -> None:
        """Forget the states that are older than so many days, but the first of each month."""
        db = self._db
        db.execute("PRAGMA secure_delete=ON")
        db.execute("BEGIN IMMEDIATE")
        before = (today - timedelta(days=days)).isoformat()
        db.execute(f"DELETE FROM state WHERE {_OLD}", (before,))
        db.execute("INSERT OR REPLACE INTO meta VALUES ('daily_days', ?)", (f"{days}",))
        db.execute("COMMIT")

    def naming(self, named: Named) -> tuple[tuple[date, str, int], ...]:
        """Return the day, the mapping and the bytes of the states that name a person."""
        found = []
        for day, mapping, content in self._db.execute("SELECT * FROM state ORDER BY day"):
            try:
                told = json.loads(zlib.decompress(content))
            except (zlib.error, ValueError):
                continue  # who asks for it is told that it is damaged
            if any(map(named, strings(told))):
                found.append((date.fromisoformat(day), mapping, len(content)))
        return tuple(found)

    def forget(self, named: Named) -> None:
        """Forget the states that name a person, and take them off the disk."""
        with _KIND.told(self._path):
            self._db.execute("PRAGMA secure_delete=ON")
            self._db.execute("BEGIN IMMEDIATE")
            for day, mapping, _ in self.naming(named):
                key = (day.isoformat(), mapping)
                self._db.execute("DELETE FROM state WHERE day=? AND mapping=?", key)
            self._db.execute("COMMIT")
            self._db.execute("VACUUM")

    def days(self, mapping: str) -> tuple[date, ...]:
        """Return the days of which there is a state by a mapping, the oldest first."""
        rows = self._db.execute("SELECT day FROM state WHERE mapping=? ORDER BY day", (mapping,))
        return tuple(date.fromisoformat(day) for (day,) in rows)

    def latest(self, mapping: str, until: date) -> Taken | None:
        """Return the latest state by a mapping, of the day `until` at most; None: there is none."""
        row = self._db.execute(
            "SELECT content FROM state WHERE mapping=? AND day<=? ORDER BY day DESC LIMIT 1",
            (mapping, until.isoformat()),
        ).fetchone()
        if row is None:
            return None
        try:
            return _unpacked(row[0])
        except (zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _KIND.unusable(self._path, same(f"{type(error).__name__}: {error}")) from None


def _packed(taken: Taken) -> bytes:
    body = {
        "form": FORM,
        "day": taken.day.isoformat(),
        "moment": taken.moment.isoformat(),
        "mapping": taken.mapping,
        "members": [
            [m.pageid, m.title, m.page_type, m.index, m.revid, dict(m.values), dict(m.digests)]
            for m in taken.members
        ],
        "actions": [[a.pageid, a.title, a.done] for a in taken.actions],
    }
    return zlib.compress(json.dumps(body, separators=(",", ":")).encode("ascii"), 6)


def _unpacked(content: bytes) -> Taken:
    body: dict[str, Any] = json.loads(zlib.decompress(content))
    if body["form"] != FORM:
        raise ValueError(f"form {body['form']} ≠ {FORM}")
    return Taken(
        day=date.fromisoformat(body["day"]),
        moment=datetime.fromisoformat(body["moment"]),
        mapping=body["mapping"],
        members=tuple(_kept(*row) for row in body["members"]),
        actions=tuple(KeptAction(*row) for row in body["actions"]),
    )


def _kept(
    pageid: int,
    title: str,
    page_type: str,
    index: int,
    revid: int,
    values: dict[str, list[str]],
    digests: dict[str, str],
) -> Kept:
    told = {field_id: tuple(items) for field_id, items in values.items()}
    return Kept(pageid, title, page_type, index, revid, told, digests)
