from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from wikibot.edits import Change, LedgerRow, State
from wikibot.errors import ConfigError, Unavailable
from wikibot.language import Text
from wikibot.store import Journal
from wikibot.store.schema import SCHEMA, SCHEMA_VERSION

NOON = "2026-01-31T12:00:00+00:00"
CHANGE = Change("Ressource", 0, "licence", "", "MIT", field="licence", after=("niveau", "Tags"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
def journal(folder: Path) -> Iterator[Journal]:
    with Journal.open(folder, "wiki") as opened:
        yield opened


def begin(journal: Journal, run_id: str = "run1", plan_id: str = "plan1") -> LedgerRow:
    journal.begin(run_id, NOON, "apply", plan_id)
    found = journal.run(run_id)
    assert found is not None
    return found


def write(
    journal: Journal,
    run: LedgerRow,
    title: str = "Haies",
    state: State | None = "done",
    undoes: int | None = None,
) -> int:
    """Write down one edit that ends in `state` (None: it was only sent)."""
    seq = len(journal.operations(run.id))
    op = journal.intend(run, seq, title, 3, 7, [CHANGE], NOON, undoes)
    journal.send(op, 8, "avant\r\n", "après", (), "[wb:run1] Licence", NOON)
    if state:
        new = 9 if state == "done" else None
        journal.settle(op, state, NOON, old_revid=8, new_revid=new)
    return op


class TestAnEdit:
    def test_is_an_intent_before_it_is_sent(self, journal: Journal) -> None:
        run = begin(journal)
        journal.intend(run, 0, "Haies", 3, 7, [CHANGE], NOON)
        (op,) = journal.unsettled()
        assert (op.state, op.title, op.pageid, op.base_revid) == ("intent", "Haies", 3, 7)
        assert (op.old_text, op.new_text, op.new_revid) == (None, None, None)
        assert op.changes == (CHANGE,)

    def test_is_on_the_disk_before_it_leaves_and_when_the_run_ends(self, journal: Journal) -> None:
        """A power cut may lose other lines: the run that follows finds out what they said."""
        said: list[str] = []
        journal._db.set_trace_callback(said.append)
        op = write(journal, begin(journal))
        journal.verify(op)
        journal.end("run1", NOON, 0)
        synced, full = [], True
        for statement in said:
            if statement.startswith("PRAGMA synchronous"):
                full = statement.endswith("FULL")
            elif full and not statement.startswith(("SELECT", "PRAGMA")):
                synced.append(statement[:35])
        assert synced == [
            "INSERT INTO run (run_id, started, c",
            "UPDATE op SET state='sent', base_re",
            "UPDATE run SET ended = '2026-01-31T",
        ]
        assert journal._db.execute("PRAGMA synchronous").fetchone()[0] == 2

    def test_is_written_down_whole_just_before_it_leaves(self, journal: Journal) -> None:
        write(journal, begin(journal), state=None)
        (op,) = journal.unsettled()
        assert (op.state, op.base_revid, op.summary) == ("sent", 8, "[wb:run1] Licence")
        assert (op.old_text, op.new_text) == ("avant\r\n", "après")

    @pytest.mark.parametrize("state", ["done", "noop", "conflict", "skipped", "failed"])
    def test_is_settled_once_it_ended(self, journal: Journal, state: State) -> None:
        run = begin(journal)
        op_id = write(journal, run, state=None)
        reason = Text("parce que", "because")
        journal.settle(op_id, state, NOON, reason=reason, old_revid=8, new_revid=9, merged=True)
        assert journal.unsettled() == ()
        (op,) = journal.operations(run.id)
        assert (op.state, op.reason, op.old_revid, op.new_revid) == (state, reason, 8, 9)
        assert op.merged
        assert not op.verified
        journal.verify(op_id)
        assert journal.operations(run.id)[0].verified

    def test_is_settled_with_the_changes_that_it_has_really_made(self, journal: Journal) -> None:
        run = begin(journal)
        op_id = write(journal, run, state=None)
        journal.settle(op_id, "done", NOON, changes=[CHANGE])
        assert journal.operations(run.id)[0].changes == (CHANGE,)
        journal.settle(op_id, "done", NOON)  # nothing new is known of them
        assert journal.operations(run.id)[0].changes == (CHANGE,)
        journal.settle(op_id, "done", NOON, changes=())
        assert journal.operations(run.id)[0].changes == ()

    def test_keeps_the_name_that_a_parameter_had(self, journal: Journal) -> None:
        run = begin(journal)
        moved = replace(CHANGE, old="MIT", renamed_from="license", rule="PAR104")
        op_id = journal.intend(run, 0, "Haies", 3, 7, [moved], NOON)
        assert journal.operations(run.id)[0].changes == (moved,)
        journal.settle(op_id, "done", NOON)
        assert journal.made_by_rules(3) == {moved.mark}
        assert replace(moved, renamed_from="").mark not in journal.made_by_rules(3)

    def test_of_a_wikibot_that_knew_no_renaming_is_read(
        self, journal: Journal, folder: Path
    ) -> None:
        run = begin(journal)
        journal.intend(run, 0, "Haies", 3, 7, [CHANGE], NOON)
        with sqlite3.connect(folder / "journal.sqlite") as older:
            older.execute("UPDATE op SET changes = json_remove(changes, '$[0].renamed_from')")
            assert "renamed_from" not in older.execute("SELECT changes FROM op").fetchone()[0]
        older.close()
        assert journal.operations(run.id)[0].changes == (CHANGE,)

    def test_whose_outcome_is_unknown_is_not_settled(self, journal: Journal) -> None:
        write(journal, begin(journal), state="unknown")
        assert [op.state for op in journal.unsettled()] == ["unknown"]

    def test_is_found_by_its_plan_and_page_once_it_is_done(self, journal: Journal) -> None:
        run = begin(journal)
        for state in ("conflict", "failed", "unknown", "noop"):
            write(journal, run, state=state)
        assert journal.done_before("plan1", "Haies") is None
        op_id = write(journal, run)
        found = journal.done_before("plan1", "Haies")
        assert found is not None
        assert found.id == op_id
        assert journal.done_before("plan1", "Mares") is None
        assert journal.done_before("plan2", "Haies") is None

    def test_is_taken_back_by_an_undo_that_stands(self, journal: Journal) -> None:
        edit = write(journal, begin(journal))
        write(journal, begin(journal, "run2", "p2"), state="conflict", undoes=edit)
        assert journal.taken_back(edit) is None
        undo = write(journal, begin(journal, "run3", "p3"), undoes=edit)
        found = journal.taken_back(edit)
        assert found is not None
        assert found.id == undo
        redo = write(journal, begin(journal, "run4", "p4"), undoes=undo)
        assert journal.taken_back(edit) is None  # the undo itself was taken back
        write(journal, begin(journal, "run5", "p5"), undoes=redo)
        assert journal.taken_back(edit) is not None


class TestRuns:
    def test_are_listed_newest_first_with_what_became_of_their_edits(
        self, journal: Journal
    ) -> None:
        first, second = begin(journal), begin(journal, "run2", "plan2")
        write(journal, first)
        write(journal, first, "Mares", "conflict")
        journal.end("run1", NOON, 3)
        write(journal, second)
        rows = journal.runs()
        assert [(row.id, row.exit, row.counts) for row in rows] == [
            ("run2", None, {"done": 1}),  # cut short, or under way
            ("run1", 3, {"conflict": 1, "done": 1}),
        ]
        assert journal.run("run3") is None

    def test_know_what_they_undo(self, journal: Journal) -> None:
        begin(journal)
        journal.begin("run2", NOON, "undo run1", "plan2", "run1")
        assert [row.undoes for row in journal.runs()] == ["run1", None]


class TestTheFile:
    def test_holds_everything_when_opened_again(self, folder: Path) -> None:
        with Journal.open(folder, "wiki") as journal:
            write(journal, begin(journal))
            before = (journal.runs(), journal.operations("run1"))
        with Journal.open(folder, "wiki") as journal:
            assert (journal.runs(), journal.operations("run1")) == before

    def test_is_its_owners_alone(self, folder: Path) -> None:
        old = os.umask(0o022)
        try:
            with Journal.open(folder, "wiki") as journal:
                write(journal, begin(journal))
                modes = {path.name: path.stat().st_mode for path in folder.iterdir()}
        finally:
            os.umask(old)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert set(modes) == {"journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm"}
        assert {stat.S_IMODE(mode) for mode in modes.values()} == {0o600}

    def test_is_written_to_the_disk_at_every_line(self, folder: Path) -> None:
        with Journal.open(folder, "wiki") as journal:
            value = journal._db.execute("PRAGMA synchronous").fetchone()[0]
            mode = journal._db.execute("PRAGMA journal_mode").fetchone()[0]
        assert (value, mode) == (2, "wal")  # FULL; sqlite.org, pragma synchronous

    def test_exists_only_once_something_was_written(self, folder: Path) -> None:
        assert not Journal.exists(folder)
        with Journal.open(folder, "wiki"):
            pass
        assert Journal.exists(folder)

    def test_serves_one_wiki_only(self, folder: Path) -> None:
        with Journal.open(folder, "wiki"):
            pass
        with pytest.raises(ConfigError) as raised, Journal.open(folder, "autre"):
            pass
        assert raised.value.message.fr == (
            f"{folder / 'journal.sqlite'} est le journal d'un autre wiki (wiki), pas de autre."
        )
        with Journal.open(folder, "wiki"):
            pass

    def test_of_the_first_version_is_brought_up_to_date_and_keeps_what_it_knows(
        self, folder: Path
    ) -> None:
        folder.mkdir()
        with closing(sqlite3.connect(folder / "journal.sqlite")) as db:
            db.executescript(SCHEMA)
            db.execute("INSERT INTO meta VALUES ('wikiid', 'wiki')")
            db.execute("INSERT INTO run VALUES ('aaaaaa', '2026', NULL, 'fix', 'p', NULL, 0)")
            db.execute(
                "INSERT INTO op (run_id, plan_id, seq, title, pageid, base_revid, changes, summary,"
                " state, at) VALUES ('aaaaaa', 'p', 0, 'Haies', 7, 70, '[]', '', 'done', '2026')"
            )
            db.execute("PRAGMA user_version=1")
            db.commit()
        for _ in range(2):
            with Journal.open(folder, "wiki") as journal:
                (known,) = journal.operations("aaaaaa")
                assert (known.title, known.state, known.code) == ("Haies", "done", "")

    def test_of_a_newer_wikibot_is_left_alone(self, folder: Path) -> None:
        with Journal.open(folder, "wiki"):
            pass
        with closing(sqlite3.connect(folder / "journal.sqlite")) as db:
            db.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
        before = (folder / "journal.sqlite").read_bytes()
        newer = f"version {SCHEMA_VERSION + 1} > {SCHEMA_VERSION}"
        with pytest.raises(ConfigError, match=newer), Journal.open(folder, "wiki"):
            pass
        assert (folder / "journal.sqlite").read_bytes() == before

    def test_that_is_something_else_is_left_alone(self, folder: Path) -> None:
        folder.mkdir()
        (folder / "journal.sqlite").write_bytes(b"bonjour" * 999)
        with pytest.raises(ConfigError) as raised, Journal.open(folder, "wiki"):
            pass
        assert raised.value.advice is not None
        assert raised.value.advice.fr.startswith("Ne le supprimez pas")
        assert (folder / "journal.sqlite").read_bytes() == b"bonjour" * 999

    @pytest.mark.parametrize("inside", ["", "journal.sqlite"])
    def test_that_cannot_be_there_is_one_line(self, tmp_path: Path, inside: str) -> None:
        folder = tmp_path / "state"
        if inside:
            (folder / inside).mkdir(parents=True)
        else:
            folder.write_text("un fichier")
        with pytest.raises(ConfigError, match="Unusable journal"), Journal.open(folder, "wiki"):
            pass

    def test_on_a_disk_that_fails_stops_the_run(self, journal: Journal) -> None:
        run = begin(journal)
        journal._db.execute("PRAGMA query_only=ON")  # as a full disk: reads go on, writes fail
        with pytest.raises(Unavailable, match="cannot be kept any more"):
            journal.intend(run, 0, "Haies", 3, 7, [CHANGE], NOON)
        assert journal.runs()

    def test_can_be_read_while_a_run_writes(self, folder: Path) -> None:
        with Journal.open(folder, "wiki") as writing:
            write(writing, begin(writing), state=None)
            with Journal.open(folder, "wiki") as reading:
                assert [op.state for op in reading.unsettled()] == ["sent"]
