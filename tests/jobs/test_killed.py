"""Killed at any instant and run again: every edit is made exactly once, and can be taken back."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import PAGE
from tests.jobs.wikis import (
    WRONG,
    MergingWiki,
    TroubledWiki,
    bytes_of,
    comments,
    fix_plan,
    write_pages,
)
from wikibot.store import Journal
from wikibot.wiki.folder import FolderWiki, disk

RIGHT = PAGE.encode()
NAMES = ("Haies", "Mares")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def in_a_child(work: Callable[..., object], *arguments: object) -> int:
    """Call `work` in a process of its own; return its exit code, -9 where it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


class Steps:
    """Counts the instants of a run, and dies at one of them.

    An instant is before and after each line of the journal, and around each step of a save.
    """

    def __init__(self, patch: pytest.MonkeyPatch, deadly: int | None = None) -> None:
        self.number = 0
        self._deadly = deadly
        for owner, name in (
            (Journal, "_do"),
            (FolderWiki, "save"),
            (FolderWiki, "_remember"),
            (disk, "put"),
        ):
            patch.setattr(owner, name, self._watched(getattr(owner, name)))

    def step(self) -> None:
        self.number += 1
        if self.number == self._deadly:
            die()

    def _watched(self, call: Callable[..., object]) -> Callable[..., object]:
        def watched(*arguments: object, **named: object) -> object:
            self.step()
            result = call(*arguments, **named)
            self.step()
            return result

        return watched


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pages(tmp_path, names=NAMES)
    return tmp_path


def test_a_run_that_is_killed_at_any_instant_converges_when_it_is_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepared(name: str) -> tuple[Path, wikibot.Plan]:
        folder = tmp_path / name
        folder.mkdir()
        write_pages(folder, names=NAMES)
        return folder, fix_plan(folder)

    with monkeypatch.context() as patch:
        folder, plan = prepared("whole")
        steps = Steps(patch)
        wikibot.apply(plan, FolderWiki.open(folder))
    assert steps.number >= 40
    for deadly in range(1, steps.number + 1):
        folder, plan = prepared(f"{deadly}")
        with monkeypatch.context() as patch:
            Steps(patch, deadly)
            code = in_a_child(wikibot.apply, plan, FolderWiki.open(folder))
        assert code == -signal.SIGKILL, deadly
        assert set(bytes_of(folder).values()) <= {RIGHT, WRONG.encode()}, deadly

        again = wikibot.apply(plan, FolderWiki.open(folder))
        assert again.exit_code == 0, deadly
        assert bytes_of(folder) == dict.fromkeys(NAMES, RIGHT), deadly
        for name in NAMES:
            assert len(comments(folder, name)) == 2, (deadly, name)  # the base and one edit

        for run in wikibot.runs(FolderWiki.open(folder)):
            wikibot.undo(run.id, FolderWiki.open(folder))
        assert bytes_of(folder) == dict.fromkeys(NAMES, WRONG.encode()), deadly


def test_an_undo_that_is_killed_at_any_instant_converges_when_it_is_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepared(name: str) -> tuple[Path, str]:
        folder = tmp_path / name
        folder.mkdir()
        write_pages(folder, names=NAMES)
        return folder, wikibot.apply(fix_plan(folder), FolderWiki.open(folder)).id

    with monkeypatch.context() as patch:
        folder, run_id = prepared("whole")
        steps = Steps(patch)
        wikibot.undo(run_id, FolderWiki.open(folder))
    for deadly in range(1, steps.number + 1, 2):
        folder, run_id = prepared(f"{deadly}")
        with monkeypatch.context() as patch:
            Steps(patch, deadly)
            code = in_a_child(wikibot.undo, run_id, FolderWiki.open(folder))
        assert code == -signal.SIGKILL, deadly
        again = wikibot.undo(run_id, FolderWiki.open(folder))
        assert again.exit_code == 0, deadly
        assert bytes_of(folder) == dict.fromkeys(NAMES, WRONG.encode()), deadly
        assert wikibot.undo(run_id, FolderWiki.open(folder)).counts["done"] == 0, deadly
        for name in NAMES:
            assert len(comments(folder, name)) == 3, (deadly, name)


class TestTheLedger:
    """What a killed run looks like, before and after the next one."""

    def kill(self, folder: Path, where: str) -> wikibot.Plan:
        plan = fix_plan(folder)

        def work() -> None:
            wiki = TroubledWiki(folder)
            setattr(wiki, where, lambda page, *_: die() if str(page.title) == "Mares" else None)
            wikibot.apply(plan, wiki)

        assert in_a_child(work) == -signal.SIGKILL
        return plan

    @pytest.mark.parametrize(
        ("where", "later", "again"), [("before", "failed", "done"), ("after", "done", "noop")]
    )
    def test_says_cut_short_and_later_what_became_of_each_edit(
        self, folder: Path, where: str, later: str, again: str
    ) -> None:
        plan = self.kill(folder, where)
        wiki = FolderWiki.open(folder)
        (killed,) = wikibot.runs(wiki)
        assert (killed.exit, killed.ended, killed.counts) == (None, None, {"done": 1, "sent": 1})
        run = wikibot.apply(plan, wiki)
        assert [item.state for item in run.items] == ["noop", again]
        assert sum(wikibot.runs(wiki)[-1].counts.values()) == 2
        assert wikibot.runs(wiki)[-1].counts[later] >= 1
        assert wikibot.runs(wiki)[-1].exit is None

    def test_an_undo_finds_out_by_itself(self, folder: Path) -> None:
        self.kill(folder, "after")
        wiki = FolderWiki.open(folder)
        undone = wikibot.undo(wikibot.runs(wiki)[0].id, wiki)
        assert undone.counts["done"] == 2
        assert bytes_of(folder) == dict.fromkeys(NAMES, WRONG.encode())

    def test_an_edit_that_the_wiki_had_merged_is_undone_alone(self, folder: Path) -> None:
        wiki = MergingWiki(folder)
        wiki.after = lambda page, saved: die()
        assert in_a_child(wikibot.apply, fix_plan(folder), wiki) == -signal.SIGKILL
        (killed,) = wikibot.runs(FolderWiki.open(folder))
        assert wikibot.undo(killed.id, FolderWiki.open(folder)).counts["done"] == 1
        assert bytes_of(folder)["Haies"] == WRONG.replace("bocage", "mare").encode()

    def test_a_page_that_was_deleted_since_is_settled(self, folder: Path) -> None:
        plan = self.kill(folder, "before")
        (folder / "Mares.wikitext").unlink()
        run = wikibot.apply(plan, FolderWiki.open(folder))
        assert [item.state for item in run.items] == ["noop", "skipped"]
        with Journal.open(folder / ".wikibot", FolderWiki.open(folder).wikiid) as journal:
            assert journal.unsettled() == ()

    def test_a_page_that_cannot_be_read_now_holds_nothing_up(self, folder: Path) -> None:
        self.kill(folder, "before")
        (folder / "Mares.wikitext").write_bytes(b"\xff")
        (folder / "Talus.wikitext").write_text(WRONG)
        wiki = FolderWiki.open(folder)
        plan = wikibot.fix([wiki.page("Talus")], wikibot.load_mapping("resilience"), wiki)
        assert wikibot.apply(plan, wiki).exit_code == 0

    def test_what_a_person_took_back_meanwhile_is_done_and_never_made_again(
        self, folder: Path
    ) -> None:
        plan = self.kill(folder, "after")
        (folder / "Mares.wikitext").write_text(WRONG)
        run = wikibot.apply(plan, FolderWiki.open(folder))
        assert [item.state for item in run.items] == ["noop", "noop"]
        assert bytes_of(folder)["Mares"] == WRONG.encode()
