"""LibreOffice opens an export, changes cells and saves it: the import yields exactly those."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import ATLAS, MISSPELT, PAGE
from tests.office import Place, Typed, changed, saved_again
from tests.sheets.support import MAPPING, changes, wiki_of
from wikibot.jobs.sheet import export_sheet, import_sheet
from wikibot.wiki import Wiki
from wikibot.workbook import read_book

MARES = "Relevé des mares"
ODD = "Fiche étrange"
HOSTILE = (
    PAGE.replace("|niveau=Idée\n", "|niveau=Idée\n|location==1+1\n|montant=1234,5\n")
    .replace("|Tags=haie, bocage", "|Tags=01000, 3/4, 1e3, VRAI, a ; b")
    .replace(
        "|description=Un atlas que tiennent ses habitants, commune par commune.",
        "|description=Deux  espaces, une\ttabulation.\n\n* une [[liste]]\n:: '''fin'''",
    )
)
REPORT = "{{Compte rendu d'atelier\n|objet=Un atelier\n|date=2026-01-31\n}}\n"
KINDS = ("xlsx", "ods")


@pytest.fixture
def wiki(tmp_path: Path) -> Wiki:
    pages = tmp_path / "pages"
    pages.mkdir()
    return wiki_of(
        pages, [(ATLAS, PAGE), (MARES, MISSPELT), (ODD, HOSTILE), ("Atelier du bocage", REPORT)]
    )


@pytest.fixture(params=KINDS)
def export(request: pytest.FixtureRequest, wiki: Wiki, tmp_path: Path) -> Path:
    """The workbook of all pages, in either format."""
    pages = wikibot.pages_to_read(wiki, MAPPING, ())
    file = tmp_path / f"communs.{request.param}"
    file.write_bytes(export_sheet(pages, MAPPING, wiki, request.param).data)
    return file


@pytest.mark.parametrize("saved_as", KINDS)
def test_a_file_merely_opened_and_saved_yields_nothing(
    office: Path, wiki: Wiki, export: Path, saved_as: str
) -> None:
    done = import_sheet(saved_again(office, export, saved_as), MAPPING, wiki)
    assert (done.plan.edits, done.told, done.asked, done.rows) == ((), (), 0, 4)


@pytest.mark.parametrize("saved_as", KINDS)
def test_the_cells_that_were_changed_are_the_changes(
    office: Path, wiki: Wiki, export: Path, saved_as: str
) -> None:
    cells: dict[Place, Typed] = {
        _place(export, ATLAS, "Type de licence"): "CC BY-SA 4.0",
        _place(export, ATLAS, "Tags"): "haie; mare\ntalus",
        _place(export, MARES, "Niveau de développement"): None,
        _place(export, ODD, "Montant"): Decimal("2468.25"),
        _place(export, ODD, "Description"): "Ligne une.\n\n* ligne ''trois''",
        _place(export, "Atelier du bocage", "Date"): "2026-02-28",
    }
    done = import_sheet(changed(office, export, saved_as, cells), MAPPING, wiki)
    assert done.told == ()
    assert changes(done.plan) == {
        (ATLAS, "licence", "Creative Commons BY SA 4.0"),
        (ATLAS, "tags", "haie, mare, talus"),
        (MARES, "niveau", ""),
        (ODD, "montant", "2468,25"),
        (ODD, "description", "Ligne une.\n\n* ligne ''trois''"),
        ("Atelier du bocage", "date", "2026-02-28"),
    }


def test_a_text_file_that_was_merely_opened_and_saved_yields_nothing(
    office: Path, wiki: Wiki, tmp_path: Path
) -> None:
    pages = wikibot.pages_to_read(wiki, MAPPING, ())
    file = tmp_path / "communs.csv"
    file.write_bytes(export_sheet(pages, MAPPING, wiki, "csv", types=["commun"]).data)
    done = import_sheet(saved_again(office, file, "csv"), MAPPING, wiki)
    assert (done.plan.edits, done.told, done.asked, done.rows) == ((), (), 0, 3)


def _place(export: Path, title: str, heading: str) -> Place:
    """Return where the cell of a page is, under the first heading that begins so."""
    for sheet in read_book(export).sheets:
        for number, row in enumerate(sheet.rows):
            if row and row[0] == title and sheet.rows[0][0] == "Page":
                columns = [str(words).startswith(heading) for words in sheet.rows[0]]
                exact = [str(words) == heading for words in sheet.rows[0]]
                return sheet.name, number, (exact if any(exact) else columns).index(True)
    raise AssertionError(title)
