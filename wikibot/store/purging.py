"""What of the journal is forgotten with time: texts, values and words; what happened stays.

Of an edit whose end is known there stay its page, its state, its revisions, the names of its
fields and rules, and of each change that a rule has asked for a mark: by it a night knows that
somebody has taken it back, or that a page has refused it, and does not try it again. An edit whose
end is not known stays whole.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from wikibot.edits import Change
from wikibot.store.schema import failing

OPEN_STATES = ("intent", "sent", "unknown")
PERSON = 0  # days that texts were kept which went because they named somebody
_OLD = f"purged='' AND at<? AND state NOT IN {OPEN_STATES}"
_WORDS = ("changes", "summary", "old_text", "new_text", "reason_fr", "reason_en")
_TITLES = ("title", "planned")
_SIZE = "+".join(f"coalesce(length(CAST({column} AS BLOB)), 0)" for column in _WORDS)
_REMEMBERED = ("done", "skipped")  # what a rule has made, or a page has refused
# By their index, so that no text is read where nothing is old; what is open always has its texts.
OLD_EDITS = (
    f"SELECT run_id, count(*), sum(state='done'), min(at), max(at), sum({_SIZE})"
    f" FROM op INDEXED BY op_to_purge WHERE {_OLD} GROUP BY run_id ORDER BY min(at), run_id"
)
OLD_AND_OPEN = (
    "SELECT count(*) FROM op INDEXED BY op_to_purge"
    f" WHERE purged='' AND at<? AND state IN {OPEN_STATES}"
)
_FREE = 4  # a file of which more than one page in so many is free is written anew


@dataclass(frozen=True)
class OldEdits:
    """Settled edits of one run that are to be forgotten; `first` and `last` are ISO 8601, UTC.

    `saved` are those that the wiki has taken; `size` is in bytes.
    """

    run_id: str
    number: int
    saved: int
    first: str
    last: str
    size: int


@dataclass(frozen=True)
class Naming:
    """An edit that names somebody; one that is `open` stays, since nobody knows how it ended."""

    op_id: int
    run_id: str
    open: bool
    saved: bool
    at: str
    size: int


class Purging:
    """What may be forgotten of an open journal. Every method raises Unavailable as the journal."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def old(self, before: str) -> tuple[OldEdits, ...]:
        """Return the settled edits of before that moment that have their texts, run by run."""
        with _telling():
            return tuple(OldEdits(*row) for row in self._db.execute(OLD_EDITS, (before,)))

    def old_and_open(self, before: str) -> int:
        """Return how many edits of before that moment stay: nobody knows how they ended."""
        with _telling():
            return int(self._db.execute(OLD_AND_OPEN, (before,)).fetchone()[0])

    def started(self) -> dict[str, str]:
        """Return when each run began, by its id."""
        with _telling():
            return dict(self._db.execute("SELECT run_id, started FROM run").fetchall())

    def forget_old(self, before: str, at: str, days: int) -> None:
        """Forget the texts of `old`, all or none; `at` is now, `days` how long they were kept."""
        with _telling(), self._changing():
            ids = self._db.execute(f"SELECT op_id FROM op WHERE {_OLD}", (before,)).fetchall()
            self._forget((row[0] for row in ids), at, days)

    def naming(self, named: Callable[[str], bool]) -> Iterator[Naming]:
        """Yield the edits in whose words or titles somebody is named."""
        columns = ", ".join((*_WORDS, *_TITLES))
        asked = f"SELECT op_id, run_id, state, at, {_SIZE}, {columns} FROM op ORDER BY op_id"
        with _telling():
            for op_id, run_id, state, at, size, *words in self._db.execute(asked):
                words[0] = "\n".join(_values(words[0]))
                if any(word and named(word) for word in words):
                    open_ = state in OPEN_STATES
                    yield Naming(op_id, run_id, open_, state == "done", at, size)

    def forget_naming(self, ids: Iterable[int], at: str, named: Callable[[str], bool]) -> None:
        """Forget the texts of settled edits that name somebody, and the titles that do so."""
        with _telling(), self._changing():
            for op_id in ids:
                self._forget((op_id,), at, PERSON)
                for column in _TITLES:
                    asked = f"SELECT {column} FROM op WHERE op_id=?"
                    title = self._db.execute(asked, (op_id,)).fetchone()[0]
                    if named(title):
                        veil = f"UPDATE op SET {column}=? WHERE op_id=?"
                        self._db.execute(veil, (veiled(title), op_id))

    def sweep(self) -> None:
        """Take off the disk what is forgotten, as far as nobody else has the file open.

        What goes is overwritten (`secure_delete`), and the log of SQLite is emptied. A file of a
        wikibot that did not overwrite yet, or with much room in it, is written anew: killed within,
        it is the one of before. Source: sqlite.org, lang_vacuum and pragma secure_delete.
        """
        try:
            swept = self._db.execute("SELECT 1 FROM meta WHERE key='swept'").fetchone()
            free, pages = (self._db.execute(f"PRAGMA {p}").fetchone()[0] for p in _ROOM)
            if not swept or free * _FREE > pages:
                self._db.execute("VACUUM")
                self._db.execute("INSERT OR REPLACE INTO meta VALUES ('swept', '1')")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return  # somebody reads, or the disk is full: the next purge does it

    def _forget(self, ids: Iterable[int], at: str, days: int) -> None:
        for op_id in ids:
            asked = "SELECT changes, state FROM op WHERE op_id=?"
            changes, state = self._db.execute(asked, (op_id,)).fetchone()
            self._db.execute(
                "UPDATE op SET changes=?, summary='', old_text=NULL, new_text=NULL, reason_fr=NULL,"
                " reason_en=NULL, purged=?, kept_days=? WHERE op_id=?"
                f" AND purged='' AND state NOT IN {OPEN_STATES}",
                (_emptied(changes, state in _REMEMBERED), at, days, op_id),
            )

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise


_ROOM = ("freelist_count", "page_count")


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise failing(error) from None


def _emptied(written: str, marked: bool) -> str:
    """Return changes without their values; those that a rule has made keep their marks."""
    left = []
    for told in json.loads(written):
        mark = {"mark": mark_of(told)} if marked and told.get("rule") else {}
        left.append({**told, "old": "", "new": "", "reason": "", **mark})
    return json.dumps(left, ensure_ascii=False)


def _values(written: str) -> Iterator[str]:
    for told in json.loads(written):
        yield from (told["old"], told["new"], told["reason"])


def change_of(told: dict[str, Any]) -> Change:
    """Return a change as the journal keeps it."""
    known = {key: value for key, value in told.items() if key != "mark"}
    return Change(**{**known, "after": tuple(known["after"])})


def mark_of(told: dict[str, Any]) -> str:
    """Return the mark of a change as the journal keeps it, whether it has its values or not."""
    return str(told["mark"]) if "mark" in told else change_of(told).mark


def veiled(title: str) -> str:
    """Return what stands in place of a title that names somebody: no page can bear such a title.

    Source: MediaWiki, Manual:Page title, “#” is not allowed in titles.
    """
    return f"#{hashlib.blake2b(title.encode(), digest_size=8).hexdigest()}" if title else ""
