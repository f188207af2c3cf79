"""Two runs at once: the second stands back, and nothing of either is lost."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import PAGE, run, spawn
from tests.jobs.wikis import bytes_of, comments, fix_plan, write_pages
from wikibot.errors import LockHeld
from wikibot.jobs.state import run_lock
from wikibot.wiki.folder import FolderWiki

ROUNDS = 8


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    return pages


def test_the_second_run_stands_back_with_exit_7_and_writes_nothing(folder: Path) -> None:
    write_pages(folder, PAGE, ["Haies"])
    run_id = run(
        *("--wiki", folder, "set", "Haies", "tags+=mare", "--apply", "--format", "json")
    ).json["run_id"]
    before = bytes_of(folder)
    with run_lock(folder / ".wikibot"):
        for command in (
            ("set", "Haies", "tags+=talus", "--apply"),
            ("undo", run_id, "--apply"),
        ):
            done = spawn("--wiki", folder, *command)
            assert done.code == 7
            assert done.err.splitlines() == [
                f"Erreur : Une autre exécution travaille sur ce wiki ({folder / '.wikibot'}).",
                "→ Attendez qu'elle finisse, puis relancez.",
            ]
        assert spawn("--wiki", folder, "check").code == 0  # reading goes on
        assert spawn("--wiki", folder, "runs").code == 0
    assert bytes_of(folder) == before
    assert spawn("--wiki", folder, "set", "Haies", "tags+=talus", "--apply").code == 0


def test_the_same_in_one_process(folder: Path) -> None:
    write_pages(folder)
    with run_lock(folder / ".wikibot"), pytest.raises(LockHeld):
        wikibot.apply(fix_plan(folder), FolderWiki.open(folder))
    assert wikibot.apply(fix_plan(folder), FolderWiki.open(folder)).exit_code == 0


def test_the_lock_of_a_run_that_was_killed_holds_nobody_up(folder: Path) -> None:
    write_pages(folder)
    child = os.fork()
    if child == 0:
        with run_lock(folder / ".wikibot"):
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert wikibot.apply(fix_plan(folder), FolderWiki.open(folder)).exit_code == 0


def set_again_and_again(folder: Path, options: tuple[str, ...], field: str, go: Barrier) -> None:
    """Give a field of one page ever new values, each until it is published."""
    go.wait(60)
    for number in range(ROUNDS):
        for _ in range(500):
            done = run(*options, "set", "Haies", f"{field}={field} {number}", "--apply")
            if done.code == 0:
                break
            assert done.code in (3, 7), done
        else:
            raise AssertionError("never published")


@pytest.mark.parametrize("states", ["one state folder", "a state folder each"])
def test_two_processes_on_two_fields_of_one_page_lose_nothing(folder: Path, states: str) -> None:
    write_pages(folder, PAGE, ["Haies"])
    context = multiprocessing.get_context("spawn")
    go = context.Barrier(2)
    processes = []
    for field in ("localisation", "titre"):
        options: tuple[str, ...] = ("--wiki", str(folder))
        if states != "one state folder":  # two machines: no lock between them
            config = folder.parent / f"{field}.toml"
            config.write_text(f'[wiki]\nfolder = "pages"\nstate = "{field}"\n')
            options = ("--config", str(config))
        arguments = (folder, options, field, go)
        processes.append(context.Process(target=set_again_and_again, args=arguments))
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    last = ROUNDS - 1
    text = bytes_of(folder)["Haies"].decode()
    assert f"|location=localisation {last}\n" in text
    assert f"|Titre=titre {last}\n" in text
    without = text.replace(f"|location=localisation {last}\n", "")
    assert without.replace(f"|Titre=titre {last}\n", "") == PAGE
    assert len(comments(folder, "Haies")) == 2 * ROUNDS + 1
