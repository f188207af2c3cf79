"""Titles and namespaces, as MediaWiki normalises them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mediawiki.bench import MediaWikiBench
from wikibot.errors import InvalidTitle
from wikibot.title import FRENCH, Title, canonical_name

SPELLINGS = [
    ("un commun", Title(0, "Un commun")),
    ("Un_commun", Title(0, "Un commun")),
    ("  _Un   commun_ ", Title(0, "Un commun")),
    ("été", Title(0, "Été")),
    ("e\u0301te\u0301", Title(0, "Été")),
    ("Modèle:ressource", Title(10, "Ressource")),
    ("template : Ressource", Title(10, "Ressource")),
    (":Un commun", Title(0, "Un commun")),
    (":Category:Commun", Title(14, "Commun")),
    ("Un commun#Partie", Title(0, "Un commun")),
    ("Utilisatrice:Lou", Title(2, "Lou")),
    ("Kit : un jeu", Title(0, "Kit : un jeu")),
    ("ßtraße", Title(0, "SStraße")),
]
NO_TITLES = ["", " ", "a[b", "a|b", "{{a}}", "a<b", "a\tb\x00", "é" * 128, "Modèle:", "#x", "a%41b"]


@pytest.mark.parametrize(("text", "title"), SPELLINGS)
def test_a_title_has_one_spelling(text: str, title: Title) -> None:
    assert FRENCH.parse(text) == title


@pytest.mark.parametrize("name", ["Property", "Attribut", "property", " Attribut "])
def test_a_namespace_is_known_by_any_of_its_names(name: str) -> None:
    assert FRENCH.number(name) == 102
    assert FRENCH.number("Schéma") is None


@pytest.mark.parametrize("text", NO_TITLES)
def test_what_no_page_can_be_called_is_refused(text: str) -> None:
    with pytest.raises(InvalidTitle):
        FRENCH.parse(text)


@given(st.text(max_size=60))
def test_a_normalised_name_is_normal(text: str) -> None:
    assert canonical_name(canonical_name(text)) == canonical_name(text)


def test_a_title_shows_its_prefix_and_is_told_apart_without_it() -> None:
    assert str(FRENCH.parse("category:commun")) == "Catégorie:Commun"
    assert Title(14, "Commun") == Title(14, "Commun", "Category")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ressource", "Ressource"),
        ("Modèle:ressource", "Ressource"),
        ("Aide:sommaire", "Aide:Sommaire"),
        (":un article", ":Un article"),
        ("#if: x", "#if: x"),
        ("Ville : carte", "Ville : carte"),
    ],
)
def test_a_template_is_known_by_one_name(text: str, name: str) -> None:
    assert FRENCH.template_name(text) == name


def test_titles_are_normalised_as_the_real_wiki_does(mediawiki: MediaWikiBench) -> None:
    for text, title in SPELLINGS:
        answer = mediawiki.call("human", action="query", titles=text, formatversion=2)
        assert answer["query"]["pages"][0]["title"] == str(
            FRENCH.title(title.namespace, title.name)
        )


def test_the_real_wiki_refuses_the_same_titles(mediawiki: MediaWikiBench) -> None:
    for text in NO_TITLES:
        if text.strip() and not set("\x00|") & set(text):  # a bar separates titles there
            answer = mediawiki.call("human", action="query", titles=text, formatversion=2)
            page = answer["query"].get("pages", [{"invalid": True}])[0]
            assert page.get("invalid"), text
