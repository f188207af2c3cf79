"""Reads and writes .csv, .tsv and .txt: one sheet, in which every cell is text.

What a program would take for a formula is written with an apostrophe before it, which is taken
off again when it is read. Sources: RFC 4180; OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from wikibot.language import Text
from wikibot.workbook import texts
from wikibot.workbook.grid import MOST_CELLS
from wikibot.workbook.model import Cell, Unclear
from wikibot.workbook.refusal import Unreadable, damaged, too_large

_LONGEST = 131_072  # characters of a cell; a longer one is a quotation mark left open
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LOOKED_AT = 4_096  # bytes, to tell UTF-16 that does not say so
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_MOST_COLUMNS = 16_384
_TRIED = 200  # rows
_NONE = (0, 0)
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_ENDS_EARLY = Unclear(
    Text("la ligne s'arrête avant cette colonne", "the row ends before this column")
)


def rows(data: bytes, tabbed: bool) -> tuple[tuple[tuple[Cell, ...], ...], str]:
    """Return the rows of a file, and the encoding where it had to be guessed, else "".

    With `tabbed` a tab in the headings separates, whatever else stands there. A row that is
    longer than the headings is refused: its cells may stand one column further than they
    should, and nobody could tell.

    Raises:
        Unreadable: no text, a quotation mark left open, a row longer than the headings.
    """
    text, guessed = _decoded(data)
    separator, text = _separator(text, tabbed)
    found: list[tuple[int, list[str]]] = []
    number = width = 0
    for line, cells in _records(text, separator):
        found.append((line, cells))
        number += len(cells)
        width = width or len(_without_end(cells))
        if max(number, len(found) * width) > MOST_CELLS:
            raise too_large(
                Text("plus de {n} cellules", "more than {n} cells").format(n=MOST_CELLS)
            )
    while found and not any(found[-1][1]):
        found.pop()
    return tuple(_row(line, cells, width) for line, cells in found), guessed


def neutralised(text: str) -> str:
    """Return text that no program takes for a formula, with an apostrophe where it must be."""
    return f"'{text}" if _FORMULA.match(text) else text


def written(lines: Iterable[Sequence[str]]) -> bytes:
    """Return the bytes of a file: UTF-8 with its mark, `;`, CRLF, every cell between quotes."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
    return _BOMS[0][0] + target.getvalue().encode("utf-8")


def _row(line: int, cells: list[str], width: int) -> tuple[Cell, ...]:
    if not any(cells):
        return (None,) * width
    if any(cells[width:]):
        message = Text(
            "la ligne {line} a plus de cellules que la première ({n} et {width})",
            "line {line} has more cells than the first one ({n} and {width})",
        )
        advice = Text(
            "Mettez entre guillemets la cellule de cette ligne qui contient le séparateur, ou "
            "donnez un titre à chaque colonne.",
            "Put the cell of this line that holds the separator between quotation marks, or give "
            "each column a heading.",
        )
        raise Unreadable(message.format(line=line, n=len(cells), width=width), advice)
    found: list[Cell] = [_read(cell) for cell in cells[:width]]
    return (*found, *(_ENDS_EARLY for _ in range(width - len(found))))


def _read(cell: str) -> Cell:
    if cell.startswith("'") and _FORMULA.match(cell):
        cell = cell[1:]
    return texts.read(cell)


def _without_end(cells: list[str]) -> list[str]:
    """Return a row without the empty ones that a spreadsheet program adds at the end."""
    last = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:last]


def _records(text: str, separator: str) -> Iterable[tuple[int, list[str]]]:
    """Yield the rows with the number of the line on which each begins, from 1."""
    reader = csv.reader(_lines(text, separator), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(len(cell) > _LONGEST for cell in cells):
                raise csv.Error
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        detail = Text(
            "ligne {line} : un guillemet n'est pas à sa place ou n'est pas refermé",
            "line {line}: a quotation mark is out of place or left open",
        )
        raise damaged(detail.format(line=line)) from error


def _lines(text: str, separator: str) -> Iterable[str]:
    """Yield the lines with their ends; far too many cells in one are like a mark left open."""
    for found in _LINE.finditer(text):
        if found[0].count(separator) > _MOST_COLUMNS:
            raise csv.Error
        if found[0]:
            yield found[0]


def _separator(text: str, tabbed: bool) -> tuple[str, str]:
    """Return what separates the cells, and the text without a line that says so (`sep=;`)."""
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r'"?sep=([;,\t|])"?', first.rstrip("\r"), re.IGNORECASE)
    if told:
        return told[1], rest
    if tabbed and _evidence(text, "\t") > _NONE:
        return "\t", text
    best, most = ";", _NONE
    for candidate in ";\t,":
        found = _evidence(text, candidate)
        if found > most:
            best, most = candidate, found
    return best, text


def _evidence(text: str, separator: str) -> tuple[int, int]:
    """Return how much speaks for a separator: rows as wide as the headings, then that width."""
    widths: list[int] = []
    try:
        for _, cells in _records(text, separator):
            if any(cells):
                widths.append(len(cells))
            if len(widths) == _TRIED:
                break
    except Unreadable:
        pass  # it may be the wrong separator; the right one says what is wrong
    if not widths or widths[0] == 1:
        return _NONE
    return sum(width == widths[0] for width in widths), widths[0]


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data[len(mark) :], encoding), ""
    head = data[:_LOOKED_AT]
    if b"\0" in head:  # UTF-16 that does not say so, or no text
        encoding = "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
        return _checked(data, encoding), "UTF-16"
    try:
        return _checked(data, "utf-8"), ""
    except Unreadable:
        lost = data.decode("utf-8", "replace")
        if lost.count("\ufffd") * 2 < sum(sign > "\x7f" for sign in lost):
            raise  # most of it is UTF-8: Windows-1252 would make nonsense of every accent
    return _checked(data, "cp1252"), "Windows-1252"


def _checked(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        detail = Text(
            "l'octet {n} n'est pas du texte ({encoding})", "byte {n} is no text ({encoding})"
        )
        raise damaged(detail.format(n=error.start + 1, encoding=encoding.upper())) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        detail = Text("ligne {n} : ce n'est pas du texte", "line {n}: this is no text")
        raise damaged(detail.format(n=line))
    return text


def updated(data: bytes, cells: Mapping[tuple[int, int], str], tabbed: bool) -> bytes:
    """Return a file with some cells changed; its encoding and what separates cells stay.

    Raises:
        Unreadable: no text, or a character that its encoding does not have.
    """
    mark = next((m for m, _ in _BOMS if data.startswith(m)), b"")
    text, guessed = _decoded(data)
    encoding = dict(_BOMS).get(mark) or {"Windows-1252": "cp1252"}.get(guessed, "utf-8")
    if guessed == "UTF-16":
        encoding, mark = "utf-16-le", _BOMS[1][0]
    separator, body = _separator(text, tabbed)
    told = text[: len(text) - len(body)]
    found = [row for _, row in _records(body, separator)]
    for (row, column), value in cells.items():
        while len(found) <= row:
            found.append([])
        found[row] += [""] * (column + 1 - len(found[row]))
        found[row][column] = neutralised(value)
    end = "\r\n" if "\r\n" in body else "\n"
    target = io.StringIO(newline="")
    everywhere: Literal[0, 1] = csv.QUOTE_ALL if body.startswith('"') else csv.QUOTE_MINIMAL
    csv.writer(target, delimiter=separator, quoting=everywhere, lineterminator=end).writerows(found)
    try:
        return mark + (told + target.getvalue()).encode(encoding)
    except UnicodeEncodeError as error:
        detail = Text(
            "son codage, {encoding}, n'a pas le signe « {sign} »",
            "its encoding, {encoding}, has no “{sign}”",
        )
        sign = error.object[error.start]
        raise damaged(detail.format(encoding=encoding.upper(), sign=sign)) from error
