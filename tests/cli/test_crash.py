"""A defect of wikibot: code 1, one line, and a file to report it with."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.cli.command import run
from wikibot.jobs.reports import write_crash
from wikibot.redaction import hide

SECRET = "canari-du-défaut"


@pytest.fixture(autouse=True)
def defect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking ends in an error that nobody foresaw, and that quotes a secret."""

    def broken(*_: object, **__: object) -> object:
        raise KeyError(SECRET)

    hide(SECRET)
    monkeypatch.setattr("wikibot.jobs.check.check", broken)


def crashes(state: Path) -> list[Path]:
    return sorted(state.glob("crash-*.log"))


def test_the_traceback_is_kept_beside_the_journal(folder: Path) -> None:
    done = run("--wiki", folder, "check")
    (file,) = crashes(folder / ".wikibot")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        f"Erreur : erreur interne de wikibot (KeyError).\n→ Signalez-la, avec le fichier {file}.\n"
    )
    kept = file.read_text()
    assert kept.startswith("Traceback (most recent call last):\n")
    assert kept.endswith("KeyError: '***'\n")
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_is_kept_where_the_state_is_configured(folder: Path) -> None:
    (folder.parent / "wikibot.toml").write_text('[wiki]\nfolder = "pages"\nstate = "etat"\n')
    assert run("check").code == 1
    assert len(crashes(folder.parent / "etat")) == 1
    assert not (folder / ".wikibot").exists()


def test_debug_shows_it_too(folder: Path) -> None:
    done = run("--debug", "--wiki", folder, "check")
    assert done.err.startswith("Traceback (most recent call last):\n")
    assert "KeyError: '***'" in done.err
    assert SECRET not in done.err


@pytest.mark.parametrize("place", ["no wiki yet", "no folder to write in"])
def test_where_there_is_no_place_for_it_debug_is_the_advice(
    folder: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise KeyError(SECRET)

    if place == "no wiki yet":
        monkeypatch.setattr("wikibot.wiki.opening.open_wiki", broken)
        monkeypatch.setattr("wikibot.wiki.open_wiki", broken)
    else:
        (folder.parent / "wikibot.toml").write_text('[wiki]\nfolder = "pages"\nstate = "etat"\n')
        (folder.parent / "etat").write_text("")
    done = run("--wiki", folder, "check") if place == "no wiki yet" else run("check")
    assert (done.code, done.err.splitlines()) == (
        1,
        [
            "Erreur : erreur interne de wikibot (KeyError).",
            "→ Relancez avec --debug et signalez ce qui s'affiche.",
        ],
    )


def test_the_newest_twenty_are_kept(tmp_path: Path) -> None:
    for number in range(25):
        last = write_crash(tmp_path, f"trace {number}")
    assert len(crashes(tmp_path)) == 20
    assert last.read_text() == "trace 24"
