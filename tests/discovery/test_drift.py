"""mapping drift: what changed on the wiki since its mapping was made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.discovery.support import WIKI, write_wiki
from wikibot import check, discover, drift, load_mapping, open_wiki

FORM, TEMPLATE = "Formulaire:Lieu", "Modèle:Lieu"


def drifted(tmp_path: Path, pages: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """Make the mapping of the small wiki, change pages of it, and return what differs."""
    discover(open_wiki(write_wiki(tmp_path / "wiki")), tmp_path / "mapping")
    wiki = open_wiki(write_wiki(tmp_path / "wiki", pages))
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


def test_after_a_rename_was_taken_over_check_names_the_old_name_on_pages(tmp_path: Path) -> None:
    pages = replaced("genre|}}}", "categorie|}}}", TEMPLATE) | replaced(
        "|genre|", "|categorie|", FORM
    )
    assert ("renamed", "genre", "genre", "categorie") in drifted(tmp_path, pages)
    wiki = open_wiki(tmp_path / "wiki")
    discover(wiki, tmp_path / "mapping")
    mapping = load_mapping(tmp_path / "mapping")
    assert drift(wiki, mapping) == ()
    found = check([wiki.page("La Grange")], mapping, wiki)
    assert ("PAR104", "genre", "Ferme") in {(f.rule, f.field, f.value) for f in found}


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
