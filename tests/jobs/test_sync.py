"""The sync as a job: what it costs, the trouble of one item, sides that cannot be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.model.faults import Fault, Trouble
from tests.trackers.world import World
from wikibot.actions.sync import Choice
from wikibot.config import TrackerTable
from wikibot.errors import ConfigError, LockHeld, Unavailable
from wikibot.jobs.state import run_lock
from wikibot.language import same


@pytest.fixture
def world() -> Iterator[World]:
    found = World()
    yield found
    found.close()


def agreed(world: World, number: int) -> list[str]:
    """Return the pages of a world in which so many actions are on both sides."""
    pages = [world.add_page() for _ in range(number)]
    report = world.sync()
    assert report is not None and report.exit_code == 0
    return pages


def test_a_second_sync_writes_nothing_and_asks_little(world: World) -> None:
    agreed(world, 30)
    before, revisions = world.wiki.requests, len(list(world.wiki.every_row()))
    writes, state = world.tracker.writes, world._state()
    report = world.sync()
    assert report is not None and report.exit_code == 0
    asked = world.wiki.requests - before
    assert (asked.post, asked.get) <= (0, 3)
    assert len(list(world.wiki.every_row())) == revisions
    assert (world.tracker.writes, world._state()) == (writes, state)


def test_what_changed_on_many_costs_one_write_each(world: World) -> None:
    pages = agreed(world, 40)
    world.allow = frozenset(("mass",))
    for page in pages[:20]:
        world.edit_page(page, "due", "2027-02-02")
    for key in sorted(world.tracker.items)[20:]:
        world.edit_item(key, "details", "du suivi")
    before, writes = world.wiki.requests, world.tracker.writes
    report = world.sync()
    assert report is not None and report.exit_code == 0
    asked = world.wiki.requests - before
    changed = sum(1 for values in world.pages().values() if values["details"] == "du suivi")
    assert changed == asked.post == 20
    assert world.tracker.writes - writes == 20
    assert asked.get <= 3 * 20, "the stop order is asked before each save"


def test_the_trouble_of_one_is_not_that_of_others(world: World) -> None:
    agreed(world, 3)
    keys = sorted(world.tracker.items)
    world.edit_item(keys[0], "assigned", ("un nom avec {{{accolades",))
    world.edit_item(keys[1], "details", "bonne valeur")
    report = world.sync()
    assert report is not None and report.exit_code in (0, 3)
    assert "bonne valeur" in [values["details"] for values in world.pages().values()]


def test_a_refused_save_keeps_its_base_and_is_made_by_the_next_sync(world: World) -> None:
    agreed(world, 2)
    for key in world.tracker.items:
        world.edit_item(key, "details", f"de {key}")
    report = world.sync(Trouble((Fault(1, "refused"),)))
    assert report is not None and report.exit_code == 3 and len(report.refused) == 1
    assert report.to_wiki == 2
    report = world.sync()
    assert report is not None and report.exit_code == 0
    assert all(values["details"] for values in world.pages().values())


def test_a_save_of_which_nobody_knows_is_found_again(world: World) -> None:
    agreed(world, 1)
    (key,) = world.tracker.items
    world.edit_item(key, "details", "une fois")
    world.sync(Trouble((Fault(1, "odd answer, saved"),)))
    rows = len(list(world.wiki.every_row()))
    world.clock.sleep(600)
    report = world.sync()
    assert report is not None and report.exit_code == 0
    assert len(list(world.wiki.every_row())) == rows


def test_two_sides_that_cannot_be_written_are_refused(world: World) -> None:
    world.wiki.writable = world.tracker.writable = False
    world.tracker.add(summary="x")
    with pytest.raises(ConfigError, match="Neither"):
        _preview(world)


def _preview(world: World) -> None:
    from tests.trackers.world import MAPPING, rules
    from wikibot.jobs.sync.run import sync_actions

    sync_actions("essai", world.wiki, world.tracker, MAPPING, rules(), state=world.folder)


def test_a_preview_keeps_not_even_a_state(world: World) -> None:
    world.add_page()
    _preview(world)
    assert list(world.folder.iterdir()) == []


def test_one_sync_of_a_tracker_at_a_time(world: World) -> None:
    from tests.trackers.world import MAPPING, rules
    from wikibot.jobs.sync.run import sync_actions

    with run_lock(world.folder / "sync" / "essai"), pytest.raises(LockHeld):
        sync_actions(
            "essai",
            world.wiki,
            world.tracker,
            MAPPING,
            rules(),
            apply_now=True,
            state=world.folder,
        )


def test_a_page_that_was_renamed_is_the_same_action(world: World) -> None:
    (page,) = agreed(world, 1)
    world.wiki.move("Alix", "Action:1", "Action:77", redirect=False)
    world.edit_page(page, "details", "après le renommage")
    report = world.sync()
    assert report is not None and [step.kind for step in report.steps] == ["linked"]
    assert [i.values["details"] for i in world.tracker.items.values()] == ["après le renommage"]


def test_a_number_that_is_used_again_is_another_action(world: World) -> None:
    (page,) = agreed(world, 1)
    world.delete_page(page)
    other = world.add_page()
    assert world.wiki.truth.titles[int(other)] == "Action:1"
    report = world.sync()
    assert report is not None
    kinds = sorted(step.kind for step in report.steps)
    assert kinds == ["create on tracker", "gone from wiki"]
    assert len(world.tracker.items) == 2


def test_a_number_that_somebody_takes_meanwhile_is_left_to_them(world: World) -> None:
    agreed(world, 1)
    world.tracker.add(summary="du suivi", stage="A faire")
    taken = _before_first_save(world, lambda: world.wiki.edit("Bo", "Action:2", "pris"))
    report = world.sync()
    assert taken and report is not None and report.exit_code == 0
    titles = set(world.wiki.truth.titles.values())
    assert {"Action:1", "Action:2", "Action:3"} <= titles
    assert world.wiki.text("Action:2") == "pris"


def _before_first_save(world: World, deed: Callable[[], object]) -> list[bool]:
    done: list[bool] = []
    create = world.wiki.create

    def meddled(title: str, text: str, summary: str) -> object:
        if not done:
            done.append(True)
            deed()
        return create(title, text, summary)

    world.wiki.create = meddled  # type: ignore[method-assign,assignment]
    return done


def test_the_fields_of_a_configuration_are_those_of_a_sync() -> None:
    from typing import get_args

    from wikibot.actions.sync_values import ROLES
    from wikibot.config import TrackerField

    assert get_args(TrackerField) == ROLES
    assert TrackerTable(kind="workbook").clearable == ("due", "assigned", "labels")


def test_a_choice_is_written_and_the_loser_told(world: World) -> None:
    (page,) = agreed(world, 1)
    (key,) = world.tracker.items
    world.edit_page(page, "details", "du wiki")
    world.edit_item(key, "details", "du suivi")
    report = world.sync()
    assert report is not None and report.exit_code == 3
    world.choices = {(page, key, "details"): Choice("tracker", "du wiki", "du suivi")}
    world.policies["details"] = "tracker"  # the oracle is told that somebody chose
    report = world.sync()
    assert report is not None and report.exit_code == 0
    assert world.pages()[page]["details"] == "du suivi"
    assert [m.over for s in report.steps for m in s.fields("to wiki")] == [True]


def test_a_tracker_that_fails_half_way_is_told_with_what_it_had_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed(world, 4)
    for page in world.pages():
        world.edit_page(page, "details", f"de {page}")
    write = type(world.tracker)._write
    done: list[object] = []

    def away(self: object, want: object) -> object:
        if len(done) == 2:
            raise Unavailable(same("away"))
        done.append(want)
        return write(self, want)  # type: ignore[arg-type]

    monkeypatch.setattr(type(world.tracker), "_write", away)
    report = world.sync()
    assert report is not None
    assert (len(report.written), report.exit_code) == (2, 5)
    monkeypatch.undo()
    report = world.sync()
    assert report is not None and (len(report.written), report.exit_code) == (2, 0)
