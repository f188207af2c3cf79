"""mapping drift: what changed on the wiki since its mapping was made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.discovery.support import WIKI, write_wiki
from tests.installation.support import write_pages
from wikibot import check, discover, drift, install, load_mapping, open_wiki

FORM, TEMPLATE = "Formulaire:Lieu", "Modèle:Lieu"


def drifted(
    tmp_path: Path, pages: dict[str, str], gone: tuple[str, ...] = ()
) -> list[tuple[str, str, str, str]]:
    """Make the mapping of the small wiki, change pages of it, and return what differs."""
    discover(open_wiki(write_wiki(tmp_path / "wiki")), tmp_path / "mapping")
    changed = {title: text for title, text in (WIKI | pages).items() if title not in gone}
    wiki = open_wiki(write_wiki(tmp_path / "changed", changed))
    found = drift(wiki, load_mapping(tmp_path / "mapping"))
    return [(one.what, one.field, one.before, one.now) for one in found]


def replaced(old: str, new: str, *titles: str) -> dict[str, str]:
    assert all(old in WIKI[title] for title in titles)
    return {title: WIKI[title].replace(old, new) for title in titles}


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ({}, []),
        (
            replaced("ouverture", "date_ouverture", FORM, TEMPLATE),
            [("renamed", "ouverture", "ouverture", "date_ouverture")],
        ),
        (
            replaced("{{{field|texte|input type=textarea}}}", "", FORM),
            [("missing", "texte", "texte", "")],
        ),
        (
            replaced("{{{field|surface", "{{{field|etage}}} {{{field|surface", FORM),
            [("new", "", "", "etage")],
        ),
        ({"Attribut:Commune": "[[A le type::Date]]"}, [("retyped", "commune", "page", "date")]),
        (replaced("+sep=;", "+sep=,", TEMPLATE), [("retyped", "mots", ";", ",")]),
        (
            replaced("Valeur possible::Ferme", "Valeur possible::Jardin", "Attribut:Genre"),
            [("value-joined", "genre", "", "Jardin"), ("value-left", "genre", "Ferme", "")],
        ),
    ],
    ids=["nothing", "renamed", "missing", "new", "retyped", "separator", "values"],
)
def test_what_changed_on_the_wiki_is_named(
    tmp_path: Path, pages: dict[str, str], found: list[tuple[str, str, str, str]]
) -> None:
    assert drifted(tmp_path, pages) == found


NO_VISITE = WIKI[FORM].split("{{{for template|Visite")[0]
UNCALLED = {"La Grange": "{{Lieu|nom=La Grange}}"}
REDIRECT = "#REDIRECTION [[{}]]"


def moved(old: str, new: str, **changes: str) -> dict[str, str]:
    """Return the pages after a move that leaves a redirect."""
    text = WIKI[old]
    for before, after in changes.items():
        text = text.replace(before, after)
    return {new: text, old: REDIRECT.format(new)}


@pytest.mark.parametrize(
    ("pages", "gone", "found"),
    [
        (
            {FORM: NO_VISITE} | UNCALLED,
            ("Modèle:Visite",),
            [("missing", "", "Visite", "")],
        ),
        (
            {FORM: NO_VISITE, "Modèle:Visite": REDIRECT.format("Modèle:Perdu")} | UNCALLED,
            (),
            [("missing", "", "Visite", "")],
        ),
        (moved(TEMPLATE, "Modèle:Endroit"), (), [("renamed", "", "Lieu", "Endroit")]),
        (
            moved(TEMPLATE, "Modèle:Endroit", ouverture="date_ouverture")
            | replaced("ouverture", "date_ouverture", FORM),
            (),
            [
                ("renamed", "", "Lieu", "Endroit"),
                ("renamed", "ouverture", "ouverture", "date_ouverture"),
            ],
        ),
        (moved(TEMPLATE, "Modèle:Place"), (), []),
        (
            moved(FORM, "Formulaire:Endroit"),
            (),
            [("renamed", "", "Lieu", "Endroit")],
        ),
        (
            {"Formulaire:Autre": "{{{for template|Autre}}}{{{field|a}}}{{{end template}}}"},
            (FORM,),
            [
                ("missing", "", "Lieu", ""),
                ("missing", "texte", "texte", ""),
                ("missing", "surface", "surface", ""),
            ],
        ),
        (replaced("Catégorie:Lieu", "Catégorie:Endroit", TEMPLATE), (),
         [("renamed", "", "Lieu", "Endroit")]),
        (replaced("[[Catégorie:Lieu]]", "", TEMPLATE) | {"Modèle:Ébauche": ""}, (),
         [("missing", "", "Lieu", "")]),
        (replaced("|Commune={{{commune|}}}", "|Ville={{{commune|}}}", TEMPLATE), (),
         [("retyped", "commune", "Commune", "Ville")]),
        (replaced("|Commune={{{commune|}}}", "", TEMPLATE), ("Attribut:Commune",),
         [("missing", "commune", "Commune", "")]),
    ],
    ids=[
        "template gone", "template leads nowhere", "template moved",
        "template moved and a parameter renamed", "template moved to a name that is known",
        "form moved", "form gone", "category renamed", "category gone", "property renamed",
        "property gone",
    ],
)  # fmt: skip
def test_what_is_gone_or_moved_is_named(
    tmp_path: Path,
    pages: dict[str, str],
    gone: tuple[str, ...],
    found: list[tuple[str, str, str, str]],
) -> None:
    assert drifted(tmp_path, pages, gone) == found


@pytest.mark.parametrize(
    ("pages", "gone"),
    [
        # red links: a folder may hold some templates and not others
        ({FORM: NO_VISITE}, ("Modèle:Visite",)),
        # of a folder without any form none is gone
        (replaced("{{{nom|", "{{{texte|}}}{{{surface|}}}{{{nom|", TEMPLATE), (FORM,)),
        # the pages say it themselves, another template does, or one that cannot be told
        (
            replaced("[[Catégorie:Lieu]]", "", TEMPLATE)
            | {"A": "{{Lieu|nom=A}}[[catégorie:lieu]]"},
            (),
        ),
        (replaced("[[Catégorie:Lieu]]", "{{C}}", TEMPLATE) | {"Modèle:C": "[[Category:Lieu]]"}, ()),
        (
            replaced("[[Catégorie:Lieu]]", "{{C|Lieu}}", TEMPLATE)
            | {"Modèle:C": "[[Catégorie:{{{1}}}]]"},
            (),
        ),
        # the property has a page yet, or another template feeds it
        (replaced("|Commune={{{commune|}}}", "", TEMPLATE), ()),
        (
            replaced("|Commune={{{commune|}}}", "", TEMPLATE)
            | {"Modèle:Ébauche": "[[Commune::{{{c}}}]]"},
            ("Attribut:Commune",),
        ),
        # one parameter may feed two properties
        (replaced("|Commune={{{c", "|Ville={{{commune|}}}|Commune={{{c", TEMPLATE), ()),
    ],
)
def test_what_is_not_proven_to_be_gone_is_no_difference(
    tmp_path: Path, pages: dict[str, str], gone: tuple[str, ...]
) -> None:
    assert drifted(tmp_path, pages, gone) == []


def test_a_template_that_moved_is_known_by_both_names_once_it_was_taken_over(
    tmp_path: Path,
) -> None:
    assert drifted(tmp_path, moved(TEMPLATE, "Modèle:Endroit")) != []
    wiki = open_wiki(tmp_path / "changed")
    discover(wiki, tmp_path / "mapping")
    mapping = load_mapping(tmp_path / "mapping")
    assert set(mapping.page_types[0].templates) == {"Lieu", "Place", "Endroit"}
    assert drift(wiki, mapping) == ()


def test_a_property_that_changed_is_told_and_left_to_a_person(tmp_path: Path) -> None:
    pages = replaced("|Commune={{{commune|}}}", "|Ville={{{commune|}}}", TEMPLATE)
    drifted(tmp_path, pages)
    done = discover(open_wiki(tmp_path / "changed"), tmp_path / "mapping")
    assert [text.fr for text in done.written.differs if "commune" in text.fr] == [
        "lieu.commune : property est « Commune » ici, « Ville » d'après Modèle:Lieu ; gardé."
    ]


def test_after_a_rename_was_taken_over_check_names_the_old_name_on_pages(tmp_path: Path) -> None:
    pages = replaced("genre|}}}", "categorie|}}}", TEMPLATE) | replaced(
        "|genre|", "|categorie|", FORM
    )
    assert ("renamed", "genre", "genre", "categorie") in drifted(tmp_path, pages)
    wiki = open_wiki(tmp_path / "changed")
    discover(wiki, tmp_path / "mapping")
    mapping = load_mapping(tmp_path / "mapping")
    assert drift(wiki, mapping) == ()
    found = check([wiki.page("La Grange")], mapping, wiki)
    assert ("PAR104", "genre", "Ferme") in {(f.rule, f.field, f.value) for f in found}


@pytest.mark.parametrize("semantic", [True, False])
@pytest.mark.parametrize("forms", [True, False])
def test_what_was_just_installed_differs_in_nothing(
    tmp_path: Path, *, semantic: bool, forms: bool
) -> None:
    mapping = load_mapping("resilience")
    (tmp_path / "empty").mkdir()
    plan = install(open_wiki(tmp_path / "empty"), mapping, semantic=semantic, forms=forms).plan
    wiki = open_wiki(write_pages(plan, tmp_path / "wiki"))
    assert drift(wiki, mapping) == ()


def test_a_wiki_of_pages_alone_proves_no_difference(tmp_path: Path) -> None:
    discover(open_wiki(write_wiki(tmp_path / "wiki")), tmp_path / "mapping")
    pages = {title: text for title, text in WIKI.items() if ":" not in title}
    wiki = open_wiki(write_wiki(tmp_path / "other", pages))
    assert drift(wiki, load_mapping(tmp_path / "mapping")) == ()


def test_the_command_exits_3_where_anything_differs(tmp_path: Path) -> None:
    folder = write_wiki(tmp_path / "wiki")
    run("--wiki", folder, "mapping", "discover", "--into", tmp_path / "m")
    shared = ("--wiki", folder, "--mapping", tmp_path / "m", "mapping", "drift")
    clean = run(*shared)
    assert (clean.code, "Aucun écart" in clean.out) == (0, True)
    write_wiki(tmp_path / "wiki", {"Attribut:Commune": "[[A le type::Date]]"})
    shown = run(*shared)
    assert shown.code == 3
    assert "lieu.commune : kind est « page » ici, « date » sur le wiki" in shown.out
    told = json.loads(run(*shared, "--format", "json").out)
    assert [(one["what"], one["field"]) for one in told] == [("retyped", "commune")]
