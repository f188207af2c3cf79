"""Work on parts: in their order, few at a time, by whoever is left."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.support import trial_mapping
from tests.jobs.spreading.spreads import runs
from tests.jobs.spreading.tasks import die_once, double
from wikibot.errors import ConfigError, Unavailable
from wikibot.jobs.spreading import looking, parts
from wikibot.jobs.spreading.crew import Crew, Here, cores, processes
from wikibot.jobs.spreading.crews import LARGE, crews_for
from wikibot.jobs.spreading.spread import AGAIN, spread
from wikibot.wiki.dump.handler import Site
from wikibot.wiki.dump.titles import Spelling

TOOLS = parts.Tools(trial_mapping(), Spelling(Site("", "", "", ((0, ""),), frozenset())), False)


class Late(Future[Any]):
    """Is done when somebody asks, unless it was lost before."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work

    def result(self, timeout: float | None = None) -> Any:
        if not self.done():
            self.set_result(self._work())
        return super().result(0)


class Fragile(Executor):
    """Breaks down at the calls of these numbers, and loses all that is not done yet."""

    def __init__(self, calls: Iterator[int], fails: set[int]) -> None:
        self._calls, self._fails = calls, fails
        self._broken = False
        self._given: list[Late] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if self._broken:
            raise BrokenExecutor
        future = Late(partial(fn, *args))
        self._given.append(future)
        if next(self._calls) in self._fails:
            self._broken = True
            for lost in self._given:
                if not lost.done():
                    lost.set_exception(BrokenExecutor())
        return future


@given(st.lists(st.integers(), max_size=12), st.sets(st.integers(0, 30), max_size=2))
def test_every_part_is_done_in_its_order_whoever_is_lost(parts: list[int], fails: set[int]) -> None:
    calls = iter(range(1000))
    crew = Crew(2, lambda: Fragile(calls, fails))
    assert list(spread(double, parts, crew)) == [2 * part for part in parts]


def test_workers_that_are_lost_again_and_again_are_told_in_one_line() -> None:
    calls, begun = iter(range(1000)), []

    def start() -> Executor:
        begun.append(1)
        return Fragile(calls, set(range(1000)))

    with pytest.raises(Unavailable, match="ends at each attempt"):
        list(spread(double, [1, 2, 3], Crew(1, start)))
    assert len(begun) == 1 + AGAIN


def test_few_parts_are_in_memory_at_a_time() -> None:
    taken = 0

    def parts() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    done = spread(double, parts(), Crew(3, Here))
    for number in range(50):
        assert next(done) == 2 * number
        assert taken <= number + 1 + 2 * 3
    assert list(spread(double, [], Crew(3, Here))) == []


def test_what_the_task_raises_ends_the_work_and_the_workers() -> None:
    ended = []

    class Watched(Here):
        def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
            ended.append(wait)

    with pytest.raises(ZeroDivisionError):
        list(spread(lambda number: 1 // number, [1, 0], Crew(1, Watched)))
    assert ended == [True]


def test_a_process_that_is_killed_while_it_works_is_replaced(tmp_path: Path) -> None:
    place = str(tmp_path / "killed")
    with processes(2) as crew:
        done = list(spread(die_once, [(place, number) for number in range(12)], crew))
    assert [number for number, _ in done] == list(range(12))
    workers = {worker for _, worker in done}
    assert int(Path(place).read_text()) not in {os.getpid(), *_after(done, 3)}
    assert os.getpid() not in workers
    assert not any(runs(worker) for worker in workers)


def _after(done: list[tuple[int, int]], number: int) -> set[int]:
    return {worker for part, worker in done if part >= number}


_SCRIPT = """
import sys
from tests.jobs.spreading.tasks import linger
from wikibot.jobs.spreading.crew import processes
from wikibot.jobs.spreading.spread import spread
if __name__ == "__main__":
    with processes(2) as crew:
        for _ in spread(linger, [sys.argv[1]] * 400, crew):
            pass
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_runs_on_once_the_first_process_is_gone(
    tmp_path: Path, number: signal.Signals
) -> None:
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT)
    seen = tmp_path / "seen"
    seen.mkdir()
    here = Path(__file__).resolve().parents[3]
    with subprocess.Popen(
        [sys.executable, str(script), str(seen)],
        env={**os.environ, "PYTHONPATH": str(here)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        if number == signal.SIGINT:  # to all of them, as a terminal does, while they still begin
            _wait(lambda: _of_session(process.pid) > 2)  # the first, its keeper of pipes, a worker
            os.killpg(process.pid, number)
        else:
            _wait(lambda: bool(list(seen.iterdir())))
            process.send_signal(number)
        told = process.communicate(timeout=30)[1].decode()
    _wait(lambda: not _of_session(process.pid))
    assert told.count("Traceback") <= 1, told  # the script's own


def _wait(until: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)


def _of_session(session: int) -> int:
    """Return how many processes of that session are left."""
    number = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, _, _, of_session = stat.read_text().rpartition(")")[2].split()[:4]
            number += state != "Z" and int(of_session) == session
    return number


def test_a_worker_of_another_wikibot_is_told() -> None:
    part = next(parts.parts_of([_page()], TOOLS))
    assert looking.look(part).pages == ()
    other = parts.Part("0.0.9", part.tools, part.pages)
    with pytest.raises(ConfigError, match="has not this wikibot"):
        looking.look(pickle.loads(pickle.dumps(other)))


def _page() -> Any:
    from datetime import UTC, datetime

    from wikibot.page import Revision
    from wikibot.wiki.dump.handler import ExportedPage

    return ExportedPage("P", 0, 1, Revision(1, 0, datetime(2026, 1, 1, tzinfo=UTC)), "wikitext", "")


@pytest.mark.parametrize(
    ("size", "packed", "workers", "expected"),
    [
        (10, False, None, 0),
        (LARGE - 1, False, None, 0),
        (LARGE, False, None, 4),
        (LARGE // 8, True, None, 4),
        (LARGE // 8 - 1, True, None, 0),
        (10, False, 1, 0),
        (LARGE, False, 1, 0),
        (10, False, 3, 3),
    ],
)
def test_a_small_export_starts_no_other_process_unless_told_to(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    size: int,
    packed: bool,
    workers: int | None,
    expected: int,
) -> None:
    file = tmp_path / "export.xml"
    with file.open("wb") as opened:
        opened.write(b"BZh9" if packed else b"<med")
        opened.truncate(size)
    monkeypatch.setattr("wikibot.jobs.spreading.crews.cores", lambda: 4)
    with crews_for(file, workers)() as crew:
        assert crew.size == expected
    assert cores() >= 1
