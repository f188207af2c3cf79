"""What the pages of the mirror say: words and links, kept beside the texts and looked up."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from wikibot.edits.contents import TITLE, Contents, LinkTo, Passage
from wikibot.edits.lookup import FoundPage, Hit, Parts
from wikibot.mapping import Mapping
from wikibot.store.mirror_schema import show_types
from wikibot.store.wanted import Wanted, any_of
from wikibot.title import Title

_AROUND = 18  # words of an excerpt
_DERIVED = ("call", "passage", "link")
_START, _END = "\x02", "\x03"  # around a word that was looked for; no page of a wiki holds them


class Passages:
    """The words and links of the pages of a mirror."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take over a connection of the mirror."""
        self._db = connection
        self._unindexed: int | None = None  # the first id that the index does not have yet

    def keep(self, pageid: int, contents: Contents) -> None:
        """Keep what a page says in place of what was kept of it; `settle` comes at the end."""
        self.forget(pageid)
        self._db.executemany(
            "INSERT INTO call VALUES (?,?)",
            ((pageid, name) for name in dict.fromkeys(contents.calls)),
        )
        self._db.executemany(
            "INSERT INTO passage (pageid, template, call, field, ordinal, value)"
            " VALUES (?,?,?,?,?,?)",
            ((pageid, *passage) for passage in contents.passages),
        )
        self._db.executemany(
            "INSERT INTO link VALUES (?,?,?,?,?,?)", ((pageid, *link) for link in contents.links)
        )

    def forget(self, pageid: int) -> None:
        """Forget what a page says; the index has to be told what it held."""
        self._db.execute(
            "INSERT INTO words (words, rowid, value)"
            " SELECT 'delete', id, value FROM passage WHERE pageid=? AND id<?",
            (pageid, self._first_new()),
        )
        for table in _DERIVED:
            self._db.execute(f"DELETE FROM {table} WHERE pageid=?", (pageid,))

    def clear(self) -> None:
        """Forget what all pages say, at once."""
        self._first_new()
        self._db.execute("INSERT INTO words (words) VALUES ('delete-all')")
        for table in _DERIVED:
            self._db.execute(f"DELETE FROM {table}")

    def settle(self) -> None:
        """Take into the index what came since the last time, before it is committed.

        In one statement: FTS5 writes what it has gathered to the file at the end of each.
        """
        if self._unindexed is not None:
            new = "SELECT id, value FROM passage WHERE id>=?"
            self._db.execute(f"INSERT INTO words (rowid, value) {new}", (self._unindexed,))
        self._unindexed = None

    def abandon(self) -> None:
        """Forget what was to be settled: it is rolled back."""
        self._unindexed = None

    def _first_new(self) -> int:
        """Return the first id of passages that come in this transaction; ids are never reused."""
        if self._unindexed is None:
            (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM passage").fetchone()
            self._unindexed = last + 1
        return self._unindexed

    @property
    def derived(self) -> str | None:
        """Return by what the contents of all pages were derived; None: they are not there yet."""
        row = self._db.execute("SELECT value FROM meta WHERE key='derived'").fetchone()
        return row[0] if row else None

    def finish(self, derived: str, mapping: Mapping) -> None:
        """Say by what the contents of all pages are derived now; show its page types as views."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('derived', ?)", (derived,))
        show_types(self._db, mapping)

    # --- words ---

    def search(self, wanted: Sequence[Wanted], templates: Collection[str] | None = None) -> Found:
        """Return the pages on which every one of the words or phrases stands somewhere.

        With `templates`, only pages that call one of them. First come those with most of the words
        in their names, then those with most of them in one place.
        """
        holding: Counter[int] = Counter()  # passage → how many of what is wanted it holds
        named: Counter[int] = Counter()  # page → how many its name holds
        pages: set[int] | None = None
        places: dict[int, list[int]] = {}
        for each in wanted:
            here: set[int] = set()
            for passage, pageid, template, field in self._db.execute(
                "SELECT id, pageid, template, field FROM words JOIN passage ON id = words.rowid"
                " WHERE words MATCH ?",
                (each.query,),
            ):
                here.add(pageid)
                if template is None and field == TITLE:
                    named[pageid] += 1
                else:
                    if not holding[passage]:
                        places.setdefault(pageid, []).append(passage)
                    holding[passage] += 1
            pages = here if pages is None else pages & here
        every = pages or set()
        if templates is not None and every:
            marks = ",".join("?" * len(templates))
            calling = f"SELECT DISTINCT pageid FROM call WHERE name IN ({marks})"
            every &= {pageid for (pageid,) in self._db.execute(calling, tuple(templates))}
        best = {
            pageid: sorted(places.get(pageid, ()), key=lambda p: (-holding[p], p))
            for pageid in every
        }
        titles = self._titles(every)

        def rank(pageid: int) -> tuple[int, int, Title]:
            there = best[pageid]
            return -named[pageid], -holding[there[0]] if there else 0, titles[pageid][0]

        order = [(pageid, *titles[pageid], best[pageid]) for pageid in sorted(every, key=rank)]
        return Found(self._db, any_of(wanted), order)

    def _titles(self, pageids: Collection[int]) -> dict[int, tuple[Title, int]]:
        rows = self._db.execute("SELECT pageid, namespace, name, prefix, revid FROM page")
        return {
            pageid: (Title(namespace, name, prefix), revid)
            for pageid, namespace, name, prefix, revid in rows
            if pageid in pageids
        }

    def titles(self) -> Iterator[tuple[Title, int]]:
        """Yield title and id of every page."""
        for pageid, namespace, name, prefix in self._db.execute(
            "SELECT pageid, namespace, name, prefix FROM page"
        ):
            yield Title(namespace, name, prefix), pageid

    # --- links ---

    def linking_to(self, title: Title) -> Iterator[tuple[Title, LinkTo]]:
        """Yield every page that links to a title, itself apart, and how."""
        for namespace, name, prefix, how, template, field in self._db.execute(
            "SELECT page.namespace, page.name, prefix, how, template, field"
            " FROM link JOIN page USING (pageid) WHERE link.name=?1 AND link.namespace=?2"
            " AND NOT (page.name=?1 AND page.namespace=?2)"
            " ORDER BY page.namespace, page.name, link.rowid",
            (title.name, title.namespace),
        ):
            link = LinkTo(title.namespace, title.name, how, template, field)
            yield Title(namespace, name, prefix), link

    def links_of(self, pageid: int) -> tuple[LinkTo, ...]:
        """Return the links of a page, in the order in which they stand there."""
        rows = self._db.execute(
            "SELECT namespace, name, how, template, field FROM link WHERE pageid=? ORDER BY rowid",
            (pageid,),
        )
        return tuple(LinkTo(*row) for row in rows)

    def linked(self) -> Iterator[tuple[int, str]]:
        """Yield namespace and name of every title that some page links to, each once."""
        yield from self._db.execute("SELECT DISTINCT namespace, name FROM link")


class Found:
    """The pages on which words stand, in order; read as long as the mirror is open."""

    def __init__(
        self,
        db: sqlite3.Connection,
        query: str,
        order: Sequence[tuple[int, Title, int, Sequence[int]]],
    ) -> None:
        """Keep what is needed to read excerpts."""
        self._db, self._query, self._order = db, query, order

    def __len__(self) -> int:
        """Return how many pages there are."""
        return len(self._order)

    def pages(self, most: int | None, places: int | None) -> Iterator[FoundPage]:
        """Yield the first pages, each with its best places; None: all of them."""
        for pageid, title, revid, passages in self._order[:most]:
            hits = tuple(self._hit(each) for each in passages[:places])
            calls = self._db.execute("SELECT name FROM call WHERE pageid=?", (pageid,))
            names = tuple(sorted(name for (name,) in calls))
            heading = self._heading(pageid, title)
            yield FoundPage(pageid, title, revid, heading, names, hits, len(passages))

    def _heading(self, pageid: int, title: Title) -> Parts:
        (passage,) = self._db.execute(
            "SELECT id FROM passage WHERE pageid=? AND template IS NULL AND field=?",
            (pageid, TITLE),
        ).fetchone()
        shown = self._marked("highlight(words, 0, ?, ?)", passage) or title.name
        return _parts(f"{title.prefix}:{shown}" if title.prefix else shown)

    def _hit(self, passage: int) -> Hit:
        template, call, field, ordinal = self._db.execute(
            "SELECT template, call, field, ordinal FROM passage WHERE id=?", (passage,)
        ).fetchone()
        parts = _parts(self._marked(f"snippet(words, 0, ?, ?, '…', {_AROUND})", passage) or "")
        excerpt = "".join(words for words, _ in parts)
        return Hit(Passage(template, call, field, ordinal, excerpt), parts)

    def _marked(self, how: str, passage: int) -> str | None:
        row = self._db.execute(
            f"SELECT {how} FROM words WHERE words MATCH ? AND rowid=?",
            (_START, _END, self._query, passage),
        ).fetchone()
        return row[0] if row else None


def _parts(shown: str) -> Parts:
    """Return marked words in pieces."""
    found: list[tuple[str, bool]] = []
    for piece in shown.split(_START):
        word, end, rest = piece.partition(_END)
        if end:
            found += ((word, True), (rest, False))
        else:
            found.append((piece, False))
    return tuple(part for part in found if part[0])
