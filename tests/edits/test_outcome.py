from __future__ import annotations

import pytest

from wikibot.edits import Item, Run, State
from wikibot.language import Text


def run(*states: State, stop: int = 0, reason: Text | None = None) -> Run:
    items = tuple(Item("Haies", 3, 7, 8, state, reason=reason) for state in states)
    return Run("abc123", "", "", "apply", items, Text("non", "no") if stop else None, stop)


@pytest.mark.parametrize(
    ("states", "stop", "code"),
    [
        ((), 0, 0),
        (("done", "done"), 0, 0),
        (("noop",), 0, 0),
        (("done", "conflict"), 0, 3),
        (("done", "skipped"), 0, 3),
        (("failed",), 0, 3),
        # of several, the gravest: 8, then what stopped the run, then 3
        (("done", "failed", "skipped"), 5, 5),
        (("failed", "skipped"), 4, 4),
        (("conflict", "skipped"), 6, 6),
        (("unknown", "conflict"), 0, 8),
        (("unknown", "skipped"), 5, 8),
    ],
)
def test_the_exit_code_says_the_gravest(states: tuple[State, ...], stop: int, code: int) -> None:
    assert run(*states, stop=stop).exit_code == code


def test_what_was_saved_otherwise_than_meant_needs_a_person() -> None:
    assert run("done", reason=Text("autrement", "otherwise")).exit_code == 3
    assert run("noop", reason=Text("déjà", "already")).exit_code == 0


def test_every_state_is_counted() -> None:
    assert run("done", "done", "conflict").counts == {
        **{"planned": 3, "done": 2, "noop": 0, "skipped": 0},
        **{"conflict": 1, "failed": 0, "unknown": 0},
    }
