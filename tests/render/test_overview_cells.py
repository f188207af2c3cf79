"""How people read a cell, in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from wikibot.language import Text
from wikibot.overviews import Cell
from wikibot.overviews.values import Kind
from wikibot.render.overview.cells import exact, known, listed, shown

MORNING = datetime(2026, 3, 1, 8, 5).astimezone(UTC)
CASES: tuple[tuple[Cell, Kind, str, str], ...] = (
    (12345, "number", "12\u202f345", "12,345"),
    (0, "number", "0", "0"),
    (-3, "number", "-3", "-3"),
    (1 / 3, "share", "33,3\u00a0%", "33.3%"),
    (0.12345, "share", "12,3\u00a0%", "12.3%"),
    (0.1235, "share", "12,4\u00a0%", "12.4%"),  # half a tenth goes up
    (0.29, "share", "29\u00a0%", "29%"),  # and binary fractions do not show
    (1.0, "share", "100\u00a0%", "100%"),
    (0.0, "share", "0\u00a0%", "0%"),
    (Decimal("41320"), "amount", "41\u202f320\u00a0€", "€41,320"),
    (Decimal("1E+3"), "amount", "1\u202f000\u00a0€", "€1,000"),
    (Decimal("0.5"), "amount", "0,50\u00a0€", "€0.50"),
    (Decimal("2.005"), "amount", "2,01\u00a0€", "€2.01"),
    (date(2026, 3, 1), "date", "1er mars 2026", "1 March 2026"),
    (MORNING, "moment", "1er mars 2026 à 8\u00a0h\u00a005", "1 March 2026 at 8:05"),
    (True, "flag", "oui", "yes"),
    (False, "flag", "non", "no"),
    ((47.2184, -1.5), "place", "47.2184, -1.5", "47.2184, -1.5"),
    (("a", "b"), "words", "a, b", "a, b"),
    (("Eau, sols", "Haies"), "pages", "Eau, sols; Haies", "Eau, sols; Haies"),
    (Text("été", "summer"), "text", "été", "summer"),
    ("https://x.example", "url", "https://x.example", "https://x.example"),
)
NOTHING: tuple[tuple[Cell, Kind], ...] = (
    (None, "number"),
    ("", "text"),
    ((), "words"),
    (float("nan"), "share"),
    (float("inf"), "share"),
    (Decimal("NaN"), "amount"),
)


@pytest.mark.parametrize(("cell", "kind", "french", "english"), CASES)
def test_a_cell_reads_in_both_languages(cell: Cell, kind: Kind, french: str, english: str) -> None:
    assert (shown(cell, kind, "fr"), shown(cell, kind, "en")) == (french, english)
    assert known(cell)


@pytest.mark.parametrize(("cell", "kind"), NOTHING)
def test_what_is_not_known_shows_nothing(cell: Cell, kind: Kind) -> None:
    assert shown(cell, kind, "fr") == "" and not known(cell) and exact(cell) is None


def test_a_flag_is_no_number() -> None:
    assert exact(True) is None and exact(0.1) == Decimal("0.1")


def test_no_secret_of_this_process_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    from wikibot import redaction

    monkeypatch.setattr(redaction, "_lasting", {})
    monkeypatch.setattr(redaction, "_known", [])
    redaction.hide("Tr0ubadour-9", lasting=True)
    assert listed(("mot Tr0ubadour-9",), "fr") == ("mot ***",)
    assert shown(Text("Tr0ubadour-9", "x"), "text", "fr") == "***"
