"""The parts of a night, done by stubs: each apart, under one deadline and one purse."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

import pytest

from tests.jobs.wikis import clock
from wikibot.errors import (
    AccessError,
    ConfigError,
    InputError,
    OutcomeUnknown,
    SafetyStop,
    Unavailable,
    WikibotError,
)
from wikibot.jobs.manners import Manners
from wikibot.jobs.nightly.running import Closed, go_through, signal_code
from wikibot.jobs.nightly.watch import Watch
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Text, same
from wikibot.night import Done, Outcome, Part, gravest

PULL, CHECK, FIX, SYNC, REPORT = map(Part, ("pull", "check", "fix", "sync", "report"))
PAGE = Part("overview", "page")
Job = Callable[[], Outcome]


def spend(
    *jobs: tuple[Part, Job], around: Surroundings | None = None, watch: Watch | None = None
) -> tuple[dict[Part, Outcome], BaseException | None]:
    around = around or clock()
    watch = watch or Watch(Manners(), 60, 100, around)
    work = dict(jobs)
    done, signal = go_through(
        [part for part, _ in jobs], lambda part, before: work[part](), watch, around
    )
    assert [each.part for each in done] == [part for part, _ in jobs]
    return {each.part: each.outcome for each in done}, signal


def well() -> Outcome:
    return Outcome(lines=(same("ok"),))


def fail(error: BaseException) -> Job:
    def job() -> NoReturn:
        raise error

    return job


def text(words: str) -> Text:
    return Text(words, words)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Unavailable(text("away")), 5),
        (AccessError(text("no right")), 4),
        (SafetyStop(text("stop")), 6),
        (ConfigError(text("wrong")), 2),
        (InputError(text("Alix a écrit ceci")), 2),
        (OutcomeUnknown(text("lost")), 8),
        (KeyError("Alix"), 1),
        (RecursionError("deep"), 1),
    ],
)
def test_a_part_that_fails_stops_no_other(error: Exception, code: int) -> None:
    ended, signal = spend((CHECK, well), (FIX, fail(error)), (SYNC, well), (REPORT, well))
    assert signal is None
    assert ended[FIX].state == "failed"
    assert ended[FIX].exit_code == code
    assert [ended[part].state for part in (CHECK, SYNC, REPORT)] == ["done"] * 3
    assert gravest(outcome.exit_code for outcome in ended.values()) == code


def test_what_an_error_quotes_from_a_page_is_not_told() -> None:
    ended, _ = spend(
        (CHECK, fail(InputError(text("valeur d'Alix")))), (FIX, fail(KeyError("Alix Imaginaire")))
    )
    told = " ".join(need.fr + need.en for outcome in ended.values() for need in outcome.needs)
    assert "Alix" not in told
    assert "échec (input)" in told
    assert "KeyError" in told


def test_what_an_error_of_the_outside_says_is_told_on_one_line() -> None:
    ended, _ = spend((CHECK, fail(Unavailable(text("le wiki\nest loin")))))
    assert ended[CHECK].needs == (Text("Relevé : le wiki est loin", "Check: le wiki est loin"),)


def test_a_part_that_is_closed_is_not_a_failure() -> None:
    ended, _ = spend((CHECK, fail(Closed(Outcome("not-run", code="old-copy")))), (FIX, well))
    assert (ended[CHECK].state, ended[CHECK].exit_code) == ("not-run", 0)


def test_the_deadline_is_of_the_whole_night_and_the_report_is_made_all_the_same() -> None:
    around = clock()

    def slow() -> Outcome:
        around.sleep(61 * 60)
        return Outcome()

    ended, _ = spend((CHECK, slow), (FIX, well), (SYNC, well), (REPORT, well), around=around)
    assert [ended[part].state for part in (CHECK, FIX, SYNC, REPORT)] == [
        "done", "not-run", "not-run", "done",
    ]  # fmt: skip
    assert ended[FIX].exit_code == SafetyStop.exit_code
    assert "60 minutes" in ended[FIX].needs[0].fr
    assert ended[SYNC].needs == ()  # once is enough


def test_the_report_too_is_told_once_what_several_parts_need() -> None:
    around, seen = clock(), list[Text]()

    def do(part: Part, before: tuple[Done, ...]) -> Outcome:
        if part == REPORT:
            seen.extend(need for each in before for need in each.outcome.needs)
        return Outcome(needs=(same("le même"),))

    watch = Watch(Manners(), 60, 1, around)
    go_through([CHECK, FIX, REPORT], do, watch, around)
    assert seen == [same("le même")]


def test_a_run_gets_what_is_left_of_the_time_and_of_the_edits() -> None:
    around = clock()
    watch = Watch(Manners(edits_per_run=30, deadline_minutes=50), 60, 40, around)
    assert (watch.manners().edits_per_run, watch.manners().deadline_minutes) == (30, 50)
    watch.heard(Outcome(edits=25))
    around.sleep(45 * 60)
    assert (watch.manners().edits_per_run, watch.manners().deadline_minutes) == (15, 15)
    watch.heard(Outcome(edits=25))
    assert watch.edits_left == 0


def test_the_night_affords_no_more_edits_than_it_has() -> None:
    watch = Watch(Manners(), 60, 3, clock())
    watch.afford(3)
    watch.heard(Outcome(edits=1))
    watch.afford(2)
    with pytest.raises(SafetyStop) as told:
        watch.afford(3)
    assert told.value.code == "edits-per-night"
    assert "2 modifications" in told.value.message.fr


def test_once_the_wiki_says_stop_nothing_more_is_written_to_it() -> None:
    stopped = Outcome("failed", 6, halts=True)
    ended, _ = spend(
        (FIX, lambda: stopped), (SYNC, well), (Part("overview", "files"), well), (PAGE, well),
        (REPORT, well),
    )  # fmt: skip
    assert (ended[SYNC].state, ended[PAGE].state) == ("not-run", "not-run")
    assert ended[Part("overview", "files")].state == "done"
    assert gravest(outcome.exit_code for outcome in ended.values()) == 6


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (SystemExit(143), 143)])
def test_after_a_signal_nothing_more_is_begun(error: BaseException, code: int) -> None:
    ended, signal = spend((CHECK, well), (FIX, fail(error)), (SYNC, well), (REPORT, well))
    assert signal is error
    assert signal_code(signal) == code
    assert [outcome.state for outcome in ended.values()] == ["done", "failed", "not-run", "not-run"]


def test_without_a_signal_there_is_no_code_of_one() -> None:
    assert signal_code(None) == 0


def test_each_part_knows_what_was_done_before_and_how_long_it_took() -> None:
    around, seen = clock(), list[int]()

    def do(part: Part, before: tuple[Done, ...]) -> Outcome:
        seen.append(len(before))
        around.sleep(7)
        return Outcome()

    watch = Watch(Manners(), 60, 1, around)
    done, _ = go_through([CHECK, FIX, REPORT], do, watch, around)
    assert seen == [0, 1, 2]
    assert [each.seconds for each in done] == [7, 7, 7]


def test_every_error_is_told_to_who_listens() -> None:
    heard: list[Exception] = []
    error: WikibotError = Unavailable(text("away"))
    around = clock()
    watch = Watch(Manners(), 60, 1, around)
    go_through([CHECK], lambda part, before: fail(error)(), watch, around, broken=heard.append)
    assert heard == [error]
