"""How wikibot behaves as a program: help, languages, odd terminals, pipes, signals."""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import wikibot
from tests.cli.command import ATLAS, MISSPELT, PAGE, environment, pages_in, run, spawn
from wikibot.cli import wikibot as root
from wikibot.cli.spoken import spoken


def commands(group: click.Command = root, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, (*path, name))


class TestHelp:
    @pytest.mark.parametrize("path", list(commands()), ids=" ".join)
    @pytest.mark.parametrize("flag", ["--help", "-h"])
    def test_of_every_command(self, path: tuple[str, ...], flag: str) -> None:
        done = run(*path, flag)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith(f"Usage : {' '.join(('wikibot', *path))}")

    def test_every_command_and_option_says_what_it_does_in_both_languages(self) -> None:
        for language in ("fr", "en"):
            done = spawn("--lang", language, "--help")
            assert done.code == 0
            (listed,) = re.findall(r"(?:Commands|Commandes )[:]\n(.*)", done.out, re.S)
            assert "..." not in listed
            for name in root.commands:
                assert re.search(rf"^  {name} +\w+", listed, re.M), name
        for path in commands():
            command: click.Command = root
            for name in path:
                assert isinstance(command, click.Group)
                command = command.commands[name]
            assert command.help, path
            for option in command.params:
                if isinstance(option, click.Option):
                    assert option.help, (path, option.name)

    @pytest.mark.parametrize("path", [(), ("plan",), ("mapping",)])
    def test_is_shown_where_nothing_was_typed(self, path: tuple[str, ...]) -> None:
        done = run(*path)
        assert (done.code, done.err) == (2, "")
        assert done.out == run(*path, "--help").out

    def test_the_version(self) -> None:
        assert run("--version").out == f"wikibot {wikibot.__version__}\n"


class TestLanguage:
    @pytest.mark.parametrize(
        ("arguments", "environ", "language"),
        [
            ([], {}, "fr"),
            ([], {"LANG": "C.UTF-8"}, "fr"),
            ([], {"LANG": "fr_FR.UTF-8"}, "fr"),
            ([], {"LANG": "fr_CA.UTF-8"}, "fr"),
            ([], {"LANG": "fr"}, "fr"),
            ([], {"LANG": "C"}, "fr"),
            ([], {"LANG": "POSIX"}, "fr"),
            ([], {"LANG": "", "LC_ALL": ""}, "fr"),
            ([], {"LANG": "en_GB.UTF-8", "LC_ALL": "C"}, "fr"),
            ([], {"LANG": "br_FR.UTF-8"}, "fr"),
            ([], {"LANG": "de_DE.UTF-8"}, "en"),
            ([], {"LANG": "fy_NL.UTF-8"}, "en"),
            ([], {"LANG": "fr_FR.UTF-8", "LANGUAGE": "en_GB:en"}, "en"),
            ([], {"LANG": "de_CH.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
            ([], {"LANG": "fr_FR.UTF-8", "LANGUAGE": "de"}, "fr"),
            ([], {"LANG": "C.UTF-8", "LANGUAGE": "en"}, "fr"),
            ([], {"LANG": "en_GB.UTF-8"}, "en"),
            ([], {"LANG": "fr_FR.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
            ([], {"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
            ([], {"LANG": "en_US.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
            (["--lang", "en"], {"LANG": "fr_FR.UTF-8"}, "en"),
            (["--lang=en", "check"], {}, "en"),
            (["--lang", "fr"], {"LANG": "en_US.UTF-8"}, "fr"),
        ],
    )
    def test_is_the_option_then_that_of_the_locale_then_french(
        self, arguments: list[str], environ: dict[str, str], language: str
    ) -> None:
        assert spoken(arguments, environ) == language

    def test_everything_is_said_in_it(self, folder: Path) -> None:
        (folder / "Mares.wikitext").write_text(MISSPELT)
        here = ("--lang", "en", "--wiki", folder)
        assert spawn(*here, "check").out.splitlines()[-1] == (
            "2 pages read: 0 errors, 2 warnings, 0 remarks. 1 safe fix: “wikibot fix” shows it."
        )
        assert spawn(*here, "fix").out.splitlines()[-2:] == [
            "To change: 1 page, 1 field.",
            "Nothing is saved to the wiki. To save: the same command with --apply",
        ]
        told = spawn(*here, "fix", "--apply").out.splitlines()
        assert re.fullmatch(r"✓ Mares: saved \(revision \d+\)", told[0])
        assert re.fullmatch(r"Run \w{6}: 1 saved\.", told[1])
        assert told[2].startswith("To take it back: wikibot --wiki ")
        assert spawn(*here, "explain", "VOC102").out.startswith("VOC102 term-alias (warning)\n")
        assert spawn(*here, "show", "Haies").err.startswith("Error: There is no page “Haies”")


HIDDEN = "\x1b[2J\u202e\u200b\x07\x9b31m"


class TestHiddenCharacters:
    """A page cannot drive the terminal of who reads it (escapes, direction, zero width)."""

    @pytest.mark.parametrize(
        "command",
        [
            ("check",),
            ("show", "Mares"),
            ("pages",),
            ("fix", "--unsafe"),
            ("fix", "--unsafe", "--apply"),
            ("set", "Mares", "localisation=Ici"),
            ("runs",),
        ],
        ids=lambda command: command[0],
    )
    def test_show_as_escapes(self, folder: Path, command: tuple[str, ...]) -> None:
        (folder / "Mares.wikitext").write_text(
            f"{{{{Ressource\n|niveau=idée{HIDDEN}\n|licence=CC {HIDDEN}BY\n|zz{HIDDEN}=1\n"
            f"|Tags=a{HIDDEN}, A{HIDDEN}, {HIDDEN}\n|location=Là{HIDDEN}\n|url={HIDDEN}\n}}}}"
        )
        done = run("--wiki", folder, *command)
        assert not set(done.out + done.err) & set(HIDDEN.replace("[2J", "").replace("31m", ""))
        if command[0] in ("check", "show", "set"):
            assert "\\u001b[2J\\u202e\\u200b\\u0007\\u009b31m" in done.out

    def test_of_a_file_name_too(self, folder: Path) -> None:
        (folder / "Mares\x1b[2J.wikitext").write_text(PAGE)
        done = run("--wiki", folder, "check")
        assert (done.code, done.out) == (2, "")
        assert "\x1b" not in done.err
        assert "Mares\\u001b[2J" in done.err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_a_terminal_that_lacks_letters_shows_escapes(folder: Path, encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    started = [sys.executable, "-m", "wikibot", "--wiki", str(folder)]
    for command in (
        ["set", ATLAS, "tags+=mare 🌍", "--apply"],
        ["show", ATLAS],
        ["show", "Zut 🌍"],
    ):
        done = subprocess.run(
            [*started, *command], env=environment(env), capture_output=True, check=False
        )
        assert done.returncode == (2 if command[1].startswith("Zut") else 0), done.stderr
        assert b"interne" not in done.stderr
    assert "mare 🌍" in (folder / f"{ATLAS}.wikitext").read_text()


class TestAPipeThatIsClosed:
    def closed(self, *arguments: str | Path) -> tuple[int, str]:
        """Run with a standard output that nobody reads; return the code and standard error."""
        reading, writing = os.pipe()
        os.close(reading)
        try:
            done = subprocess.run(
                [sys.executable, "-m", "wikibot", *map(str, arguments)],
                env=environment(),
                stdout=writing,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
                timeout=60,
            )
        finally:
            os.close(writing)
        return done.returncode, done.stderr

    def test_ends_a_command_that_reads_in_silence(self, folder: Path) -> None:
        for command in (("check",), ("show", ATLAS), ("explain",), ("check", "--format", "json")):
            assert self.closed("--wiki", folder, *command) == (128 + signal.SIGPIPE, "")

    def test_ends_no_run(self, folder: Path) -> None:
        before = PAGE.replace("niveau=Idée", "niveau=idée")
        for number in range(5):
            (folder / f"Mares {number}.wikitext").write_text(before)
        assert self.closed("--wiki", folder, "fix", "--apply") == (0, "")
        assert set(pages_in(folder).values()) == {PAGE.encode()}
        (known,) = run("--wiki", folder, "runs", "--format", "json").json
        assert (known["exit"], known["counts"]) == (0, {"done": 5})
        assert self.closed("--wiki", folder, "undo", known["run_id"], "--apply") == (0, "")
        assert (folder / "Mares 4.wikitext").read_text() == before


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["TERM", "INT"]
)
def test_a_signal_stops_a_command_that_waits_at_once(
    folder: Path, number: signal.Signals, code: int
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "wikibot",
                "--wiki",
                f"http://127.0.0.1:{port}/api.php",
                "check",
            ],
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        silent.settimeout(30)
        connection, _ = silent.accept()
        with connection:
            connection.recv(1)
            started = time.monotonic()
            process.send_signal(number)
            _, err = process.communicate(timeout=30)
    assert time.monotonic() - started < 5
    assert process.returncode == code
    assert "Traceback" not in err


def test_the_demo_goes_the_whole_round_and_what_it_proposes_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("demo", "essai")
    assert (done.code, done.err) == (0, "")
    before = pages_in(tmp_path / "essai")
    assert len(before) > 10
    assert "Le même plan une seconde fois : 0 page écrite." in done.out
    assert "Toutes les pages sont revenues à l'octet près." in done.out
    turn = [line.strip() for line in done.out.partition("— À vous\n")[2].splitlines()]
    assert turn[0] == "cd essai"
    assert len(turn) > 6
    monkeypatch.chdir(tmp_path / "essai")
    for line in turn[1:]:
        assert run(*shlex.split(line)[1:]).code in (0, 3), line
    assert pages_in(tmp_path / "essai") != before  # « fix --apply » was among them


def test_the_demo_follows_the_actions_and_leaves_its_folder_ready_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("demo", "essai")
    assert "n° 2  Choisir la licence des fiches avec la ville" in done.out, "the board hides it"
    told = done.out.partition("— 6.")[2]
    assert "Suivi : 5 à écrire." in told
    assert "Écrit : 0 sur le wiki, 5 dans le classeur." in told
    assert "wiki ← Avancement : « En cours » → « Fait »" in told
    assert "Écrit : 1 sur le wiki, 0 dans le classeur." in told
    assert "compte maintenant : A faire 0, En cours 0, Fait 1." in told
    assert "Une fois de plus : rien à écrire." in told
    others = [p.name for p in (tmp_path / "essai").iterdir() if p.suffix != ".wikitext"]
    assert sorted(others) == ["apercu.html", "wikibot.toml"]
    assert done.out.partition("— 7.")[2].count("essai/apercu.html. Ouvrez-le") == 1
    assert "Pages « Commun » : 11" in done.out.replace("\u00a0", " ")
    pages = f"{len(pages_in(tmp_path / 'essai'))} pages inventées"
    assert done.out.startswith(pages)
    monkeypatch.chdir(tmp_path / "essai")
    assert run("actions", "sync", "equipe", "--apply").code == 3, "some need a person"
    assert (tmp_path / "essai" / "actions.xlsx").is_file()
    counted = run("check").out.splitlines()[-1]
    assert counted.startswith(pages.partition(" ")[0]), "no other file is a page"
    assert run("actions", "sync", "equipe", "--apply").out.endswith("Rien à écrire.\n")
