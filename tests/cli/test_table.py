"""The list of commands that `--help` shows, made without loading them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from wikibot.cli import wikibot
from wikibot.cli.table import HOMES

_TELL = """
import json, sys
from wikibot.cli import wikibot
from wikibot.cli.table import HOMES
told = {name: command.get_short_help_str() for name, command in wikibot.commands.items()}
print(json.dumps([told, {name: home.says for name, home in HOMES.items()}]))
"""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_command_is_told_as_its_own_help_begins(language: str) -> None:
    words = [sys.executable, "-c", _TELL, f"--lang={language}"]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    told, listed = json.loads(done.stdout)
    assert listed == told


def test_every_command_stands_in_the_list_under_its_own_name() -> None:
    assert list(wikibot.commands) == list(HOMES)
    assert [command.name for command in wikibot.commands.values()] == list(HOMES)


def test_a_command_loads_what_it_needs_and_not_the_others() -> None:
    script = (
        "import sys; sys.argv[1:] = ['runs', '--help']\n"
        "from wikibot.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted(m for m in sys.modules if m.startswith('wikibot.cli.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = {name.removeprefix("wikibot.cli.") for name in done.stdout.splitlines()[-1].split()}
    assert "ledger" in loaded
    assert not {"acting", "doctor", "overviewing", "sheets", "starting", "trying"} & loaded


def test_help_loads_no_command_and_little_of_the_standard_library() -> None:
    script = (
        "import sys; sys.argv[1:] = ['--help']\n"
        "from wikibot.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted(m for m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not {f"wikibot.cli.{home.module}" for home in HOMES.values()} & loaded
    assert not {"json", "logging", "sqlite3", "subprocess", "tempfile", "urllib.parse"} & loaded
