"""The wiki of the tests with many commons in it, and what becomes of them."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any

from tests.benchmarks.peers.corpus import FIELD, VALUES
from tests.benchmarks.peers.hand import changed
from tests.mediawiki.bench import MediaWikiBench

_BATCH = 250


class Stock:
    """The commons of a bench. `texts` is what each must hold; `value` what comes next for it."""

    def __init__(self, bench: MediaWikiBench) -> None:
        self.bench = bench
        self.texts: dict[str, str] = {}
        self._values = itertools.cycle(VALUES)

    def add(self, texts: Mapping[str, str]) -> None:
        """Import pages, and record what they call and what category they are in.

        All are like the first of them, whose links MediaWiki records itself: to render each of
        them for that would take minutes.
        """
        self.bench.import_pages({title: [text] for title, text in texts.items()})
        first = next(iter(texts))
        self.bench.edit_as_human(first, texts[first] + "\n.")
        self.bench.edit_as_human(first, texts[first])
        self.bench.run_jobs()
        sql = self.bench.admin._sql
        (number,) = (int(page["pageid"]) for page in self._pages([first], "ids").values())
        for table, key in (("templatelinks", "tl_from"), ("categorylinks", "cl_from")):
            names = [name for name in self._columns(table) if name != key]
            listed = ", ".join(names)
            sql(
                f"INSERT OR IGNORE INTO {table} ({key}, {listed}) "
                f"SELECT page_id, {listed} FROM page, {table} "
                f"WHERE {key} = ? AND page_namespace = 0 AND page_title LIKE ?",
                number,
                first.split()[0] + "%",
            )
        self.texts |= texts

    def next_value(self) -> str:
        """Return another value for the field than it has on any page."""
        return next(self._values)

    def revids(self, titles: Sequence[str]) -> dict[str, int]:
        """Return the newest revision of pages."""
        return {
            title: int(page["revisions"][0]["revid"])
            for title, page in self._pages(titles, "ids").items()
        }

    def insist(self, before: Mapping[str, int], value: str, edited: int | None = None) -> None:
        """Make sure that pages got a value by one edit each, and nothing else happened to them.

        `edited`: so many of them, the first ones.
        """
        titles = list(before)
        for number, (title, page) in enumerate(self._pages(titles, "ids|user|content").items()):
            (row,) = page["revisions"]
            text = row["slots"]["main"]["content"]
            expected = self.texts[title]
            if edited is None or number < edited:
                expected = changed(expected, FIELD, value)
                assert row["user"] == self.bench.bot_name, title
                assert row["parentid"] == before[title], f"{title}: not one edit"
            else:
                assert row["revid"] == before[title], title
            assert text == expected, f"{title} is not as it should be"
            self.texts[title] = expected

    def _columns(self, table: str) -> list[str]:
        with closing(sqlite3.connect(self.bench.admin._data / "wiki.sqlite")) as db:
            return [str(row[1]) for row in db.execute(f"PRAGMA table_info({table})")]

    def _pages(self, titles: Sequence[str], properties: str) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        for chunk in _chunks(titles):
            query = self.bench.call(
                "admin",
                action="query",
                titles="|".join(chunk),
                prop="revisions",
                rvprop=properties,
                rvslots="main",
            )["query"]
            known = {page["title"]: page for page in query["pages"]}
            found |= {title: known[title] for title in chunk}
        return found


def _chunks(titles: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(titles), _BATCH):
        yield titles[start : start + _BATCH]
