"""Writes placed sheets as .xlsx through openpyxl, row by row: every text as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from wikibot.workbook import charts_xlsx, numbers, texts
from wikibot.workbook.layout import BLUE, GREY, letters, plain
from wikibot.workbook.layout import address as web_address
from wikibot.workbook.model import Column, Link, Written
from wikibot.workbook.placed import Area, PlacedSheet, Styled, quoted
from wikibot.workbook.write_xlsx import LONG_AGO, MOST_LINKS, SIGNS, set_up_page

_FORMATS = {
    "number": "#,##0.##########",
    "whole": "#,##0",
    "share": "0.0%",
    "euro": '#,##0\\ "€"',
    "cents": '#,##0.00\\ "€"',
    "degrees": "0.00000",
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
}
INK, NOTE = "333333", "5A5A5A"
SIZES = {"title": 14}
NUMBERS = frozenset(("number", "whole", "share", "euro", "cents", "degrees"))
_PLAIN = Column("")


def parts(sheets: Sequence[PlacedSheet]) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of the archive."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book: Any = Workbook(write_only=True)
    book.properties.creator = "wikibot"
    book.properties.created = book.properties.modified = LONG_AGO
    tables = 0
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet, tables)
        tables += len(sheet.tables)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        ExcelWriter(book, archive).write_data()
    with zipfile.ZipFile(target) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def _write(target: Any, sheet: PlacedSheet, tables: int) -> None:
    for place, width in enumerate(sheet.widths):
        target.column_dimensions[letters(place)].width = width
    set_up_page(target, sheet.still)
    target.sheet_view.showGridLines = False
    if sheet.still:
        target.freeze_panes = f"A{sheet.still + 1}"
    looks = _Looks(target)
    for number, line in enumerate(sheet.lines, 1):
        target.row_dimensions[number].height = line.height
        for place, cell in enumerate(line.cells):
            if cell and cell.across > 1:
                area = Area("", number - 1, place, number - 1, place + cell.across - 1)
                target.merged_cells.add(_area(area))
        target.append(looks.cell(cell) for cell in line.cells)  # written one by one
    for number, area in enumerate(sheet.tables, tables + 1):
        target._tables.add(_table(sheet, area, number))  # `add_table` would look for cells
    for area in sheet.shades:
        target.conditional_formatting.add(_area(area), _shade(sheet.shade))
    for drawing in sheet.drawings:
        target.add_chart(charts_xlsx.chart(drawing))


class _Looks:
    """The cells of a sheet, one for each look: openpyxl writes a cell as soon as it has it."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._cells: dict[tuple[str, bool, int, str], Any] = {}
        self._links = 0

    def cell(self, styled: Styled | None) -> Any:
        content = plain(styled.value) if styled else None
        if styled is None or content is None:
            return None
        to = self._link(styled)
        how = "link" if to is not None else ""
        if isinstance(content, str) and content.startswith(SIGNS):
            how += "quoted"
        look: str = styled.look if styled.look != "number" or _part(content) else "whole"
        found = self._of(look, styled.bold, styled.indent, how)
        _fill(found, content)
        if to is not None:
            found.hyperlink = to
        return found

    def _link(self, styled: Styled) -> Any:
        from openpyxl.worksheet.hyperlink import Hyperlink

        web = web_address(styled.value, _PLAIN) if isinstance(styled.value, Link) else None
        if (web is None and styled.sheet is None) or self._links >= MOST_LINKS:
            return None
        self._links += 1
        if web is not None:
            return web
        return Hyperlink(ref="", location=f"{quoted(styled.sheet or '')}!A1")

    def _of(self, look: str, bold: bool, indent: int, how: str) -> Any:
        from openpyxl.cell import WriteOnlyCell

        key = (look, bold, indent, how)
        if key not in self._cells:
            self._cells[key] = self._new(look, bold, indent, how)
        if not how.startswith("link"):
            return self._cells[key]
        found: Any = WriteOnlyCell(self._sheet)  # a link stays with its cell
        found._style = self._cells[key]._style
        return found

    def _new(self, look: str, bold: bool, indent: int, how: str) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        found: Any = WriteOnlyCell(self._sheet)
        linked = how.startswith("link")
        found.font = Font(
            name="Calibri",
            size=SIZES.get(look, 11),
            bold=bold or look in ("title", "heading", "label"),
            color=BLUE if linked else NOTE if look in ("note", "remark") else INK,
            underline="single" if linked else None,
        )
        found.alignment = Alignment(
            vertical="center" if look == "heading" else "top",
            wrap_text=look in ("text", "heading", "note", "label"),
            horizontal="right" if look in NUMBERS else "left",
            indent=1 if look in NUMBERS else indent,  # a margin to what is beside
        )
        found.number_format = _FORMATS.get(look, "@")
        found.quotePrefix = how.endswith("quoted")
        if look == "heading":
            found.fill = PatternFill("solid", start_color=GREY)
        if bold:
            found.border = Border(top=Side("thin", color=INK))
        return found


def _part(content: Written) -> bool:
    return isinstance(content, Decimal) and content != content.to_integral_value()


def _fill(cell: Any, content: Written) -> None:
    if isinstance(content, str):
        cell._value, cell.data_type = texts.escaped(content), "s"
    elif isinstance(content, bool):
        cell._value, cell.data_type = int(content), "b"
    elif isinstance(content, date | time):
        cell._value, cell.data_type = numbers.serial(content), "n"
    else:
        cell._value, cell.data_type = str(content), "n"


def _table(sheet: PlacedSheet, area: Area, number: int) -> Any:
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

    found: Any = Table(displayName=f"tableau_{number}", name=f"tableau_{number}", ref=_area(area))
    found.autoFilter = AutoFilter(ref=_area(area))
    headings = sheet.lines[area.top].cells[area.left : area.right + 1]
    found.tableColumns = [
        TableColumn(id=place, name=texts.escaped(str(plain(cell.value)) if cell else ""))
        for place, cell in enumerate(headings, 1)
    ]
    found.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    return found


def _shade(colour: str) -> Any:
    from openpyxl.formatting.rule import ColorScaleRule

    scale: Any = ColorScaleRule
    return scale(start_type="min", start_color="FFFFFF", end_type="max", end_color=colour)


def _area(area: Area) -> str:
    return f"{letters(area.left)}{area.top + 1}:{letters(area.right)}{area.bottom + 1}"
