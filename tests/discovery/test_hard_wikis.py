"""What makes wikis hard to read, all at once: on disk and on a real MediaWiki."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discovery.support import write_wiki
from tests.mediawiki.bench import MediaWikiBench
from wikibot import check, discover, drift, load_mapping, open_wiki
from wikibot.mapping import Mapping, PageType
from wikibot.wiki import Wiki

COMMUNES = [f"Commune n° {number} d'Amont" for number in range(300)]
# Every parameter stands inside of a condition, and some of them in nothing but conditions.
TEMPLATE = """<includeonly>{{#if:{{{commune|}}}|{{#set:Commune={{{commune|}}}}}}}
{{#if:{{{ferme|}}}|{{#ifeq:{{{genre|}}}|Ferme|{{#set:Surface={{{surface|}}}}}}}}}
{{#switch:{{{genre|}}}|Ferme={{{cheptel|}}}|Atelier={{{outil|}}}}}
{{#if:{{{mots|}}}|{{#arraymap:{{{mots|}}}|;|@@|[[Mot::@@]]}}}}
{{#ifexist:{{{voisin|}}}|{{#set:Voisin={{{voisin|}}}}}}}
{{#if:{{{texte|}}}|<h2>Présentation</h2>{{{texte|}}}}}
[[Catégorie:Lieu]]</includeonly>"""
FORM = """{{{info|page name=Lieu/<Lieu[nom]>}}}
{{{for template|Lieu}}}
'''Genre''' : {{{field|genre|input type=dropdown|values=Ferme,Atelier
|show on select=Ferme=>de_ferme;Atelier=>d_atelier}}}
<div id="de_ferme">Surface : {{{field|surface|mandatory}}} Cheptel : {{{field|cheptel}}}</div>
<div id="d_atelier">Outil : {{{field|outil|mandatory}}}</div>
Commune : {{{field|commune|input type=combobox|mandatory}}}
{{{field|mots|input type=tokens|delimiter=;}}} {{{field|ferme|hidden|default=oui}}}
{{{field|voisin}}} {{{field|texte|input type=textarea}}}
{{{field|visites|holds template}}}
{{{end template}}}
{{{for template|Visite|multiple|label=Visites|embed in field=Lieu[visites]}}}
{{{field|jour|input type=datepicker}}} {{{field|guide}}}
{{{end template}}}
{{{section|Histoire|level=2}}} {{{section|Sources|level=3|mandatory}}}
{{{for template|Adresse}}}{{{field|rue}}} {{{field|ville}}}{{{end template}}}
{{{standard input|free text}}}"""
LONG = "Une ligne avec {{Note|n={{Unité|ha}}}} et [[un lien|''d'ici'']].\n"
WIKI = {
    "Modèle:Lieu": TEMPLATE,
    "Modèle:Visite": "{{#if:{{{jour|}}}|{{#subobject:|Jour={{{jour|}}}|Guide={{{guide|}}}}}}}",
    "Modèle:Adresse": "{{#if:{{{rue|}}}|{{{rue|}}}, {{{ville|}}}}}",
    "Formulaire:Lieu": FORM,
    "Attribut:Commune": "[[A le type::Texte]]"
    + "".join(f"\n* [[Valeur possible::{name}]]" for name in COMMUNES),
    "Attribut:Mot": "[[A le type::Texte]]",
    "Attribut:Jour": "[[A le type::Date]]",
    "Attribut:Surface": "[[A le type::Nombre]]",
    "La Grange": "{{Lieu\n|genre=Ferme\n|commune=Commune n° 7 d'Amont\n|mots=pain; miel\n"
    "|visites={{Visite\n|jour=2026-05-01\n}}{{Visite\n|jour=2026-06-01\n}}\n}}\n"
    "{{Adresse\n|rue=Grand-Rue\n}}\n== Histoire ==\nLongue.\n",
    "Le Long": "{{Lieu\n|genre=Atelier\n|texte=" + LONG * 16_000 + "\n}}",
}
assert len(WIKI["Le Long"]) > 1_000_000


def page_type(mapping: Mapping, name: str) -> PageType:
    found = mapping.page_type(name)
    assert found is not None
    return found


def holds(wiki: Wiki, folder: Path) -> None:
    """Discover the wiki, and tell whether all of it was understood."""
    discover(wiki, folder)
    mapping = load_mapping(folder)
    lieu = page_type(mapping, "lieu")
    assert [f.parameter for f in lieu.fields] == [
        "genre", "surface", "cheptel", "outil", "commune", "mots", "ferme", "voisin", "texte",
        "visites",
    ]  # fmt: skip
    assert all(f.verified for f in lieu.fields)
    assert {f.parameter: f.property for f in lieu.fields if f.property} == {
        "surface": "Surface", "commune": "Commune", "mots": "Mot", "voisin": "Voisin",
    }  # fmt: skip
    required = {f.parameter for f in lieu.fields if f.required}
    assert required == {"commune"}  # the others are but where they are shown
    mots, commune = lieu.field("mots"), lieu.field("commune")
    assert mots is not None and (mots.many, mots.separator) == (True, ";")
    assert commune is not None
    vocabulary = mapping.vocabulary(commune)
    assert vocabulary is not None and [t.label for t in vocabulary.terms] == COMMUNES
    assert [f.parameter for f in page_type(mapping, "visite").fields] == ["jour", "guide"]
    assert page_type(mapping, "visite").repeats
    assert [f.parameter for f in page_type(mapping, "adresse").fields] == ["rue", "ville"]
    assert (lieu.category, lieu.form) == ("Lieu", "Lieu")
    assert drift(wiki, mapping) == ()
    assert discover(wiki, folder).written.files == {}
    found = {finding.rule for finding in check(wiki.pages(["La Grange"]), mapping, wiki)}
    assert not any(rule.startswith("PAR1") for rule in found)


def test_a_hard_wiki_on_disk_is_understood(tmp_path: Path) -> None:
    holds(open_wiki(write_wiki(tmp_path / "wiki", WIKI)), tmp_path / "mapping")


def test_a_hard_wiki_on_a_mediawiki_is_understood(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path
) -> None:
    fresh_mediawiki.import_pages({title: [text] for title, text in WIKI.items() if ":" in title})
    for title, text in WIKI.items():
        if ":" not in title:
            fresh_mediawiki.edit_as_human(title, text)
    holds(open_wiki(fresh_mediawiki.api), tmp_path / "mapping")


def test_three_hundred_values_that_change_are_named_one_by_one(tmp_path: Path) -> None:
    discover(open_wiki(write_wiki(tmp_path / "wiki", WIKI)), tmp_path / "mapping")
    text = "[[A le type::Texte]]" + "".join(f"[[Valeur possible::V{n}]]" for n in range(300))
    wiki = open_wiki(write_wiki(tmp_path / "wiki", {"Attribut:Commune": text}))
    found = drift(wiki, load_mapping(tmp_path / "mapping"))
    assert [one.now for one in found if one.what == "value-joined"] == [f"V{n}" for n in range(300)]
    assert [one.before for one in found if one.what == "value-left"] == COMMUNES


# --- whatever words stand there ---

WORDS = ["« é »", '"', "'", "\\", "{ ", " }", "fr = ", "#", "=", "œ", "日本", "🌱", "\u00a0", "\\n",
         "a", "B", "''", '"""', ",", "'''", "[x]", "\\u0041", "%", "/"]  # fmt: skip
LINE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map("".join)


@given(
    st.lists(LINE, min_size=1, max_size=4, unique=True),
    st.lists(LINE, max_size=3, unique=True),
    LINE,
    LINE,
)
@settings(deadline=None, max_examples=60)
def test_labels_help_and_terms_are_the_same_once_written_and_once_added(
    tmp_path_factory: pytest.TempPathFactory,
    terms: list[str],
    later: list[str],
    label: str,
    help_: str,
) -> None:
    tmp_path = tmp_path_factory.mktemp("words")

    def mapped(values: list[str], *names: str) -> Mapping:
        entry = {"label": {"fr": label, "en": help_}, "description": {"fr": help_, "en": label},
                 "suggestedvalues": values}  # fmt: skip
        data = {"params": dict.fromkeys(names, entry),
                "maps": {"wikibot": {"closed": list(names)}}}  # fmt: skip
        written = json.dumps(data).replace("{{", "{ {").replace("<", "\\u003c")
        text = f"[[Catégorie:Lieu]]<templatedata>{written}</templatedata>"
        pages = {"Modèle:Lieu": text, "Ici": "{{Lieu|a=x}}"}
        discover(open_wiki(write_wiki(tmp_path / "wiki", pages)), tmp_path / "mapping")
        return load_mapping(tmp_path / "mapping")

    def is_whole(mapping: Mapping, values: list[str], names: list[str]) -> None:
        assert [f.id for f in mapping.page_types[0].fields] == names
        (vocabulary,) = mapping.vocabularies
        wanted = dict.fromkeys(" ".join(value.split()) for value in values)
        assert [term.label for term in vocabulary.terms] == list(wanted)
        for field in mapping.page_types[0].fields:
            assert field.help is not None
            assert field.label.fr == field.help.en == (" ".join(label.split()) or field.label.fr)
            assert field.label.en == field.help.fr == (" ".join(help_.split()) or field.label.en)

    if not all(word.split() for word in (*terms, label, help_)):
        return
    is_whole(mapped(terms, "a"), terms, ["a"])
    every = [*terms, *(word for word in later if word.split())]
    is_whole(mapped(every, "a", "b"), every, ["a", "b"])
