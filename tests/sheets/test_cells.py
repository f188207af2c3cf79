"""What a cell shows, and when a cell that a spreadsheet wrote anew is still the same."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.edits import FieldValue
from wikibot.edits.record import field_value
from wikibot.language import Text
from wikibot.mapping import Field, Vocabulary
from wikibot.sheets import Base, Cells, Doubtful, Shown
from wikibot.wikitext import transclusions
from wikibot.workbook import Cell, Unclear

LICENCES = Vocabulary.model_validate(
    {
        "id": "licences",
        "label": {"fr": "Licences", "en": "Licences"},
        "terms": [
            {"label": "Creative Commons BY SA 4.0", "aliases": ["CC BY-SA 4.0"]},
            {"label": "Licence MIT", "aliases": ["MIT"]},
        ],
    }
)


def cells(kind: str = "text", *, many: bool = False, separator: str = ",", **more: Any) -> Cells:
    field = Field.model_validate(
        {
            "id": "champ",
            "label": {"fr": "Champ", "en": "Field"},
            "parameter": "p",
            "kind": kind,
            "many": many,
            "separator": separator,
            **more,
        }
    )
    return Cells(field, LICENCES if kind == "term" else None, "fr")


def found(of: Cells, wikitext: str) -> FieldValue:
    call = transclusions(f"{{{{Fiche\n|p={wikitext}\n}}}}")[0]
    return field_value(of.field, call)


def shown(of: Cells, wikitext: str) -> Shown:
    return of.shown(found(of, wikitext), "fr")


def base(of: Cells, wikitext: str, *, told: bool = True) -> Base:
    what = shown(of, wikitext)
    return Base(of.mark(what), what.text if told else None)


@pytest.mark.parametrize(
    ("of", "wikitext", "cell"),
    [
        (cells(), "", None),
        (cells(), "Rue {{!}} cour", "Rue | cour"),
        (cells(), "24500", "24500"),
        (cells("amount"), "24500", Decimal(24500)),
        (cells("amount"), "1234,5", Decimal("1234.5")),
        (cells("amount"), "1234.5", "1234.5"),  # not as the wiki wants it: to be seen as it is
        (cells("amount"), "12,50", "12,50"),  # would lose its zero
        (cells("amount"), "007", "007"),
        (cells("amount"), "41 320", "41 320"),
        (cells("amount"), "-5", Decimal(-5)),
        (cells("amount"), "1234567890123456", "1234567890123456"),  # more digits than are kept
        (cells("amount"), "0,1", Decimal("0.1")),
        (cells("date"), "2026-01-31", date(2026, 1, 31)),
        (cells("date"), "2026-01", "2026-01"),
        (cells("date"), "31/01/2026", "31/01/2026"),
        (cells("date"), "1789-07-14", "1789-07-14"),  # no spreadsheet has that day
        (cells("date"), "2026-02-30", "2026-02-30"),
        (cells("boolean"), "oui", "oui"),
        (cells("term"), "MIT", "Licence MIT"),  # a term by its label
        (cells("term"), "Licence à part", "Licence à part"),
        (cells("term", many=True), "MIT, CC BY-SA 4.0", "Licence MIT; Creative Commons BY SA 4.0"),
        (cells(many=True), "eau,sols ; terres", 'eau; "sols ; terres"'),
        (cells(many=True, separator=";"), "eau, mare; sols", "eau, mare; sols"),
        (cells(many=True, separator="\n"), "eau; mare\nsols", "eau; mare\nsols"),
        (cells("longtext", wikitext=True), "Un [[lien]]\n* là", "Un [[lien]]\n* là"),
    ],
)
def test_a_cell_shows_a_value_as_people_read_it(of: Cells, wikitext: str, cell: object) -> None:
    what = shown(of, wikitext)
    assert (what.cell, type(what.cell)) == (cell, type(cell))
    assert not what.frozen
    assert of.compare(what.cell, base(of, wikitext), retyped=False) == "same"


@pytest.mark.parametrize(
    ("of", "wikitext", "words"),
    [
        (cells(), "un <!-- à revoir --> mot", "(commentaire caché : modifiez-le sur le wiki)"),
        (cells("longtext"), "é" * 40_000, "(trop long : modifiez-le sur le wiki)"),
        (cells(), "un\x1bmot", "(caractère invisible : modifiez-le sur le wiki)"),
        (cells(many=True), "a&#44; b, c", "(virgule dans une valeur : modifiez-le sur le wiki)"),
    ],
)
def test_a_value_that_is_no_clean_cell_is_not_to_be_edited_there(
    of: Cells, wikitext: str, words: str
) -> None:
    what = shown(of, wikitext)
    assert (what.text, what.cell, what.frozen) == (words, words, True)
    kept = base(of, wikitext)
    assert kept.mark.frozen
    assert of.compare(words, kept, retyped=True) == "same"
    assert of.compare("autre", kept, retyped=True) == "changed"
    assert of.compare(None, kept, retyped=False) == "changed"
    assert not of.holds(what, kept)


def test_what_the_wiki_computes_is_shown_and_frozen() -> None:
    of = cells(computed=True)
    what = shown(of, "12")
    assert (what.cell, what.frozen) == ("12", True)
    kept = base(of, "12")
    assert of.compare("12,0", kept, retyped=True) == "same"
    assert of.compare("13", kept, retyped=True) == "changed"


SAME, RESPELLED, CHANGED = "same", "respelled", "changed"


@pytest.mark.parametrize("told", [True, False], ids=["copy", "marks alone"])
@pytest.mark.parametrize(
    ("of", "wikitext", "cell", "typed_file", "text_file"),
    [
        # a spreadsheet made a number of a text
        (cells(), "24500", Decimal(24500), SAME, SAME),
        (cells(), "2.10", Decimal("2.1"), RESPELLED, RESPELLED),
        (cells(), "2.10", "2.1", CHANGED, RESPELLED),
        (cells(), "01000", Decimal(1000), RESPELLED, RESPELLED),
        (cells(), "01000", "1000", CHANGED, RESPELLED),
        (cells(), "1e3", Decimal(1000), RESPELLED, RESPELLED),
        (cells(), "1e3", "1E+03", CHANGED, RESPELLED),
        (cells(), "1e3", "1e3", SAME, SAME),
        (cells(), "1e3", Decimal(1001), CHANGED, CHANGED),
        (cells(), "50%", "50,00%", CHANGED, RESPELLED),
        # numbers
        (cells("amount"), "24500", Decimal("24500.0"), SAME, SAME),
        (cells("amount"), "1234,5", Decimal("1234.5"), SAME, SAME),
        (cells("amount"), "1234,5", "1234,50", CHANGED, SAME),
        (cells("amount"), "1234.5", "1234,5", CHANGED, RESPELLED),
        (cells("amount"), "12,50", Decimal("12.5"), RESPELLED, RESPELLED),
        (cells("amount"), "0,1", Decimal("0.1000000000000000055"), SAME, SAME),
        (cells("amount"), "24500", Decimal(24501), CHANGED, CHANGED),
        # dates
        (cells("date"), "2026-01-31", date(2026, 1, 31), SAME, SAME),
        (cells("date"), "2026-01-31", datetime(2026, 1, 31), SAME, SAME),
        (cells("date"), "2026-01-31", datetime(2026, 1, 31, 8, 30), CHANGED, CHANGED),
        (cells("date"), "2026-01-31", "31/01/2026", CHANGED, SAME),
        (cells("date"), "2026-01-31", "31/01/26", CHANGED, SAME),
        (cells("date"), "2026-04-03", "03/04/2026", CHANGED, SAME),
        (cells("date"), "2026-04-03", "04/03/2026", CHANGED, CHANGED),
        (cells("date"), "31/12/2026", "2026-12-31", CHANGED, RESPELLED),  # mended, or rewritten?
        (cells("date"), "31/12/2026", date(2026, 12, 31), RESPELLED, RESPELLED),
        (cells("date"), "2026-01-31", date(2026, 2, 1), CHANGED, CHANGED),
        (cells(), "12:30", time(12, 30), SAME, SAME),
        (cells(), "12:30", "12:30:00", CHANGED, RESPELLED),
        (cells(), "2026-01-31", date(2026, 1, 31), SAME, SAME),
        # truth
        (cells("boolean"), "oui", "oui", SAME, SAME),
        (cells("boolean"), "oui", True, SAME, SAME),
        (cells("boolean"), "oui", "VRAI", CHANGED, SAME),
        (cells("boolean"), "oui", False, CHANGED, CHANGED),
        (cells(), "Vrai", True, RESPELLED, RESPELLED),
        (cells(), "Vrai", "VRAI", CHANGED, RESPELLED),
        # text: case counts, NFD and blanks around do not
        (cells(), "Étang", "E\u0301tang", SAME, SAME),
        (cells(), "Étang", " Étang \n", SAME, SAME),
        (cells(), "Étang", "étang", CHANGED, CHANGED),
        (cells(), "Étang", None, CHANGED, CHANGED),
        (cells(), "Étang", "", CHANGED, CHANGED),
        (cells(), "", None, SAME, SAME),
        (cells(), "", "  ", SAME, SAME),
        (cells("longtext"), "une\ndeux", "une\r\ndeux", SAME, SAME),
        (cells("longtext"), "une\ndeux", "une deux", CHANGED, CHANGED),
        # terms and lists: as they mean
        (cells("term"), "MIT", "mit", SAME, SAME),
        (cells("term"), "MIT", "Licence MIT", SAME, SAME),
        (cells("term"), "MIT", "CC BY-SA 4.0", CHANGED, CHANGED),
        (cells(many=True), "eau, sols", "eau;sols;", SAME, SAME),
        (cells(many=True), "eau, sols", "eau\nsols", SAME, SAME),
        (cells(many=True), "eau, sols", "sols; eau", CHANGED, CHANGED),
        (cells(many=True), "2021", Decimal(2021), SAME, SAME),
    ],
)
def test_a_cell_is_the_same_where_it_means_what_was_exported(
    of: Cells, wikitext: str, cell: Cell, typed_file: str, text_file: str, told: bool
) -> None:
    kept = base(of, wikitext, told=told)
    assert of.compare(cell, kept, retyped=False) == typed_file
    assert of.compare(cell, kept, retyped=True) == text_file


VALUES = st.one_of(
    st.text(max_size=30),
    st.from_regex(r"[-+]?\d{1,4}([.,]\d{0,3})?(e\d)?%?", fullmatch=True),
    st.from_regex(r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}|\d\d?:\d\d", fullmatch=True),
    st.sampled_from(["vrai", "FAUX", "oui", "1", "MIT", "mit", "a; b", '"a; b"', "=1+1", "#N/A"]),
)
ANY_CELLS = st.sampled_from(
    [
        cells(),
        cells("longtext", wikitext=True),
        cells("term"),
        cells("term", many=True),
        cells(many=True),
        cells(many=True, separator=";"),
        cells(many=True, separator="\n"),
        cells("date"),
        cells("amount"),
        cells("number", many=True),
        cells("boolean"),
    ]
)


@given(ANY_CELLS, VALUES, st.booleans(), st.booleans())
def test_what_was_exported_and_not_touched_is_always_the_same(
    of: Cells, text: str, told: bool, retyped: bool
) -> None:
    value = FieldValue(of.field, None, text, text.strip(), (text.strip(),) if text.strip() else ())
    what = of.shown(value, "fr")
    kept = Base(of.mark(what), what.text if told else None)
    assert of.compare(what.cell, kept, retyped=retyped) == "same"
    assert of.compare(what.text, kept, retyped=True) == "same"


@given(ANY_CELLS, VALUES, VALUES)
def test_what_is_exactly_the_same_is_loosely_the_same(of: Cells, one: str, two: str) -> None:
    if of.exact(one) == of.exact(two):
        assert of.loose(one) == of.loose(two)


@pytest.mark.parametrize(
    ("of", "cell", "text"),
    [
        (cells(), None, ""),
        (cells(), "  mot ", "mot"),
        (cells(), Decimal("2021"), "2021"),
        (cells("amount"), Decimal("1234.50"), "1234,5"),
        (cells("amount"), Decimal("1e3"), "1000"),
        (cells("date"), date(2026, 4, 3), "2026-04-03"),
        (cells("date"), datetime(2026, 4, 3, 8, 30), "2026-04-03 08:30"),
        (cells("date"), Decimal(2026), "2026"),
        (cells("boolean"), True, "oui"),
        (cells("boolean"), False, "non"),
        (cells(many=True), "eau; sols\nmare", "eau,sols,mare"),
        (cells(many=True, separator=";"), "eau; sols", "eau;sols"),
        (cells(many=True), '"eau; sols"', "eau; sols"),
    ],
)
def test_a_cell_says_what_a_person_would_type(of: Cells, cell: Cell, text: str) -> None:
    assert of.text_of(cell) == text


@pytest.mark.parametrize(
    ("of", "cell"),
    [
        (cells(), "   "),
        (cells(), "\u00a0\n"),
        (cells(), True),
        (cells(), date(2026, 4, 3)),
        (cells("amount"), date(2026, 4, 3)),
        (cells("date"), time(12, 30)),
        (cells("number", many=True), Decimal("1234.5")),  # would be two values
        (cells(), Unclear(Text("formule sans résultat", "formula without a result"))),
    ],
)
def test_what_nobody_can_tell_is_no_value(of: Cells, cell: Cell) -> None:
    with pytest.raises(Doubtful):
        of.text_of(cell)
