"""nightly as a maintainer schedules it: on a folder, and on a real MediaWiki."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.command import (
    ATLAS,
    MISSPELT,
    PAGE,
    Done,
    environment,
    pages_in,
    run,
)
from tests.jobs.wikis import configured
from tests.servers import MailServer, Webhook, mail_server, webhook_server
from wikibot.errors import SafetyStop, Unavailable
from wikibot.jobs.nightly import room
from wikibot.language import same

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

PLATEAU = "Mares du plateau"
NIGHT = """
[nightly]
fix = ["VOC103"]
overview = ["apercu.html"]
publish = "Projet:Aperçu"

[nightly.report]
file = "nuit.txt"
page = "Projet:Nuit"
"""


def reports(folder: Path) -> list[dict[str, Any]]:
    """Return the reports of the nights, oldest first."""
    files = sorted((folder / "reports").glob("night-*.json"))
    return [json.loads(file.read_text()) for file in files]


def state_of(night: dict[str, Any], job: str, what: str | None = None) -> str:
    (found,) = [each for each in night["jobs"] if (each["job"], each["what"]) == (job, what)]
    return str(found["state"])


def nightly(*more: str) -> Done:
    """Spend a night; two that begin in one second would share a report."""
    time.sleep(1.0)
    return run("nightly", *more)


# --- on a folder ---


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of two pages, one with a safe fix; the current folder is configured."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / f"{ATLAS}.wikitext").write_text(PAGE)
    (pages / f"{PLATEAU}.wikitext").write_text(MISSPELT)
    (tmp_path / "wikibot.toml").write_text(
        '[wiki]\nfolder = "pages"\nstate = "state"\n[nightly]\nfix = ["VOC103"]\n'
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_night_is_told_in_french_in_a_few_lines(folder: Path) -> None:
    done = run("nightly")
    assert done.code == 3
    assert done.err == ""
    lines = done.out.splitlines()
    assert len(lines) < 25
    assert lines[2:6] == [
        "Code de sortie 3 : quelqu'un doit regarder",
        "",
        "Relevé : 2 points sur 2 pages",
        "Corrections : 1 page modifiée (VOC103 × 1)",
    ]
    assert "|niveau=Idée" in (folder / f"pages/{PLATEAU}.wikitext").read_text()
    (told,) = reports(folder / "state")
    (undo,) = [job["runs"] for job in told["jobs"] if job["job"] == "fix"]
    assert f"  pour l'annuler : wikibot undo {undo[0]} --apply" in lines
    assert run("undo", undo[0], "--apply").code == 0


def test_a_trial_on_a_folder_nobody_has_configured_shows_all_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{PLATEAU}.wikitext").write_text(MISSPELT)
    before = pages_in(tmp_path)
    done = run("--wiki", tmp_path, "nightly", "--dry-run")
    assert done.code == 3
    assert "(à blanc)" in done.out
    assert "Corrections : aucune règle n'est confiée à la nuit (clé fix)" in done.out
    assert done.out.endswith("Rien n'est écrit nulle part.\n")
    assert [file.name for file in tmp_path.iterdir()] == [f"{PLATEAU}.wikitext"]
    assert pages_in(tmp_path) == before


def test_one_job_can_be_asked_for(folder: Path) -> None:
    done = run("nightly", "--job", "check", "--format", "json")
    assert [job["job"] for job in done.json["jobs"]] == ["check"]
    assert done.json["exit"] == done.code == 3


def test_the_json_is_the_one_of_the_report(folder: Path) -> None:
    shown = run("nightly", "--format", "json").json
    (told,) = reports(folder / "state")
    assert {**shown, "page": None} == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--mirror", "nightly"), "relancez sans --mirror"),
        (("nightly", "--job", "chek"), "chek"),
    ],
)
def test_what_cannot_be_meant_is_one_line(folder: Path, words: tuple[str, ...], told: str) -> None:
    done = run(*words)
    assert done.code == 2
    assert told in done.err
    assert not (folder / "state").exists()


def test_a_rule_that_is_none_is_told_before_anything_is_done(folder: Path) -> None:
    file = folder / "wikibot.toml"
    file.write_text(file.read_text().replace("VOC103", "VOC9"))
    done = run("nightly")
    assert done.code == 2
    assert "[nightly] fix : Aucune règle « VOC9 »." in done.err
    assert not (folder / "state").exists()


def test_a_terminated_night_leaves_a_report_and_ends_with_143(folder: Path) -> None:
    for number in range(8):
        (folder / f"pages/Commun {number}.wikitext").write_text(MISSPELT)
    hold = "import time, wikibot.jobs.nightly.spending as s\n"
    hold += "def slow(*_):\n print('now', flush=True)\n time.sleep(30)\n"
    hold += "s._DO['check'] = slow\nfrom wikibot.cli import main\nmain(['nightly'])"
    with subprocess.Popen(
        [sys.executable, "-c", hold],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        cwd=folder,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "now\n"
        os.kill(process.pid, signal.SIGTERM)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 143
    assert "nuit arrêtée" in out
    assert "Pas commencé cette fois : Corrections, Rapport" in out
    (told,) = reports(folder / "state")
    assert (told["exit"], state_of(told, "fix")) == (143, "not-run")
    assert "niveau=idée" in (folder / f"pages/{PLATEAU}.wikitext").read_text()


# --- on a server ---


@pytest.fixture
def bench(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MediaWikiBench:
    """Return a wiki of five commons, one with a safe fix; the current folder is configured."""
    fresh_mediawiki.edit_as_human(ATLAS, PAGE)
    fresh_mediawiki.edit_as_human(PLATEAU, MISSPELT)
    for number in range(3):
        fresh_mediawiki.edit_as_human(f"Commun {number}", PAGE)
    fresh_mediawiki.edit_as_human("Projet:Aperçu", "L'aperçu :")
    fresh_mediawiki.edit_as_human("Projet:Nuit", "La nuit :")
    fresh_mediawiki.run_jobs()
    configured(fresh_mediawiki, tmp_path, monkeypatch, NIGHT)
    fresh_mediawiki.forget_requests()
    return fresh_mediawiki


def test_a_safe_fix_is_made_once_and_a_quiet_night_costs_six_requests(
    bench: MediaWikiBench, tmp_path: Path
) -> None:
    first = nightly()
    assert first.code == 3, first.err
    assert "|niveau=Idée" in bench.text(PLATEAU)
    assert "<!-- wikibot:apercu " in bench.text("Projet:Aperçu")
    assert "Corrections : 1 page modifiée (VOC103 × 1)" in bench.text("Projet:Nuit")
    assert len(bench.edits_seen()) == 3
    bench.forget_requests()
    nightly()  # there is one finding less: the page of the report says so, nothing else is written
    assert len(bench.edits_seen()) == 1
    nightly()  # what the night itself wrote was new to it
    bench.forget_requests()
    before = [bench.history(title) for title in (PLATEAU, "Projet:Aperçu", "Projet:Nuit")]
    quiet = nightly()
    assert quiet.code == 3, quiet.err
    assert len(bench.requests_seen()) <= 6
    assert not bench.edits_seen()
    assert before == [bench.history(title) for title in (PLATEAU, "Projet:Aperçu", "Projet:Nuit")]
    assert [night["requests"] for night in reports(tmp_path / "state")][-1] <= 6
    bench.edit_as_human(ATLAS, PAGE.replace("Licence Ouverte 2.0 (Etalab)", "MIT"))
    bench.run_jobs()
    nightly()
    assert "1 modifiée" in (tmp_path / "nuit.txt").read_text()


def test_so_it_does_on_a_wiki_of_one_page(bench: MediaWikiBench) -> None:
    for title in (PLATEAU, *(f"Commun {number}" for number in range(3))):
        bench.admin.delete(title)
    bench.run_jobs()
    for _ in range(3):
        bench.forget_requests()
        nightly()
    assert len(bench.requests_seen()) <= 6


def test_a_trial_writes_nothing_here_or_there(bench: MediaWikiBench, tmp_path: Path) -> None:
    (tmp_path / "wikibot.toml").write_text(
        (tmp_path / "wikibot.toml").read_text().replace("state =", "keep_session = true\nstate =")
    )
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    done = nightly("--dry-run")
    assert done.code == 3, done.err
    assert "5 pages, dans une copie d'essai effacée ensuite" in done.out
    assert "Corrections : 1 page à modifier" in done.out
    assert not bench.edits_seen()
    assert before == {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}


def test_somebody_elses_edit_is_kept_and_the_overview_shows_what_the_fix_has_made(
    bench: MediaWikiBench, tmp_path: Path
) -> None:
    nightly("--job", "pull")
    bench.edit_as_human(PLATEAU, MISSPELT.replace("mare par mare", "mare après mare"))
    nightly()
    assert "mare après mare" in bench.text(PLATEAU)
    assert "|niveau=Idée" in bench.text(PLATEAU)
    assert "VOC103" not in bench.text("Projet:Aperçu")


def pull_fails(patch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    patch.setattr(room, "pull", fail)


def test_where_the_pull_fails_a_copy_of_the_night_before_serves_and_an_older_one_does_not(
    bench: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "state"
    pull_fails(monkeypatch, Unavailable(same("loin")))
    without = nightly("--job", "pull", "--job", "check")
    assert without.code == 5  # there is no copy at all
    assert state_of(reports(state)[-1], "check") == "not-run"
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    nightly("--job", "pull")
    bench.edit_as_human(PLATEAU, MISSPELT)
    pull_fails(monkeypatch, Unavailable(same("loin")))
    young = nightly("--job", "pull", "--job", "check")
    assert young.code == 5
    assert "sur la copie de la nuit d'avant" in young.out
    assert state_of(reports(state)[-1], "check") == "done"
    monkeypatch.setattr(room, "YOUNG", timedelta(0))
    old = nightly("--job", "pull", "--job", "check", "--job", "fix")
    assert old.code == 5
    assert "La copie a plus d'un jour" in old.out
    assert state_of(reports(state)[-1], "fix") == "not-run"
    assert not bench.edits_seen()


def test_where_the_wiki_is_not_well_no_copy_serves(
    bench: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nightly("--job", "pull")
    pull_fails(monkeypatch, SafetyStop(same("presque vide"), code="shrink"))
    done = nightly()
    assert done.code == 6
    (_, told) = reports(tmp_path / "state")
    assert [state_of(told, job) for job in ("check", "fix")] == ["not-run", "not-run"]
    assert "presque vide" in (tmp_path / "nuit.txt").read_text()


def test_the_stop_page_stops_all_that_writes(bench: MediaWikiBench, tmp_path: Path) -> None:
    bench.edit_as_human("Projet:Stop", "arrêtez")
    file = tmp_path / "wikibot.toml"
    file.write_text(file.read_text() + '\n[stop]\npage = "Projet:Stop"\n')
    done = nightly()
    assert done.code == 6
    assert not bench.edits_seen()
    assert "Projet:Stop" in (tmp_path / "nuit.txt").read_text()


def test_a_wiki_that_is_away_is_told_by_mail_and_in_the_room_and_no_secret_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("salon.txt", "secret.txt"):
        (tmp_path / name).touch(0o600)
    (tmp_path / "secret.txt").write_text("canari-du-wiki-4733")
    (tmp_path / "wikibot.toml").write_text(
        f'[wiki]\napi = "http://127.0.0.1:{port}/api.php"\naccount = "Robot@nuit"\n'
        f'password_file = "secret.txt"\nstate = "state"\n{NIGHT}'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    canary = "canari-du-courriel-4731"
    server = MailServer(accounts=(("robot", canary),))
    monkeypatch.setenv("WIKIBOT_MAIL_PASSWORD", canary)
    with webhook_server(Webhook(), "/hooks/canari4732") as hook, mail_server(server) as mail:
        (tmp_path / "salon.txt").write_text(hook.url)
        file = tmp_path / "wikibot.toml"
        file.write_text(
            file.read_text() + '\n[nightly.report.mail]\nto = ["equipe@example.org"]\n'
            f'sender = "robot@example.org"\nhost = "127.0.0.1"\nport = {mail.port}\n'
            'security = "none"\naccount = "robot"\n'
            '\n[nightly.report.webhook]\nurl_file = "salon.txt"\n'
        )
        done = run("--log-file", "robot.log", "nightly")
        assert done.code == 5
        assert len(mail.messages) == len(hook.heard) == 1
    (told,) = reports(tmp_path / "state")
    assert state_of(told, "report") == "done"
    kept = [
        path.read_text()
        for path in tmp_path.rglob("*")
        if path.is_file() and path.name not in ("secret.txt", "salon.txt")
    ]
    sent = [hook.heard[0]["text"], mail.messages[0].get_content(), done.out, done.err]
    for words in (*kept, *sent):
        for secret in (canary, "canari4732", "canari-du-wiki-4733"):
            assert secret not in words
