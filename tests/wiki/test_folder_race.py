from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from wikibot.errors import EditConflict, PageExists
from wikibot.wiki.folder import FolderWiki

ROUNDS = 25
Result = tuple[str, int, bool]


def together(work: Callable[..., None], folder: Path) -> list[Result]:
    """Run `work` in two processes at once; return what they put into the queue."""
    context = multiprocessing.get_context("spawn")
    results: Queue[Result] = context.Queue()
    barrier = context.Barrier(2)
    processes = [
        context.Process(target=work, args=(folder, name, barrier, results)) for name in "ab"
    ]
    for process in processes:
        process.start()
    found = [results.get(timeout=60) for _ in range(2 * ROUNDS)]
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    return found


def save_at_once(folder: Path, name: str, barrier: Barrier, results: Queue[Result]) -> None:
    wiki = FolderWiki(folder)
    for number in range(ROUNDS):
        barrier.wait(60)
        page = wiki.page("Un")
        barrier.wait(60)
        try:
            wiki.save(page, f"{page.text}{name}{number}\n", "")
            results.put((name, number, True))
        except EditConflict:
            results.put((name, number, False))


def add_lines(folder: Path, name: str, barrier: Barrier, results: Queue[Result]) -> None:
    wiki = FolderWiki(folder, patience=60)
    barrier.wait(60)
    for number in range(ROUNDS):
        while True:
            page = wiki.page("Un")
            try:
                wiki.save(page, f"{page.text}{name}{number}\n", "")
                break
            except EditConflict:
                continue
        results.put((name, number, True))


def create_at_once(folder: Path, name: str, barrier: Barrier, results: Queue[Result]) -> None:
    wiki = FolderWiki(folder)
    for number in range(ROUNDS):
        barrier.wait(60)
        try:
            wiki.create(f"Page {number}", name, "")
            results.put((name, number, True))
        except PageExists:
            results.put((name, number, False))


def test_of_two_saves_upon_the_same_revision_exactly_one_wins(tmp_path: Path) -> None:
    (tmp_path / "Un.wikitext").touch()
    results = together(save_at_once, tmp_path)
    winners = {number: name for name, number, won in results if won}
    assert len(winners) == len([won for *_, won in results if won]) == ROUNDS
    expected = "".join(f"{winners[number]}{number}\n" for number in range(ROUNDS))
    assert (tmp_path / "Un.wikitext").read_text() == expected


def test_two_writers_that_try_again_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "Un.wikitext").touch()
    together(add_lines, tmp_path)
    lines = (tmp_path / "Un.wikitext").read_text().splitlines()
    assert sorted(lines) == sorted(f"{name}{n}" for name in "ab" for n in range(ROUNDS))
    log = (tmp_path / ".wikibot/history/revisions.jsonl").read_text().splitlines()
    entries = [json.loads(line) for line in log]
    assert len(entries) == 2 * ROUNDS + 1
    assert [e["parent"] for e in entries] == [0, *(e["revid"] for e in entries[:-1])]


def test_of_two_creations_of_one_page_exactly_one_wins(tmp_path: Path) -> None:
    results = together(create_at_once, tmp_path)
    winners = {number: name for name, number, won in results if won}
    assert len(winners) == len([won for *_, won in results if won]) == ROUNDS
    for number, name in winners.items():
        assert (tmp_path / f"Page {number}.wikitext").read_text() == name
