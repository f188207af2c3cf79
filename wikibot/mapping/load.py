"""Reads a mapping folder: `wiki.toml`, `page_types/*.toml`, `vocabularies/*.toml`, `waivers.toml`.

All errors of all files are told at once, each with its file and its path inside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from wikibot.errors import InputError, MappingError
from wikibot.language import Text
from wikibot.mapping.clashes import clashes
from wikibot.mapping.model import Mapping, PageType, WikiSettings
from wikibot.mapping.references import dangling
from wikibot.mapping.rules import WaiverFile, wrong_settings, wrong_waivers
from wikibot.mapping.vocabulary import Vocabulary
from wikibot.resources import data_folder
from wikibot.tables import problem, read_table

T = TypeVar("T", bound=BaseModel)


def packaged_mappings() -> tuple[str, ...]:
    """Return the names of the mappings that ship with wikibot."""
    return tuple(sorted(p.parent.name for p in data_folder("mappings").glob("*/wiki.toml")))


def load_mapping(name: str | Path, rules: Dictionary[str, str] | None = None) -> Mapping:
    """Return the mapping called `name` (packaged), or the one of the folder `name`.

    `rules` is code → name of every rule that there is: with it, a word of the files that names
    none is an error of theirs.

    Raises:
        InputError: there is no such mapping.
        MappingError: one or more files are wrong; all errors are in `problems`.
    """
    folder = Path(name)
    if isinstance(name, str) and name in packaged_mappings():
        folder = data_folder("mappings") / name
    if not (folder / "wiki.toml").is_file():
        known = ", ".join(packaged_mappings())
        raise InputError(
            Text(
                f"Aucune correspondance « {name} » : il n'y a pas de fichier wiki.toml.",
                f"No mapping “{name}”: there is no file wiki.toml.",
            ),
            Text(
                f"Donnez un dossier qui en contient un, ou l'un de : {known}.",
                f"Name a folder that holds one, or one of: {known}.",
            ),
        )
    problems: list[Text] = []
    wiki = read_table(folder / "wiki.toml", Path("wiki.toml"), WikiSettings, problems)
    page_types = list(_read_all(folder, "page_types", PageType, problems))
    all_types, before = not problems, len(problems)
    vocabularies = list(_read_all(folder, "vocabularies", Vocabulary, problems))
    problems += clashes(page_types, vocabularies, complete=len(problems) == before)
    if all_types:  # what refers to a broken file is no error of its own
        problems += dangling(page_types, vocabularies)
    waivers = _read_waivers(folder, problems)
    if wiki is not None:
        problems += wrong_settings(Path("wiki.toml"), wiki.rules, rules or {})
    problems += wrong_waivers(_WAIVERS, waivers.waivers, rules or {})
    if problems or wiki is None:
        raise MappingError(problems)
    return Mapping(
        wiki=wiki,
        page_types=tuple(value for _, value in page_types),
        vocabularies=tuple(value for _, value in vocabularies),
        waivers=waivers.waivers,
    )


def _read_waivers(folder: Path, problems: list[Text]) -> WaiverFile:
    """Return what `waivers.toml` says, which need not be there."""
    if not (folder / _WAIVERS).exists():
        return WaiverFile()
    return read_table(folder / _WAIVERS, _WAIVERS, WaiverFile, problems) or WaiverFile()


def _read_all(
    folder: Path, kind: str, model: type[T], problems: list[Text]
) -> Iterator[tuple[Path, T]]:
    files = sorted((folder / kind).glob("*.toml"))
    if not files and kind == "page_types":
        problems.append(problem(Path(kind), "", _NO_FILE))
    for file in files:
        name = file.relative_to(folder)
        value = read_table(file, name, model, problems)
        if value is not None:
            yield name, value


_WAIVERS = Path("waivers.toml")
_NO_FILE = Text("aucun fichier .toml dans ce dossier.", "no .toml file in this folder.")
