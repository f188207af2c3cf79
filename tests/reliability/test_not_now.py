"""The wiki says: not now. Nothing was saved; the same edit is made when it lets us."""

from __future__ import annotations

import itertools

import pytest

from tests.mediawiki.faults import ALWAYS, api_error, page
from tests.reliability.cases import case
from tests.reliability.scene import Scene, ended, waits


def gaps(scene: Scene) -> list[float]:
    """Return the seconds between the requests to save a page."""
    times = [request.at for request in scene.bench.edits_seen()]
    return [after - before for before, after in itertools.pairwise(times)]


@pytest.fixture
def scale(monkeypatch: pytest.MonkeyPatch) -> float:
    """A second of the wiki's is a hundredth of one here, so that waits can be measured."""
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0.01")
    return 0.01


@case("F30")
def test_a_wiki_that_lags_is_waited_for_as_long_as_it_asks(scene: Scene, scale: float) -> None:
    scene.plan()
    lagging = api_error("maxlag", retry_after=5, lag=7, type="db")
    scene.bench.faults.on("edit", times=3).unsent(lagging)
    done = scene.apply()
    ended(done, 0, "done")
    scene.once()
    assert scene.posts == 4
    assert all(gap >= 5 * scale for gap in gaps(scene))
    assert [wait >= 5 for wait in waits(done)] == [True, True, True]
    assert "maxlag" in done.err


@case("F30")
def test_the_lag_of_a_real_wiki_is_waited_for(scene: Scene) -> None:
    scene.plan()
    lagging: list[bool] = []
    faults, admin = scene.bench.faults, scene.bench.admin

    def lag() -> None:
        admin.lag(7)
        lagging.append(True)

    faults.on("edit").first(lag)
    faults.on(nth=3, when=lambda request: bool(lagging)).first(lambda: admin.lag(None))
    ended(scene.apply(), 0, "done")
    scene.once()


@case("F31")
@pytest.mark.parametrize("header", [None, "soon", "-5", "nan", "inf"])
def test_a_lag_without_a_time_that_makes_sense_is_waited_for_all_the_same(
    scene: Scene, header: str | None
) -> None:
    scene.plan()
    scene.bench.faults.on("edit").unsent(api_error("maxlag", retry_after=header))
    done = scene.apply()
    ended(done, 0, "done")
    scene.once()
    assert all(5 <= wait <= 10 for wait in waits(done))


@case("F31")
def test_a_time_beyond_all_patience_does_not_hold_the_run_for_hours(scene: Scene) -> None:
    scene.plan()
    scene.bench.faults.on("edit", times=ALWAYS).unsent(api_error("maxlag", retry_after=86400))
    done = scene.apply()
    assert done.code == 5
    assert sum(waits(done)) <= 1801 + len(waits(done))  # each is shown rounded up
    scene.untouched()


@case("F33")
@pytest.mark.parametrize("code", ["maxlag", "readonly", "ratelimited"])
def test_a_wiki_that_never_lets_us_is_given_up(scene: Scene, code: str) -> None:
    titles = scene.pages(2)
    scene.plan()
    scene.bench.faults.on("edit", times=ALWAYS).unsent(api_error(code))
    done = scene.apply()
    ended(done, 5, "failed", "skipped")
    assert scene.posts <= 20
    assert len(scene.bench.requests_seen()) <= 60
    assert sum(waits(done)) <= 1801 + len(waits(done))  # each is shown rounded up
    for title in titles:
        scene.untouched(title)
    scene.bench.faults.clear()
    ended(scene.apply(), 0, "done", "done")


@case("F33")
def test_a_wiki_that_lags_from_the_start_is_given_up_before_anything_is_planned(
    scene: Scene,
) -> None:
    scene.plan()
    scene.bench.admin.lag(60)
    done = scene.apply()
    assert done.code == 5
    assert scene.posts == 0
    assert len(scene.bench.requests_seen()) <= 40


@case("F35")
@pytest.mark.parametrize("asked", ["17", "17.5"])
def test_too_many_requests_are_answered_by_waiting_as_asked(
    scene: Scene, scale: float, asked: str
) -> None:
    scene.plan()
    busy = page(429)
    busy.headers["Retry-After"] = asked  # type: ignore[index]
    scene.bench.faults.on("edit", times=2).unsent(busy)
    done = scene.apply()
    ended(done, 0, "done")
    scene.once()
    assert scene.posts == 3
    assert all(gap >= float(asked) * scale for gap in gaps(scene))
    assert all(wait >= float(asked) for wait in waits(done))


@case("F37")
def test_too_many_edits_are_answered_by_ever_longer_waits(scene: Scene, scale: float) -> None:
    scene.plan()
    scene.bench.faults.on("edit", times=4).unsent(api_error("ratelimited"))
    done = scene.apply()
    ended(done, 0, "done")
    scene.once()
    assert scene.posts == 5
    times = waits(done)
    assert len(times) == 4
    assert times == sorted(set(times)), "each wait is longer than the one before"
    assert all(gap >= wait * scale * 0.99 for gap, wait in zip(gaps(scene), times, strict=True))


@case("F37")
def test_the_limit_of_a_real_wiki_costs_no_edit(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two edits in two seconds; what the bot is told of it is the shortened time of the test."""
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0.1")
    titles = scene.pages(4)
    scene.plan()
    scene.configure("[limits]\nedits_per_minute = 0")
    scene.bench.admin.limit_edits(2, 2)
    ended(scene.apply(), 0, *["done"] * 4)
    for title in titles:
        scene.once(title)
    assert scene.posts > 4, "the limit was never met"


@case("F38")
def test_maintenance_is_waited_for_and_its_reason_told(scene: Scene) -> None:
    scene.plan()
    bench = scene.bench
    bench.faults.on("edit").first(lambda: bench.set_read_only("copie de sauvegarde"))
    bench.faults.on("edit", nth=3).first(lambda: bench.set_read_only(""))
    done = scene.apply()
    ended(done, 0, "done")
    scene.once()
    assert scene.posts == 3
    assert "copie de sauvegarde" in done.err
    assert all(wait >= 30 for wait in waits(done))
