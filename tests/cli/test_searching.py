"""search and links, in folders, in dumps and in the copy of a server."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import ATLAS, MISSPELT, PAGE, Done, run
from tests.wiki.exports import export, page, revision

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

MARES = "Mares du plateau"
PAGES = {ATLAS: PAGE, MARES: f"{MISSPELT}\nComme l'[[{ATLAS}|atlas]]. [[Catégorie:Commun]]"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for title, text in PAGES.items():
        (folder / f"{title}.wikitext").write_text(text)
    (folder / "Ailleurs.wikitext").write_text("Une page sans fiche, avec une haie.")
    return folder


def search(wiki: Path, *words: str) -> Done:
    return run("--wiki", wiki, "search", *words)


def test_pages_are_told_with_the_place_and_the_words_marked(folder: Path) -> None:
    done = search(folder, "MARE")
    assert done.code == 0
    assert done.out == (
        "*Mares* du plateau — Commun\n"
        "    Description en une phrase : Recenser les *mares* d'un plateau et ce qui y vit.\n"
        "    Description : Une méthode de relevé, *mare* par *mare*, avec les écoles du plateau.\n"
        "1 page.\n"
    )
    assert search(folder, "bocage", "atlas").out.count(" — Commun") == 2
    beside = search(folder, "semences").out.splitlines()[1].strip()
    assert (
        beside
        == "texte de la page : Les cartes se complètent à la main ; voir aussi *Semences* locales."
    )


def test_what_is_found_is_told_for_programs_too(folder: Path) -> None:
    told = run("--wiki", folder, "search", "l'atlas", "--format", "json").json
    assert (told["count"], told["as_of"]) == (2, None)
    first, second = told["pages"]
    assert (first["title"], first["types"]) == (ATLAS, ["commun"])
    assert second["places"] == [
        {
            "template": None,
            "call": 0,
            "field": "text",
            "ordinal": 0,
            "excerpt": "Comme l'atlas.",
            "words": ["atlas"],
        }
    ]


def test_only_a_type_of_pages_is_searched_if_asked(folder: Path) -> None:
    assert search(folder, "haie", "--type", "Commun").out.endswith("1 page.\n")
    assert search(folder, "haie", "--type", "action").out == "Aucune page.\n"
    wrong = search(folder, "haie", "--type", "comun")
    assert (wrong.code, "Vouliez-vous dire : commun" in wrong.err) == (2, True)


def test_what_is_not_there_or_no_word_is_said_in_a_line(folder: Path) -> None:
    none = search(folder, "hippopotame")
    assert (none.code, none.out) == (0, "Aucune page.\n")
    assert "le début d'un mot" in none.err
    signs = search(folder, "++", '"')
    assert (signs.code, signs.out) == (2, "")
    assert signs.err.startswith("Erreur : Aucun mot à chercher.")


def test_the_first_pages_are_shown_and_all_if_asked(tmp_path: Path) -> None:
    for number in range(23):
        (tmp_path / f"Haie {number:02}.wikitext").write_text(PAGE)
    told = search(tmp_path, "haies").out
    assert told.count(" — Commun") == 20
    assert told.endswith("23 pages, dont voici les 20 premières : --all les montre toutes.\n")
    assert search(tmp_path, "haies", "--all").out.endswith("\n23 pages.\n")


def test_nothing_of_a_page_commands_the_terminal(tmp_path: Path) -> None:
    text = PAGE.replace("Un atlas", "Un \x9b31matlas \u202egnol").replace("haie, ", "\u202ehaie, ")
    (tmp_path / "Haies.wikitext").write_text(text)
    told = search(tmp_path, "atlas").out + search(tmp_path, "haie").out
    assert not {"\x9b", "\u202e", "\x02", "\x03"} & set(told)


def test_an_export_is_searched_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    told = (page(t, revision(n, x), number=n) for n, (t, x) in enumerate(PAGES.items(), 1))
    file.write_bytes(export(*told))
    assert search(file, "écoles").out.startswith(f"{MARES} — Commun\n")


def test_who_names_a_page_and_whom_it_names(folder: Path) -> None:
    assert run("--wiki", folder, "links", ATLAS).out == (
        f"{ATLAS}\n"
        "  Citée par 1 page :\n"
        f"    {MARES} — texte de la page\n"
        "  Cite 6 pages :\n"
        "    Alix Imaginaire — Contributeurs, Référent du commun\n"
        "    Robin Maquette — Contributeurs\n"
        "    4- Modèle économique — Défi auquel répond la ressource\n"
        "    Licence Ouverte 2.0 (Etalab) — Type de licence\n"
        "    Fichier:Haie-en-fleurs.jpg — Image\n"
        "    Semences locales — texte de la page\n"
    )
    named = run("--wiki", folder, "links", "noor  essai")
    assert "Citée par 1 page" in named.out
    assert "Ne cite aucune page" in named.out
    told = run("--wiki", folder, "links", MARES, "--format", "json").json
    assert told["named_by"] == []
    ways = {each["title"]: each["ways"] for each in told["names"]}
    assert ways["Catégorie:Commun"] == [{"how": "category", "template": None, "field": None}]
    unknown = run("--wiki", folder, "links", "Mares du plato")
    assert (unknown.code, f"Vouliez-vous dire « {MARES} »" in unknown.err) == (2, True)


# --- the wiki of a server ---


@pytest.fixture
def server(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MediaWikiBench]:
    for title, text in PAGES.items():
        fresh_mediawiki.edit_as_human(title, text)
    fresh_mediawiki.run_jobs()
    (tmp_path / "wikibot.toml").write_text(
        f'[wiki]\napi = "{fresh_mediawiki.api}"\nstate = "state"\n'
    )
    monkeypatch.chdir(tmp_path)
    yield fresh_mediawiki


def test_of_a_server_the_copy_is_searched(server: MediaWikiBench) -> None:
    missing = run("search", "mares")
    assert (missing.code, "Faites-la d'abord avec « pull »" in missing.err) == (2, True)
    assert run("pull").code == 0
    found = run("search", "mares")
    assert found.out.startswith("*Mares* du plateau — Commun\n")
    assert "D'après la copie du " in found.err
    assert run("--mirror", "search", "mares").out == found.out
    assert f"    {MARES} — texte de la page\n" in run("links", ATLAS).out
    with sqlite3.connect("state/mirror.sqlite") as db:
        db.execute("UPDATE meta SET value='of another mapping' WHERE key='derived'")
    other = run("search", "mares")
    assert (other.code, other.out, "relancez « pull »" in other.err) == (0, found.out, True)
    with sqlite3.connect("state/mirror.sqlite") as db:
        db.execute("DELETE FROM meta WHERE key='derived'")
    older = run("search", "mares")
    assert (older.code, "Relancez « pull » une fois" in older.err) == (2, True)
