"""The nights of two servers by one command: each with its account, its secret and its state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.command import ATLAS, MISSPELT, PAGE, run

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

PLATEAU = "Mares du plateau"
NAMES = ("communs", "essai")


@pytest.fixture
def benches(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, MediaWikiBench]]:
    """Return two wikis with a safe fix each; a bot works on one, a person's account on the other.

    Both are copies of one installation: their addresses alone tell them apart.
    """
    from tests.mediawiki.bench import MediaWikiBench

    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    monkeypatch.chdir(tmp_path)
    with MediaWikiBench(tmp_path / "second") as second:
        benches = dict(zip(NAMES, (fresh_mediawiki, second), strict=True))
        accounts = {
            "communs": (fresh_mediawiki.account, fresh_mediawiki.password),
            "essai": (second.human_account, second.human_password),
        }
        tables = []
        for name, bench in benches.items():
            bench.edit_as_human(ATLAS, PAGE)
            bench.edit_as_human(PLATEAU, MISSPELT)
            bench.run_jobs()
            bench.forget_requests()
            account, secret = accounts[name]
            (tmp_path / f"{name}.secret").write_text(secret)
            (tmp_path / f"{name}.secret").chmod(0o600)
            tables += [
                f"[wikis.{name}]",
                f'api = "{bench.api}"',
                f'account = "{account}"',
                f'password_file = "{name}.secret"',
                f'state = "etat/{name}"',
            ]
        tables += ["[nightly]", 'fix = ["VOC103"]', ""]
        (tmp_path / "wikibot.toml").write_text("\n".join(tables))
        yield benches


def report(folder: Path, name: str) -> dict[str, Any]:
    """Return the newest report of a wiki's nights."""
    file = sorted((folder / "etat" / name / "reports").glob("night-*.json"))[-1]
    told: dict[str, Any] = json.loads(file.read_text())
    return told


def edits_by_night(bench: MediaWikiBench) -> list[str]:
    """Return who made the edits that bear the mark of a run."""
    return [row["user"] for row in bench.revisions(PLATEAU) if "[wb:" in row["comment"]]


def test_each_wiki_is_mended_once_by_its_own_account(
    benches: dict[str, MediaWikiBench], tmp_path: Path
) -> None:
    done = run("nightly", "--all-sites")
    assert done.code == 3, done.err
    human = benches["essai"].human_account.partition("@")[0]
    makers = {"communs": benches["communs"].bot_name, "essai": human}
    for name, bench in benches.items():
        assert "|niveau=Idée" in bench.text(PLATEAU)
        assert edits_by_night(bench) == [makers[name]]
        assert report(tmp_path, name)["edits"] == 1
        assert (tmp_path / f"etat/{name}/mirror.sqlite").is_file()


def test_no_wiki_gets_the_secret_of_the_other(benches: dict[str, MediaWikiBench]) -> None:
    run("nightly", "--all-sites")
    secrets = {"communs": benches["communs"].password, "essai": benches["essai"].human_password}
    for name, bench in benches.items():
        sent = {r.parameters["lgpassword"] for r in bench.requests_seen() if r.action == "login"}
        assert sent == {secrets[name]}


def test_a_second_night_writes_nothing_and_one_of_a_wiki_takes_nothing_of_the_other_back(
    benches: dict[str, MediaWikiBench], tmp_path: Path
) -> None:
    run("nightly", "--all-sites")
    before = {name: bench.history(PLATEAU) for name, bench in benches.items()}
    (made,) = [job["runs"] for job in report(tmp_path, "essai")["jobs"] if job["runs"]]
    assert run("nightly", "--all-sites").code == 3
    assert before == {name: bench.history(PLATEAU) for name, bench in benches.items()}
    assert run("--site", "communs", "undo", *made).code == 2, "the journal of another wiki"
    assert run("--site", "essai", "undo", *made, "--apply").code == 0
    assert benches["essai"].text(PLATEAU) == MISSPELT.rstrip("\n")
    assert before["communs"] == benches["communs"].history(PLATEAU)


def test_a_server_that_is_down_keeps_the_other_from_nothing(
    benches: dict[str, MediaWikiBench], tmp_path: Path
) -> None:
    benches["communs"].refuse_connections()
    done = run("nightly", "--all-sites", "--format", "json")
    benches["communs"].accept_connections()
    assert [each["exit"] for each in done.json] == [5, 3]
    assert done.code == 5
    assert edits_by_night(benches["essai"]) and not edits_by_night(benches["communs"])
    assert run("nightly", "--all-sites").code == 3
    assert len(edits_by_night(benches["essai"])) == len(edits_by_night(benches["communs"])) == 1
