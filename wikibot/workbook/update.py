"""Changes single cells of a workbook that people keep: everything else stays as it is.

The file is not written anew from what was understood of it: charts, formats, notes, other sheets
and whatever else it has are copied as they stand. A cell with a formula is never written.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wikibot.errors import InputError
from wikibot.language import Text, same
from wikibot.workbook import separated, texts
from wikibot.workbook.package import opened


@dataclass(frozen=True)
class Put:
    """What one cell is to hold: row and column count from 0, None empties it.

    A day becomes a date where the cell, or the one above it, is shown as one; else it is text.
    """

    row: int
    column: int
    value: str | date | None


class HasFormula(InputError):
    """A cell to be written holds a formula, which is a person's own work."""

    exit_code = 3

    def __init__(self, row: int, column: int) -> None:
        """Name the cell as spreadsheet programs do."""
        name = same(f"{letters(column)}{row + 1}")
        message = Text(
            "La cellule {name} contient une formule : elle n'est pas remplacée.",
            "The cell {name} holds a formula: it is not replaced.",
        )
        super().__init__(message.format(name=name))
        self.row = row


def updated_bytes(data: bytes, sheet: str, puts: Sequence[Put], *, tabbed: bool = False) -> bytes:
    """Return a workbook's bytes with some cells of one sheet changed, and nothing else.

    `data` was read by `read_book` before; `sheet` is the name that it gave ("" for text files).

    Raises:
        HasFormula: a cell holds a formula. InputError: a text that no cell can hold.
        Unreadable: the workbook is not what it was taken for.
    """
    for put in puts:
        if isinstance(put.value, str):
            check_text(put.value)
    if not data.startswith(b"PK"):
        return separated.updated(data, {(p.row, p.column): _plain(p.value) for p in puts}, tabbed)
    with opened(data) as archive:
        if "[Content_Types].xml" in archive.namelist():
            from wikibot.workbook.update_xlsx import changed_part
        else:
            from wikibot.workbook.update_ods import changed_part
        return _with(archive, changed_part(archive, sheet, puts))


def letters(column: int) -> str:
    """Return the name of a column: A for 0, AA for 26."""
    name = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def _plain(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def check_text(text: str) -> None:
    """Check that a cell can hold a text.

    Raises:
        InputError: it is too long, or has a control character.
    """
    sign = texts.unwritable(text)
    if not sign and texts.units(text) <= texts.LONGEST:
        return
    what = Text("un caractère de commande", "a control character")
    if not sign:
        what = Text("trop de caractères pour une cellule", "too many characters for a cell")
    raise InputError(Text("Texte refusé : {what}.", "Text refused: {what}.").format(what=what))


def _with(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """Return the archive with other contents of some parts; all others as they are."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for entry in archive.infolist():
            content = changed.get(entry.filename)
            written.writestr(
                entry,
                archive.read(entry) if content is None else content,
                compress_type=entry.compress_type,
            )
    return target.getvalue()
