"""Every run leaves an honest account: what the report says is what the wiki went through."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.cli.command import environment, run, spawn
from tests.mediawiki.faults import ALWAYS, RESET, api_error
from tests.reliability.scene import NEW, OLD, SAME, Scene, ended


def report(scene: Scene) -> dict[str, Any]:
    """Return the one report that was left."""
    (file,) = (scene.folder / "state/reports").glob("*.json")
    told: dict[str, Any] = json.loads(file.read_text())
    assert file.with_suffix(".txt").read_text().startswith(f"Exécution {told['run_id']} : ")
    return told


def states(told: dict[str, Any]) -> list[str]:
    return [item["state"] for item in told["items"]]


def test_it_says_what_became_of_each_page_and_what_it_cost(scene: Scene) -> None:
    first, second, third = scene.pages(3)
    scene.plan()
    scene.human(SAME, second)()
    scene.bench.admin.protect(third)
    scene.bench.forget_requests()
    done = scene.apply()
    ended(done, 3, "done", "conflict", "skipped")
    told = report(scene)
    assert told["exit"] == done.code
    assert states(told) == ["done", "conflict", "skipped"]
    saved = scene.bench.bot_revisions(first)[-1]
    assert (told["items"][0]["new_rev"], told["items"][0]["base_rev"]) == (
        saved["revid"],
        saved["parentid"],
    )
    assert [item["reason_code"] for item in told["items"]] == [None, "clash", "protectedpage"]
    assert told["requests"]["post"] == scene.posts == 2
    assert told["requests"]["retries"] == 0
    seen = [r for r in scene.bench.requests_seen() if r.action != "login"]
    assert 0 < told["requests"]["get"] <= len(seen) - scene.posts


def test_repeated_requests_are_counted(scene: Scene) -> None:
    scene.plan()
    scene.bench.faults.on("edit", times=2).unsent(api_error("maxlag", retry_after=1))
    assert scene.apply().code == 0
    told = report(scene)
    assert told["requests"]["post"] == scene.posts == 3
    assert told["requests"]["retries"] >= 2


def test_a_stop_is_told_by_its_guard_and_in_words(scene: Scene) -> None:
    scene.pages(3)
    scene.plan()
    scene.configure('[stop]\npage = "Projet:Arrêt"')
    scene.bench.edit_as_human("Projet:Arrêt", "go")
    scene.bench.faults.on("edit").then(lambda: scene.bench.edit_as_human("Projet:Arrêt", "arrêtez"))
    done = scene.apply()
    assert done.code == 6
    told = report(scene)
    assert (told["exit"], told["guards"]) == (6, ["stop-order"])
    assert told["stopped"]["code"] == 6
    assert "Projet:Arrêt" in told["stopped"]["message"]
    assert states(told)[0] == "done"
    assert states(told)[-1] == "skipped"


def test_what_was_unknown_is_told_as_it_turned_out_by_the_next_run(scene: Scene) -> None:
    scene.plan()
    faults = scene.bench.faults
    faults.on("edit").after_commit(RESET).then(scene.bench.refuse_connections)
    first = scene.apply()
    scene.bench.accept_connections()
    assert first.code == 8
    assert states(report(scene)) == ["unknown"]
    again = scene.apply()
    assert again.code == 0
    later = run("runs", first.json["run_id"], "--format", "json").json
    assert states(later) == ["done"]
    assert later["items"][0]["new_rev"] == scene.bench.bot_revisions(scene.titles[0])[-1]["revid"]
    assert later["counts"]["unknown"] == 0
    assert later["exit"] == 8  # as it ended


@contextmanager
def at_work(scene: Scene) -> Iterator[tuple[subprocess.Popen[str], threading.Event]]:
    """Run the plan in a process of its own, which the wiki puts off at the second page."""
    waiting = threading.Event()
    lag = api_error("maxlag", retry_after=60)
    scene.bench.faults.on("edit", nth=2, times=ALWAYS).unsent(lag).then(waiting.set)
    process = subprocess.Popen(
        [sys.executable, "-m", "wikibot", "--log-file", "wikibot.log", "apply", "plan.json"],
        env=environment({"WIKIBOT_SLEEP_SCALE": "0.2"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process, waiting
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize(
    ("number", "code", "word"),
    [(signal.SIGTERM, 143, "arrêté"), (signal.SIGINT, 130, "interrompu")],
    ids=["TERM", "INT"],
)
def test_a_run_stopped_by_a_signal_says_so_and_leaves_its_report(
    scene: Scene, number: signal.Signals, code: int, word: str, times: int
) -> None:
    titles = scene.pages(3)
    scene.plan()
    scene.configure("[limits]\nedits_per_minute = 0")
    with at_work(scene) as (process, waiting):
        assert waiting.wait(60)
        for _ in range(times):
            process.send_signal(number)
            time.sleep(0.05)
        out, err = process.communicate(timeout=30)
    assert process.returncode == code, err
    said = [line for line in err.splitlines() if line and not line.startswith("Note : ")]
    assert said == [
        f"Erreur : {word}.",
        "→ Ce qui est publié l'est, le reste n'a pas été touché ; « wikibot runs » le dit.",
    ]
    revision = scene.bench.revisions(titles[0])[-1]["revid"]
    assert out == f"✓ {titles[0]} : publiée (révision {revision})\n"
    told = report(scene)
    assert told["exit"] == code
    assert told["stopped"]["code"] == code
    assert states(told)[0] == "done"
    assert set(states(told)[1:]) <= {"skipped", "failed", "unknown"}
    assert scene.ours(titles[1]) == scene.ours(titles[2]) == 0
    log = (scene.folder / "wikibot.log").read_text()
    assert f"{told['run_id']} exit={code} planned=3 done=1 " in log


def test_a_run_that_was_killed_left_none_and_is_told_from_the_journal(scene: Scene) -> None:
    titles = scene.pages(2)
    scene.plan()
    assert spawn("apply", "plan.json", env={"WIKIBOT_FAULT": "K04@2"}).code == -signal.SIGKILL
    assert not (scene.folder / "state/reports").exists()
    (known,) = run("runs", "--format", "json").json
    assert known["exit"] is None
    told = run("runs", known["run_id"], "--format", "json").json
    assert states(told) == ["done", "sent"]
    assert "Envoyées, sans réponse encore :" in run("runs", known["run_id"]).out
    assert scene.apply().code == 0
    told = run("runs", known["run_id"], "--format", "json").json
    assert states(told) == ["done", "done"]
    for title in titles:
        assert scene.bench.text(title).count(NEW) == 1
        assert OLD not in scene.bench.text(title)
