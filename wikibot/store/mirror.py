"""The mirror: a local copy of the pages that call templates, and of what was asked beside.

A file in the state folder, private, of one wiki. Reading goes on while a pull writes (WAL); a pull
is one transaction, so that there is always a copy as of one moment, the last one or the next.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from wikibot.edits.contents import Contents
from wikibot.language import Text
from wikibot.page import Page, Revision, Standing
from wikibot.store.database import Kind, opened, temporary
from wikibot.store.mirror_schema import FIRST, STEPS, VERSION, check_search
from wikibot.store.passages import Passages
from wikibot.store.persons import Named, named_in, remove_file
from wikibot.title import Title

_KIND = Kind(
    "mirror.sqlite",
    VERSION,
    FIRST,
    Text("Copie locale", "Local copy"),
    Text(
        "Mettez ce fichier de côté : « pull » lit alors tout le wiki à nouveau.",
        "Put this file aside: “pull” then reads the whole wiki anew.",
    ),
    STEPS,
)
_PAGE = "page.pageid, namespace, name, prefix, revid, parent, moment, user, comment, text"
_FEW = 500  # values in one statement, well below what SQLite takes


@dataclass(frozen=True)
class Copied:
    """Which copy it is: taken when (UTC), for which templates, and the mark to go on from.

    `reconciled` is when everything beside the pages was last asked for anew.
    """

    moment: datetime
    templates: tuple[str, ...]
    mark: str
    reconciled: datetime


class Mirror:
    """The local copy of one wiki, open."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Take over an open connection; use `Mirror.open`."""
        self._db = connection
        self._path = path
        self.passages = Passages(connection)

    @classmethod
    @contextmanager
    def open(cls, folder: Path, wikiid: str) -> Iterator[Mirror]:
        """Open (or begin) the copy in `folder`, which serves `wikiid` and no other wiki.

        Raises:
            ConfigError: it is another wiki's, or of a newer wikibot, or unreadable; or this Python
                cannot search.
            Unavailable: the disk does not take or give what it should, here or within.
        """
        check_search()
        pragmas = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
        with opened(_KIND, folder, wikiid, *pragmas) as (db, path):
            yield cls(db, path)

    @classmethod
    @contextmanager
    def temporary(cls) -> Iterator[Mirror]:
        """Open an empty copy that is gone when it is closed, to be searched once.

        Raises:
            ConfigError: this Python cannot search.
        """
        check_search()
        with temporary(_KIND) as (db, path):
            yield cls(db, path)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether a copy was ever begun there."""
        return (folder / _KIND.name).is_file()

    @staticmethod
    def names(folder: Path, named: Named) -> bool:
        """Return whether the copy names somebody. Raises as `open`."""
        return named_in(_KIND, folder / _KIND.name, named)

    @staticmethod
    def remove(folder: Path) -> None:
        """Remove the copy; the next pull makes it anew. Raises OSError: it cannot be removed."""
        remove_file(folder / _KIND.name)

    # --- which copy it is ---

    @property
    def copied(self) -> Copied | None:
        """Return which copy it is; None where no pull has come to its end yet."""
        kept = dict(self._db.execute("SELECT key, value FROM meta"))
        if "moment" not in kept:
            return None
        return Copied(
            datetime.fromisoformat(kept["moment"]),
            tuple(json.loads(kept["templates"])),
            kept["mark"],
            datetime.fromisoformat(kept["reconciled"]),
        )

    @contextmanager
    def writing(self, *, wait: bool = True) -> Iterator[None]:
        """Make all that is written within one change of the copy: all of it, or nothing.

        A second one waits ten seconds, or not at all, then is told that the file is in use
        (`Unavailable`).
        """
        with _KIND.told(self._path):
            (patience,) = self._db.execute("PRAGMA busy_timeout").fetchone()
            self._db.execute(f"PRAGMA busy_timeout={patience if wait else 0}")
            try:
                self._db.execute("BEGIN IMMEDIATE")
            finally:
                self._db.execute(f"PRAGMA busy_timeout={patience}")
            try:
                yield
                self.passages.settle()
            except BaseException:
                self.passages.abandon()
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[Passages]:
        """Give what the pages say, as of one instant whatever a pull writes meanwhile.

        Raises:
            ConfigError, Unavailable: the file is damaged, or the disk; within.
        """
        with _KIND.told(self._path):
            self._db.execute("BEGIN")
            try:
                yield self.passages
            finally:
                self._db.execute("ROLLBACK")

    def finish(self, copied: Copied) -> None:
        """Say which copy it is now."""
        kept = {
            "moment": copied.moment.isoformat(),
            "templates": json.dumps(copied.templates),
            "mark": copied.mark,
            "reconciled": copied.reconciled.isoformat(),
        }
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", kept.items())

    # --- pages ---

    def known(self) -> dict[int, tuple[str, int]]:
        """Return page id → full title and revision of every page, those without text too."""
        rows = self._db.execute("SELECT pageid, prefix, name, revid FROM page")
        known = {pageid: (f"{p}:{name}" if p else name, revid) for pageid, p, name, revid in rows}
        hidden = self._db.execute("SELECT pageid, title, revid FROM unreadable")
        return known | {pageid: (title, revid) for pageid, title, revid in hidden}

    def keep(self, page: Page, contents: Contents) -> None:
        """Keep a page and what it says in place of what was kept under its id or its title."""
        at, revision = page.title, page.revision
        same = "SELECT pageid FROM page WHERE namespace=? AND name=?"
        there = self._db.execute(same, (at.namespace, at.name)).fetchall()
        self.drop([page.id, *(pageid for (pageid,) in there)])
        self._db.execute(
            "INSERT INTO page VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                page.id,
                at.namespace,
                at.name,
                at.prefix,
                revision.id,
                revision.parent_id,
                revision.timestamp.isoformat(),
                revision.user,
                revision.comment,
                page.text,
            ),
        )
        self.passages.keep(page.id, contents)

    def keep_unreadable(self, pageid: int, title: str, revid: int) -> None:
        """Keep that a page has no wikitext that can be read, in place of its text."""
        self.drop([pageid])
        self._db.execute("INSERT INTO unreadable VALUES (?,?,?)", (pageid, title, revid))

    def unreadable(self) -> tuple[int, ...]:
        """Return the ids of the pages that have no wikitext that can be read."""
        return tuple(row[0] for row in self._db.execute("SELECT pageid FROM unreadable"))

    def titles_without_text(self) -> tuple[str, ...]:
        """Return the titles of the pages that have no wikitext that can be read."""
        return tuple(row[0] for row in self._db.execute("SELECT title FROM unreadable"))

    def namespaces(self) -> frozenset[int]:
        """Return the namespaces of the pages that are kept."""
        found = self._db.execute("SELECT DISTINCT namespace FROM page")
        return frozenset(row[0] for row in found)

    def drop(self, pageids: Iterable[int]) -> None:
        """Forget pages, and their texts."""
        for pageid in pageids:
            self.passages.forget(pageid)
            self._db.execute("DELETE FROM page WHERE pageid=?", (pageid,))
            self._db.execute("DELETE FROM unreadable WHERE pageid=?", (pageid,))

    def pages(self) -> Iterator[Page]:
        """Yield every page, by namespace and name."""
        return self._pages("ORDER BY namespace, name")

    def pages_by_id(self, ids: Iterable[int]) -> Iterator[Page]:
        """Yield the pages of these ids that are kept, in the order of the ids."""
        for few in _chunks(dict.fromkeys(ids)):
            yield from self._pages(f"WHERE page.pageid IN ({_marks(few)}) ORDER BY pageid", few)

    def page(self, title: Title) -> Page | None:
        """Return the page of a title, or None where it is not kept."""
        where = "WHERE namespace=? AND name=?"
        return next(self._pages(where, (title.namespace, title.name)), None)

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that call one of the templates, and those of which nobody can tell."""
        names = ("", *templates)
        where = f"WHERE page.pageid IN (SELECT pageid FROM call WHERE name IN ({_marks(names)}))"
        return self._pages(f"{where} ORDER BY namespace, name", names)

    def pages_in(self, namespaces: Iterable[int]) -> Iterator[Page]:
        """Yield the pages of namespaces, by namespace and name."""
        wanted = tuple(namespaces)
        return self._pages(
            f"WHERE namespace IN ({_marks(wanted)}) ORDER BY namespace, name", wanted
        )

    def _pages(self, rest: str, values: Collection[object] = ()) -> Iterator[Page]:
        with _KIND.told(self._path):
            for row in self._db.execute(f"SELECT {_PAGE} FROM page {rest}", tuple(values)):
                pageid, namespace, name, prefix, revid, parent, moment, user, comment, text = row
                revision = Revision(revid, parent, datetime.fromisoformat(moment), user, comment)
                yield Page(pageid, Title(namespace, name, prefix), revision, text)

    # --- what was asked beside ---

    def standings(self, titles: Iterable[str]) -> dict[str, Standing | None]:
        """Return what is known of titles, as they were asked for; None: the wiki cannot tell."""
        found: dict[str, Standing | None] = {}
        for few in _chunks(dict.fromkeys(titles)):
            question = f"SELECT * FROM standing WHERE asked IN ({_marks(few)})"
            with _KIND.told(self._path):
                rows = self._db.execute(question, few).fetchall()
            for asked, title, namespace, name, prefix, there, target, several in rows:
                at = Title(namespace, name, prefix) if title is not None else None
                found[asked] = Standing(at, bool(there), target, bool(several)) if at else None
        return found

    def keep_standings(self, told: Mapping[str, Standing | None]) -> None:
        """Keep what the wiki said of titles; None: nothing."""
        self._db.executemany(
            "INSERT OR REPLACE INTO standing VALUES (?,?,?,?,?,?,?,?)",
            ((asked, *(_NOTHING if standing is None else _row(standing)))
             for asked, standing in told.items()),
        )  # fmt: skip

    def forget_standings(self, titles: Iterable[str]) -> None:
        """Forget what was known of titles, however they were asked for."""
        for few in _chunks(dict.fromkeys(titles)):
            for column in ("asked", "title"):
                question = f"DELETE FROM standing WHERE {column} IN ({_marks(few)})"
                self._db.execute(question, few)

    def shelf(self, what: str) -> tuple[Title, ...] | None:
        """Return the titles on a list of the wiki (such as a category); None: not asked yet."""
        with _KIND.told(self._path):
            row = self._db.execute("SELECT titles FROM shelf WHERE what=?", (what,)).fetchone()
        return None if row is None else tuple(Title(*each) for each in json.loads(row[0]))

    def keep_shelf(self, what: str, titles: Iterable[Title]) -> None:
        """Keep the titles on a list of the wiki."""
        listed = [(each.namespace, each.name, each.prefix) for each in titles]
        kept = json.dumps(listed, ensure_ascii=False)
        self._db.execute("INSERT OR REPLACE INTO shelf VALUES (?,?)", (what, kept))

    def forget_beside(self, *, standings: bool) -> None:
        """Forget the lists of the wiki and, if asked, what was known of titles."""
        self._db.execute("DELETE FROM shelf")
        if standings:
            self._db.execute("DELETE FROM standing")


_NOTHING = (None,) * 7


def _row(standing: Standing) -> tuple[object, ...]:
    at = standing.title
    there, several = int(standing.there), int(standing.disambiguation)
    return (str(at), at.namespace, at.name, at.prefix, there, standing.target, several)


_Value = TypeVar("_Value")


def _chunks(values: Iterable[_Value]) -> Iterator[tuple[_Value, ...]]:
    every = tuple(values)
    for start in range(0, len(every), _FEW):
        yield every[start : start + _FEW]


def _marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values))
