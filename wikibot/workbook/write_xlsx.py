"""Writes .xlsx through openpyxl: every text as text, whatever it looks like."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from wikibot.workbook import numbers, texts
from wikibot.workbook.layout import (
    BLUE,
    GREY,
    HIGHEST,
    address,
    choice_place,
    choice_sheet,
    choices,
    height,
    letters,
    lines,
    plain,
)
from wikibot.workbook.model import Column, Written, WrittenSheet
from wikibot.workbook.xlsx import CHOICES

LONG_AGO = datetime(1980, 1, 1)  # nothing in a workbook tells when it was written
MOST_LINKS = 65_000  # of a sheet, in Excel
_A4 = 9
_FORMATS = ((datetime, "dd/mm/yyyy hh:mm:ss"), (date, "dd/mm/yyyy"), (time, "hh:mm:ss"))
# A sign before which Excel needs to be told that a text stays one where a person edits it.
SIGNS = tuple("=+-@＝＋－＠")


def parts(sheets: Sequence[WrittenSheet]) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of the archive."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book: Any = Workbook(write_only=True)
    book.properties.creator = "wikibot"
    book.properties.created = book.properties.modified = LONG_AGO
    lists = choices(sheets)
    for sheet in (*sheets, *([choice_sheet(lists)] if lists else [])):
        _write(book.create_sheet(sheet.name), sheet, lists)
    book.active = next(i for i, sheet in enumerate(sheets) if not sheet.hidden)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        ExcelWriter(book, archive).write_data()
    with zipfile.ZipFile(target) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def _write(target: Any, sheet: WrittenSheet, lists: Sequence[tuple[str, ...]]) -> None:
    target.sheet_state = "hidden" if sheet.hidden else "visible"
    protected = any(column.locked for column in sheet.columns)
    styles = [_Styles(target, column, protected) for column in sheet.columns]
    for place, (column, style) in enumerate(zip(sheet.columns, styles, strict=True)):
        dimension = target.column_dimensions[letters(place)]
        dimension.width, dimension.hidden = column.width, column.hidden
        dimension._style = style.of("text")._style  # that of the empty cells
    target.freeze_panes = "A2"
    set_up_page(target, 1)
    if protected:
        _protect(target)
    headings = [column.heading for column in sheet.columns]
    target.row_dimensions[1].height = height(headings, sheet)
    target.append([style.heading() for style in styles])
    links = 0
    for number, row in enumerate(sheet.rows, 2):
        cells = []
        for value, column, style in zip(row, sheet.columns, styles, strict=True):
            to = address(value, column) if links < MOST_LINKS else None
            links += to is not None
            cells.append(style.cell(value, to))
        target.row_dimensions[number].height = height(row, sheet)
        target.append(cells)
    last = len(sheet.rows) + 1
    if sheet.filtered and sheet.columns:
        target.auto_filter.ref = f"A1:{letters(len(sheet.columns) - 1)}{last}"
    for place, column in enumerate(sheet.columns):
        at = choice_place(column, lists)
        if at and last + sheet.spare > 1:
            area = f"{letters(place)}2:{letters(place)}{last + sheet.spare}"
            target.data_validations.append(_choice(column, at, area))


class _Styles:
    """The cells of one column, one for each look: openpyxl writes a cell as soon as it has it."""

    def __init__(self, sheet: Any, column: Column, protected: bool) -> None:
        self._sheet, self._column, self._protected = sheet, column, protected
        self._cells: dict[str, Any] = {}

    def cell(self, value: Written, link: str | None) -> Any:
        """Return a cell with a value, None for an empty one: its look is the column's."""
        content = plain(value)
        if content is None:
            return None
        if isinstance(content, str):
            look = "quoted" if content.startswith(SIGNS) else "text"
            found = self._new("link") if link else self.of(look)
            found._value, found.data_type = texts.escaped(content), "s"
            if link:
                found.hyperlink = link
        elif isinstance(content, bool):
            found = self.of("number")
            found._value, found.data_type = int(content), "b"
        elif isinstance(content, date | time):
            found = self.of(next(form for kind, form in _FORMATS if isinstance(content, kind)))
            found._value, found.data_type = numbers.serial(content), "n"
        else:
            found = self.of("number")
            found._value, found.data_type = str(content), "n"
        return found

    def heading(self) -> Any:
        """Return the cell of the heading."""
        from openpyxl.comments import Comment
        from openpyxl.styles import Alignment, Font, PatternFill, Protection

        found = self._new("text")
        found._value, found.data_type = texts.escaped(self._column.heading), "s"
        found.font, found.protection = Font(name="Calibri", bold=True), Protection()
        found.fill = PatternFill("solid", start_color=GREY)
        found.alignment = Alignment(vertical="center", wrap_text=True)
        if self._column.note:
            note = Comment(self._column.note, "wikibot")
            note.width = 320
            note.height = min(HIGHEST, 30 + 20 * lines(self._column.note, 45))
            found.comment = note
        return found

    def of(self, look: str) -> Any:
        """Return the cell of a look, to be filled."""
        if look not in self._cells:
            self._cells[look] = self._new(look)
        return self._cells[look]

    def _new(self, look: str) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, Protection

        found: Any = WriteOnlyCell(self._sheet)
        found.alignment = Alignment(vertical="top", wrap_text=True)
        found.font = Font(name="Calibri")
        if look in ("text", "quoted", "link"):
            found.number_format = "@"
            found.quotePrefix = look == "quoted"
        elif look != "number":
            found.number_format = look
        if look == "link":
            found.font = Font(name="Calibri", color=BLUE, underline="single")
        if self._protected and not self._column.locked:
            found.protection = Protection(locked=False)
        return found


def set_up_page(target: Any, still: int) -> None:
    """Make a sheet print well: lying, as wide as a page, its first rows on each of them."""
    if still:
        target.print_title_rows = f"1:{still}"
    target.page_setup.orientation, target.page_setup.paperSize = "landscape", _A4
    target.page_setup.fitToHeight = 0
    target.sheet_properties.pageSetUpPr.fitToPage = True


def _protect(target: Any) -> None:
    """Lock the sheet; what stays allowed is said by False."""
    protection = target.protection
    protection.sheet = True
    protection.sort = protection.autoFilter = False
    protection.insertRows = protection.deleteRows = False
    protection.formatColumns = protection.formatRows = protection.formatCells = False


def _choice(column: Column, at: tuple[str, int], area: str) -> Any:
    from openpyxl.worksheet.datavalidation import DataValidation

    letter, number = at
    found = DataValidation(
        type="list",
        formula1=f"{CHOICES}!${letter}$1:${letter}${number}",
        allow_blank=True,
        showErrorMessage=column.strict,
        errorStyle="stop",
    )
    found.add(area)
    return found
