"""Stories that the machine found: each ends well, and the bot says truly how.

`World` itself checks reports, exit codes and journal against what really happened.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.model.faults import CALM, Deed, Fault, Meddling, Trouble
from tests.model.oracle import doubled, values
from tests.model.world import World
from wikibot.edits import Plan, Run

LATE = Fault(1, "late", 2)  # saved after the bot has looked in vain, before it sends again
FOR_GOOD = 99


@pytest.fixture
def world() -> Iterator[World]:
    world = World()
    yield world
    world.close()


def planned(world: World, who: str = "person", *, empty: bool = False) -> Plan:
    plan = world.plan(who, [0], empty=empty)
    assert plan is not None
    return plan


def ended(run: Run | None) -> tuple[list[str], int]:
    """Return the states of a run's items, and its exit code."""
    assert run is not None
    return [item.state for item in run.items], run.exit_code


class TestALateSave:
    """No answer came, the history does not show the edit yet, and yet it is saved."""

    def test_is_done_where_it_was_sent_again(self, world: World) -> None:
        assert ended(world.apply(planned(world), Trouble((LATE,)))) == (["done"], 0)

    def test_is_done_where_the_second_was_refused(self, world: World) -> None:
        trouble = Trouble((LATE, Fault(2, "refused")))
        assert ended(world.apply(planned(world), trouble)) == (["done"], 0)

    def test_is_done_where_the_wiki_then_is_read_only_for_good(self, world: World) -> None:
        trouble = Trouble((LATE, Fault(2, "not now", FOR_GOOD)))
        assert ended(world.apply(planned(world), trouble)) == (["done"], 5)

    def test_is_done_where_somebody_stops_the_bot(self, world: World) -> None:
        trouble = Trouble((LATE,), (Meddling("after save", 1, Deed("stop")),))
        assert ended(world.apply(planned(world), trouble)) == (["done"], 6)

    @pytest.mark.parametrize("diff3", [True, False])
    def test_is_done_where_replicas_hide_it_once_more(self, world: World, diff3: bool) -> None:
        world.wiki.diff3, world.wiki.lag = diff3, 5
        assert ended(world.apply(planned(world), Trouble((LATE,)))) == (["done"], 0)

    @pytest.mark.parametrize("first", range(5, 13))
    @pytest.mark.parametrize("creates", [False, True])
    def test_is_never_denied_where_nothing_can_be_read_any_more(
        self, world: World, first: int, creates: bool
    ) -> None:
        plan = world.plan_page() if creates else planned(world)
        trouble = Trouble((LATE, Fault(2, "refused")), unreadable=tuple(range(first, 30)))
        assert ended(world.apply(plan, trouble)) in ((["unknown"], 8), (["done"], 0), (["done"], 5))

    def test_is_done_where_it_creates_a_page(self, world: World) -> None:
        trouble = Trouble((LATE, Fault(2, "refused")))
        assert ended(world.apply(world.plan_page(), trouble)) == (["done"], 0)


@pytest.mark.parametrize("lag", [0, 5])
@pytest.mark.parametrize("diff3", [True, False])
@pytest.mark.parametrize("fault", [None, Fault(1, "answer lost"), LATE])
def test_killed_at_any_instant_and_run_again_at_once_every_edit_is_made_once(
    fault: Fault | None, diff3: bool, lag: int
) -> None:
    for kill in count(1):
        world = World()
        world.wiki.diff3, world.wiki.lag = diff3, lag
        plan = world.plan("rule", [0, 1])
        assert plan is not None
        whole = world.apply(plan, Trouble((fault,) if fault else (), kill=kill))
        world.apply(plan, CALM)
        assert len(world.oracle.since(0)) == 2, kill
        world.calm_down()
        world.converges(plan)
        world.close()
        if whole is not None:
            assert kill > 20
            return


class TestAPageThatIsAwayFor:
    """A save was sent, nobody knows whether it was saved, and the page is deleted."""

    def test_some_time_is_not_fixed_again_against_the_will_of_a_person(self, world: World) -> None:
        plan = planned(world, "rule")
        assert world.apply(plan, Trouble(kill="after a save")) is None
        world.person("delete")
        world.apply(plan)
        world.person("undelete")
        world.person("revert")
        assert ended(world.apply(planned(world, "rule"))) == (["skipped"], 3)

    def test_ever_stays_unknown(self, world: World) -> None:
        plan = planned(world)
        trouble = Trouble((Fault(1, "answer lost"),), (Meddling("after save", 1, Deed("delete")),))
        world.apply(plan, trouble)
        world.apply(plan)
        assert world.oracle.unsettled()


@pytest.mark.parametrize("place", ["free", "free, first"])
def test_a_merge_that_leaves_a_parameter_twice_is_never_called_right(
    world: World, place: str
) -> None:
    """The bot and a person add the same parameter, at different places of the call."""
    world.apply(planned(world, empty=True))
    run = world.apply(planned(world), Trouble(meddling=(Meddling("before save", 1, Deed(place)),)))
    text = world.wiki.text("Haies") or ""
    if doubled(text):
        assert ended(run) == (["done"], 3)
    else:
        assert (ended(run), values(text)["licence"][:5]) == ((["conflict"], 3), "libre")


class TestAChangeThatAPersonMakesFirst:
    """The wiki merges our two fixes with a person's edit that is one of them."""

    FIRST = Meddling("before save", 1, Deed("wanted"))

    @pytest.mark.parametrize("fault", [None, Fault(1, "answer lost"), LATE, Fault(1, "late", 1)])
    def test_is_theirs_and_stays_when_the_run_is_taken_back(
        self, world: World, fault: Fault | None
    ) -> None:
        faults = (fault,) if fault else ()
        run = world.apply(planned(world, "rule"), Trouble(faults, (self.FIRST,)))
        assert ended(run) == (["done"], 0)
        assert run is not None
        assert [change.parameter for change in run.items[0].changes] == ["porteur"]
        world.undo(run.id)
        assert fixed(world) == {"licence"}

    def test_is_theirs_where_the_bot_is_killed_at_any_instant(self) -> None:
        for kill in count(1):
            world = World()
            run = world.apply(planned(world, "rule"), Trouble((), (self.FIRST,), kill=kill))
            theirs = fixed(world) & {"licence"}
            world.apply(world.plans[0])
            for made in world.oracle.runs:
                world.undo(made)
            assert fixed(world) == theirs, kill
            world.close()
            if run is not None:
                assert theirs
                return

    def test_and_takes_back_may_be_made_by_the_bot(self, world: World) -> None:
        """It was never the bot's: nobody has objected to the bot."""
        world.apply(planned(world, "rule"), Trouble(meddling=(self.FIRST,)))
        text = world.wiki.text("Haies") or ""
        world.wiki.edit("Alix", "Haies", text.replace("juste-1", "faute-1"))
        assert ended(world.apply(planned(world, "rule"))) == (["done"], 0)

    def test_is_left_to_a_person_where_nobody_can_tell(self, world: World) -> None:
        veil = Meddling("after save", 1, Deed("veil"))
        run = world.apply(planned(world, "rule"), Trouble(meddling=(self.FIRST, veil)))
        assert ended(run) == (["done"], 3)
        assert run is not None
        assert ended(world.undo(run.id)) == (["skipped"], 3)
        assert fixed(world) == {"licence", "porteur"}

    def test_is_told_by_the_undo_where_it_could_not_be_read_before(self, world: World) -> None:
        plan = planned(world, "rule")
        run = world.apply(plan, Trouble(meddling=(self.FIRST,), unreadable=tuple(range(5, 30))))
        assert run is not None
        assert run.items[0].code == "merged"
        world.undo(run.id)
        assert fixed(world) == {"licence"}


def fixed(world: World) -> set[str]:
    """Return the fields of the first page in which nothing is faulty any more."""
    now = values(world.wiki.text("Haies") or "")
    return {name for name in ("licence", "porteur") if now[name].startswith("juste")}


def test_an_edit_of_the_bot_is_told_from_that_of_a_person_who_copies_its_comment(
    world: World,
) -> None:
    plan = world.plan("person", [0, 1])
    assert plan is not None
    trouble = Trouble(
        (Fault(2, "request lost"),), (Meddling("before save", 2, Deed("free, quoting", 1, 1)),)
    )
    assert ended(world.apply(plan, trouble)) == (["done", "done"], 0)
