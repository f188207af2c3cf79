"""Killed at a named instant, whatever people do meanwhile and clocks show: the next converges."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

import wikibot
from tests.cli.command import run, spawn
from tests.reliability.cases import case
from tests.reliability.forks import KILLED, forked
from tests.reliability.scene import BESIDE, FAR, NEW, OLD, SAME, TEXT, Scene, ended
from wikibot.jobs.surroundings import Surroundings
from wikibot.wiki import fault
from wikibot.wiki.mediawiki import MediaWiki

LONG = "\n" + "Une haie abrite, nourrit et retient la terre. " * 20_000


POINTS = {"K01": False, "K02": False, "K03": False, "K04": True, "K05": True}  # saved?


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("point", POINTS)
def test_a_run_killed_at_a_named_point_is_finished_by_the_next(
    scene: Scene, point: str, number: int
) -> None:
    text = (TEXT + LONG).strip() if point == "K03" else TEXT
    titles = scene.pages(2, text)
    scene.plan()
    done = spawn("apply", "plan.json", env={"WIKIBOT_FAULT": f"{point}@{number}"})
    assert done.code == KILLED
    saved = [scene.ours(title) for title in titles]
    assert saved == [int(number == 2 or POINTS[point]), int(number == 2 and POINTS[point])]
    scene.bench.forget_requests()
    again = scene.converges(dict.fromkeys(titles, text.replace(OLD, NEW)))
    states = ["noop" if made else "done" for made in saved]
    assert [item["state"] for item in again.json["items"]] == states
    assert [scene.ours(title) for title in titles] == [1, 1]


@case("K02")
def test_what_was_written_down_and_never_sent_is_not_taken_for_done(scene: Scene) -> None:
    (title,) = scene.pages(1)
    scene.plan()

    def work() -> int:
        os.environ[fault.VARIABLE] = "K02"
        return scene.apply().code

    assert forked(work) == KILLED
    scene.untouched(title)
    scene.converges({title: TEXT.replace(OLD, NEW)})
    assert scene.ours(title) == 1


MEANWHILE = {"far": FAR, "beside": BESIDE}


@pytest.mark.parametrize("change", MEANWHILE.values(), ids=MEANWHILE)
@pytest.mark.parametrize("point", ["K02", "K04", "K05"])
def test_what_people_edit_between_the_kill_and_the_next_run_stays(
    scene: Scene, point: str, change: tuple[str, str]
) -> None:
    (title,) = scene.pages(1)
    scene.plan()
    assert spawn("apply", "plan.json", env={"WIKIBOT_FAULT": point}).code == KILLED
    scene.human(change)()
    scene.converges({title: TEXT.replace(*change).replace(OLD, NEW)})
    assert scene.ours(title) == 1


@pytest.mark.parametrize("point", ["K02", "K04", "K05"])
def test_a_person_who_gives_that_field_another_value_has_the_last_word(
    scene: Scene, point: str
) -> None:
    (title,) = scene.pages(1)
    scene.plan()
    assert spawn("apply", "plan.json", env={"WIKIBOT_FAULT": point}).code == KILLED
    saved = POINTS[point]
    scene.human((NEW if saved else OLD, SAME[1]))()
    scene.converges({title: TEXT.replace(*SAME)}, code=0 if saved else 3)


@pytest.mark.parametrize("point", ["K04", "K05"])
def test_a_person_who_takes_a_killed_runs_edit_back_has_the_last_word(
    scene: Scene, point: str
) -> None:
    (title,) = scene.pages(1)
    scene.plan()
    assert spawn("apply", "plan.json", env={"WIKIBOT_FAULT": point}).code == KILLED
    scene.human((NEW, OLD))()
    scene.converges({title: TEXT})


@case("K07")
def test_a_run_killed_while_it_writes_its_report_leaves_no_half_of_one(scene: Scene) -> None:
    titles = scene.pages(2)
    scene.plan()
    done = spawn("apply", "plan.json", env={"WIKIBOT_FAULT": "K07"})
    assert done.code == KILLED
    scene.converges(dict.fromkeys(titles, TEXT.replace(OLD, NEW)))
    reports = list((scene.folder / "state").rglob("*.json"))
    assert reports
    for report in reports:
        assert json.loads(report.read_text())


# --- the clock ---


@case("K18")
@pytest.mark.parametrize("hours", [-1, 1])
@pytest.mark.parametrize("after", [3, 9, 15])
def test_a_clock_that_jumps_in_the_midst_of_a_run_changes_nothing(
    scene: Scene, hours: int, after: int
) -> None:
    titles = scene.pages(3)
    plan = scene.plan()
    asked = 0
    slept: list[float] = []

    def now() -> datetime:
        nonlocal asked
        asked += 1
        return datetime.now(UTC) + timedelta(hours=hours if asked > after else 0)

    around = Surroundings(now=now, sleep=slept.append)
    bench = scene.bench
    with MediaWiki.connect(bench.api, bench.account, bench.password) as wiki:
        done = wikibot.apply(plan, wiki, state=scene.folder / "state", around=around)
    assert [item.state for item in done.items] == ["done"] * 3
    assert asked > after, "the clock never jumped"
    assert sum(slept) <= 60, "a pause was stretched by the jump"
    for title in titles:
        scene.once(title)
    scene.converges(dict.fromkeys(titles, TEXT.replace(OLD, NEW)))


# --- undo ---


@case("K19")
@pytest.mark.parametrize("point", POINTS)
def test_an_undo_killed_half_way_is_finished_by_the_next_and_people_keep_theirs(
    scene: Scene, point: str
) -> None:
    first, second, third = titles = scene.pages(3)
    scene.plan()
    done = scene.apply()
    ended(done, 0, "done", "done", "done")
    run_id = str(done.json["run_id"])
    killed = spawn("undo", run_id, "--apply", env={"WIKIBOT_FAULT": f"{point}@2"})
    assert killed.code == KILLED
    taken = [title for title in titles if scene.bench.text(title) == TEXT]
    assert third in taken, "newest first"
    scene.human(FAR, first)()
    scene.human((OLD if second in taken else NEW, SAME[1]), second)()

    again = run("undo", run_id, "--apply", "--format", "json")
    assert again.code in (0, 3)
    texts = {first: TEXT.replace(*FAR), second: TEXT.replace(*SAME), third: TEXT}
    assert {title: scene.bench.text(title) for title in titles} == texts
    assert [scene.ours(title) for title in titles] == [2, 2 if second in taken else 1, 2]
    scene.markers_are_unique()

    scene.bench.forget_requests()
    for _ in range(2):
        twice = run("undo", run_id, "--apply", "--format", "json")
        assert twice.code in (0, 3)
    assert scene.posts == 0
    assert {title: scene.bench.text(title) for title in titles} == texts
