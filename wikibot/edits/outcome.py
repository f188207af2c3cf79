"""What runs did, as values: for the report, the exit code and the person who asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from wikibot.edits.change import Change
from wikibot.language import Text

State = Literal["intent", "sent", "done", "noop", "conflict", "skipped", "failed", "unknown"]
COUNTED: tuple[State, ...] = ("done", "noop", "skipped", "conflict", "failed", "unknown")


@dataclass(frozen=True)
class Item:
    """How the edit of one page ended. `reason` says why it did not simply succeed."""

    title: str
    pageid: int
    base_revid: int
    new_revid: int | None
    state: State
    changes: tuple[Change, ...] = ()
    reason: Text | None = None
    merged: bool = False
    verified: bool = False


@dataclass(frozen=True)
class Run:
    """A run and its items.

    `stopped` is the words of what ended it early, if anything did, `advice` what to do about it;
    `undoes` is the run it takes back.
    """

    id: str
    started: str
    ended: str
    command: str
    items: tuple[Item, ...]
    stopped: Text | None = None
    stop_code: int = 0
    undoes: str | None = None
    advice: Text | None = None

    @property
    def counts(self) -> dict[str, int]:
        """Return how many edits were planned and how many ended in each state."""
        states = Counter(item.state for item in self.items)
        return {"planned": len(self.items), **{state: states[state] for state in COUNTED}}

    @property
    def exit_code(self) -> int:
        """Return the code of the contract: unknown 8, a stop's own, a person needed 3, else 0."""
        counts = self.counts
        if counts["unknown"]:
            return 8
        if self.stop_code:
            return self.stop_code
        unread = any(item.state == "done" and item.reason for item in self.items)
        return 3 if counts["skipped"] or counts["conflict"] or counts["failed"] or unread else 0


@dataclass(frozen=True)
class LedgerRow:
    """One run as the journal keeps it.

    `counts` is state → number of edits; `exit` is None while it runs, and stays so where it was
    killed; `undoes` is the run it takes back.
    """

    id: str
    started: str
    ended: str | None
    command: str
    plan_id: str
    undoes: str | None
    exit: int | None
    counts: dict[str, int]
