"""People on both sides, faults, kills, partial listings, a lost state: reliability of the sync.

`make soak` lives many more of them.
"""

from __future__ import annotations

import sys
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.model.faults import KINDS, Fault, Trouble
from tests.trackers.fake import FIELDS
from tests.trackers.world import World

OFTEN, SOAKED = 60, 1000  # lives each time, and by `make soak`
T = TypeVar("T")
FAULTS = st.builds(Fault, st.sampled_from((1, 1, 2, 3)), st.sampled_from(KINDS), st.just(1))
TROUBLES = st.builds(
    Trouble,
    st.lists(FAULTS, max_size=2, unique_by=lambda fault: fault.post).map(tuple),
    st.just(()),
    st.one_of(st.just(()), st.lists(st.integers(1, 8), max_size=2).map(tuple)),
    st.one_of(st.none(), st.integers(1, 60)),
)
PLACE = st.integers(0, 5)
FIELD = st.sampled_from(FIELDS)


class Machine(RuleBasedStateMachine):
    """One world an example; at its end both sides come to agree."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(note)

    @initialize(
        rewrites=st.booleans(), nameless=st.booleans(), proves=st.booleans(), n=st.integers(0, 3)
    )
    def begin(self, rewrites: bool, nameless: bool, proves: bool, n: int) -> None:
        tracker = self.world.tracker
        tracker.rewrites, tracker.nameless = rewrites and proves, nameless
        tracker.proves = proves
        for _ in range(n):
            self.world.add_page()
        self.world.sync()

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:
                self.world.converges()
        finally:
            self.world.close()

    def page(self, number: int) -> str | None:
        return _of(sorted(self.world.pages()), number)

    def item(self, number: int) -> str | None:
        return _of(sorted(self.world.tracker.items), number)

    @rule()
    def somebody_adds_a_page(self) -> None:
        self.world.add_page()

    @rule()
    def somebody_adds_an_item(self) -> None:
        self.world.add_item()

    @rule(number=PLACE, name=FIELD, empty=st.integers(0, 5))
    def somebody_edits_a_page(self, number: int, name: str, empty: int) -> None:
        page = self.page(number)
        if (page and name != "stage") or (page and not empty):
            value = "" if not empty and name == "details" else self.world.new_value(name)
            self.world.edit_page(page, name, value)

    @rule(number=PLACE, name=FIELD, kind=st.integers(0, 8))
    def somebody_edits_an_item(self, number: int, name: str, kind: int) -> None:
        key = self.item(number)
        if key:
            value = {0: "", 1: None}.get(kind, self.world.new_value(name))
            self.world.edit_item(key, name, () if name == "assigned" and value == "" else value)

    @rule(number=PLACE, name=FIELD)
    def both_change_a_field(self, number: int, name: str) -> None:
        links = sorted(self.world.links().items())
        found = _of(links, number)
        if found and found[0] in self.world.pages() and found[1] in self.world.tracker.items:
            self.world.edit_page(found[0], name, self.world.new_value(name))
            self.world.edit_item(found[1], name, self.world.new_value(name))

    @rule(number=PLACE)
    def somebody_takes_back_an_edit_of_a_page(self, number: int) -> None:
        page = self.page(number)
        if page:
            self.world.revert_page(page)

    @rule(number=PLACE, name=FIELD)
    def somebody_takes_back_a_value_of_an_item(self, number: int, name: str) -> None:
        key = self.item(number)
        if key:
            self.world.revert_item(key, name)

    @rule(number=PLACE)
    def somebody_saves_an_item_unchanged(self, number: int) -> None:
        key = self.item(number)
        if key:
            self.world.tracker.touch(key)

    @rule(number=PLACE, there=st.booleans())
    def somebody_deletes(self, number: int, there: bool) -> None:
        page, key = self.page(number), self.item(number)
        if there and page:
            self.world.delete_page(page)
        elif not there and key:
            self.world.delete_item(key)

    @rule(number=PLACE)
    def somebody_moves_a_page(self, number: int) -> None:
        page = self.page(number)
        if page:
            self.world.numbers += 1
            titles = self.world.wiki.truth.titles
            new = f"Action:{1000 + self.world.numbers}"
            if new not in titles.values():
                self.world.wiki.move("Alix", titles[int(page)], new)

    @rule(number=PLACE)
    def somebody_copies_an_item(self, number: int) -> None:
        key = self.item(number)
        if key and not key.startswith("new:"):
            self.world.tracker.copy(key)
            self.world.look("new")

    @rule(order=st.integers(0, 9), hidden=st.sampled_from((0, 0, 0, 1, 2)))
    def the_tracker_lists_otherwise(self, order: int, hidden: int) -> None:
        self.world.tracker.order, self.world.tracker.hidden = order, hidden

    @rule(failing=st.integers(0, 3), lost=st.integers(0, 3))
    def the_tracker_is_about_to_fail(self, failing: int, lost: int) -> None:
        self.world.tracker.failing, self.world.tracker.lost = failing, lost

    @rule(wiki=st.booleans(), tracker=st.booleans())
    def a_side_becomes_read_only(self, wiki: bool, tracker: bool) -> None:
        self.world.wiki.writable, self.world.tracker.writable = wiki, tracker

    @rule(policy=st.sampled_from((None, "wiki", "tracker")), name=FIELD)
    def the_policy_changes(self, policy: str | None, name: str) -> None:
        self.world.policies.pop(name, None)
        if policy:
            self.world.policies[name] = policy  # type: ignore[assignment]

    @rule(lag=st.sampled_from((0, 5)), wrong=st.sampled_from((0, -3600, 3600)))
    def time_is_odd(self, lag: int, wrong: int) -> None:
        self.world.wiki.lag = lag
        self.world.clock.wrong = wrong
        self.world.clock.sleep(7)

    @rule(trouble=TROUBLES, lifted=st.booleans())
    def sync(self, trouble: Trouble, lifted: bool) -> None:
        self.world.allow = frozenset(("empty", "vanished", "mass") if lifted else ())
        self.world.sync(trouble)

    @rule(kill=st.integers(1, 45), number=PLACE, name=FIELD, there=st.booleans())
    def what_a_killed_sync_wrote_is_taken_back(
        self, kill: int, number: int, name: str, there: bool
    ) -> None:
        """A person takes back what a killed sync has just written, before the next one."""
        world = self.world
        linked = sorted(world.links().items())
        page, key = _of(linked, number) or ("", "")
        if page not in world.pages() or key not in world.tracker.items:
            return
        world.allow = frozenset(("empty", "vanished", "mass"))
        value = world.new_value(name)
        before = world.pages()[page][name], world.tracker.items[key].values[name]
        if there:
            world.edit_item(key, name, value)
        else:
            world.edit_page(page, name, value)
        world.sync(Trouble(kill=kill))
        if page not in world.pages() or key not in world.tracker.items:
            return
        if there and world.pages()[page][name] == value and before[0]:
            world.edit_page(page, name, before[0])
        item = world.tracker.items[key].values
        if not there and item[name] == world.tracker.kept(name, value):
            world.edit_item(key, name, before[1])
        world.sync()

    @precondition(lambda self: self.world.tracker.hidden == 0)
    @rule()
    def the_state_is_lost(self) -> None:
        self.world.lose_state()
        self.world.sync()

    @rule()
    def all_is_calm(self) -> None:
        self.world.converges()


def _of(these: list[T], number: int) -> T | None:
    return these[number % len(these)] if these else None


@pytest.fixture(autouse=True)
def silent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR")


def test_whatever_happens_nobody_loses_anything_and_both_sides_come_to_agree(soak: bool) -> None:
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=SOAKED if soak else OFTEN,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
        ),
    )
