"""Sheets on which cells stand where they are put: what they show, and what is refused."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pytest

from wikibot.errors import InputError
from wikibot.workbook import read_book
from wikibot.workbook.model import Link
from wikibot.workbook.placed import Area, Drawing, Line, PlacedSheet, Series, Styled
from wikibot.workbook.write_placed import placed_bytes

Kind = Literal["xlsx", "ods"]
KINDS: tuple[Kind, ...] = ("xlsx", "ods")
LINES = (
    Line((Styled("L'essentiel", "title", across=3),), 24.0),
    Line(),
    Line((Styled("Nom", "heading"), Styled("Nombre", "heading"), Styled("Jour", "heading"))),
    Line((Styled("=1+1"), Styled(3, "number"), Styled(date(2026, 1, 31), "date"))),
    Line((Styled(Link("Haies", "https://x.example/")), Styled(Decimal("2.5"), "number"), None)),
    Line((Styled("Total", bold=True), Styled(Decimal("5.5"), "number", bold=True))),
)


def sheet(name: str = "L'été", lines: tuple[Line, ...] = LINES, title: str = "T") -> PlacedSheet:
    table = Area(name, 2, 0, 4, 2)
    series = Series(Area(name, 2, 1, 2, 1), Area(name, 3, 1, 4, 1), "0F72B5")
    chart = Drawing(title, "bars", 0, 4, 300, 200, Area(name, 3, 0, 4, 0), (series,))
    return PlacedSheet(name, (30, 12, 12), lines, (table,), (chart,))


@pytest.mark.parametrize("kind", KINDS)
def test_cells_are_read_back_where_they_were_put(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(placed_bytes([sheet()], kind))
    (read,) = read_book(path).sheets
    assert read.name == "L'été"
    assert [row[:2] for row in read.rows[2:]] == [
        ("Nom", "Nombre"),
        ("=1+1", 3),
        ("Haies", Decimal("2.5")),
        ("Total", Decimal("5.5")),
    ]
    assert read.rows[3][2] == date(2026, 1, 31)


def test_merged_titles_links_and_totals_look_as_such() -> None:
    book: Any = openpyxl.load_workbook(io.BytesIO(placed_bytes([sheet()], "xlsx")))
    read = book["L'été"]
    assert [str(each) for each in read.merged_cells.ranges] == ["A1:C1"]
    assert read["A5"].hyperlink.target == "https://x.example/"
    assert (read["A4"].data_type, read["A4"].quotePrefix) == ("s", True)
    assert [read.cell(row, 2).number_format for row in (4, 5)] == ["#,##0", "#,##0.##########"]
    assert read["B6"].font.bold and not read["B5"].font.bold
    assert len(read._charts) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "wrong",
    [
        [sheet("a" * 32)],
        [sheet("a/b")],
        [sheet("A"), sheet("a")],
        [sheet(lines=(*LINES, Line((Styled("x" * 32_768),))))],
        [sheet(lines=(*LINES, Line((Styled("\x1b"),))))],
        [sheet(title="\x00")],
    ],
)
def test_what_no_workbook_can_hold_is_refused(kind: Kind, wrong: list[PlacedSheet]) -> None:
    with pytest.raises(InputError):
        placed_bytes(wrong, kind)
