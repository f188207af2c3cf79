"""Whatever stands in a workbook: it is refused in words, or what it asks for is told or planned."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.jobs.test_sheet_sessions import FIELDS, PAGES, MemoryWiki, new_wiki
from tests.sheets.support import MAPPING, Rows, as_read, edited, table
from wikibot.errors import WikibotError
from wikibot.jobs.sheet import export_sheet, import_sheet
from wikibot.language import Text
from wikibot.wiki import Wiki
from wikibot.workbook import Book, Cell, Unclear

ODD = Unclear(Text("une erreur", "an error"), "#N/A")
CELL = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["Page", "Tags", "wikibot {", "wikibot {}", "wb.1.1.commun.0.1", "{{Ressource|x}}", "a|b"]
    ),
    st.sampled_from([None, True, False, ODD, Unclear(Text("courte", "short"))]),
    st.decimals(allow_nan=False, allow_infinity=False, places=3),
    st.sampled_from([Decimal("1E+300"), date(2026, 1, 31), datetime(2026, 1, 31, 8), time(8)]),
)
FIRST = {(pageid, f): values[0][0] for pageid in (1, 2, 3) for f, (_, values) in FIELDS.items()}
WIKI = new_wiki(FIRST)


def book_of(wiki: MemoryWiki) -> Book:
    pages = [wiki.page_of(pageid) for pageid in wiki.texts]
    done = export_sheet(pages, MAPPING, cast(Wiki, wiki), "xlsx", fields=tuple(FIELDS))
    return as_read(done.data, "xlsx")


@pytest.fixture(scope="module")
def book() -> Book:
    return book_of(WIKI)


@settings(max_examples=200)
@given(
    cells=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 7), CELL), min_size=1, max_size=12),
    name=st.sampled_from(["Commun", "wikibot commun"]),
)
def test_nothing_that_stands_in_a_workbook_is_an_error_of_ours(
    book: Book, cells: list[tuple[int, int, Cell]], name: str
) -> None:
    touched: set[int] = set()

    def change(rows: Rows) -> None:
        for row, column, cell in cells:
            while len(rows) <= row:
                rows.append([None] * len(rows[0]))
            rows[row][column % len(rows[row])] = cell
            touched.add(row)

    spoilt = edited(book, change, name)
    try:
        done = import_sheet(spoilt, MAPPING, cast(Wiki, WIKI))
    except WikibotError as error:
        assert error.message.fr
        assert error.exit_code in (2, 6)
        return
    changed = {edit.title for edit in done.plan.edits}
    if name != "Commun":
        assert not changed  # the copy alone changes nothing
    elif 0 not in touched:
        rows = {row[0]: number for number, row in enumerate(table(book).rows)}
        assert {rows[title] for title in changed} <= touched
    assert changed <= set(PAGES)
