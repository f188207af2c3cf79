"""What stands in a cell of .xlsx, as Excel, LibreOffice and others write it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from tests.workbook.files import book, rows_of, xlsx_parts, zipped
from wikibot.workbook import Cell, Unclear

FORMATS = {164: "dd/mm/yyyy", 165: "[h]:mm:ss", 166: '0.00" jours"', 167: "hh:mm AM/PM"}
FORMATS |= {168: "[$-40C]d mmmm yyyy;@", 169: "dd/mm/yyyy\\ hh:mm", 170: "[Red]#,##0.00"}
STYLES = (0, 14, 164, 165, 166, 167, 168, 169, 170, 21, 49)
BUILT_IN, DAY, ELAPSED, DAYS, HOUR, LONG_DAY, MOMENT, RED, CLOCK, TEXT = range(1, 11)


def cell(folder: Path, xml: str, strings: str = "", properties: str = "") -> Cell:
    """Return what a cell is read as; the one beside it keeps the row from being empty."""
    rows = f'<row r="1">{xml}<c r="B1"><v>1</v></c></row>'
    parts = xlsx_parts(rows, strings, FORMATS, STYLES, properties)
    ((found, _),) = rows_of(folder, parts)
    return found


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1"><v>42</v></c>', Decimal(42)),
        ('<c r="A1" t="n"><v>42.0</v></c>', Decimal(42)),
        ('<c r="A1"><v>1E+5</v></c>', Decimal(100_000)),  # an id that Excel took for a number
        ('<c r="A1"><v>1.1000000000000001</v></c>', Decimal("1.1")),
        ('<c r="A1"><v>0.30000000000000004</v></c>', Decimal("0.3")),
        ('<c r="A1"><v>1234567890123456</v></c>', Decimal(1234567890123456)),
        ('<c r="A1"><v>-0.5</v></c>', Decimal("-0.5")),
        ('<c r="A1"><v>-0</v></c>', Decimal(0)),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>0</v></c>', False),
        ('<c r="A1" t="d"><v>2026-01-31</v></c>', date(2026, 1, 31)),
        ('<c r="A1" t="d"><v>2026-01-31T14:05:00</v></c>', datetime(2026, 1, 31, 14, 5)),
        (f'<c r="A1" s="{BUILT_IN}"><v>46053</v></c>', date(2026, 1, 31)),
        (f'<c r="A1" s="{DAY}"><v>46053</v></c>', date(2026, 1, 31)),
        (f'<c r="A1" s="{LONG_DAY}"><v>46053</v></c>', date(2026, 1, 31)),
        (f'<c r="A1" s="{MOMENT}"><v>46053</v></c>', date(2026, 1, 31)),
        (f'<c r="A1" s="{DAY}"><v>46053.5868055556</v></c>', datetime(2026, 1, 31, 14, 5)),
        (f'<c r="A1" s="{HOUR}"><v>0.586805555555556</v></c>', time(14, 5)),
        (f'<c r="A1" s="{CLOCK}"><v>0</v></c>', time()),
        (f'<c r="A1" s="{ELAPSED}"><v>0.5</v></c>', time(12)),
        (f'<c r="A1" s="{DAYS}"><v>3.5</v></c>', Decimal("3.5")),
        (f'<c r="A1" s="{RED}"><v>3.5</v></c>', Decimal("3.5")),
        (f'<c r="A1" s="{TEXT}"><v>3</v></c>', Decimal(3)),
        ('<c r="A1" s="999"><v>3</v></c>', Decimal(3)),
        ('<c r="A1"/>', None),
        ('<c r="A1"><v/></c>', None),
        ('<c r="A1" t="inlineStr"><is><t/></is></c>', None),
        ('<c r="A1" t="str"><v> 0012 </v></c>', " 0012 "),
        ("", None),
    ],
)
def test_a_cell_is_what_a_person_sees_in_it(tmp_path: Path, xml: str, expected: Cell) -> None:
    found = cell(tmp_path, xml)
    assert (found, type(found)) == (expected, type(expected))
    assert not isinstance(found, Decimal) or found % 1 or str(found).lstrip("-").isdigit()


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        ('<c r="A1"><f>1+1</f></c>', ""),  # B28
        ('<c r="A1"><f>1+1</f><v/></c>', ""),  # B28, as openpyxl writes it
        ('<c r="A1" t="str"><f>A2</f></c>', ""),  # B28
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),  # B29
        ('<c r="A1" t="e"><f>A2</f><v>#REF!</v></c>', "#REF!"),  # B29
        (f'<c r="A1" s="{DAY}"><v>60</v></c>', "60"),  # 29 February 1900, says Excel
        (f'<c r="A1" s="{DAY}"><v>-1</v></c>', "-1"),
        (f'<c r="A1" s="{DAY}"><v>2958466</v></c>', "2958466"),  # the year 10000
        (f'<c r="A1" s="{ELAPSED}"><v>1.5</v></c>', "1.5"),
        ('<c r="A1"><v>beaucoup</v></c>', "beaucoup"),
        ('<c r="A1"><v>NaN</v></c>', "NaN"),
        ('<c r="A1"><v>1.2345678901234567E+20</v></c>', "1.2345678901234567E+20"),  # an id
        ('<c r="A1"><v>12345678901234567890</v></c>', "12345678901234567890"),
        ('<c r="A1"><v>' + "1" * 499 + "E-490</v></c>", "1" * 60),
        ('<c r="A1"><v>1E+999</v></c>', "1E+999"),
        ('<c r="A1" t="d"><v>2026-02-30</v></c>', "2026-02-30"),
        ('<c r="A1" t="inlineStr"><is><t>a_x001B_[2J</t></is></c>', "a\\u001b[2J"),  # B32
        ('<c r="A1" t="inlineStr"><is><t>_x0000_</t></is></c>', "\\u0000"),  # B32
    ],
)
def test_what_nobody_can_tell_is_unclear_and_never_empty(
    tmp_path: Path, xml: str, shown: str
) -> None:
    found = cell(tmp_path, xml)
    assert isinstance(found, Unclear)
    assert found.shown == shown
    assert found.why.fr and found.why.en


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1"><f>1+1</f><v>2</v></c>', Decimal(2)),
        ('<c r="A1" t="str"><f>A2</f><v>été</v></c>', "été"),
        ('<c r="A1" t="str"><f>A2</f><v></v></c>', None),  # the result is the empty text
        ('<c r="A1" t="b"><f>TRUE()</f><v>1</v></c>', True),
        ('<c r="A1"><f t="shared" si="0"/><v>7</v></c>', Decimal(7)),
    ],
)
def test_a_formula_is_its_saved_result(tmp_path: Path, xml: str, expected: Cell) -> None:
    assert cell(tmp_path, xml) == expected


def test_results_that_a_library_made_up_are_unclear(tmp_path: Path) -> None:
    """B28: XlsxWriter writes 0 for each, and asks for a program that computes them."""
    parts = xlsx_parts('<row r="1"><c r="A1"><f>1+1</f><v>0</v></c><c r="B1"><v>1</v></c></row>')
    told = '<calcPr fullCalcOnLoad="1"/></workbook>'
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace("</workbook>", told)
    ((found, other),) = rows_of(tmp_path, parts)
    assert isinstance(found, Unclear) and other == 1


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a_x000D_\nb", "a\nb"),
        ("a_x000d__x000a_b", "a\nb"),
        ("_x005F_x0041_", "_x0041_"),
        ("_x005F_x005F_", "_x005F_"),
        ("_x0041_", "A"),
        ("_xD83C__xDF31_", "🌱"),
        ("_x41_ _xZZZZ_", "_x41_ _xZZZZ_"),
        ("e\u0301te\u0301", "été"),  # B52: NFD, from a Mac
        ("a\u00a0b", "a\u00a0b"),  # NBSP is of the value
        (" fin \n", " fin \n"),  # B51
        ("=1+1", "=1+1"),  # B34
        ("#N/A", "#N/A"),
    ],
)
def test_text_is_read_as_it_was_meant(tmp_path: Path, written: str, expected: str) -> None:
    inline = f'<c r="A1" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'
    assert cell(tmp_path, inline) == expected
    shared = f"<si><t>other</t></si><si><t>{written}</t></si>"
    assert cell(tmp_path, '<c r="A1" t="s"><v>1</v></c>', shared) == expected


def test_rich_text_is_its_text_without_reading_aids(tmp_path: Path) -> None:
    rich = "<r><rPr><b/></rPr><t>gras</t></r><r><t> et maigre</t></r><rPh sb='0'><t>aide</t></rPh>"
    assert cell(tmp_path, '<c r="A1" t="s"><v>0</v></c>', f"<si>{rich}</si>") == "gras et maigre"
    assert cell(tmp_path, f'<c r="A1" t="inlineStr"><is>{rich}</is></c>') == "gras et maigre"


@pytest.mark.parametrize(
    ("serial", "expected"), [("0", date(1904, 1, 1)), ("44591", date(2026, 1, 31))]
)
def test_dates_of_a_macintosh_count_from_1904(tmp_path: Path, serial: str, expected: date) -> None:
    xml = f'<c r="A1" s="{DAY}"><v>{serial}</v></c>'
    assert cell(tmp_path, xml, properties='date1904="1"') == expected


def test_cells_are_where_they_say_whatever_the_sheet_pretends(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="B2"><v>1</v></c><c><v>2</v></c></row>'
        '<row><c><v>3</v></c></row><row r="5"><c r="C5" s="0"/></row>'
    )
    parts = xlsx_parts(rows)
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = str(parts[sheet]).replace("<sheetData>", '<dimension ref="A1"/><sheetData>')
    one, two, three = map(Decimal, (1, 2, 3))
    assert rows_of(tmp_path, parts) == (
        (None, None, None),
        (None, one, two),
        (three, None, None),
    )


def test_what_a_merged_cell_covers_is_unclear(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>9</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row>'
    )
    merged = '<mergeCells><mergeCell ref="A1:C1048576"/></mergeCells>'
    first, *others = [
        cell for row in rows_of(tmp_path, xlsx_parts(rows, after=merged)) for cell in row
    ]
    assert first == 1
    assert len(others) == 3 and all(isinstance(cell, Unclear) for cell in others)


def test_sheets_hidden_in_either_way_are_read_and_said(tmp_path: Path) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    more = "".join(
        f'<sheet name="{state}" sheetId="2" state="{state}" r:id="rId1"/>'
        for state in ("hidden", "veryHidden", "visible")
    )
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>", f"{more}</sheets>"
    )
    found = book(tmp_path, zipped(parts))
    assert [(sheet.name, sheet.hidden) for sheet in found.sheets] == [
        ("Feuille", False),
        ("hidden", True),
        ("veryHidden", True),
        ("visible", False),
    ]
    assert found.sheet("hidden") is found.sheets[1]
    assert found.sheet("ailleurs") is None


def test_macros_are_not_opened_and_that_is_said(tmp_path: Path) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert not book(tmp_path, zipped(parts)).notes
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    found = book(tmp_path, zipped(parts), "fichier.xlsm")
    assert found.sheets[0].rows == ((Decimal(1),),)
    assert "macros" in found.notes[0].fr


def test_the_strict_form_of_the_format_is_read_too(tmp_path: Path) -> None:
    parts = {
        name: str(content)
        .replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
        )
        for name, content in xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>').items()
    }
    assert rows_of(tmp_path, parts) == ((Decimal(1),),)
