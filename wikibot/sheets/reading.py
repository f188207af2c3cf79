"""A workbook that comes back: its rows, by the keys, whatever was sorted, moved or taken out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wikibot.language import Text
from wikibot.sheets.aside import (
    COPIED,
    DAMAGED,
    OTHER_SHEET,
    OTHER_TITLE,
    empty,
    no_key,
    twice,
)
from wikibot.sheets.cells import Base
from wikibot.sheets.keys import Heading, Key, parse_heading, parse_key, title_mark
from wikibot.sheets.layout import COPY, PAGE
from wikibot.sheets.notice import Notice
from wikibot.workbook import Book, Cell, ReadSheet, Unclear

_TOP = 30  # rows in which the headings are looked for: people put a title above


@dataclass(frozen=True)
class Row:
    """A row of a page: its cells by the id of their field, and what they held when exported.

    `number` is that of the row in its sheet, from 1. A new row has no key and no bases.
    """

    sheet: str
    number: int
    title: str
    key: Key | None
    cells: Mapping[str, Cell]
    bases: Mapping[str, Base] = field(default_factory=dict)


@dataclass(frozen=True)
class Incoming:
    """The rows to look at, by the heading of their sheet; what is put aside is told."""

    rows: tuple[tuple[Heading, tuple[Row, ...]], ...]
    told: tuple[Notice, ...]


def read_rows(book: Book) -> Incoming:
    """Return the rows of a workbook that was exported and edited since.

    Raises:
        InputError: it is no such workbook, the hidden column is missing, two columns have the
            same heading. SafetyStop: no row is left in it.
    """
    copies = _copies(book)
    told: list[Notice] = []
    found: list[tuple[Heading, tuple[Row, ...]]] = []
    keyless: list[str] = []
    visible = [sheet for sheet in book.sheets if not sheet.name.startswith(f"{COPY} ")]
    if not any(any(map(_filled, sheet.rows)) for sheet in visible):
        raise empty()
    for sheet in visible:
        table = _table(sheet)
        if table is not None:
            found.append((table.heading, tuple(_rows(table, copies, told))))
        elif any(PAGE.fr in row for row in sheet.rows[:_TOP]):
            keyless.append(sheet.name)
    there = {heading.page_type for heading, _ in found}
    if not found and copies and not keyless:
        raise empty()
    if not found or (keyless and not {place.split(".")[3] for place in copies} <= there):
        raise no_key((keyless or [visible[0].name])[0])
    calls = Counter(row.key.call for _, rows in found for row in rows if row.key)
    kept = []
    for heading, rows in found:
        good = []
        for row in rows:
            why = _aside(row, heading, calls)
            if why is None:
                good.append(row)
            else:
                told.append(_told(row, why))
        kept.append((heading, tuple(good)))
    if not any(rows for _, rows in found) and not any(each.kind == "frozen" for each in told):
        raise empty()
    return Incoming(tuple(kept), tuple(told))


@dataclass(frozen=True)
class _Table:
    """A sheet with its headings: where each column is; `first` is the row below the headings."""

    sheet: ReadSheet
    heading: Heading
    first: int
    key: int
    title: int | None
    fields: dict[str, int]
    unknown: tuple[str, ...]


def _table(sheet: ReadSheet) -> _Table | None:
    for number, row in enumerate(sheet.rows[:_TOP]):
        for place, cell in enumerate(row):
            heading = parse_heading(cell) if isinstance(cell, str) else None
            if heading is not None:
                return _columns(sheet, heading, number, place)
    return None


def _columns(sheet: ReadSheet, heading: Heading, number: int, key: int) -> _Table:
    known = {_plain(words): field_id for field_id, words in heading.fields}
    title: int | None = None
    fields: dict[str, int] = {}
    unknown = []
    for place, cell in enumerate(sheet.rows[number]):
        words = _plain(_words(cell))
        if place == key or not words or words == _plain(heading.number):
            continue
        if isinstance(cell, str) and parse_heading(cell):
            raise twice(sheet.name, COPY)
        if words == _plain(heading.page):
            if title is not None:
                raise twice(sheet.name, str(cell))
            title = place
        elif words in known:
            if known[words] in fields:
                raise twice(sheet.name, str(cell))
            fields[known[words]] = place
        else:
            unknown.append(_words(cell))
    return _Table(sheet, heading, number + 1, key, title, fields, tuple(unknown))


def _rows(
    table: _Table, copies: Mapping[str, Mapping[str, str]], told: list[Notice]
) -> Iterator[Row]:
    """Yield the rows of a sheet that hold anything; columns left out are told."""
    told += [_unknown(table, words) for words in table.unknown]
    name = table.sheet.name
    for number, cells in enumerate(table.sheet.rows[table.first :], table.first + 1):
        if not _filled(cells):
            continue
        title = "" if table.title is None else _words(cells[table.title])
        by_field = {field_id: cells[place] for field_id, place in table.fields.items()}
        written = _words(cells[table.key])  # "" of a new row, or of one that ends early
        key = parse_key(written)
        row = Row(name, number, title, key, by_field, _bases(key, table.heading, copies))
        if key is None and written:
            told.append(_told(row, DAMAGED))
        elif (
            key is not None
            and table.title is not None
            and title_mark(table.heading.wiki, title) != key.title
        ):
            told.append(_told(row, OTHER_TITLE))
        else:
            yield row


def _bases(
    key: Key | None, heading: Heading, copies: Mapping[str, Mapping[str, str]]
) -> dict[str, Base]:
    """Return what the cells of a row held when they were exported, by the field."""
    if key is None:
        return {}
    copy = copies.get(key.place, {})
    ids = (field_id for field_id, _ in heading.fields)
    return {i: Base(mark, copy.get(i)) for i, mark in zip(ids, key.marks, strict=False)}


def _aside(
    row: Row, heading: Heading, calls: Mapping[tuple[int, str, int], int]
) -> tuple[Text, Text] | None:
    """Return why a row is put aside and what to do about it, None where it is not."""
    if row.key is None:
        return None
    if row.key.layout != heading.layout or len(row.key.marks) != len(heading.fields):
        return OTHER_SHEET
    return COPIED if calls[row.key.call] > 1 else None


def _copies(book: Book) -> dict[str, dict[str, str]]:
    """Return the values as exported: by the place of the key, then by field.

    Rows that do not read as they were written are left out: the marks in the keys serve then.
    """
    found: dict[str, dict[str, str]] = {}
    for sheet in book.sheets:
        if not sheet.name.startswith(f"{COPY} ") or not sheet.rows:
            continue
        head, *rows = sheet.rows
        if head[0] != COPY or not all(isinstance(cell, str) for cell in head):
            continue
        for row in rows:
            if isinstance(row[0], str) and all(c is None or isinstance(c, str) for c in row):
                values = zip(map(str, head[1:]), row[1:], strict=True)
                found[row[0]] = {name: str(cell or "") for name, cell in values}
    return found


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _words(cell: Cell) -> str:
    if isinstance(cell, Unclear):
        return cell.shown
    return "" if cell is None else str(cell).strip()


def _filled(row: tuple[Cell, ...]) -> bool:
    return any(
        cell.strip() if isinstance(cell, str) else cell is not None and _says(cell) for cell in row
    )


def _says(cell: Cell) -> bool:
    return not isinstance(cell, Unclear) or bool(cell.shown)


def _told(row: Row, why: tuple[Text, Text]) -> Notice:
    return Notice("frozen", row.sheet, row.number, row.title, *why)


def _unknown(table: _Table, words: str) -> Notice:
    from rapidfuzz import process, utils

    known = [heading for _, heading in table.heading.fields]
    missing = [words for field_id, words in table.heading.fields if field_id not in table.fields]
    near = process.extractOne(
        words, missing, processor=utils.default_process, score_cutoff=60
    ) or process.extractOne(words, known, processor=utils.default_process, score_cutoff=85)
    advice = None
    if near:
        advice = Text(f"Vouliez-vous dire « {near[0]} » ?", f"Did you mean “{near[0]}”?")
    return Notice(
        "unclear" if near and near[0] in missing else "sheet",
        table.sheet.name,
        table.first,
        "",
        Text(
            f"la colonne « {words} » n'est pas une colonne de l'export : elle n'est pas lue.",
            f"the column “{words}” is none of the export: it is not read.",
        ),
        advice,
    )
