"""What is written: what cannot be kept whole is refused, and text is text to every program."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest

from tests.render.checks import HOSTILE
from tests.workbook.files import book
from wikibot.errors import InputError
from wikibot.workbook import Column, Kind, Link, Written, WrittenSheet, book_bytes, fitting

KINDS: tuple[Kind, ...] = get_args(Kind)
WORKBOOKS: tuple[Kind, ...] = ("xlsx", "ods")
CHOICES = tuple(f"Licence libre numéro {n}, « telle » & <quelle>" for n in range(60))


def sheet(*rows: Written, **more: Any) -> WrittenSheet:
    """Return a sheet of one column."""
    return WrittenSheet("Feuille", (Column("Titre"),), tuple((row,) for row in rows), **more)


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def read_by_openpyxl(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


SHEETS = (
    WrittenSheet(
        "L'été & co",
        (
            Column("Id", 12, hidden=True, locked=True),
            Column("Page", 30, locked=True, note="Ne se modifie pas."),
            Column("Licence", 24, CHOICES, strict=True),
            Column("Thèmes", 20, ("eau", "sols")),
            Column("Licence 2", 20, CHOICES),
            Column("Site", 30, links=True),
        ),
        (
            ("1", "Haies", None, "eau", None, "https://example.org/?a=1&b=2"),
            ("2", "=1+1", CHOICES[3], "", "", "javascript:alert(1)"),
        ),
        spare=5,
    ),
    WrittenSheet("Aide", (Column("À lire", 80),), (("Voici.",),), filtered=False),
    WrittenSheet("Cachée", (Column("x"),), (("y",),), hidden=True),
)


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_hidden_sheets_are_written_and_the_list_of_choices_is_no_sheet(
    tmp_path: Path, kind: Kind
) -> None:
    found = book(tmp_path, book_bytes(SHEETS, kind), f"a.{kind}")
    assert [(each.name, each.hidden) for each in found.sheets] == [
        ("L'été & co", False),
        ("Aide", False),
        ("Cachée", True),
    ]
    assert found.sheets[0].rows == (
        ("Id", "Page", "Licence", "Thèmes", "Licence 2", "Site"),
        ("1", "Haies", None, "eau", None, "https://example.org/?a=1&b=2"),
        ("2", "=1+1", CHOICES[3], None, None, "javascript:alert(1)"),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_sheets_give_the_same_bytes(kind: Kind) -> None:
    sheets = SHEETS[:1] if kind == "csv" else SHEETS
    assert book_bytes(sheets, kind) == book_bytes(sheets, kind)


def test_an_xlsx_has_what_a_person_needs() -> None:
    read = read_by_openpyxl(book_bytes(SHEETS, "xlsx"))
    assert read.sheetnames == ["L'été & co", "Aide", "Cachée", "wikibot_choix"]
    assert [each.sheet_state for each in read] == ["visible", "visible", "hidden", "hidden"]
    first = read["L'été & co"]
    assert (first.freeze_panes, first.auto_filter.ref) == ("A2", "A1:F3")
    assert first.column_dimensions["A"].hidden and not first.column_dimensions["B"].hidden
    assert first.column_dimensions["B"].width == 30
    assert first["B1"].comment.text == "Ne se modifie pas."
    assert first["B1"].font.bold and first["B1"].protection.locked
    assert (first.page_setup.orientation, first.page_setup.fitToHeight) == ("landscape", 0)
    assert first.print_title_rows == "$1:$1"
    lists = {str(each.sqref): each for each in first.data_validations.dataValidation}
    assert {area: (each.formula1, bool(each.showErrorMessage)) for area, each in lists.items()} == {
        "C2:C8": ("wikibot_choix!$A$1:$A$60", True),
        "D2:D8": ("wikibot_choix!$B$1:$B$2", False),
        "E2:E8": ("wikibot_choix!$A$1:$A$60", False),
    }
    assert [row[0].value for row in read["wikibot_choix"]["A1:A60"]] == list(CHOICES)
    protection = first.protection
    assert protection.sheet and protection.password is None
    allowed = ("sort", "autoFilter", "insertRows", "formatColumns", "selectUnlockedCells")
    assert not any(getattr(protection, name) for name in allowed)
    assert first["B2"].protection.locked and not first["C3"].protection.locked
    assert not first.column_dimensions["C"].protection.locked  # the rows below
    assert not read["Aide"].protection.sheet and read["Aide"].auto_filter.ref is None
    assert first["F2"].hyperlink.target == "https://example.org/?a=1&b=2"
    assert first["F3"].hyperlink is None


def test_an_ods_has_what_a_person_needs() -> None:
    data = book_bytes(SHEETS, "ods")
    content, settings = part(data, "content.xml"), part(data, "settings.xml")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        kind = archive.infolist()[0]
    assert (kind.filename, kind.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert "cell-content-is-in-list([$wikibot_choix.$A$1:.$A$60])" in content
    assert content.count("<table:content-validation ") == 3
    assert 'table:content-validation-name="one-A"' in content
    assert content.count('table:display="false"/></table:content-validation>') == 2
    assert "'L''été &amp; co'.A1:'L''été &amp; co'.F3" in content
    assert content.count("<table:database-range ") == 2
    assert content.count('table:protected="true"') == 1
    assert content.count('table:visibility="collapse"') == 1
    assert "<office:annotation" in content and "Ne se modifie pas." in content
    assert 'xlink:href="https://example.org/?a=1&amp;b=2"' in content
    assert content.count("xlink:href") == 1
    assert 'xmlns:ooo="http://openoffice.org/2004/office"' in settings
    assert 'config:name="VerticalSplitPosition" config:type="int">1<' in settings
    assert 'style:print-orientation="landscape"' in part(data, "styles.xml")


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_row_is_as_high_as_its_text_and_no_higher_than_told(kind: Kind) -> None:
    columns = (Column("Titre " * 9), Column("Caché", hidden=True))
    texts = ("un", "mot " * 20, "l\n" * 40)
    rows = WrittenSheet("Feuille", columns, tuple((t, "l\n" * 9) for t in texts), highest=60.0)
    data = book_bytes([rows], kind)
    if kind == "xlsx":
        found = read_by_openpyxl(data)["Feuille"].row_dimensions
        assert [found[row].height for row in (1, 2, 3, 4)] == [60, 15, 60, 60]
    else:
        content = part(data, "content.xml")
        assert 'row-height="15pt"' in content and 'row-height="60pt"' in content


def test_no_text_is_a_formula_an_error_or_a_number_for_excel() -> None:
    """B34."""
    values = [value for value in HOSTILE if fitting(value, "") == value]
    read = read_by_openpyxl(book_bytes([sheet(*values, "12", "VRAI", "31/01/2026")], "xlsx"))
    cells = [row[0] for row in read["Feuille"].iter_rows(min_row=2)]
    assert len(cells) == len(values) + 3
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert all(cell.quotePrefix for cell in cells if cell.value.startswith(("=", "+", "-", "@")))


def test_no_text_is_a_formula_in_an_ods() -> None:
    """B34."""
    content = part(book_bytes([sheet("=1+1", "of:=1+1", "12")], "ods"), "content.xml")
    assert "table:formula" not in content and 'office:value-type="float"' not in content


def test_other_libraries_read_the_same_of_an_ods() -> None:
    import odfdo

    values = ("=1+1", "0012", " deux  espaces ", "l1\n\nl2", "<b>&amp;", "🌱", Decimal("1.5"))
    document = odfdo.Document(io.BytesIO(book_bytes([sheet(*values, date(2026, 1, 31))], "ods")))
    (table,) = document.body.tables
    assert table.name == "Feuille"
    read = [row[0] for row in table.get_values()]
    assert read == ["Titre", *values, datetime(2026, 1, 31)] or read[-1] == date(2026, 1, 31)
    assert read[:-1] == ["Titre", *values]


DANGEROUS = (
    "=1+1",
    "+1",
    "-1",
    "@A",
    "\t=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
    " =1",
    "\u00a0=1",
)


@pytest.mark.parametrize("text", [*DANGEROUS, "'=1", "''=1", "'\t", "'"])
def test_no_cell_of_a_csv_begins_like_a_formula_and_all_come_back(
    tmp_path: Path, text: str
) -> None:
    """B35."""
    data = book_bytes([sheet(text, "fin")], "csv")
    written = [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")]
    assert written[1].startswith("'") and written[2] == "fin"
    assert book(tmp_path, data, "a.csv").sheets[0].rows[1:] == ((text,), ("fin",))


def test_a_csv_is_one_that_french_programs_open_as_it_is() -> None:
    columns = (Column("Titre"), Column("Fait", hidden=True), Column("-"))
    row = ('dit "été"; l1\nl2', Decimal("-1.50"), date(2026, 1, 31))
    data = book_bytes([WrittenSheet("Feuille", columns, (row, (None, 3, ""))), SHEETS[2]], "csv")
    assert data.decode() == (
        '\ufeff"Titre";"Fait";"\'-"\r\n"dit ""été""; l1\nl2";"-1.50";"2026-01-31"\r\n"";"3";""\r\n'
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text", ["x" * 32_768, "🌱" * 16_384, "a\0b", "\x1b[31m", "a\rb", "\ud800", "\uffff", "\x0b"]
)
def test_a_text_that_no_cell_holds_is_refused_by_its_place(kind: Kind, text: str) -> None:
    """B31, B32."""
    with pytest.raises(InputError) as error:
        book_bytes([sheet("bon", text)], kind)
    assert "feuille « Feuille », ligne 3, colonne « Titre »" in error.value.message.fr
    assert "sheet “Feuille”, row 3, column “Titre”" in error.value.message.en
    assert error.value.message.fr.isprintable()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["x" * 32_767, "🌱" * 16_383 + "x", "_x0041_" * 4_681])
def test_the_longest_text_is_kept_whole(tmp_path: Path, kind: Kind, text: str) -> None:
    """B31: neither cut, nor taken for longer because of its escapes."""
    found = book(tmp_path, book_bytes([sheet(text)], kind), f"a.{kind}")
    assert found.sheets[0].rows[1:] == ((text,),)


@pytest.mark.parametrize("kind", WORKBOOKS)
@pytest.mark.parametrize(
    "value",
    [
        Decimal("123456789012345.6"),
        12345678901234567,
        Decimal("1E+400"),
        date(1900, 2, 28),
        date(1789, 7, 14),
        datetime(1850, 1, 1, 12),
    ],
)
def test_what_programs_would_spoil_is_written_as_text(
    tmp_path: Path, kind: Kind, value: Decimal | int | date
) -> None:
    ((found,),) = book(tmp_path, book_bytes([sheet(value)], kind), f"a.{kind}").sheets[0].rows[1:]
    assert found == (value.isoformat() if isinstance(value, date) else format(Decimal(value), "f"))


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_a_link_shows_its_text_and_opens_the_web_alone(tmp_path: Path, kind: Kind) -> None:
    links = [Link("Haies", "https://example.org/x"), Link("=1", "javascript:x"), Link("a", "a b")]
    data = book_bytes([sheet(*links)], kind)
    rows = book(tmp_path, data, f"a.{kind}").sheets[0].rows
    assert rows[1:] == (("Haies",), ("=1",), ("a",))
    name = "content.xml" if kind == "ods" else "xl/worksheets/_rels/sheet1.xml.rels"
    assert "https://example.org/x" in part(data, name) and "javascript" not in part(data, name)


@pytest.mark.parametrize("kind", KINDS)
def test_an_address_is_a_link_in_a_column_of_links_alone(kind: Kind) -> None:
    rows = WrittenSheet("F", (Column("a"),), (("https://example.org/x",),))
    data = book_bytes([rows], kind)
    if kind == "xlsx":
        assert read_by_openpyxl(data)["F"]["A2"].hyperlink is None
    else:
        assert kind == "csv" or "xlink:href" not in part(data, "content.xml")


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_without_rows_or_columns_is_a_sheet(tmp_path: Path, kind: Kind) -> None:
    """B19, B20: what to do about it is for who reads."""
    found = book(tmp_path, book_bytes([WrittenSheet("F", (Column("a"),), ())], kind), f"a.{kind}")
    assert found.sheets[0].rows == (("a",),)
    found = book(tmp_path, book_bytes([WrittenSheet("F", (), ())], kind), f"b.{kind}")
    assert found.sheets[0].rows == ()


@pytest.mark.parametrize(
    "name", ["", "x" * 32, "a/b", "a:b", "[a]", "'a", "a'", "a\0", "a*", "a\n", "wikibot_CHOIX"]
)
def test_a_name_that_no_sheet_may_have_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        book_bytes([WrittenSheet(name, (Column("a"),), ())], "xlsx")


def test_sheets_that_make_no_book_are_refused() -> None:
    for sheets, kind in (
        ((sheet(), sheet()), "xlsx"),
        ((sheet(), WrittenSheet("FEUILLE", (), ())), "ods"),
        ((sheet(hidden=True),), "xlsx"),
        ((sheet(hidden=True),), "csv"),
        ((SHEETS[0], SHEETS[1]), "csv"),
        ((), "csv"),
    ):
        with pytest.raises(InputError):
            book_bytes(sheets, kind)  # type: ignore[arg-type]


def test_a_text_for_readers_is_cut_and_says_so() -> None:
    assert fitting("été\r\nx", "") == "été\nx"
    assert fitting("a\x1bb\0\ud800", "") == "a\\u001bb\\u0000\\ud800"
    cut = fitting("🌱" * 40_000, "… {}")
    assert cut.endswith("🌱… 80000")
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767


def test_days_and_times_are_written_as_such(tmp_path: Path) -> None:
    values = (date(2026, 1, 31), datetime(2026, 1, 31, 14, 5, 30), time(9, 30), True, 0)
    for kind in WORKBOOKS:
        rows = book(tmp_path, book_bytes([sheet(*values)], kind), f"a.{kind}").sheets[0].rows
        assert [(row[0], type(row[0])) for row in rows[1:]] == [
            *((value, type(value)) for value in values[:4]),
            (Decimal(0), Decimal),
        ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_sheet_takes_little_memory(tmp_path: Path, kind: Kind) -> None:
    program = """
import sys
from pathlib import Path
from wikibot.workbook import Column, WrittenSheet, book_bytes, read_book
kind, path = sys.argv[1], Path(sys.argv[2])
columns = tuple(Column(f"Titre {n}", choices=("oui", "non")[: n % 9]) for n in range(35))
rows = tuple(tuple(f"Valeur {r} {c}, été " * (c % 9) for c in range(35)) for r in range(2000))
path.write_bytes(book_bytes([WrittenSheet("Feuille", columns, rows)], kind))
assert len(read_book(path).sheets[0].rows) == 2001
status = Path("/proc/self/status").read_text()  # ru_maxrss would count the program that began this
print(int(status.partition("VmHWM:")[2].split()[0]) // 1024)
"""
    done = subprocess.run(
        [sys.executable, "-c", program, kind, str(tmp_path / f"a.{kind}")],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert int(done.stdout) < 300  # megabytes
