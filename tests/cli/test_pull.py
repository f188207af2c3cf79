"""pull and --mirror, as a maintainer uses them on a real MediaWiki."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import ATLAS, MISSPELT, PAGE, pages_in, run

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

PLATEAU = "Mares du plateau"


@pytest.fixture
def bench(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MediaWikiBench]:
    """Return a wiki of two commons; the current folder is configured for it."""
    fresh_mediawiki.edit_as_human(ATLAS, PAGE)
    fresh_mediawiki.edit_as_human(PLATEAU, MISSPELT)
    fresh_mediawiki.run_jobs()
    (tmp_path / "wikibot.toml").write_text(
        f'[wiki]\napi = "{fresh_mediawiki.api}"\naccount = "{fresh_mediawiki.account}"\n'
        'state = "state"\npassword_file = "secret.txt"\n'
    )
    (tmp_path / "secret.txt").touch(0o600)
    (tmp_path / "secret.txt").write_text(fresh_mediawiki.password)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")

    yield fresh_mediawiki


def pull(*more: str) -> str:
    done = run("pull", *more)
    assert done.code == 0, done.err
    return done.out


def test_a_pull_tells_what_is_new(bench: MediaWikiBench) -> None:
    assert pull() == "Copie à jour : 2 pages.\n  2 pages nouvelles\n"
    assert pull() == "Copie à jour : 2 pages.\n  rien de nouveau\n"
    bench.edit_as_human(PLATEAU, MISSPELT + "\nEt aussi.")
    bench.admin.move(ATLAS, "Atlas", leave_redirect=False)
    bench.run_jobs()
    assert pull() == ("Copie à jour : 2 pages.\n  2 pages modifiées\n  1 page renommée\n")
    bench.admin.delete("Atlas")
    bench.run_jobs()
    assert pull() == "Copie à jour : 1 page.\n  1 page partie\n"


def test_the_copy_is_read_in_place_of_the_wiki(bench: MediaWikiBench) -> None:
    pull()
    bench.edit_as_human(PLATEAU, PAGE)
    bench.forget_requests()
    assert run("--mirror", "show", PLATEAU, "--format", "json").json["fields"]["niveau"] == "idée"
    checked = run("--mirror", "check", PLATEAU, "--format", "json")
    assert "VOC103" in {finding["rule"] for finding in checked.json["findings"]}
    asked = [seen.parameters for seen in bench.requests_seen()]
    assert not any("rvprop" in parameters for parameters in asked)
    assert run("show", PLATEAU, "--format", "json").json["fields"]["niveau"] == "Idée"


def test_nothing_is_saved_by_way_of_the_copy(bench: MediaWikiBench) -> None:
    pull()
    done = run("--mirror", "fix", "--apply")
    assert done.code == 2
    assert "--mirror est là pour lire" in done.err
    assert not bench.edits_seen()


def test_a_plan_made_from_an_old_copy_takes_no_edit_of_a_person_away(bench: MediaWikiBench) -> None:
    pull()
    bench.edit_as_human(PLATEAU, MISSPELT.replace("mare par mare", "mare après mare"))
    assert run("--mirror", "fix", PLATEAU, "--plan", "plan.json").code == 3
    assert run("apply", "plan.json").code == 0
    assert "mare après mare" in bench.text(PLATEAU)
    assert "|niveau=Idée" in bench.text(PLATEAU)


def test_the_copy_is_written_to_a_folder_that_is_a_wiki_itself(bench: MediaWikiBench) -> None:
    told = pull("--to", "pages")
    assert told.endswith("2 fichiers écrits dans pages.\n")
    assert pages_in(Path("pages")) == {
        f"{ATLAS}.wikitext": PAGE.rstrip().encode(),
        f"{PLATEAU}.wikitext": MISSPELT.rstrip().encode(),
    }
    assert run("--wiki", "pages", "check").code == 3
    again = run("pull", "--to", "pages")
    assert again.code == 2
    assert "n'est pas vide" in again.err


def test_without_a_copy_one_line_says_how_to_make_it(bench: MediaWikiBench) -> None:
    done = run("--mirror", "check")
    assert done.code == 2
    assert "pas encore de copie" in done.err
    assert "pull" in done.err


@pytest.mark.parametrize("words", [("pull",), ("--mirror", "check")])
def test_a_folder_needs_no_copy(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "Atlas.wikitext").write_text(PAGE)
    done = run("--wiki", tmp_path, *words)
    assert done.code == 2
    assert "se lit sans copie" in done.err
