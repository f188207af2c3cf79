"""Who we are, in the midst of a run: sessions end, accounts are blocked, rights are taken."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.mediawiki.faults import ALWAYS, Answer, api_error, as_json
from tests.reliability.cases import case
from tests.reliability.scene import TITLE, Scene, ended
from tests.wiki.stub_api import StubApi

ANONYMOUS = "+\\"


@case("F72")
def test_a_stale_token_is_renewed(scene: Scene) -> None:
    scene.plan()
    scene.bench.faults.on("edit").unsent(api_error("badtoken"))
    ended(scene.apply(), 0, "done")
    scene.once()
    assert scene.posts == 2


@case("F73")
def test_a_token_that_is_never_accepted_ends_the_run(scene: Scene) -> None:
    scene.pages(2)
    scene.plan()
    scene.bench.faults.on("edit", times=ALWAYS).unsent(api_error("badtoken"))
    done = scene.apply()
    ended(done, 4, "failed", "skipped")
    assert scene.posts <= 2
    for title in scene.titles:
        scene.untouched(title)


@case("F74")
def test_the_token_of_anonymous_people_is_never_used(scene: Scene) -> None:
    scene.plan()
    faults = scene.bench.faults
    faults.on("edit").unsent(api_error("badtoken"))
    faults.on("query", meta="tokens", type="csrf").unsent(
        as_json({"batchcomplete": True, "query": {"tokens": {"csrftoken": ANONYMOUS}}})
    )
    ended(scene.apply(), 0, "done")
    scene.once()
    assert scene.logins == 2
    assert all(r.parameters.get("token") != ANONYMOUS for r in scene.bench.edits_seen())


@case("F74")
def test_where_only_that_token_is_to_be_had_nothing_is_sent(scene: Scene) -> None:
    scene.plan()

    def anonymous(answer: bytes) -> bytes:
        told = json.loads(answer)
        told["query"]["tokens"]["csrftoken"] = ANONYMOUS
        return json.dumps(told).encode()

    scene.bench.faults.on(
        "query",
        times=ALWAYS,
        when=lambda r: (
            "tokens" in r.parameters.get("meta", "") and r.parameters.get("type") != "login"
        ),
    ).after_commit(anonymous)
    done = scene.apply()
    assert done.code == 4
    assert scene.posts == 0
    scene.untouched()


@case("F75")
def test_a_session_that_ends_in_the_midst_of_a_run_is_opened_again_once(scene: Scene) -> None:
    titles = scene.pages(3)
    scene.plan()
    admin = scene.bench.admin
    scene.bench.faults.on("edit", nth=2).first(admin.end_sessions)
    ended(scene.apply(), 0, "done", "done", "done")
    for title in titles:
        scene.once(title)
    assert scene.logins == 2
    assert scene.posts == 4
    scene.markers_are_unique()


@case("F75")
@pytest.mark.parametrize("after", [5, 7, 9])
def test_a_session_that_ends_at_any_other_instant_is_opened_again_too(
    scene: Scene, after: int
) -> None:
    titles = scene.pages(2)
    scene.plan()
    scene.bench.faults.on(nth=after).then(scene.bench.admin.end_sessions)
    ended(scene.apply(), 0, "done", "done")
    for title in titles:
        scene.once(title)
    assert scene.logins == 2


@case("F75")
def test_a_session_that_never_lasts_is_given_up(scene: Scene) -> None:
    scene.pages(8)
    scene.plan()
    scene.bench.faults.on("edit", times=ALWAYS).first(scene.bench.admin.end_sessions)
    done = scene.apply()
    assert done.code == 4
    assert scene.logins <= 10
    assert all(scene.ours(title) == 0 for title in scene.titles)


@case("F77")
def test_a_wiki_that_does_not_take_us_for_a_bot_from_the_start(scene: Scene) -> None:
    scene.plan()
    scene.bench.faults.on(
        "query", times=ALWAYS, when=lambda r: r.parameters.get("assert") == "bot"
    ).unsent(api_error("assertbotfailed"))
    done = scene.apply()
    assert done.code == 4
    assert "highvolume" in done.err
    assert scene.posts == 0
    assert scene.logins <= 2


@case("F77")
def test_an_account_that_is_no_bot_any_more(scene: Scene) -> None:
    scene.pages(2)
    scene.plan()
    scene.bench.faults.on("edit").first(lambda: scene.bench.admin.rights("bot", bot=False))
    done = scene.apply()
    assert done.code == 4
    assert "highvolume" in done.out + done.err
    assert scene.logins <= 2
    for title in scene.titles:
        scene.untouched(title)


@case("F78")
def test_a_block_after_five_edits_stops_before_the_sixth(scene: Scene) -> None:
    titles = scene.pages(8)
    scene.plan()
    scene.bench.faults.on("edit", nth=5).then(
        lambda: scene.bench.admin.block_bot("trop d'erreurs, arrêtez")
    )
    done = scene.apply()
    assert done.code == 4
    assert scene.posts == 5
    assert [scene.ours(title) for title in titles] == [1] * 5 + [0] * 3
    assert "trop d'erreurs, arrêtez" in done.out + done.err


@case("F78")
def test_a_block_that_the_sixth_edit_runs_into_is_the_last_thing_it_does(scene: Scene) -> None:
    titles = scene.pages(8)
    scene.plan()
    scene.bench.faults.on("edit", nth=6).first(scene.bench.admin.block_bot)
    done = scene.apply()
    assert done.code == 4
    assert scene.posts == 6
    assert [scene.ours(title) for title in titles] == [1] * 5 + [0] * 3
    scene.report_is_true(done)


@case("F84")
def test_an_account_that_may_not_edit_sends_nothing(scene: Scene) -> None:
    scene.plan()
    for group in ("*", "user", "bot", "autoconfirmed"):
        scene.bench.admin.rights(group, edit=False)
    done = scene.apply()
    assert done.code == 4
    assert "edit" in done.err
    assert scene.posts == 0


@case("F84")
def test_an_account_that_may_delete_sends_nothing_unless_that_is_allowed(scene: Scene) -> None:
    scene.plan()
    scene.account, scene.password = scene.bench.admin_account, scene.bench.admin_password
    scene.configure()
    done = scene.apply()
    assert done.code == 4
    assert "delete" in done.err
    assert scene.posts == 0
    scene.untouched()
    ended(scene.apply("--allow", "privileged"), 0, "done")
    assert len(scene.bench.revisions(TITLE)) == 2


@pytest.fixture
def other() -> Iterator[StubApi]:
    """Another server, which nobody should speak to."""
    with StubApi() as server:
        yield server
        assert server.seen == []


@case("F85", "F86", "F87")
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("action", ["login", "query", "edit"])
def test_a_redirect_ends_the_run_and_the_other_server_hears_nothing(
    scene: Scene, other: StubApi, status: int, action: str
) -> None:
    scene.pages(2)
    scene.plan()
    away = Answer(status, b"", {"Location": other.api})
    scene.bench.faults.on(action, times=ALWAYS).unsent(away)
    done = scene.apply()
    assert done.code in (2, 4, 5)
    assert other.api in done.out + done.err
    assert scene.posts == (action == "edit")
    assert scene.logins <= 1
    scene.bench.faults.clear()
    for title in scene.titles:
        scene.untouched(title)
