from __future__ import annotations

import pytest

from wikibot.language import Text
from wikibot.wiki.suggestions import nearest_titles, no_such_page

TITLES = [
    "Agence des chemins",
    "Atelier des haies et des semences",
    "Atlas participatif des haies",
    "Boîte à outils : rues fraîches",
    "Carnet de veille des crues",
    "Fichier:Graines-en-bocaux.jpg",
    "Raconter ce qui n'a pas marché",
    "Replanter les haies",
    "Rez-de-ville réversibles",
    "Semences locales en partage",
    "Sobriété au village : le jeu",
    "Trois haies et un étang",
]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Carnet de veille des crus", "Carnet de veille des crues"),
        ("boite a outil", "Boîte à outils : rues fraîches"),
        ("carnet des crues", "Carnet de veille des crues"),
        ("rezdeville reversible", "Rez-de-ville réversibles"),
        ("Semance", "Semences locales en partage"),
        ("crue", "Carnet de veille des crues"),
        ("jeu", "Sobriété au village : le jeu"),
        ("le jeu sobriété", "Sobriété au village : le jeu"),
        ("diagnostic participatif", "Atlas participatif des haies"),
        ("Graines en bocaux", "Fichier:Graines-en-bocaux.jpg"),
        ("haies", "Replanter les haies"),
    ],
)
def test_a_title_is_found_by_its_slips_and_by_some_of_its_words(typed: str, first: str) -> None:
    assert nearest_titles(typed, TITLES)[0] == first


@pytest.mark.parametrize("typed", ["Bocage", "Page", "Xylophone", "Commun", "…", ""])
def test_nothing_is_suggested_where_nothing_is_near(typed: str) -> None:
    assert nearest_titles(typed, TITLES) == ()
    assert no_such_page("Un", "pages", []).advice is None


def test_the_error_names_three_titles_at_most() -> None:
    error = no_such_page("haies", "pages", TITLES)
    assert error.message.fr == "Aucune page « haies » dans pages."
    assert error.message.en == "There is no page “haies” in pages."
    assert error.advice
    assert error.advice.fr == (
        "Vouliez-vous dire « Replanter les haies » ou « Trois haies et un étang » ou "
        "« Atlas participatif des haies » ?"
    )
    assert error.advice.en.startswith("Did you mean “Replanter les haies” or “")
    assert no_such_page("Carnet des crues", "pages", TITLES).advice == Text(
        "Vouliez-vous dire « Carnet de veille des crues » ?",
        "Did you mean “Carnet de veille des crues”?",
    )
