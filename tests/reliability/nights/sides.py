"""What people want of each action, on the wiki and in the workbook: the oracle of the sync.

It knows the last value on which both sides agreed and what persons did on each side since, and
tells by the table of `facts/reliability.md` §3.3 what may stand there in the morning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FIELDS = {"summary": "SUMMARY", "due": "DUE_DATE"}  # field → parameter
Values = Mapping[str, str]


@dataclass
class Wish:
    """One field of one action. None: nobody touched that side since both sides agreed."""

    base: str | None
    wiki: str | None = None
    tracker: str | None = None
    unsure: bool = False  # somebody wrote while the sync did: it came before it or after it
    ever: set[str] = field(default_factory=set)  # what people wrote since, on either side

    @property
    def changed(self) -> tuple[bool, bool]:
        """Return which side was changed by a person since, the wiki and the tracker."""
        return (self.wiki not in (None, self.base), self.tracker not in (None, self.base))

    def wrong(self, wiki: str, tracker: str, *, whole: bool) -> str:
        """Return what is wrong with the values of a morning, "" where nothing is.

        With `whole` the sync went well, so that what one side alone wants stands on both.
        """
        if self.wiki not in (None, wiki) and not self._given(wiki, self.tracker):
            return f"the wiki lost {self.wiki!r}: {wiki!r}"
        if self.tracker not in (None, tracker) and not self._given(tracker, self.wiki):
            return f"the tracker lost {self.tracker!r}: {tracker!r}"
        known = {self.base, self.wiki, self.tracker, *self.ever}
        if {wiki, tracker} - known:
            return f"a value nobody wrote: {wiki!r} and {tracker!r}"
        if self.changed == (True, True) and self.wiki != self.tracker and not self.unsure:
            if (wiki, tracker) != (self.wiki, self.tracker):
                return f"a conflict was decided by nobody: {wiki!r} and {tracker!r}"
        elif whole and wiki != tracker and not self.unsure:
            return f"not brought into line: {wiki!r} and {tracker!r}"
        return ""

    def _given(self, now: str, other: str | None) -> bool:
        """Return whether it is the other side's, which came later or was the only new one."""
        return other is not None and now == other and (self.unsure or sum(self.changed) < 2)

    def settle(self, wiki: str, tracker: str, *, seen: bool) -> None:
        """Take note of a morning: what both sides hold is agreed, where the sync has `seen` it."""
        if wiki == tracker and seen:
            self.base, self.wiki, self.tracker, self.unsure = wiki, None, None, False
            self.ever.clear()
        elif wiki == tracker:
            self.unsure = True  # it may have been cut off before or after it looked


@dataclass
class Sides:
    """Every action by its page id; `deleted` are gone from the wiki, `removed` from the book."""

    wishes: dict[tuple[int, str], Wish] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    rows_added: list[str] = field(default_factory=list)  # by people, by their summaries

    def on_wiki(self, page: int, name: str, value: str, *, unsure: bool) -> None:
        """Take note of what a person wrote on the wiki."""
        wish = self.wishes.get((page, name))
        if wish is not None:
            wish.wiki = value
            wish.ever.add(value)
            wish.unsure |= unsure

    def in_tracker(self, page: int, name: str, value: str) -> None:
        """Take note of what a person wrote in the workbook."""
        wish = self.wishes.get((page, name))
        if wish is not None:
            wish.tracker = value
            wish.ever.add(value)

    def meet(self, wiki: Mapping[int, Values], tracker: Mapping[int, Values]) -> None:
        """Take note of the actions that are on both sides for the first time, and alike."""
        for page in wiki.keys() & tracker.keys():
            for name in FIELDS:
                if (page, name) not in self.wishes:
                    self.wishes[page, name] = Wish(None, wiki[page][name], tracker[page][name])
