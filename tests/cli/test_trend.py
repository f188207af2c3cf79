"""`trend`, and the line of `check` that compares."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, MISSPELT, Done, run

MARES = "Mares du plateau"


@pytest.fixture
def wrong(folder: Path) -> Path:
    (folder / f"{MARES}.wikitext").write_text(MISSPELT)
    return folder


def check(folder: Path, *words: str | Path) -> Done:
    return run("--wiki", folder, "check", *words)


def long_ago(folder: Path) -> None:
    """Let the snapshot of today be one of 3 March, with twelve findings more."""
    with sqlite3.connect(folder / ".wikibot/snapshots.sqlite") as db:
        for table in ("snapshot", "found", "waived"):
            db.execute(f"UPDATE {table} SET day='2026-03-03'")
        db.execute("UPDATE found SET number=number+12 WHERE rule='REQ101'")


def days(folder: Path) -> list[str]:
    shown = run("--wiki", folder, "trend", "--format", "json").json
    return [taken["day"] for taken in shown["snapshots"]]


def test_before_the_first_check_it_says_how_to_begin(folder: Path) -> None:
    done = run("--wiki", folder, "trend")
    assert (done.code, done.out) == (0, "")
    assert done.err == (
        f"Aucun relevé encore. Ceci en garde un par jour : wikibot --wiki {folder} check\n"
    )
    assert not (folder / ".wikibot").exists()


def test_a_check_of_everything_says_how_it_compares(wrong: Path) -> None:
    first = check(wrong).out
    long_ago(wrong)
    assert check(wrong).out == first + "12 points de moins que le 3 mars 2026.\n"
    lines = run("--wiki", wrong, "trend").out.splitlines()
    assert lines[1].split() == ["3", "mars", "2026", "2", "0", "14", "0", "14"]
    assert lines[2].split()[3:] == ["2", "0", "2", "0", "2", "−12"]


@pytest.mark.parametrize(
    "words", [(ATLAS,), ("--select", "VOC"), ("--ignore", "info"), (MARES, "--select", "VOC")]
)
def test_a_check_of_less_than_everything_keeps_and_compares_nothing(
    wrong: Path, words: tuple[str, ...]
) -> None:
    check(wrong)
    long_ago(wrong)
    assert "que le" not in check(wrong, *words).out
    assert days(wrong) == ["2026-03-03"]


def test_beside_a_baseline_the_numbers_are_kept_and_not_compared(
    wrong: Path, tmp_path: Path
) -> None:
    check(wrong, "--write-baseline", tmp_path / "connus.json")
    long_ago(wrong)
    assert "que le" not in check(wrong, "--baseline", tmp_path / "connus.json").out
    shown = run("--wiki", wrong, "trend", "--format", "json").json
    assert [taken["total"] for taken in shown["snapshots"]] == [14, 2]


def test_a_program_reads_no_word_of_it(wrong: Path) -> None:
    first = check(wrong, "--format", "json")
    long_ago(wrong)
    assert check(wrong, "--format", "json") == first


def test_one_rule_is_named_by_its_code_or_its_name(wrong: Path) -> None:
    check(wrong)
    by_code = run("--wiki", wrong, "trend", "--rule", "voc103")
    by_name = run("--wiki", wrong, "trend", "--rule", "term-spelling")
    assert by_code == by_name
    assert by_code.out.splitlines()[1].split()[4:] == ["0", "1", "0", "1"]
    done = run("--wiki", wrong, "trend", "--rule", "VOC9999")
    assert (done.code, done.out) == (2, "")


def test_the_last_ones_are_shown_and_the_others_counted(wrong: Path) -> None:
    check(wrong)
    long_ago(wrong)
    check(wrong)
    lines = run("--wiki", wrong, "trend", "--last", "1").out.splitlines()
    assert lines[1].endswith("−12")
    assert lines[2:] == ["1 relevé plus ancien : voyez --last."]
    assert run("--wiki", wrong, "trend", "--last", "0").code == 2


def test_where_nothing_can_be_kept_a_line_says_so_and_the_check_goes_on(wrong: Path) -> None:
    usual = check(wrong)
    (wrong / ".wikibot/snapshots.sqlite").write_bytes(b"x" * 99)
    done = check(wrong)
    assert (done.code, done.out) == (usual.code, usual.out)
    assert done.err.startswith("Note : les nombres de ce contrôle ne sont pas gardés. Relevés")
    assert done.err.count("\n") == 1
    assert run("--wiki", wrong, "trend").code == 2
