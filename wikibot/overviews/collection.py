"""What overviews are made from: the pages of a wiki as their fields, and what is known beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from wikibot.actions.action import Action
from wikibot.actions.board import PageBoard
from wikibot.checks.finding import Severity
from wikibot.checks.snapshot import Snapshot
from wikibot.mapping import Mapping as WikiMapping
from wikibot.overviews.taken import Taken


@dataclass(frozen=True, slots=True)
class Member:
    """A page of a known type or, where the type repeats, one of the entries on a page.

    `title` is the full one, `edited` (UTC) when the revision was saved that was read. `values` is
    field id → what stands there, absent where that is nothing or a placeholder: terms by the label
    that the vocabulary has for them, what it does not know as it is written; titles in full and
    redirects not followed; all else as a reader sees it.

    Not all that stands on the page is in `values`: no mail address is, persons are only where the
    table at a glance names their field, long texts where the overview of the type does; mails and
    telephones in other values are masked, unless they were asked for. `filled` are the ids of all
    fields in which something stands, whether it is told or not; `digests` has a few letters of a
    hash for each field that a snapshot does not keep as it is (`taken.digest`).
    """

    title: str
    pageid: int
    revid: int
    page_type: str
    index: int
    edited: datetime
    values: Mapping[str, tuple[str, ...]]
    filled: frozenset[str] = frozenset()
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tracked:
    """The actions of the wiki, its boards, and what is overdue (page ids)."""

    actions: tuple[Action, ...]
    boards: tuple[PageBoard, ...]
    overdue: frozenset[int]


@dataclass(frozen=True)
class Collection:
    """A wiki at one moment. `today` is the day that counts for what is overdue or stale.

    `unread` are pages that cannot be read with certainty: they are told, not counted. `redirects`
    is title → title. `edits` are the days on which pages were saved (UTC), one an edit, where the
    wiki tells; `told_since` the first day that it tells of. `checked` are the counts of checks,
    oldest first; the last one is of these very pages, and `found` counts its findings by page
    type and severity. `created` is title → the day of the first save, where the wiki tells.
    `before` is an earlier state, to be compared with this one.
    """

    mapping: WikiMapping
    place: str
    as_of: datetime
    today: date
    members: tuple[Member, ...]
    unread: tuple[str, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)
    tracked: Tracked | None = None
    edits: tuple[tuple[date, str], ...] = ()
    told_since: date | None = None
    created: Mapping[str, date] = field(default_factory=dict)
    checked: tuple[Snapshot, ...] = ()
    found: Mapping[tuple[str, Severity], int] = field(default_factory=dict)
    before: Taken | None = None

    def of_type(self, page_type: str) -> tuple[Member, ...]:
        """Return the members of a page type, in the order of their titles."""
        return tuple(each for each in self.members if each.page_type == page_type)
