"""Syncs that are wrong on purpose: the state machine must catch each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.jobs.test_sync_machine import Machine
from wikibot.actions import sync_decision as deciding
from wikibot.actions.sync import Meeting, Rules, Step
from wikibot.actions.sync_values import Value
from wikibot.jobs.sync import recovery, run, writing
from wikibot.jobs.sync.recovery import Recovered
from wikibot.store.links import Intent, Links

Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def silent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR")


def the_wiki_wins_conflicts(patch: Patch) -> None:
    meet = deciding.meet

    def wrong(name: str, base: Any, wiki: Any, tracker: Any, rules: Rules) -> Meeting:
        found = meet(name, base, wiki, tracker, rules)
        return replace(found, verdict="to tracker") if found.verdict == "conflict" else found

    patch.setattr(deciding, "meet", wrong)


def the_base_is_forgotten(patch: Patch) -> None:
    """What one side has is written to the other, whoever changed it."""
    meet = deciding.meet

    def wrong(name: str, base: Any, wiki: Any, tracker: Any, rules: Rules) -> Meeting:
        found = meet(name, base, wiki, tracker, rules)
        return replace(found, verdict="to wiki") if found.verdict == "to tracker" else found

    patch.setattr(deciding, "meet", wrong)


def a_part_is_taken_for_the_whole(patch: Patch) -> None:
    """What a listing leaves out is taken for new on the other side."""
    decide = deciding.decide

    def wrong(wiki: Any, tracker: Any, links: Any, *rest: Any) -> tuple[Step, ...]:
        known = [link for link in links if link.key in {e.key for e in tracker.entries}]
        return decide(wiki, replace(tracker, complete=True), known, *rest)

    patch.setattr(run, "decide", wrong)


def the_base_is_kept_before_it_is_confirmed(patch: Patch) -> None:
    to_wiki = writing.Writing._to_wiki

    def wrong(self: Any, command: str, tasks: Any, report: Any) -> Any:
        for task in tasks:
            for met in task.step.fields("to wiki", "to tracker"):
                value = met.tracker if met.verdict == "to wiki" else met.wiki
                task.base[met.field] = (value, value)
            self._keep(task)
        return to_wiki(self, command, tasks, report)

    patch.setattr(writing.Writing, "_to_wiki", wrong)


def what_a_killed_sync_wrote_is_not_looked_for(patch: Patch) -> None:
    def wrong(links: Any, intents: Any, *rest: Any) -> Recovered:
        ids = tuple(intent.id for intent in intents)
        return Recovered(tuple(links), {}, ids, frozenset())

    patch.setattr(run, "recovered", wrong)


def a_stamp_is_not_looked_at(patch: Patch) -> None:
    patch.setattr(recovery, "_in_tracker", lambda intent, items, tracker: "")


def what_is_gone_is_made_again(patch: Patch) -> None:
    decide = deciding.decide

    def wrong(wiki: Any, tracker: Any, links: Any, *rest: Any) -> tuple[Step, ...]:
        keys = {entry.key for entry in tracker.entries}
        known = [link for link in links if link.key in keys or not tracker.complete]
        return decide(wiki, tracker, known, *rest)

    patch.setattr(run, "decide", wrong)


def a_read_only_tracker_is_written(patch: Patch) -> None:
    decide = deciding.decide

    def wrong(wiki: Any, tracker: Any, *rest: Any) -> tuple[Step, ...]:
        return decide(wiki, replace(tracker, writable=True), *rest)

    patch.setattr(run, "decide", wrong)


def the_answer_of_the_tracker_is_not_read(patch: Patch) -> None:
    """The base is what was sent, not what the tracker made of it."""
    patch.setattr(
        writing.Writing,
        "_normal",
        lambda self, entry, name: None if entry is None else self_value(entry, name),
    )


def self_value(entry: Any, name: str) -> Value | None:
    value = entry.values.get(name)
    return value.lower() if isinstance(value, str) and name == "summary" else value


def a_kept_link_leaves_its_intents(patch: Patch) -> None:
    keep = Links.keep
    patch.setattr(Links, "keep", lambda self, link, done=(): keep(self, link))


def nothing_is_intended(patch: Patch) -> None:
    def wrong(self: Links, intents: list[Intent]) -> tuple[int, ...]:
        return tuple(0 for _ in intents)

    patch.setattr(Links, "intend", wrong)


def a_conflict_is_taken_for_agreement(patch: Patch) -> None:
    meet = deciding.meet

    def wrong(name: str, base: Any, wiki: Any, tracker: Any, rules: Rules) -> Meeting:
        found = meet(name, base, wiki, tracker, rules)
        return replace(found, verdict="agreed") if found.verdict == "conflict" else found

    patch.setattr(deciding, "meet", wrong)


MUTANTS: list[Callable[[Patch], None]] = [
    the_wiki_wins_conflicts,
    the_base_is_forgotten,
    a_part_is_taken_for_the_whole,
    the_base_is_kept_before_it_is_confirmed,
    what_a_killed_sync_wrote_is_not_looked_for,
    a_stamp_is_not_looked_at,
    what_is_gone_is_made_again,
    a_read_only_tracker_is_written,
    the_answer_of_the_tracker_is_not_read,
    a_kept_link_leaves_its_intents,
    nothing_is_intended,
    a_conflict_is_taken_for_agreement,
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_the_machine_catches(mutant: Callable[[Patch], None], monkeypatch: Patch) -> None:
    mutant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=300,
                stateful_step_count=50,
                deadline=None,
                database=None,
                phases=(Phase.generate,),
                derandomize=True,
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
