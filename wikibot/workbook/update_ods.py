"""Changes cells of an .ods in the XML of its content. Source: OpenDocument 1.3 part 3, 9 and 19."""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from wikibot.language import Text
from wikibot.workbook import texts
from wikibot.workbook.refusal import damaged
from wikibot.workbook.update import HasFormula, Put
from wikibot.workbook.xml import local, parsed, serialised

_PART = "content.xml"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_ROWS, _COLUMNS = f"{_TABLE}number-rows-repeated", f"{_TABLE}number-columns-repeated"


def changed_part(archive: zipfile.ZipFile, sheet: str, puts: Sequence[Put]) -> Mapping[str, bytes]:
    """Return the name and the new content of the part that holds the sheets.

    Raises:
        HasFormula: a cell holds a formula. Unreadable: no such sheet.
    """
    root = parsed(archive.read(_PART))
    table = next(
        (t for t in root.iter(f"{_TABLE}table") if texts.read(t.get(f"{_TABLE}name", "")) == sheet),
        None,
    )
    if table is None:
        raise damaged(Text("la feuille n'y est plus", "the sheet is gone"))
    for put in sorted(puts, key=lambda put: (put.row, put.column)):
        row = _row(table, put.row)
        cell = _cell(row, put.column)
        above = _peek(table, put.row - 1, put.column) if put.row else None
        _put(cell, put, above)
    return {_PART: serialised(root)}


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, those of groups and headings too, none of a table within."""
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif local(child) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(child)


def _times(element: Any, attribute: str) -> int:
    written = element.get(attribute, "1")
    return max(1, int(written)) if written.isdecimal() else 1


def _row(table: Any, number: int) -> Any:
    """Return the element of one row alone, made where it is not there."""
    at, last = 0, None
    for row in _rows(table):
        times = _times(row, _ROWS)
        if number < at + times:
            return _alone(row, number - at, times, _ROWS)
        at, last = at + times, row
    holder = table if last is None else last.getparent()
    place = len(holder) if last is None else holder.index(last) + 1
    for missing in range(number - at + 1):
        made = table.makeelement(f"{_TABLE}table-row")
        holder.insert(place + missing, made)
    return made


def _cells(row: Any) -> Iterator[Any]:
    for cell in row:
        if local(cell) in ("table-cell", "covered-table-cell"):
            yield cell


def _cell(row: Any, number: int) -> Any:
    at = 0
    for cell in _cells(row):
        times = _times(cell, _COLUMNS)
        if number < at + times:
            return _alone(cell, number - at, times, _COLUMNS)
        at += times
    for _ in range(number - at + 1):
        made = row.makeelement(f"{_TABLE}table-cell")
        row.append(made)
    return made


def _peek(table: Any, row_number: int, number: int) -> Any:
    """Return the cell at a place, None where there is none; nothing is changed for it."""
    at = 0
    for row in _rows(table):
        at += _times(row, _ROWS)
        if row_number < at:
            place = 0
            for cell in _cells(row):
                place += _times(cell, _COLUMNS)
                if number < place:
                    return cell
            return None
    return None


def _alone(element: Any, place: int, times: int, attribute: str) -> Any:
    """Return the one at `place` of an element that stands for several, taken out of them."""
    if times == 1:
        return element
    holder, where = element.getparent(), element.getparent().index(element)
    pieces = []
    for number in (place, 1, times - place - 1):
        if number:
            piece = copy.deepcopy(element)
            piece.tail = None
            piece.attrib.pop(attribute, None)
            if number > 1:
                piece.set(attribute, f"{number}")
            pieces.append(piece)
    holder.remove(element)
    for offset, piece in enumerate(pieces):
        holder.insert(where + offset, piece)
    return pieces[1 if place else 0]


def _put(cell: Any, put: Put, above: Any) -> None:
    if cell.get(f"{_TABLE}formula") is not None:
        raise HasFormula(put.row, put.column)
    was_date = "date" in (
        cell.get(f"{_OFFICE}value-type"),
        above.get(f"{_OFFICE}value-type") if above is not None else None,
    )
    for name in list(cell.attrib):
        if name.startswith((_OFFICE, _CALC)):
            del cell.attrib[name]
    for child in [c for c in cell if c.tag == f"{_TEXT}p"]:
        cell.remove(child)
    if put.value is None or put.value == "":
        return
    style = f"{_TABLE}style-name"
    if above is not None and above.get(style) and cell.get(style) is None and put.row > 1:
        cell.set(style, above.get(style))
    if isinstance(put.value, date) and was_date:
        cell.set(f"{_OFFICE}value-type", "date")
        cell.set(f"{_OFFICE}date-value", put.value.isoformat())
        _paragraph(cell, put.value.isoformat())
        return
    written = put.value.isoformat() if isinstance(put.value, date) else put.value
    cell.set(f"{_OFFICE}value-type", "string")
    for line in written.split("\n"):
        _paragraph(cell, line)


def _paragraph(cell: Any, line: str) -> None:
    """Add a line of text: programs take runs of blanks for one, unless they are told."""
    paragraph = cell.makeelement(f"{_TEXT}p")
    cell.append(paragraph)
    last = None
    for piece in re.findall(r"\t| +|[^\t ]+", line):
        if piece == "\t":
            last = paragraph.makeelement(f"{_TEXT}tab")
            paragraph.append(last)
        elif piece.isspace() and (len(piece) > 1 or line.startswith(piece) or line.endswith(piece)):
            last = paragraph.makeelement(f"{_TEXT}s", {f"{_TEXT}c": f"{len(piece)}"})
            paragraph.append(last)
        elif last is None:
            paragraph.text = (paragraph.text or "") + piece
        else:
            last.tail = (last.tail or "") + piece
