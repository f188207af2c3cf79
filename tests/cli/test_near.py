"""`wikibot near`, as a referent types it."""

from __future__ import annotations

from pathlib import Path

import pytest

import wikibot
from tests.cli.command import Done, pages_in, run

BOX, CARNET, GAME = (
    "Boîte à outils : rues fraîches",
    "Carnet de veille des crues",
    "Sobriété au village : le jeu",
)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    wikibot.write_demo(tmp_path / "demo")
    return tmp_path / "demo"


def near(folder: Path, *words: str) -> Done:
    return run("--wiki", folder, "near", *words)


def test_a_preview_names_near_commons_and_says_what_they_share(demo: Path) -> None:
    before = pages_in(demo)
    done = near(demo)
    assert (done.code, done.err) == (3, "")
    lines = [line.strip() for line in done.out.splitlines()]
    at = lines.index(CARNET)
    assert lines[at + 1 : at + 4] == ["Autre commun proche", "- (vide)", f"+ {GAME}"]
    assert lines[at + 4].startswith(f"(«\u00a0{GAME}\u00a0» : ") and "Thème" in lines[at + 4]
    assert "Rien n'est publié." in done.out
    assert pages_in(demo) == before


def test_only_the_pages_that_are_named_get_proposals(demo: Path) -> None:
    done = near(demo, "carnet de veille des crues")
    assert done.code == 3
    assert CARNET in done.out and BOX not in done.out
    assert "À modifier : 1 page, 1 champ." in done.out.replace("\u00a0", " ")


def test_saved_then_nothing_is_left_to_propose_and_it_can_be_taken_back(demo: Path) -> None:
    before = pages_in(demo)
    done = near(demo, CARNET, "--apply")
    assert done.code == 0
    assert GAME in (demo / f"{CARNET}.wikitext").read_text("utf-8")
    again = near(demo, CARNET, "--apply")
    assert again.code == 0 and "Rien à changer." in again.out
    assert "cette page nomme déjà des communs proches" in again.err
    run_id = next(line for line in done.out.splitlines() if "Pour l'annuler" in line).split()[-2]
    assert run("--wiki", demo, "undo", run_id, "--apply").code == 0
    assert pages_in(demo) == before


def test_a_plan_keeps_why_and_is_json_for_programs(demo: Path) -> None:
    done = near(demo, CARNET, "--plan", "plan.json", "--format", "json")
    assert done.code == 3
    (edit,) = done.json["edits"]
    (change,) = edit["changes"]
    assert (edit["title"], change["safe"]) == (CARNET, False)
    assert change["reason"].startswith(f"«\u00a0{GAME}\u00a0» : ")
    assert change["reason"] in run("--wiki", demo, "plan", "show", "plan.json").out


def test_what_names_near_commons_already_is_left_alone(demo: Path) -> None:
    done = near(demo, "Atlas participatif des haies")
    assert (done.code, done.out) == (0, "Rien à changer.\n")
    assert done.err.startswith("Aucune proposition : cette page nomme déjà des communs proches")


def test_a_wrong_name_gets_the_nearest_titles(demo: Path) -> None:
    done = near(demo, "Carnet de veille des crus")
    assert done.code == 2
    assert f"« {CARNET} »" in done.err
