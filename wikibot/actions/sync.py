"""What a sync of two sides works with: what each has, what both agreed upon, what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wikibot.actions.sync_values import Value
from wikibot.language import Text

Where = Literal["wiki", "tracker"]
Base = tuple[Value, Value]  # what stood on the wiki and in the tracker when they agreed

Verdict = Literal[
    "same",  # nobody changed it
    "agreed",  # both hold the same: to be remembered, not written
    "to wiki",
    "to tracker",
    "conflict",  # both changed it, or they differ at their first meeting
    "cleared",  # emptied on one side, and not a field that may be
    "unknown",  # one side does not tell
    "read-only",  # the side to write to cannot be written
]


@dataclass(frozen=True)
class Entry:
    """One action as one side has it.

    `key` is what that side knows it by: the page id, or the tracker's own id. `values` hold a
    field's value, None where it cannot be told. An item of a tracker may say of which page it is
    (`page`) and which operation of ours wrote it last (`stamp`). `trouble` says why it cannot be
    read. `etag` tells one state of the item from another, where there is such a thing. An item that
    is not `claimed` has no id of its own yet: its key holds for this reading alone. `unclear`
    says, by field, why a value cannot be told.
    """

    key: str
    name: str
    values: Mapping[str, Value | None]
    etag: str = ""
    page: str = ""
    stamp: str = ""
    trouble: Text | None = None
    claimed: bool = True
    unclear: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True)
class Side:
    """All that one side has, or part of it where `complete` is False."""

    entries: tuple[Entry, ...]
    complete: bool = True
    writable: bool = True


@dataclass(frozen=True)
class Link:
    """An action and an item that are the same, and what both sides last agreed upon, by field.

    `gone`: one of them is gone, and that was told; `left`: and a person said to leave the other
    one as it is.
    """

    page: str
    key: str
    name: str
    base: Mapping[str, Base] = field(default_factory=dict)
    gone: bool = False
    left: bool = False


@dataclass(frozen=True)
class Rules:
    """How to decide. `policies` name the side that wins a conflict, by field.

    `clearable` fields may be emptied. `create` are the sides on which missing items are made.
    What is gone on one side is told, or put into the stage `close_gone` where one is given.
    """

    fields: tuple[str, ...]
    policies: Mapping[str, Where] = field(default_factory=dict)
    clearable: frozenset[str] = frozenset()
    create: frozenset[Where] = frozenset(("wiki", "tracker"))
    close_gone: str | None = None


@dataclass(frozen=True)
class Choice:
    """The side whose value a person wants, having seen both; for these two values alone."""

    winner: Where
    wiki: Value
    tracker: Value


Choices = Mapping[tuple[str, str, str], Choice]  # page, key, field


@dataclass(frozen=True)
class Meeting:
    """What one field comes to. `over`: a value that somebody gave it is overruled.

    `why` says what is unclear about it.
    """

    field: str
    verdict: Verdict
    base: Base | None
    wiki: Value | None
    tracker: Value | None
    over: bool = False
    why: Text | None = None


Kind = Literal[
    "linked",
    "adopt",  # not linked yet, and surely the same
    "create on wiki",
    "create on tracker",
    "gone from wiki",
    "gone from tracker",
    "forget",  # gone on both sides
    "frozen",
]


@dataclass(frozen=True)
class Step:
    """What becomes of one action. `why` says what keeps it from being synced, or is to be told."""

    kind: Kind
    page: str
    key: str
    name: str
    meetings: tuple[Meeting, ...] = ()
    why: Text | None = None
    link: Link | None = None

    def fields(self, *verdicts: Verdict) -> tuple[Meeting, ...]:
        """Return the fields with one of these verdicts."""
        return tuple(each for each in self.meetings if each.verdict in verdicts)

    @property
    def writes(self) -> bool:
        """Return whether it writes anything, on either side."""
        return self.kind.startswith("create") or bool(self.fields("to wiki", "to tracker"))

    @property
    def needs_person(self) -> bool:
        """Return whether a person has to look at it."""
        return self.kind in ("frozen", "gone from wiki", "gone from tracker") or bool(
            self.fields("conflict", "cleared", "read-only") or (self.fields("unknown"))
        )
