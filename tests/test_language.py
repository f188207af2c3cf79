"""Words in two languages."""

from __future__ import annotations

import pytest

from wikibot.language import Text, counted, same

PAGE, PAGES = Text("page", "page"), Text("pages", "pages")


@pytest.mark.parametrize(
    ("number", "fr", "en"),
    [(0, "0 page", "0 pages"), (1, "1 page", "1 page"), (2, "2 pages", "2 pages")],
)
def test_a_number_agrees_with_its_noun_as_each_language_has_it(
    number: int, fr: str, en: str
) -> None:
    assert counted(number, PAGE, PAGES) == Text(fr, en)


def test_a_placeholder_takes_the_words_of_its_own_language() -> None:
    text = Text("le champ {field}", "the field {field}").format(field=Text("Défi", "Challenge"))
    assert text == Text("le champ Défi", "the field Challenge")


def test_a_missing_value_is_an_error_not_a_hole() -> None:
    with pytest.raises(KeyError):
        Text("{a}", "{a}").format(b=1)


def test_a_name_is_the_same_in_both() -> None:
    assert same("CC0").into("fr") == same("CC0").into("en") == "CC0"
