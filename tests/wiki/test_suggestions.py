from __future__ import annotations

from wikibot.wiki.suggestions import no_such_page

TITLES = ["Enquête mobilité", "Enquête 360°", "Enquête sociale", "Enquête verte", "Zoé"]


def test_the_three_nearest_titles_are_suggested_the_nearest_first() -> None:
    error = no_such_page("enquete mobilite", "pages", TITLES)
    assert error.message.fr == "Aucune page « enquete mobilite » dans pages."
    assert error.message.en == "There is no page “enquete mobilite” in pages."
    assert error.advice
    assert error.advice.fr.startswith("Vouliez-vous dire « Enquête mobilité » ou « Enquête")
    assert error.advice.fr.count("«") == 3
    assert error.advice.en.startswith("Did you mean “Enquête mobilité” or ")


def test_nothing_is_suggested_where_nothing_is_near() -> None:
    assert no_such_page("Xylophone", "pages", TITLES).advice is None
    assert no_such_page("Un", "pages", []).advice is None
