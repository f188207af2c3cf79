"""Nights by the dozen while people edit: every morning all that `nights.mornings` names holds.

Thirty of them by `make soak`, some each time; another seed at each run, told where one fails.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.reliability.canaries import tapped
from tests.reliability.nights import mornings
from tests.reliability.nights.ledger import read_ledger
from tests.reliability.nights.scene import POINTS, Nights, Spent
from tests.reliability.nights.texts import NIGHT

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

MANY, SOME, FEW = 30, 10, 3  # nights: of `make soak`; each time; each time in another way
RATE = 0.01  # of the requests that fail
SEED = "NIGHTS_SEED"  # to see once more what failed
_EVEN = 1.2  # times as much for each byte written as in ten nights, the ten that follow may take


@pytest.fixture
def begin(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Nights]]:
    """Return what begins the nights of a seed."""
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    monkeypatch.setattr("wikibot.wiki.mediawiki.transport.TIMEOUTS", (5.0, 20.0))
    folder = tmp_path / "robot"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with ExitStack() as held:
        tap = held.enter_context(tapped(fresh_mediawiki.password))

        def nights(*, on_page: bool = False) -> Nights:
            seed = int(os.environ.get(SEED) or random.SystemRandom().randrange(10**6))
            made = Nights(fresh_mediawiki, folder, seed, tap, on_page)
            held.callback(made.close)
            return made

        yield nights
    fresh_mediawiki.reset()


def spend_one(nights: Nights, night: int, *, purged: bool) -> Spent:
    """Let a day and its night pass; every seventh night is killed, every eleventh is stopped."""
    dice = nights.dice
    quiet, stopped = night % 7 == 5, night % 11 == 9  # nobody is there at the weekend
    kill: str | int | None = None
    if night % 7 == 3:
        often: list[str | int] = ["K03", "K04", "K05", "K04@2", "K05@2", -1, -2, -3]
        seldom: list[str | int] = [*POINTS, dice.randint(4, 40)]
        kill = dice.choice([*often, *seldom])  # at a point, a save or a request
    nights.day = night
    nights.people.did.clear()
    if night and not quiet:
        nights.people.day(dice.randint(3, 9), spoiled=3 if kill else 0)
    if stopped:
        nights.hands.stop_page("arrêtez")
    if purged:
        nights.people.uproot()
        nights.bench.admin.forget_recent_changes()
    meet = [] if quiet or not night else [n for n in range(1, 6) if dice.random() < 0.15]
    rate = 0 if quiet or stopped else RATE
    with told(nights, night, kill):
        spent = nights.spend(rate=rate, kill=kill, meet=meet, stopped=stopped)
        mornings.look(nights, spent)
    if stopped:
        nights.hands.stop_page("go")
    return spent


def spend_again(nights: Nights, night: int, spent: Spent, *, purged: bool) -> None:
    """Spend the same night again until it is at rest: there is nothing left to do."""
    nights.people.did.append("— again")
    last = spent
    for number in range(2, 6):
        nights.day += 0.1
        with told(nights, night, f"none, run {number}"):
            again = nights.spend()
            mornings.look(nights, again)
            if not (last.met or last.stopped or last.struck):
                mornings.nothing_is_written(again, but=NIGHT if nights.on_page else "")
            if last.rests and again.rests:  # since the last one nothing was new at all
                if not purged:
                    mornings.little_is_asked(nights, again)
                break
            if again.rests and night % 3:  # each time would take long
                break
        last = again
    else:
        raise AssertionError(f"{SEED}={nights.seed}, night {night + 1}: it writes again and again")
    with told(nights, night, "none, the copy"):
        mornings.the_copy_is_what_a_full_pull_gives(nights, again.after[0])
        mornings.what_is_known_beside_is_what_the_wiki_says(nights)


@contextmanager
def told(nights: Nights, night: int, kill: object) -> Iterator[None]:
    """Say of what fails in which night of which seed it was, and what people did."""
    try:
        yield
    except AssertionError as error:
        did = "\n  ".join([*nights.people.did, *nights.struck])
        where = f"{SEED}={nights.seed}, night {night + 1}, killed: {kill}"
        raise AssertionError(f"{where}: {error}\n  {did}") from error


def pass_through(nights: Nights, number: int, *, purged: bool = False) -> list[tuple[int, int]]:
    """Spend so many nights; return the bytes of the journal after each, and of texts in them."""
    sizes = []
    for night in range(number):
        spent = spend_one(nights, night, purged=purged)
        if not spent.killed:
            spend_again(nights, night, spent, purged=purged)
        ledger = read_ledger(nights.state)
        sizes.append((ledger.size, sum(len((op.new_text or "").encode()) for op in ledger.ops)))
    return sizes


@pytest.mark.parametrize("on_page", [False, True], ids=["", "the report on a page too"])
def test_nights_while_people_edit_and_the_journal_grows_evenly(
    begin: Callable[..., Nights], soak: bool, on_page: bool
) -> None:
    nights = begin(on_page=on_page)
    sizes = pass_through(nights, MANY if soak else FEW if on_page else SOME)
    if len(sizes) == MANY:
        early, late = (
            (sizes[end][0] - sizes[begin][0]) / (sizes[end][1] - sizes[begin][1])
            for begin, end in ((9, 19), (19, 29))
        )
        assert late <= early * _EVEN, f"{SEED}={nights.seed}: {early}, later {late}: {sizes}"


def test_nights_on_a_wiki_that_forgets_its_recent_changes_every_day(
    begin: Callable[..., Nights], soak: bool
) -> None:
    pass_through(begin(), MANY if soak else FEW, purged=True)
