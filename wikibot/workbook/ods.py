"""Reads .ods as a stream, cell by cell; repeated rows and columns within bounds.

odfdo holds the whole document in memory before any bound could be set to it.
Sources: OpenDocument 1.3 part 3, 6.1.2 and 6.1.3 (white space), 9.1 (tables), 19.385 to 19.389
(values); LibreOffice, which marks errors by `calcext:value-type`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping

from wikibot.language import Text
from wikibot.workbook import numbers, texts
from wikibot.workbook.grid import Grid
from wikibot.workbook.model import Cell, ReadSheet, Unclear
from wikibot.workbook.package import walk
from wikibot.workbook.refusal import Unreadable, damaged, too_large
from wikibot.workbook.xlsx import AN_ERROR, CHOICES, MOST_SHEETS, NO_VALUE

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
_NAMES = {
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
_ERROR = re.compile(r"#[A-Z/0]+[!?]?|Err ?:\d+")
_SPACE, _TAB, _BREAK = "\x01", "\x02", "\x03"  # no XML holds these
# What stands in a paragraph without being of it: notes, the reading aids of Asian scripts.
_ASIDE = frozenset({"office:annotation", "text:note", "text:ruby-text"})
_BODY = "office:spreadsheet"
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_MOST = 1_048_576  # rows, columns, spaces that are counted
_MOST_LINES = 40_000  # of a cell, which holds 32,767 characters


def sheets(archive: zipfile.ZipFile) -> tuple[ReadSheet, ...]:
    """Return the sheets of a workbook in their order, hidden ones too.

    Raises:
        Unreadable: the workbook is damaged, encrypted, too large or means harm.
    """
    if "META-INF/manifest.xml" in archive.namelist():
        walk(archive, "META-INF/manifest.xml", _Manifest())
    found = _Content()
    walk(archive, "content.xml", found)
    if not found.body:
        raise damaged(Text("aucun classeur à l'intérieur", "no workbook inside"))
    return tuple(
        ReadSheet(name, grid.rows(), hidden)
        for name, grid, hidden in found.sheets
        if not (hidden and name == CHOICES)
    )


def encrypted() -> Unreadable:
    """Return the refusal of a file under a password."""
    return Unreadable(
        Text("le fichier est protégé par un mot de passe", "the file is under a password"),
        Text(
            "Enregistrez-en une copie sans mot de passe d'ouverture, et recommencez avec elle.",
            "Save a copy of it without a password to open, and retry with the copy.",
        ),
    )


class _Manifest:
    """Says whether the parts are encrypted."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag.endswith("}encryption-data"):
            raise encrypted()

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


class _Content:
    """The tables of the document, their cells, and which of them are hidden."""

    def __init__(self) -> None:
        self.body = False
        self.sheets: list[tuple[str, Grid, bool]] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._path: list[str] = []
        self._names: dict[str, str] = {}
        self._grid: Grid | None = None
        self._aside = self._spaces = 0
        self._row = self._column = self._rows = 0
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[str] = []
        self._pieces: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = self._name(tag)
        above = self._path[-1] if self._path else ""
        self._path.append(name)
        if self._aside or name in _ASIDE or (name == "table:table" and above != _BODY):
            self._aside += 1
        elif self._pieces is not None:
            self._in_paragraph(name, attributes)
        elif name == "text:p" and above in _CELLS:
            if len(self._paragraphs) > _MOST_LINES:
                raise too_large(Text("une cellule sans fin", "a cell without end"))
            self._pieces = []
        elif name in _CELLS and above == "table:table-row":
            self._cell, self._paragraphs = self._named(attributes), []
        elif name == "table:table-row" and self._grid is not None:
            self._column = 0
            self._rows = _times(self._named(attributes).get("table:number-rows-repeated"))
        elif name == "table:table":
            self._begin_sheet(self._named(attributes))
        else:
            self._around(name, attributes)

    def end(self, tag: str) -> None:
        name = self._path.pop()
        if self._aside:
            self._aside -= 1
        elif self._pieces is not None:
            if name == "text:p":
                self._paragraphs.append(_paragraph("".join(self._pieces)))
                self._pieces = None
        elif name in _CELLS and self._cell is not None:
            self._put(name, self._cell)
            self._cell = None
        elif name == "table:table-row":
            self._row += self._rows
        elif name == "table:table":
            self._grid = None

    def data(self, text: str) -> None:
        if self._pieces is not None and not self._aside:
            self._pieces.append(text)

    def _around(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take what stands around the tables."""
        if name == _BODY:
            self.body = True
        elif name == "style:style":
            self._style = self._named(attributes).get("style:name", "")
        elif name == "style:table-properties" and (
            self._named(attributes).get("table:display") == "false"
        ):
            self._hidden_styles.add(self._style)

    def _begin_sheet(self, attributes: dict[str, str]) -> None:
        if len(self.sheets) >= MOST_SHEETS:
            detail = Text("plus de {n} feuilles", "more than {n} sheets")
            raise too_large(detail.format(n=MOST_SHEETS))
        name = texts.read(attributes.get("table:name", ""))
        hidden = attributes.get("table:style-name") in self._hidden_styles
        self._grid, self._row = Grid(), 0
        self.sheets.append((name if isinstance(name, str) else "", self._grid, hidden))

    def _in_paragraph(self, name: str, attributes: Mapping[str, str]) -> None:
        assert self._pieces is not None
        if name == "text:s":
            self._spaces += (number := _times(self._named(attributes).get("text:c")))
            if self._spaces > _MOST:
                raise too_large(Text("des espaces sans fin", "spaces without end"))
            self._pieces.append(_SPACE * number)
        elif name == "text:tab":
            self._pieces.append(_TAB)
        elif name == "text:line-break":
            self._pieces.append(_BREAK)

    def _put(self, name: str, attributes: dict[str, str]) -> None:
        assert self._grid is not None
        columns = _times(attributes.get("table:number-columns-repeated"))
        if name == "table:covered-table-cell":
            self._grid.merged(self._row, self._column, columns, self._rows)
        else:
            cell = _value(attributes, self._paragraphs)
            self._grid.put(self._row, self._column, cell, columns, self._rows)
        self._column += columns

    def _name(self, tag: str) -> str:
        """Return a name with the prefix that OpenDocument gives it, whatever the file says."""
        if tag not in self._names:
            space, _, name = tag.rpartition("}")
            self._names[tag] = f"{_NAMES.get(space[1:], '?')}:{name}"
        return self._names[tag]

    def _named(self, attributes: Mapping[str, str]) -> dict[str, str]:
        return {self._name(key): value for key, value in attributes.items()}


def _paragraph(text: str) -> str:
    """Return the text of a paragraph: a broken line in it is one space, around it nothing.

    The standard makes one space of any white space; yet LibreOffice writes spaces as they are in
    cells of several lines, and reads them so.
    """
    if "\n" in text or "\r" in text:
        lines = (line.strip(" \t") for line in text.replace("\r", "\n").split("\n"))
        text = " ".join(filter(None, lines))
    return text.replace(_SPACE, " ").replace(_TAB, "\t").replace(_BREAK, "\n")


def _value(attributes: Mapping[str, str], paragraphs: list[str]) -> Cell:
    shown = "\n".join(paragraphs)
    kind = attributes.get("office:value-type") or attributes.get("calcext:value-type")
    computed = "table:formula" in attributes
    if attributes.get("calcext:value-type") == "error" or (computed and _ERROR.fullmatch(shown)):
        return Unclear(AN_ERROR, shown[:60])
    if kind in ("float", "percentage", "currency"):
        return numbers.number(attributes.get("office:value", ""))
    if kind == "date":
        return numbers.iso_moment(attributes.get("office:date-value", ""))
    if kind == "time":
        return numbers.iso_time(attributes.get("office:time-value", ""))
    if kind == "boolean":
        return attributes.get("office:boolean-value") == "true"
    if computed and kind is None and not paragraphs:  # an empty one is the empty text
        return Unclear(NO_VALUE)
    told = attributes.get("office:string-value", "")
    # It counts more than what is shown; but XML makes a space of an end of line in an attribute.
    return texts.read(told if told and told.count("\n") >= shown.count("\n") else shown)


def _times(written: str | None) -> int:
    """Return how often something is repeated, 1 unless said.

    Raises:
        Unreadable: it is no number, or more than any sheet has.
    """
    try:
        found = int(written or "1")
    except ValueError:
        found = 0
    if not 1 <= found <= _MOST:
        raise damaged(Text("une répétition impossible", "an impossible repetition"))
    return found
