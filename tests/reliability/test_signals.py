"""Stopped by a signal, run twice at once, on a disk without locks: in order, and in time."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.command import environment, run, spawn
from tests.mediawiki.faults import ALWAYS, SILENCE, api_error
from tests.reliability.cases import case
from tests.reliability.scene import NEW, OLD, TEXT, Scene, ended


@contextmanager
def running(*arguments: str, scale: str = "1") -> Iterator[subprocess.Popen[str]]:
    """Run the command line in a process of its own; end it if the test did not."""
    process = subprocess.Popen(
        [sys.executable, "-m", "wikibot", *arguments],
        env=environment({"WIKIBOT_SLEEP_SCALE": scale}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def asleep(scene: Scene) -> threading.Event:
    """Let the wiki lag for ever; return what tells that the first edit was put off."""
    told = threading.Event()
    scene.bench.faults.on("edit", times=ALWAYS).unsent(api_error("maxlag", retry_after=60)).then(
        told.set
    )
    return told


def ends_within(process: subprocess.Popen[str], seconds: float) -> int:
    started = time.monotonic()
    code = process.wait(30)
    assert time.monotonic() - started < seconds
    return code


@case("K12")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_while_the_run_waits_ends_it_within_five_seconds(
    scene: Scene, number: int, code: int
) -> None:
    titles = scene.pages(2)
    scene.plan()
    told = asleep(scene)
    with running("apply", "plan.json") as process:
        assert told.wait(30)
        process.send_signal(number)
        assert ends_within(process, 5) == code
    for title in titles:
        scene.untouched(title)
    assert [row["exit"] for row in run("runs", "--format", "json").json] == [code]
    scene.bench.faults.clear()
    scene.converges(dict.fromkeys(titles, TEXT.replace(OLD, NEW)))


@case("K13")
def test_a_second_interruption_ends_even_a_save_that_is_under_way(scene: Scene) -> None:
    titles = scene.pages(2)
    scene.plan()
    saved = threading.Event()
    scene.bench.faults.on("edit").after_commit(SILENCE).then(saved.set)
    with running("apply", "plan.json") as process:
        assert saved.wait(30)
        process.send_signal(signal.SIGINT)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1)  # the first lets the save end
        process.send_signal(signal.SIGINT)
        assert ends_within(process, 5) == 130
    scene.once(titles[0])
    scene.untouched(titles[1])
    scene.converges(dict.fromkeys(titles, TEXT.replace(OLD, NEW)))


@case("K13")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_one_interruption_lets_the_save_under_way_end_and_be_written_down(
    scene: Scene, number: int, code: int
) -> None:
    titles = scene.pages(2)
    scene.plan()

    def interrupt() -> None:
        process.send_signal(number)
        time.sleep(0.2)  # the signal is there before the answer

    scene.bench.faults.on("edit").then(interrupt)
    with running("apply", "plan.json", "--format", "json") as process:
        assert ends_within(process, 30) == code
    scene.once(titles[0])
    scene.untouched(titles[1])
    (row,) = run("runs", "--format", "json").json
    assert (row["exit"], row["counts"].get("done")) == (code, 1)
    scene.converges(dict.fromkeys(titles, TEXT.replace(OLD, NEW)))


# --- locks ---


@case("K14")
def test_a_second_run_at_the_same_time_asks_the_wiki_nothing(scene: Scene) -> None:
    scene.pages(2)
    scene.plan()
    told = asleep(scene)
    with running("apply", "plan.json") as process:
        assert told.wait(30)
        scene.bench.forget_requests()
        for command in (("apply", "plan.json"), ("undo", "quelconque", "--apply")):
            assert spawn(*command).code == 7
        assert scene.bench.requests_seen() == []
        process.kill()
        process.wait(30)


@case("K15")
def test_the_lock_of_a_run_that_was_killed_holds_nobody_up(scene: Scene) -> None:
    titles = scene.pages(2)
    scene.plan()
    told = asleep(scene)
    with running("apply", "plan.json") as process:
        assert told.wait(30)
        process.kill()
        process.wait(30)
    scene.bench.faults.clear()
    scene.converges(dict.fromkeys(titles, TEXT.replace(OLD, NEW)))


@case("K15")
def test_what_stands_in_a_lock_file_after_a_power_cut_means_nothing(scene: Scene) -> None:
    (title,) = scene.pages(1)
    scene.plan()
    ended(scene.apply(), 0, "done")
    homes = (scene.folder / "state", Path(os.environ["XDG_STATE_HOME"]))
    locks = [path for home in homes for path in home.rglob("*.lock")]
    assert locks
    for lock in locks:
        lock.write_text(f"{os.getpid()}\n")  # a process of that number lives again
    scene.again()
    scene.once(title)


@case("K16")
@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOLCK])
def test_a_file_system_without_locks_is_refused(
    scene: Scene, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.plan()

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    done = scene.apply()
    assert done.code == 2
    assert done.err.startswith("Erreur : ")
    assert scene.posts == 0
    monkeypatch.undo()
    scene.untouched()
