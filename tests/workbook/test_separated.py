"""Text files: what separates their cells, how they are encoded, and that text stays text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.workbook.files import book, text_rows
from wikibot.errors import InputError
from wikibot.workbook import Cell, Unclear


def rows(folder: Path, text: str, name: str = "a.csv") -> tuple[tuple[Cell, ...], ...]:
    return text_rows(folder, text.encode(), name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [  # B37
        ("a;b\n1;2\n", (("a", "b"), ("1", "2"))),
        ("a,b\r\n1,2", (("a", "b"), ("1", "2"))),
        ("a\tb\n1\t2\n", (("a", "b"), ("1", "2"))),
        ("a\n1\n", (("a",), ("1",))),
        ("PK;Nom\n1;2\n", (("PK", "Nom"), ("1", "2"))),  # begins as an archive does
        ("\n;\na;b\n1;2\n", ((None, None), (None, None), ("a", "b"), ("1", "2"))),
        ("a\r1\r", (("a",), ("1",))),
        ('"a;b";c\n1;2\n', (("a;b", "c"), ("1", "2"))),
        ('"a;b";"c\n d"\n1;2\n', (("a;b", "c\n d"), ("1", "2"))),
        ('"a";"b"\r\n"l1\r\nl2 ""cité""";2\r\n', (("a", "b"), ('l1\nl2 "cité"', "2"))),
        (
            "Nom, prénom;Ville, pays;x\na;b;c\n",
            (("Nom, prénom", "Ville, pays", "x"), ("a", "b", "c")),
        ),
        (
            "Titre, court, long;Ville\na;b\nc;d\n",
            (("Titre, court, long", "Ville"), ("a", "b"), ("c", "d")),
        ),
        ("sep=,\r\na;b,c\r\n1,2\r\n", (("a;b", "c"), ("1", "2"))),
        ("a;b\n;\n1;\n", (("a", "b"), (None, None), ("1", None))),
        ("a;b\n1;2\n\n\n;;\n", (("a", "b"), ("1", "2"))),
        ("a;b;;\n1;2;;\n", (("a", "b"), ("1", "2"))),
        ("a;b\n\n1;2\n", (("a", "b"), (None, None), ("1", "2"))),
        ('a;b\n5" pipe;2\n', (("a", "b"), ('5" pipe', "2"))),
        ("a;b\n1; \n", (("a", "b"), ("1", " "))),  # B49
    ],
)
def test_cells_are_told_apart(
    tmp_path: Path, text: str, expected: tuple[tuple[Cell, ...], ...]
) -> None:
    assert rows(tmp_path, text) == expected


def test_a_tab_comes_first_where_the_name_says_so(tmp_path: Path) -> None:
    text = "a;b\tc;d\n1;2\t3;4\n"
    assert rows(tmp_path, text, "a.tsv") == (("a;b", "c;d"), ("1;2", "3;4"))


@pytest.mark.parametrize(
    "cell", ["1e3", "VRAI", "0012", "3,14", "31/01/2026", "#N/A", "1 000", "1E400", "NaN"]
)
def test_no_cell_is_retyped(tmp_path: Path, cell: str) -> None:
    """B48."""
    assert rows(tmp_path, f"a;b\n{cell};x\n")[1] == (cell, "x")


def test_a_row_that_ends_early_says_so_of_its_last_cells(tmp_path: Path) -> None:
    """B39, B49: a cell that is not there is neither empty nor a space."""
    _, (first, second, third) = rows(tmp_path, "a;b;c\n1;\n")
    assert (first, second) == ("1", None)
    assert isinstance(third, Unclear)
    assert third.why.fr == "la ligne s'arrête avant cette colonne"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a;b\n1;2;3\n", 2),
        ('a;b\n"x\ny";2\n1;2;3\n', 4),
        ("a;b\n;;3\n", 2),
        ('a;b\n1;"2\n3;4\n', 2),
        ('a;b\n"1"x;2\n', 2),
        ("a;b\n" + "x" * 131_073 + ";2\n", 2),
    ],
)
def test_a_row_out_of_joint_is_refused_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    """B39: its cells may stand one column further than they should."""
    with pytest.raises(InputError) as error:
        rows(tmp_path, text)
    assert f"ligne {line}" in error.value.message.fr
    assert f"line {line}" in error.value.message.en


def test_a_long_cell_is_read_whole(tmp_path: Path) -> None:
    long = "é" * 131_072
    assert rows(tmp_path, f"a;b\n{long};2\n")[1] == (long, "2")


TEXT = "Titre;Thème\nÉté — l’étang;œuvre €\n"
EXPECTED = (("Titre", "Thème"), ("Été — l’étang", "œuvre €"))


@pytest.mark.parametrize(
    ("data", "noted"),
    [
        (TEXT.encode("utf-8"), ""),
        (TEXT.encode("utf-8-sig"), ""),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), ""),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), ""),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("cp1252"), "Windows-1252"),
        (b"\xff\xfe" + TEXT.replace(";", "\t").encode("utf-16-le"), ""),  # «Texte Unicode» of Excel
    ],
)
def test_an_encoding_is_known_or_guessed_and_the_guess_is_said(
    tmp_path: Path, data: bytes, noted: str
) -> None:
    found = book(tmp_path, data, "a.txt")
    assert found.sheets[0].rows == EXPECTED
    assert found.sheets[0].name == ""
    assert [noted in note.fr for note in found.notes] == ([True] if noted else [])


@pytest.mark.parametrize(
    "data",
    [
        (TEXT * 9).encode()[:-9] + b"\xc3\n",  # cut within a letter
        b"a;b\n1;2\0\n",  # B32
        b"\xff\xfea;b",
        b"a;b\n\x81\x8d;2\n",
        bytes(range(256)) * 4,
    ],
)
def test_what_is_no_text_is_refused_rather_than_guessed(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError) as error:
        book(tmp_path, data, "a.csv")
    assert error.value.exit_code == 2


def test_a_control_character_makes_its_cell_unclear_alone(tmp_path: Path) -> None:
    """B32."""
    _, (first, second) = rows(tmp_path, "a;b\nx\x1b[2J;2\n")
    assert isinstance(first, Unclear) and first.shown == "x\\u001b[2J"
    assert second == "2"


def test_headings_are_nfc_and_keep_their_nbsp(tmp_path: Path) -> None:
    """B52."""
    assert rows(tmp_path, "The\u0301me\u00a0:;b\n1;2\n")[0] == ("Th\u00e9me\u00a0:", "b")


def test_an_apostrophe_before_a_formula_is_taken_off_and_no_other(tmp_path: Path) -> None:
    """B35."""
    cells = ("'=1+1", "''=1", "'abc", "=1+1", "'' x", "' =1")
    _, found = rows(tmp_path, ";".join("abcdef") + "\n" + ";".join(cells) + "\n")
    assert found == ("=1+1", "'=1", "'abc", "=1+1", "'' x", " =1")


def test_accents_heaped_on_a_letter_are_not_put_in_order(tmp_path: Path) -> None:
    heap = "a" + "\u0301\u0316" * 60_000  # 10 s for one cell, and there may be a thousand
    _, (first, second) = rows(tmp_path, f"a;b\n{heap};2\n")
    assert isinstance(first, Unclear) and second == "2"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_separator_is_found_among_the_others(tmp_path: Path, separator: str) -> None:
    chance = random.Random(7)
    words = ["", "eau", "a, b", "c; d", "e\tf", 'dit "g"', "h\ni", "j"]
    for _ in range(50):
        width = chance.randint(2, 6)
        table = [[f"Titre {n}" for n in range(width)]]
        table += [[chance.choice(words) for _ in range(width)] for _ in range(5)]
        table.append(["fin"] * width)
        lines = [
            separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table
        ]
        expected = tuple(tuple(cell or None for cell in row) for row in table)
        assert rows(tmp_path, "\n".join(lines)) == expected
