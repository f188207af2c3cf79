"""What a purge of the state folder takes away, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from wikibot.edits.outcome import LedgerRow

Kind = Literal[
    "texts",  # of edits in the journal
    "reports",  # of runs and of nights
    "logs",  # of --log-file, put aside
    "crashes",  # what an error of wikibot left
    "numbers",  # of checks, day by day
    "states",  # of overviews, day by day
    "copy",  # the local copy of the wiki
    "sync",  # actions of which a value is remembered since both sides agreed
]


@dataclass(frozen=True)
class Heap:
    """What of one kind goes: how many, from which day to which, how many bytes (0: few).

    `number` counts edits (of `runs` runs), files, days or actions. `days` is how long they are
    kept, 0 where somebody is forgotten.
    """

    kind: Kind
    number: int
    first: date | None = None
    last: date | None = None
    size: int = 0
    days: int = 0
    runs: int = 0


@dataclass(frozen=True)
class Cleanup:
    """What a purge takes away, at a moment (UTC); `done`: it is gone.

    `runs` can then not be taken back any more, newest first. `left` are edits that stay whole,
    since nobody knows yet how they ended; `files` name the person and stay too: they are for
    somebody to look at.
    """

    moment: datetime
    heaps: tuple[Heap, ...]
    runs: tuple[LedgerRow, ...] = ()
    left: int = 0
    files: tuple[str, ...] = ()
    done: bool = False
