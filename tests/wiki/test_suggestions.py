from __future__ import annotations

from wikibot.wiki.suggestions import no_such_page

TITLES = ["Diagnostic mobilité", "Diagnostic 360°", "Diagnostic social", "Diagnostic vert", "Zoé"]


def test_the_three_nearest_titles_are_suggested_the_nearest_first() -> None:
    error = no_such_page("diagnostic mobilite", "pages", TITLES)
    assert error.message.fr == "Aucune page « diagnostic mobilite » dans pages."
    assert error.message.en == "There is no page “diagnostic mobilite” in pages."
    assert error.advice
    assert error.advice.fr.startswith("Vouliez-vous dire « Diagnostic mobilité » ou « Diagnostic")
    assert error.advice.fr.count("«") == 3
    assert error.advice.en.startswith("Did you mean “Diagnostic mobilité” or ")


def test_nothing_is_suggested_where_nothing_is_near() -> None:
    assert no_such_page("Xylophone", "pages", TITLES).advice is None
    assert no_such_page("Un", "pages", []).advice is None
