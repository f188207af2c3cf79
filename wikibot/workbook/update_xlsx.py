"""Changes cells of an .xlsx in the XML of their sheet. Source: ECMA-376 part 1, 18.3."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from wikibot.language import Text
from wikibot.workbook import numbers, texts
from wikibot.workbook.refusal import damaged
from wikibot.workbook.update import HasFormula, Put, letters
from wikibot.workbook.xml import local, parsed, serialised

_EPOCH = datetime(1899, 12, 30)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def changed_part(archive: zipfile.ZipFile, sheet: str, puts: Sequence[Put]) -> Mapping[str, bytes]:
    """Return the name and the new content of the part that holds the sheet.

    Raises:
        HasFormula: a cell holds a formula. Unreadable: no such sheet.
    """
    part, styles, from_1904 = _places(archive, sheet)
    root = parsed(archive.read(part))
    dates = _date_styles(archive, styles) if not from_1904 else frozenset()
    data = next((child for child in root if local(child) == "sheetData"), None)
    if data is None:
        raise damaged(Text("une feuille sans cellules", "a sheet without cells"))
    for extent in [child for child in root if local(child) == "dimension"]:
        root.remove(extent)  # optional, and no longer true
    rows = _rows(data)
    for put in sorted(puts, key=lambda put: (put.row, put.column)):
        row = rows.get(put.row)
        if row is None:
            if put.value is None:
                continue
            row = rows[put.row] = _new_row(data, rows, put.row)
        _put(row, put, rows.get(put.row - 1), dates)
    return {part: serialised(root)}


def _places(archive: zipfile.ZipFile, sheet: str) -> tuple[str, str | None, bool]:
    """Return the part of a sheet, that of the styles, and whether days count from 1904."""
    book = _target(archive, "", "officeDocument", None)
    if book is None:
        raise damaged(Text("aucun classeur à l'intérieur", "no workbook inside"))
    root = parsed(archive.read(book))
    identifier, from_1904 = None, False
    for element in root.iter():
        if local(element) == "workbookPr":
            from_1904 = element.get("date1904") in ("1", "true")
        elif local(element) == "sheet":
            name = texts.read(texts.unescaped(element.get("name", "")))
            if name == sheet:
                by_name = {key.rpartition("}")[2]: value for key, value in element.items()}
                identifier = by_name.get("id")
    part = _target(archive, book, "worksheet", identifier) if identifier else None
    if part is None:
        raise damaged(Text("la feuille n'y est plus", "the sheet is gone"))
    return part, _target(archive, book, "styles", None), from_1904


def _target(archive: zipfile.ZipFile, part: str, kind: str, identifier: str | None) -> str | None:
    folder, name = posixpath.split(part)
    relations = parsed(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    for element in relations:
        right = identifier is None or element.get("Id") == identifier
        if right and element.get("Type", "").rpartition("/")[2] == kind:
            path = posixpath.join("/", folder, element.get("Target", ""))
            return posixpath.normpath(path).lstrip("/")
    return None


def _date_styles(archive: zipfile.ZipFile, part: str | None) -> frozenset[str]:
    """Return the numbers of the styles under which a number is a date."""
    if part is None:
        return frozenset()
    codes: dict[int, str] = {}
    found = []
    root = parsed(archive.read(part))
    for element in root.iter():
        if local(element) == "numFmt":
            codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
    for styles in (child for child in root if local(child) == "cellXfs"):
        for place, style in enumerate(styles):
            number = int(style.get("numFmtId", "0"))
            if numbers.kind_of_format(number, codes.get(number)) == "date":
                found.append(f"{place}")
    return frozenset(found)


def _rows(data: Any) -> dict[int, Any]:
    found, number = {}, -1
    for row in data:
        if local(row) == "row":
            number = int(row.get("r")) - 1 if row.get("r") else number + 1
            found[number] = row
    return found


def _new_row(data: Any, rows: Mapping[int, Any], number: int) -> Any:
    row = data.makeelement(f"{{{_space(data)}}}row", {"r": f"{number + 1}"})
    before = max((n for n in rows if n < number), default=None)
    place = 0 if before is None else data.index(rows[before]) + 1
    data.insert(place, row)
    return row


def _put(row: Any, put: Put, above: Any, dates: frozenset[str]) -> None:
    cell = _cell(row, put.column)
    if cell is None:
        if put.value is None:
            return
        cell = _new_cell(row, put, _cell(above, put.column) if above is not None else None)
    if any(local(child) == "f" for child in cell):
        raise HasFormula(put.row, put.column)
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if put.value is None or put.value == "":
        return
    space = _space(row)
    if isinstance(put.value, date) and cell.get("s") in dates:
        cell.append(
            _leaf(row, space, "v", f"{(datetime(*put.value.timetuple()[:3]) - _EPOCH).days}")
        )
        return
    written = put.value.isoformat() if isinstance(put.value, date) else put.value
    cell.set("t", "inlineStr")
    holder = row.makeelement(f"{{{space}}}is")
    text = _leaf(row, space, "t", texts.escaped(written))
    text.set(_SPACE, "preserve")
    holder.append(text)
    cell.append(holder)


def _cell(row: Any, column: int) -> Any:
    place = -1
    for cell in row:
        if local(cell) != "c":
            continue
        place = _column(cell.get("r")) if cell.get("r") else place + 1
        if place == column:
            return cell
    return None


def _new_cell(row: Any, put: Put, above: Any) -> Any:
    cell = row.makeelement(f"{{{_space(row)}}}c", {"r": f"{letters(put.column)}{put.row + 1}"})
    if above is not None and above.get("s"):
        cell.set("s", above.get("s"))
    place, where = -1, 0
    for number, other in enumerate(row):
        if local(other) == "c":
            place = _column(other.get("r")) if other.get("r") else place + 1
            if place < put.column:
                where = number + 1
    row.insert(where, cell)
    return cell


def _column(name: str) -> int:
    number = 0
    for sign in name:
        if sign.isalpha():
            number = number * 26 + ord(sign.upper()) - ord("A") + 1
    return number - 1


def _leaf(of: Any, space: str, name: str, text: str) -> Any:
    leaf = of.makeelement(f"{{{space}}}{name}")
    leaf.text = text
    return leaf


def _space(element: Any) -> str:
    return str(element.tag)[1:].partition("}")[0]
