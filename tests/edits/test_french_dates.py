"""Dates as people say them: what each may mean, and that nothing is made up."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.edits.dates import read_date
from wikibot.edits.french_dates import FrenchDate, read_french_date


def months(year: int, *numbers: int) -> list[str]:
    return [f"{year}-{number:02}" for number in numbers]


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("fin 2025", ["2025-12"]),
        ("Fin d'année 2025", ["2025-12"]),
        ("fin de l'année 2025", ["2025-12"]),
        ("à la fin 2025", ["2025-12"]),
        ("avant fin 2025", ["2025-12"]),
        ("début 2024", ["2024-01"]),
        ("mi-2023", months(2023, 6, 7)),
        ("fin mars 2025", ["2025-03"]),
        ("mi-mars 2025", ["2025-03"]),
        ("courant avril 2025", ["2025-04"]),
        ("fév ou mars 2024", months(2024, 2, 3)),
        ("févr./mars 2024", months(2024, 2, 3)),
        ("de mars à mai 2024", months(2024, 3, 5)),
        ("décembre 2024 ou janvier 2025", ["2024-12", "2025-01"]),
        ("mars ou février 2024", []),
        ("printemps 2024", months(2024, 3, 4, 5, 6)),
        ("au printemps 2024", months(2024, 3, 4, 5, 6)),
        ("l'été 2025", months(2025, 6, 7, 8, 9)),
        ("avant l'été 2025", ["2025-06"]),
        ("à l'automne 2025", months(2025, 9, 10, 11, 12)),
        ("hiver 2024-2025", ["2024-12", *months(2025, 1, 2, 3)]),
        ("hiver 2024", months(2024, 1, 2, 3, 12)),
        ("hiver 2024-2026", []),
        ("rentrée 2024", ["2024-09"]),
        ("à la rentrée scolaire 2024", ["2024-09"]),
        ("T2 2024", months(2024, 4, 5, 6)),
        ("2024-T2", months(2024, 4, 5, 6)),
        ("2e trimestre 2024", months(2024, 4, 5, 6)),
        ("premier semestre 2024", months(2024, 1, 2, 3, 4, 5, 6)),
        ("T5 2024", []),
        ("3e semestre 2024", []),
        ("troisième semestre 2024", []),
        ("2024 ou 2025", ["2024", "2025"]),
        ("2024-2025", ["2024", "2025"]),
        ("du 3 au 5 mars 2024", ["2024-03-03", "2024-03-05"]),
        ("3 ou 4 mars 2024", ["2024-03-03", "2024-03-04"]),
        ("30 ou 31 février 2024", []),
        ("depuis 2019", ["2019"]),
        ("vers mars 2020", ["2020-03"]),
        ("3 févr. 24", ["2024-02-03"]),
        ("trois mars 2024", ["2024-03-03"]),
        ("3 mars 2024 à 10h", ["2024-03-03"]),
        ("demain", []),
        ("mars", []),
        ("le 3 mars", []),
        ("dans 3 mois", []),
        ("il y a 2 ans", []),
        ("lundi", []),
        ("12", []),
        ("lundi 3 mars 24", []),  # it was a Sunday
        ("dimanche 3 mars 24", ["2024-03-03"]),
        ("31 juin 24", []),
        ("version 2 2024", []),
        ("3 pommes 2024", []),
        ("bientôt 2024 peut-être", []),
    ],
)
def test_what_a_date_may_mean(text: str, candidates: list[str]) -> None:
    assert list(read_french_date(text).candidates) == candidates
    assert not read_french_date(text).sure


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("en 2024", "2024"),
        ("en mars 2024", "2024-03"),
        ("au mois de mars 2024", "2024-03"),
        ("année 2024", "2024"),
        ("1 er mars 2025", "2025-03-01"),
    ],
)
def test_where_one_answer_alone_is_possible_it_is_sure(text: str, iso: str) -> None:
    assert read_french_date(text) == FrenchDate((iso,), sure=True)


@given(
    st.one_of(
        st.text(max_size=30),
        st.lists(
            st.sampled_from(
                [
                    *("3", "12", "31", "24", "0", "00", "99", "1er", "2024", "2025", "T2", "h"),
                    *("mars", "févr.", "mai", "lundi", "trois", "premier", "trimestre", "été"),
                    *("hiver", "fin", "début", "ou", "à", "de", "le", "l'", "en", "avant", "-"),
                ]
            ),
            max_size=7,
        ).map(" ".join),
    )
)
def test_every_candidate_is_a_date_and_they_stand_in_the_order_of_time(text: str) -> None:
    found = read_french_date(text)
    assert all(read_date(candidate).state == "right" for candidate in found.candidates)
    assert list(found.candidates) == sorted(set(found.candidates))
    assert not found.sure or len(found.candidates) == 1


def test_the_library_is_loaded_for_words_that_we_do_not_know_alone() -> None:
    code = (
        "import sys; from wikibot.edits.french_dates import read_french_date as read;"
        "assert read('fin 2025').candidates and not read('demain').candidates;"
        "assert 'dateparser' not in sys.modules;"
        "assert read('trois mars 2024').candidates and 'dateparser' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
