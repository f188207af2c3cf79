"""What a journal forgets with time, and what it never does."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wikibot.edits import Change, State
from wikibot.language import Text
from wikibot.store import Journal
from wikibot.store.purging import OPEN_STATES
from wikibot.store.schema import SCHEMA, SCHEMA_VERSION, STEPS

OLD, CUT, NOW = (f"2026-{month}-01T03:00:00+00:00" for month in ("01", "04", "10"))
SETTLED: tuple[State, ...] = ("done", "noop", "conflict", "skipped", "failed")
OPEN: tuple[State, ...] = ("intent", "sent", "unknown")
CANARY = "Alix Imaginaire 4721"


def change(value: str = CANARY, rule: str = "VOC103", parameter: str = "auteur") -> Change:
    return Change("Ressource", 0, parameter, f"old {value}", value, "auteur", rule,
                  reason=f"à cause de {value}", after=("niveau",))  # fmt: skip


@contextmanager
def journal_in(folder: Path, *, careless: bool = False) -> Iterator[Journal]:
    with Journal.open(folder, "wiki") as journal:
        if careless:  # a test that opens many, and pulls no plug
            journal._db.execute("PRAGMA synchronous=OFF")
        yield journal


def write(
    journal: Journal,
    state: State = "done",
    at: str = OLD,
    *,
    run: str = "run1",
    pageid: int = 3,
    made: tuple[Change, ...] = (change(),),
    undoes: int | None = None,
) -> int:
    """Write down one edit, in a run of its own if there is none of that name."""
    row = journal.run(run)
    if row is None:
        journal.begin(run, at, "fix", f"plan-{run}")
        row = journal.run(run)
    assert row is not None
    seq = len(journal.operations(run))
    op = journal.intend(row, seq, f"Page {pageid}", pageid, 7, made, at, undoes)
    if state != "intent":
        text = f"Texte de {CANARY} " * 300
        journal.send(op, 8, text, f"{text}!", made, f"Résumé de {CANARY}", at)
    if state not in ("intent", "sent"):
        reason = Text(f"par {CANARY}", f"by {CANARY}")
        new = 9 if state == "done" else None
        journal.settle(op, state, at, reason=reason, code="code", old_revid=8, new_revid=new)
    return op


def everything(folder: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "journal.sqlite")) as db:
        return [row for table in ("run", "op") for row in db.execute(f"SELECT * FROM {table}")]


@pytest.mark.parametrize("state", SETTLED)
def test_of_a_settled_edit_the_texts_and_values_go_and_what_happened_stays(
    tmp_path: Path, state: State
) -> None:
    with journal_in(tmp_path) as journal:
        write(journal, state)
        (before,) = journal.operations("run1")
        (old,) = journal.purging.old(CUT)
        assert (old.run_id, old.number, old.first, old.last) == ("run1", 1, OLD, OLD)
        assert old.saved == (state == "done")
        assert old.size > 10_000
        journal.purging.forget_old(CUT, NOW, 90)
        assert journal.purging.old(CUT) == ()
        (now,) = journal.operations("run1")
        assert CANARY not in repr(now)
        assert (now.old_text, now.new_text, now.summary, now.reason) == (None, None, "", None)
        assert (now.purged, now.kept_days) == (NOW, 90)
        for kept in ("id", "title", "pageid", "base_revid", "state", "new_revid", "code"):
            assert getattr(now, kept) == getattr(before, kept)
        (made,) = now.changes
        assert (made.field, made.rule, made.places) == ("auteur", "VOC103", change().places)
        assert journal.runs()[0].counts == {state: 1}


@pytest.mark.parametrize("state", OPEN)
def test_an_edit_that_is_not_settled_is_never_touched(tmp_path: Path, state: State) -> None:
    with journal_in(tmp_path) as journal:
        write(journal, state)
        before = journal.unsettled()
        assert journal.purging.old_and_open(CUT) == 1
        assert journal.purging.old(CUT) == ()
        journal.purging.forget_old(CUT, NOW, 90)
        journal.purging.forget_naming([before[0].id], NOW, lambda text: CANARY in text)
        assert journal.unsettled() == before


def test_what_is_young_stays(tmp_path: Path) -> None:
    with journal_in(tmp_path) as journal:
        write(journal, at=CUT)
        before = journal.operations("run1")
        journal.purging.forget_old(CUT, NOW, 90)
        assert journal.operations("run1") == before


@pytest.mark.parametrize("careful", [True, False], ids=["ours", "of an older wikibot"])
def test_the_bytes_are_off_the_disk(tmp_path: Path, careful: bool) -> None:
    with journal_in(tmp_path) as journal:
        if not careful:  # it left traces of every row that it wrote again
            journal._db.execute("PRAGMA secure_delete=OFF")
            journal._db.execute("DELETE FROM meta WHERE key='swept'")
        for number in range(20):
            write(journal, pageid=number)
        journal._db.execute("PRAGMA secure_delete=ON")
        journal.purging.forget_old(CUT, NOW, 90)
        journal.purging.sweep()
        files = list(tmp_path.iterdir())
        assert len(files) == 3  # the log of SQLite among them
        for file in files:
            assert CANARY.encode() not in file.read_bytes()
    assert (tmp_path / "journal.sqlite").stat().st_size < 60_000


def test_whatever_a_journal_deletes_is_overwritten(tmp_path: Path) -> None:
    with journal_in(tmp_path) as journal:
        assert journal._db.execute("PRAGMA secure_delete").fetchone()[0] == 1


def test_a_file_that_somebody_reads_is_swept_another_time(tmp_path: Path) -> None:
    with journal_in(tmp_path) as journal, journal_in(tmp_path) as reader:
        write(journal)
        reader._db.execute("BEGIN")
        assert reader.operations("run1")[0].old_text
        journal._db.execute("PRAGMA busy_timeout=1")
        journal.purging.forget_old(CUT, NOW, 90)
        journal.purging.sweep()
        assert reader.operations("run1")[0].old_text
        reader._db.execute("COMMIT")
        journal.purging.sweep()
        assert not [f for f in tmp_path.iterdir() if CANARY.encode() in f.read_bytes()]


def test_killed_before_any_step_it_is_whole_or_not_begun(tmp_path: Path) -> None:
    here, copies = tmp_path / "here", tmp_path / "copies"
    with journal_in(here) as journal:
        for number in range(4):
            write(journal, pageid=number)
        write(journal, "sent", pageid=9)
        begun = [op.purged for op in journal.operations("run1")]

        def as_killed_now(statement: str) -> None:
            shutil.copytree(here, copies / f"{len(list(copies.glob('*'))):03}")

        copies.mkdir()
        journal._db.set_trace_callback(as_killed_now)
        journal.purging.forget_old(CUT, NOW, 90)
        journal._db.execute("DELETE FROM meta WHERE key='swept'")
        journal.purging.sweep()
        journal._db.set_trace_callback(None)
        ended = [op.purged for op in journal.operations("run1")]
    assert ended == [NOW] * 4 + [""] != begun
    seen = []
    for copy in sorted(copies.iterdir()):
        with journal_in(copy) as journal:
            assert journal._db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            now = [op.purged for op in journal.operations("run1")]
            seen.append(now == ended)
            assert now in (begun, ended)
            journal.purging.forget_old(CUT, NOW, 90)
            journal.purging.sweep()
        assert everything(copy) == everything(here)
    assert seen == sorted(seen)
    assert {True, False} == set(seen)
    assert len(seen) > 12


_VALUES = st.sampled_from(["", "a", "b", "été\n", "→"])
_EDITS = st.lists(
    st.tuples(
        st.sampled_from([*SETTLED, *SETTLED, *OPEN, "done", "done"]),
        st.sampled_from([OLD, CUT, NOW]),
        st.integers(1, 3),  # page
        st.sampled_from(["run1", "run2", "run2~a"]),
        st.lists(st.tuples(_VALUES, st.sampled_from(["", "VOC103"])), max_size=2),
        st.integers(0, 2),  # which earlier edit it undoes, if any
    ),
    max_size=9,
)


def known(journal: Journal) -> dict[str, Any]:
    """Return all that a later plan goes by."""
    ops = [op for run in journal.runs() for op in journal.operations(run.id)]
    plans = {run.plan_id for run in journal.runs()}
    pages = {op.pageid for op in ops}
    told: dict[str, Any] = {
        "unsettled": journal.unsettled(),
        "runs": journal.runs(),
        "refused": [
            (op.marks, op.state)
            for op in ops
            if op.state == "skipped" and all(c.rule for c in op.changes)
        ],
        "rules": [journal.made_by_rules(page) for page in sorted(pages)],
        "back": [back and back.id for back in (journal.taken_back(op.id) for op in ops)],
    }
    for plan in sorted(plans):
        for page in sorted(pages):
            for pageid in (0, page):
                done = journal.done_before(plan, f"Page {page}", pageid)
                parts = journal.done_in_parts(plan, f"Page {page}", pageid)
                places = [(p.id, [c.places for c in p.changes]) for p in parts]
                told[f"{plan} {page} {pageid}"] = (done and done.id, places)
    return told


@settings(max_examples=25, deadline=None)
@given(_EDITS, st.booleans())
def test_a_purge_changes_nothing_that_a_plan_goes_by_and_twice_is_once(
    edits: list[tuple[State, str, int, str, list[tuple[str, str]], int]], named: bool
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with journal_in(folder, careless=True) as journal:
            ids: list[int] = []
            for state, at, page, run, values, back in edits:
                undoes = ids[-back] if 0 < back <= len(ids) else None
                made = tuple(change(value, rule) for value, rule in values)
                ids.append(
                    write(journal, state, at, run=run, pageid=page, made=made, undoes=undoes)
                )
            before = known(journal)

            def purge() -> list[tuple[Any, ...]]:
                if named:
                    found = list(journal.purging.naming(lambda text: "Page 2" in text))
                    free = [each.op_id for each in found if not each.open]
                    journal.purging.forget_naming(free, NOW, lambda text: "Page 2" in text)
                else:
                    journal.purging.forget_old(CUT, NOW, 90)
                return everything(folder)

            once = purge()
            assert known(journal) == before
            assert purge() == once
            ops = [op for run in journal.runs() for op in journal.operations(run.id)]
            for op in ops:
                assert not (op.purged and op.state in OPEN_STATES)
                if op.purged:
                    assert not (op.old_text or op.new_text or op.summary or op.reason)
                    assert not [c for c in op.changes if c.old or c.new or c.reason]


def test_a_title_that_names_somebody_is_veiled_and_its_page_still_known(tmp_path: Path) -> None:
    with journal_in(tmp_path) as journal:
        op = write(journal)
        journal.purging.forget_naming([op], NOW, lambda text: "Page 3" in text)
        (now,) = journal.operations("run1")
        assert now.title.startswith("#")
        assert "Page" not in now.title
        assert now.kept_days == 0
        found = journal.done_before("plan-run1", "Page 3")
        assert found is not None
        assert found.id == op


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION))
def test_a_journal_of_any_earlier_version_is_purged_as_a_new_one(
    tmp_path: Path, version: int
) -> None:
    with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as db:
        db.executescript(SCHEMA + "".join(STEPS[n] for n in range(2, version + 1)))
        made = json.dumps([{"template": "R", "index": 0, "parameter": "p", "old": "a", "new": "b",
                            "field": "", "rule": "VOC103", "safe": True, "reason": "",
                            "after": []}])  # fmt: skip
        db.execute("INSERT INTO meta VALUES ('wikiid', 'wiki')")
        db.execute(f"INSERT INTO run VALUES ('aaaaaa', '{OLD}', NULL, 'fix', 'p', NULL, 0)")
        db.execute(
            "INSERT INTO op (run_id, plan_id, seq, title, pageid, base_revid, changes, summary,"
            " state, old_text, at) VALUES ('aaaaaa', 'p', 0, 'Haies', 7, 70, ?, 's', 'done', 't',"
            " ?)",
            (made, OLD),
        )
        db.execute(f"PRAGMA user_version={version}")
        db.commit()
    with journal_in(tmp_path) as journal:
        rules = journal.made_by_rules(7)
        assert len(rules) == 1
        assert [old.number for old in journal.purging.old(CUT)] == [1]
        journal.purging.forget_old(CUT, NOW, 90)
        journal.purging.sweep()
        assert journal.made_by_rules(7) == rules
        assert journal.operations("aaaaaa")[0].old_text is None
