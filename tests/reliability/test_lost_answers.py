"""No trustworthy answer came back: the history tells, and the edit is made exactly once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.mediawiki.faults import (
    ALWAYS,
    GARBLED,
    HALF,
    HANG_UP,
    RESET,
    SILENCE,
    TRUNCATED,
    Answer,
    Fault,
    How,
    api_error,
    as_json,
    page,
)
from tests.reliability.cases import case
from tests.reliability.scene import BESIDE, FAR, NEW, OLD, SAME, TEXT, TITLE, Scene, ended, only

CREATED = "Semences locales"
FATAL = "<br />\n<b>Fatal error</b>: Allowed memory size of 134217728 bytes exhausted"


def warned(answer: bytes) -> bytes:
    return b"<br />\n<b>Warning</b>: Undefined array key 3 in /srv/x.php\n" + answer


SAVED: dict[str, How] = {
    "F09-reset": RESET,
    "F09-hang-up": HANG_UP,
    "F09-silence": SILENCE,
    "F12-504": page(504),
    "F14-500": page(500, FATAL),
    "F15-html": page(200),
    "F16-truncated": TRUNCATED,
    "F16-half": HALF,
    "F16-not-gzip": GARBLED,
    "F16-empty": Answer(),
    "F16-null": as_json(None),
    "F16-list": as_json([]),
    "F16-object": as_json({}),
    "F16-warning-first": warned,
    "F16-204": Answer(204),
    "F40-503": page(503),
    "F42-408": page(408),
    "F42-425": page(425),
    "F42-499": page(499),
    "F42-520": page(520),
    "F42-524": page(524),
}
UNSAVED: dict[str, How] = {
    "F10-reset": RESET,
    "F10-hang-up": HANG_UP,
    "F10-silence": SILENCE,
    "F13-502": page(502),
    "F40-503": page(503),
    "F42-408": page(408),
    "F42-425": page(425),
    "F42-520": page(520),
}


@pytest.mark.parametrize("how", SAVED.values(), ids=SAVED)
def test_what_was_saved_without_a_word_is_found_and_not_sent_again(scene: Scene, how: How) -> None:
    scene.plan()
    scene.bench.faults.on("edit").after_commit(how)
    done = scene.apply()
    ended(done, 0, "done")
    scene.once()
    assert scene.posts == 1
    item = only(done)
    assert (item["new_rev"], item["merged"], item["verified"]) == (
        scene.bench.revisions(TITLE)[-1]["revid"],
        False,
        True,
    )
    ended(scene.again(), 0, "noop")


@pytest.mark.parametrize("how", UNSAVED.values(), ids=UNSAVED)
def test_what_was_not_saved_is_sent_again_once(scene: Scene, how: How) -> None:
    scene.plan()
    scene.bench.faults.on("edit").unsent(how)
    done = scene.apply()
    ended(done, 0, "done")
    scene.once()
    assert scene.posts == 2
    first, second = scene.bench.edits_seen()
    assert first.parameters == second.parameters
    scene.report_is_true(done)


@case("F08")
def test_connections_that_the_server_drops_between_requests_do_no_harm(scene: Scene) -> None:
    titles = scene.pages(3)
    scene.plan()
    faults = scene.bench.faults
    faults.on("edit", times=ALWAYS).then_drop()
    faults.on(
        "query", times=ALWAYS, when=lambda request: "login" not in request.parameters.values()
    ).then_drop()
    done = scene.apply()
    ended(done, 0, "done", "done", "done")
    for title in titles:
        scene.once(title)
    scene.markers_are_unique()


@case("F21")
@pytest.mark.parametrize("point", [Fault.after_commit, Fault.unsent], ids=["saved", "unsaved"])
def test_a_page_whose_creation_got_no_answer_is_created_once(
    scene: Scene, point: Callable[..., Fault]
) -> None:
    scene.plan_creation(CREATED)
    point(scene.bench.faults.on("edit"), RESET)
    done = scene.apply()
    ended(done, 0, "done")
    assert scene.bench.text(CREATED) == TEXT
    assert len(scene.bench.revisions(CREATED)) == 1
    assert only(done)["new_rev"] == scene.bench.revisions(CREATED)[0]["revid"]
    ended(scene.again(), 0, "noop")


@case("F21")
def test_a_page_that_somebody_else_created_meanwhile_is_not_taken_for_ours(scene: Scene) -> None:
    scene.plan_creation(CREATED)
    scene.bench.faults.on("edit").unsent(RESET).then(
        lambda: scene.bench.edit_as_human(CREATED, "Ma page.")
    )
    done = scene.apply()
    ended(done, 3, "skipped")
    assert scene.bench.text(CREATED) == "Ma page."
    assert scene.ours(CREATED) == 0


@case("F22")
@pytest.mark.parametrize("change", [FAR, BESIDE], ids=["far", "beside"])
def test_a_person_edits_before_we_look_and_both_stay(scene: Scene, change: tuple[str, str]) -> None:
    scene.plan()
    scene.bench.faults.on("edit").after_commit(RESET).then(scene.human(change))
    done = scene.apply()
    ended(done, 0, "done")
    scene.once(text=TEXT.replace(*change))
    assert scene.posts == 1


@case("F22")
@pytest.mark.parametrize("change", [FAR, BESIDE], ids=["far", "beside"])
def test_a_person_edits_what_we_did_not_save_and_both_stay(
    scene: Scene, change: tuple[str, str]
) -> None:
    scene.plan()
    scene.bench.faults.on("edit").unsent(RESET).then(scene.human(change))
    ended(scene.apply(), 0, "done")
    scene.once(text=TEXT.replace(*change))
    assert scene.posts <= 3


@case("F22")
def test_a_person_who_takes_our_edit_back_before_we_look_has_the_last_word(scene: Scene) -> None:
    scene.plan()
    scene.bench.faults.on("edit").after_commit(RESET).then(scene.human((NEW, OLD)))
    ended(scene.apply(), 0, "done")
    assert scene.bench.text(TITLE) == TEXT
    assert scene.ours() == 1
    scene.again()
    assert scene.bench.text(TITLE) == TEXT


@case("F22")
def test_a_person_who_gives_that_very_field_another_value_keeps_it(scene: Scene) -> None:
    scene.plan()
    scene.bench.faults.on("edit").unsent(RESET).then(scene.human(SAME))
    ended(scene.apply(), 3, "conflict")
    assert scene.bench.text(TITLE) == TEXT.replace(*SAME)
    assert scene.ours() == 0


@case("F22")
def test_without_diff3_a_conflict_after_a_lost_answer_is_looked_into(scene: Scene) -> None:
    """The first edit is saved only after we looked for it: a slow server, or one behind a proxy."""
    scene.plan()
    scene.bench.admin.without_diff3()
    faults = scene.bench.faults
    kept: list[str] = []
    faults.on("edit").unsent(RESET).then(
        lambda: kept.append(scene.bench.edits_seen()[0].parameters["summary"])
    )
    faults.on("edit", nth=2).first(
        lambda: scene.bench.call(
            "bot", action="edit", title=TITLE, text=TEXT.replace(OLD, NEW), summary=kept[0]
        )
    )
    done = scene.apply()
    ended(done, 0, "done")
    scene.once()
    assert scene.posts == 2


@case("F28")
@pytest.mark.parametrize("point", [Fault.after_commit, Fault.unsent], ids=["saved", "unsaved"])
def test_where_nobody_can_tell_the_next_run_finds_out(
    scene: Scene, point: Callable[..., Fault]
) -> None:
    titles = scene.pages(2)
    scene.plan()
    faults = scene.bench.faults
    point(faults.on("edit"), RESET)
    faults.on(
        when=lambda request: len(scene.bench.edits_seen()) > 0 and request.action != "edit",
        times=ALWAYS,
    ).unsent(page(503))
    done = scene.apply()
    ended(done, 8, "unknown", "skipped")
    assert scene.posts == 1
    faults.clear()
    again = scene.apply()
    saved = point is Fault.after_commit
    ended(again, 0, "noop" if saved else "done", "done")
    for title in titles:
        scene.once(title)
    scene.again()


@case("F29")
def test_five_edits_in_a_row_of_which_nobody_knows_end_the_run(scene: Scene) -> None:
    titles = scene.pages(7)
    scene.plan()
    scene.bench.faults.on("edit", times=ALWAYS).unsent(RESET)
    done = scene.apply()
    assert done.code in (6, 8)
    assert [item["state"] for item in done.json["items"]] == ["unknown"] * 5 + ["skipped"] * 2
    assert "breaker" in done.json["guards"]
    assert scene.posts <= 10
    scene.bench.faults.clear()
    scene.bench.forget_requests()
    ended(scene.apply(), 0, *["done"] * 7)
    for title in titles:
        scene.once(title)


@case("F29")
def test_five_edits_in_a_row_that_history_confirms_are_no_reason_to_stop(scene: Scene) -> None:
    titles = scene.pages(7)
    scene.plan()
    scene.bench.faults.on("edit", times=ALWAYS).after_commit(page(504))
    ended(scene.apply(), 0, *["done"] * 7)
    for title in titles:
        scene.once(title)


@case("F67")
def test_a_failure_of_the_database_is_rolled_back_and_the_edit_made_once(scene: Scene) -> None:
    scene.plan()
    admin, faults = scene.bench.admin, scene.bench.faults
    faults.on("edit").first(lambda: admin.break_database(NEW))
    faults.on("edit", nth=2).first(lambda: admin.break_database(None))
    ended(scene.apply(), 0, "done")
    scene.once()
    assert scene.posts == 2


@case("F67")
def test_an_exception_that_nobody_has_told_us_of_is_looked_into_and_not_sent_again(
    scene: Scene,
) -> None:
    titles = scene.pages(2)
    scene.plan()
    scene.bench.faults.on("edit").unsent(api_error("internal_api_error_TypeError"))
    scene.bench.faults.on("edit", nth=2).after_commit(api_error("internal_api_error_TypeError"))
    done = scene.apply()
    assert done.code == 3
    first, second = (item["state"] for item in done.json["items"])
    assert first in ("skipped", "failed")
    assert second == "done"
    scene.untouched(titles[0])
    scene.once(titles[1])
    assert scene.posts == 2


@case("F112")
@pytest.mark.parametrize("point", [Fault.cut_body, Fault.hand_on_half], ids=["cut", "handed-on"])
def test_half_of_an_edit_is_never_saved(scene: Scene, point: Callable[..., Fault]) -> None:
    long = TEXT + "\n" + "Une haie abrite, nourrit et retient la terre. " * 20_000
    scene.plan(text=long)
    point(scene.bench.faults.on("edit"), RESET)
    ended(scene.apply(), 0, "done")
    scene.once(text=long.strip())
    assert scene.posts == 2
