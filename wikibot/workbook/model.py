"""What stands in a workbook: cells as they were read, and sheets as they are to be written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from wikibot.language import Text


@dataclass(frozen=True)
class Unclear:
    """A cell whose content nobody can tell: it is neither a value nor empty.

    Such are a formula without its computed value, an error (`#N/A`), a row that ends before
    the column. `why` says which, for a person; `shown` is what the cell shows, "" for nothing.
    """

    why: Text
    shown: str = ""


# Text is NFC, with \n between lines. None is a cell that is there and empty. A number keeps the
# digits that the file holds; a date has a time of day only where the cell has one.
Cell = str | bool | Decimal | date | datetime | time | Unclear | None


@dataclass(frozen=True)
class ReadSheet:
    """One sheet of a file: its rows as they stand, the heading row being one of them.

    Every row has the same number of cells, as many as the widest. `hidden` rows and columns are
    read like others. A text file (.csv) is one sheet, whose name is "".
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden: bool = False


@dataclass(frozen=True)
class Book:
    """A file as it was read; `digest` is the SHA-256 of its bytes, in hexadecimal.

    `notes` say what a person should know of it: it has macros, its encoding was guessed.
    """

    sheets: tuple[ReadSheet, ...]
    digest: str
    notes: tuple[Text, ...] = ()

    def sheet(self, name: str) -> ReadSheet | None:
        """Return the sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


@dataclass(frozen=True)
class Link:
    """A cell to write that shows `text` and opens `address` where that is http:// or https://."""

    text: str
    address: str


@dataclass(frozen=True)
class Column:
    """A column to write. `width` is in characters.

    `choices` become a drop-down; with `strict` nothing else can be typed there. A `locked`
    column cannot be typed into; a `hidden` one is not shown. `note` is a comment on the heading.
    `links` makes cells that begin with http:// or https:// open a browser.
    """

    heading: str
    width: int = 20
    choices: tuple[str, ...] = ()
    strict: bool = False
    locked: bool = False
    hidden: bool = False
    note: str = ""
    links: bool = False


Written = str | int | Decimal | date | time | Link | None


@dataclass(frozen=True)
class WrittenSheet:
    """A sheet to write: the headings, frozen, and the rows below them.

    Text is written as text whatever it looks like; "" and None leave a cell empty. A cell of
    text longer than a workbook can hold is refused before anything is written. `hidden` keeps
    the sheet out of sight; `filtered` puts a filter on the headings. A sheet of which a column is
    locked is protected without a password; `book_bytes` says what programs still allow there.
    `spare` more rows below the last get the drop-downs too and stay open to typing. Rows are as
    high as their text needs, at most `highest` points (15 a line; programs know none above 409).
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Written, ...], ...]
    hidden: bool = False
    filtered: bool = True
    spare: int = 0
    highest: float = 120.0
