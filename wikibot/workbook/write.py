"""Writes sheets as a workbook: what cannot be written whole is refused before anything is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Literal

from wikibot.errors import InputError
from wikibot.language import Text, same
from wikibot.visible import visible
from wikibot.workbook import separated, texts, write_ods, write_xlsx
from wikibot.workbook.layout import plain
from wikibot.workbook.model import Link, Written, WrittenSheet
from wikibot.workbook.xlsx import CHOICES

Kind = Literal["xlsx", "ods", "csv"]

_ROWS, _COLUMNS = 1_048_576, 16_384
_NAME = 31  # characters of a sheet's name
_NOT_IN_NAMES = frozenset("[]:*?/\\\t\n\r")
_TAKEN = (CHOICES, "history")  # our list of choices, and a sheet of Excel's own


def book_bytes(sheets: Sequence[WrittenSheet], kind: Kind) -> bytes:
    r"""Return the bytes of a workbook; the same sheets give the same bytes.

    Read back, each cell is what was written, but that text is then NFC with \n between lines,
    that rows and columns empty to the end are gone, and that a .csv holds text alone. A number
    with more than 15 digits and a day before March 1900 are written as text, for spreadsheet
    programs spoil them.

    What programs make of a sheet with locked columns, without a password: typing into the other
    columns, drop-downs and new rows work. Excel filters too, but sorts a protected range only
    where none of its cells is locked, and deletes only rows without a locked cell; LibreOffice
    7.4 knows no permission to filter or sort. Who lifts the protection can do all of it.
    Drop-downs point to a hidden sheet of choices, so their length does not matter. In a .csv
    hidden sheets, widths, notes, locks and drop-downs are not written.

    Raises:
        InputError: a text is longer than a cell holds or has a character that no workbook
            holds, a sheet is too large or its name impossible, a .csv would need two sheets.
    """
    check_sheets(sheets)
    if kind == "csv":
        return _separated(sheets)
    if not any(not sheet.hidden for sheet in sheets):
        raise _refused(Text("toutes les feuilles sont masquées", "all sheets are hidden"))
    parts = write_xlsx.parts if kind == "xlsx" else write_ods.parts
    return zipped(parts(sheets))


def check_sheets(sheets: Sequence[WrittenSheet]) -> None:
    """Refuse sheets that no workbook can hold.

    Raises:
        InputError: as `book_bytes` does.
    """
    for sheet in sheets:
        _check(sheet)
    names = [sheet.name.casefold() for sheet in sheets]
    if len(set(names)) < len(names):
        raise _refused(Text("deux feuilles ont le même nom", "two sheets have one name"))


def _check(sheet: WrittenSheet) -> None:
    name = sheet.name
    if (
        not 0 < texts.units(name) <= _NAME
        or _NOT_IN_NAMES & set(name)
        or texts.unwritable(name)
        or "'" in name[:1] + name[-1:]
        or name.casefold() in _TAKEN
    ):
        what = Text("« {name} » n'est pas un nom de feuille", "“{name}” is no name of a sheet")
        raise _refused(what.format(name=same(visible(name, 60))))
    if len(sheet.rows) + sheet.spare >= _ROWS or len(sheet.columns) > _COLUMNS:
        what = Text("la feuille « {name} » est trop grande", "the sheet “{name}” is too large")
        raise _refused(what.format(name=same(visible(name, 60))))
    for column in sheet.columns:
        for text in (column.heading, column.note, *column.choices):
            check_text(text, sheet, 1, column.heading)
    for number, row in enumerate(sheet.rows, 2):
        assert len(row) == len(sheet.columns), f"row {number} of {name}"
        for column, cell in zip(sheet.columns, row, strict=True):
            content = cell.text if isinstance(cell, Link) else cell
            if isinstance(content, str):
                check_text(content, sheet, number, column.heading)


def check_text(text: str, sheet: WrittenSheet, row: int, heading: str) -> None:
    """Refuse a text that no cell can hold.

    Raises:
        InputError: it is too long or has a control character.
    """
    if len(text) * 2 > texts.LONGEST and texts.units(text) > texts.LONGEST:
        what = Text(
            "{place} : {n} caractères, et une cellule en contient {most} au plus",
            "{place}: {n} characters, and a cell holds {most} at most",
        ).format(n=texts.units(text), most=texts.LONGEST, place=_place(sheet, row, heading))
        raise _refused(what)
    sign = "\r" if "\r" in text else texts.unwritable(text)
    if sign:
        what = Text(
            "{place} : un caractère de commande ({sign}), qu'aucun classeur ne peut contenir",
            "{place}: a control character ({sign}), which no workbook can hold",
        ).format(sign=texts.code(sign), place=_place(sheet, row, heading))
        raise _refused(what)


def _place(sheet: WrittenSheet, row: int, heading: str) -> Text:
    return Text(
        "feuille « {sheet} », ligne {row}, colonne « {heading} »",
        "sheet “{sheet}”, row {row}, column “{heading}”",
    ).format(sheet=same(visible(sheet.name, 60)), row=row, heading=same(visible(heading, 60)))


def _refused(what: Text) -> InputError:
    message = Text("Classeur non écrit : {what}.", "Workbook not written: {what}.")
    advice = Text(
        "Raccourcissez ou corrigez ce contenu à sa source, ou laissez-le hors du classeur.",
        "Shorten or mend it where it comes from, or leave it out of the workbook.",
    )
    return InputError(message.format(what=what), advice)


def _separated(sheets: Sequence[WrittenSheet]) -> bytes:
    shown = [sheet for sheet in sheets if not sheet.hidden]
    if len(shown) != 1:
        what = Text("un .csv contient une seule feuille", "a .csv holds one sheet only")
        raise _refused(what)
    (sheet,) = shown
    headings = [separated.neutralised(column.heading) for column in sheet.columns]
    return separated.written([headings, *(list(map(_field, row)) for row in sheet.rows)])


def _field(cell: Written) -> str:
    value = plain(cell)
    if value is None:
        return ""
    if isinstance(value, str):
        return separated.neutralised(value)
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, date | time):
        return value.isoformat()
    return format(Decimal(value), "f")


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return an archive without dates; its first part is stored as it is where it must be."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name)  # 1980, the beginning of zip's time
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return target.getvalue()
