"""The sync on a real MediaWiki: what it asks, what it writes, and kills in its midst (K06)."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.cli.command import run, spawn
from tests.cli.test_sync import ACTION, cell, rows
from tests.jobs.wikis import configured
from wikibot.trackers.workbook import WorkbookTracker

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

SYNC = ("actions", "sync", "equipe")
TRACKER = """
[limits]
edits_per_minute = 0

[trackers.equipe]
kind = "workbook"
path = "actions.xlsx"
"""
NUMBER = 12


@pytest.fixture
def bench(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MediaWikiBench:
    """A wiki with a dozen actions, all of them in the workbook already."""
    bench = configured(fresh_mediawiki, tmp_path, monkeypatch, TRACKER)
    for number in range(1, NUMBER + 1):
        put(bench, number)
    done = run(*SYNC, "--apply")
    assert done.code == 0, done.out + done.err
    bench.forget_requests()
    return bench


def put(bench: MediaWikiBench, number: int, due: str = "2026-03-01") -> None:
    text = ACTION.format(summary=f"Action numéro {number:02}", due=due).strip()
    bench.edit_as_human(f"Action:{number}", text)


def row_of(number: int) -> int:
    """Return the row of an action in the workbook, from 1."""
    sheet = openpyxl.load_workbook("actions.xlsx").worksheets[0]
    names = [f"{row[0]}" for row in sheet.iter_rows(values_only=True)]
    return names.index(f"Action numéro {number:02}") + 1


def test_nothing_changed_is_few_requests_and_no_save(bench: MediaWikiBench) -> None:
    done = run(*SYNC, "--apply")
    assert (done.code, done.out) == (0, "Rien à écrire.\n")
    assert len(bench.requests_seen()) <= 15
    assert not bench.edits_seen()


def test_what_changed_on_many_is_a_write_each_and_twenty_requests_beside(
    bench: MediaWikiBench,
) -> None:
    """`tests.benchmarks.sync` has the figures of 5,000 actions, of which a hundred changed."""
    many = 40
    for number in range(NUMBER + 1, many + 1):
        put(bench, number)
    assert run(*SYNC, "--apply").code == 0
    book = openpyxl.load_workbook("actions.xlsx")
    sheet = book.worksheets[0]
    due = [each.value for each in sheet[1]].index("Échéance") + 1
    for row in range(2, many + 2):
        sheet.cell(row, due, "2027-01-01")
    book.save("actions.xlsx")
    bench.forget_requests()
    done = run(*SYNC, "--apply", "--allow", "mass")
    assert done.code == 0, done.out + done.err
    seen = bench.requests_seen()
    assert sum(request.writes for request in seen) == len(bench.edits_seen()) == many
    assert len(seen) - many <= 20
    assert all("|DUE_DATE=2027-01-01\n" in bench.text(f"Action:{n + 1}") for n in range(many))


def test_both_sides_come_to_agree(bench: MediaWikiBench) -> None:
    here = Path.cwd()
    cell(here, "Échéance", "2027-01-01", row_of(1))
    put(bench, 2, "2028-02-02")
    cell(here, "Résumé", "Tapée à la main", NUMBER + 2)
    done = run(*SYNC, "--apply")
    assert done.code == 0, done.out + done.err
    assert "|DUE_DATE=2027-01-01\n" in bench.text("Action:1")
    assert "|SUMMARY=Tapée à la main\n" in bench.text(f"Action:{NUMBER + 1}")
    assert any("2028-02-02" in f"{row['Échéance']}" for row in rows(here))
    again = run(*SYNC, "--apply")
    assert (again.code, again.out) == (0, "Rien à écrire.\n")


@pytest.mark.parametrize("point", ["K01", "K02", "K04", "K05", "K06", "K06@2"])
def test_killed_anywhere_the_next_sync_finishes_and_writes_nothing_twice(
    bench: MediaWikiBench, point: str
) -> None:
    here = Path.cwd()
    cell(here, "Échéance", "2027-01-01", row_of(1))
    put(bench, 2, "2028-02-02")
    cell(here, "Résumé", "Tapée à la main", NUMBER + 2)
    killed = spawn(*SYNC, "--apply", env={"WIKIBOT_FAULT": point})
    assert killed.code == -signal.SIGKILL
    done = run(*SYNC, "--apply")
    assert done.code == 0, done.out + done.err
    assert len(bench.history("Action:1")) == 2
    assert len(bench.history(f"Action:{NUMBER + 1}")) == 1
    assert len(bench.history("Action:2")) == 2
    assert len(rows(here)) == NUMBER + 1
    assert pages_known() == NUMBER + 1, "without its page, a row is new where the state is lost"
    again = run(*SYNC, "--apply")
    assert (again.code, again.out) == (0, "Rien à écrire.\n")


def test_the_tracker_knows_each_page_by_its_id(bench: MediaWikiBench) -> None:
    assert pages_known() == NUMBER


def pages_known() -> int:
    """Return how many pages the rows name by their id."""
    from tests.trackers.benches import FRESH, now

    entries = WorkbookTracker(Path("actions.xlsx"), FRESH, now).read().entries
    return len({entry.page for entry in entries if entry.page.isdecimal()})
