"""Collections of invented pages, by the small mapping of this folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import wikibot
from wikibot.language import Text
from wikibot.overviews import Collection, Member, Section
from wikibot.overviews.values import Chart, Figure, Figures, Table

HERE = Path(__file__).parent
MAPPING = wikibot.load_mapping(HERE / "mapping")
MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


def member(
    title: str,
    page_type: str = "commun",
    index: int = 0,
    also_filled: Iterable[str] = (),
    edited: datetime = MORNING,
    **values: Any,
) -> Member:
    """Return a member whose fields hold these values: texts, or lists of them."""
    told = {
        name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()
    }
    filled = frozenset((*told, *also_filled))
    return Member(title, hash(title) % 10**9, 1, page_type, index, edited, told, filled)


def kept(**values: Any) -> dict[str, Any]:
    """Return the values that are any."""
    return {name: value for name, value in values.items() if value}


def collection(*members: Member, **more: Any) -> Collection:
    """Return what a wiki of these members holds."""
    return Collection(
        mapping=more.pop("mapping", MAPPING),
        place="pages/",
        as_of=MORNING,
        today=MORNING.date(),
        members=tuple(members),
        **more,
    )


def french(cell: object) -> Any:
    """Return a cell, a text in French."""
    return cell.fr if isinstance(cell, Text) else cell


def rows(table: Table, *columns: str) -> list[Any]:
    """Return some columns of a table, texts in French."""
    places = [table.column(column) for column in columns]
    return [tuple(french(row[place]) for place in places) for row in table.rows]


def numbers(table: Table, name: str = "value", number: str = "pages") -> dict[Any, Any]:
    """Return what a table counts, by the French name of each row."""
    return {french(row[table.column(name)]): row[table.column(number)] for row in table.rows}


def figures(section: Section) -> Mapping[str, Any]:
    """Return the values of all figures of a section."""
    return {figure.id: figure.value for figure in all_figures(section)}


def all_figures(section: Section) -> list[Figure]:
    """Return all figures of a section."""
    return [f for block in section.blocks if isinstance(block, Figures) for f in block.figures]


def well_made(section: Section) -> None:
    """Assert what holds of every section, whatever it is about."""
    tables = {table.id: table for table in section.tables}
    ids = [block.id for block in section.blocks]
    assert len(set(ids)) == len(ids)
    for block in section.blocks:
        assert block.id.isascii()
        if isinstance(block, Table):
            names = [column.id for column in block.columns]
            assert len(set(names)) == len(names)
            assert all(name.isascii() and name for name in names)
            assert all(len(row) == len(names) for row in block.rows)
            assert block.total is None or len(block.total) == len(names)
            shares = [
                cell
                for column in block.columns
                if column.kind == "share"
                for cell in block.cells(column.id)
                if cell is not None
            ]
            assert all(isinstance(share, int | float) and 0 <= share <= 1 for share in shares)
        elif isinstance(block, Chart):
            drawn = tables[block.table]
            for column in (block.of, *block.values):
                drawn.column(column)
