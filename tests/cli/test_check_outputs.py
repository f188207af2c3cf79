"""`check --format …` and `--output`: each report in full, printed or written, and the exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.command import ATLAS, MISSPELT, Done, run
from wikibot.redaction import hide

MARES = "Mares du plateau"
FORMATS = ("text", "json", "sarif", "html", "advice", "todo")


@pytest.fixture
def wrong(folder: Path) -> Path:
    (folder / f"{MARES}.wikitext").write_text(MISSPELT)
    return folder


def check(folder: Path, *words: str | Path) -> Done:
    return run("--wiki", folder, "check", *words)


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_is_what_would_be_printed(wrong: Path, tmp_path: Path, form: str) -> None:
    printed = check(wrong, "--format", form)
    done = check(wrong, "--format", form, "--output", tmp_path / "rapport")
    assert (printed.code, done.code) == (3, 3)
    assert (tmp_path / "rapport").read_text("utf-8") == printed.out
    assert "idée" in printed.out
    assert done.out.splitlines() == [
        "2 pages lues : 0 erreur, 2 points à revoir, 0 remarque. "
        "1 correction sûre : « wikibot fix » la montre.",
        f"Le rapport est dans {tmp_path / 'rapport'}.",
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_where_all_is_well_the_report_is_whole_and_the_code_0(folder: Path, form: str) -> None:
    done = check(folder, "--format", form)
    assert (done.code, done.err) == (0, "")
    assert done.out


def test_a_workbook_goes_to_a_file(wrong: Path, tmp_path: Path) -> None:
    done = check(wrong, "--format", "xlsx", "--output", tmp_path / "constats.xlsx")
    assert done.code == 3
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "constats.xlsx").read_bytes()))
    assert [row[0].value for row in book["Constats"].iter_rows(min_row=2)] == [MARES, MARES]


def test_a_workbook_is_not_printed_and_nothing_is_read_for_it(folder: Path) -> None:
    done = run("--wiki", folder / "nowhere", "check", "--format", "xlsx")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Erreur : un classeur ne s'affiche pas : donnez le fichier avec")


def test_a_place_that_is_not_there_is_told_before_anything_is_read(tmp_path: Path) -> None:
    for place, why in ((tmp_path / "x/y", "le dossier "), (tmp_path, "c'est un dossier")):
        done = run("--wiki", tmp_path / "nowhere", "check", "--output", place)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"Erreur : Impossible d'écrire le rapport {place} : {why}")


def test_a_link_is_not_followed_and_what_was_there_stays(wrong: Path, tmp_path: Path) -> None:
    (tmp_path / "autre").write_text("celui d'avant")
    (tmp_path / "rapport").symlink_to(tmp_path / "autre")
    done = check(wrong, "--output", tmp_path / "rapport")
    assert done.code == 2
    assert (tmp_path / "autre").read_text() == "celui d'avant"


@pytest.mark.parametrize("form", [*FORMATS, "xlsx"])
def test_no_secret_is_in_a_report(folder: Path, tmp_path: Path, form: str) -> None:
    hide("Mot-de-passe-9f3a")
    text = MISSPELT.replace("Licence Ouverte 2.0 (Etalab)", "Mot-de-passe-9f3a")
    (folder / f"{MARES}.wikitext").write_text(text)
    check(folder, "--format", form, "--output", tmp_path / "rapport")
    data = (tmp_path / "rapport").read_bytes()
    if form == "xlsx":
        cells = openpyxl.load_workbook(io.BytesIO(data))["Constats"].iter_rows(values_only=True)
        data = repr(list(cells)).encode()
    assert b"***" in data
    assert b"9f3a" not in data


def test_a_baseline_and_waivers_show_in_sarif(wrong: Path, tmp_path: Path) -> None:
    (tmp_path / "dispenses.toml").write_text(
        f'[[waivers]]\npage = "{MARES}"\nrules = ["REQ"]\nreason = "voulu"\n'
    )
    waived = json.loads(
        check(wrong, "--format", "sarif", "--waivers", tmp_path / "dispenses.toml").out
    )
    states = {r["ruleId"]: len(r["suppressions"]) for r in waived["runs"][0]["results"]}
    assert states == {"VOC103": 0, "REQ101": 1}
    check(wrong, "--write-baseline", tmp_path / "connus.json")
    known = json.loads(
        check(wrong, "--format", "sarif", "--baseline", tmp_path / "connus.json").out
    )
    assert {r["baselineState"] for r in known["runs"][0]["results"]} == {"unchanged"}


def test_advice_is_for_the_pages_named_alone(wrong: Path) -> None:
    done = check(wrong, "--format", "advice", ATLAS)
    assert (done.code, done.out) == (0, "<!-- Rien à signaler sur ces pages. -->\n")
    assert f"[[Special:FormEdit/Ressource/{MARES}|" in check(wrong, "--format", "advice", MARES).out


def test_the_contact_of_a_page_heads_its_list(wrong: Path) -> None:
    lines = check(wrong, "--format", "todo").out.splitlines()
    assert lines[0] == "Noor Essai (1 page, 2 points)"
    assert lines[3] == MARES
