"""A tracker in memory: it may rewrite what it is sent, fail, answer in part or not at all."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wikibot.actions.sync import Entry, Side
from wikibot.actions.sync_values import Value
from wikibot.edits import Requests
from wikibot.errors import SaveError, Unavailable
from wikibot.language import same
from wikibot.trackers import Wanted, Written

FIELDS = ("summary", "stage", "due", "details", "assigned")


@dataclass
class Item:
    """One item; `version` grows with each write. Without an `id` of its own it is `nameless`."""

    values: dict[str, Value | None]
    page: str = ""
    stamp: str = ""
    version: int = 1


@dataclass
class FakeTracker:
    """`instant` is called before and after each write; `before` before each, by a person."""

    items: dict[str, Item] = field(default_factory=dict)
    writable: bool = True
    proves: bool = True
    rewrites: bool = False
    nameless: bool = False  # what people make has no id until it is claimed
    order: int = 0
    hidden: int = 0  # how many items a listing leaves out, and says so
    failing: int = 0  # the n-th write from now is refused (1 is the next)
    lost: int = 0  # the n-th write from now is done and not answered
    place: str = "mémoire"
    writes: int = 0
    instant: Callable[[str], None] = lambda where: None
    before: Callable[[], None] = lambda: None
    wrote: Callable[[str, str, str, Value | None], None] = lambda key, page, name, value: None
    requests: Requests = field(default_factory=Requests)
    _keys: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(FIELDS)

    def read(self) -> Side:
        entries = [self._entry(key, item) for key, item in self.items.items()]
        random.Random(self.order).shuffle(entries)
        seen = entries[self.hidden :]
        return Side(tuple(seen), complete=not self.hidden, writable=self.writable)

    def claim(self, keys: Sequence[str]) -> Mapping[str, str]:
        assert self.writable or not keys, "I11"
        given = {}
        for key in keys:
            given[key] = self.fresh()
            self.items[given[key]] = self.items.pop(key)
        return given

    def write(self, wanted: Sequence[Wanted]) -> Iterator[Written]:
        for want in wanted:
            assert self.writable, "I11: the tracker is read-only"
            self.instant("before a write")
            self.before()
            yield self._write(want)
            self.instant("after a write")

    def _write(self, want: Wanted) -> Written:
        self.failing -= 1
        self.lost -= 1
        if self.failing == 0:
            return Written(want, error=SaveError(same("refused")))
        item = self.items.get(want.key)
        if want.key and (item is None or f"{item.version}" != want.etag):
            return Written(want, error=SaveError(same("412")))
        key = want.key or self.fresh()
        if item is None:
            item = self.items[key] = Item({name: "" for name in FIELDS} | {"assigned": ()})
            item.version = 0
        self.writes += 1
        item.page, item.stamp, item.version = want.page, want.stamp, item.version + 1
        for name, value in want.new.items():
            item.values[name] = self.kept(name, value)
            self.wrote(key, want.page, name, item.values[name])
        self.instant("written, not answered")
        if self.lost == 0:
            return Written(want, error=Unavailable(same("timeout")), unknown=True)
        return Written(want, self._entry(key, item), proven=self.proves)

    def kept(self, name: str, value: Value) -> Value:
        """Return what the tracker makes of a value."""
        if self.rewrites and name == "summary" and isinstance(value, str):
            return value[:1].upper() + value[1:]
        return value

    def fresh(self) -> str:
        return f"k{next(self._keys)}"

    def _entry(self, key: str, item: Item) -> Entry:
        name = f"{item.values.get('summary')}"
        claimed = not key.startswith("new:")
        values = dict(item.values)
        return Entry(key, name, values, f"{item.version}", item.page, item.stamp, None, claimed)

    # --- what people do ---

    def edit(self, key: str, name: str, value: Value | None) -> None:
        item = self.items[key]
        item.values[name] = value
        item.version += 1

    def touch(self, key: str) -> None:
        """Save an item again without a change."""
        self.items[key].version += 1

    def add(self, **values: Value | None) -> str:
        empty: dict[str, Value | None] = dict.fromkeys(FIELDS, "")
        key = f"new:{self.fresh()}" if self.nameless else self.fresh()
        self.items[key] = Item({**empty, "assigned": (), **values})
        return key

    def copy(self, key: str) -> str:
        new = self.fresh()
        self.items[new] = replace(self.items[key], values=dict(self.items[key].values))
        return new
