"""A part of a plan is a plan of its own: in whatever order parts are applied, nothing is twice."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wikibot
from tests.jobs.wikis import MAPPING, clock
from tests.model.wiki import BOT, ModelWiki
from wikibot.edits import Plan
from wikibot.jobs.review import decided, lines_of

PAGES = ("Haies", "Mares")
FIELDS = {"licence": "MIT", "niveau": "Prototype", "Tags": "mare"}
OLD = "{{Ressource\n|licence=CC0\n|niveau=Idée\n|Tags=haie\n}}"


def world() -> tuple[ModelWiki, Plan]:
    wiki = ModelWiki()
    for title in PAGES:
        wiki.edit("Alix", title, OLD)
    pages = [wiki.page(title) for title in PAGES]
    wanted = [f"{field}={value}" for field, value in FIELDS.items()]
    return wiki, wikibot.set_fields(pages, wanted, MAPPING, wiki, around=clock())


def part(plan: Plan, numbers: set[int]) -> Plan:
    wanted = {line.number: line.change for line in lines_of(plan) if line.number in numbers}
    return decided(plan, wanted, MAPPING)


def test_the_same_lines_are_the_same_part_and_all_of_them_the_plan() -> None:
    _, plan = world()
    numbers = {line.number for line in lines_of(plan)}
    assert part(plan, numbers) is plan
    ids = {
        part(plan, set(some)).id for n in range(len(numbers)) for some in combinations(numbers, n)
    }
    assert len(ids) == 2 ** len(numbers) - 1
    assert all(found.startswith(f"{plan.id}/part-") for found in ids)
    one = part(plan, {1, 4})
    assert one == part(plan, {4, 1})
    assert one.whole_id == part(one, {1}).whole_id == plan.id
    assert part(one, {1}) == part(plan, {1})


def test_a_part_is_read_back_as_it_was_written() -> None:
    _, plan = world()
    one = part(plan, {1, 4})
    assert Plan.from_json(one.to_json(), "") == one


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    parts=st.lists(st.sets(st.integers(1, 6), min_size=1), min_size=1, max_size=5),
    taken_back=st.lists(st.tuples(st.integers(0, 4), st.sampled_from(PAGES))),
)
def test_in_whatever_order_no_change_is_ever_made_twice(
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[set[int]],
    taken_back: list[tuple[int, str]],
) -> None:
    wiki, plan = world()
    state, around = tmp_path_factory.mktemp("state"), replace(clock(), sleep=wiki.clock.sleep)
    for number, lines in enumerate(parts):
        wikibot.apply(part(plan, lines), wiki, state=state, around=around)
        for when, title in taken_back:
            if when == number:
                wiki.edit("Lou", title, OLD)
    for _, rows in wiki.truth.rows.items():
        for field, value in FIELDS.items():
            words = f"|{field}={value}\n"
            ours = [(a, b) for a, b in pairwise(rows) if b.user == BOT]
            made = [b for a, b in ours if words in b.text and words not in a.text]
            assert len(made) <= 1, field
    if not taken_back:
        done = set().union(*parts)
        for line in lines_of(plan):
            assert line.change
            there = f"|{line.change.parameter}={line.change.new}\n" in (
                wiki.text(line.edit.title) or ""
            )
            assert there == (line.number in done)
