"""Which categories a text puts its page into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.wikitext import FRENCH_WIKI, categories_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Catégorie:Commun]]", [("Commun", "")]),
        ("a [[ category : commun |Tri]] b", [("Commun", "Tri")]),
        ("[[Catégorie:Compte_rendu  d'atelier]]", [("Compte rendu d'atelier", "")]),
        ("[[Catégorie:Commun| ]] [[Category:Autre|*]]", [("Commun", " "), ("Autre", "*")]),
        ("[[:Catégorie:Commun]] [[:Catégorie:Commun|x]] [[Commun]] [[Aide:Catégorie]]", []),
        ("<!-- [[Catégorie:Commun]] --> <nowiki>[[Catégorie:Commun]]</nowiki>", []),
        ("<includeonly>[[Catégorie:Commun]]</includeonly> <!-- [[Catégorie:Commun]]", []),
        ("<nowiki/>[[Catégorie:Commun]] <!-- fin -->", [("Commun", "")]),
        ("[[Catégorie:]] [[Catégorie:\nX]] [Catégorie:X] [[Catégorie:X", []),
    ],
)
def test_a_link_into_a_category_counts_where_the_wiki_reads_it(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert list(categories_of(text, FRENCH_WIKI)) == expected


@given(st.text(st.sampled_from("[[]]:|<>!-/ \nnowikiCatégorie")))
def test_no_text_makes_it_raise(text: str) -> None:
    assert all(name for name, _ in categories_of(text, FRENCH_WIKI))
