"""Writes a new `wikibot.toml`, whole or not at all, and the mapping beside it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from wikibot.config import FILE, load_config
from wikibot.errors import InputError
from wikibot.jobs.discover import discover
from wikibot.jobs.init.choosing import Choice, path_in_file
from wikibot.jobs.init.probing import Probe
from wikibot.jobs.init.seeking import STRAIGHT, Way
from wikibot.jobs.init.settings import Settings
from wikibot.language import Language, Text
from wikibot.title import USER
from wikibot.wiki.folder.disk import put_new, sync_folder


def refuse_existing(into: Path) -> None:
    """Refuse to go on where there is a `wikibot.toml` already: it is never overwritten.

    Raises:
        InputError: something of that name is there, or `into` is no folder.
    """
    if os.path.lexists(into / FILE):
        raise _there(into / FILE)
    if os.path.lexists(into) and not into.is_dir():
        raise InputError(
            Text(f"{into} n'est pas un dossier.", f"{into} is no folder."),
            Text("Donnez-en un autre avec --into.", "Name another with --into."),
        )


def draft(
    probe: Probe,
    choice: Choice,
    into: Path,
    account: str | None = None,
    way: Way = STRAIGHT,
) -> Settings:
    """Return what the new file says."""
    place, wiki = probe.place, probe.wiki
    local = place.kind != "api"
    user_space = wiki.syntax.namespaces.title(USER, "").prefix if wiki is not None else ""
    return Settings(
        kind=place.kind,
        place=path_in_file(Path(place.address), into) if local else place.address,
        name=probe.name or place.address,
        mapping=choice.mapping,
        account=account,
        contact=way.contact,
        ca_bundle=path_in_file(way.ca_bundle, into) if way.ca_bundle else None,
        proxy=way.proxy,
        user_space=user_space or "User",
    )


def write(
    settings: Settings, probe: Probe, choice: Choice, into: Path, language: Language
) -> tuple[Path, ...]:
    """Write the mapping that was discovered, then `wikibot.toml`; return the files.

    Raises:
        InputError: a `wikibot.toml` is there, or a file cannot be written.
    """
    data = settings.text(language).encode()
    _check(data)
    files: list[Path] = []
    try:
        into.mkdir(parents=True, exist_ok=True)
        if choice.discovered is not None and probe.wiki is not None:
            refuse_existing(into)
            made = choice.discovered
            again = discover(probe.wiki, made.folder, language=language, sources=choice.sources)
            files += [made.folder / name for name in sorted(again.written.files)]
        put_new(into / FILE, data)
        sync_folder(into)
    except FileExistsError:
        raise _there(into / FILE) from None
    except OSError as error:
        raise InputError(
            Text(
                f"Impossible d'écrire {into / FILE} : {error.strerror}.",
                f"Cannot write {into / FILE}: {error.strerror}.",
            ),
            Text("Donnez un autre dossier avec --into.", "Name another folder with --into."),
        ) from None
    return (into / FILE, *files)


def _check(data: bytes) -> None:
    """Load what would be written, so that nothing wrong is. Raises ConfigError."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / FILE
        file.write_bytes(data)
        load_config(file)


def _there(file: Path) -> InputError:
    return InputError(
        Text(
            f"{file} existe déjà : « init » n'y touche pas.",
            f"{file} is there already: “init” leaves it alone.",
        ),
        Text(
            "Renommez-le, ou donnez un autre dossier avec --into ; --dry-run montre ce qui "
            "serait écrit.",
            "Rename it, or name another folder with --into; --dry-run shows what would be written.",
        ),
    )
