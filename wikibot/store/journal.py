"""The journal: every edit is written down before it is sent and after it is answered.

One SQLite file a wiki, in WAL mode: a kill loses no line that was written. What is about to leave
is on the disk before it does, with every line before it; a power cut may lose how the last edit
ended, which the next run asks the wiki, as after a kill (sqlite.org, pragma synchronous). The texts
it keeps are what undo restores: the file and its folder are for their owner's eyes only.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from wikibot.edits import Change, LedgerRow, State
from wikibot.edits.plan import PART
from wikibot.language import Text
from wikibot.redaction import redacted
from wikibot.store.purging import OPEN_STATES, Purging, change_of, mark_of, veiled
from wikibot.store.schema import failing, prepare, unusable

_THIS_PAGE = "(coalesce(nullif(planned, ''), title) IN (?, ?) OR pageid=nullif(?, 0))"


@dataclass(frozen=True)
class Operation:
    """One edit of one run. `old_text` and `new_text` are the page before and after it.

    `planned` is the title that its plan gave a numbered page, where another one was taken. What
    was `purged` (ISO 8601, UTC; "" is not) has no texts and no values any more: they were kept
    for `kept_days`, or, where these are 0, until somebody whom they named asked for it. `marks`
    are those of its changes; of what is purged, those of the changes that rules asked for.
    """

    id: int
    run_id: str
    title: str
    pageid: int
    base_revid: int
    changes: tuple[Change, ...]
    summary: str
    state: State
    old_text: str | None
    new_text: str | None
    old_revid: int | None
    new_revid: int | None
    merged: bool
    verified: bool
    reason: Text | None
    undoes: int | None
    code: str = ""
    planned: str = ""
    purged: str = ""
    kept_days: int = 0
    marks: frozenset[str] = frozenset()

    @property
    def creates(self) -> bool:
        """Return whether the edit was to create the page."""
        return self.base_revid == 0


class Journal:
    """The journal of one wiki, open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over an open connection; use `Journal.open`."""
        self._db = connection

    @classmethod
    @contextmanager
    def open(cls, folder: Path, wikiid: str) -> Iterator[Journal]:
        """Open (or begin) the journal in `folder`, which serves `wikiid` and no other wiki.

        Raises:
            ConfigError: the journal is another wiki's, or of a newer wikibot, or unreadable.

        Every method raises Unavailable where the disk does not take or give what it should.
        """
        path = folder / "journal.sqlite"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            db = sqlite3.connect(path, isolation_level=None, timeout=10)
        except (OSError, sqlite3.Error) as error:
            raise unusable(path, getattr(error, "strerror", None) or f"{error}") from None
        try:
            db.row_factory = sqlite3.Row
            try:
                db.executescript(
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA secure_delete=ON;"
                )
                prepare(db, wikiid, path)
            except sqlite3.DatabaseError as error:
                raise unusable(path, f"{error}") from None
            yield cls(db)
        finally:
            db.close()

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether anything was ever written down there."""
        return (folder / "journal.sqlite").is_file()

    def begin(
        self, run_id: str, started: str, command: str, plan_id: str, undoes: str | None = None
    ) -> None:
        """Write down that a run begins."""
        self._do(
            "INSERT INTO run (run_id, started, command, plan_id, undoes) VALUES (?,?,?,?,?)",
            (run_id, started, command, plan_id, undoes),
        )

    def end(self, run_id: str, ended: str, exit_code: int) -> None:
        """Write down that a run ended."""
        self._do("UPDATE run SET ended = ?, exit = ? WHERE run_id = ?", (ended, exit_code, run_id))

    def intend(
        self,
        run: LedgerRow,
        seq: int,
        title: str,
        pageid: int,
        base_revid: int,
        changes: Sequence[Change],
        at: str,
        undoes: int | None = None,
    ) -> int:
        """Write down an intended edit; return its operation's id."""
        cursor = self._soon(
            "INSERT INTO op (run_id, plan_id, seq, title, pageid, base_revid, changes, summary,"
            " state, undoes_op, at) VALUES (?,?,?,?,?,?,?,'','intent',?,?)",
            (
                run.id,
                run.plan_id,
                seq,
                title,
                pageid,
                base_revid,
                _as_json(changes),
                undoes,
                at,
            ),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def send(
        self,
        op_id: int,
        base_revid: int,
        old_text: str,
        new_text: str,
        changes: Sequence[Change],
        summary: str,
        at: str,
    ) -> None:
        """Write down, just before it leaves, exactly what is sent and what it changes."""
        self._do(
            "UPDATE op SET state='sent', base_revid=?, old_text=?, new_text=?, changes=?,"
            " summary=?, at=? WHERE op_id=?",
            (base_revid, old_text, new_text, _as_json(changes), summary, at, op_id),
        )

    def settle(
        self,
        op_id: int,
        state: State,
        at: str,
        *,
        reason: Text | None = None,
        code: str = "",
        pageid: int | None = None,
        old_revid: int | None = None,
        new_revid: int | None = None,
        merged: bool = False,
        changes: Sequence[Change] | None = None,
    ) -> None:
        """Write down how an edit ended.

        `pageid` is that of a page it has created, `changes` are those it has really made.
        """
        self._soon(
            "UPDATE op SET state=?, at=?, reason_fr=?, reason_en=?, code=?,"
            " pageid=coalesce(?, pageid), old_revid=?, new_revid=?, merged=?,"
            " changes=coalesce(?, changes) WHERE op_id=?",
            (
                state,
                at,
                redacted(reason.fr) if reason else None,
                redacted(reason.en) if reason else None,
                redacted(code),
                pageid,
                old_revid,
                new_revid,
                int(merged),
                None if changes is None else _as_json(changes),
                op_id,
            ),
        )

    def recall(self, op_id: int, at: str) -> None:
        """Write down that what was to be sent surely did not arrive, and waits."""
        self._soon("UPDATE op SET state='intent', at=? WHERE op_id=?", (at, op_id))

    def renumber(self, op_id: int, title: str, planned: str, at: str) -> None:
        """Write down that a page gets another number than was planned, and is not sent yet."""
        self._soon(
            "UPDATE op SET state='intent', title=?, planned=?, at=? WHERE op_id=?",
            (title, planned, at, op_id),
        )

    def verify(self, op_id: int) -> None:
        """Write down that the saved page was read back and holds what it should."""
        self._soon("UPDATE op SET verified=1 WHERE op_id=?", (op_id,))

    def runs(self) -> tuple[LedgerRow, ...]:
        """Return all runs, newest first."""
        rows = self._do("SELECT * FROM run ORDER BY started DESC, rowid DESC").fetchall()
        return tuple(self._run(row) for row in rows)

    def run(self, run_id: str) -> LedgerRow | None:
        """Return one run, or None."""
        row = self._do("SELECT * FROM run WHERE run_id=?", (run_id,)).fetchone()
        return self._run(row) if row else None

    def operations(self, run_id: str) -> tuple[Operation, ...]:
        """Return the edits of a run in the order in which they were made."""
        return self._operations("run_id=? ORDER BY seq", (run_id,))

    def unsettled(self) -> tuple[Operation, ...]:
        """Return the edits whose end was never written down, oldest first."""
        return self._operations(f"state IN {OPEN_STATES} ORDER BY op_id", ())

    def done_before(self, plan_id: str, title: str, pageid: int = 0) -> Operation | None:
        """Return the edit by which a plan was already applied to a page, or None.

        The page is known by its id too, where it has one: it may have another title now.
        """
        found = self._operations(
            f"plan_id=? AND {_THIS_PAGE} AND state='done' ORDER BY op_id DESC",
            (plan_id, title, veiled(title), pageid),
        )
        return found[0] if found else None

    def done_in_parts(self, plan_id: str, title: str, pageid: int = 0) -> tuple[Operation, ...]:
        """Return the edits by which parts of a plan were applied to a page, newest first."""
        first, behind = f"{plan_id}{PART}", f"{plan_id}{PART[:-1]}{chr(ord(PART[-1]) + 1)}"
        return self._operations(
            f"plan_id>=? AND plan_id<? AND {_THIS_PAGE} AND state='done' ORDER BY op_id DESC",
            (first, behind, title, veiled(title), pageid),
        )

    def skipped(self, pageid: int, revid: int, since: str) -> tuple[Operation, ...]:
        """Return the edits that a page did not get while that revision was the newest.

        `since` is the first moment that matters, as `Surroundings.stamp` writes it.
        """
        return self._operations(
            "pageid=? AND state='skipped' AND coalesce(old_revid, base_revid)=? AND at>=?"
            " ORDER BY op_id",
            (pageid, revid, since),
        )

    def made_by_rules(self, pageid: int) -> frozenset[str]:
        """Return the mark of every change that rules ever made on a page."""
        rows = self._do(
            "SELECT changes FROM op WHERE pageid=? AND state='done' AND undoes_op IS NULL",
            (pageid,),
        )
        made = (told for row in rows for told in json.loads(row["changes"]))
        return frozenset(mark_of(told) for told in made if told.get("rule"))

    def taken_back(self, op_id: int) -> Operation | None:
        """Return the edit that undid this one and stands, or None."""
        for undo in self._operations("undoes_op=? AND state='done' ORDER BY op_id", (op_id,)):
            if self.taken_back(undo.id) is None:
                return undo
        return None

    @property
    def purging(self) -> Purging:
        """Return what may be forgotten of it."""
        return Purging(self._db)

    def _soon(self, statement: str, values: Sequence[object]) -> sqlite3.Cursor:
        """Write down what only the next line of the journal brings to the disk for sure."""
        self._do("PRAGMA synchronous=NORMAL")
        try:
            return self._do(statement, values)
        finally:
            self._do("PRAGMA synchronous=FULL")

    def _do(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self._db.execute(statement, values)
        except sqlite3.Error as error:
            raise failing(error) from None

    def _operations(self, where: str, values: Sequence[object]) -> tuple[Operation, ...]:
        rows = self._do(f"SELECT * FROM op WHERE {where}", values).fetchall()
        return tuple(map(_operation, rows))

    def _run(self, row: sqlite3.Row) -> LedgerRow:
        counts = self._do(
            "SELECT state, count(*) FROM op WHERE run_id=? GROUP BY state", (row["run_id"],)
        ).fetchall()
        return LedgerRow(
            id=row["run_id"],
            started=row["started"],
            ended=row["ended"],
            command=row["command"],
            plan_id=row["plan_id"],
            undoes=row["undoes"],
            exit=row["exit"],
            counts={state: number for state, number in counts},
        )


def _as_json(changes: Sequence[Change]) -> str:
    return json.dumps([asdict(change) for change in changes], ensure_ascii=False)


def _operation(row: sqlite3.Row) -> Operation:
    told = json.loads(row["changes"])
    return Operation(
        id=row["op_id"],
        run_id=row["run_id"],
        title=row["title"],
        pageid=row["pageid"],
        base_revid=row["base_revid"],
        changes=tuple(map(change_of, told)),
        summary=row["summary"],
        state=row["state"],
        old_text=row["old_text"],
        new_text=row["new_text"],
        old_revid=row["old_revid"],
        new_revid=row["new_revid"],
        merged=bool(row["merged"]),
        verified=bool(row["verified"]),
        reason=Text(row["reason_fr"], row["reason_en"]) if row["reason_fr"] else None,
        undoes=row["undoes_op"],
        code=row["code"],
        planned=row["planned"],
        purged=row["purged"],
        kept_days=row["kept_days"],
        marks=frozenset(mark_of(t) for t in told if not row["purged"] or "mark" in t),
    )
