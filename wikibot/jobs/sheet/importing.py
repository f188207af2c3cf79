"""sheet import: what a person changed in a workbook becomes a plan.

Three values meet in each field: what was exported, what the cell says now, what the page holds
now. Only what the person changed counts; where somebody has changed the same field on the wiki
to another value, nothing is written there and both are told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wikibot.edits import Change, PageEdit, Plan, rebase
from wikibot.errors import AmbiguousWikitext, InputError, UnsafeValue
from wikibot.jobs.planning import make_plan, page_edit
from wikibot.jobs.sheet.creating import new_pages
from wikibot.jobs.sheet.merge import Merged, merge
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.typed import mistakes
from wikibot.language import Text
from wikibot.mapping import Mapping, PageType
from wikibot.page import Page
from wikibot.sheets import (
    Asked,
    Heading,
    Notice,
    about,
    asked_of,
    look_at_whole,
    read_rows,
    says_something,
)
from wikibot.value import decode
from wikibot.wiki import Wiki
from wikibot.workbook import Book, read_book

GUARDS = ("cleared", "sorted")


@dataclass(frozen=True)
class ImportedSheet:
    """The plan of a workbook, and what there is to tell beside it, in the order of the file.

    `cleared` are (title, field's name) of the fields that the plan empties. `rows` of pages were
    read, `asked` cells in them were changed by the person. `notes` are on the file as a whole.
    """

    plan: Plan
    told: tuple[Notice, ...]
    cleared: tuple[tuple[str, Text], ...]
    rows: int
    asked: int
    notes: tuple[Text, ...] = ()


def import_sheet(
    file: Path | Book,
    mapping: Mapping,
    wiki: Wiki,
    *,
    create: bool = False,
    allow: Collection[str] = (),
    around: Surroundings = REAL,
) -> ImportedSheet:
    """Return the plan of what a person changed in a workbook of `export_sheet`.

    Rows and columns may have been sorted, moved or taken out. With `create` a row without a key
    becomes a new page. `allow` lifts guards: "cleared" (many cells of a column were emptied),
    "sorted" (the values of a column seem to have changed rows). Only pages of which a cell was
    changed are read.

    Raises:
        InputError: no workbook of this wiki, damaged, or of a later wikibot; the hidden column
            is missing; two columns have one heading.
        SafetyStop: no row is left, or one of the guards.
        Unavailable, AccessError: the wiki cannot be read.
    """
    book = file if isinstance(file, Book) else read_book(file)
    incoming = read_rows(book)
    told = list(incoming.told)
    retyped = any(sheet.name == "" for sheet in book.sheets)  # a text file keeps no types
    asked: list[Asked] = []
    created: list[PageEdit] = []
    for heading, rows in incoming.rows:
        page_type = _type_of(heading, mapping, wiki)
        found = asked_of(rows, page_type, mapping, retyped=retyped)
        look_at_whole(found, allow)
        asked += found.asked
        told += found.told
        new = [row for row in rows if row.key is None and says_something(row)]
        made = new_pages(new, page_type, mapping, wiki, around.now(), create=create)
        told += made.told
        created += made.edits
    edits = list(_edits(asked, mapping, wiki, told))
    order = {sheet.name: place for place, sheet in enumerate(book.sheets)}
    told.sort(key=lambda each: (order.get(each.sheet, 0), each.row))
    return ImportedSheet(
        plan=make_plan(wiki, (*edits, *created), around),
        told=tuple(told),
        cleared=tuple(_cleared(edits, mapping)),
        rows=sum(row.key is not None for _, rows in incoming.rows for row in rows),
        asked=len(asked),
        notes=book.notes,
    )


def _cleared(edits: Sequence[PageEdit], mapping: Mapping) -> Iterator[tuple[str, Text]]:
    for edit in edits:
        for change in edit.changes:
            page_type = None if change.new else mapping.type_of(change.template)
            field = page_type.field(change.field) if page_type else None
            if field is not None:
                yield edit.title, field.label.text


def _type_of(heading: Heading, mapping: Mapping, wiki: Wiki) -> PageType:
    """Return the page type of a sheet.

    Raises:
        InputError: the sheet is of another wiki, or the mapping has no such type.
    """
    if heading.wiki != wiki.wikiid:
        raise InputError(
            Text(
                f"Ce classeur vient d'un autre wiki ({heading.wiki}), pas de {wiki.place} "
                f"({wiki.wikiid}).",
                f"This workbook comes from another wiki ({heading.wiki}), not from {wiki.place} "
                f"({wiki.wikiid}).",
            ),
            Text(
                "Donnez le bon wiki avec --wiki ou --site, ou exportez depuis celui-ci.",
                "Name the right wiki with --wiki or --site, or export from this one.",
            ),
        )
    page_type = mapping.page_type(heading.page_type)
    if page_type is None:
        raise InputError(
            Text(
                f"La correspondance « {mapping.id} » n'a pas de type « {heading.page_type} ».",
                f"The mapping “{mapping.id}” has no page type “{heading.page_type}”.",
            ),
            Text(
                "Donnez avec --mapping celle qui a servi à l'export.",
                "Name with --mapping the one that served for the export.",
            ),
        )
    return page_type


def _edits(
    asked: Sequence[Asked], mapping: Mapping, wiki: Wiki, told: list[Notice]
) -> Iterator[PageEdit]:
    """Yield the edit of each page of which a cell was changed, in the order of the file."""
    by_page: dict[int, list[Asked]] = {}
    for each in asked:
        by_page.setdefault(each.key.pageid, []).append(each)
    pages = _pages(list(by_page), wiki)
    for pageid, of_page in by_page.items():
        page = pages.get(pageid)
        merged = merge(page, of_page, mapping, wiki)
        told += merged.told
        if isinstance(page, Page):
            yield _edit(page, merged, mapping, wiki, told)


def _pages(ids: Sequence[int], wiki: Wiki) -> dict[int, Page | InputError]:
    """Return the pages by their ids; one that cannot be read takes no other along."""
    try:
        return {page.id: page for page in wiki.pages_by_id(ids)} if ids else {}
    except InputError:
        found: dict[int, Page | InputError] = {}
        for pageid in ids:
            try:
                found |= {page.id: page for page in wiki.pages_by_id([pageid])}
            except InputError as error:
                found[pageid] = error
        return found


def _edit(page: Page, merged: Merged, mapping: Mapping, wiki: Wiki, told: list[Notice]) -> PageEdit:
    """Return the edit of a page without what a rule calls a mistake; that is told."""
    kept = list(merged.changes)
    while kept:
        edit = page_edit(page, [change for _, change in kept], mapping)
        wrong = _wrong(page, edit, kept, mapping, wiki)
        if not wrong:
            return edit
        told += wrong.values()
        kept = [pair for place, pair in enumerate(kept) if place not in wrong]
    return page_edit(page, [], mapping)


def _wrong(
    page: Page,
    edit: PageEdit,
    kept: Sequence[tuple[Asked, Change]],
    mapping: Mapping,
    wiki: Wiki,
) -> dict[int, Notice]:
    """Return what is wrong with the changes of an edit, by the place of the change."""
    try:
        found = mistakes(page, edit, mapping, wiki)
    except (AmbiguousWikitext, UnsafeValue) as error:
        if len(kept) == 1:
            asked = kept[0][0]
            return {0: asked.told("refused", about(asked.cells, error.message), error.advice)}
        return _alone(page, kept, mapping, wiki) or {
            place: asked.told("refused", about(asked.cells, error.message), error.advice)
            for place, (asked, _) in enumerate(kept)
        }
    wrong: dict[int, Notice] = {}
    for mistake in found:
        of_field = [p for p, (_, change) in enumerate(kept) if change.field == mistake.field]
        # a page may have several entries of one type: the one that holds the value is wrong
        of_value = [p for p in of_field if mistake.value in decode(kept[p][1].new)]
        for place in of_value or of_field:
            asked = kept[place][0]
            field = asked.cells.field
            if place not in wrong:
                advice = field.help.text if field.help else None
                wrong[place] = asked.told("refused", about(asked.cells, mistake.message), advice)
    return wrong


def _alone(
    page: Page, kept: Sequence[tuple[Asked, Change]], mapping: Mapping, wiki: Wiki
) -> dict[int, Notice]:
    """Return which changes cannot be made even by themselves."""
    wrong: dict[int, Notice] = {}
    for place, (asked, change) in enumerate(kept):
        try:
            rebase(page, page_edit(page, [change], mapping), wiki.syntax)
        except (AmbiguousWikitext, UnsafeValue) as error:
            wrong[place] = asked.told("refused", about(asked.cells, error.message), error.advice)
    return wrong
