"""The links of a text, as MediaWiki reads them; and its words, as a reader sees them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot.wikitext import FRENCH_WIKI, transclusions
from wikibot.wikitext.hidden import blanked
from wikibot.wikitext.links import links_of
from wikibot.wikitext.prose import prose_of

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

# Each text with what it links to, files included, and the categories it names (after `+`).
CASES = {
    "Voir [[haies]] et [[Mares du_plateau|les mares]].": "Haies, Mares du plateau",
    "[[Haies#Taille]] [[#Plus bas]] [[Haies|]]": "Haies",
    "<!-- [[Haies]] --> [[Mares]] <nowiki>[[Talus]]</nowiki>": "Mares",
    "<pre>[[Haies]]</pre><nowiki/>[[Mares]]<nowiki />": "Mares",
    "<nowiki>[[Haies]] jamais fermé [[Mares]]": "Haies, Mares",
    "<nowikix>[[Haies]]</nowikix> <NOWIKI>[[Mares]]</Nowiki>": "Haies",
    "[[Haies]] <!-- jamais fermé [[Mares]]": "Haies",
    "<includeonly>[[Haies]]</includeonly><noinclude>[[Mares]]</noinclude>": "Mares",
    "[[Catégorie:commun|clé]] [[Category:Atlas]] [[:Catégorie:Haies]]": (
        "Catégorie:Haies +Atlas +Commun"
    ),
    "[[Fichier:Haie.jpg|vignette|Une [[haie]] taillée]]": "Fichier:Haie.jpg, Haie",
    "[[:Fichier:Haie.jpg]] [[Image:Mare.png]]": "Fichier:Haie.jpg, Fichier:Mare.png",
    "[[Haies|une [[mare]]": "Mare",
    "[[Haies|une [[mare]] ici]]": "Mare",
    "[[Haies|sur\ndeux lignes]] [[Mares\nici]]": "Haies",
    "[[Haies|[Mares]]] [[[Talus]]] [[[[Fossés]]": "Fossés, Haies",
    "[[Atelier%20des%20haies]] [[R&amp;D]] [[100 % eau]]": "100 % eau, Atelier des haies, R&D",
    "[[https://exemple.org Haies]] [https://exemple.org]": "",
    "[[Ha<b>ies]] [[Ha{ies]] [[]] [[ ]] [[Haies": "",
    "[[a|b]c]] [[:Haies]] [[_Mares_]]": "A, Haies, Mares",
    "[[Discussion:Haies]] [[Utilisateur:Alix|Alix]]": "Discussion:Haies, Utilisateur:Alix",
    "''[[Haies]]''s et [[Mares]]s <ref>[[Talus]]</ref>": "Haies, Mares, Talus",
}


def told(text: str) -> str:
    links = {str(link.title) for link in links_of(text) if not link.category}
    into = {f"+{link.title.name}" for link in links_of(text) if link.category}
    return " ".join((", ".join(sorted(links)), *sorted(into))).strip()


@pytest.mark.parametrize("text", CASES)
def test_a_text_links_to(text: str) -> None:
    assert told(text) == CASES[text]


def test_mediawiki_reads_the_same_links(mediawiki: MediaWikiBench) -> None:
    alone = [text for text in CASES if "jamais fermé" in text]  # it reaches what stands behind
    rest = [text for text in CASES if text not in alone]
    for texts in (rest, *([text] for text in alone)):
        parsed = mediawiki.call(
            action="parse",
            prop="links|categories|images",
            contentmodel="wikitext",
            text="\n\n".join(texts),
        )["parse"]
        files = {f"Fichier:{name.replace('_', ' ')}" for name in parsed["images"]}
        links = {link["title"] for link in parsed["links"]} | files
        into = {f"+{found['category'].replace('_', ' ')}" for found in parsed["categories"]}
        into = {name for name in into if not name.startswith("+Pages avec ")}  # those it adds
        assert " ".join((", ".join(sorted(links)), *sorted(into))).strip() == told_of(texts)


def told_of(texts: Sequence[str]) -> str:
    return told("\n\n".join(texts)) if len(texts) > 1 else CASES[texts[0]]


def test_of_an_annotation_the_value_is_named() -> None:
    assert told("[[Est membre de::Réseau des haies|le réseau]]") == "Réseau des haies"


def test_a_link_is_where_it_stands() -> None:
    text = "<!-- été --> [[Haies]]"
    (link,) = links_of(text)
    assert text[link.start :] == "[[Haies]]"


pieces = st.sampled_from(
    ["[[", "]]", "|", "a", "Catégorie:", "Fichier:", "<nowiki>", "</nowiki>", "<!--", "-->", "\n",
     "<pre", ">", "/>", "%20", "&amp;", "::", "{{", "}}", "''", "#", "/", "é"]
)  # fmt: skip


@given(st.lists(pieces, max_size=30).map("".join))
def test_any_text_is_read_and_keeps_its_places(text: str) -> None:
    assert len(blanked(text, FRENCH_WIKI)) == len(text)
    for link in links_of(text):
        assert text.startswith("[[", link.start)
    prose_of(text, (), transclusions(text))


@pytest.mark.parametrize("piece", ["[[A|", "[[", "<pre>", "<pre ", "<!--", "[[Fichier:A|", "]]"])
def test_time_grows_linearly_with_the_text(piece: str) -> None:
    start = time.process_time()
    list(links_of(piece * 40_000))
    assert time.process_time() - start < 1


# --- its words ---

WORDS = {
    "== Les haies ==\n* une ''haie'' [[Mares|de mares]] ici": "Les haies une haie de mares ici",
    "[[Catégorie:Commun]]Texte <!-- pas cela --><b>gras</b>": "Texte gras",
    "[[Fichier:Haie.jpg|vignette|Une haie]] [https://exemple.org le site]": "Une haie le site",
    "{{Citation|La haie|auteur=Alix}} {{#ask:[[Haie]]}} fin": "La haie Alix fin",
    "caf&eacute;&nbsp;: {{Ressource|licence=MIT}} bon": "café : bon",
}


@pytest.mark.parametrize("text", WORDS)
def test_the_words_beside_known_templates(text: str) -> None:
    calls = transclusions(text)
    known = [call.span for call in calls if call.name == "Ressource"]
    others = [call for call in calls if call.name != "Ressource"]
    assert prose_of(text, known, others) == WORDS[text]
