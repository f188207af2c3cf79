"""The documents people read, and the commands they show: found, run, compared, refreshed.

In a block fenced as `console` or `shell`, a line that begins with `$ wikibot ` is a command (a
`\\` at its end continues it); what follows, up to the next `$`, is what the command prints. Nothing
shown: only the exit code is compared. A line `…` stands for any lines left out. A command ends
with 0 or 3 unless it says so itself: `# exit 2`. Blocks fenced otherwise are only shown.

Run ids, revisions and times differ from run to run: they are compared as such, not as they are.
An id that a document shows where a run ends is replaced by the real one in later commands.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.warm import run_warm
from wikibot.language import Language

ROOT = Path(__file__).resolve().parents[2]
WIKI = "demo-wiki"
_PROMPT = "$ wikibot "
_SKIP = "…"
_FENCE = re.compile(r"^```(\w*)\s*$")
_EXIT = re.compile(r"\s+# exit (\d+)\s*$")
_RUN_ENDS = re.compile(r"(?:Exécution|Run) ([0-9a-hjkmnp-tv-z]{6})\b")
_VOLATILE = (
    (re.compile(r"((?:[Ee]xécution|[Rr]un|undo) )[0-9a-hjkmnp-tv-z]{6}\b"), r"\1RUN"),
    (re.compile(r"^[0-9a-hjkmnp-tv-z]{6}(?=  \d{4}-)"), "RUN"),
    (re.compile(r'("run_id": ")\w+'), r"\1RUN"),
    (re.compile(r"\bfolder:[0-9a-f]{16}\b"), "folder:ID"),
    (re.compile(r"\d{4}-\d\d-\d\d(?=[ T]\d\d:\d\d)"), "DAY"),
    (re.compile(r"(?<=DAY[ T])\d\d:\d\d(?::\d\d)?"), "TIME"),
    (re.compile(r"\d+(?:er)? [^\W\d]+ \d{4}(?= (?:à|at) \d)"), "DAY"),
    (re.compile(r"(?<=DAY )(?:à \d+\sh\s\d\d|at \d+:\d\d)"), "TIME"),
    (re.compile(r"((?:révision|revision|revid\"?:) )\d+"), r"\1NUMBER"),
)


@dataclass(frozen=True)
class Example:
    """A command of a document: `line` counts from 1; `shown` is at the lines behind it."""

    line: int
    command: str
    exits: tuple[int, ...]
    shown_at: int
    shown: tuple[str, ...]


def documents() -> tuple[Path, ...]:
    """Return every document: those at the top of the checkout, and all of docs/."""
    return (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))


def language_of(document: Path) -> Language:
    """Return the language in which the commands of a document speak."""
    return "en" if "en" in document.relative_to(ROOT).parts else "fr"


def fenced(document: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Yield each fenced block: how it is fenced, the line behind the fence, its lines."""
    kind, first = "", 0
    block: list[str] | None = None
    for number, line in enumerate(document.read_text("utf-8").splitlines(), 1):
        fence = _FENCE.match(line)
        if block is not None and line.startswith("```"):
            yield kind, first, block
            block = None
        elif block is not None:
            block.append(line)
        elif fence:
            kind, first, block = fence[1], number + 1, []


def examples(document: Path) -> list[Example]:
    """Return the commands to run, in order."""
    found: list[Example] = []
    for kind, first, block in fenced(document):
        if kind in ("console", "shell"):
            found += _examples(first, block)
    return found


def _examples(first: int, block: Sequence[str]) -> Iterator[Example]:
    index = 0
    while index < len(block):
        start, line = index, block[index]
        index += 1
        if not line.startswith(_PROMPT):
            continue
        while line.endswith("\\") and index < len(block):
            line = line[:-1] + block[index].lstrip("> ")
            index += 1
        said = _EXIT.search(line)
        shown_at = index
        while index < len(block) and not block[index].startswith("$ "):
            index += 1
        yield Example(
            line=first + start,
            command=_EXIT.sub("", line.removeprefix("$ ")),
            exits=(int(said[1]),) if said else (0, 3),
            shown_at=first + shown_at,
            shown=tuple(block[shown_at:index]),
        )


def shown_commands(document: Path) -> Iterator[list[str]]:
    """Yield the words of every command `$ wikibot …` of any block, run or only shown."""
    for _, _, block in fenced(document):
        for line in block:
            if line.startswith(_PROMPT):
                yield shlex.split(line.removeprefix("$ ").removesuffix("\\"), comments=True)


@dataclass
class Terminal:
    """Where the commands of one document run, one after the other, in a folder of their own."""

    folder: Path
    language: Language
    ids: dict[str, str] = field(default_factory=dict)

    def run(self, example: Example) -> tuple[int, list[str]]:
        """Return the exit code and the lines that a command prints."""
        words = [self._known(word) for word in shlex.split(example.command)]
        code, lines = self.wikibot(words[1:])
        ends = [found[1] for line in lines if (found := _RUN_ENDS.search(line))]
        told = [found[1] for line in example.shown if (found := _RUN_ENDS.search(line))]
        self.ids |= dict(zip(told, ends, strict=False))
        return code, lines

    def wikibot(self, words: Sequence[str]) -> tuple[int, list[str]]:
        """Run a command as it is, in the document's language."""
        done = run_wikibot(words, self.folder, self.language)
        return done.returncode, _trimmed(done.stdout.splitlines())

    def as_shown(self, lines: Sequence[str]) -> list[str]:
        """Return lines with the ids of runs that the document gave them."""
        real = {real: shown for shown, real in self.ids.items()}
        return [
            re.sub(r"\b[0-9a-z]{6}\b", lambda found: real.get(found[0], found[0]), line)
            for line in lines
        ]

    def _known(self, word: str) -> str:
        return self.ids.get(word, word)


def open_terminal(folder: Path, document: Path) -> Terminal:
    """Return a terminal in a folder that holds the demo wiki, unless the document writes it."""
    terminal = Terminal(folder, language_of(document))
    if not any(e.command.endswith(f"demo {WIKI}") for e in examples(document)):
        code, lines = terminal.wikibot(["demo", WIKI])
        assert code == 0, lines
    return terminal


class Printed(NamedTuple):
    """How a command ended, and what it printed, both outputs in one."""

    returncode: int
    stdout: str


def run_wikibot(words: Sequence[str], folder: Path, language: Language) -> Printed:
    """Run a command as a person would see it."""
    environ: Mapping[str, str] = {
        **{name: value for name, value in os.environ.items() if not name.startswith("WIKIBOT_")},
        "LC_ALL": "",
        "LANGUAGE": "",
        "LANG": "en_GB.UTF-8" if language == "en" else "fr_FR.UTF-8",
        "COLUMNS": "80",
        "PYTHONPATH": str(ROOT),  # for the processes that a command starts itself
        "XDG_STATE_HOME": str(folder / "state"),
    }
    code, printed = run_warm(words, folder, environ)
    return Printed(code, printed)


def agrees(shown: Sequence[str], printed: Sequence[str]) -> bool:
    """Return whether the lines shown are those printed; `…` leaves any number of them out."""
    pattern, lines = [_settled(s) for s in _trimmed(shown)], [_settled(p) for p in printed]
    if not pattern:
        return True
    reached = {0}  # how many of the printed lines the pattern may have used up so far
    for wanted in pattern:
        if wanted.strip() == _SKIP:
            reached = set(range(min(reached), len(lines) + 1)) if reached else set()
        else:
            reached = {n + 1 for n in reached if n < len(lines) and lines[n] == wanted}
    return len(lines) in reached


def refreshed(document: Path, folder: Path) -> str:
    """Return the document with what its commands print now, where it shows what they print."""
    lines = document.read_text("utf-8").splitlines()
    terminal, moved = open_terminal(folder, document), 0
    for example in examples(document):
        _, printed = terminal.run(example)
        if agrees(example.shown, printed):
            continue
        new = _as_short_as(example.shown, terminal.as_shown(printed))
        start = example.shown_at - 1 + moved
        lines[start : start + len(example.shown)] = new
        moved += len(new) - len(example.shown)
    return "\n".join(lines) + "\n"


def _as_short_as(shown: Sequence[str], printed: Sequence[str]) -> list[str]:
    """Return as many first, or last, lines of what was printed as the document shows.

    Where it leaves lines out in another way, a person has to choose: what it shows stays.
    """
    number = len(shown) - 1
    skips = [index for index, line in enumerate(shown) if line.strip() == _SKIP]
    if not skips:
        return list(printed)
    if skips == [0]:
        return [_SKIP, *printed[len(printed) - number :]]
    return [*printed[:number], _SKIP] if skips == [number] else list(shown)


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Return the lines without blanks at their ends, and without blank ones at either end."""
    kept = [line.rstrip() for line in lines]
    while kept and not kept[-1]:
        kept.pop()
    while kept and not kept[0]:
        kept.pop(0)
    return kept


def _settled(line: str) -> str:
    """Return a line with what differs from run to run named instead."""
    line = line.rstrip()
    for pattern, name in _VOLATILE:
        line = pattern.sub(name, line)
    return line
