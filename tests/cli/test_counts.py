"""What is counted agrees with its number: 0 and 1 are singular in French, 1 alone in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, MISSPELT, run
from wikibot.cli import spoken

FRENCH = re.compile(
    r"(?<![\w.,:\u202f-])[01] (?!(?:fois|mois|cours|dans|sans|plus|sous)\b)[a-zéèêà]+s\b"
)
ENGLISH = re.compile(r"(?<![\w.,:-])1 (?!(?:times|this|less|is|was|has)\b)[a-z]+s\b")
COMMANDS = (
    ("check",),
    ("check", "--write-baseline", "known.json"),
    ("check", "--baseline", "known.json"),
    ("check", "--select", "VOC"),
    ("check", "--format", "todo"),
    ("trend",),
    ("pages",),
    ("fix",),
    ("fix", "--plan", "plan.json"),
    ("plan", "show", "plan.json"),
    ("apply", "plan.json"),
    ("fix", "--apply"),
    ("runs",),
    ("doctor",),
    ("sheet", "export", "sheet.xlsx"),
    ("actions", "board"),
    ("actions", "list"),
    ("mapping", "drift"),
    ("mapping", "discover", "--into", "mine"),
    ("mapping", "suggest", "--since", "2020-01-01"),
)


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_number_disagrees_with_its_noun(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, language: str
) -> None:
    monkeypatch.setattr(spoken, "LANGUAGE", language)
    if number != 1:
        (folder / f"{ATLAS}.wikitext").unlink()
    for each in range(number):
        (folder / f"Mares {each}.wikitext").write_text(MISSPELT)
    wrong = FRENCH if language == "fr" else ENGLISH
    said = []
    for command in COMMANDS:
        done = run("--lang", language, "--wiki", folder, *command)
        told = f"{done.out}\n{done.err}"
        said += [
            f"{' '.join(command)}: {line.strip()}"
            for line in told.splitlines()
            if wrong.search(line)
        ]
    assert not said, "\n".join(said)


@pytest.mark.parametrize("words", ["0 pages lues", "1 champs", "(1 termes)", "sur 0 pages."])
def test_a_number_that_disagrees_is_seen(words: str) -> None:
    assert FRENCH.search(words)


@pytest.mark.parametrize(
    "words", ["1 page", "10 pages", "2 champs", "0 fois", "1\u202f000 pages", "4.1 pages"]
)
def test_a_number_that_agrees_is_let_pass(words: str) -> None:
    assert not FRENCH.search(words)
