"""Reads the numbers of tables back from every form of an overview, with eyes that are not ours.

Each reader gives, table by table in the order of the overview and row by row, the numbers of the
columns that have some: shares to the tenth of a per cent and amounts to the cent, as all forms
show them. The row of totals is left out: not every form has it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl

from wikibot.language import Text
from wikibot.overviews import Column, Overview, Table
from wikibot.render.overview.cells import exact, rounded

Numbers = list[list[list[Decimal | None]]]
Rows = list[list[Any]]
COUNTABLE = ("number", "share", "amount")


def tables(overview: Overview) -> list[Table]:
    return [table for section in overview.sections for table in section.tables]


def countable(table: Table) -> list[Column]:
    return [c for c in table.columns if c.kind in COUNTABLE and c.id != table.depth]


def of_overview(overview: Overview) -> Numbers:
    return [
        [
            [_same(row[table.column(column.id)], column) for column in countable(table)]
            for row in table.rows
        ]
        for table in tables(overview)
    ]


def of_json(overview: Overview, text: str) -> Numbers:
    found = [table for section in json.loads(text)["sections"] for table in section["tables"]]
    return [
        [
            [_same(row[table.column(column.id)], column) for column in countable(table)]
            for row in read["rows"]
        ]
        for table, read in zip(tables(overview), found, strict=True)
    ]


def of_csv(overview: Overview, files: Mapping[str, bytes]) -> Numbers:
    found: Numbers = []
    for table in tables(overview):
        text = files[f"{table.id}.csv"].decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
        found.append([[_same(_number(row[c.id]), c) for c in countable(table)] for row in rows])
    return found


def of_sheets(overview: Overview, sheets: Sequence[Rows], language: str = "fr") -> Numbers:
    """Return the numbers of the tables of a workbook, found by their headings."""
    taken: set[tuple[int, int]] = set()
    found: Numbers = []
    for table in tables(overview):
        headings = [heading for each in table.columns for heading in _headings(each, table)]
        first = [_words(row[0]) for row in table.rows]
        sheet, top = next(
            (number, row)
            for number, row in _places(sheets, headings)
            if (number, row) not in taken
            and [_words(each[0]) for each in sheets[number][row + 1 : row + 1 + len(first)]]
            == first
        )
        taken.add((sheet, top))
        rows = sheets[sheet][top + 1 : top + 1 + len(table.rows)]
        at = [headings.index(column.label.fr) for column in countable(table)]
        found.append(
            [
                [_same(row[place], c) for place, c in zip(at, countable(table), strict=True)]
                for row in rows
            ]
        )
    return found


def sheets_of_xlsx(data: bytes) -> list[Rows]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book]


def sheets_of_ods(path: Path) -> list[Rows]:
    from odfdo import Document

    body: Any = Document(str(path)).body
    return [[list(row) for row in table.get_values()] for table in body.tables]


def _places(sheets: Sequence[Rows], headings: list[str]) -> Iterator[tuple[int, int]]:
    for number, rows in enumerate(sheets):
        for top, row in enumerate(rows):
            if list(row[: len(headings)]) == headings and not any(row[len(headings) :]):
                yield number, top


def _words(cell: Any) -> str | None:
    """Return the words of a cell that names a row, None for anything else."""
    words = cell.fr if isinstance(cell, Text) else cell
    return words or None if isinstance(words, str) else None


def _headings(column: Column, table: Table) -> list[str]:
    if column.id == table.depth:
        return []
    if column.kind == "place":
        return [f"{column.label.fr} ({half})" for half in ("latitude", "longitude")]
    return [column.label.fr]


def _number(cell: str) -> Decimal | None:
    return Decimal(cell.replace(",", ".")) if cell else None


def _same(cell: Any, column: Column) -> Decimal | None:
    number = exact(cell if cell != "" else None)
    return None if number is None else rounded(number, column.kind)


class _Page(HTMLParser):
    """The rows of the tables of a page, under the ids of what they stand in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self._id = ""
        self._body = self._cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = dict(attrs).get("id") or ""
        if name.startswith("table-"):
            self._id = name.removeprefix("table-")
            self.found.setdefault(self._id, [])
        elif tag in ("tbody", "tfoot", "thead"):
            self._body = tag == "tbody"
        elif tag == "tr" and self._body:
            self.found[self._id].append([])
        elif tag in ("th", "td") and self._body:
            self.found[self._id][-1].append("")
            self._cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td"):
            self._cell = False

    def handle_data(self, data: str) -> None:
        if self._cell and self._body:
            self.found[self._id][-1][-1] += data.strip("\n")


def of_html(overview: Overview, html: str) -> Numbers:
    """Return the numbers that a person reads on the French page."""
    read = _Page(html).found
    found: Numbers = []
    for table in tables(overview):
        columns = [column for column in table.columns if column.id != table.depth]
        at = [columns.index(column) for column in countable(table)]
        rows = read[table.id]
        found.append(
            [
                [
                    _same(_french(row[place]), c)
                    for place, c in zip(at, countable(table), strict=True)
                ]
                for row in rows
            ]
        )
    return found


def of_wikitext(overview: Overview, content: str) -> Numbers:
    """Return the numbers by which MediaWiki sorts, row by row; nothing else has such a mark."""
    found: Numbers = []
    for table, text in zip(
        tables(overview), content.split('{| class="wikitable sortable"')[1:], strict=True
    ):
        columns = [column for column in table.columns if column.id != table.depth]
        at = [columns.index(column) for column in countable(table)]
        body = text.partition("\n|}")[0].partition('\n|- class="sortbottom"')[0]
        rows = [row.split("\n")[1:] for row in body.split("\n|-")[1:]] if table.rows else []
        found.append(
            [
                [
                    _same(_sorted(row[place]), c)
                    for place, c in zip(at, countable(table), strict=True)
                ]
                for row in rows
            ]
        )
    return found


def _sorted(cell: str) -> Decimal | None:
    mark = re.match(r'\| data-sort-value="([-\d.]+)"', cell)
    return Decimal(mark[1]) if mark else None


def _french(words: str) -> Decimal | None:
    bare = re.sub("[\u202f\u00a0€%]", "", words).replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", bare):
        return None
    return Decimal(bare) / (100 if "%" in words else 1)
