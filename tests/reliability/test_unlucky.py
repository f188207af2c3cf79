"""Two misfortunes at once: what no table lists, and the rules hold all the same."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from tests.cli.command import run
from tests.mediawiki.faults import RESET, SILENCE, How, api_error, page
from tests.reliability.cases import case
from tests.reliability.scene import BESIDE, FAR, NEW, OLD, TEXT, TITLE, Scene, ended, only
from tests.reliability.test_signals import running

CREATED = "Semences locales"


def late(scene: Scene) -> Callable[[], None]:
    """Return an act: the first edit, which seemed lost, is saved after all."""

    def act() -> None:
        sent = scene.bench.edits_seen()[0].parameters
        scene.bench.call(
            "bot",
            action="edit",
            pageid=sent["pageid"],
            text=sent["text"],
            summary=sent["summary"],
            baserevid=sent["baserevid"],
        )

    return act


class TestSavedLate:
    """The server saves an edit after we have looked for it in vain."""

    @case("F09", "F10")
    @pytest.mark.parametrize("diff3", [True, False])
    def test_before_it_is_sent_again(self, scene: Scene, diff3: bool) -> None:
        scene.plan()
        if not diff3:
            scene.bench.admin.without_diff3()
        scene.bench.faults.on("edit").unsent(RESET)
        scene.bench.faults.on("edit", nth=2).first(late(scene))
        done = scene.apply()
        ended(done, 0, "done")
        scene.once()
        scene.report_is_true(done)

    @case("F09", "F30")
    def test_while_the_wiki_asks_us_to_wait(self, scene: Scene) -> None:
        scene.plan()
        scene.bench.faults.on("edit").unsent(RESET)
        scene.bench.faults.on("edit", nth=2).first(late(scene)).unsent(api_error("maxlag"))
        done = scene.apply()
        ended(done, 0, "done")
        scene.once()
        scene.report_is_true(done)

    @case("K04", "F30")
    def test_while_the_run_is_killed_waiting(self, scene: Scene) -> None:
        scene.plan()
        told = threading.Event()
        faults = scene.bench.faults
        faults.on("edit").unsent(RESET)
        asking = faults.on("edit", nth=2).unsent(api_error("maxlag", retry_after=60))
        asking.first(late(scene)).then(told.set)
        with running("apply", "plan.json", scale="0.05") as process:
            assert told.wait(30)
            process.kill()
            process.wait(30)
        scene.converges({TITLE: TEXT.replace(OLD, NEW)})
        assert scene.ours() == 1
        killed = run("runs", "--format", "json").json[-1]
        assert killed["counts"] == {"done": 1}, "its edit is there"
        assert run("undo", killed["run_id"], "--apply").code == 0
        assert scene.bench.text(TITLE) == TEXT


class TestLookingLikeOurs:
    @case("F10", "F22")
    def test_a_persons_edit_with_the_marker_of_our_run_is_theirs(self, scene: Scene) -> None:
        """As when somebody undoes an edit and leaves the summary as the wiki proposes it."""
        scene.plan()

        def quote() -> None:
            summary = scene.bench.edits_seen()[0].parameters["summary"]
            scene.bench.edit_as_human(TITLE, TEXT.replace(*FAR), f"{summary} (bis)")

        scene.bench.faults.on("edit").unsent(RESET).then(quote)
        ended(scene.apply(), 0, "done")
        scene.once(text=TEXT.replace(*FAR))
        assert scene.posts == 2


class TestRefusedBySomethingInBetween:
    """A server before the wiki refuses, though the wiki has saved."""

    @case("F35")
    @pytest.mark.parametrize("how", [page(429), page(429, "")], ids=["page", "empty"])
    def test_for_haste(self, scene: Scene, how: How) -> None:
        scene.plan()
        scene.bench.faults.on("edit").after_commit(how)
        done = scene.apply()
        assert done.code == 0
        scene.once()
        scene.report_is_true(done)

    @case("F35")
    def test_for_haste_and_a_person_takes_the_edit_back(self, scene: Scene) -> None:
        scene.plan()
        scene.bench.faults.on("edit").after_commit(page(429)).then(scene.human((NEW, OLD)))
        scene.apply()
        assert scene.bench.text(TITLE) == TEXT, "their word counts"
        assert scene.ours() == 1

    @case("F40")
    @pytest.mark.parametrize("status", [401, 403])
    def test_for_good(self, scene: Scene, status: int) -> None:
        titles = scene.pages(8)
        scene.plan()
        scene.bench.faults.on("edit", times=10**9).unsent(page(status, "<h1>Interdit</h1>"))
        done = scene.apply()
        assert done.code in (4, 5)
        assert scene.posts <= 3
        for title in titles:
            scene.untouched(title)


class TestHidden:
    """People hide or delete what we look for."""

    @case("F22")
    def test_the_comment_of_our_edit(self, scene: Scene) -> None:
        scene.plan()
        scene.bench.faults.on("edit").after_commit(RESET).then(
            lambda: scene.bench.admin.hide(scene.bench.revisions(TITLE)[-1]["revid"], comment=True)
        )
        ended(scene.apply(), 0, "done")
        assert scene.posts == 1
        assert scene.bench.text(TITLE) == TEXT.replace(OLD, NEW)

    @case("F22", "F28")
    def test_the_comment_of_our_edit_and_somebody_edits_besides(self, scene: Scene) -> None:
        scene.plan()

        def meddle() -> None:
            scene.bench.admin.hide(scene.bench.revisions(TITLE)[-1]["revid"], comment=True)
            scene.human(FAR)()

        scene.bench.faults.on("edit").after_commit(RESET).then(meddle)
        done = scene.apply()
        assert done.code in (0, 8)
        assert only(done)["state"] in ("done", "unknown")
        assert scene.posts == 1
        assert scene.bench.text(TITLE) == TEXT.replace(*FAR).replace(OLD, NEW)

    @case("F28", "F50")
    def test_the_whole_page(self, scene: Scene) -> None:
        scene.plan()
        scene.bench.faults.on("edit").after_commit(RESET).then(
            lambda: scene.bench.admin.delete(TITLE)
        )
        done = scene.apply()
        ended(done, 8, "unknown")
        assert scene.bench.revisions(TITLE) == []
        scene.bench.forget_requests()
        assert scene.apply().code in (3, 8)
        assert scene.posts == 0
        assert scene.bench.revisions(TITLE) == []

    @case("F21", "F50")
    def test_a_page_that_we_had_just_created(self, scene: Scene) -> None:
        scene.plan_creation(CREATED)
        scene.bench.faults.on("edit").after_commit(RESET).then(
            lambda: scene.bench.admin.delete(CREATED)
        )
        done = scene.apply()
        assert done.code in (3, 8)
        assert scene.bench.revisions(CREATED) == [], "deleted, and created again by us"


class TestCreated:
    @case("F21", "F22")
    def test_a_page_that_somebody_edits_before_we_look(self, scene: Scene) -> None:
        scene.plan_creation(CREATED)
        scene.bench.faults.on("edit").after_commit(RESET).then(scene.human(FAR, CREATED))
        done = scene.apply()
        ended(done, 0, "done")
        assert scene.bench.text(CREATED) == TEXT.replace(*FAR)
        assert scene.ours(CREATED) == 1
        scene.again()


class TestUndo:
    @pytest.fixture
    def done(self, scene: Scene) -> str:
        scene.plan()
        applied = scene.apply()
        ended(applied, 0, "done")
        scene.bench.forget_requests()
        return str(applied.json["run_id"])

    @case("F09", "K19")
    @pytest.mark.parametrize("how", [RESET, page(504), SILENCE], ids=str)
    def test_whose_answer_is_lost_is_made_once(self, scene: Scene, done: str, how: How) -> None:
        scene.bench.faults.on("edit").after_commit(how)
        ended(run("undo", done, "--apply", "--format", "json"), 0, "done")
        assert scene.bench.text(TITLE) == TEXT
        assert scene.ours() == 2
        assert scene.posts == 1

    @case("F10", "F43", "K19")
    @pytest.mark.parametrize("change", [FAR, BESIDE], ids=["far", "beside"])
    def test_keeps_what_people_edit_meanwhile(
        self, scene: Scene, done: str, change: tuple[str, str]
    ) -> None:
        scene.bench.faults.on("edit").unsent(RESET).then(scene.human(change))
        ended(run("undo", done, "--apply", "--format", "json"), 0, "done")
        assert scene.bench.text(TITLE) == TEXT.replace(*change)
        assert scene.ours() == 2
