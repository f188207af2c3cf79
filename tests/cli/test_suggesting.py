"""mapping suggest at the command line: what is shown, asked and written."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.command import PAGE, environment, run
from wikibot.resources import data_folder
from wikibot.wiki.folder import FolderWiki

WRONG, RIGHT = "cc by sa", "Creative Commons BY SA 4.0"
OLD, NEW = "niveau=ébauche", "niveau=Idée"
SHOWN = f"Type de licence : « {WRONG} » → « {RIGHT} » — 2 fois, sur 2 pages (dernière : "


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a person mended two fields of two pages."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "pages"
    folder.mkdir()
    wiki = FolderWiki.open(folder)
    right = PAGE.replace("Licence Ouverte 2.0 (Etalab)", RIGHT)
    for title in ("Haies", "Mares"):
        wiki.create(title, right.replace(RIGHT, WRONG).replace("niveau=Idée", OLD), "import")
        (folder / f"{title}.wikitext").write_text(right)
    return folder


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder("mappings") / "resilience", tmp_path / "ours"))


def aliases_added(mapping: Path) -> list[str]:
    added = []
    for file in mapping.glob("vocabularies/*.toml"):
        packaged = data_folder("mappings") / "resilience/vocabularies" / file.name
        there = packaged.read_text("utf-8").splitlines()
        added += [
            line.strip() for line in file.read_text("utf-8").splitlines() if line not in there
        ]
    return sorted(added)


SUGGEST = ("--wiki", "pages", "--mapping", "ours", "mapping", "suggest")


@pytest.mark.usefixtures("pages", "mapping")
def test_what_is_proposed_is_shown_and_nothing_is_written(mapping: Path) -> None:
    done = run(*SUGGEST)
    assert done.code == 3
    assert SHOWN in done.out
    assert "Rien n'est écrit. Pour tout approuver : wikibot --wiki pages --mapping ours" in done.out
    assert aliases_added(mapping) == []


@pytest.mark.usefixtures("pages")
def test_accept_writes_all_and_then_there_is_nothing_left(mapping: Path) -> None:
    done = run(*SUGGEST, "--accept")
    assert done.code == 0
    assert "Écrit : ours/vocabularies/licences.toml" in done.out
    assert aliases_added(mapping) == ['"cc by sa",', 'aliases = ["ébauche"]']
    again = run(*SUGGEST)
    assert again.code == 0
    assert again.out.endswith("Rien à apprendre.\n")


@pytest.mark.usefixtures("pages")
def test_only_one_spelling_may_be_accepted(mapping: Path) -> None:
    assert run(*SUGGEST, "--only", "CC-BY-SA", "--accept").code == 0
    assert aliases_added(mapping) == ['"cc by sa",']


@pytest.mark.usefixtures("pages", "mapping")
def test_a_spelling_that_is_not_proposed_is_told() -> None:
    done = run(*SUGGEST, "--only", "mit", "--accept")
    assert done.code == 2
    assert "« mit » n'est pas parmi les graphies proposées" in done.err


@pytest.mark.usefixtures("pages")
def test_a_mapping_of_wikibot_s_own_is_to_be_copied_first() -> None:
    words = ("--wiki", "pages", "mapping", "suggest")
    shown = run(*words)
    assert shown.code == 3
    assert "est fournie avec wikibot : rien n'y est écrit" in shown.out
    assert "Copiez d'abord le dossier" in shown.out
    assert run(*words, "--accept").code == 2


@pytest.mark.usefixtures("pages", "mapping")
def test_as_data() -> None:
    done = run(*SUGGEST, "--format", "json", "--since", "2020-01-01")
    assert done.code == 3
    found = done.json
    assert found["since"] == "2020-01-01T00:00:00+00:00"
    assert (found["pages"], found["compared"], found["disputed"]) == (2, 2, [])
    assert found["written"] == []
    assert {p["spelling"]: p["term"] for p in found["proposals"]} == {
        WRONG: RIGHT,
        "ébauche": "Idée",
    }
    assert set(found["proposals"][0]) == {
        "vocabulary", "field", "spelling", "term", "times", "pages", "last_page", "last",
    }  # fmt: skip
    written = run(*SUGGEST, "--format", "json", "--accept")
    assert written.code == 0
    assert written.json["written"] == [
        "ours/vocabularies/licences.toml",
        "ours/vocabularies/niveaux.toml",
    ]


@pytest.mark.usefixtures("pages", "mapping")
def test_what_became_two_terms_is_told_and_not_proposed(pages: Path) -> None:
    file = pages / "Mares.wikitext"
    file.write_text(file.read_text().replace(RIGHT, "Licence Ouverte 2.0 (Etalab)"))
    done = run(*SUGGEST)
    assert SHOWN not in done.out
    assert f"Non proposé :\n  « {WRONG} » a été remplacé par " in done.out


def test_pages_without_an_earlier_version_are_told(folder: Path) -> None:
    done = run("--wiki", folder, "mapping", "suggest", "--since", "2020-01-01")
    assert done.code == 0
    assert "Aucune n'a ici de révision antérieure à comparer" in done.out
    assert done.out.endswith("Rien à apprendre.\n")


@pytest.mark.usefixtures("pages", "mapping")
def test_no_name_of_a_person_is_shown(pages: Path) -> None:
    wiki = FolderWiki.open(pages, user="Alix Canari")
    page = wiki.page("Haies")
    wiki.save(page, page.text.replace(NEW, OLD), "à la main")
    wiki.save(wiki.page("Haies"), page.text, "à la main")
    for form in ("text", "json"):
        assert "Canari" not in run(*SUGGEST, "--least", "1", "--format", form).out


@pytest.mark.usefixtures("pages")
def test_at_a_terminal_each_is_asked_for(mapping: Path) -> None:
    code, printed = at_a_terminal([*SUGGEST], ["o", "n"])
    assert printed.count("(o/n)") == 2
    assert code == 3
    (added,) = aliases_added(mapping)
    assert added in ('"cc by sa",', 'aliases = ["ébauche"]')
    assert "Rien d'autre n'est écrit." in printed


def at_a_terminal(words: list[str], answers: list[str]) -> tuple[int, str]:
    """Run a command at a terminal of its own, answering its questions."""
    left = list(answers)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "wikibot", *words]
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment())
    os.close(theirs)
    printed = b""
    with suppress(OSError):  # the other end is closed
        while select.select([ours], [], [], 60)[0]:
            printed += os.read(ours, 4096)
            if printed.rstrip().endswith(b"(o/n) :"):
                os.write(ours, left.pop(0).encode() + b"\n")
                printed += b"\n"
    os.close(ours)
    return child.wait(60), printed.decode()
