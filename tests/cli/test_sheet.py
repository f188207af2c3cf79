from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, PAGE, pages_in, run, spawn
from tests.sheets.support import MAPPING, Rows, as_read, edited, row_of, table
from wikibot.workbook import Column, WrittenSheet, book_bytes


def type_in(file: Path, title: str, heading: str, typed: str) -> None:
    """Change a cell of a .csv file."""

    def change(rows: Rows) -> None:
        row_of(rows, title)[rows[0].index(heading)] = typed

    sheet = table(edited(as_read(file.read_bytes(), "csv"), change))
    columns = tuple(Column(str(words)) for words in sheet.rows[0])
    rows = tuple(tuple(str(cell or "") for cell in row) for row in sheet.rows[1:])
    file.write_bytes(book_bytes([WrittenSheet("Commun", columns, rows)], "csv"))


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> Path:
    """The export of the folder."""
    file = tmp_path / "communs.csv"
    assert run("--wiki", folder, "sheet", "export", file).code == 0
    return file


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_an_export_says_what_it_holds_and_what_comes_next(
    folder: Path, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"communs.{kind}"
    done = run("--wiki", folder, "sheet", "export", file)
    fields = next(len(pt.fields) for pt in MAPPING.page_types if pt.id == "commun")
    assert done.code == 0
    assert f"Commun : 1 ligne, {fields} champs" in done.out
    assert f"wikibot --wiki {folder} sheet import {file}" in done.out
    assert run("--wiki", folder, "sheet", "import", file).code == 0


def test_an_export_never_writes_over_a_file_that_may_hold_changes(folder: Path, file: Path) -> None:
    before = file.read_bytes()
    done = run("--wiki", folder, "sheet", "export", file)
    assert (done.code, file.read_bytes()) == (2, before)
    assert "--overwrite" in done.err
    (folder / f"{ATLAS}.wikitext").write_text(PAGE.replace("haie, bocage", "mare"))
    assert run("--wiki", folder, "sheet", "export", file, "--overwrite").code == 0
    assert file.read_bytes() != before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("x.pdf",), ".xlsx, .ods ou .csv"),
        (("x.csv", "--type", "comun"), "Aucun type de pages « comun »"),
        (("x.csv", "--field", "licenc"), "Vouliez-vous dire : licence"),
        (("x.csv", "licence=Inventée"), "Aucune page à exporter"),
        (("nulle/part/x.csv",), "Impossible d'écrire"),
    ],
)
def test_an_export_that_cannot_be_says_why(
    folder: Path, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    name, *rest = arguments
    done = run("--wiki", folder, "sheet", "export", tmp_path / name, *rest)
    assert (done.code, words in done.err) == (2, True)
    assert not (tmp_path / name).exists()


def test_only_the_fields_and_pages_that_are_asked_for_are_exported(
    folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "communs.csv"
    asked = ("--field", "Tags", "--field", "licence", "tags=haie")
    assert run("--wiki", folder, "sheet", "export", file, *asked).code == 0
    head, *rows = table(as_read(file.read_bytes(), "csv")).rows
    assert head[:3] == ("Page", "Tags", "Type de licence")
    assert [row[0] for row in rows] == [ATLAS]


def test_what_was_changed_is_previewed_then_written_then_done(folder: Path, file: Path) -> None:
    type_in(file, ATLAS, "Type de licence", "cc by-sa 4.0")
    before = pages_in(folder)
    done = run("--wiki", folder, "sheet", "import", file)
    assert (done.code, pages_in(folder)) == (3, before)
    assert "1 ligne lue, 1 cellule modifiée." in done.out
    assert "+ Creative Commons BY SA 4.0" in done.out
    assert run("--wiki", folder, "sheet", "import", file, "--apply").code == 0
    assert (folder / f"{ATLAS}.wikitext").read_bytes().decode() == PAGE.replace(
        "Licence Ouverte 2.0 (Etalab)", "Creative Commons BY SA 4.0"
    )
    assert run("--wiki", folder, "sheet", "import", file).code == 0


def test_a_plan_can_be_saved_and_is_what_json_shows(
    folder: Path, file: Path, tmp_path: Path
) -> None:
    type_in(file, ATLAS, "Tags", "haie")
    plan = tmp_path / "plan.json"
    done = run("--wiki", folder, "sheet", "import", file, "--plan", plan, "--format", "json")
    assert done.code == 3
    assert json.loads(plan.read_text()) == done.json
    assert [c["new"] for edit in done.json["edits"] for c in edit["changes"]] == ["haie"]
    assert run("--wiki", folder, "apply", plan).code == 0


def test_a_bad_cell_is_told_with_its_row_and_the_rest_is_planned(folder: Path, file: Path) -> None:
    type_in(file, ATLAS, "Type de licence", "Licence inventée")
    done = run("--wiki", folder, "sheet", "import", file, "--apply")
    assert done.code == 3
    assert f"ligne 2 : {ATLAS}\n  ✗ Type de licence : « Licence inventée »" in done.out
    assert "→ " in done.out
    assert "Rien à changer." in done.out


def test_an_emptied_cell_is_listed_apart(folder: Path, file: Path) -> None:
    type_in(file, ATLAS, "Niveau de développement", "")
    done = run("--wiki", folder, "sheet", "import", file)
    assert f"Champs vidés :\n  {ATLAS} — Niveau de développement\n" in done.out


def test_a_guard_that_stops_names_what_lifts_it(tmp_path: Path, folder: Path) -> None:
    for number in range(4):
        (folder / f"Fiche {number}.wikitext").write_text(PAGE)
    file = tmp_path / "communs.csv"
    assert run("--wiki", folder, "sheet", "export", file).code == 0
    for number in range(4):
        type_in(file, f"Fiche {number}", "Type de licence", "")
    done = run("--wiki", folder, "sheet", "import", file)
    assert (done.code, "--allow cleared" in done.err) == (6, True)
    done = run("--wiki", folder, "sheet", "import", file, "--allow", "cleared")
    assert (done.code, "4 pages, 4 champs" in done.out) == (3, True)
    done = run("--wiki", folder, "sheet", "import", file, "--allow", "cleared", "--apply")
    assert (done.code, "4 publiées" in done.out) == (0, True)


def test_what_a_file_holds_is_harmless_to_show(folder: Path, file: Path) -> None:
    type_in(file, ATLAS, "Type de licence", "\u202egnp\u009b31m")
    done = run("--wiki", folder, "sheet", "import", file)
    assert "\u202e" not in done.out + done.err
    assert "\u009b" not in done.out + done.err


def test_the_workbook_speaks_the_language_of_the_command(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "commons.xlsx"
    done = spawn("--lang", "en", "--wiki", folder, "sheet", "export", file)
    assert (done.code, "Commons: 1 row," in done.out) == (0, True)
    book = as_read(file.read_bytes(), "xlsx")
    assert book.sheets[0].name == "How to use"
    assert "Licence" in table(book, "Commons").rows[0]
    done = run("--wiki", folder, "sheet", "import", file)  # read by French hands all the same
    assert (done.code, "Rien à changer." in done.out) == (0, True)


def test_many_rows_put_aside_for_one_reason_are_told_together(folder: Path, tmp_path: Path) -> None:
    for number in range(8):
        (folder / f"Fiche {number}.wikitext").write_text(PAGE)
    file = tmp_path / "communs.csv"
    assert run("--wiki", folder, "sheet", "export", file).code == 0
    first, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    file.write_text("\r\n".join([first, *rows, *rows]), encoding="utf-8-sig", newline="")
    done = run("--wiki", folder, "sheet", "import", file)
    assert done.code == 3
    assert f"lignes 2 à {2 * len(rows) + 1} :\n" in done.out
    assert done.out.count("mises de côté") == 1
