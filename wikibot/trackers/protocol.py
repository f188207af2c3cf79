"""What every tracker can do, whatever it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from wikibot.actions.sync import Entry, Side
from wikibot.actions.sync_values import Value
from wikibot.edits import Requests
from wikibot.errors import WikibotError


@dataclass(frozen=True)
class Wanted:
    """What one item is to hold. `key` is "" for a new one.

    `old` are the values that were read (as `Entry.values`): where one of those to be replaced is
    another now, nothing of the item is written. `page` and `stamp` are left on the item, as far
    as it can keep them: the page id of its action, and which operation wrote it.
    """

    key: str
    page: str
    stamp: str
    new: Mapping[str, Value]
    old: Mapping[str, Value | None]
    etag: str = ""


@dataclass(frozen=True)
class Written:
    """How it ended: the item as it reads now, or why it was not written; both: a part of it was.

    `proven` says that the item was read back as our own write left it, with no chance that
    somebody came between; then what it holds is what the tracker makes of what was sent.
    `unknown`: no answer came, it may be written or not.
    """

    wanted: Wanted
    entry: Entry | None = None
    proven: bool = False
    error: WikibotError | None = None
    unknown: bool = False


class Tracker(Protocol):
    """The other side of a sync."""

    @property
    def place(self) -> str:
        """Where it is, in words for people: a path or an address without secrets."""

    @property
    def fields(self) -> frozenset[str]:
        """The fields that its items hold (`actions.sync_values.ROLES`)."""

    @property
    def requests(self) -> Requests:
        """How many requests went out until now."""

    def read(self) -> Side:
        """Return its items; `complete` is False where some may be missing.

        Raises:
            InputError, ConfigError: it cannot be read, or not understood.
            Unavailable, AccessError: a server does not answer, or not to us.
        """

    def claim(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Give items that a person has made an id of their own, where they have none yet.

        Returns key as read → key from now on, for those that were given one.

        Raises: as `write`.
        """

    def write(self, wanted: Sequence[Wanted]) -> Iterator[Written]:
        """Write items, each only where nobody changed it since; yield how each of them ended.

        It was read before.

        Raises:
            SafetyStop: somebody else is at it: nothing was written.
            Unavailable, AccessError: a server does not answer, or not to us any more.
        """
