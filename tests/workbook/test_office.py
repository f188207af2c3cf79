"""What LibreOffice makes of our workbooks: it opens and saves them, and the cells are the same."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import office as libre
from tests.render.checks import HOSTILE
from wikibot.workbook import (
    Book,
    Cell,
    Column,
    Kind,
    Unclear,
    WrittenSheet,
    book_bytes,
    fitting,
    read_book,
)

SAVED = [(kind, again) for kind in ("xlsx", "ods") for again in ("xlsx", "ods")]
CHOICES = tuple(f"Licence libre numéro {n} de la liste" for n in range(40))
TEXTS = (
    *(value for value in HOSTILE if fitting(value, "") == value),
    *("0012", "1e3", "VRAI", "31/01/2026", "3,14", "1 000", "'apostrophe", "'=1", "+33 1 23"),
    *("deux  espaces", " devant", "derrière ", "\u00a0insécable\u202f:", "🌱", "a\u2028b", "   "),
    *("l1\nl2", "l1\n\n  l3\n", "\n", "\n\na \n b", "_x0041_ _x000D_", "&amp; ]]>", "mot " * 5000),
)
COLUMNS = (
    Column("Id", 12, hidden=True, locked=True),
    Column("Page", 30, locked=True, note="Le nom de la page.\nNe se modifie pas."),
    Column("Licence", 24, CHOICES, strict=True),
    Column("Texte", 60),
    Column("Nombre", 12),
    Column("Jour", 22),
    Column("Site", 30, links=True),
)
VALUES = (
    (Decimal("1234.5"), date(2026, 1, 31), "https://example.org/?a=1&b=2"),
    (Decimal("-0.001"), datetime(2026, 1, 31, 14, 5, 30), "http://example.org/"),
    (123_456_789_012_345, time(9, 30), "example.org"),
)
ROWS = tuple(
    (f"{n}", f"Page {n}", CHOICES[n % 40] if n % 3 else None, text, *VALUES[n % 3])
    for n, text in enumerate(TEXTS)
)
SHEETS = (
    WrittenSheet("L'été & co", COLUMNS, ROWS, spare=10),
    WrittenSheet("Aide", (Column("À lire", 80),), (("Voici.",),), filtered=False),
    WrittenSheet("Cachée", (Column("x"),), (("y",),), hidden=True),
)
PAGE, LICENCE, TEXT, NUMBER = 1, 2, 3, 4


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("written")
    found: dict[str, Path] = {}
    kinds: tuple[Kind, ...] = ("xlsx", "ods")
    for kind in kinds:
        found[kind] = folder / f"suivi.{kind}"
        found[kind].write_bytes(book_bytes(SHEETS, kind))
    return found


@pytest.fixture(scope="module")
def saved(office: Path, written: dict[str, Path]) -> dict[tuple[str, str], Path]:
    """What LibreOffice saves, as each kind, of what we wrote as each kind."""
    return {(kind, again): libre.saved_again(office, written[kind], again) for kind, again in SAVED}


def contents(book: Book) -> list[tuple[str, bool, tuple[tuple[Cell, ...], ...]]]:
    return [(sheet.name, sheet.hidden, sheet.rows) for sheet in book.sheets]


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def locked(sheet: Any, row: int, column: int) -> bool:
    """Tell whether a cell is locked; one that is not in the file is as its column is."""
    there = (row, column) in sheet._cells
    found = sheet.cell(row, column) if there else sheet.column_dimensions["ABCDEFG"[column - 1]]
    return bool(found.protection.locked)


@pytest.mark.parametrize(("kind", "again"), SAVED)
def test_every_cell_is_the_same_after_it_was_saved_again(
    written: dict[str, Path], saved: dict[tuple[str, str], Path], kind: str, again: str
) -> None:
    """B34, B48, B51, B53: no text becomes a formula, a number, a date or another text."""
    expected = contents(read_book(written[kind]))
    assert len(expected[0][2]) == len(ROWS) + 1
    found = contents(read_book(saved[kind, again]))
    for before, after in zip(expected[0][2], found[0][2], strict=True):
        assert after == before
    assert found == expected


@pytest.mark.parametrize(("kind", "again"), SAVED)
def test_drop_downs_notes_locks_and_the_filter_survive(
    saved: dict[tuple[str, str], Path], kind: str, again: str
) -> None:
    path = saved[kind, again]
    if again == "ods":
        content = part(path, "content.xml")
        assert "cell-content-is-in-list([$wikibot_choix.$A$1:.$A$40])" in content
        assert 'table:message-type="stop"' in content
        assert 'table:protected="true"' in content and 'loext:insert-rows="true"' in content
        assert 'table:visibility="collapse"' in content
        assert "Ne se modifie pas." in content
        assert "table:display-filter-buttons" in content
        return
    book: Any = openpyxl.load_workbook(path)
    assert book["wikibot_choix"].sheet_state == "hidden"
    first = book["L'été & co"]
    (choice,) = first.data_validations.dataValidation
    assert choice.formula1 == "wikibot_choix!$A$1:$A$40" and choice.showErrorMessage
    last = len(ROWS) + 1
    assert str(choice.sqref) == f"C2:C{last + 10}"
    assert first["B1"].comment.text.startswith("Le nom de la page.")
    assert first.protection.sheet and not first.protection.insertRows
    assert locked(first, 2, 1) and locked(first, 1, 3)
    assert not any(locked(first, row, 3) for row in (2, 3, last, last + 10))
    assert first.column_dimensions["A"].hidden
    assert first.auto_filter.ref == f"A1:G{last}"
    assert first.page_setup.orientation == "landscape" and first.page_setup.fitToHeight == 0
    assert first.print_title_rows == "$1:$1"
    links = {cell.hyperlink.target for cell in first["G"][1:] if cell.hyperlink}
    assert links == {"https://example.org/?a=1&b=2", "http://example.org/"}


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_it_opens_on_the_first_sheet_with_headings_that_stand_still(
    office: Path, written: dict[str, Path], kind: str
) -> None:
    said = libre.told(
        office,
        written[kind],
        "view.ActiveSheet.Name",
        "view.hasFrozenPanes()",
        "view.SplitRow",
        "view.SplitColumn",
        'sheets(0).getCellRangeByName("B2").CellProtection.IsLocked',
        'sheets(0).getCellRangeByName("C2").CellProtection.IsLocked',
        'sheets(0).getCellRangeByName("C2").Validation.Formula1',
        'sheets(0).getCellRangeByName("C2").Validation.ShowErrorMessage',
        'sheets(0).getCellRangeByName("D2").Formula',
    )
    assert said == (
        *("L'été & co", "True", "1", "0", "True", "False"),
        *("$wikibot_choix.$A$1:$A$40", "True", TEXTS[0]),
    )


@pytest.mark.parametrize(("kind", "again"), SAVED)
def test_what_a_person_changes_there_is_read_and_nothing_else(
    office: Path, written: dict[str, Path], kind: str, again: str
) -> None:
    name, below = SHEETS[0].name, len(ROWS) + 3
    cells: dict[libre.Place, libre.Typed] = {
        (name, 1, LICENCE): CHOICES[7],
        (name, 2, LICENCE): None,
        (name, 3, TEXT): "deux lignes,\n  et =1+1",
        (name, 4, NUMBER): 42,
        (name, below, PAGE): "Une page nouvelle",
    }
    before = read_book(written[kind]).sheets[0].rows
    after = read_book(libre.changed(office, written[kind], again, cells)).sheets[0].rows
    changed = {
        (name, row, column): cell
        for row, values in enumerate(after)
        for column, cell in enumerate(values)
        if cell != (before[row][column] if row < len(before) else None)
    }
    assert changed == cells


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_tab_in_a_text_of_several_lines_is_lost_by_libreoffice_in_ods_alone(
    office: Path, tmp_path: Path, kind: Kind
) -> None:
    """It writes none there, whatever it was given; a text of one line keeps its tabs."""
    rows = (("a\tb",), ("\ta",), ("l1\nl\t2",))
    path = tmp_path / f"a.{kind}"
    path.write_bytes(book_bytes([WrittenSheet("F", (Column("Texte"),), rows)], kind))
    kept = [read_book(libre.saved_again(office, path, again)) for again in ("xlsx", "ods")]
    assert kept[0].sheets[0].rows[1:] == rows
    assert kept[1].sheets[0].rows[1:] == (*rows[:2], ("l1\nl2",))


def test_errors_and_formulas_of_libreoffice_are_told_apart(office: Path, tmp_path: Path) -> None:
    """B28, B29."""
    book: Any = openpyxl.Workbook()
    book.active.append(["=1+1", "=NA()", '=""', '="a"&"b"', "=1/0", "=TRUE()"])
    path = tmp_path / "formules.xlsx"
    book.save(path)
    assert all(isinstance(cell, Unclear) for cell in read_book(path).sheets[0].rows[0])
    for again in ("xlsx", "ods"):
        (row,) = read_book(libre.saved_again(office, path, again)).sheets[0].rows
        two, missing, empty, text, divided, true = row
        assert (two, empty, text, true) == (2, None, "ab", True)
        assert isinstance(missing, Unclear) and missing.shown == "#N/A"
        assert isinstance(divided, Unclear) and divided.shown == "#DIV/0!"


def test_a_csv_is_the_same_after_it_was_saved_again(office: Path, tmp_path: Path) -> None:
    """B35, B37."""
    rows = tuple((text, "fin") for text in TEXTS if "\n" not in text)
    path = tmp_path / "suivi.csv"
    columns = (Column("Texte"), Column("Fin"))
    path.write_bytes(book_bytes([WrittenSheet("F", columns, rows)], "csv"))
    before = read_book(path).sheets[0].rows
    assert before[1:] == rows
    assert read_book(libre.saved_again(office, path, "csv")).sheets[0].rows == before


def test_a_file_of_its_own_is_read_as_it_shows_it(office: Path, tmp_path: Path) -> None:
    """LibreOffice's own errors of reading would make our tests agree with us for nothing."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(book_bytes(SHEETS[:1], "xlsx"))
    shown = libre.saved_again(office, path, "csv").read_text(encoding="utf-8-sig")
    for text in ("=1+1", "0012", "31/01/2026", "1234.5", "_x0041_ _x000D_", "l1\nl2", "🌱"):
        assert text in shown
    assert "2026" in shown and io.StringIO(shown).readline().count(";") == len(COLUMNS) - 1
