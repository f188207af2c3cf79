"""The wiki merges our edit with a person's: what the person did is theirs, and undo leaves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.command import Done, run, run_id
from tests.mediawiki.faults import ALWAYS, RESET, Fault, page
from tests.reliability.cases import case
from tests.reliability.scene import FAR, NEW, OLD, TEXT, TITLE, Scene, ended, only

WANTED = ("licence=CC BY-SA 4.0", "tags+=mare")
TAGS = ("haie, bocage", "haie, bocage, mare")
THEIRS = TEXT.replace(*FAR).replace(OLD, NEW)  # a person does one of our two changes, and more
BOTH = THEIRS.replace(*TAGS)


def they_were_first(scene: Scene) -> Callable[[], object]:
    return lambda: scene.bench.edit_as_human(TITLE, THEIRS)


def parent(scene: Scene) -> int:
    """Return the revision upon which the bot's was put."""
    return int(scene.bench.bot_revisions(TITLE)[0]["parentid"])


def take_back(done: Done, *options: str) -> Done:
    return run("undo", run_id(done), *options, "--format", "json")


def fields(scene: Scene, done: Done) -> Any:
    """Return the fields that a run has changed, as the journal tells."""
    (item,) = run("runs", run_id(done), "--format", "json").json["items"]
    assert item["fields"] == [change["field"] for change in only(done)["changes"]]
    return item["fields"]


@case("F45")
def test_a_change_that_a_person_made_first_is_not_ours_and_stays_when_we_take_ours_back(
    scene: Scene,
) -> None:
    scene.plan(*WANTED)
    scene.bench.faults.on("edit").first(they_were_first(scene))
    done = scene.apply()
    ended(done, 0, "done")
    assert scene.bench.text(TITLE) == BOTH
    assert (only(done)["merged"], only(done)["verified"]) == (True, True)
    assert fields(scene, done) == ["tags"]
    (edit,) = take_back(done).json["edits"]
    assert [change["field"] for change in edit["changes"]] == ["tags"]
    assert take_back(done, "--apply").code == 0
    assert scene.bench.text(TITLE) == THEIRS


@case("F45")
@pytest.mark.parametrize("later", [False, True], ids=["before", "before-and-after"])
def test_what_is_ours_is_told_as_well_where_the_answer_got_lost(scene: Scene, later: bool) -> None:
    scene.plan(*WANTED)
    fault = scene.bench.faults.on("edit").first(they_were_first(scene)).after_commit(RESET)
    more = ("à la main", "au crayon")
    if later:
        fault.then(scene.human(more))
    done = scene.apply()
    ended(done, 0, "done")
    assert fields(scene, done) == ["tags"]
    assert take_back(done, "--apply").code == 0
    assert scene.bench.text(TITLE) == (THEIRS.replace(*more) if later else THEIRS)


@case("F45")
def test_what_is_ours_is_told_as_well_where_the_next_run_finds_the_edit(scene: Scene) -> None:
    scene.plan(*WANTED)
    faults = scene.bench.faults
    faults.on("edit").first(they_were_first(scene)).after_commit(RESET)
    faults.on(
        when=lambda request: len(scene.bench.edits_seen()) > 0 and request.action != "edit",
        times=ALWAYS,
    ).unsent(page(503))
    done = scene.apply()
    ended(done, 8, "unknown")
    faults.clear()
    ended(scene.apply(), 0, "noop")
    (item,) = run("runs", run_id(done), "--format", "json").json["items"]
    assert (item["state"], item["merged"], item["fields"]) == ("done", True, ["tags"])
    assert take_back(done, "--apply").code == 0
    assert scene.bench.text(TITLE) == THEIRS


@case("F45")
@pytest.mark.parametrize("point", [None, Fault.after_commit], ids=["answered", "lost"])
def test_where_the_text_before_ours_is_hidden_a_person_decides(
    scene: Scene, point: Callable[..., Fault] | None
) -> None:
    scene.plan(*WANTED)
    fault = scene.bench.faults.on("edit").first(they_were_first(scene))
    if point:
        point(fault, RESET)
    fault.then(lambda: scene.bench.admin.hide(parent(scene), text=True))
    done = scene.apply()
    ended(done, 3, "done")
    assert only(done)["reason_code"] == "merged"
    assert "annul" in only(done)["reason"]
    (prospect,) = take_back(done).json["prospects"]
    assert prospect["kind"] == "person"
    scene.bench.forget_requests()
    undone = take_back(done, "--apply")
    ended(undone, 3, "skipped")
    assert only(undone)["reason_code"] == "merged"
    assert scene.posts == 0
    assert scene.bench.text(TITLE) == BOTH


@case("F45")
def test_where_that_text_could_not_be_read_then_undo_reads_it(scene: Scene) -> None:
    scene.plan(*WANTED)
    scene.bench.faults.on("edit").first(they_were_first(scene))
    scene.bench.faults.on("query", when=lambda asked: "revids" in asked.parameters).unsent(
        page(403)
    )
    done = scene.apply()
    ended(done, 3, "done")
    assert only(done)["reason_code"] == "merged"
    assert take_back(done, "--apply").code == 0
    assert scene.bench.text(TITLE) == THEIRS
