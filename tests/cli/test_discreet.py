"""Whatever is printed, by whomever and wherever, secrets are not in it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, PAGE, Done, environment, run
from tests.reliability.processes import start
from wikibot.cli import discreet
from wikibot.redaction import HIDDEN, hide

SECRET = 'canari "zoé"+/\\'

WAYS = {
    "print": "print(SECRET)",
    "write": "sys.stdout.write(SECRET)",
    "lines": "sys.stdout.writelines([SECRET, '\\n'])",
    "bytes": "sys.stdout.buffer.write(SECRET.encode())",
    "click": "click.echo(SECRET)",
    "click to standard error": "click.echo(SECRET, err=True)",
    "click in bytes": "click.echo(SECRET.encode())",
    "in colour": "click.secho(SECRET, bold=True)",
    "a warning": "import warnings; warnings.warn(SECRET)",
    "a traceback": "import traceback\ntry: int(SECRET)\nexcept ValueError: traceback.print_exc()",
    "an error": "raise ValueError(SECRET)",
    "an error of an error": "try: raise KeyError(SECRET)\nexcept KeyError: raise OSError('x')",
    "a library's log": "import logging; logging.getLogger('mwclient').warning(SECRET)",
    "a thread": (
        "import threading; t = threading.Thread(target=int, args=[SECRET]); t.start(); t.join()"
    ),
    "a finalizer": "class A:\n    def __del__(self): raise ValueError(SECRET)\nA()",
    "the end of the process": "import atexit; atexit.register(lambda: int(SECRET))",
    "leaving with words": "sys.exit(SECRET)",
    "interrupted": "raise KeyboardInterrupt(SECRET)",
}
SAYS_NOTHING = {"a library's log", "interrupted"}
SAYS_MORE_TO_DEBUGGERS = {"an error", "an error of an error"}
PROGRAM = """
import sys, click
from wikibot import cli
from wikibot.redaction import hide
SECRET = hide({secret!r})
@click.command()
def essai():
    {way}
cli.wikibot.add_command(essai)
sys.argv = ["wikibot", *{debug!r}, "essai"]
cli.main()
"""


def program(way: str, *debug: str, encoding: str = "utf-8") -> Done:
    body = way.replace("\n", "\n    ")
    text = PROGRAM.format(secret=SECRET, way=body, debug=list(debug))
    env = {"PYTHONIOENCODING": encoding, "PYTHONWARNINGS": "always"}
    return start([sys.executable, "-c", text], env=environment(env))


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("debug", [[], ["--debug"]], ids=["", "debug"])
@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_printing_shows_a_secret(way: str, debug: list[str], encoding: str) -> None:
    done = program(WAYS[way], *debug, encoding=encoding)
    shown = done.out + done.err
    for part in ("canari", "zo"):
        assert part not in shown
    said = way not in SAYS_NOTHING and (debug or way not in SAYS_MORE_TO_DEBUGGERS)
    assert (HIDDEN in shown) == bool(said)


def test_json_stays_json_with_a_secret_in_it(folder: Path) -> None:
    hide('Licence "Ouverte\\"')
    (folder / f"{ATLAS}.wikitext").write_text(
        PAGE.replace("Licence Ouverte", 'Licence "Ouverte\\"')
    )
    shown = run("--wiki", folder, "show", ATLAS, "--format", "json")
    assert shown.json["fields"]["licence"] == f'{HIDDEN}" 2.0 (Etalab)'
    planned = run("--wiki", folder, "set", ATLAS, "licence=CC0", "--format", "json")
    assert json.loads(planned.out)["edits"][0]["changes"][0]["old"] == f'{HIDDEN}" 2.0 (Etalab)'


def test_afterwards_everything_is_as_before(folder: Path) -> None:
    before = (sys.stdout, sys.stderr, sys.excepthook, sys.unraisablehook)
    run("--wiki", folder, "check")
    assert (sys.stdout, sys.stderr, sys.excepthook, sys.unraisablehook) == before


def test_a_traceback_cannot_drive_the_terminal() -> None:
    hide("canari\x1b[2J")
    try:
        raise ValueError("canari\x1b[2J a\x1b[2Jb")
    except ValueError as error:
        shown = discreet.traceback_of(error)
    assert shown.splitlines()[-1] == f"ValueError: {HIDDEN} a\\u001b[2Jb"
