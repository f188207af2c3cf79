"""Writes placed sheets as a workbook; what no workbook can hold is refused before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from wikibot.workbook import placed_ods, placed_xlsx
from wikibot.workbook.model import Column, Link, WrittenSheet
from wikibot.workbook.placed import PlacedSheet
from wikibot.workbook.write import check_sheets, check_text, zipped


def placed_bytes(sheets: Sequence[PlacedSheet], kind: Literal["xlsx", "ods"]) -> bytes:
    """Return the bytes of a workbook; the same sheets give the same bytes.

    Raises:
        InputError: a text is longer than a cell holds or has a character that no workbook holds,
            a sheet is too large or its name impossible.
    """
    empties = [
        WrittenSheet(
            sheet.name, tuple(Column("") for _ in sheet.widths), (), spare=len(sheet.lines)
        )
        for sheet in sheets
    ]
    check_sheets(empties)
    for sheet, empty in zip(sheets, empties, strict=True):
        for drawing in sheet.drawings:
            check_text(drawing.title, empty, drawing.row + 1, "")
        for number, line in enumerate(sheet.lines, 1):
            for cell in line.cells:
                value = cell.value if cell else None
                content = value.text if isinstance(value, Link) else value
                if isinstance(content, str):
                    check_text(content, empty, number, "")
    parts = placed_xlsx.parts if kind == "xlsx" else placed_ods.parts
    return zipped(parts(sheets))
