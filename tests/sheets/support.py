"""A workbook in somebody's hands: exported, edited as a person would, and given back."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import wikibot
from wikibot.jobs.sheet import export_sheet
from wikibot.wiki import Wiki
from wikibot.workbook import Book, Cell, Kind, ReadSheet, read_book

MAPPING = wikibot.load_mapping("resilience")
Rows = list[list[Cell]]


def exported(
    wiki: Wiki,
    kind: Kind = "xlsx",
    *,
    mapping: wikibot.Mapping = MAPPING,
    types: Sequence[str] = (),
    fields: Sequence[str] = (),
) -> Book:
    """Return the workbook of all pages of a wiki, as it is read again."""
    pages = wikibot.pages_to_read(wiki, mapping, ())
    return as_read(export_sheet(pages, mapping, wiki, kind, types=types, fields=fields).data, kind)


def as_read(data: bytes, kind: Kind) -> Book:
    """Return the bytes of a workbook as they are read."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"classeur.{kind}")
        file.write_bytes(data)
        return read_book(file)


def table(book: Book, name: str = "Commun") -> ReadSheet:
    """Return the sheet of a page type; that of a CSV has no name."""
    found = book.sheet(name) or book.sheet("")
    assert found is not None, [sheet.name for sheet in book.sheets]
    return found


def edited(book: Book, change: Callable[[Rows], None], name: str = "Commun") -> Book:
    """Return the workbook with the rows of a sheet changed in place, the headings among them."""
    of = table(book, name)
    rows = [list(row) for row in of.rows]
    change(rows)
    width = max((len(row) for row in rows), default=0)
    whole = tuple((*row, *(None for _ in range(width - len(row)))) for row in rows)
    changed = replace(of, rows=whole)
    return replace(book, sheets=tuple(changed if s is of else s for s in book.sheets))


def typed(book: Book, title: str, heading: str, cell: Cell, name: str = "Commun") -> Book:
    """Return the workbook in which a person has typed into one cell."""

    def change(rows: Rows) -> None:
        row_of(rows, title)[rows[0].index(heading)] = cell

    return edited(book, change, name)


def row_of(rows: Rows, title: str) -> list[Cell]:
    """Return the row of a page."""
    place = rows[0].index("Page")
    return next(row for row in rows[1:] if row[place] == title)


def wiki_of(folder: Path, pages: Iterable[tuple[str, str]]) -> Wiki:
    """Return a folder wiki that holds these pages."""
    for title, text in pages:
        (folder / f"{title}.wikitext").write_text(text, encoding="utf-8", newline="")
    return wikibot.open_wiki(folder)


def changes(plan: wikibot.Plan) -> set[tuple[str, str, str]]:
    """Return (title, field, new wikitext) of every change of a plan."""
    return {(edit.title, c.field, c.new) for edit in plan.edits for c in edit.changes}
