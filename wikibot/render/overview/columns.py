"""The tables of an overview as columns of a workbook: headings, widths, cells with their looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from wikibot.language import Language, Text
from wikibot.overviews import Cell, Column, Table
from wikibot.overviews.values import Kind
from wikibot.render.overview.cells import COUNTABLE, exact, known, listed, rounded, shown
from wikibot.visible import visible
from wikibot.workbook import Link, Written, fitting
from wikibot.workbook.placed import Look, Placed, Styled

Address = Callable[[str], str | None]

_CUT = Text("… (coupé : {} caractères)", "… (cut: {} characters)")
_HALVES = ("latitude", "longitude")
_FINE = Decimal("1e-10")  # what 15 digits hold of a share
_LOOKS: dict[Kind, Look] = {"number": "number", "share": "share", "amount": "euro"}
_WIDEST: dict[Kind, int] = {
    **{"text": 46, "words": 40, "page": 46, "pages": 40, "url": 40, "number": 30, "share": 11},
    **{"amount": 30, "date": 14, "moment": 21, "flag": 9, "place": 14},
}
_BESIDE = 4  # the button of a filter, and a margin
_HEADING = 200  # characters


@dataclass(frozen=True)
class Shown:
    """A column of a workbook: `id` is that of the column of the table, twice for a place."""

    id: str
    heading: str
    width: int
    kind: Kind
    cells: tuple[Placed, ...]
    total: Placed


def columns(table: Table, language: Language, address: Address) -> tuple[Shown, ...]:
    """Return the columns of a table, without that of its depth; no two have one heading."""
    depths = table.cells(table.depth) if table.depth else ()
    indents = [each if isinstance(each, int) else 0 for each in depths] or [0] * len(table.rows)
    found: list[Shown] = []
    taken: set[str] = set()
    for place, column in enumerate(table.columns):
        if column.id == table.depth:
            continue
        cells = [row[place] for row in table.rows]
        total = None if table.total is None else table.total[place]
        for half in (0, 1) if column.kind == "place" else (None,):
            heading = _heading(column, half, len(found) + 1, taken, language)
            look = _look(column.kind, (*cells, total))
            tree = indents if not found else [0] * len(cells)
            styled = tuple(
                _styled(_half(cell, half), column.kind, look, language, address, indent=depth)
                for cell, depth in zip(cells, tree, strict=True)
            )
            last = _styled(_half(total, half), column.kind, look, language, address, bold=True)
            width = _width(heading, column.kind, (*styled, last))
            found.append(Shown(column.id, heading, width, column.kind, styled, last))
    return tuple(found)


def single(cell: Cell, kind: Kind, language: Language, address: Address) -> Placed:
    """Return a cell that stands alone, such as a figure."""
    if kind == "place":
        return Styled(text(shown(cell, kind, language), language))
    return _styled(cell, kind, _look(kind, (cell,)), language, address, bold=False)


def text(words: str, language: Language) -> str:
    """Return text as a cell holds it: hidden signs are shown, lines stay lines."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return fitting("\n".join(visible(line) for line in lines), _CUT.into(language))


def one_line(words: str, language: Language) -> str:
    """Return text for a heading, a title or a name: one line, not long."""
    line = text(" ".join(words.split()), language)
    return line if len(line) <= _HEADING else line[: _HEADING - 1] + "…"


def _heading(
    column: Column, half: int | None, number: int, taken: set[str], language: Language
) -> str:
    label = one_line(column.label.into(language), language)
    if half is not None:
        label = f"{label} ({_HALVES[half]})"
    label = label or Text("Colonne {n}", "Column {n}").format(n=number).into(language)
    found, again = label, 1
    while found.casefold() in taken:
        again += 1
        found = f"{label} ({again})"
    taken.add(found.casefold())
    return found


def _half(cell: Cell, half: int | None) -> Cell:
    if half is None or not isinstance(cell, tuple):
        return cell
    return cell[half] if len(cell) == 2 else None


def _look(kind: Kind, cells: Iterable[Cell]) -> Look:
    if kind == "amount":
        whole = all(_cents(cell) % 1 == 0 for cell in cells)
        return "euro" if whole else "cents"
    if kind == "place":
        return "degrees"
    return _LOOKS.get(kind, "text")


def _cents(cell: Cell) -> Decimal:
    found = exact(cell)
    return Decimal(0) if found is None else rounded(found, "amount")


def _styled(
    cell: Cell,
    kind: Kind,
    look: Look,
    language: Language,
    address: Address,
    *,
    indent: int = 0,
    bold: bool = False,
) -> Placed:
    """Return a cell; None where nothing is known."""
    if not known(cell):
        return Styled("", "text", bold) if bold else None
    value: Written
    number = exact(cell)
    if (kind in COUNTABLE or kind == "place") and number is not None:
        value = rounded(number, kind) if kind == "amount" else _fine(number)
    elif isinstance(cell, datetime):
        look, value = "moment", cell.astimezone().replace(tzinfo=None, microsecond=0)
    elif kind == "date" and not isinstance(cell, tuple | str | Text | int | float | Decimal):
        look, value = "date", cell
    elif isinstance(cell, bool):
        value = shown(cell, kind, language)
    else:
        value = _text(cell, kind, language, address)
    return Styled(value, look, bold, indent)


def _fine(number: Decimal) -> Decimal:
    found = number.quantize(_FINE) if abs(number) < 10_000 else number
    return found.normalize() if found else Decimal(0)


def _text(cell: Cell, kind: Kind, language: Language, address: Address) -> Written:
    items = listed(cell, language)
    told = text(("\n" if kind == "pages" else ", ").join(items), language)
    titled = kind == "page" and items and not isinstance(cell, Text)  # words are no title
    where = address(items[0]) if titled else None
    if kind == "url":
        where = items[0]
    return Link(told, where) if where else told


def _width(heading: str, kind: Kind, cells: Iterable[Placed]) -> int:
    widest = max((len(word) for word in heading.split()), default=0)
    if kind in ("share", "place", "date", "moment", "flag"):
        return max(_WIDEST[kind], widest + _BESIDE)
    longest = max((_length(cell) for cell in cells), default=0)
    wanted = max(longest * 6 // 5 + 2, min(len(heading), 20) + _BESIDE, widest + _BESIDE)
    return min(wanted, _WIDEST[kind])


def _length(cell: Placed) -> int:
    value = cell.value if cell else None
    words = value.text if isinstance(value, Link) else value
    indent = 2 * cell.indent if cell else 0
    if isinstance(words, Decimal):
        return len(f"{words:,f}") + _BESIDE
    if not isinstance(words, str):
        return 0
    return indent + max(map(len, words.split("\n")), default=0)


def height(cells: Iterable[tuple[Placed, int]], highest: float = 120.0) -> float:
    """Return how high a row is, in points, from its cells and the widths of their columns."""
    from wikibot.workbook.layout import lines

    most = 1
    for cell, width in cells:
        value = cell.value if cell else None
        words = value.text if isinstance(value, Link) else value
        if isinstance(words, str) and cell is not None:
            most = max(most, lines(words, max(4, width - 2 * cell.indent)))
    return min(15.0 * most, highest)


def row_of(found: Iterable[Shown], number: int) -> tuple[Placed, ...]:
    """Return a row of a table."""
    return tuple(each.cells[number] for each in found)
