"""The sync's own machine, with issues on the other side: people, faults, kills, a lost state.

`make soak` lives many more of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from tests.jobs.test_sync_machine import Machine
from tests.trackers.forge_fake import ForgeFake
from tests.trackers.world import World

OFTEN, SOAKED = 12, 500  # lives each time, and by `make soak`


class IssueMachine(Machine):
    kind = "github"

    def __init__(self) -> None:
        super().__init__()
        self.world.close()
        self.fake = ForgeFake(self.kind)
        self.world = World(note, self.fake)

    @initialize(n=st.integers(0, 3))
    def begin(self, n: int) -> None:
        for _ in range(n):
            self.world.add_page()
        self.world.sync()

    @rule(drops=st.booleans())
    def the_line_is_odd(self, drops: bool) -> None:
        self.fake.drops = drops


class GitLabMachine(IssueMachine):
    kind = "gitlab"


@pytest.fixture(autouse=True)
def silent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("ERROR")


@pytest.mark.parametrize("machine", [IssueMachine, GitLabMachine])
def test_nobody_loses_anything_and_both_sides_come_to_agree(
    machine: type[IssueMachine], soak: bool
) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=SOAKED if soak else OFTEN,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
        ),
    )


@pytest.fixture(params=("github", "gitlab"))
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    found = World(tracker=ForgeFake(request.param))
    yield found
    found.close()


def test_somebody_without_an_account_is_told_each_time_and_the_rest_agreed(world: World) -> None:
    page = world.add_page()
    world.edit_page(page, "assigned", ("Inconnue du dépôt",))
    report = world.sync()
    assert report is not None and report.exit_code == 3
    assert ["Inconnue du dépôt" in refused.why.fr for refused in report.refused] == [True]
    assert world.links() == {page: "1"}, "it is made and linked all the same"
    writes = world.tracker.writes
    for _ in range(2):
        report = world.sync()
        assert report is not None and report.exit_code == 3
        assert [m.field for s in report.steps for m in s.fields("conflict")] == ["assigned"]
    assert world.tracker.writes == writes


def test_an_issue_that_was_moved_away_is_gone_and_told(world: World) -> None:
    pages = [world.add_page() for _ in range(4)]
    world.sync()
    fake = world.tracker
    assert isinstance(fake, ForgeFake)
    fake.stub.transferred(int(world.links()[pages[0]]))
    report = world.sync()
    assert report is not None and report.exit_code == 3
    assert [s.page for s in report.steps if s.kind == "gone from tracker"] == [pages[0]]
    assert set(world.pages()) == set(pages)


def test_what_is_unclear_there_is_told_as_of_there(world: World) -> None:
    world.add_page()
    world.sync()
    world.edit_item("1", "stage", None)
    report = world.sync()
    assert report is not None and report.exit_code == 3
    (why,) = [m.why for s in report.steps for m in s.fields("unknown")]
    assert why is not None
    assert why.fr.startswith(
        "le suivi a les étiquettes de plusieurs colonnes : « A faire, En cours"
    )
