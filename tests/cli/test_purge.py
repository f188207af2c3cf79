"""The command purge as a person and a script use it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, MISSPELT, PAGE, run
from wikibot.cli import logs


@pytest.fixture
def wiki(tmp_path: Path) -> Path:
    """A wiki with a run that is two years old."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / f"{ATLAS}.wikitext").write_text(PAGE)
    (folder / "Mares.wikitext").write_text(MISSPELT)
    assert run("--wiki", folder, "fix", "--apply").code == 0
    with closing(sqlite3.connect(folder / ".wikibot" / "journal.sqlite")) as db, db:
        db.execute("UPDATE op SET at='2024-05-06T02:00:00+00:00'")
        db.execute("UPDATE run SET started='2024-05-06T02:00:00+00:00'")
    return folder


def test_it_shows_then_does_then_has_nothing_to_do(wiki: Path) -> None:
    shown = run("--wiki", wiki, "purge")
    assert shown.code == 3
    lines = shown.out.splitlines()
    assert lines[0] == "À effacer du dossier d'état :"
    assert lines[1].startswith("  1 texte de modification (1 exécution), du 6 mai 2024, ")
    assert lines[1].endswith(" ; ce qui a plus de 180 jours")
    assert lines[-1] == f"Rien n'est effacé. Pour effacer : wikibot --wiki {wiki} purge --apply"
    done = run("--wiki", wiki, "purge", "--apply")
    assert done.code == 0
    assert done.out.startswith("Effacé du dossier d'état :\n  1 texte")
    assert "Ces exécutions ne s'annulent plus :" in done.out
    again = run("--wiki", wiki, "purge")
    assert (again.code, again.out) == (0, "Rien à effacer.\n")


def test_programs_get_the_same_as_json(wiki: Path) -> None:
    for apply_now, code in ((), 3), (("--apply",), 0):
        told = run("--wiki", wiki, "purge", *apply_now, "--format", "json")
        assert told.code == code
        shape = json.loads(told.out)
        kinds = {kind["kind"]: kind for kind in shape["kinds"]}
        assert set(kinds) == {"texts", "reports"}
        assert (kinds["texts"]["first"], kinds["texts"]["days"]) == ("2024-05-06", 180)
        assert shape["done"] is bool(apply_now)
        assert len(shape["runs"]) == 1


def test_what_is_purged_says_so_where_it_is_asked_for(wiki: Path) -> None:
    id_ = json.loads(run("--wiki", wiki, "runs", "--format", "json").out)[0]["run_id"]
    assert f"wikibot undo {id_}" in run("--wiki", wiki, "runs", id_).out
    run("--wiki", wiki, "purge", "--apply")
    told = run("--wiki", wiki, "runs", id_).out
    assert "elle ne s'annule plus" in told
    assert f"wikibot undo {id_}" not in told
    undone = run("--wiki", wiki, "undo", id_, "--apply")
    assert (undone.code, undone.out) == (2, "")
    assert undone.err.startswith(f"Erreur : L'exécution {id_} ne s'annule plus : ses textes")


def test_the_configuration_says_for_how_long(wiki: Path) -> None:
    file = wiki.parent / "wikibot.toml"
    file.write_text(
        '[wiki]\nfolder = "pages"\n\n[retention]\nundo_days = 36500\nlog_days = 36500\n'
    )
    assert run("--config", file, "purge").out == "Rien à effacer.\n"
    file.write_text('[wiki]\nfolder = "pages"\n\n[retention]\nundo_days = 0\njours = 3\n')
    wrong = run("--config", file, "purge")
    assert wrong.code == 2
    assert "retention.undo_days" in wrong.err
    assert "retention.jours" in wrong.err


def test_whoever_asks_for_it_is_forgotten(wiki: Path) -> None:
    shown = run("--wiki", wiki, "purge", "--user", "noor_essai")
    assert shown.code == 3
    assert "1 texte de modification (1 exécution)" in shown.out
    assert "Le wiki n'est pas touché" in shown.out
    assert "purge --user noor_essai --apply" in shown.out
    assert run("--wiki", wiki, "purge", "--user", "noor_essai", "--apply").code == 0
    journal = wiki / ".wikibot" / "journal.sqlite"
    assert b"Noor Essai" not in journal.read_bytes()
    assert run("--wiki", wiki, "purge", "--user", "noor_essai").code == 0
    assert run("--wiki", wiki, "purge", "--user", "al").code == 2


def test_the_logs_that_were_put_aside_go_too(wiki: Path, tmp_path: Path) -> None:
    old = tmp_path / "robot-20240101T030000.000000Z.log"
    old.touch()
    try:
        done = run("--wiki", wiki, "--log-file", tmp_path / "robot.log", "purge", "--apply")
    finally:
        logs.start(debug=False)
    assert "1 fichier de journal" in done.out
    assert not old.exists()
    assert (tmp_path / "robot.log").exists()
