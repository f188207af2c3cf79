"""People, the bot, faults and kills against the model wiki, in any order (reliability.md §3.4).

A failing example is a program of these rules; what happened inside each is printed with it.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from hypothesis import assume, note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.model.faults import AT_HAND, KINDS, Deed, Fault, Meddling, Trouble
from tests.model.people import EDITS, OTHERS
from tests.model.world import World
from wikibot.edits import Plan

DEEDS = st.builds(
    Deed,
    st.sampled_from((*EDITS, *OTHERS, "revert", "delete")),
    st.integers(0, 2),
    st.integers(0, 2),
)
FAULTS = st.builds(
    Fault,
    st.sampled_from((1, 1, 2, 2, 3, 4)),
    st.sampled_from(KINDS),
    st.sampled_from((1, 1, 2, 3, 99)),
)
MEDDLERS = st.builds(
    Deed,
    st.sampled_from((*EDITS, *OTHERS, "revert", "delete")),
    st.sampled_from((AT_HAND, AT_HAND, AT_HAND, 0, 1, 2)),
    st.integers(0, 2),
)
MEDDLING = st.builds(
    Meddling,
    st.sampled_from(("before save", "after save", "before reading")),
    st.sampled_from((1, 1, 1, 2, 2, 3, 4)),
    MEDDLERS,
)
TROUBLES = st.builds(
    Trouble,
    st.lists(FAULTS, max_size=3, unique_by=lambda fault: fault.post).map(tuple),
    st.lists(MEDDLING, max_size=2).map(tuple),
    st.one_of(st.just(()), st.lists(st.integers(1, 12), max_size=3).map(tuple)),
    st.one_of(st.none(), st.integers(1, 50)),
)
LAST = st.integers(0, 3)  # of the latest plans, or runs


class Machine(RuleBasedStateMachine):
    """One world an example; at its end every plan is applied until nothing is left to do."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World(note)

    @initialize(diff3=st.booleans())
    def begin(self, diff3: bool) -> None:
        self.world.wiki.diff3 = diff3

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:  # what is broken already is not looked at again
                self.world.calm_down()
                for plan in self.world.plans[-5:]:
                    self.world.converges(plan)
        finally:
            self.world.close()

    @rule(deed=DEEDS)
    def person(self, deed: Deed) -> None:
        self.world.person(deed.kind, deed.page, deed.field)

    @rule(seconds=st.sampled_from((1, 7, 60, 4000)), lag=st.sampled_from((0, 5)))
    def time_passes(self, seconds: int, lag: int) -> None:
        self.world.clock.sleep(seconds)
        self.world.wiki.lag = lag

    @rule(
        who=st.sampled_from(("rule", "person", "both")),
        pages=st.sets(st.integers(0, 2), min_size=1).map(sorted),
        field=st.integers(0, 2),
        empty=st.booleans(),
        trouble=st.one_of(st.none(), TROUBLES, TROUBLES),
    )
    def plan(
        self, who: str, pages: list[int], field: int, empty: bool, trouble: Trouble | None
    ) -> None:
        """Make a plan; with a trouble it is applied at once."""
        plan = self.world.plan(who, pages, field, empty=empty)
        assume(plan is not None)
        if plan is not None and trouble is not None:
            self.world.apply(plan, trouble)

    @rule(trouble=TROUBLES, taken=st.sampled_from((True, False, False)))
    def create(self, trouble: Trouble, taken: bool) -> None:
        self.world.apply(self.world.plan_page(taken=taken), trouble)

    @rule(page=st.integers(0, 2), field=st.integers(0, 2), trouble=TROUBLES)
    def fix_what_a_person_fixes_just_before(self, page: int, field: int, trouble: Trouble) -> None:
        """Apply a plan one change of which somebody makes first: the wiki may merge the rest."""
        plan = self.world.plan("rule", [page])
        assume(plan is not None)
        if plan is not None:
            first = Meddling("before save", 1, Deed("wanted", AT_HAND, field))
            self.world.apply(plan, replace(trouble, meddling=(first, *trouble.meddling)))

    @precondition(lambda self: bool(self.world.oracle.since(0)))
    @rule(number=LAST, trouble=TROUBLES)
    def take_back_and_fix_again(self, number: int, trouble: Trouble) -> None:
        """A person takes back what the bot last did to a page, and the rules find it again."""
        touched = [
            n for n, id in enumerate(self.world.people.pages) if self.world.oracle.edited(id)
        ]
        assume(touched)
        page = touched[number % len(touched)]
        self.world.person("revert", page)
        plan = self.world.plan("rule", [page])
        if plan is not None:
            self.world.apply(plan, trouble)

    @precondition(lambda self: bool(self.world.plans))
    @rule(number=LAST, trouble=TROUBLES)
    def apply(self, number: int, trouble: Trouble) -> None:
        """Apply one of the latest plans, for the first time or again."""
        self.world.apply(self._plan(number), trouble)

    @precondition(lambda self: bool(self.world.plans))
    @rule(number=LAST)
    def apply_calmly_and_again(self, number: int) -> None:
        self.world.calm_down()
        self.world.converges(self._plan(number))

    @precondition(lambda self: bool(self.world.oracle.runs))
    @rule(number=LAST, trouble=TROUBLES)
    def undo(self, number: int, trouble: Trouble) -> None:
        self.world.undo(self._run(number), trouble)

    @precondition(lambda self: bool(self.world.oracle.runs))
    @rule(number=LAST)
    def undo_calmly_and_again(self, number: int) -> None:
        self.world.calm_down()
        self.world.comes_back(self._run(number))

    def _plan(self, number: int) -> Plan:
        return self.world.plans[-1 - number % len(self.world.plans)]

    def _run(self, number: int) -> str:
        return self.world.oracle.runs[number % len(self.world.oracle.runs)]
