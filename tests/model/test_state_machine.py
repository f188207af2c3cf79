"""Random lives of a wiki and its bot; and bots that are wrong on purpose, which must be caught.

`make soak` lives many more of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.model.faults import FaultyWiki
from tests.model.machine import Machine
from tests.model.wiki import Post
from wikibot.edits import PageEdit, Rebased, Run, rebase
from wikibot.errors import OutcomeUnknown, WikibotError
from wikibot.jobs import attempt, entry, leftovers, task, writer
from wikibot.jobs.guards import Guards
from wikibot.page import Page, Saved
from wikibot.store import Journal
from wikibot.wikitext import Syntax

OFTEN, SOAKED = 120, 2000  # lives each time, and by `make soak`
STEPS = 25

Patch = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def silent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR")  # every wait is a warning


def test_whatever_happens_people_lose_nothing_and_the_bot_says_what_it_did(soak: bool) -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=SOAKED if soak else OFTEN,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
        ),
    )


# --- bots that are wrong ---


def without_a_look(patch: Patch) -> None:
    for module in (attempt, leftovers):
        patch.setattr(module, "find_saved", lambda *_: None)


def confirming_before_the_answer(patch: Patch) -> None:
    send = Journal.send

    def sent(journal: Journal, op_id: int, base_revid: int, *rest: Any) -> None:
        send(journal, op_id, base_revid, *rest)
        journal.settle(op_id, "done", rest[-1], old_revid=base_revid, new_revid=base_revid + 1)

    patch.setattr(Journal, "send", sent)


def forgetting_what_a_plan_has_done(patch: Patch) -> None:
    patch.setattr(Journal, "done_before", lambda *_: None)


def sending_again_at_once(patch: Patch) -> None:
    save = FaultyWiki.save

    def saved(wiki: FaultyWiki, page: Page, text: str, summary: str) -> Saved:
        try:
            return save(wiki, page, text, summary)
        except OutcomeUnknown:
            return save(wiki, page, text, summary)

    patch.setattr(FaultyWiki, "save", saved)


def deaf_to_reverts(patch: Patch) -> None:
    patch.setattr(Journal, "made_by_rules", lambda *_: frozenset())


def creating_what_was_deleted(patch: Patch) -> None:
    def saved(wiki: FaultyWiki, page: Page, text: str, summary: str) -> Saved:
        return wiki._posted(Post(str(page.title), text, summary, page.revision.id))

    patch.setattr(FaultyWiki, "save", saved)


def saving_without_a_base(patch: Patch) -> None:
    def saved(wiki: FaultyWiki, page: Page, text: str, summary: str) -> Saved:
        return wiki._posted(Post(page.id, text, summary, nocreate=True))

    patch.setattr(FaultyWiki, "save", saved)


def in_a_hurry_to_look(patch: Patch) -> None:
    patch.setattr(FaultyWiki, "settling", 0.0)


def certain_of_all_it_does_not_know(patch: Patch) -> None:
    patch.setattr(writer, "_state", lambda *_: "failed")


def deaf_to_the_stop_page(patch: Patch) -> None:
    patch.setattr(Guards, "check", lambda *_: None)


def deaf_to_nobots(patch: Patch) -> None:
    patch.setattr(task, "exclusion", lambda *_: None)


def always_content(patch: Patch) -> None:
    patch.setattr(Run, "exit_code", 0)


def claiming_what_people_did(patch: Patch) -> None:
    for module in (entry, leftovers):
        patch.setattr(module, "really_made", lambda wiki, page, changes, parent_id: changes)


def undoing_over_the_heads_of_people(patch: Patch) -> None:
    def forced(page: Page, edit: PageEdit, syntax: Syntax) -> Rebased:
        found = rebase(page, edit, syntax)
        there = {clash.change: clash.found or clash.change.old for clash in found.clashes}
        changes = tuple(replace(c, old=there.get(c, c.old)) for c in edit.changes)
        return rebase(page, replace(edit, changes=changes), syntax)

    patch.setattr(task, "rebase", forced)


WRONG: tuple[tuple[Callable[[Patch], None], str], ...] = (
    (without_a_look, "I8|I7|I3|I13"),
    (confirming_before_the_answer, "I8"),
    (forgetting_what_a_plan_has_done, "I7|I13|I3"),
    (sending_again_at_once, "I8|I7|I13"),
    (deaf_to_reverts, "I13"),
    (creating_what_was_deleted, "I6"),
    (saving_without_a_base, "I1|I6"),
    (in_a_hurry_to_look, "I8"),
    (certain_of_all_it_does_not_know, "I8"),
    (deaf_to_the_stop_page, "P10"),
    (deaf_to_nobots, "P13"),
    (always_content, "I8"),
    (claiming_what_people_did, "I8|I1"),
    (undoing_over_the_heads_of_people, "I1"),
)


@pytest.mark.parametrize(
    ("wrong", "broken"), WRONG, ids=[wrong.__name__.replace("_", " ") for wrong, _ in WRONG]
)
def test_the_machine_catches_a_bot(
    wrong: Callable[[Patch], None], broken: str, monkeypatch: Patch
) -> None:
    wrong(monkeypatch)
    with pytest.raises((AssertionError, WikibotError), match=rf"^({broken}): "):
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=400,
                stateful_step_count=40,  # long lives find more in the same time
                derandomize=True,
                deadline=None,
                database=None,
                phases=(Phase.generate,),
                report_multiple_bugs=False,
                suppress_health_check=tuple(HealthCheck),
            ),
        )
