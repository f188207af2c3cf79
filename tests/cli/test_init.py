"""`wikibot init`: from an address to a configuration, as somebody meets it who just installed."""

from __future__ import annotations

import os
import pty
import select
import shlex
import signal
import sys
import time
from pathlib import Path

import click
import pytest

from tests.cli.command import environment, run, spawn
from tests.discovery.support import WIKI
from tests.mediawiki.bench import MediaWikiBench
from tests.wiki.proxies import StubProxy
from wikibot.cli import wikibot as root
from wikibot.config import load_config

COMMON = "{{Ressource\n|licence=CC BY\n|niveau=Idée\n|url=https://a.example\n}}"
MAPPING = Path(__file__).parents[1] / "checks" / "mapping"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bench(fresh_mediawiki: MediaWikiBench) -> MediaWikiBench:
    """A wiki with two pages of commons."""
    for number in range(2):
        fresh_mediawiki.edit_as_human(f"Commun {number}", COMMON)
    fresh_mediawiki.forget_requests()
    return fresh_mediawiki


def home(bench: MediaWikiBench) -> str:
    """The address that a person sees in the browser."""
    return bench.api.replace("api.php", "index.php/Accueil")


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class OnATerminal:
    """A command with a terminal for its input and output, on which somebody types."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.shown = ""
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            os.chdir(folder)
            started = [sys.executable, "-m", "wikibot", *arguments]
            os.execve(sys.executable, started, environment({"TERM": "dumb"}))

    def until(self, words: str) -> None:
        """Wait until the words are shown."""
        ends = time.monotonic() + 30
        while words not in self.shown:
            ready, _, _ = select.select([self._terminal], [], [], ends - time.monotonic())
            assert ready, self.shown
            self.shown += os.read(self._terminal, 4096).decode()

    def type(self, words: str) -> None:
        os.write(self._terminal, words.encode())

    def end(self, key: str = "") -> int:
        """Wait for the end, pressing a key while nothing happens; return the exit code.

        A key pressed while the prompt is being set up goes nowhere: a person presses it again.
        """
        ends = time.monotonic() + 60
        try:
            while time.monotonic() < ends:
                if not select.select([self._terminal], [], [], 1)[0]:
                    self.type(key)
                elif data := os.read(self._terminal, 4096):
                    self.shown += data.decode(errors="replace")
                else:
                    break
            else:
                os.kill(self._pid, signal.SIGKILL)
        except OSError:  # what Linux says where the other side has closed
            pass
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])


class TestWithoutATerminal:
    def test_an_address_is_enough(self, bench: MediaWikiBench, here: Path) -> None:
        done = spawn("init", home(bench))
        assert (done.code, done.err) == (0, "")
        assert f"Wiki trouvé : {bench.api} (la page nomme cette adresse)\n" in done.out
        assert "« Communs de test », MediaWiki 1." in done.out
        assert "modèle Ressource : 3 paramètres employés sur les pages, 3 connus" in done.out
        assert files(here) == ["wikibot.toml"]
        config = load_config(here / "wikibot.toml")
        assert (config.table.api, config.mapping) == (bench.api, "resilience")
        assert bench.edits_seen() == []

    def test_what_it_wrote_works_at_once(self, bench: MediaWikiBench, here: Path) -> None:
        assert run("init", home(bench)).code == 0
        done = run("check", "--format", "json")
        assert (done.code, done.json["pages"]) == (3, 2)

    def test_the_global_option_names_the_wiki_too(self, bench: MediaWikiBench, here: Path) -> None:
        assert run("--wiki", bench.api, "init").code == 0
        assert load_config(here / "wikibot.toml").place == bench.api

    def test_nothing_is_asked_where_there_is_no_address(self, here: Path) -> None:
        done = run("init")
        assert (done.code, done.out) == (2, "")
        assert done.err.splitlines()[0] == "Erreur : il manque l'adresse du wiki."
        assert files(here) == []

    def test_a_file_that_is_there_stays_and_no_wiki_is_asked(
        self, bench: MediaWikiBench, here: Path
    ) -> None:
        (here / "wikibot.toml").write_text("mine")
        done = run("init", home(bench))
        assert (done.code, done.out) == (2, "")
        assert "existe déjà" in done.err
        assert "--into" in done.err
        assert bench.requests_seen() == []
        assert (here / "wikibot.toml").read_text() == "mine"

    def test_a_dry_run_shows_the_file_and_writes_nothing(
        self, bench: MediaWikiBench, here: Path
    ) -> None:
        (here / "wikibot.toml").write_text("mine")
        done = run("init", home(bench), "--dry-run")
        assert done.code == 0
        assert f'\n[wiki]\napi = "{bench.api}"\n' in done.out
        assert (here / "wikibot.toml").read_text() == "mine"
        assert run("init", home(bench), "--dry-run", "--into", "ailleurs").code == 0
        assert files(here) == ["wikibot.toml"]

    def test_another_folder_is_made_and_entered_first(
        self, bench: MediaWikiBench, here: Path
    ) -> None:
        done = run("init", home(bench), "--into", "mon robot")
        assert done.code == 0
        assert files(here) == ["mon robot"]
        assert "1. Allez dans ce dossier.\n     cd 'mon robot'\n" in done.out

    def test_a_proxy_is_gone_through_and_kept(self, bench: MediaWikiBench, here: Path) -> None:
        with StubProxy() as proxy:
            assert run("init", home(bench), "--proxy", proxy.address()).code == 0
            assert len(proxy.seen) == len(bench.requests_seen()) > 3
        assert load_config(here / "wikibot.toml").table.proxy == proxy.address()

    def test_options_that_are_of_no_use_are_refused(self, here: Path) -> None:
        (here / "pages").mkdir()
        (here / "a file").write_text("")
        for odd in (
            ("--config", "x.toml", "init", "pages"),
            ("--site", "x", "init", "pages"),
            ("--wiki", "pages", "init", "ailleurs"),
            ("init", "pages", "--account", "Robot@nuit"),
            ("init", "https://wiki.example.org", "--proxy", "http://moi:canari@127.0.0.1:9"),
            ("init", "https://wiki.example.org", "--ca-bundle", "absent.pem"),
            ("init", "pages", "--into", "a file"),
            ("init", "pages", "--into", "a file/below"),
            ("--mapping", "absente", "init", "pages"),
        ):
            done = run(*odd)
            assert done.code == 2, odd
            assert "canari" not in done.out + done.err
            assert files(here) == ["a file", "pages"]


class TestTheMapping:
    def test_is_made_of_a_wiki_that_has_its_own_templates(
        self, fresh_mediawiki: MediaWikiBench, here: Path
    ) -> None:
        bench = fresh_mediawiki
        bench.import_pages({title: [text] for title, text in WIKI.items() if ":" in title})
        for title in WIKI:
            if ":" not in title:
                bench.edit_as_human(title, WIKI[title])
        done = run("init", home(bench))
        assert done.code == 0
        assert "Correspondance : mapping, un dossier à côté de wikibot.toml" in done.out
        assert "modèle Lieu : 9 champs" in done.out
        assert files(here) == ["mapping", "wikibot.toml"]
        assert run("mapping", "check").code == 0
        assert run("check", "--format", "json").json["pages"] > 0

    def test_that_ships_is_installed_on_an_empty_wiki(
        self, fresh_mediawiki: MediaWikiBench, here: Path
    ) -> None:
        done = run("init", fresh_mediawiki.api)
        assert done.code == 0
        assert "aucun modèle de ce wiki n'a de champs" in done.out
        assert "\n     wikibot mapping install --apply\n" in done.out

    def test_that_is_asked_for_is_taken(self, bench: MediaWikiBench, here: Path) -> None:
        assert run("--mapping", str(MAPPING), "init", bench.api).code == 0
        assert load_config(here / "wikibot.toml").mapping == MAPPING


class TestAPrivateWiki:
    @pytest.fixture
    def private(self, bench: MediaWikiBench) -> MediaWikiBench:
        bench.admin.rights("*", read=False)
        return bench

    def test_is_told_as_such_with_the_keys_to_fill_in(
        self, private: MediaWikiBench, here: Path
    ) -> None:
        done = run("init", home(private))
        assert done.code == 3
        assert "Ce wiki est privé" in done.out
        assert "donnez la clé account" in done.out
        assert load_config(here / "wikibot.toml").place == private.api

    def test_is_read_with_the_account(
        self, private: MediaWikiBench, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WIKIBOT_PASSWORD", private.password)
        done = run("init", home(private), "--account", private.account)
        assert done.code == 0
        assert "modèle Ressource" in done.out
        written = (here / "wikibot.toml").read_text()
        assert load_config(here / "wikibot.toml").table.account == private.account
        assert private.password not in written + done.out + done.err

    def test_that_refuses_the_account_leaves_no_file(
        self, private: MediaWikiBench, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WIKIBOT_PASSWORD", "canari-faux-9f3k-abcdefgh")
        done = run("init", home(private), "--account", private.account)
        assert (done.code, files(here)) == (4, [])
        assert "canari" not in done.out + done.err


def test_an_open_wiki_is_read_without_the_account(
    bench: MediaWikiBench, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIKIBOT_ACCOUNT", bench.account)
    monkeypatch.setenv("WIKIBOT_PASSWORD", bench.password)
    assert run("init", home(bench)).code == 0
    assert all(request.action != "login" for request in bench.requests_seen())
    assert load_config(here / "wikibot.toml").table.account == bench.account


class TestForAProgram:
    def test_the_facts_and_the_files(self, bench: MediaWikiBench, here: Path) -> None:
        done = run("init", home(bench), "--account", "Robot@nuit", "--format", "json")
        told = done.json
        assert (done.code, done.err) == (0, "")
        assert told["wiki"]["place"] == bench.api
        assert (told["wiki"]["kind"], told["wiki"]["how"]) == ("api", "page")
        assert (told["wiki"]["language"], told["wiki"]["pages"]) == ("fr", 3)
        assert set(told["wiki"]["extensions"]) == {
            *("Semantic MediaWiki", "Page Forms", "SemanticActions", "TemplateData")
        }
        assert (told["mapping"]["name"], told["mapping"]["reason"]) == ("resilience", "fits")
        assert (told["written"], told["files"]) == (True, ["wikibot.toml"])
        assert told["settings"] == (here / "wikibot.toml").read_text()

    def test_every_command_it_proposes_is_one(self, bench: MediaWikiBench, here: Path) -> None:
        bench.admin.rights("*", read=False)
        proposed = [run("init", bench.api, "--format", "json").json["next"]]
        bench.reset()
        proposed.append(run("init", bench.api, "--dry-run", "--format", "json").json["next"])
        commands = [step["command"] for steps in proposed for step in steps if step["command"]]
        ours = [shlex.split(line)[1:] for line in commands if line.startswith("wikibot ")]
        assert ["doctor"] in ours
        assert ["mapping", "install", "--apply"] in ours
        for words in ours:
            command: click.Command = root
            while isinstance(command, click.Group):
                command = command.commands[words.pop(0)]
            command.make_context("", words)


class TestOnATerminal:
    def test_two_questions_lead_to_a_file(self, bench: MediaWikiBench, here: Path) -> None:
        terminal = OnATerminal(here, "init")
        terminal.until("Adresse : ")
        terminal.type(f"{home(bench)}\n")
        terminal.until("Compte : ")
        terminal.type("Robot des communs@nuit\n")
        assert terminal.end() == 0, terminal.shown
        config = load_config(here / "wikibot.toml")
        assert (config.place, config.table.account) == (bench.api, "Robot des communs@nuit")

    def test_no_account_yet_is_an_answer(self, bench: MediaWikiBench, here: Path) -> None:
        terminal = OnATerminal(here, "--lang", "en", "init", home(bench))
        terminal.until("Account: ")
        terminal.type("\n")
        assert terminal.end() == 0, terminal.shown
        assert load_config(here / "wikibot.toml").table.account is None
        assert "Commons bot@nightly" in (here / "wikibot.toml").read_text()

    @pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
    def test_who_leaves_a_question_leaves_no_file(
        self, bench: MediaWikiBench, here: Path, key: str
    ) -> None:
        terminal = OnATerminal(here, "init", home(bench))
        terminal.until("Compte : ")
        assert terminal.end(key) == 128 + signal.SIGINT, terminal.shown
        assert "interrompu ; rien n'est écrit." in terminal.shown
        assert files(here) == []

    def test_a_folder_has_no_account_to_ask_for(self, here: Path) -> None:
        (here / "pages").mkdir()
        (here / "pages" / "Commun.wikitext").write_text(COMMON)
        terminal = OnATerminal(here, "init", "pages")
        assert terminal.end() == 0, terminal.shown
        assert load_config(here / "wikibot.toml").table.folder == "pages"


def test_english_is_spoken_throughout(bench: MediaWikiBench, here: Path) -> None:
    done = spawn("--lang", "en", "init", home(bench))
    assert done.code == 0
    for said in (done.out, (here / "wikibot.toml").read_text()):
        assert not set(said) & set("éèàçùêâîô«»"), said
