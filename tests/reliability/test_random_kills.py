"""Runs by the hundred, each killed at an instant and failed by a fault of a seed: all converge.

Each pair has a page of its own. A run is forked, hence killed without an interpreter to start;
it is repeated until it says that all is done (or needs a person). Then the bot has saved the
page exactly once, and what a person did at some instant of it all still stands.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import wikibot
from tests.jobs.wikis import MAPPING
from tests.mediawiki.bench import MediaWikiBench
from tests.mediawiki.faults import (
    ALWAYS,
    HALF,
    HANG_UP,
    RESET,
    TRUNCATED,
    Fault,
    How,
    api_error,
    as_json,
    page,
)
from tests.reliability.cases import case
from tests.reliability.forks import CRASHED, KILLED, die_at, forked
from tests.reliability.scene import FAR, NEW, OLD, SAME, TEXT
from wikibot.jobs.manners import Manners
from wikibot.wiki import fault
from wikibot.wiki.mediawiki import MediaWiki

PAIRS, OFTEN, CHUNKS = 500, 80, 4  # those of `make soak`, and the first of them each time
MOST_RUNS = 8
BEHIND_THE_EDIT = -1
MANNERS = Manners(edits_per_minute=0, allow=frozenset({"other-run"}))
NAMED = ("K01", "K02", "K03", "K04", "K05", "K07")
BEFORE_THE_WIKI: tuple[How, ...] = (
    RESET,
    HANG_UP,
    page(502),
    api_error("maxlag", retry_after=5),
    api_error("readonly"),
    api_error("ratelimited"),
    api_error("badtoken"),
    api_error("editconflict"),
    api_error("internal_api_error_DBQueryError"),
)
AFTER_IT: tuple[How, ...] = (RESET, HANG_UP, HALF, TRUNCATED, page(504), page(200), as_json(None))
OF_A_QUESTION: tuple[How, ...] = (RESET, HANG_UP, TRUNCATED, page(503), api_error("maxlag"))


@dataclass(frozen=True)
class Pair:
    """One pair, as its seed has it.

    `kill` is a named point or a number of journal statements, `deed` what a person does
    (`far`, `same`, `revert` or nothing) at the `instant`-th request, after the first run where
    that is 0, behind the first edit, before anybody hears of it, where it is BEHIND_THE_EDIT.
    """

    seed: int
    kill: str | int
    break_it: Callable[[MediaWikiBench], object]
    deed: str
    instant: int

    @property
    def title(self) -> str:
        return f"Commun {self.seed:03}"

    @classmethod
    def of(cls, seed: int) -> Pair:
        """Return the pair of a seed."""
        dice = random.Random(seed)
        kill: str | int = dice.choice(NAMED) if dice.random() < 0.5 else dice.randint(1, 24)
        times = dice.choice((1, 1, 1, 2, ALWAYS))
        point, how = dice.choice(
            [(Fault.unsent, dice.choice(BEFORE_THE_WIKI))] * 4
            + [(Fault.after_commit, dice.choice(AFTER_IT))] * 4
            + [(Fault.cut_body, RESET), (Fault.hand_on_half, RESET)]
        )
        action, nth = "edit", 1
        if dice.random() < 0.25:
            action, nth = "query", dice.randint(1, 8)
            point, how = Fault.unsent, dice.choice(OF_A_QUESTION)

        break_it = _fail(point, how, action, nth, times)
        if dice.random() < 0.08:
            break_it = _refuse_from(dice.randint(1, 6))
        deed = dice.choice(["", "", "", "", "far", "far", "same", "revert", "revert"])
        instant = dice.choice([0, 0, *range(1, 10), *[BEHIND_THE_EDIT] * 6])
        return cls(seed, kill, break_it, deed, instant)

    def __str__(self) -> str:
        return f"seed {self.seed} (kill {self.kill}, {self.deed or 'nobody'} at {self.instant})"


def _fail(
    point: Callable[[Fault, How], Fault], how: How, action: str, nth: int, times: int
) -> Callable[[MediaWikiBench], object]:
    return lambda bench: point(bench.faults.on(action, nth=nth, times=times), how)


def _refuse_from(number: int) -> Callable[[MediaWikiBench], object]:
    def break_it(bench: MediaWikiBench) -> object:
        def refuse() -> None:
            bench.refuse_connections()
            threading.Timer(0.03, bench.accept_connections).start()

        return bench.faults.on(nth=number).then(refuse).then_close()

    return break_it


# --- one run, in a process of its own ---


def apply(plan: wikibot.Plan, wiki: MediaWiki, state: Path, kill: str | int | None) -> int:
    """Apply a plan in a process of its own, which may be killed."""

    def work() -> int:
        if isinstance(kill, str):
            fault.arm({fault.VARIABLE: kill}, loopback=True)
        elif kill is not None:
            die_at(kill)
        return wikibot.apply(plan, wiki, state=state, manners=MANNERS).exit_code

    return forked(work)


# --- one pair ---


class Person:
    """Somebody who edits the same page, once."""

    def __init__(self, bench: MediaWikiBench, pair: Pair) -> None:
        self._bench = bench
        self._pair = pair
        self.text: str | None = None  # as they left the page

    @property
    def objects(self) -> bool:
        """Whether they gave that very field another value, or took ours back."""
        return self.text is not None and self._pair.deed != "far"

    def act(self) -> None:
        if self.text is not None or not self._pair.deed:
            return
        title = self._pair.title
        text = self._bench.text(title)
        found = NEW if NEW in text else OLD
        old, new = {"far": FAR, "same": (found, SAME[1]), "revert": (NEW, OLD)}[self._pair.deed]
        if old in text:
            self.text = text.replace(old, new)
            self._bench.edit_as_human(title, self.text)


def try_out(
    pair: Pair, bench: MediaWikiBench, plan: wikibot.Plan, wiki: MediaWiki, state: Path
) -> list[int]:
    """Run one pair to its end, and see that all is well; return how its runs ended."""
    person = Person(bench, pair)
    pair.break_it(bench)
    if pair.instant == BEHIND_THE_EDIT:
        bench.faults.on("edit").then(person.act)
    elif pair.instant:
        bench.faults.on(nth=pair.instant).first(person.act)
    code = apply(plan, wiki, state, pair.kill)
    codes = [code]
    person.act()
    while not (code == 0 or (code == 3 and person.objects)):
        if len(codes) == 3:
            bench.faults.clear()  # it does not last for ever
        assert len(codes) < MOST_RUNS, f"never done: exit codes {codes}"
        code = apply(plan, wiki, state, None)
        codes.append(code)
    assert CRASHED not in codes, f"an internal error; exit codes {codes}"
    assert not bench.faults.troubles, bench.faults.troubles
    bench.faults.clear()
    if pair.deed:
        bench.forget_requests()
        assert apply(plan, wiki, state, None) in (0, 3)
        assert not bench.edits_seen(), "a further run writes"

    history = bench.history(pair.title)
    ours = [comment for user, comment, _ in history if user == bench.bot_name]
    text = history[-1][2]
    assert len(ours) == len(set(ours)) <= 1, f"saved {len(ours)} times; exit codes {codes}"
    if pair.deed == "same" and person.text is not None:
        assert text == TEXT.replace(*SAME), "another value of a person's is lost"
        return codes
    assert len(ours) == 1, f"not saved; exit codes {codes}"
    if pair.deed == "revert" and person.text is not None:
        assert text == TEXT, "the edit is there again though a person took it back"
    else:
        theirs = TEXT.replace(*FAR) if pair.deed == "far" else TEXT
        assert text == theirs.replace(OLD, NEW)
    return codes


@contextmanager
def connected(bench: MediaWikiBench) -> Iterator[MediaWiki]:
    with MediaWiki.connect(
        bench.api, bench.account, bench.password, environment={"WIKIBOT_SLEEP_SCALE": "0"}
    ) as wiki:
        yield wiki


def run_pairs(bench: MediaWikiBench, folder: Path, seeds: Sequence[int]) -> list[str]:
    """Try the pairs of these seeds; return what went wrong, one line each."""
    pairs = [Pair.of(seed) for seed in seeds]
    bench.import_pages({pair.title: [TEXT] for pair in pairs})
    problems, killed = [], 0
    with connected(bench) as wiki:
        pages = {str(found.title): found for found in wiki.pages(pair.title for pair in pairs)}
        for pair in pairs:
            wanted = [f"licence={NEW}"]
            plan = wikibot.set_fields([pages[pair.title]], wanted, MAPPING, wiki)
            # A connection shared with a child would carry the words of both.
            wiki._api.transport.session.close()
            try:
                codes = try_out(pair, bench, plan, wiki, folder / pair.title)
                killed += codes[0] == KILLED
            except AssertionError as error:
                bench.faults.clear()
                problems.append(f"{pair}: {error}")
    assert killed > len(seeds) / 2, "most runs were never killed"
    return problems


@case("K21")
@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_killed_and_failed_at_random_every_edit_is_made_exactly_once(
    fresh_mediawiki: MediaWikiBench,
    tmp_path: Path,
    chunk: int,
    monkeypatch: pytest.MonkeyPatch,
    soak: bool,
) -> None:
    monkeypatch.setattr("wikibot.wiki.mediawiki.transport.TIMEOUTS", (2.0, 2.0))
    pairs = range(chunk, PAIRS if soak else OFTEN, CHUNKS)
    problems = run_pairs(fresh_mediawiki, tmp_path, pairs)
    fresh_mediawiki.reset()
    assert not problems, "\n".join(problems)
