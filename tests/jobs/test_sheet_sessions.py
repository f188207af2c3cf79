"""Random sessions: people edit the workbook and the wiki in turns, and import when they like.

The oracle knows of each field what was exported, what the cell says and what the wiki holds. What
only one side changed is kept, what both changed alike is none, and where they differ it is a
conflict: there and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import cast

from hypothesis import event, given, settings
from hypothesis import strategies as st

import wikibot
from tests.sheets.support import MAPPING, as_read, changes, table
from wikibot.jobs.sheet import export_sheet, import_sheet
from wikibot.page import Page, Revision
from wikibot.title import FRENCH
from wikibot.wiki import Wiki
from wikibot.wikitext import FRENCH_WIKI, remove_parameter, set_parameter, transclusions
from wikibot.workbook import Book, Cell, Kind

# Of each field: values as (what the page holds, what a cell may say for it).
FIELDS: dict[str, tuple[str, tuple[tuple[str, tuple[Cell, ...]], ...]]] = {
    "description_courte": (
        "shortDescription",
        (
            ("Une phrase.", ("Une phrase.", " Une phrase. ")),
            ("+33 1", ("+33 1",)),
            ("", (None, "")),
        ),
    ),
    "licence": (
        "licence",
        (
            ("MIT", ("MIT", "mit", "Licence MIT")),
            ("Creative Commons BY SA 4.0", ("Creative Commons BY SA 4.0", "CC BY-SA 4.0")),
            ("Creative Commons Zero 1.0", ("cc0",)),
        ),
    ),
    "tags": (
        "Tags",
        (
            ("haie, bocage", ("haie; bocage", "haie;bocage;", "haie\nbocage")),
            ("mare", ("mare",)),
            ("a, b, c", ("a; b; c",)),
            ("", (None,)),
        ),
    ),
    "montant": (
        "montant",
        (("24500", (Decimal(24500), "24500")), ("1234,5", (Decimal("1234.5"),)), ("", (None,))),
    ),
    "description": (
        "description",
        (
            ("Un texte.\n\n* une [[liste]]", ("Un texte.\n\n* une [[liste]]",)),
            ("Autre {{modèle|x}}", ("Autre {{modèle|x}}\n",)),
            ("", (None,)),
        ),
    ),
}
HEADINGS = {f.id: f.label.fr for pt in MAPPING.page_types if pt.id == "commun" for f in pt.fields}
PAGES = tuple(f"Fiche {n}" for n in range(3))
AROUND = "Avant <!-- {{{{Ressource|x}}}} -->\n{call}\nAprès {{{{Autre|licence=non}}}} {title}\n"


@dataclass
class MemoryWiki:
    """Three pages in memory: what the import asks of a wiki, and no more."""

    texts: dict[int, str]
    titles: dict[int, str]
    revids: dict[int, int] = field(default_factory=dict)

    wikiid = "memory"
    place = "memory"
    home = None
    syntax = FRENCH_WIKI

    def page_of(self, pageid: int) -> Page:
        revision = Revision(self.revids.get(pageid, 1), 0, datetime(2026, 1, 31, tzinfo=UTC))
        return Page(pageid, FRENCH.parse(self.titles[pageid]), revision, self.texts[pageid])

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        return self.pages_by_id(self.texts)

    def pages_by_id(self, ids: Iterable[int]) -> Iterator[Page]:
        return (self.page_of(pageid) for pageid in ids if pageid in self.texts)

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        return ()

    def put(self, pageid: int, text: str) -> None:
        self.texts[pageid] = text
        self.revids[pageid] = self.revids.get(pageid, 1) + 1

    def write(self, pageid: int, field_id: str, value: str) -> None:
        text, name = self.texts[pageid], FIELDS[field_id][0]
        call = next(c for c in transclusions(text, FRENCH_WIKI) if c.name == "Ressource")
        if value:
            self.put(pageid, set_parameter(text, call, name, value))
        else:
            self.put(pageid, remove_parameter(text, call, name))

    def values(self, pageid: int) -> dict[str, str]:
        record = wikibot.records_of(self.page_of(pageid), MAPPING, FRENCH_WIKI)[0]
        return {field_id: record[field_id].wikitext for field_id in FIELDS}


def new_wiki(values: dict[tuple[int, str], str]) -> MemoryWiki:
    texts = {}
    for pageid in range(1, len(PAGES) + 1):
        lines = "".join(
            f"|{parameter}={values[pageid, field_id]}\n"
            for field_id, (parameter, _) in FIELDS.items()
            if values[pageid, field_id]
        )
        call = f"{{{{Ressource\n{lines}}}}}"
        texts[pageid] = AROUND.format(call=call, title=pageid)
    return MemoryWiki(texts, dict(enumerate(PAGES, 1)))


PAGEID = st.integers(1, len(PAGES))
FIELD = st.sampled_from(sorted(FIELDS))
CHOICE = st.integers(0, 99)
STEP = st.one_of(
    st.tuples(st.just("sheet"), PAGEID, FIELD, CHOICE),
    st.tuples(st.just("sheet"), PAGEID, FIELD, CHOICE),
    st.tuples(st.just("wiki"), PAGEID, FIELD, CHOICE),
    st.tuples(st.just("wiki"), PAGEID, FIELD, CHOICE),
    st.tuples(st.just("both"), PAGEID, FIELD, CHOICE, CHOICE),
    st.tuples(st.just("both"), PAGEID, FIELD, CHOICE, CHOICE),
    st.tuples(st.just("sort"), CHOICE),
    st.tuples(st.just("columns"), CHOICE),
    st.tuples(st.just("remove row"), PAGEID),
    st.tuples(st.just("remove column"), FIELD),
    st.tuples(st.just("rename page"), PAGEID),
    st.tuples(st.just("import")),
)


class Hands:
    """The workbook as rows: what a person does to it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.rows = [list(row) for row in table(book).rows]

    def back(self) -> Book:
        """Return the workbook as it is saved."""
        of = table(self.book)
        saved = replace(of, rows=tuple(map(tuple, self.rows)))
        return replace(self.book, sheets=tuple(saved if s is of else s for s in self.book.sheets))

    def type(self, pageid: int, field_id: str, cell: Cell) -> bool:
        """Type into a cell, if it is still there."""
        heading = HEADINGS[field_id]
        row = self._row(pageid)
        if row is None or heading not in self.rows[0]:
            return False
        row[self.rows[0].index(heading)] = cell
        return True

    def remove_row(self, pageid: int) -> None:
        row = self._row(pageid)
        if row is not None and len(self.rows) > 2:
            self.rows.remove(row)

    def has(self, pageid: int) -> bool:
        return self._row(pageid) is not None

    def remove_column(self, field_id: str) -> bool:
        if HEADINGS[field_id] not in self.rows[0]:
            return False
        place = self.rows[0].index(HEADINGS[field_id])
        for row in self.rows:
            del row[place]
        return True

    def shuffle(self, seed: int, *, columns: bool) -> None:
        if columns:
            turn = seed % len(self.rows[0])
            self.rows = [[*row[turn:], *row[:turn]] for row in self.rows]
        else:
            turn = 1 + seed % (len(self.rows) - 1)
            self.rows = [self.rows[0], *self.rows[turn:], *self.rows[1:turn]]

    def _row(self, pageid: int) -> list[Cell] | None:
        place = self.rows[0].index("Page")
        return next((row for row in self.rows if row[place] == PAGES[pageid - 1]), None)


@settings(max_examples=200)
@given(
    kind=st.sampled_from(["xlsx", "ods", "csv"]),
    first=st.lists(CHOICE, min_size=15, max_size=15),
    steps=st.lists(STEP, min_size=5, max_size=30),
)
def test_nothing_is_lost_and_conflicts_are_where_both_sides_differ(
    kind: Kind, first: list[int], steps: list[tuple[object, ...]]
) -> None:
    places = [(pageid, field_id) for pageid in (1, 2, 3) for field_id in FIELDS]
    exported = {
        place: FIELDS[place[1]][1][choice % len(FIELDS[place[1]][1])][0]
        for place, choice in zip(places, first, strict=True)
    }
    wiki = new_wiki(exported)
    as_wiki = cast(Wiki, wiki)
    pages = [wiki.page_of(pageid) for pageid in wiki.texts]
    data = export_sheet(pages, MAPPING, as_wiki, kind, fields=tuple(FIELDS)).data
    hands = Hands(as_read(data, kind))
    cell = dict(exported)  # what the cells mean
    held = dict(exported)  # what the pages hold
    gone: set[tuple[int, str]] = set()

    def give_back() -> None:
        told_conflicts = set()
        done = import_sheet(hands.back(), MAPPING, as_wiki, allow=("cleared", "sorted"))
        wanted, clashing = set(), set()
        for place in places:
            pageid, field_id = place
            if place in gone or cell[place] in (exported[place], held[place]):
                continue
            if held[place] == exported[place]:
                wanted.add((wiki.titles[pageid], field_id, cell[place]))
            else:
                clashing.add((PAGES[pageid - 1], field_id))
        for told in done.told:
            assert told.kind == "conflict", told
            told_conflicts.add((told.page, told.field))
        assert changes(done.plan) == wanted
        assert told_conflicts == clashing
        event(f"conflicts: {bool(clashing)}, changes: {bool(wanted)}")
        for edit in done.plan.edits:
            page = wiki.page_of(edit.pageid)
            assert edit.base_revid == page.revision.id
            made = wikibot.edits.rebase(page, edit, FRENCH_WIKI)
            assert not made.clashes
            wiki.put(edit.pageid, made.text)
            for change in edit.changes:
                held[edit.pageid, change.field] = change.new
        for pageid in wiki.texts:
            assert wiki.values(pageid) == {f: held[pageid, f] for f in FIELDS}
            before, after = AROUND.format(call="CALL", title=pageid).split("CALL")
            assert wiki.texts[pageid].startswith(before + "{{Ressource")
            assert wiki.texts[pageid].endswith("}}" + after)

    def on_sheet(place: tuple[int, str], choice: int) -> None:
        value, cells = FIELDS[place[1]][1][choice % len(FIELDS[place[1]][1])]
        if hands.type(*place, _written(cells[choice % len(cells)], kind)):
            cell[place] = value

    def on_wiki(place: tuple[int, str], choice: int) -> None:
        value = FIELDS[place[1]][1][choice % len(FIELDS[place[1]][1])][0]
        if value != held[place]:
            wiki.write(*place, value)
        held[place] = value

    for step in [*steps, ("import",)]:
        match step:
            case ("sheet", int(pageid), str(field_id), int(choice)):
                on_sheet((pageid, field_id), choice)
            case ("wiki", int(pageid), str(field_id), int(choice)):
                on_wiki((pageid, field_id), choice)
            case ("both", int(pageid), str(field_id), int(choice), int(other)):
                on_sheet((pageid, field_id), choice)
                on_wiki((pageid, field_id), other)
            case ("sort" | "columns" as what, int(seed)):
                hands.shuffle(seed, columns=what == "columns")
            case ("remove row", int(pageid)):
                hands.remove_row(pageid)
                if not hands.has(pageid):
                    gone |= {place for place in places if place[0] == pageid}
            case ("remove column", str(field_id)):
                hands.remove_column(field_id)
                gone |= {place for place in places if place[1] == field_id}
            case ("rename page", int(pageid)):
                wiki.titles[pageid] = f"Renommée {pageid}"
            case ("import",):
                give_back()


def _written(cell: Cell, kind: Kind) -> Cell:
    """Return a cell as the file keeps it: a text file keeps text alone."""
    if kind != "csv" or cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return str(cell).replace(".", ",")
