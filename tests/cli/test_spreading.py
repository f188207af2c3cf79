"""An export checked and copied from the command line, by one process or by several."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import ATLAS, MISSPELT, PAGE, Done, run
from tests.wiki.exports import export, page

MARES = "Mares du plateau"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    file = tmp_path / "export.xml"
    file.write_bytes(export(page(ATLAS, PAGE, number=1), page(MARES, MISSPELT, number=2)))
    return file


def check(file: Path, *words: str) -> Done:
    return run("--wiki", file, *words)


def test_several_processes_print_what_one_prints(file: Path) -> None:
    alone = check(file, "check", "--workers", "1")
    assert alone.code == 3
    assert "VOC103" in alone.out
    assert check(file, "check", "--workers", "2") == alone
    html = [check(file, "check", "--format", "html", "--workers", n).out for n in ("1", "2")]
    assert html[0] == html[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("check", ATLAS, "--workers", "2"), "valent pour un export entier"),
        (("check", "--workers", "2", "--scheduler", "tcp://x:1"), "s'excluent"),
        (("check", "--workers", "0"), "0"),
    ],
)
def test_what_cannot_be_spread_is_told(file: Path, words: tuple[str, ...], told: str) -> None:
    done = check(file, *words)
    assert done.code == 2
    assert told in done.err


def test_a_folder_needs_no_workers(tmp_path: Path) -> None:
    (tmp_path / f"{ATLAS}.wikitext").write_text(PAGE)
    for command in ("check", "pull"):
        done = run("--wiki", tmp_path, command, "--workers", "2")
        assert done.code == 2
        assert "valent pour un export entier" in done.err


def test_an_export_is_copied_then_read_without_it(file: Path) -> None:
    assert "Faites-la d'abord avec « pull »" in check(file, "--mirror", "check").err
    pulled = check(file, "pull")
    assert pulled.code == 0
    assert pulled.out.splitlines() == ["Copie à jour : 2 pages.", "  2 pages nouvelles"]
    assert check(file, "--mirror", "check").out == check(file, "check").out
    assert MARES in check(file, "--mirror", "search", "école").out
    assert check(file, "pull").out.splitlines()[1] == "  rien de nouveau"


def test_a_copy_of_another_file_is_not_read(file: Path) -> None:
    check(file, "pull")
    file.write_bytes(export(page(ATLAS, PAGE, number=1)))
    done = check(file, "--mirror", "check")
    assert done.code == 2
    assert "n'est plus le fichier dont la copie a été faite" in done.err
    assert "Relancez « pull »" in done.err
    assert check(file, "pull").out.splitlines() == ["Copie à jour : 1 page.", "  1 page partie"]
