"""purge: what goes from a state folder, what never does, and what an undo then says."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import wikibot
from tests.jobs.wikis import WRONG, bytes_of, clock, fix_plan, write_pages
from wikibot.checks.snapshot import Snapshot
from wikibot.config import RetentionTable
from wikibot.edits.cleanup import Cleanup
from wikibot.errors import InputError, LockHeld
from wikibot.jobs import purging
from wikibot.jobs.state import run_lock
from wikibot.jobs.surroundings import Surroundings
from wikibot.overviews.taken import Taken
from wikibot.store import Journal
from wikibot.store.purging import OLD_AND_OPEN, OLD_EDITS, Purging
from wikibot.store.snapshots import Snapshots
from wikibot.store.states import States
from wikibot.wiki.folder import FolderWiki

START = datetime(2026, 1, 31, 12, tzinfo=UTC)
LATER = START + timedelta(days=181)
MUCH_LATER = START + timedelta(days=400)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    write_pages(tmp_path / "pages")
    return tmp_path / "pages"


def at(moment: datetime) -> Surroundings:
    """Return surroundings at a moment; the ids of no two moments are the same."""
    ours = clock(moment)
    return replace(ours, fresh_id=lambda: f"{moment.toordinal():06x}"[-3:] + ours.fresh_id()[3:])


def fix(folder: Path, moment: datetime = START) -> wikibot.Run:
    wiki = FolderWiki.open(folder)
    return wikibot.apply(fix_plan(folder), wiki, around=at(moment), command="fix")


def purge(
    folder: Path, moment: datetime = LATER, *, apply_now: bool = True, log_file: Path | None = None
) -> Cleanup:
    wiki = FolderWiki.open(folder)
    return wikibot.purge(wiki, apply_now=apply_now, around=at(moment), log_file=log_file)


def kinds(found: Cleanup) -> dict[str, int]:
    return {heap.kind: heap.number for heap in found.heaps}


def state_of(folder: Path) -> dict[str, bytes]:
    """Return what the state folder holds but its locks and what SQLite has beside its files."""
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in (folder / ".wikibot").rglob("*")
        if file.is_file() and not file.name.endswith((".lock", "-wal", "-shm"))
    }


def test_a_preview_changes_nothing_and_says_what_the_purge_then_does(folder: Path) -> None:
    run = fix(folder)
    before = state_of(folder)
    shown = purge(folder, apply_now=False)
    assert state_of(folder) == before
    assert kinds(shown) == {"texts": 3}
    assert [lost.id for lost in shown.runs] == [run.id]
    assert not shown.done
    done = purge(folder)
    assert (done.heaps, done.runs) == (shown.heaps, shown.runs)
    assert done.done
    (row,) = wikibot.runs(FolderWiki.open(folder))
    assert row.counts == {"done": 3}
    assert not [name for name, data in state_of(folder).items()
                if "history" not in name and b"bocage" in data]  # fmt: skip


def test_twice_is_once(folder: Path) -> None:
    fix(folder)
    purge(folder)
    before = state_of(folder)
    again = purge(folder)
    assert again.heaps == ()
    assert state_of(folder) == before


def test_nothing_is_made_where_nothing_was_kept(folder: Path) -> None:
    assert purge(folder).heaps == ()
    assert not (folder / ".wikibot").exists()


def test_what_somebody_took_back_is_not_made_again_and_the_rest_is(folder: Path) -> None:
    run = fix(folder)
    person = folder / "Haies.wikitext"
    person.write_bytes(WRONG.encode())  # by hand
    wiki = FolderWiki.open(folder)
    purge(folder)
    (folder / "Mares.wikitext").write_bytes(WRONG.replace("idée", "IDÉE").encode())  # a new one
    again = wikibot.apply(fix_plan(folder), wiki, around=at(LATER))
    states = {item.title: (item.state, item.code) for item in again.items}
    assert states == {"Haies": ("skipped", "reverted"), "Mares": ("done", "")}
    assert person.read_bytes() == WRONG.encode()
    assert run.id != again.id


def test_what_an_undo_took_back_is_not_made_again(folder: Path) -> None:
    run = fix(folder)
    wikibot.undo(run.id, FolderWiki.open(folder), around=at(START + timedelta(days=1)))
    before = bytes_of(folder)
    purge(folder, MUCH_LATER)
    again = wikibot.apply(fix_plan(folder), FolderWiki.open(folder), around=at(MUCH_LATER))
    assert {item.code for item in again.items} == {"reverted"}
    assert bytes_of(folder) == before


def test_a_plan_once_applied_is_not_applied_again(folder: Path) -> None:
    plan = fix_plan(folder)
    wiki = FolderWiki.open(folder)
    wikibot.apply(plan, wiki, around=at(START))
    purge(folder)
    write_pages(folder)  # somebody took it all back
    again = wikibot.apply(plan, wiki, around=at(LATER))
    assert [item.state for item in again.items] == ["noop"] * 3
    assert bytes_of(folder)["Haies"] == WRONG.encode()


def test_an_undo_says_in_a_line_when_and_why_there_is_nothing_to_put_back(folder: Path) -> None:
    run = fix(folder)
    purge(folder)
    before = bytes_of(folder)
    wiki = FolderWiki.open(folder)
    for call in (wikibot.undo_plan, wikibot.undo):
        with pytest.raises(InputError) as raised:
            call(run.id, wiki, around=at(LATER))
        assert raised.value.message.fr == (
            f"L'exécution {run.id} ne s'annule plus : ses textes, gardés 180 jours, ont été "
            "effacés le 31 juillet 2026 (clé undo_days de [retention])."
        )
        assert raised.value.advice is not None
        assert "l'historique de chaque page" in raised.value.advice.fr
    assert bytes_of(folder) == before
    assert wikibot.run_report(run.id, wiki)["purged"] == "2026-07-31"


def test_an_undo_takes_back_what_is_left_and_leaves_the_rest_to_a_person(folder: Path) -> None:
    run = fix(folder)
    state = folder / ".wikibot"
    wiki = FolderWiki.open(folder)
    with Journal.open(state, wiki.wikiid) as journal:
        first, *_ = journal.operations(run.id)
        journal.purging.forget_naming([first.id], START.isoformat(), lambda text: False)
    prospects = wikibot.undo_plan(run.id, wiki, around=at(LATER)).prospects
    assert sorted(p.kind for p in prospects) == ["person", "whole", "whole"]
    undone = wikibot.undo(run.id, wiki, around=at(LATER))
    assert sorted((i.state, i.code) for i in undone.items) == [
        ("done", ""), ("done", ""), ("skipped", "purged"),
    ]  # fmt: skip


def test_an_undo_of_an_undo_still_works_where_the_undo_is_young(folder: Path) -> None:
    run, wiki = fix(folder), FolderWiki.open(folder)
    fixed = bytes_of(folder)
    back = wikibot.undo(run.id, wiki, around=at(LATER - timedelta(days=2)))
    purge(folder)
    assert wikibot.undo(back.id, wiki, around=at(LATER)).counts["done"] == 3
    assert bytes_of(folder) == fixed


def test_an_edit_whose_end_is_unknown_is_counted_and_kept(folder: Path) -> None:
    run, wiki = fix(folder), FolderWiki.open(folder)
    with Journal.open(folder / ".wikibot", wiki.wikiid) as journal:
        first, *_ = journal.operations(run.id)
        journal.settle(first.id, "unknown", START.isoformat())
        kept = journal.unsettled()
    found = purge(folder)
    assert (kinds(found), found.left) == ({"texts": 2}, 1)
    with Journal.open(folder / ".wikibot", wiki.wikiid) as journal:
        assert journal.unsettled() == kept


def test_while_a_run_is_at_work_nothing_is_purged(folder: Path) -> None:
    fix(folder)
    before = state_of(folder)
    with run_lock(folder / ".wikibot"), pytest.raises(LockHeld):
        purge(folder)
    assert state_of(folder) == before


def files(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / ".wikibot" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")


def test_old_files_go_and_the_last_night_and_what_is_not_ours_stay(
    folder: Path, tmp_path: Path
) -> None:
    run = fix(folder)
    old, young = "20260101T030000", f"{MUCH_LATER:%Y%m%dT%H%M%S}"
    ours = [f"reports/night-{stamp}Z.{end}" for stamp in (old, young) for end in ("json", "txt")]
    files(folder, *ours, f"crash-{old}.000001Z.log", f"crash-{young}.000001Z.log")
    others = ("reports/abc.json", "reports/notes.txt", f"reports/night-{old}Z.json.bak",
              "crash-notes.log", "reports/night-20261399T030000Z.json")  # fmt: skip
    files(folder, *others)
    log, lines = tmp_path / "robot.log", "2026-01-01T03:00:00.000Z INFO ici\n"
    for name in ("robot.log", f"robot-{old}.000000Z.log", f"other-{old}.000000Z.log"):
        (tmp_path / name).write_text(lines)
    found = purge(folder, MUCH_LATER, log_file=log)
    assert kinds(found) == {"texts": 3, "reports": 4, "logs": 1, "crashes": 1}
    left = set(state_of(folder))
    assert {f".wikibot/{name}" for name in (*others, *ours[2:])} <= left
    assert not {f".wikibot/{name}" for name in ours[:2]} & left
    assert f".wikibot/reports/{run.id}.json" not in left
    assert sorted(path.name for path in tmp_path.glob("*.log")) == [
        f"other-{old}.000000Z.log", "robot.log",
    ]  # fmt: skip
    assert kinds(purge(folder, MUCH_LATER + timedelta(days=999))) == {"crashes": 1}
    assert (folder / ".wikibot" / ours[2]).exists()  # by it the next night knows what is new


def test_no_link_leads_a_purge_elsewhere(folder: Path, tmp_path: Path) -> None:
    old = "night-20260101T030000Z.json"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / old).write_text("{}")
    (folder / ".wikibot").mkdir()
    (folder / ".wikibot" / "reports").symlink_to(elsewhere)
    (folder / ".wikibot" / "crash-20260101T030000.000000Z.log").symlink_to(elsewhere / old)
    assert purge(folder, MUCH_LATER).heaps == ()
    assert (elsewhere / old).exists()


def test_of_old_days_the_first_of_each_month_stays(folder: Path) -> None:
    wiki, state = FolderWiki.open(folder), folder / ".wikibot"
    days = [START.date() + timedelta(days=n) for n in range(0, 140, 7)]
    with Snapshots.open(state, wiki.wikiid) as snapshots:
        for each in days:
            snapshots.keep(Snapshot(each, START, 3, "resilience", "0.1.0", {}, {}))
    with States.open(state, wiki.wikiid) as states:
        for each in days[:18]:
            states.keep(Taken(each, START, "resilience", ()))
    end = days[-1]
    found = purge(folder, datetime(end.year, end.month, end.day, 12, tzinfo=UTC))
    with Snapshots.open(state, wiki.wikiid) as snapshots:
        kept = [each.day for each in snapshots.of("resilience")]
    young = [day for day in days if day >= end - timedelta(days=92)]
    firsts = [min(d for d in days if d.month == month) for month in (1, 2, 3)]
    assert kept == [day for day in dict.fromkeys([*firsts, *young])]
    with States.open(state, wiki.wikiid) as states:
        assert set(states.days("resilience")) == set(kept) & set(days[:18])
    numbers = {heap.kind: heap for heap in found.heaps}
    assert numbers["numbers"].number == len(days) - len(kept)
    assert numbers["states"].last is not None
    assert numbers["states"].last < young[0]


def test_the_days_that_a_purge_was_told_hold_when_an_overview_keeps_its_state(
    folder: Path,
) -> None:
    wiki, state = FolderWiki.open(folder), folder / ".wikibot"
    first = Taken(START.date(), START, "resilience", ())
    with States.open(state, wiki.wikiid) as states:
        states.keep(first)
    kept = RetentionTable(daily_days=200)
    wikibot.purge(wiki, kept, apply_now=True, around=at(START))
    with States.open(state, wiki.wikiid) as states:
        for n in range(0, 150, 30):
            states.keep(replace(first, day=first.day + timedelta(days=n)))
            states.keep(replace(first, day=first.day + timedelta(days=n + 1)))
        assert len(states.days("resilience")) == 10


@pytest.fixture
def steps(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """Copies of the pages and their state, as they are before each step of a purge."""
    copies: list[Path] = []

    def before(what: object, name: str) -> None:
        step = getattr(what, name)

        def stepping(*arguments: object) -> object:
            copies.append(tmp_path / f"copy-{len(copies)}")
            shutil.copytree(folder, copies[-1])
            return step(*arguments)

        monkeypatch.setattr(what, name, stepping)

    for what, name in (
        (Purging, "forget_old"),
        (Purging, "sweep"),
        (Snapshots, "thin"),
        (States, "thin"),
        (purging, "remove"),
    ):
        before(what, name)
    yield copies


def test_killed_before_any_step_the_next_purge_ends_it(folder: Path, steps: list[Path]) -> None:
    fix(folder)
    wiki, state = FolderWiki.open(folder), folder / ".wikibot"
    files(folder, "reports/night-20260101T030000Z.json", "reports/night-20260101T030000Z.txt")
    files(folder, "reports/night-20260102T030000Z.json", "crash-20260101T030000.000001Z.log")
    with Snapshots.open(state, wiki.wikiid) as snapshots, States.open(state, wiki.wikiid) as states:
        for n in (0, 1):
            each = START.date() - timedelta(days=n)
            snapshots.keep(Snapshot(each, START, 3, "resilience", "0.1.0", {}, {}))
            states.keep(Taken(each, START, "resilience", ()))
    purge(folder, MUCH_LATER)
    ended = state_of(folder)
    copies = list(steps)
    assert len(copies) >= 7
    for copy in copies:
        purge(copy, MUCH_LATER)
        now = state_of(copy)
        assert set(now) == set(ended)
        assert {k: v for k, v in now.items() if "sqlite" not in k} == {
            k: v for k, v in ended.items() if "sqlite" not in k
        }
        assert purge(copy, MUCH_LATER).heaps == ()


@pytest.mark.parametrize("asked", [OLD_EDITS, OLD_AND_OPEN])
def test_where_nothing_is_old_no_text_is_read(folder: Path, asked: str) -> None:
    fix(folder)
    with Journal.open(folder / ".wikibot", FolderWiki.open(folder).wikiid) as journal:
        steps = journal._db.execute(f"EXPLAIN QUERY PLAN {asked}", ("2026",)).fetchall()
    assert steps[0]["detail"] == "SEARCH op USING INDEX op_to_purge (at<?)"
