"""Cells gathered at their places into rows of one width, within bounds."""

from __future__ import annotations

from collections.abc import Iterable

from wikibot.language import Text
from wikibot.workbook.model import Cell, Unclear
from wikibot.workbook.refusal import too_large

MOST_CELLS = 1_000_000  # of a sheet, empty ones within its bounds included
_MERGED = Unclear(
    Text(
        "la cellule est fusionnée avec une autre, qui cache son contenu",
        "the cell is merged with another one, which hides its content",
    )
)

Area = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0


class Grid:
    """The cells of one sheet; rows and columns count from 0, an empty cell takes no place."""

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, Cell]] = {}
        self._width = self._height = 0

    def put(self, row: int, column: int, cell: Cell, columns: int = 1, rows: int = 1) -> None:
        """Put a cell at a place, and over `columns` and `rows` from there.

        Raises:
            Unreadable: the sheet would become too large.
        """
        if cell is None:
            return
        self._width = max(self._width, column + columns)
        self._height = max(self._height, row + rows)
        if self._width * self._height > MOST_CELLS:
            detail = Text(
                "{rows} lignes sur {columns} colonnes", "{rows} rows by {columns} columns"
            )
            raise too_large(detail.format(rows=self._height, columns=self._width))
        for each in range(row, row + rows):
            cells = self._rows.setdefault(each, {})
            for place in range(column, column + columns):
                cells[place] = cell

    def merge(self, areas: Iterable[Area]) -> None:
        """Make the cells of merged areas unclear, but for the first of each.

        Raises:
            Unreadable: the areas lie one over the other.
        """
        left = self._width * self._height
        for top, first, lowest, rightmost in areas:
            bottom, last = min(lowest, self._height - 1), min(rightmost, self._width - 1)
            if bottom < top or last < first:
                continue
            left -= (bottom - top + 1) * (last - first + 1)
            if left < 0:
                detail = Text("trop de cellules fusionnées", "too many merged cells")
                raise too_large(detail)
            for row in range(top, bottom + 1):
                cells = self._rows.setdefault(row, {})
                for column in range(first, last + 1):
                    if (row, column) != (top, first):
                        cells[column] = _MERGED

    def merged(self, row: int, column: int, columns: int, rows: int) -> None:
        """Put cells that a merged one covers."""
        self.put(row, column, _MERGED, columns, rows)

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the rows, each as wide as the widest, without the empty ones at the end."""
        empty: tuple[Cell, ...] = (None,) * self._width
        found = []
        for number in range(self._height):
            cells = self._rows.get(number)
            if cells is None:
                found.append(empty)
            else:
                found.append(tuple(map(cells.get, range(self._width))))
        return tuple(found)
