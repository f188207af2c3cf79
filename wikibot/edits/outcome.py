"""What runs did, as values: for the report, the exit code and the person who asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wikibot.edits.change import Change
from wikibot.language import Text

State = Literal["intent", "sent", "done", "noop", "conflict", "skipped", "failed", "unknown"]
STILL_UNKNOWN = "still-unknown"  # code: nothing is sent while an earlier edit's end is unknown
COUNTED: tuple[State, ...] = ("done", "noop", "skipped", "conflict", "failed", "unknown")


@dataclass(frozen=True)
class Requests:
    """How many requests a wiki was asked; `retries` are those of both that were repetitions."""

    get: int = 0
    post: int = 0
    retries: int = 0

    def __sub__(self, earlier: Requests) -> Requests:
        """Return what was asked since."""
        return Requests(
            self.get - earlier.get, self.post - earlier.post, self.retries - earlier.retries
        )


@dataclass(frozen=True)
class Stale:
    """A change that does not fit any more: a parameter holds `found` and not what was `expected`.

    `found` is None where the call itself is not where the plan saw it. `user` gave it that value
    `at` (UTC), which is None where nobody can tell; `hidden`: the wiki does not say who. Of a
    region, `trouble` is what is the matter with it, as `edits.regions` names it.
    """

    change: Change
    parameter: str
    expected: str
    found: str | None
    user: str | None = None
    at: datetime | None = None
    hidden: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class Item:
    """How the edit of one page ended. `reason` says why it did not simply succeed.

    `code` is the short name of that reason: MediaWiki's own where it gave one. `op_id` is the
    run's id and the number of the edit in it. `stale` are the changes that kept a page from
    being written.
    """

    title: str
    pageid: int
    base_revid: int
    new_revid: int | None
    state: State
    changes: tuple[Change, ...] = ()
    reason: Text | None = None
    merged: bool = False
    verified: bool = False
    code: str = ""
    op_id: str = ""
    stale: tuple[Stale, ...] = ()


@dataclass(frozen=True)
class Run:
    """A run and its items.

    `stopped` is the words of what ended it early, if anything did, `advice` what to do about it;
    `undoes` is the run it takes back; `guards` are the codes of the guards that spoke.
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
    guards: tuple[str, ...] = ()
    requests: Requests = Requests()

    @property
    def counts(self) -> dict[str, int]:
        """Return how many edits were planned and how many ended in each state."""
        states = Counter(item.state for item in self.items)
        return {"planned": len(self.items), **{state: states[state] for state in COUNTED}}

    @property
    def exit_code(self) -> int:
        """Return the code of the contract: unknown 8, a stop's own, a person needed 3, else 0.

        Unknown may be how an earlier run ended, for which a page was left alone.

        A run that a signal stopped ends as the signal says (130, 143), whatever else there is,
        and one that an error of ours broke off ends with 1.
        """
        counts = self.counts
        if self.stop_code == 1 or self.stop_code > 128:
            return self.stop_code
        if counts["unknown"] or any(item.code == STILL_UNKNOWN for item in self.items):
            return 8
        if self.stop_code:
            return self.stop_code
        unread = any(item.state == "done" and item.reason for item in self.items)
        return 3 if counts["skipped"] or counts["conflict"] or counts["failed"] or unread else 0


@dataclass(frozen=True)
class Prospect:
    """How taking back the edit of one page would go.

    `whole`: the page gets its former text back; `fields`: others edited it since, only the
    fields are set back; `nothing`: it is so already; `person`: a person must decide, `reason`
    says why.
    """

    title: str
    kind: Literal["whole", "fields", "nothing", "person"]
    reason: Text | None = None


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
