"""When a wiki asks to come back later: how long is waited, and what is sent then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import PAGE
from tests.jobs.wikis import WRONG, TroubledWiki, bytes_of, clock, fix_plan, write_pages
from wikibot.errors import NotNow
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Text
from wikibot.page import Page

RIGHT = PAGE.encode()
START = datetime(2026, 1, 31, 12, tzinfo=UTC)
FOR_EVER = 10**6


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pages(tmp_path, names=["Haies"])
    return tmp_path


@pytest.fixture
def around() -> Surroundings:
    return clock(START)


def troubled(folder: Path, around: Surroundings, troubles: Iterator[NotNow | None]) -> TroubledWiki:
    """Return a wiki whose saves meet with these troubles, one each; None lets it pass."""
    wiki = TroubledWiki(folder)
    wiki.pauses = 1.0
    wiki.tried = []  # type: ignore[attr-defined]

    def before(page: Page) -> None:
        wiki.tried.append(around.now() - START)  # type: ignore[attr-defined]
        trouble = next(troubles, None)
        if trouble is not None:
            raise trouble

    wiki.before = before
    return wiki


def not_now(code: str, first_wait: float, retry_after: float | None = None) -> NotNow:
    return NotNow(Text(code, code), None, code, retry_after=retry_after, first_wait=first_wait)


def seconds(wiki: TroubledWiki) -> list[float]:
    return [tried.total_seconds() for tried in wiki.tried]  # type: ignore[attr-defined]


def test_each_wait_is_longer_than_the_last_and_the_edit_is_made_once(
    folder: Path, around: Surroundings
) -> None:
    wiki = troubled(folder, around, iter([not_now("maxlag", 5.0)] * 3))
    run = wikibot.apply(fix_plan(folder), wiki, around=around)
    assert (run.exit_code, run.counts["done"]) == (0, 1)
    assert seconds(wiki) == [0.0, 10.0, 20.0, 40.0]  # the distance of six a minute at least


def test_what_the_wiki_asks_for_is_kept(folder: Path, around: Surroundings) -> None:
    wiki = troubled(folder, around, iter([not_now("http-429", 5.0, 600.0)]))
    assert wikibot.apply(fix_plan(folder), wiki, around=around).exit_code == 0
    assert seconds(wiki) == [0.0, 600.0]


def test_after_half_an_hour_it_is_given_up_and_the_next_run_goes_on(
    folder: Path, around: Surroundings
) -> None:
    wiki = troubled(folder, around, iter([not_now("readonly", 30.0)] * FOR_EVER))
    run = wikibot.apply(fix_plan(folder), wiki, around=around)
    assert (run.exit_code, run.items[0].code) == (5, "readonly")
    assert seconds(wiki)[-1] <= 1800.0
    assert len(seconds(wiki)) <= 8
    assert bytes_of(folder)["Haies"] == WRONG.encode()
    again = wikibot.apply(fix_plan(folder), TroubledWiki(folder), around=around)
    assert (again.exit_code, bytes_of(folder)["Haies"]) == (0, RIGHT)


def test_a_wait_never_outlasts_the_deadline(folder: Path, around: Surroundings) -> None:
    wiki = troubled(folder, around, iter([not_now("readonly", 30.0)] * FOR_EVER))
    manners = wikibot.Manners(deadline_minutes=3)
    run = wikibot.apply(fix_plan(folder), wiki, manners=manners, around=around)
    assert (run.exit_code, run.guards) == (6, ("deadline",))
    assert around.now() - START <= timedelta(minutes=3)


def test_an_edit_refused_for_haste_slows_the_whole_run_down(
    folder: Path, around: Surroundings
) -> None:
    write_pages(folder, names=["Haies", "Mares", "Talus"])
    wiki = troubled(folder, around, iter([not_now("ratelimited", 10.0), None, None, None]))
    wikibot.apply(fix_plan(folder), wiki, around=around)
    assert seconds(wiki) == [0.0, 20.0, 40.0, 60.0]


def test_the_wiki_s_own_limit_is_kept_where_it_is_the_slower(
    folder: Path, around: Surroundings
) -> None:
    write_pages(folder, names=["Haies", "Mares", "Talus"])
    wiki = troubled(folder, around, iter([]))
    wiki.edit_limit = (8, 60)
    wikibot.apply(
        fix_plan(folder), wiki, manners=wikibot.Manners(edits_per_minute=0), around=around
    )
    assert seconds(wiki) == pytest.approx([0.0, 7.8, 15.6])  # 4 % more than 60 / 8


def test_an_edit_refused_although_the_limit_is_kept_slows_the_run_down_a_little(
    folder: Path, around: Surroundings
) -> None:
    write_pages(folder, names=["Haies", "Mares", "Talus"])
    wiki = troubled(folder, around, iter([not_now("ratelimited", 10.0), None, None, None]))
    wiki.edit_limit = (90, 60)
    wikibot.apply(
        fix_plan(folder), wiki, manners=wikibot.Manners(edits_per_minute=0), around=around
    )
    distance = 60 / 90 * 1.04 * 1.25
    assert seconds(wiki) == pytest.approx([0.0, 10.0, 10.0 + distance, 10.0 + 2 * distance])


def test_while_it_waits_the_journal_says_that_nothing_is_on_its_way(
    folder: Path, around: Surroundings
) -> None:
    from wikibot.store import Journal

    wiki = troubled(folder, around, iter([not_now("maxlag", 5.0)]))
    states: list[str] = []

    def look(pause: float) -> None:
        with Journal.open(folder / ".wikibot", wiki.wikiid) as journal:
            states.extend(left.state for left in journal.unsettled())
        around.sleep(pause)

    looking = Surroundings(around.now, look, around.fresh_id)
    wikibot.apply(fix_plan(folder), wiki, around=looking)
    assert set(states) == {"intent"}


@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_set_while_the_wiki_refuses_costs_no_edit(
    folder: Path, around: Surroundings, hours: int
) -> None:
    wiki = troubled(folder, around, iter([not_now("ratelimited", 10.0), None]))
    before, set_by = wiki.before, timedelta()

    def somebody_sets_the_clock(page: Page) -> None:
        nonlocal set_by
        set_by = timedelta(hours=hours)
        before(page)

    wiki.before = somebody_sets_the_clock
    other = Surroundings(
        lambda: around.now() + set_by, around.sleep, around.fresh_id, around.chance
    )
    done = wikibot.apply(fix_plan(folder), wiki, around=other)
    assert (done.exit_code, [item.state for item in done.items]) == (0, ["done"])


def test_a_clock_set_back_does_not_stretch_the_pause(folder: Path) -> None:
    from wikibot.jobs.pacing import Pace

    now = [START]
    slept: list[float] = []
    around = Surroundings(lambda: now[0], slept.append, lambda: "aaaaaa")
    wiki = TroubledWiki(folder)
    wiki.pauses = 1.0
    pace = Pace(wiki, 6, around)
    pace.wait()
    now[0] -= timedelta(hours=1)
    pace.wait()
    assert slept == [10.0]
