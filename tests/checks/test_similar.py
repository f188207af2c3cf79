"""Titles that are one title with a slip, told from titles that only look alike."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wikibot.checks.similar import Alike, overlap, words_of

_WORDS = (
    *("atlas", "observatoire", "participatif", "chaleur", "partage", "commune", "territoire"),
    *("mobilite", "cantine", "verger", "sobriete", "resilience", "cartographie", "formation"),
)
_TITLES = st.lists(st.sampled_from(_WORDS), min_size=2, max_size=5, unique=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Atlas des haies", "L'atlas des haies"),
        ("Atlas des haies", "ATLAS – Haies"),
        ("Commun de territoire", "Communs des territoires"),
        ("Semences locales en partage", "Semence locale en partage"),
        ("Jeu de rôle « Crue & Cité »", "Jeu de rôle Crue et Cité"),
        ("Cartographie des puits", "Cartographe des puits"),
        ("Observatoire", "Observatoir"),
        ("Formation des élus ruraux", "Formation des ruraux élus"),
    ],
)
def test_one_title_with_a_slip_is_that_title(one: str, other: str) -> None:
    assert Alike([one, other, "Autre chose"]).to(one) == (other,)
    assert Alike([one, other]).to(other) == (one,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chemin 2026 : cadre d'action", "Chemin 2026 : cadre d'organisation"),
        ("Chemin 2026 : cadre de pensée", "Chemin 2025 : cadre de pensée"),
        ("Atlas des haies", "Atlas des baies"),
        ("Le port du village", "Le pont du village"),
        ("Jardin des plantes", "Jardin des plaintes"),
        ("Module 1", "Module 2"),
        ("Commune de Valfictif", "Communauté de Valfictif"),
        ("De la ferme à la ville", "De la ville à la ferme"),
        ("Diagnostic 360°", "Diagnostic 360° de résilience territoriale"),
        ("Langage C++", "Langage C"),
        ("Vitamine D", "Vitamine"),
        ("Classe A", "Classe B"),
        ("Notation participative", "Rotation participative"),
        ("!!!", "???"),
    ],
)
def test_titles_that_differ_by_a_word_a_number_or_a_short_word_are_two(
    one: str, other: str
) -> None:
    assert Alike([one, other]).to(one) == ()
    assert Alike([one, other]).to(other) == ()


@given(_TITLES, st.randoms(use_true_random=False))
def test_one_slip_in_a_long_word_is_always_found(words: list[str], chance: random.Random) -> None:
    long = [place for place, word in enumerate(words) if len(word) > 7]
    assume(long)
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    slip = chance.choice(
        [word[:at] + word[at + 1 :], word[:at] + "k" + word[at:], word[:at] + "k" + word[at + 1 :]]
    )
    title = " ".join(words)
    wrong = " ".join([*words[:place], slip, *words[place + 1 :]])
    assert Alike([title, wrong]).to(title) == (wrong,)


@given(st.lists(_TITLES.map(" ".join), max_size=12, unique=True))
def test_to_be_alike_goes_both_ways(titles: list[str]) -> None:
    index = Alike(titles)
    for title in titles:
        for other in index.to(title):
            assert title in index.to(other)


def test_the_overlap_is_of_the_shorter_title() -> None:
    assert overlap("Atlas des haies", "Atlas communal des haies") == 1.0
    assert overlap("Atlas des haies", "Jeu des mares") == 0.0
    assert overlap("", "Atlas") == 0.0


def test_words_that_say_nothing_are_left_out() -> None:
    assert words_of("L'atlas de la haie et d’un verger") == ("atla", "haie", "verger")
