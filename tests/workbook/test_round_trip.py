"""What is written is what is read, whatever it is."""

from __future__ import annotations

import tempfile
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wikibot.workbook import Cell, Column, Kind, Written, WrittenSheet, book_bytes, read_book

SIGNS = st.characters(codec="utf-8", exclude_characters="\r\ufffe\uffff").filter(
    lambda sign: sign in "\t\n" or sign >= " "
)
PIECES = st.sampled_from(
    ["=", "+", "-", "@", "'", '"', ";", ",", "\t", "\n", " ", "\u00a0", "_x0041_", "_x005F_", "_x",
     "<a>", "&amp;", "]]>", "#N/A", "0012", "1e3", "VRAI", "e\u0301", "🌱", "sep=,", "\u2028"]
)  # fmt: skip
TEXTS = st.one_of(st.text(SIGNS, max_size=30), st.lists(PIECES, max_size=6).map("".join)).map(
    lambda text: unicodedata.normalize("NFC", text)
)
NUMBERS = st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=-(10**11), max_value=10**11
)
MOMENTS = st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
VALUES: st.SearchStrategy[Written] = st.one_of(
    st.none(),
    TEXTS,
    NUMBERS,
    st.integers(-(10**15), 10**15),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    MOMENTS.filter(lambda at: at.time() != time()),
    st.times().map(lambda at: at.replace(microsecond=0)),
)


def tables(cells: st.SearchStrategy[Written]) -> st.SearchStrategy[list[tuple[Written, ...]]]:
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(st.tuples(*[cells] * width), min_size=1, max_size=6)
    )


def read_back(rows: list[tuple[Written, ...]], kind: Kind) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows as they come back, between headings and a last row."""
    width = len(rows[0])
    columns = tuple(Column(f"Titre {n}") for n in range(width))
    last = ("fin",) * width
    data = book_bytes([WrittenSheet("Feuille", columns, (*rows, last))], kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a.{kind}")
        path.write_bytes(data)
        (sheet,) = read_book(path).sheets
    headings, *found, end = sheet.rows
    assert headings == tuple(column.heading for column in columns) and end == last
    return tuple(found)


def expected(value: Written) -> tuple[type, object]:
    if value is None or value == "":
        return type(None), None
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal, Decimal(value)
    return type(value), value


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@given(rows=tables(VALUES))
@example(rows=[(" ",), ("\n",), ("\t",), (" \n ",), ("a\n",), ("",), (None,)])
@example(rows=[(time(23, 59, 59), Decimal("-0.001"), 10**15)])
def test_each_value_comes_back_with_its_type(kind: Kind, rows: list[tuple[Written, ...]]) -> None:
    found = read_back(rows, kind)
    assert [[(type(cell), cell) for cell in row] for row in found] == [
        [expected(value) for value in row] for row in rows
    ]


@given(rows=tables(st.one_of(st.none(), TEXTS)))
@example(rows=[("'=1", "''=1"), ("sep=,", "\n"), ("'", "' ")])
@example(rows=[(None,), ("",), ("x",)])
def test_each_text_comes_back_from_a_csv(rows: list[tuple[Written, ...]]) -> None:
    assert [list(row) for row in read_back(rows, "csv")] == [
        [value or None for value in row] for row in rows
    ]


@given(heading=TEXTS.filter(bool), text=TEXTS.filter(bool))
def test_a_heading_comes_back_as_other_text_does(heading: str, text: str) -> None:
    for kind in ("xlsx", "ods", "csv"):
        data = book_bytes([WrittenSheet("F", (Column(heading), Column("x")), ((text, "y"),))], kind)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"a.{kind}")
            path.write_bytes(data)
            assert read_book(path).sheets[0].rows == ((heading, "x"), (text, "y"))
