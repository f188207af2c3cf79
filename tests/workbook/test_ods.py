"""What stands in a cell of .ods, as LibreOffice, Excel and others write it."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from tests.workbook.files import book, ods_parts, rows_of, zipped
from wikibot.workbook import Cell, Unclear


def cell(folder: Path, attributes: str, inside: str = "") -> Cell:
    """Return what a cell is read as; the one beside it keeps the row from being empty."""
    rows = (
        f"<table:table-row><table:table-cell {attributes}>{inside}</table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
    )
    ((found, _),) = rows_of(folder, ods_parts(rows), "fichier.ods")
    return found


def text(inside: str) -> tuple[str, str]:
    return 'office:value-type="string"', inside


@pytest.mark.parametrize(
    ("attributes", "inside", "expected"),
    [
        ('office:value-type="float" office:value="42"', "<text:p>42,00</text:p>", Decimal(42)),
        ('office:value-type="float" office:value="1.5"', "<text:p>1,5</text:p>", Decimal("1.5")),
        (
            'office:value-type="percentage" office:value="0.5"',
            "<text:p>50 %</text:p>",
            Decimal("0.5"),
        ),
        ('office:value-type="currency" office:value="3"', "<text:p>3 €</text:p>", Decimal(3)),
        ('office:value-type="date" office:date-value="2026-01-31"', "", date(2026, 1, 31)),
        (
            'office:value-type="date" office:date-value="2026-01-31T14:05:00.500000000"',
            "",
            datetime(2026, 1, 31, 14, 5, 0, 500_000),
        ),
        ('office:value-type="time" office:time-value="PT14H05M30S"', "", time(14, 5, 30)),
        ('office:value-type="boolean" office:boolean-value="true"', "", True),
        (
            'office:value-type="boolean" office:boolean-value="false"',
            "<text:p>FAUX</text:p>",
            False,
        ),
        (*text("<text:p>0012</text:p>"), "0012"),
        (*text("<text:p>VRAI</text:p>"), "VRAI"),  # B48
        (*text("<text:p>1e3</text:p>"), "1e3"),  # B48
        (*text("<text:p>3,14</text:p>"), "3,14"),  # B48
        (*text("<text:p>a</text:p><text:p/><text:p>b</text:p>"), "a\n\nb"),
        (*text("<text:p>a<text:line-break/>b</text:p>"), "a\nb"),
        (*text('<text:p><text:s text:c="2"/>a <text:s/>b<text:s/></text:p>'), "  a  b "),
        (*text("<text:p>a<text:tab/>b\tc</text:p>"), "a\tb\tc"),
        (*text("<text:p> a  b </text:p>"), " a  b "),  # B51; LibreOffice writes them so
        (*text("<text:p>\n    broken\n    line\n  </text:p>"), "broken line"),
        (*text("<text:p><text:a>un</text:a> <text:span>lien</text:span></text:p>"), "un lien"),
        (*text("<text:p>e\u0301te\u0301\u00a0</text:p>"), "été\u00a0"),  # B52
        (*text("<text:p>a<text:note><text:p>aside</text:p></text:note>b</text:p>"), "ab"),
        (
            *text("<office:annotation><text:p>note</text:p></office:annotation><text:p>a</text:p>"),
            "a",
        ),
        (
            *text("<draw:frame><draw:text-box><text:p>image</text:p></draw:text-box></draw:frame>"),
            None,
        ),
        (*text(""), None),
        (*text("<text:p/>"), None),
        ("", "", None),
        ("", "<text:p>no type</text:p>", "no type"),
        ('office:value-type="string" office:string-value="dit"', "", "dit"),
        (
            'office:value-type="string" office:string-value="a&#10; b"',
            "<text:p>a</text:p><text:p> b</text:p>",
            "a\n b",
        ),
        (
            'office:value-type="string" office:string-value="a\nb"',  # XML makes it «a b»
            "<text:p>a</text:p><text:p>b</text:p>",
            "a\nb",
        ),
        ('table:formula="of:=1+1" office:value-type="float" office:value="2"', "", Decimal(2)),
        (
            'table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""',
            "",
            None,
        ),
        ('table:formula="of:=&quot;&quot;"', "<text:p/>", None),  # LibreOffice
    ],
)
def test_a_cell_is_what_a_person_sees_in_it(
    tmp_path: Path, attributes: str, inside: str, expected: Cell
) -> None:
    found = cell(tmp_path, attributes, inside)
    assert (found, type(found)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("attributes", "inside", "shown"),
    [
        ('table:formula="of:=1+1"', "", ""),  # B28
        (
            'table:formula="of:=NA()" office:value-type="string" office:string-value=""'
            ' calcext:value-type="error"',
            "<text:p>#N/A</text:p>",
            "#N/A",
        ),  # B29
        (
            'table:formula="of:=A0" office:value-type="float" office:value="0"',
            "<text:p>Err:508</text:p>",
            "Err:508",
        ),  # B29, an old LibreOffice
        (
            'table:formula="of:=[.#REF!]" office:value-type="string"',
            "<text:p>#REF!</text:p>",
            "#REF!",
        ),  # B29
        ('office:value-type="float"', "<text:p>3</text:p>", ""),
        ('office:value-type="date" office:date-value="1899-13-30"', "", "1899-13-30"),
        ('office:value-type="date" office:date-value="-0044-03-15"', "", "-0044-03-15"),
        ('office:value-type="time" office:time-value="PT26H00M00S"', "", "PT26H00M00S"),
        ('office:value-type="time" office:time-value="-PT1H"', "", "-PT1H"),
    ],
)
def test_what_nobody_can_tell_is_unclear_and_never_empty(
    tmp_path: Path, attributes: str, inside: str, shown: str
) -> None:
    found = cell(tmp_path, attributes, inside)
    assert isinstance(found, Unclear)
    assert found.shown == shown


def test_a_million_empty_rows_and_columns_take_no_place(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="16380"/>'
    rows = (
        f"<table:table-row><table:table-cell/><table:table-cell><text:p>a</text:p>"
        f"</table:table-cell>{empty}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048574">{empty}</table:table-row>'
    )
    assert rows_of(tmp_path, ods_parts(rows), "a.ods") == ((None, "a"),)


def test_repeated_rows_and_columns_are_written_out(tmp_path: Path) -> None:
    rows = (
        '<table:table-header-rows><table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell>'
        "<table:table-cell/><table:table-cell><text:p>b</text:p></table:table-cell>"
        "</table:table-row></table:table-header-rows>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        "<table:table-row><table:table-cell><text:p>c</text:p></table:table-cell>"
        "</table:table-row>"
    )
    first = ("a", "a", None, "b")
    empty = (None,) * 4
    found = rows_of(tmp_path, ods_parts(rows), "a.ods")
    assert found == (first, first, empty, empty, ("c", None, None, None))


def test_what_a_merged_cell_covers_is_unclear(tmp_path: Path) -> None:
    rows = (
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>a</text:p>'
        "</table:table-cell><table:covered-table-cell><text:p>hidden</text:p>"
        "</table:covered-table-cell></table:table-row>"
    )
    ((first, second),) = rows_of(tmp_path, ods_parts(rows), "a.ods")
    assert first == "a" and isinstance(second, Unclear)


def test_a_table_in_a_cell_and_those_of_other_files_are_no_sheets(tmp_path: Path) -> None:
    inner = (
        '<table:table table:name="inside"><table:table-row><table:table-cell>'
        "<text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    rows = (
        f"<table:table-row><table:table-cell>{inner}<text:p>a</text:p></table:table-cell>"
        "</table:table-row>"
    )
    links = f"<table:dde-links><table:dde-link>{inner}</table:dde-link></table:dde-links>"
    found = book(tmp_path, zipped(ods_parts(rows, around=links)), "a.ods")
    assert [(sheet.name, sheet.rows) for sheet in found.sheets] == [("Feuille", (("a",),))]


def test_a_hidden_sheet_is_read_and_said(tmp_path: Path) -> None:
    style = (
        '<style:style style:name="ta1" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    assert book(tmp_path, zipped(ods_parts(styles=style)), "a.ods").sheets[0].hidden
    assert not book(tmp_path, zipped(ods_parts()), "b.ods").sheets[0].hidden


def test_macros_are_not_opened_and_that_is_said(tmp_path: Path) -> None:
    parts = ods_parts() | {"Basic/Standard/Module1.xml": "<x/>"}
    assert "macros" in book(tmp_path, zipped(parts), "a.ods").notes[0].fr
