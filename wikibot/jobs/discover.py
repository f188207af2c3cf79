"""mapping discover: reads a wiki's templates, forms, properties and pages into a mapping."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from wikibot.discovery.assemble import assemble
from wikibot.discovery.found import Found, Sources
from wikibot.discovery.sample import Sample
from wikibot.discovery.write import Written, write
from wikibot.errors import InputError
from wikibot.jobs.sources import read_sources
from wikibot.language import Language, Text
from wikibot.mapping import load_mapping
from wikibot.wiki import Wiki

PROJECT = 4  # the number of the namespace that bears the wiki's name


@dataclass(frozen=True)
class Discovered:
    """What a wiki has, and what that makes of the mapping folder.

    `before` are the files of the folder as they were; `written.files` those that change.
    """

    folder: Path
    found: Found
    sample: Sample
    written: Written
    before: dict[str, str]

    def difference(self) -> Iterator[str]:
        """Yield the lines of a unified diff of the files that were there and change."""
        for path, text in sorted(self.written.files.items()):
            if path in self.before:
                old, new = self.before[path].splitlines(), text.splitlines()
                yield from difflib.unified_diff(old, new, path, path, lineterm="", n=2)


def discover(
    wiki: Wiki,
    folder: Path,
    templates: Sequence[str] = (),
    *,
    language: Language = "fr",
    keep: bool = True,
    sources: Sources | None = None,
) -> Discovered:
    """Return what the wiki has, and write it into the mapping folder unless `keep` is False.

    `templates` names the templates to look at, none: all that hold fields. A mapping that is
    there is updated; what a person wrote in it stays. `sources` are given where they were read
    already (`read_sources`).

    Raises:
        InputError: no template holds fields, an unknown one is named, or the folder cannot be
            used. MappingError: the mapping there is wrong already. Otherwise as the wiki.
    """
    before = _files(folder)
    existing = load_mapping(folder) if before else None
    sources = read_sources(wiki, templates) if sources is None else sources
    only = [sources.namespaces.template_name(name) for name in templates]
    _known(only, sources)
    found = assemble(sources, only)
    if not found.types:
        raise InputError(
            Text(
                f"Aucun modèle de {wiki.place} n'a de champs que l'on puisse lire.",
                f"No template of {wiki.place} holds fields that can be read.",
            ),
            Text(
                "Nommez le modèle des fiches : --template Ressource.",
                "Name the template of the pages: --template Ressource.",
            ),
        )
    written = write(found, before, existing, _name_of(wiki), language)
    _check(before | written.files)
    if keep:
        _keep(folder, written.files)
    return Discovered(folder, found, sources.sample, written, before)


def _known(only: Sequence[str], sources: Sources) -> None:
    forms = {part.name for form in sources.forms.values() for part in form.templates}
    called = {seen.name for seen in sources.sample.templates}
    for name in only:
        if name not in sources.templates and name not in forms | called:
            raise InputError(
                Text(
                    f"Ni modèle, ni formulaire, ni page ne connaît « {name} ».",
                    f"No template, form or page knows “{name}”.",
                ),
                Text("Vérifiez le nom du modèle.", "Check the name of the template."),
            )


def _name_of(wiki: Wiki) -> str:
    """Return what the wiki calls itself: the name of its project namespace, or its folder's."""
    if Path(wiki.place).is_dir():
        return Path(wiki.place).resolve().name
    return wiki.syntax.namespaces.title(PROJECT, "").prefix or "Wiki"


def _files(folder: Path) -> dict[str, str]:
    """Return the TOML files of a mapping folder, by path inside it."""
    try:
        paths = [folder / "wiki.toml"] if (folder / "wiki.toml").exists() else []
        for part in ("page_types", "vocabularies"):
            paths += sorted((folder / part).glob("*.toml"))
        found = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(folder, error) from None
    if found and "wiki.toml" not in found:
        raise InputError(
            Text(
                f"{folder} contient une correspondance, mais pas son fichier wiki.toml.",
                f"{folder} holds a mapping, but not its file wiki.toml.",
            ),
            Text("Donnez un autre dossier, ou remettez ce fichier.", "Name another folder."),
        )
    return found


def _check(files: dict[str, str]) -> None:
    """Load what would be written, so that nothing wrong is. Raises MappingError."""
    with tempfile.TemporaryDirectory() as place:
        for path, text in files.items():
            file = Path(place) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        load_mapping(Path(place))


def _keep(folder: Path, files: dict[str, str]) -> None:
    """Write each file whole or not at all; `wiki.toml`, which makes it a mapping, last."""
    try:
        for path in sorted(files, key=lambda path: (path == "wiki.toml", path)):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, new = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".new")
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(files[path])
            os.chmod(new, file.stat().st_mode & 0o777 if file.exists() else 0o644)
            os.replace(new, file)
    except OSError as error:
        raise _unusable(folder, error) from None


def _unusable(folder: Path, error: OSError | UnicodeDecodeError) -> InputError:
    why = error.strerror if isinstance(error, OSError) else "UTF-8"
    return InputError(
        Text(
            f"Le dossier {folder} ne peut pas être utilisé : {why}.",
            f"The folder {folder} cannot be used: {why}.",
        ),
        Text("Donnez-en un autre avec --into.", "Name another with --into."),
    )
