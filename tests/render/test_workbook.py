"""The workbook: rows to sort and filter, in which nothing of a wiki is more than text."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import openpyxl
import pytest

from tests.render.checks import HOSTILE, checked, finding, page, really
from wikibot.language import Language
from wikibot.render.checked import Checked
from wikibot.render.workbook import workbook
from wikibot.title import Title

WIKITEXT = "{{Ressource\n|licence=cc0\n|Tags=étang, étang\n}}\n"


def book(found: Checked, language: Language = "fr") -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook(found, language)))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return [row for row in sheet.iter_rows(values_only=True)]


def test_one_row_a_finding_and_the_counts_beside() -> None:
    read = book(really(page("Haies", WIKITEXT)))
    assert read.sheetnames == ["Constats", "Par règle", "Par page"]
    heading, *found = rows(read["Constats"])
    assert heading == (
        "Page",
        "Champ",
        "Règle",
        "Gravité",
        "Constat",
        "Valeur",
        "Proposition",
        "Sûre ?",
    )
    licence = next(row for row in found if row[2] == "VOC102")
    assert licence[:4] == ("Haies", "Type de licence", "VOC102", "à revoir")
    assert licence[5:] == ("cc0", "Creative Commons Zero 1.0", "oui")
    assert sum(row[2] for row in rows(read["Par règle"])[1:]) == len(found)
    (_, of_page) = rows(read["Par page"])
    assert (of_page[0], of_page[-1], sum(of_page[1:-1])) == ("Haies", len(found), len(found))


def test_it_can_be_sorted_filtered_and_read() -> None:
    sheet = book(checked([finding(), finding()]), "en")["Findings"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H3"
    assert sheet.column_dimensions["E"].width == 80
    assert sheet["A1"].font.bold


def test_a_row_is_as_high_as_its_longest_cell_needs() -> None:
    found = [finding(), finding(value="mot " * 40), finding(value="x" * 30_000)]
    sheet = book(checked(found))["Constats"]
    first, second, third = (sheet.row_dimensions[row].height for row in (2, 3, 4))
    assert first < second < third == 409


def test_no_cell_is_a_formula_an_error_or_a_link_of_its_own() -> None:
    found = [finding(Title(0, v), v, field=v, new=v) for v in HOSTILE]
    data = workbook(checked(found), "fr")
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for cell in (cell for row in sheet.iter_rows(min_row=2) for cell in row):
            assert cell.hyperlink is None
            assert cell.data_type in ("s", "n"), cell.value
            assert cell.data_type == "s" or cell.value is None or isinstance(cell.value, int)
    for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
        content = zipfile.ZipFile(io.BytesIO(data)).read(name)
        assert not name.startswith("xl/worksheets/s") or b"<f>" not in content


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@A", "#N/A", "12", "VRAI"])
def test_a_value_reads_back_as_it_is_and_stays_text_when_edited(value: str) -> None:
    cell = book(checked([finding(value=value)]))["Constats"]["F2"]
    assert (cell.value, cell.data_type, cell.number_format) == (value, "s", "@")
    assert cell.quotePrefix == (value[0] in "=+-@")


def test_what_looks_like_an_escape_is_written_as_the_text_it_is() -> None:
    # Excel and LibreOffice read `_x005F_` as «_»: without it they would show «A».
    cell = book(checked([finding(value="_x0041_")]))["Constats"]["F2"]
    assert cell.value == "_x005F_x0041_"


def test_a_value_too_long_for_a_cell_is_cut_and_says_so() -> None:
    cell = book(checked([finding(value="🌱" * 40_000)]))["Constats"]["F2"]
    assert len(cell.value.encode("utf-16-le")) // 2 <= 32_767
    assert cell.value.endswith("🌱… (coupé : 80000 caractères)")


def test_a_page_is_linked_to_by_an_address_of_the_web_alone() -> None:
    def link(address: str) -> Any:
        return book(checked([finding()], address=lambda _: address))["Constats"]["A2"].hyperlink

    assert link("https://wiki.example.org/Haies").target == "https://wiki.example.org/Haies"
    assert link("javascript:alert(1)") is None
    assert link("Haies.wikitext") is None


def test_no_mail_address_is_handed_on() -> None:
    values = [
        v
        for row in rows(book(checked([finding(value="alix@example.org")]))["Constats"])
        for v in row
    ]
    assert "(adresse masquée)" in values
    assert not any("alix" in str(value) for value in values)
