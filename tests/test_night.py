from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from wikibot.language import same
from wikibot.night import Done, Night, Outcome, Part, gravest

NOON = datetime(2026, 1, 31, 3, tzinfo=UTC)


def night(*parts: tuple[str, Outcome], signal: int = 0) -> Night:
    done = tuple(Done(Part(job), outcome) for job, outcome in parts)
    return Night("wiki", "https://wiki.example.org", NOON, NOON, done, signal=signal)


@pytest.mark.parametrize("codes", [*permutations((8, 6, 4, 5, 3, 0), 2)])
def test_of_two_codes_the_one_that_the_contract_names_first_is_told(codes: tuple[int, int]) -> None:
    order = (8, 6, 4, 5, 3, 0)
    assert gravest(codes) == min(codes, key=order.index)


def test_a_fault_of_ours_and_a_wrong_configuration_are_not_hidden_by_what_passes() -> None:
    assert gravest((5, 1, 3)) == 1
    assert gravest((7, 2, 5)) == 2
    assert gravest((1, 4)) == 4


def test_nothing_has_no_code_and_a_code_nobody_knows_is_not_lost() -> None:
    assert gravest(()) == 0
    assert gravest((0, 99)) in (0, 99)


def test_a_signal_is_the_code_of_the_whole_night() -> None:
    assert night(("fix", Outcome(exit_code=8)), signal=143).exit_code == 143


def test_findings_alone_are_no_trouble() -> None:
    assert not night(("check", Outcome(exit_code=3))).troubled
    assert night(("fix", Outcome(exit_code=3))).troubled
    assert night(("check", Outcome(exit_code=5))).troubled
    assert night(signal=130).troubled


def test_needs_and_edits_are_those_of_all_parts() -> None:
    whole = night(
        ("fix", Outcome(edits=2, needs=(same("a"),))),
        ("sync", Outcome(edits=1, needs=(same("b"),))),
    )
    assert (whole.edits, whole.needs) == (3, (same("a"), same("b")))
