"""Reads .xlsx and .xlsm, cell by cell as the file has them; macros are never so much as opened.

openpyxl serves for writing only. Read by it, a formula without a value is an empty cell, an
escape (`_x000D_`) is text, whole numbers lose digits, and a sheet is as large as it pretends.
Source: ECMA-376 part 1, 18.2 to 18.4 and 18.8; both its transitional and its strict names.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Mapping, Sized

from wikibot.language import Text
from wikibot.workbook import numbers, texts
from wikibot.workbook.grid import MOST_CELLS, Area, Grid
from wikibot.workbook.model import Cell, ReadSheet, Unclear
from wikibot.workbook.package import local, walk
from wikibot.workbook.refusal import damaged, too_large

MOST_SHEETS = 200
# The sheet that holds the choices of drop-downs in what we write; it is no sheet of a book.
CHOICES = "wikibot_choix"
MACROS = "xl/vbaProject.bin"
NO_VALUE = Text(
    "la formule n'a pas de résultat enregistré : ouvrez et enregistrez le fichier dans un tableur",
    "the formula has no saved result: open and save the file in a spreadsheet program",
)
AN_ERROR = Text("la cellule affiche une erreur", "the cell shows an error")
_NO_BOOK = Text("aucun classeur à l'intérieur", "no workbook inside")
_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})")
_MOST_ENTRIES = 100_000  # of styles, merged areas and the like
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def sheets(archive: zipfile.ZipFile) -> tuple[ReadSheet, ...]:
    """Return the sheets of a workbook in their order, hidden ones too.

    Raises:
        Unreadable: the workbook is damaged, too large or means harm.
    """
    book_part = _workbook_part(archive)
    book, parts = _Book(), _relations(archive, book_part)
    walk(archive, book_part, book)
    if not book.sheets:  # a text or slides have the same outside
        raise damaged(_NO_BOOK)
    kinds = _Kinds()
    strings = _Strings()
    for kind, part in parts.values():
        if kind == "styles":
            walk(archive, part, kinds)
        elif kind == "sharedStrings":
            walk(archive, part, strings)
    found = []
    for name, identifier, hidden in book.sheets:
        kind, part = parts.get(identifier, ("", ""))
        if kind == "worksheet" and not (hidden and name == CHOICES):
            cells = _Cells(book, strings.found, kinds.found)
            walk(archive, part, cells)
            cells.grid.merge(cells.merged)
            found.append(ReadSheet(name, cells.grid.rows(), hidden))
    return tuple(found)


def _workbook_part(archive: zipfile.ZipFile) -> str:
    for kind, part in _relations(archive, "").values():
        if kind == "officeDocument":
            return part
    raise damaged(_NO_BOOK)


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return kind and name of the parts that a part refers to; those outside are left out."""
    folder, name = posixpath.split(part)
    found = _Relations(folder)
    walk(archive, posixpath.join(folder, "_rels", f"{name}.rels"), found)
    return found.found


class _Relations:
    """Relationships of a part."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        path = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.found[attributes.get("Id", "")] = (kind, path)
        _bound(self.found)

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


class _Book:
    """Names of the sheets, the epoch of dates, and whether results of formulas are stale.

    Libraries that do not compute write a 0 for a result, and ask to be computed when opened.
    """

    def __init__(self) -> None:
        self.from_1904 = self.stale = False
        self.sheets: list[tuple[str, str, bool]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")
        elif name == "calcPr":
            self.stale = attributes.get("fullCalcOnLoad") in ("1", "true")
        elif name == "sheet":
            by_name = {local(key): value for key, value in attributes.items()}
            _bound(self.sheets, MOST_SHEETS)
            hidden = by_name.get("state", "visible") != "visible"
            title = texts.read(by_name.get("name", ""))
            self.sheets.append(
                (title if isinstance(title, str) else "", by_name.get("id", ""), hidden)
            )

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


class _Kinds:
    """What a number is under each of the styles."""

    def __init__(self) -> None:
        self.found: list[numbers.Kind] = []
        self._codes: dict[int, str] = {}
        self._of_cells = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "numFmt":
            identifier = _whole(attributes.get("numFmtId"))
            self._codes[identifier] = attributes.get("formatCode", "")
            _bound(self._codes)
        elif name == "cellXfs":
            self._of_cells = True
        elif name == "xf" and self._of_cells:
            identifier = _whole(attributes.get("numFmtId"))
            self.found.append(numbers.kind_of_format(identifier, self._codes.get(identifier)))
            _bound(self.found)

    def end(self, tag: str) -> None:
        if local(tag) == "cellXfs":
            self._of_cells = False

    def data(self, text: str) -> None:
        pass


class _Strings:
    """The table of texts that cells refer to; without the reading aids of Asian scripts."""

    def __init__(self) -> None:
        self.found: list[str | Unclear | None] = []
        self._pieces: list[str] = []
        self._taking = self._aid = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "si":
            self._pieces = []
        elif name == "rPh":
            self._aid = True
        self._taking = name == "t" and not self._aid

    def end(self, tag: str) -> None:
        name = local(tag)
        self._taking = False
        if name == "rPh":
            self._aid = False
        elif name == "si":
            self.found.append(texts.read(texts.unescaped("".join(self._pieces))))
            _bound(self.found, MOST_CELLS)

    def data(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)


class _Cells:
    """The cells of a sheet."""

    def __init__(
        self, book: _Book, strings: list[str | Unclear | None], kinds: list[numbers.Kind]
    ) -> None:
        self.grid = Grid()
        self.merged: list[Area] = []
        self._book, self._strings, self._kinds = book, strings, kinds
        self._row = self._column = -1
        self._attributes: Mapping[str, str] | None = None
        self._pieces: list[str] = []
        self._taking = self._aid = self._valued = self._computed = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name == "c":
            self._attributes = attributes
            self._pieces, self._computed, self._valued = [], False, False
            self._column += 1
            if "r" in attributes:
                self._row, self._column = _place(attributes["r"])
        elif name in ("v", "t") and self._attributes is not None:
            self._taking = not self._aid
            self._valued = True
        elif name == "f" and self._attributes is not None:
            self._computed = True
        elif name == "rPh":
            self._aid = True
        elif name == "row":
            self._column = -1
            self._row = _whole(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            if not 0 <= self._row < _LAST_ROW:
                raise damaged(Text("une ligne impossible", "an impossible row"))
        elif name == "mergeCell":
            first, _, last = attributes.get("ref", "").partition(":")
            self.merged.append((*_place(first), *_place(last or first)))
            _bound(self.merged)

    def end(self, tag: str) -> None:
        name = local(tag)
        if name in ("v", "t"):
            self._taking = False
        elif name == "rPh":
            self._aid = False
        elif name == "c" and self._attributes is not None:
            self.grid.put(self._row, self._column, self._cell(self._attributes))
            self._attributes = None

    def data(self, text: str) -> None:
        if self._taking:
            self._pieces.append(text)

    def _cell(self, attributes: Mapping[str, str]) -> Cell:
        kind, written = attributes.get("t", "n"), "".join(self._pieces)
        if self._computed and (
            self._book.stale or not (written or (kind == "str" and self._valued))
        ):
            return Unclear(NO_VALUE)
        if kind in ("str", "inlineStr"):
            return texts.read(texts.unescaped(written))
        if not written:
            return None
        if kind == "s":
            index = _whole(written)
            if not 0 <= index < len(self._strings):
                raise damaged(Text("un texte manque", "a text is missing"))
            return self._strings[index]
        if kind == "e":
            return Unclear(AN_ERROR, written[:60])
        if kind == "b":
            return written.strip() in ("1", "true")
        if kind == "d":
            return numbers.iso_moment(written)
        style = _whole(attributes.get("s"))
        shown = self._kinds[style] if 0 <= style < len(self._kinds) else "number"
        if shown == "number":
            return numbers.number(written)
        return numbers.moment(written, shown, self._book.from_1904)


def _place(written: str) -> tuple[int, int]:
    """Return row and column of a place such as B7, from 0.

    Raises:
        Unreadable: there is no such place.
    """
    found = _PLACE.fullmatch(written.replace("$", ""))
    column = 0
    for letter in found[1].upper() if found else "":
        column = 26 * column + ord(letter) - 64
    row = int(found[2]) if found else 0
    if not (1 <= row <= _LAST_ROW and 1 <= column <= _LAST_COLUMN):
        raise damaged(Text("une cellule sans place", "a cell without a place"))
    return row - 1, column - 1


def _bound(found: Sized, most: int = _MOST_ENTRIES) -> None:
    if len(found) > most:
        raise too_large(Text("une liste sans fin", "a list without end"))


def _whole(written: str | None) -> int:
    """Return a whole number, 0 for none.

    Raises:
        Unreadable: it is no number.
    """
    try:
        return int(written or "0")
    except ValueError as error:
        raise damaged(Text("un nombre illisible", "an odd number")) from error
