"""An overview made ready for a page: what its template shows, in words, and where links lead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from wikibot.language import Language, Text
from wikibot.overviews import Cell, Column, Figures, Table
from wikibot.overviews.values import Kind
from wikibot.redaction import redacted
from wikibot.render import page
from wikibot.render.overview.cells import COUNTABLE, exact, known, listed, shown
from wikibot.visible import visible

Address = Callable[[str], str | None]
FIRST = 30  # rows that a long table shows at first
_LONG, _REST = 110, 40  # characters of a text in a table; how many more are not worth a fold
_STEPS = 20  # lengths of the small bar of a share


class Link(NamedTuple):
    """Words, and the address that they lead to, if any."""

    words: str
    address: str | None


class Shown(NamedTuple):
    """A cell: its words or its list, and by what it is sorted where that is not its words."""

    kind: str  # of the column
    words: str
    order: str = ""
    links: tuple[Link, ...] = ()
    step: int = 0  # of a share: how long its bar is, out of twenty
    known: bool = True
    more: str = ""  # of a long text: what follows the words, shown when it is asked for


class Head(NamedTuple):
    """The head of a column; `numeric` columns are set to the end and sorted by number."""

    label: str
    kind: str
    numeric: bool


@dataclass(frozen=True)
class Lane:
    """A column of a board: how many cards, the first of them as (title, what else is known)."""

    label: str
    count: int
    cards: tuple[tuple[Shown, tuple[tuple[Head, Shown], ...]], ...]


@dataclass(frozen=True)
class Grid:
    """A table."""

    id: str
    label: str
    note: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[int, tuple[Shown, ...]], ...]  # each with its depth in the tree
    total: tuple[Shown, ...]
    lanes: tuple[Lane, ...]

    @property
    def first(self) -> tuple[tuple[int, tuple[Shown, ...]], ...]:
        """Return the rows that are shown at first."""
        return self.rows if len(self.rows) <= FIRST + 10 else self.rows[:FIRST]

    @property
    def small(self) -> bool:
        """Tell whether it has room beside a chart."""
        return len(self.heads) <= 3 and len(self.rows) <= 16

    @property
    def narrow(self) -> bool:
        """Tell whether it only has what a chart of it shows, more or less."""
        return len(self.heads) <= 4


@dataclass
class Viewer:
    """Makes cells ready, in one language; it remembers what it has made of each value."""

    language: Language
    address: Address
    _plain: dict[str, str] = field(default_factory=dict)
    _links: dict[str, Link] = field(default_factory=dict)
    _cells: dict[tuple[Kind, type, Cell], Shown] = field(default_factory=dict)

    def text(self, words: str) -> str:
        """Return words without secrets and hidden signs; their lines stay lines."""
        found = self._plain.get(words)
        if found is None:
            found = "\n".join(map(visible, redacted(words).splitlines()))
            self._plain[words] = found
        return found

    def link(self, title: str) -> Link:
        """Return the title of a page, with its address where it has one of the web."""
        if title not in self._links:
            self._links[title] = Link(self.text(title), page.web(self.address(title)))
        return self._links[title]

    def cell(self, cell: Cell, kind: Kind) -> Shown:
        """Return a cell as it is shown."""
        key = kind, type(cell), cell
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self._made(cell, kind)
        return found

    def _made(self, cell: Cell, kind: Kind) -> Shown:
        if not known(cell):
            return Shown(kind, "", known=False)
        if isinstance(cell, Text):  # words of ours, no title of a page
            return Shown(kind, self.text(cell.into(self.language)))
        if kind in ("page", "pages"):
            return Shown(kind, "", links=tuple(map(self.link, listed(cell, self.language))))
        if kind == "words":
            terms = (Link(self.text(each), None) for each in listed(cell, self.language))
            return Shown(kind, "", links=tuple(terms))
        words = self.text(shown(cell, kind, self.language))
        if kind == "url":
            return Shown(kind, words, links=(Link(words, _linked(str(cell))),))
        if kind in COUNTABLE:
            number = exact(cell)
            step = round(min(max(float(number or 0), 0), 1) * _STEPS) if kind == "share" else 0
            return Shown(kind, words, "" if number is None else f"{float(number):g}", step=step)
        if kind == "text" and len(words) > _LONG + _REST:
            cut = words.rfind(" ", _LONG // 2, _LONG) + 1 or _LONG
            return Shown(kind, words[:cut], more=words[cut:])
        order = cell.isoformat() if isinstance(cell, date) else ""
        return Shown(kind, words, order)

    def head(self, column: Column) -> Head:
        """Return the head of a column."""
        label = self.text(column.label.into(self.language))
        return Head(label, column.kind, column.kind in COUNTABLE)

    def grid(self, table: Table) -> Grid:
        """Return a table as it is shown."""
        depth = table.column(table.depth) if table.depth else -1
        columns = [(n, each) for n, each in enumerate(table.columns) if n != depth]

        def cells(row: tuple[Cell, ...]) -> tuple[Shown, ...]:
            return tuple(self.cell(row[n], each.kind) for n, each in columns)

        rows = tuple((_depth(row, depth), cells(row)) for row in table.rows)
        return Grid(
            id=table.id,
            label=self.text(table.label.into(self.language)),
            note=self.text(table.note.into(self.language)) if table.note else "",
            heads=tuple(self.head(each) for _, each in columns),
            rows=rows,
            total=cells(table.total) if table.total else (),
            lanes=self._lanes(table, rows) if table.cards else (),
        )

    def _lanes(
        self, table: Table, rows: tuple[tuple[int, tuple[Shown, ...]], ...]
    ) -> tuple[Lane, ...]:
        """Return the columns of a board, in the order in which the rows come to them."""
        at = table.column(table.cards or "")
        kind = table.columns[at].kind
        heads = [self.head(each) for each in table.columns]
        lanes: dict[str, list[tuple[Shown, tuple[tuple[Head, Shown], ...]]]] = {}
        for (_, cells), row in zip(rows, table.rows, strict=True):
            title = next(n for n in range(len(cells)) if n != at)
            told = tuple(
                (heads[n], cell)
                for n, cell in enumerate(cells)
                if n not in (at, title) and cell.known and row[n] is not False
            )
            label = self.text(shown(row[at], kind, self.language))
            lanes.setdefault(label, []).append((cells[title], told))
        return tuple(
            Lane(label, len(cards), tuple(cards[:_CARDS])) for label, cards in lanes.items()
        )


_CARDS = 25  # that a column of a board shows; the table has all


def words_of(figures: Figures, viewer: Viewer) -> tuple[tuple[str, Shown, str], ...]:
    """Return figures as label, value and note."""
    return tuple(
        (
            viewer.text(each.label.into(viewer.language)),
            viewer.cell(each.value, each.kind),
            viewer.text(each.note.into(viewer.language)) if each.note else "",
        )
        for each in figures.figures
    )


def _linked(address: str) -> str | None:
    """Return an address to link to: of the web or of mail, nothing that a browser would run."""
    if redacted(address) != address:
        return None
    return address if address.startswith("mailto:") else page.web(address)


def _depth(row: tuple[Cell, ...], column: int) -> int:
    found = row[column] if column >= 0 else 0
    return min(max(found, 0), 5) if isinstance(found, int) else 0
