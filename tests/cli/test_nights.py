"""The nights of several wikis by one command, as a line of cron has it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, MISSPELT, PAGE, run

PLATEAU = "Mares du plateau"
NIGHTS = """
[wikis.un]
folder = "un"
state = "etat/un"
[wikis.un.nightly]
overview = ["un.html"]

[wikis.deux]
folder = "deux"
state = "etat/deux"

[nightly]
fix = ["VOC103"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with two wikis, each with a safe fix in it, and their configuration."""
    for name in ("un", "deux"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{ATLAS}.wikitext").write_text(PAGE)
        (tmp_path / name / f"{PLATEAU}.wikitext").write_text(MISSPELT)
    (tmp_path / "wikibot.toml").write_text(NIGHTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def is_mended(folder: Path, name: str) -> bool:
    return "|niveau=Idée" in (folder / name / f"{PLATEAU}.wikitext").read_text()


def test_without_a_choice_the_wikis_are_named(folder: Path) -> None:
    done = run("nightly")
    assert done.code == 2
    assert done.err.splitlines() == [
        f"Erreur : {folder / 'wikibot.toml'} : plusieurs wikis.",
        "→ Choisissez avec --site : un, deux ; ou tous, avec --all-sites.",
    ]
    assert not is_mended(folder, "un")


def test_one_is_chosen_with_its_own_state(folder: Path) -> None:
    assert run("--site", "deux", "nightly").code == 3
    assert (is_mended(folder, "un"), is_mended(folder, "deux")) == (False, True)
    assert list((folder / "etat/deux").glob("reports/night-*.json"))
    assert not (folder / "etat/un").exists()


def test_all_are_done_each_with_its_own_state_and_files(folder: Path) -> None:
    done = run("nightly", "--all-sites")
    assert done.code == 3
    assert done.err == ""
    for name in ("un", "deux"):
        assert is_mended(folder, name)
        assert (folder / f"etat/{name}/journal.sqlite").is_file()
        assert list((folder / f"etat/{name}").glob("reports/night-*.json"))
    assert (folder / "un.html").is_file()
    assert done.out.count("Code de sortie 3") == 2
    places = [done.out.index(str(folder / name)) for name in ("un", "deux")]
    assert places == sorted(places)


def test_one_that_fails_does_not_stop_the_next_and_the_gravest_code_counts(folder: Path) -> None:
    (folder / "un" / f"{PLATEAU}.wikitext").unlink()
    (folder / "un" / f"{ATLAS}.wikitext").unlink()
    (folder / "un").rmdir()
    done = run("nightly", "--all-sites", "--format", "json")
    assert [each["site"] for each in done.json] == ["un", "deux"]
    assert done.json[1]["night"]["exit"] == done.json[1]["exit"] == 3
    assert done.json[0]["exit"] == 2
    assert done.code == 2
    assert is_mended(folder, "deux")


def test_one_that_cannot_begin_is_told_by_its_name(folder: Path) -> None:
    text = NIGHTS.replace('folder = "un"', 'folder = "un"\nmapping = "nulle/part"')
    (folder / "wikibot.toml").write_text(text)
    done = run("nightly", "--all-sites")
    assert done.code == 2
    assert done.err.startswith("Erreur : [wikis.un] : Aucune correspondance « ")
    assert (is_mended(folder, "un"), is_mended(folder, "deux")) == (False, True)


def test_nothing_is_written_by_a_trial(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    done = run("nightly", "--all-sites", "--dry-run")
    assert done.code == 3
    assert done.out.count("(à blanc)") == 2
    assert sorted(folder.rglob("*")) == before


def test_a_secret_of_the_environment_goes_to_no_wiki_by_chance(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIKIBOT_PASSWORD", "a-secret-of-one-wiki")
    done = run("nightly", "--all-sites")
    assert done.code == 2
    assert "WIKIBOT_PASSWORD ne dit pas auquel des wikis est ce secret : un, deux." in done.err
    assert "a-secret" not in done.err
    assert not is_mended(folder, "un")


def test_a_secret_that_all_share_is_not_inherited_by_commands(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIKIBOT_WEBHOOK_URL", "https://salon.example.org/secret")
    assert run("nightly", "--all-sites", "--dry-run").code == 3
    assert "WIKIBOT_WEBHOOK_URL" not in os.environ


@pytest.mark.parametrize("words", [("--site", "un"), ("--wiki", "un")])
def test_all_and_one_exclude_each_other(folder: Path, words: tuple[str, str]) -> None:
    done = run(*words, "nightly", "--all-sites")
    assert done.code == 2
    assert "relancez sans --wiki ni --site" in done.err
