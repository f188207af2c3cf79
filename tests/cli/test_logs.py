"""The log: on standard error, and in a file that tells what happened but quotes no page."""

from __future__ import annotations

import json
import logging
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import ATLAS, PAGE, run, run_id
from wikibot.cli import logs
from wikibot.jobs.running import RUNNING
from wikibot.language import Text
from wikibot.redaction import hide

SECRET = "canari-du-journal-1234"
EXPORT = """\
<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="fr">
<siteinfo><sitename>Essai</sitename><dbname>essai</dbname></siteinfo>
<page><title>Haies</title><ns>0</ns><id>1</id><revision><id>2</id>
<timestamp>2026-01-31T12:00:00Z</timestamp><model>wikitext</model>
<text>{{Ressource|licence=CC0}}</text></revision></page>
<page><title>Cachée</title><ns>0</ns><id>3</id><revision><id>4</id>
<timestamp>2026-01-31T12:00:00Z</timestamp><model>wikitext</model>
<text deleted="deleted" /></revision></page>
</mediawiki>
"""
_TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The log as it is at the start of a command, before and after."""
    hide(SECRET)
    token = RUNNING.set("")
    yield
    RUNNING.reset(token)
    logs.start(debug=False)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_a_page_that_is_left_out_is_named_in_the_language(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(EXPORT, encoding="utf-8")
    done = run("--wiki", tmp_path / "export.xml", "check")
    assert done.code == 3
    place = tmp_path / "export.xml"
    assert done.err == f"Note : {place} : le texte de « Cachée » n'est pas dans l'export.\n"


class TestOnStandardError:
    def test_what_is_only_worth_knowing_is_for_debugging(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        logger = logging.getLogger("wikibot.essai")
        logs.start(debug=False)
        logger.info("rien")
        logs.start(debug=True)
        logger.info("une\x1bligne %s", "a\nb")
        logger.warning(Text("Attention.", "Careful."))
        assert capsys.readouterr().err == "une\\u001bligne a\\u000ab\nNote : Attention.\n"

    def test_in_json_a_record_is_an_object_on_one_line(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        logs.start(debug=False, form="json")
        logging.getLogger("wikibot.essai").warning(Text("Attention\n« à\x1b tout ».", "Careful."))
        RUNNING.set("k3f9a2")
        logging.getLogger("wikibot.essai").warning("le mot de passe est %s", SECRET)
        first, second = map(json.loads, capsys.readouterr().err.splitlines())
        assert re.fullmatch(_TIME, first.pop("time"))
        assert first == {
            **{"level": "WARNING", "logger": "wikibot.essai"},
            "message": "Attention\n« à\x1b tout ».",
        }
        assert (second["run_id"], second["message"]) == ("k3f9a2", "le mot de passe est ***")

    def test_in_json_an_error_is_one_too(self) -> None:
        done = run("--log-format", "json", "--config", "rien.toml", "check")
        assert done.code == 2
        (line,) = map(json.loads, done.err.splitlines())
        assert line["level"] == "ERROR"
        assert line["message"] == "Le fichier de configuration rien.toml n'existe pas."
        assert line["advice"] == "Vérifiez ce que donne --config."

    def test_what_libraries_log_is_not_shown(self, capsys: pytest.CaptureFixture[str]) -> None:
        logs.start(debug=True)
        for name in ("mwclient", "urllib3.connectionpool", "requests_oauthlib"):
            logging.getLogger(name).error("lgpassword=…")
        assert capsys.readouterr().err == ""


class TestInAFile:
    def test_every_edit_and_the_end_of_a_run_are_told_without_a_value(
        self, folder: Path, tmp_path: Path
    ) -> None:
        log = tmp_path / "wikibot.log"
        done = run(
            *("--log-format", "json", "--log-file", log, "--wiki", folder),
            *("set", ATLAS, "licence=CC0", "--apply", "--format", "json"),
        )
        assert done.err == ""
        edit, end = lines(log)
        (item,) = done.json["items"]
        for line in (edit, end):
            assert (line["level"], line["run_id"]) == ("INFO", run_id(done))
        assert edit["message"] == (
            f"{item['op_id']} page={item['pageid']} base={item['base_rev']} "
            f"new={item['new_rev']} state=done code=- fields=licence"
        )
        assert end["message"].startswith(f"{run_id(done)} exit=0 planned=1 done=1 ")
        for value in (ATLAS, "Creative Commons", "Licence Ouverte", "Alix"):
            assert value not in log.read_text()

    def test_a_record_is_one_line_of_text(self, tmp_path: Path) -> None:
        log = tmp_path / "wikibot.log"
        logs.start(debug=False, file=log)
        RUNNING.set("k3f9a2")
        logging.getLogger("wikibot.essai").info(Text(f"a\nb\x1b {SECRET}", ""))
        logging.getLogger("wikibot.essai").debug("rien")
        assert re.fullmatch(
            rf"{_TIME} INFO wikibot\.essai \[k3f9a2\] a\\u000ab\\u001b \*\*\*\n", log.read_text()
        )

    def test_it_is_added_to(self, folder: Path, tmp_path: Path) -> None:
        log = tmp_path / "wikibot.log"
        for value in ("CC0", "MIT"):
            run("--log-file", log, "--wiki", folder, "set", ATLAS, f"licence={value}", "--apply")
        assert len(log.read_text().splitlines()) == 4

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_what_ended_a_command_is_in_it(self, folder: Path, tmp_path: Path, form: str) -> None:
        log = tmp_path / "wikibot.log"
        run("--log-format", form, "--log-file", log, "--config", "rien.toml", "check")
        assert "Le fichier de configuration rien.toml n'existe pas." in log.read_text()

    def test_an_error_that_may_quote_a_page_is_named_only(
        self, folder: Path, tmp_path: Path
    ) -> None:
        log = tmp_path / "wikibot.log"
        done = run("--log-file", log, "--wiki", folder, "set", ATLAS, "licence=une valeur")
        assert "une valeur" in done.err
        assert re.fullmatch(rf"{_TIME} ERROR wikibot InputError \S+\n", log.read_text())

    def test_of_an_error_that_nobody_foresaw_the_traceback_is(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object, **__: object) -> object:
            raise KeyError(SECRET)

        monkeypatch.setattr("wikibot.jobs.check.check", broken)
        log = tmp_path / "wikibot.log"
        done = run("--log-format", "json", "--log-file", log, "--wiki", folder, "check")
        assert done.code == 1
        (line,) = lines(log)
        assert line["message"] == "KeyError"
        assert "Traceback" in line["traceback"]
        assert "KeyError: '***'" in line["traceback"]
        assert SECRET not in log.read_text() + done.err

    @pytest.mark.skipif(os.name == "nt", reason="modes of files are Unix's")
    def test_it_is_its_owners_alone(self, folder: Path, tmp_path: Path) -> None:
        log = tmp_path / "wikibot.log"
        log.touch(0o644)
        for file in (log, tmp_path / "neuf.log"):
            run("--log-file", file, "--wiki", folder, "check")
            assert stat.S_IMODE(file.stat().st_mode) == 0o600

    @pytest.mark.parametrize("kind", ["link", "hard link", "folder", "pipe", "nowhere"])
    def test_anything_but_an_ordinary_file_is_refused(
        self, folder: Path, tmp_path: Path, kind: str
    ) -> None:
        log, other = tmp_path / "wikibot.log", tmp_path / "autre"
        other.write_text("à quelqu'un")
        prepare: dict[str, Callable[[], object]] = {
            "link": lambda: log.symlink_to(other),
            "hard link": lambda: log.hardlink_to(other),
            "folder": log.mkdir,
            "pipe": lambda: os.mkfifo(log),
            "nowhere": lambda: None,
        }
        prepare[kind]()
        place = tmp_path / "rien/wikibot.log" if kind == "nowhere" else log
        if kind == "pipe":
            reading = os.open(log, os.O_RDONLY | os.O_NONBLOCK)
        done = run("--log-file", place, "--wiki", folder, "check")
        if kind == "pipe":
            assert os.read(reading, 100) == b""
            os.close(reading)
        assert done.code == 2
        assert done.err.startswith(f"Erreur : Le journal ne peut pas être écrit dans {place} : ")
        assert other.read_text() == "à quelqu'un"

    def test_a_pipe_that_nobody_reads_is_not_waited_for(self, folder: Path, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "wikibot.log")
        assert run("--log-file", tmp_path / "wikibot.log", "--wiki", folder, "check").code == 2

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is full")
    def test_a_disk_that_is_full_ends_the_log_and_not_the_run(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = os.open("/dev/full", os.O_WRONLY)
        monkeypatch.setattr("wikibot.cli.logs._own_file", lambda path: opened)
        log = tmp_path / "wikibot.log"
        done = run(
            *("--log-file", log, "--wiki", folder, "set", ATLAS, "licence=CC0", "--apply"),
        )
        assert done.code == 0
        assert done.err == (f"Note : le journal {log} ne s'écrit plus (No space left on device).\n")
        assert (folder / f"{ATLAS}.wikitext").read_text() != PAGE
