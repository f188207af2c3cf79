"""The table by which a sync decides: each field against what both sides last agreed upon."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.actions.sync import (
    Base,
    Choice,
    Entry,
    Link,
    Rules,
    Side,
    Step,
    Where,
)
from wikibot.actions.sync_decision import decide, meet
from wikibot.actions.sync_guards import alarms
from wikibot.actions.sync_values import Value
from wikibot.language import same

RULES = Rules(("summary", "stage", "due"), clearable=frozenset(("due",)))
X: Base = ("x", "x")


@pytest.mark.parametrize(
    ("base", "wiki", "tracker", "verdict"),
    [
        (X, "x", "x", "same"),
        (X, "y", "x", "to tracker"),
        (X, "x", "y", "to wiki"),
        (X, "y", "y", "agreed"),
        (X, "y", "z", "conflict"),
        (X, "", "z", "conflict"),
        (None, "x", "x", "agreed"),
        (None, "x", "y", "conflict"),
        (None, "x", "", "conflict"),
        (X, None, "y", "unknown"),
        (X, "y", None, "unknown"),
        (X, "", "x", "to tracker"),
        (("x", "X"), "x", "X", "same"),  # the tracker has its own way of writing it
        (("x", "X"), "x", "y", "to wiki"),
        (("x", "X"), "y", "X", "to tracker"),
        (("", ""), "", "x", "to wiki"),
    ],
)
def test_one_field_follows_the_table(
    base: Base | None, wiki: Value | None, tracker: Value | None, verdict: str
) -> None:
    assert meet("due", base, wiki, tracker, RULES).verdict == verdict


@pytest.mark.parametrize(("wiki", "tracker"), [("", "x"), ("x", "")])
def test_a_field_that_may_not_be_emptied_is_told_when_it_is(wiki: str, tracker: str) -> None:
    assert meet("summary", X, wiki, tracker, RULES).verdict == "cleared"


@pytest.mark.parametrize(
    ("winner", "verdict"), [("wiki", "to tracker"), ("tracker", "to wiki"), (None, "conflict")]
)
def test_a_policy_settles_a_conflict_of_its_field_and_of_no_other(
    winner: Where | None, verdict: str
) -> None:
    rules = replace(RULES, policies={"due": winner} if winner else {})
    met = meet("due", X, "y", "z", rules)
    assert (met.verdict, met.over) == (verdict, winner is not None)
    assert meet("summary", X, "y", "z", rules).verdict == "conflict"


def entry(key: str, summary: str = "Relire", page: str = "", **values: Value | None) -> Entry:
    return Entry(
        key, summary, {"summary": summary, "stage": "A faire", "due": "", **values}, page=page
    )


def link(page: str = "1", key: str = "a", base: Mapping[str, Base] | None = None) -> Link:
    usual: dict[str, Base] = {
        "summary": ("Relire", "Relire"),
        "stage": ("A faire", "A faire"),
        "due": ("", ""),
    }
    return Link(page, key, "Relire", usual if base is None else base)


def kinds(steps: tuple[Step, ...]) -> list[str]:
    return [step.kind for step in steps]


def side(*entries: Entry, complete: bool = True, writable: bool = True) -> Side:
    return Side(entries, complete, writable)


ITEMS = {
    "new on the wiki": (side(entry("1")), side(), (), ["create on tracker"]),
    "new in the tracker": (side(), side(entry("a")), (), ["create on wiki"]),
    "the same on both, by its summary": (side(entry("1")), side(entry("a")), (), ["adopt"]),
    "the same, by its mark": (
        side(entry("1")),
        side(entry("a", "Autre chose", page="1")),
        (),
        ["adopt"],
    ),
    "its mark names a page that is gone": (side(), side(entry("a", page="1")), (), ["frozen"]),
    "two items of one mark": (
        side(entry("1")),
        side(entry("a", page="1"), entry("b", page="1")),
        (),
        ["frozen", "frozen"],
    ),
    "a copy in the tracker is a new action": (
        side(entry("1")),
        side(entry("a", page="1"), entry("b", "Copie", page="1")),
        (link(),),
        ["linked", "create on wiki"],
    ),
    "two of one summary": (
        side(entry("1"), entry("2")),
        side(entry("a")),
        (),
        ["frozen", "frozen", "frozen"],
    ),
    "no summary": (side(), side(entry("a", "")), (), ["frozen"]),
    "gone from the wiki": (side(), side(entry("a")), (link(),), ["gone from wiki"]),
    "gone from the tracker": (side(entry("1")), side(), (link(),), ["gone from tracker"]),
    "gone from both": (side(), side(), (link(),), ["forget"]),
    "gone from a part of the tracker": (side(entry("1")), side(complete=False), (link(),), []),
    "new, and only a part of the tracker seen": (
        side(entry("1")),
        side(complete=False),
        (),
        [],
    ),
    "new, and the tracker read-only": (side(entry("1")), side(writable=False), (), ["frozen"]),
    "one key twice": (
        side(entry("1")),
        side(entry("a"), entry("a", "Autre")),
        (link(),),
        ["frozen"],
    ),
    "unreadable": (
        side(replace(entry("1"), trouble=same("?"))),
        side(entry("a", due="2026-01-01")),
        (link(),),
        ["frozen"],
    ),
    "left alone": (side(entry("1")), side(), (replace(link(), left=True),), []),
}


@pytest.mark.parametrize("case", ITEMS)
def test_one_action_follows_the_table(case: str) -> None:
    wiki, tracker, links, expected = ITEMS[case]
    assert sorted(kinds(decide(wiki, tracker, links, RULES))) == sorted(expected)


def test_what_is_gone_is_closed_on_the_other_side_only_where_that_is_configured() -> None:
    closing = replace(RULES, close_gone="Fait")
    (told,) = decide(side(), side(entry("a")), (link(),), RULES)
    assert not told.writes
    (closed,) = decide(side(), side(entry("a")), (link(),), closing)
    assert [(m.field, m.verdict, m.wiki) for m in closed.meetings] == [
        ("stage", "to tracker", "Fait")
    ]
    (kept,) = decide(side(), side(entry("a", due="2026-01-01")), (link(),), closing)
    assert not kept.writes and kept.why is not None  # modified beats deleted
    (done,) = decide(side(), side(entry("a", stage="Fait")), (link(),), closing)
    assert not done.writes


def test_a_choice_counts_for_the_two_values_that_were_seen_and_no_others() -> None:
    wiki, tracker = side(entry("1", due="2026-01-01")), side(entry("a", due="2026-02-02"))
    chosen = {("1", "a", "due"): Choice("tracker", "2026-01-01", "2026-02-02")}
    (step,) = decide(wiki, tracker, (link(),), RULES, chosen)
    assert step.fields("to wiki")[0].over
    moved = side(entry("a", due="2026-03-03"))
    (step,) = decide(wiki, moved, (link(),), RULES, chosen)
    assert step.fields("conflict")


def test_a_side_that_cannot_be_written_keeps_what_it_has() -> None:
    wiki, tracker = side(entry("1", due="2026-01-01")), side(entry("a"), writable=False)
    (step,) = decide(wiki, tracker, (link(),), RULES)
    assert step.fields("read-only") and not step.writes and step.needs_person


def test_a_field_that_one_side_does_not_have_is_not_synced() -> None:
    bare = Entry("a", "Relire", {"summary": "Relire"})
    (step,) = decide(side(entry("1", due="2026-01-01")), side(bare), (link(),), RULES)
    assert [met.field for met in step.meetings] == ["summary"]


# --- guards ---


def many(number: int, **values: Value | None) -> tuple[Entry, ...]:
    return tuple(entry(f"{n}", f"Action {n}", "", **values) for n in range(1, number + 1))


def links_of(number: int) -> tuple[Link, ...]:
    return tuple(
        Link(f"{n}", f"{n}", "", {"summary": (f"Action {n}",) * 2, "stage": ("A faire",) * 2})
        for n in range(1, number + 1)
    )


GUARDED = {
    "nothing changed": (side(*many(20)), side(*many(20)), []),
    "the tracker is empty": (side(*many(20)), side(), ["empty", "vanished"]),
    "the wiki is empty": (side(), side(*many(20)), ["empty", "vanished"]),
    "the tracker was seen in part": (side(*many(20)), side(complete=False), []),
    "three of twenty are gone": (side(*many(20)), side(*many(17)), []),
    "four of twenty are gone": (side(*many(20)), side(*many(16)), ["vanished"]),
    "all changed": (side(*many(20)), side(*many(20, stage="Fait")), ["mass"]),
    "six changed": (
        side(*many(20)),
        side(*many(6, stage="Fait"), *many(20)[6:]),
        [],
    ),
    "ten changed": (
        side(*many(20)),
        side(*many(10, stage="Fait"), *many(20)[10:]),
        ["mass"],
    ),
}


@pytest.mark.parametrize("case", GUARDED)
def test_a_side_that_is_changed_beyond_belief_stops_the_sync(case: str) -> None:
    wiki, tracker, expected = GUARDED[case]
    steps = decide(wiki, tracker, links_of(20), RULES)
    assert [alarm.code for alarm in alarms(wiki, tracker, links_of(20), steps)] == expected


def test_what_was_told_to_be_gone_does_not_stop_every_sync_after() -> None:
    told = tuple(replace(each, gone=int(each.page) > 8) for each in links_of(20))
    wiki, tracker = side(*many(20)), side(*many(8))
    assert alarms(wiki, tracker, told, decide(wiki, tracker, told, RULES)) == ()


# --- whatever the order ---

ENTRIES = st.lists(
    st.builds(
        entry,
        st.sampled_from("123456"),
        st.sampled_from(("Relire", "Publier", "relire", "")),
        st.sampled_from(("", "1", "2", "9")),
        stage=st.sampled_from(("A faire", "Fait", None)),
        due=st.sampled_from(("", "2026-01-01", None)),
    ),
    max_size=6,
)
LINKS = st.lists(
    st.builds(link, st.sampled_from("123456"), st.sampled_from("123456")),
    max_size=4,
    unique_by=(lambda one: one.page, lambda one: one.key),
)


@given(wiki=ENTRIES, tracker=ENTRIES, links=LINKS, seed=st.integers(0, 99))
def test_the_order_of_rows_and_pages_changes_nothing(
    wiki: list[Entry], tracker: list[Entry], links: list[Link], seed: int
) -> None:
    wiki = list({one.key: replace(one, page="") for one in wiki}.values())
    mixed = [random.Random(seed).sample(one, len(one)) for one in (wiki, tracker)]
    first = decide(side(*wiki), side(*tracker), links, RULES)
    again = decide(side(*mixed[0]), side(*mixed[1]), links[::-1], RULES)
    assert sorted(map(repr, first)) == sorted(map(repr, again))


@given(wiki=ENTRIES, tracker=ENTRIES)
def test_without_a_known_state_nothing_of_anybody_is_overwritten(
    wiki: list[Entry], tracker: list[Entry]
) -> None:
    for step in decide(side(*wiki), side(*tracker), (), RULES):
        assert not step.writes or step.kind.startswith("create")
        assert not step.kind.startswith("gone")


@given(wiki=ENTRIES, tracker=ENTRIES, links=LINKS)
def test_each_action_has_one_step(
    wiki: list[Entry], tracker: list[Entry], links: list[Link]
) -> None:
    steps = decide(side(*wiki), side(*tracker), links, RULES)
    for of in ([s.page for s in steps if s.page], [s.key for s in steps if s.key]):
        assert len(of) == len(set(of))
