"""What the bot has written down of itself, read from its files without its own code."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

RUNS = ("run_id", "command", "exit")
OPS = (
    "op_id", "run_id", "title", "pageid", "base_revid", "changes", "state", "old_revid",
    "new_revid", "merged", "undoes_op", "code", "new_text", "at",
)  # fmt: skip


@dataclass(frozen=True)
class Op:
    """One edit of the journal, as it stands there."""

    op_id: int
    run_id: str
    title: str
    pageid: int
    base_revid: int
    changes: tuple[Mapping[str, Any], ...]
    state: str
    old_revid: int | None
    new_revid: int | None
    merged: int
    undoes_op: int | None
    code: str
    new_text: str | None
    at: str


@dataclass(frozen=True)
class Ledger:
    """The journal: its edits, its runs (id → command, exit code), its size in bytes of content."""

    ops: tuple[Op, ...]
    runs: Mapping[str, tuple[str, int | None]]
    size: int


def read_ledger(state: Path) -> Ledger:
    """Read the journal; an empty one where there is none yet."""
    file = state / "journal.sqlite"
    if not file.exists():
        return Ledger((), {}, 0)
    with closing(sqlite3.connect(file, timeout=20)) as db:
        db.execute("PRAGMA wal_checkpoint")
        ops = tuple(
            Op(**{**dict(zip(OPS, row, strict=True)), "changes": tuple(json.loads(row[5]))})
            for row in db.execute(f"SELECT {', '.join(OPS)} FROM op ORDER BY op_id")
        )
        runs = {
            row[0]: (row[1], row[2]) for row in db.execute(f"SELECT {', '.join(RUNS)} FROM run")
        }
        size = sum(
            db.execute(
                f"SELECT coalesce(sum({'+'.join(_length(db, name))}), 0) FROM {name}"
            ).fetchone()[0]
            for name in ("op", "run")
        )
    return Ledger(ops, runs, size)


def _length(db: sqlite3.Connection, table: str) -> list[str]:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    return [f"coalesce(length(CAST({name} AS BLOB)), 0)" for name in columns]


def read_mirror(state: Path) -> dict[str, list[Any]]:
    """Return everything that the local copy holds of pages, but for when it was made."""
    with closing(sqlite3.connect(state / "mirror.sqlite", timeout=20)) as db:
        tables = ("page", "unreadable", "call", "field", "link")
        held = {each: sorted(db.execute(f"SELECT * FROM {each}"), key=repr) for each in tables}
        held["passage"] = sorted(db.execute("SELECT value FROM passage"), key=repr)
    return held


def read_beside(state: Path) -> tuple[list[str], list[str]]:
    """Return the titles and the lists of the wiki that the local copy knows something of."""
    with closing(sqlite3.connect(state / "mirror.sqlite", timeout=20)) as db:
        asked = [row[0] for row in db.execute("SELECT asked FROM standing")]
        return asked, [row[0] for row in db.execute("SELECT what FROM shelf")]


def read_links(state: Path) -> dict[int, dict[str, Any]]:
    """Return page id → field → what the wiki and the tracker had when they last agreed."""
    file = state / "links.sqlite"
    if not file.exists():
        return {}
    with closing(sqlite3.connect(file, timeout=20)) as db:
        return {
            int(page): json.loads(base) for page, base in db.execute("SELECT page, base FROM link")
        }


def reports(state: Path) -> list[dict[str, Any]]:
    """Return the reports of the nights, oldest first."""
    files = sorted((state / "reports").glob("night-*.json"))
    return [json.loads(file.read_text()) for file in files]


# --- the workbook of the actions ---


@dataclass(frozen=True)
class Row:
    """One action in the workbook; `page` is 0 where it is not tied to the wiki yet."""

    summary: str
    due: str
    page: int


def read_rows(file: Path) -> list[Row]:
    """Return the actions of the workbook, in its order."""
    if not file.exists():
        return []
    sheet: Any = openpyxl.load_workbook(file).worksheets[0]
    names, *rows = sheet.iter_rows(values_only=True)
    told = [dict(zip(names, row, strict=True)) for row in rows]
    return [_row(each) for each in told if each["Résumé"]]


def _row(cells: Mapping[str, Any]) -> Row:
    due = cells["Échéance"]
    day = due.date().isoformat() if hasattr(due, "date") else f"{due or ''}"
    mark = f"{cells.get('wikibot') or ''}".split()
    page = int(mark[1]) if len(mark) > 1 and mark[1].isdecimal() else 0
    return Row(f"{cells['Résumé']}", day, page)
