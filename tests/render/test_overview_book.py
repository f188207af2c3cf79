"""An overview as a workbook: sheets that people sort, numbers that are numbers, native charts."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import range_boundaries as boundaries

from tests import office as libre
from tests.render import reading
from tests.render.checks import HOSTILE
from tests.render.overviews import hostile, large, usual
from wikibot.language import same
from wikibot.overviews import Overview, Section
from wikibot.render.overview.book import LONG, book, sheets

Kind = Literal["xlsx", "ods"]
KINDS: tuple[Kind, ...] = ("xlsx", "ods")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WORSE = (*HOSTILE, "x" * 40_000, "'", "history", "a\nb", "", "[]:*?/\\", "🌱" * 40, "Sommaire")


def bounds(area: str) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom, from 1."""
    left, top, right, bottom = boundaries(area)
    assert left and top and right and bottom
    return left, top, right, bottom


def address(title: str) -> str | None:
    return f"https://wiki.example.org/{title.replace(' ', '_')}" if title.isascii() else None


@pytest.fixture(scope="module")
def opened() -> Any:
    return openpyxl.load_workbook(io.BytesIO(book(usual(), "fr", "xlsx", address)))


def row_of(sheet: Any, first: str) -> int:
    return int(next(row[0].row for row in sheet.iter_rows() if row[0].value == first))


def test_there_is_a_summary_a_sheet_a_section_and_one_for_each_large_table(opened: Any) -> None:
    assert opened.sheetnames == [
        *("Sommaire", "En bref", "Communs", "Les communs en un coup d'œil", "Répartition"),
        *("Mots-clés", "Actions", "Au fil du temps", "Relations"),
    ]
    assert len(next(t for t in reading.tables(usual()) if t.id == "tags").rows) > LONG


def test_the_summary_tells_the_figures_the_moment_and_leads_to_every_sheet(opened: Any) -> None:
    summary = opened["Sommaire"]
    assert summary["A1"].value == "Les communs de la vallée"
    assert summary["A3"].value == "État du wiki au 31 janvier 2026 à 13\u00a0h\u00a005."
    row = row_of(summary, "En bref")
    cells = [cell.value for cell in summary[row + 2]][1:]
    assert cells == ["financement demandé", 1250000.5, "3 montants illisibles à part"]
    formats = [summary.cell(row + n, 3).number_format for n in range(3)]
    assert formats == ["#,##0", "0.0%", '#,##0.00\\ "€"']
    start = row_of(summary, "Feuille") + 1
    listed = [summary.cell(start + n, 1) for n in range(len(opened.sheetnames) - 1)]
    assert [cell.value for cell in listed] == opened.sheetnames[1:]
    assert [cell.hyperlink.location for cell in listed] == [
        f"""'{name.replace("'", "''")}'!A1""" for name in opened.sheetnames[1:]
    ]
    assert opened["Relations"]["A2"].hyperlink.location == "'Sommaire'!A1"


def test_numbers_days_and_words_have_their_own_formats(opened: Any) -> None:
    sheet = opened["Les communs en un coup d'œil"]
    top = row_of(sheet, "Commun")
    headings = [cell.value for cell in sheet[top]]
    first = dict(zip(headings, sheet[top + 1], strict=True))
    assert first["Champs remplis"].value == 21
    assert (first["Complétude"].value, first["Complétude"].number_format) == (0.875, "0.0%")
    assert first["Montant demandé"].value == 12500
    assert "€" in first["Montant demandé"].number_format
    assert first["Depuis"].value == datetime(2026, 3, 1)
    assert first["Depuis"].number_format == "dd/mm/yyyy"
    assert first["Modifié"].value == datetime(2026, 1, 30, 8, 5)
    assert first["Ouvert"].value == "oui"
    assert (first["Lieu (latitude)"].value, first["Lieu (longitude)"].value) == (47.2184, -1.5536)
    assert first["Défis"].value == "Eau et sols vivants, Alimentation locale"
    assert first["Commun"].hyperlink.target == "https://wiki.example.org/Haies"
    total = dict(zip(headings, sheet[top + 5], strict=True))
    assert total["Montant demandé"].value == 1247067.39
    assert total["Montant demandé"].font.bold and total["Commun"].hyperlink is None


def test_a_long_table_begins_its_sheet_and_keeps_its_headings_in_sight(opened: Any) -> None:
    sheet = opened["Mots-clés"]
    assert sheet.freeze_panes == "A2" and sheet.print_title_rows == "$1:$1"
    assert [cell.value for cell in sheet[1]] == ["Mot-clé", "Communs"]
    (table,) = sheet.tables.values()
    assert table.ref == table.autoFilter.ref == "A1:B101"
    assert sheet["A2"].font.bold is False


def test_every_table_with_rows_can_be_filtered_without_its_total(opened: Any) -> None:
    refs = [table.ref for sheet in opened for table in sheet.tables.values()]
    filled = [table for table in reading.tables(usual()) if table.rows]
    assert len(refs) == len(filled)
    heights = [bounds(ref)[3] - bounds(ref)[1] for ref in refs]
    assert sorted(heights) == sorted(len(table.rows) for table in filled)
    for sheet in opened:
        for table in sheet.tables.values():
            left, top, right, _ = bounds(table.ref)
            shown = [sheet.cell(top, place).value for place in range(left, right + 1)]
            assert [column.name for column in table.tableColumns] == shown


def test_an_ods_keeps_the_headings_of_long_tables_in_sight() -> None:
    with zipfile.ZipFile(io.BytesIO(book(usual(), "fr", "ods"))) as archive:
        settings_of = archive.read("settings.xml").decode()
    assert re.findall(r'map-entry config:name="([^"]*)"', settings_of) == [
        "Les communs en un coup d'œil",
        "Mots-clés",
    ]
    assert 'config:name="VerticalSplitPosition" config:type="int">1<' in settings_of
    assert ">Sommaire</config:config-item>" in settings_of  # shown first


def test_a_tree_is_indented_and_its_depth_is_no_column(opened: Any) -> None:
    sheet = opened["Répartition"]
    top = row_of(sheet, "Thème")
    assert [cell.value for cell in sheet[top]][:3] == ["Thème", "Communs", None]
    indents = [sheet.cell(top + 1 + n, 1).alignment.indent for n in range(4)]
    assert indents == [0, 1, 2, 0]


def drawn(data: bytes) -> list[tuple[str, list[str]]]:
    """Return title and what is drawn of every chart, in alphabetic order."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/charts/chart\d+\.xml", name):
                chart = fromstring(archive.read(name))
                (words,) = chart.iter(f"{C}title")
                title = "".join(t.text or "" for t in words.iter(f"{A}t"))
                refs = [
                    (f.text or "").replace("$", "").replace("'", "")
                    for kind in ("val", "yVal")
                    for each in chart.iter(f"{C}{kind}")
                    for f in each.iter(f"{C}f")
                ]
                found.append((title, refs))
    return sorted(found)


def test_charts_draw_from_the_cells_of_their_table() -> None:
    data = book(usual(), "fr", "xlsx")
    found = dict(drawn(data))
    assert {title: len(refs) for title, refs in found.items()} == {
        "Les communs par défi": 1,
        "Part des communs par défi": 1,
        "Financement demandé par défi": 1,
        "Où en sont les communs de chaque défi": 4,
        "Mots-clés les plus fréquents": 1,
        "L'activité du wiki, mois par mois": 2,
        "Communs, appel par appel": 1,
        "Où sont les communs": 1,
    }
    assert found["Mots-clés les plus fréquents"] == ["Mots-clés!B2:B31"]  # no more than it says
    opened = openpyxl.load_workbook(io.BytesIO(data))
    name, _, place = found["Les communs par défi"][0].partition("!")
    assert [cell.value for (cell,) in opened[name][place]] == [412, 300, 38, 7, 0]


def test_a_grid_is_shaded_and_a_graph_is_told_to_be_elsewhere(opened: Any) -> None:
    sheet = opened["Répartition"]
    top = row_of(sheet, "Sobriété des bâtiments")  # the first table; the grid comes after it
    (area,) = (str(each.sqref) for each in sheet.conditional_formatting)
    left, first, right, last = bounds(area)
    assert (left, right, last - first) == (2, 5, 4) and first > top
    words = [cell.value for row in opened["Relations"].iter_rows() for cell in row if cell.value]
    assert any("se voit dans la page" in str(each) for each in words)


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_read_by_others_are_those_of_the_overview(kind: Kind, tmp_path: Path) -> None:
    data = book(usual(), "fr", kind)
    (tmp_path / f"a.{kind}").write_bytes(data)
    read = (
        reading.sheets_of_xlsx(data)
        if kind == "xlsx"
        else reading.sheets_of_ods(tmp_path / "a.ods")
    )
    assert reading.of_sheets(usual(), read) == reading.of_overview(usual())


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_overview_gives_the_same_bytes(kind: Kind) -> None:
    assert book(usual(), "fr", kind) == book(usual(), "fr", kind)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_in_a_workbook_is_a_formula_or_a_link_of_its_own(kind: Kind) -> None:
    data = book(hostile(WORSE), "fr", kind)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name).decode("utf-8", "replace")
            formula = r"<script|table:formula" + ("|<f[ >]" if "/sheet" in name else "")
            assert not re.search(formula, content), name
            links = re.findall(r'(?:Target|xlink:href)="([^"]*)"', content)
            assert all(
                not link.startswith(("javascript", "data", "mailto", "file")) for link in links
            ), links
    if kind == "xlsx":
        for sheet in openpyxl.load_workbook(io.BytesIO(data)):
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type in ("s", "n", "d"), cell.value


@settings(max_examples=10)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_any_headings_make_names_of_sheets_and_no_two_alike(headings: list[str]) -> None:
    section = usual().sections[0]
    shown = Overview(
        same("x"),
        same("x"),
        "x",
        usual().as_of,
        tuple(Section(section.id, same(each), section.blocks) for each in headings),
    )
    names = [sheet.name for sheet in sheets(shown, "fr", lambda _: None)]
    assert len({name.casefold() for name in names}) == len(headings) + 1
    assert book(shown, "fr", "xlsx")


def test_a_large_wiki_makes_one_long_sheet() -> None:
    read = openpyxl.load_workbook(io.BytesIO(book(large(2000), "fr", "xlsx")), read_only=True)
    assert read.sheetnames == ["Sommaire", "Répartition", "Communs"]
    assert sum(1 for _ in read["Communs"].rows) == 2001


# --- LibreOffice opens both ---


@pytest.fixture(scope="module")
def resaved(office: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, bytes]:
    """What LibreOffice saves as .xlsx of what we wrote as either kind."""
    folder = tmp_path_factory.mktemp("overview")
    found: dict[Kind, bytes] = {}
    for kind in KINDS:
        path = folder / f"apercu.{kind}"
        path.write_bytes(book(usual(), "fr", kind, address))
        found[kind] = libre.saved_again(office, path, "xlsx").read_bytes()
    return found


@pytest.mark.filterwarnings("ignore:Unable to read chart")  # openpyxl, of LibreOffice's own
@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_reads_the_same_numbers(resaved: dict[Kind, bytes], kind: Kind) -> None:
    read = reading.sheets_of_xlsx(resaved[kind])
    assert reading.of_sheets(usual(), read) == reading.of_overview(usual())


@pytest.mark.filterwarnings("ignore:Unable to read chart")  # openpyxl, of LibreOffice's own
@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_has_every_chart_and_what_it_draws_from(
    resaved: dict[Kind, bytes], kind: Kind
) -> None:
    assert drawn(resaved[kind]) == drawn(book(usual(), "fr", "xlsx"))


@pytest.mark.filterwarnings("ignore:Unable to read chart")  # openpyxl, of LibreOffice's own
@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_keeps_filters_and_links(resaved: dict[Kind, bytes], kind: Kind) -> None:
    read: Any = openpyxl.load_workbook(io.BytesIO(resaved[kind]))
    refs = [table.ref for sheet in read for table in sheet.tables.values()]
    refs += [sheet.auto_filter.ref for sheet in read if sheet.auto_filter.ref]
    assert "A1:B101" in refs
    start = row_of(read["Sommaire"], "Feuille") + 1
    assert "En bref" in (read["Sommaire"].cell(start, 1).hyperlink.location or "")
    glance = read["Les communs en un coup d'œil"]
    assert (glance["A2"].value, glance["G2"].value) == ("Haies", 0.875)
    assert glance["G2"].number_format == "0.0%" and "€" in glance["H2"].number_format
