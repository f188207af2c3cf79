"""An overview as values, whatever form it is shown in.

An overview has sections, a section has blocks in the order in which they are read: figures, tables
and charts. A chart holds no numbers of its own: it draws columns of a table of its section, so that
no form can show other numbers than another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from wikibot.language import Text

Kind = Literal[
    "text",  # str or Text
    "words",  # tuple of str: terms, tags, names
    "page",  # str: the full title of a page of the wiki
    "pages",  # tuple of str: full titles
    "number",  # int
    "share",  # float from 0 to 1, shown in per cent
    "amount",  # Decimal, in euros
    "date",  # date
    "moment",  # datetime in UTC
    "flag",  # bool: yes or no
    "place",  # (latitude, longitude), in degrees
    "url",  # str: an address, to be linked only where it is http(s) or mailto
]
Cell = (
    str
    | Text
    | int
    | float
    | Decimal
    | bool
    | date
    | datetime
    | tuple[str, ...]
    | tuple[float, float]
    | None
)  # None: nothing is known
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """What stands in a column. `id` is stable and ASCII: the key in JSON, the heading in CSV."""

    id: str
    label: Text
    kind: Kind


@dataclass(frozen=True)
class Table:
    """Rows of cells, a cell a column, in the order in which a person wants to read them.

    `id` is stable, ASCII and the only one of its overview. `total` is a last row that sums up the
    others, not one of them. `depth` is a column id whose numbers (0, 1, …) indent the rows of a
    tree; it is no column to be shown. `note` says what a reader must know to read it right.
    `cards` names the column of the board where each row is a card: forms that can show a board.
    """

    id: str
    label: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    note: Text | None = None
    depth: str | None = None
    cards: str | None = None

    def column(self, column_id: str) -> int:
        """Return the place of a column.

        Raises:
            KeyError: the table has no such column.
        """
        for place, each in enumerate(self.columns):
            if each.id == column_id:
                return place
        raise KeyError(column_id)

    def cells(self, column_id: str) -> tuple[Cell, ...]:
        """Return the cells of a column, without its total.

        Raises:
            KeyError: the table has no such column.
        """
        place = self.column(column_id)
        return tuple(row[place] for row in self.rows)


@dataclass(frozen=True)
class Chart:
    """A drawing of a table of the same section.

    bars: a bar a row, `of` names it, `values` is one column (number, amount or share)
    stacked: the same with several columns, one colour each
    grid: rows (`of`) by columns (`values`), the darker the more; for two fields crossed
    lines: `of` is a date or text in order, a line a column of `values`
    graph: a row is a link between the pages in `of` and `to`, `values` how close they are
    map: `of` names what stands at the place in `values`

    `title` says what is seen; `most` is how many rows are drawn at most (the table has all).
    """

    id: str
    title: Text
    form: Literal["bars", "stacked", "grid", "lines", "graph", "map"]
    table: str
    of: str
    values: tuple[str, ...]
    to: str | None = None
    most: int = 30


@dataclass(frozen=True)
class Figure:
    """One number that matters, with what it counts; `note` says how, where it is not plain."""

    id: str
    label: Text
    value: Cell
    kind: Kind = "number"
    note: Text | None = None


@dataclass(frozen=True)
class Figures:
    """Numbers side by side."""

    id: str
    figures: tuple[Figure, ...]


Block = Figures | Table | Chart


@dataclass(frozen=True)
class Section:
    """One matter. `id` is stable and ASCII; `intro` one or two sentences for a newcomer.

    What is `folded` is read by few: a page shows it when it is asked for.
    """

    id: str
    heading: Text
    blocks: tuple[Block, ...]
    intro: Text | None = None
    folded: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return its tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Return its charts, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Chart))

    def table(self, table_id: str) -> Table:
        """Return one of its tables.

        Raises:
            KeyError: it has no such table.
        """
        for table in self.tables:
            if table.id == table_id:
                return table
        raise KeyError(table_id)


@dataclass(frozen=True)
class Overview:
    """What a wiki held at the moment `as_of` (UTC). `wiki` is its name, `place` where it is."""

    heading: Text
    wiki: Text
    place: str
    as_of: datetime
    sections: tuple[Section, ...]
