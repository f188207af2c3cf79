"""A collection of 300 pages with 2,000 planted defects: every one is found, no decoy is reported.

Source of the numbers: what people do to such pages; see `defects` and `decoys` for each kind.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.checks.clean_pages import SIZES, wiki_of
from tests.checks.decoys import DECOYS
from tests.checks.defects import DEFECTS
from tests.checks.planted import World, planted
from wikibot.checks import RULES

SEEDS = (1, 2)


def _with_decoys(seed: int) -> World:
    world = wiki_of(seed)
    planted(world, DECOYS, 200)
    return world


@pytest.mark.parametrize("seed", SEEDS)
def test_on_clean_pages_there_is_nothing_to_mend(seed: int) -> None:
    world = wiki_of(seed)
    assert len(world.sheets) == sum(SIZES.values()) == 300
    assert world.found() == Counter()


@pytest.mark.parametrize("seed", SEEDS)
def test_what_only_looks_like_a_defect_is_not_reported(seed: int) -> None:
    world = wiki_of(seed)
    decoys = planted(world, DECOYS, 400)
    assert decoys.total() == 400
    assert {code[:3] for code, _, _ in decoys} == {code[:3] for code in RULES}
    assert world.found() == Counter()


@pytest.mark.parametrize("seed", SEEDS)
def test_of_two_thousand_planted_defects_each_is_found_and_nothing_else(seed: int) -> None:
    world = _with_decoys(seed)
    expected = planted(world, DEFECTS, 2000)
    of_rule = Counter(code for code, _, _ in expected.elements())
    assert expected.total() >= 2000
    assert of_rule.keys() == RULES.keys()
    assert min(of_rule.values()) >= 20, of_rule
    found = world.found()
    assert found - expected == Counter()
    assert expected - found == Counter()


def test_one_seed_makes_one_collection() -> None:
    one, other = _with_decoys(1), _with_decoys(1)
    assert planted(one, DEFECTS, 300) == planted(other, DEFECTS, 300)
    assert [page.text for page in one.pages()] == [page.text for page in other.pages()]
