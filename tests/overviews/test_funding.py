from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.overviews.support import MAPPING, collection, figures, member, rows, well_made
from wikibot.overviews import Member, Section
from wikibot.overviews.funding import amounts_in, funding

AMOUNTS = [
    ("41320", ["41320"]),
    ("41320, 37500", ["41320", "37500"]),
    ("41320; 37500 ; 1200", ["41320", "37500", "1200"]),
    ("18 500 €, 6 000 €", ["18500", "6000"]),
    ("18 500 + 6 000", ["18500", "6000"]),
    ("18500 et 6000", ["18500", "6000"]),
    ("18500 puis 6000 euros", ["18500", "6000"]),
    ("31 000 euros", ["31000"]),
    ("12 000,50", ["12000.50"]),
    ("0", ["0"]),
    # A range, a choice, an amount that may be two, no amount: a person has to say.
    ("10000 à 20000", []),
    ("10000 ou 20000", []),
    ("10000-20000", []),
    ("12.345", []),
    ("12 k€", []),
    ("-500", []),
    ("à préciser", []),
    ("41320, à préciser", []),
    ("41320, 12 k€", []),
    ("41320, 12 k€, 500", []),
    ("1e40", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), AMOUNTS)
def test_amounts_are_read_only_where_they_have_one_reading(text: str, expected: list[str]) -> None:
    assert amounts_in(text, MAPPING) == tuple(map(Decimal, expected))


def section(*members: Member) -> Section:
    found = funding(collection(*members))
    assert found is not None
    well_made(found)
    return found


PAGES = (
    member("Haies", montant="41320, 37500", defis=["Eau", "Air"]),
    member("Mares", montant="10 000 €", defis=["Eau"]),
    member("Talus", montant="bientôt", defis=["Air"]),
    member("Bocage", defis=["Terre"]),
    member("Verger", montant="0"),
)


def test_what_follows_the_first_amount_is_an_option() -> None:
    found = section(*PAGES)
    assert figures(found) == {
        "funding_commun_base": Decimal(51320),
        "funding_commun_options": Decimal(37500),
        "funding_commun_sum": Decimal(88820),
        "funding_commun_told": 3,
        "funding_commun_unread_pages": 1,
        "funding_commun_lacking_pages": 1,
    }
    table = found.table("funding_commun")
    assert rows(table, "page", "base", "options", "sum", "written") == [
        ("Haies", 41320, 37500, 78820, "41320, 37500"),
        ("Mares", 10000, None, 10000, "10 000 €"),
        ("Verger", 0, None, 0, "0"),
    ]
    assert table.total is not None
    assert table.total[1:4] == (51320, 37500, 88820)


def test_what_cannot_be_read_is_listed_and_never_counted_as_nothing() -> None:
    found = section(*PAGES)
    assert rows(found.table("funding_commun_unread"), "page", "written") == [("Talus", "bientôt")]
    assert rows(found.table("funding_commun_lacking"), "page") == [("Bocage",)]


def test_a_page_counts_in_each_of_its_challenges_and_the_note_tells_the_real_total() -> None:
    table = section(*PAGES).table("funding_commun_defis")
    assert rows(table, "value", "pages", "base", "options", "sum") == [
        ("Eau", 2, 51320, 37500, 88820),
        ("Air", 1, 41320, 37500, 78820),
        ("(sans valeur)", 1, 0, 0, 0),
    ]
    assert table.total is None
    assert table.note is not None
    assert "ne s'additionnent pas" in table.note.fr
    assert "88\u202f820\u00a0€" in table.note.fr
    assert "€88,820" in table.note.en


def test_where_each_page_has_one_challenge_the_rows_add_up() -> None:
    table = section(
        member("Haies", montant="100", defis="Eau"), member("Mares", montant="50", defis="Air")
    ).table("funding_commun_defis")
    assert table.total is not None
    assert table.total[1:] == (2, 150, 0, 150)


def test_entries_of_a_page_are_added_up_one_by_one() -> None:
    found = section(
        member("Haies", "ligne", 0, poste="Plants", somme="100"),
        member("Haies", "ligne", 1, poste="Pelle", somme="20"),
        member("Mares", "ligne", 0, poste="Pelle", somme="30"),
    )
    assert figures(found)["funding_ligne_sum"] == 150
    assert rows(found.table("funding_ligne_poste"), "value", "pages", "sum") == [
        ("Plants", 1, 100),
        ("Pelle", 2, 50),
    ]


def test_without_any_amount_there_is_no_section() -> None:
    assert funding(collection(member("Haies", defis="Eau"))) is None


EUROS = st.integers(0, 10**9)


@given(
    st.lists(
        st.tuples(
            st.none() | st.just("bientôt") | st.lists(EUROS, min_size=1, max_size=3),
            st.lists(st.sampled_from(["Eau", "Air", "Terre"]), unique=True, max_size=3),
        ),
        min_size=1,
        max_size=20,
    )
)
def test_totals_are_those_of_the_amounts_and_no_page_is_lost(
    pages: list[tuple[str | list[int] | None, list[str]]],
) -> None:
    members = []
    for i, (amounts, challenges) in enumerate(pages):
        values: dict[str, Any] = {"defis": challenges} if challenges else {}
        if amounts is not None:
            told = amounts if isinstance(amounts, str) else "; ".join(map(str, amounts))
            values["montant"] = told
        members.append(member(f"P{i:02}", **values))
    found = funding(collection(*members))
    read = [(a, d) for a, d in pages if isinstance(a, list)]
    if found is None:
        assert all(amounts is None for amounts, _ in pages)
        return
    well_made(found)
    numbers = figures(found)
    assert numbers["funding_commun_base"] == sum(a[0] for a, _ in read)
    assert numbers["funding_commun_sum"] == sum(sum(a) for a, _ in read)
    states = ("told", "unread_pages", "lacking_pages")
    assert sum(numbers[f"funding_commun_{state}"] for state in states) == len(pages)
    if read:
        table = found.table("funding_commun_defis")
        for value, pages_of, total in rows(table, "value", "pages", "sum"):
            held = [a for a, d in read if (value in d if d else value == "(sans valeur)")]
            assert (pages_of, total) == (len(held), sum(map(sum, held)))
