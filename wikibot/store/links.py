"""Which action of the wiki is which item of a tracker, and what both last agreed upon.

One SQLite file a wiki, apart from the journal; nothing in it can be had from elsewhere, so it is
written through to the disk. Without it a sync begins anew, and overwrites nothing.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wikibot.actions.sync import Base, Link, Where
from wikibot.language import Text
from wikibot.store.database import Kind, opened
from wikibot.store.persons import Named, strings, veiled

_SCHEMA = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE link (tracker TEXT NOT NULL, page TEXT NOT NULL, key TEXT NOT NULL,"
    " name TEXT NOT NULL, base TEXT NOT NULL, gone INTEGER NOT NULL, alone INTEGER NOT NULL,"
    " PRIMARY KEY (tracker, page), UNIQUE (tracker, key)) STRICT",
    "CREATE TABLE intent (id INTEGER PRIMARY KEY, tracker TEXT NOT NULL, side TEXT NOT NULL,"
    " page TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,"
    " plan TEXT NOT NULL, fields TEXT NOT NULL) STRICT",
)
_KIND = Kind(
    "links.sqlite",
    1,
    _SCHEMA,
    Text("État de la synchronisation", "State of the sync"),
    Text(
        "Restaurez ce fichier, ou mettez-le de côté : la synchronisation recommencera comme "
        "la première fois, sans rien remplacer.",
        "Restore this file, or put it aside: the sync will begin as at first, and replace nothing.",
    ),
)


@dataclass(frozen=True)
class Intent:
    """A write that was about to happen: what both sides hold once it has, by field.

    On the wiki it is the edit of `title` by the plan `plan`; in a tracker it leaves `plan` as
    stamp on the item. `page` or `key` is "" where the write was to create it.
    """

    side: Where
    page: str
    key: str
    name: str
    title: str
    plan: str
    fields: Mapping[str, Base]
    id: int = 0


class Links:
    """The links of one wiki and one tracker, open."""

    def __init__(self, connection: sqlite3.Connection, tracker: str, path: Path) -> None:
        """Take over an open connection; use `Links.open`."""
        self._db = connection
        self._tracker = tracker
        self._path = path
        self.written = 0

    @classmethod
    @contextmanager
    def open(cls, folder: Path, wikiid: str, tracker: str) -> Iterator[Links]:
        """Open (or begin) the links of the tracker of that name, for `wikiid` and no other wiki.

        Raises:
            ConfigError: the file is another wiki's, of a newer wikibot, or no such file.
            Unavailable: the disk does not take or give what it should; so does every method.
        """
        pragmas = ("journal_mode=WAL", "synchronous=FULL")
        with opened(_KIND, folder, wikiid, *pragmas) as (db, path):
            yield cls(db, tracker, path)

    @staticmethod
    def trackers(folder: Path, wikiid: str) -> tuple[str, ...]:
        """Return the names of the trackers that anything is known of. Raises as `open`."""
        asked = "SELECT tracker FROM link UNION SELECT tracker FROM intent ORDER BY 1"
        with opened(_KIND, folder, wikiid) as (db, _):
            return tuple(row[0] for row in db.execute(asked))

    def naming(self, named: Named) -> tuple[int, int]:
        """Return how many links name a person, and how many writes whose end is not known."""
        links = self._do("SELECT name, base FROM link WHERE tracker=?", (self._tracker,))
        number = sum(_names(named, *row) for row in links)
        asked = "SELECT name, title, fields FROM intent WHERE tracker=?"
        intents = self._do(asked, (self._tracker,))
        return number, sum(_names(named, *row) for row in intents)

    def veil(self, pattern: re.Pattern[str]) -> None:
        """Put something else in place of a name in what both sides agreed upon.

        Where they still hold the same, they agree upon it again at the next sync; where one side
        has changed meanwhile, a person has to look. Nothing is overwritten.
        """
        self._begin()
        try:
            asked = "SELECT page, name, base FROM link WHERE tracker=?"
            for page, name, base in self._do(asked, (self._tracker,)).fetchall():
                new = veiled(name, pattern), _json(veiled(json.loads(base), pattern))
                if new != (name, base):
                    change = "UPDATE link SET name=?, base=? WHERE tracker=? AND page=?"
                    self._do(change, (*new, self._tracker, page))
            self._do("COMMIT")
        except BaseException:
            self._back()
            raise
        self._do("VACUUM")
        self._do("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether anything was ever synced there."""
        return (folder / _KIND.name).is_file()

    def all(self) -> tuple[Link, ...]:
        """Return every link, in the order of pages and keys."""
        rows = self._do(
            "SELECT page, key, name, base, gone, alone FROM link WHERE tracker=?"
            " ORDER BY page, key",
            (self._tracker,),
        )
        return tuple(
            Link(page, key, name, _bases(base), bool(gone), bool(alone))
            for page, key, name, base, gone, alone in rows
        )

    def keep(self, link: Link, done: Sequence[int] = ()) -> None:
        """Write down a link in place of what was known of its page; strike out its intents."""
        states = int(link.gone), int(link.left)
        values = (self._tracker, link.page, link.key, link.name, _json(link.base), *states)
        self._begin()
        try:
            self._do("DELETE FROM link WHERE tracker=? AND page=?", values[:2])
            self._do("INSERT INTO link VALUES (?,?,?,?,?,?,?)", values)
            self._strike(done)
            self._do("COMMIT")
        except BaseException:
            self._back()
            raise
        self.written += 1

    def forget(self, link: Link) -> None:
        """Strike out a link whose action is gone on both sides."""
        self._do("DELETE FROM link WHERE tracker=? AND page=?", (self._tracker, link.page))
        self.written += 1

    def intend(self, intents: Sequence[Intent]) -> tuple[int, ...]:
        """Write down what is about to be written, all or nothing; return the ids, in order."""
        self._begin()
        ids = []
        try:
            for each in intents:
                cursor = self._do(
                    "INSERT INTO intent (tracker, side, page, key, name, title, plan, fields)"
                    " VALUES (?,?,?,?,?,?,?,?)",
                    (
                        self._tracker,
                        each.side,
                        each.page,
                        each.key,
                        each.name,
                        each.title,
                        each.plan,
                        _json(each.fields),
                    ),
                )
                assert cursor.lastrowid is not None
                ids.append(cursor.lastrowid)
            self._do("COMMIT")
        except BaseException:
            self._back()
            raise
        return tuple(ids)

    def intents(self) -> tuple[Intent, ...]:
        """Return the writes of which nobody wrote down how they ended, oldest first."""
        rows = self._do(
            "SELECT side, page, key, name, title, plan, fields, id FROM intent"
            " WHERE tracker=? ORDER BY id",
            (self._tracker,),
        )
        return tuple(
            Intent(side, page, key, name, title, plan, _bases(fields), id_)
            for side, page, key, name, title, plan, fields, id_ in rows
        )

    def settle(self, ids: Sequence[int]) -> None:
        """Strike out intents whose end is known."""
        self._begin()
        try:
            self._strike(ids)
            self._do("COMMIT")
        except BaseException:
            self._back()
            raise

    def _strike(self, ids: Sequence[int]) -> None:
        for each in ids:
            self._do("DELETE FROM intent WHERE id=?", (each,))

    def _begin(self) -> None:
        self._do("BEGIN IMMEDIATE")

    def _back(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def _do(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise _KIND.unavailable(self._path, error) from None


def _names(named: Named, *words: str) -> bool:
    *plain, written = words
    return any(map(named, (*plain, *strings(json.loads(written)))))


def _json(base: Mapping[str, Base]) -> str:
    return json.dumps(base, ensure_ascii=False, sort_keys=True)


def _bases(written: str) -> dict[str, Base]:
    found: dict[str, list[Any]] = json.loads(written)
    return {
        name: (
            tuple(wiki) if isinstance(wiki, list) else wiki,
            tuple(tracker) if isinstance(tracker, list) else tracker,
        )
        for name, (wiki, tracker) in found.items()
    }
