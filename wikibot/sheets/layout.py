"""Pages as sheets: a row a page, or a call of it; a column a field; keys and a copy, hidden."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wikibot.edits import Record
from wikibot.language import Language, Text
from wikibot.mapping import Field, PageType
from wikibot.mapping import Mapping as WikiMapping
from wikibot.sheets.cells import Cells, Shown
from wikibot.sheets.guide import guide, note
from wikibot.sheets.keys import WORD, Heading, Key, title_mark, unique_headings
from wikibot.workbook import Column, WrittenSheet

PAGE, NUMBER = Text("Page", "Page"), Text("N°", "No.")
COPY = WORD  # how the names of the hidden sheets begin
_GUIDE = Text("Mode d'emploi", "How to use")
_TERMS = Text("Valeurs possibles", "Possible values")
_SPARE = 50  # rows below the last that are ready for new pages
_WIDTHS = {"longtext": 60, "url": 34, "date": 13, "number": 13, "amount": 13, "boolean": 10}
_NAME = 31  # characters of a sheet's name, in Excel
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@dataclass(frozen=True)
class Layout:
    """What a workbook is to hold: the fields of each page type, by its id, and for whom.

    `made` is when; `typed` says that the file knows drop-downs and hidden sheets (CSV does not).
    """

    mapping: WikiMapping
    wiki: str
    place: str
    version: str
    language: Language
    made: datetime
    fields: Mapping[str, Sequence[Field]]
    typed: bool = True


@dataclass(frozen=True)
class Laid:
    """The sheets; of those of pages the type, name and number of rows.

    `frozen` are values that no cell can hold: page, field, what the cell says instead.
    """

    sheets: tuple[WrittenSheet, ...]
    tables: tuple[tuple[str, str, int], ...]
    frozen: tuple[tuple[str, Field, str], ...]


def lay_out(records: Sequence[Record], layout: Layout) -> Laid:
    """Return the workbook of these records, a sheet a page type, in the order of the mapping."""
    shown: list[WrittenSheet] = []
    copies: list[WrittenSheet] = []
    tables: list[tuple[str, str, int]] = []
    frozen: list[tuple[str, Field, str]] = []
    counts: dict[tuple[int, str], int] = {}
    for record in records:
        place = (record.page.id, record.page_type.id)
        counts[place] = counts.get(place, 0) + 1
    taken: set[str] = {words.into(layout.language).casefold() for words in (_GUIDE, _TERMS)}
    types = [pt for pt in layout.mapping.page_types if pt.id in layout.fields]
    for page_type in types:
        of_type = [record for record in records if record.page_type.id == page_type.id]
        if not of_type:
            continue
        sheet, copy, told = _sheet(of_type, page_type, counts, layout, taken)
        shown.append(sheet)
        tables.append((page_type.id, sheet.name, len(sheet.rows)))
        copies.append(copy)
        frozen += told
    if not layout.typed:
        return Laid(tuple(shown), tuple(tables), tuple(frozen))
    first = _guide(layout, shown)
    sheets = (first, *shown, *_terms(layout), *copies)
    return Laid(sheets, tuple(tables), tuple(frozen))


def _sheet(
    records: Sequence[Record],
    page_type: PageType,
    counts: Mapping[tuple[int, str], int],
    layout: Layout,
    taken: set[str],
) -> tuple[WrittenSheet, WrittenSheet, list[tuple[str, Field, str]]]:
    """Return the sheet of a page type and its hidden copy."""
    language, fields = layout.language, layout.fields[page_type.id]
    cells = [Cells.of(field, layout.mapping) for field in fields]
    several = page_type.repeats or any(counts[r.page.id, page_type.id] > 1 for r in records)
    fixed = [PAGE.into(language), NUMBER.into(language)] if several else [PAGE.into(language)]
    labels = [(field.id, field.label.text.into(language)) for field in fields]
    headings = unique_headings(labels, fixed)
    heading = Heading(
        wiki=layout.wiki,
        page_type=page_type.id,
        language=language,
        made=layout.made.isoformat(timespec="seconds"),
        page=fixed[0],
        number=fixed[1] if several else "",
        fields=tuple((field.id, words) for field, words in zip(fields, headings, strict=True)),
    )
    rows, copied = [], []
    frozen: list[tuple[str, Field, str]] = []
    seen: dict[int, int] = {}
    for record in records:
        index = seen.get(record.page.id, 0)
        seen[record.page.id] = index + 1
        of_row = [each.shown(record[each.field.id], language) for each in cells]
        key = _key(record, index, counts[record.page.id, page_type.id], heading, of_row, cells)
        fixed_cells = (str(record.page.title), index + 1) if several else (str(record.page.title),)
        rows.append((*fixed_cells, *(each.cell for each in of_row), str(key)))
        copied.append((key.place, *(each.text for each in of_row)))
        frozen += [
            (str(record.page.title), field, each.text)
            for field, each in zip(fields, of_row, strict=True)
            if each.frozen and not field.computed
        ]
    name = sheet_name(page_type.label.text.into(language), taken)
    columns = (
        *(Column(words, width, locked=True) for words, width in zip(fixed, (38, 6), strict=False)),
        *(_column(each, words, layout) for each, words in zip(cells, heading.fields, strict=True)),
        Column(str(heading), locked=True, hidden=True),
    )
    by_hand = not (several or page_type.part_of or page_type.numbered)  # see the import
    copy = WrittenSheet(
        sheet_name(f"{COPY} {page_type.id}", taken),
        (Column(COPY), *(Column(field.id) for field in fields)),
        tuple(copied),
        hidden=True,
        filtered=False,
    )
    return WrittenSheet(name, columns, tuple(rows), spare=_SPARE * by_hand), copy, frozen


def _key(
    record: Record,
    index: int,
    count: int,
    heading: Heading,
    shown: Sequence[Shown],
    cells: Sequence[Cells],
) -> Key:
    page = record.page
    return Key(
        page.id,
        page.revision.id,
        record.page_type.id,
        index,
        count,
        title_mark(heading.wiki, str(page.title)),
        heading.layout,
        tuple(each.mark(found) for each, found in zip(cells, shown, strict=True)),
    )


def _column(cells: Cells, named: tuple[str, str], layout: Layout) -> Column:
    field, vocabulary = cells.field, cells.vocabulary
    choices: tuple[str, ...] = ()
    if vocabulary and not field.many:
        choices = tuple(t.label for t in vocabulary.terms if not (t.until or t.replaced_by))
    elif field.kind == "boolean" and not field.many:
        choices = ("oui", "non") if layout.mapping.wiki.language == "fr" else ("yes", "no")
    return Column(
        named[1],
        width=_WIDTHS.get(field.kind, 40 if field.many else 28),
        choices=choices,
        strict=bool(choices) and not (vocabulary and vocabulary.open),
        locked=field.computed,
        note=note(field, vocabulary).into(layout.language),
    )


def _guide(layout: Layout, sheets: Sequence[WrittenSheet]) -> WrittenSheet:
    names = [sheet.name for sheet in sheets]
    lines = guide(names, layout.place, layout.version, layout.made, layout.language)
    rows = tuple((line,) for line in lines)
    heading = Column(_GUIDE.into(layout.language), width=100, locked=True)
    return WrittenSheet(_GUIDE.into(layout.language), (heading,), rows, filtered=False)


def _terms(layout: Layout) -> list[WrittenSheet]:
    """Return the sheet of the values that may be listed in a cell: no drop-down can do that."""
    vocabularies = {
        found.id: found
        for of_type in layout.fields.values()
        for field in of_type
        if field.many and (found := layout.mapping.vocabulary(field))
    }
    if not vocabularies:
        return []
    lists = [[term.label for term in each.terms] for each in vocabularies.values()]
    height = max(map(len, lists))
    rows = tuple(
        tuple(terms[row] if row < len(terms) else None for terms in lists) for row in range(height)
    )
    language = layout.language
    columns = tuple(
        Column(each.label.text.into(language), width=44, locked=True)
        for each in vocabularies.values()
    )
    return [WrittenSheet(_TERMS.into(language), columns, rows, filtered=False)]


def sheet_name(words: str, taken: set[str]) -> str:
    """Return the name of a sheet that spreadsheets accept, unlike those `taken`; it joins them."""
    plain = _NOT_IN_NAMES.sub(" ", words).strip(" '")[:_NAME].rstrip(" '") or COPY
    name, number = plain, 2
    while name.casefold() in taken:
        name = f"{plain[: _NAME - 5]} {number}"
        number += 1
    taken.add(name.casefold())
    return name
