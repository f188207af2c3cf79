"""The JSON that commands print: real answers, their keys and what these mean."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.docs.documents import WIKI, run_wikibot
from tests.docs.json_words import SHAPES, SYNC, TOLD_ELSEWHERE
from wikibot.jobs.demo import type_into
from wikibot.language import Language, Text

_STABLE = (
    (r'("(?:run_id|undoes)": ")\w+', r"\1k3f9a2"),
    (r'("item": ")w\w+', r"\1wq204es"),
    (r'("op_id": ")\w+', r"\1k3f9a2"),
    (r'("command": "undo )\w+', r"\1k3f9a2"),
    (r'("id": "plan-)\w+', r"\1k3f9a2"),
    (r'("plan": "plan-)\w+/part-\w+', r"\1k3f9a2/part-c7w2me"),
    (r'("wiki": "folder:)\w+', r"\g<1>0123456789abcdef"),
    (r'("checksum": ")\w+', r"\1…"),
    (r'("day": ")(?!2026-01-30)[\d-]+', r"\g<1>2026-01-31"),
    (r'(modifié le|changed on) [^"]*"', r'\1 …"'),
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", "2026-01-31T02:00:00"),
)


@dataclass(frozen=True)
class Shape:
    """What a command answers; `keys` are (path, types, meaning), in the answer's order."""

    name: Text
    meaning: Text
    command: str
    example: str
    keys: tuple[tuple[str, tuple[str, ...], Text], ...]


def shapes(language: Language) -> list[Shape]:
    """Return every shape, seen just now in answers of wikibot on the demo wiki."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        run_wikibot(["demo", WIKI], folder, language)
        _twice(folder / WIKI / "Action%3A1.wikitext")
        _old_name(folder / WIKI / "Carnet de veille des crues.wikitext")
        _stopped(folder, language)
        _checked_twice(folder, language)
        _stale(folder, language)
        _followed(folder / WIKI, language)
        _crashed_long_ago(folder / WIKI)
        return [_shape(shape, folder, language) for shape in SHAPES]


def _twice(file: Path) -> None:
    """Let a page call its template twice: what is said of it then is part of the shape."""
    page = file.read_text("utf-8").rstrip("\n")
    file.write_text(f"{page}\n{page}\n", encoding="utf-8")


def _old_name(file: Path) -> None:
    """Let a page hold a value under another name of its parameter."""
    page = file.read_text("utf-8")
    file.write_text(page.replace("|licence=", "|license="), encoding="utf-8")


def _stopped(folder: Path, language: Language) -> None:
    """Let somebody stop a run before it saves anything."""
    order = folder / WIKI / ".wikibot" / "stop"
    order.parent.mkdir()
    order.touch()
    run_wikibot(["--wiki", WIKI, "set", "Action:5", "statut=Closed", "--apply"], folder, language)
    order.unlink()


def _checked_twice(folder: Path, language: Language) -> None:
    """Let the whole wiki be checked on two days."""
    run_wikibot(["--wiki", WIKI, "check"], folder, language)
    with closing(sqlite3.connect(folder / WIKI / ".wikibot" / "snapshots.sqlite")) as db, db:
        for table in ("snapshot", "found", "waived"):
            db.execute(f"UPDATE {table} SET day='2026-01-30'")
    run_wikibot(["--wiki", WIKI, "check"], folder, language)


def _stale(folder: Path, language: Language) -> None:
    """Let a plan wait in `stale.json` until somebody has changed one of its fields."""
    title = "Semences locales en partage"
    asked = ["set", title, "licence=CC0", "niveau=Prototype", "--plan", "stale.json"]
    run_wikibot(["--wiki", WIKI, *asked], folder, language)
    file = folder / WIKI / f"{title}.wikitext"
    page = file.read_text("utf-8")
    file.write_text(re.sub(r"(?m)^\|licence=.*$", "|licence=Licence MIT", page), encoding="utf-8")


def _followed(wiki: Path, language: Language) -> None:
    """Let three workbooks follow the actions: people edit one, empty another, mistype in the last.

    Somebody edits the wiki meanwhile.
    """
    with (wiki / "wikibot.toml").open("a", encoding="utf-8") as file:
        for name in ("vide", "faute"):
            file.write(f'\n[trackers.{name}]\nkind = "workbook"\npath = "{name}.csv"\n')
    for name in ("equipe", "vide", "faute"):
        run_wikibot(["actions", "sync", name, "--apply"], wiki, language)
    row = "Choisir la licence des fiches avec la ville"
    type_into(wiki / "actions.xlsx", row, "Avancement", "En cours")
    type_into(wiki / "faute.csv", row, "Détails", "{{Alix")
    with (wiki / "faute.csv").open("a", encoding="utf-8") as file:
        file.write("Inviter la ferme;A faire;;Noor Essai;;;;;\n")
    page = wiki / "Action%3A2.wikitext"
    page.write_text(page.read_text("utf-8").replace("Alix Imaginaire, ", ""), encoding="utf-8")
    empty = wiki / "vide.csv"
    empty.write_bytes(empty.read_bytes().splitlines(keepends=True)[0])


def _crashed_long_ago(wiki: Path) -> None:
    """Let the state folder hold something that is to be purged."""
    (wiki / ".wikibot" / "crash-20200101T030000.000000Z.log").write_text("KeyError")


def _shape(
    told: tuple[Text, Text, Sequence[str], Mapping[str, Text]], folder: Path, language: Language
) -> Shape:
    name, meaning, asked, keys = told
    answers = []
    for command in asked:
        words = shlex.split(_with_runs(command, folder, language))
        inside = command.startswith(SYNC)  # of a tracker: it stands in the wikibot.toml there
        lead, where = ([], folder / WIKI) if inside else (["--wiki", WIKI], folder)
        said = run_wikibot([*lead, *words, "--format", "json"], where, language)
        try:
            answers.append(json.JSONDecoder().raw_decode(said.stdout)[0])  # what follows is advice
        except ValueError:
            raise ValueError(f"{shlex.join(words)}: no JSON\n{said.stdout}") from None
    seen: dict[str, set[str]] = {}
    for answer in answers:
        for path, kind in _paths(answer, "", keys):
            seen.setdefault(path, set()).add(kind)
    if strange := set(seen) ^ set(keys):
        raise KeyError(f"{asked[0]}: keys without words, or words for nothing: {strange}")
    shown = "" if asked[0].startswith(SYNC) else f"--wiki {WIKI} "
    return Shape(
        name,
        meaning,
        f"wikibot {shown}{asked[0].replace('RUN', 'k3f9a2')} --format json",
        _stable(json.dumps(_short(answers[0]), ensure_ascii=False, indent=1)),
        tuple((path, _kinds(seen[path]), told) for path, told in keys.items()),
    )


def _kinds(seen: set[str]) -> tuple[str, ...]:
    """Return the types of a key, null last; what is null in every answer may be a text."""
    kinds = sorted(seen - {"null"}) or ["text"]
    return (*kinds, "null") if "null" in seen else tuple(kinds)


def _with_runs(command: str, folder: Path, language: Language) -> str:
    """Return a command with the ids of the runs that `json_words` speaks of."""
    if not re.search("RUN|FIRST|STOPPED", command):
        return command
    said = run_wikibot(["--wiki", WIKI, "runs", "--format", "json"], folder, language)
    runs = json.loads(said.stdout)
    saved = [str(run["run_id"]) for run in runs if run["counts"].get("done")]
    stopped = next(str(run["run_id"]) for run in runs if run["exit"] == 6)
    command = command.replace("STOPPED", stopped)
    return command.replace("RUN", saved[0]).replace("FIRST", saved[-1])


def _paths(value: Any, path: str, known: Mapping[str, Text]) -> Iterator[tuple[str, str]]:
    """Yield the path and type of everything inside; `{}` stands for keys that are data."""
    if isinstance(value, dict):
        for key, inside in value.items():
            wide = f"{path}.{{}}".lstrip(".")
            here = wide if wide in known else f"{path}.{key}".lstrip(".")
            yield here, _type(inside)
            if here not in TOLD_ELSEWHERE:
                yield from _paths(inside, here, known)
    elif isinstance(value, list):
        for inside in value:
            if isinstance(inside, dict):
                yield from _paths(inside, f"{path}[]", known)


def _type(value: object) -> str:
    if value is None:
        return "null"
    kinds = {bool: "boolean", int: "number", float: "number", str: "text", list: "list"}
    return {**kinds, dict: "table"}[type(value)]


def _short(value: Any) -> Any:
    """Return an answer with its long lists cut to two, its long texts to a line."""
    if isinstance(value, dict):
        return {key: _short(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_short(inside) for inside in value[:2]]
    if isinstance(value, str) and len(value) > 120:
        return value[:119] + "…"
    return value


def _stable(example: str) -> str:
    for pattern, new in _STABLE:
        example = re.sub(pattern, new, example)
    return example
