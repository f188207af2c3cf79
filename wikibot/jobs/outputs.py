"""Reports as files, and where the pages are that they speak of."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wikibot.errors import InputError
from wikibot.jobs.files import SHARED, write_whole
from wikibot.language import Text
from wikibot.title import Title
from wikibot.wiki import Wiki
from wikibot.wiki.protocol import Addressed

_GENERATOR, _HEAD = b'name="generator" content="wikibot"', 4096  # as templates/report has it


def address_in(wiki: Wiki) -> Callable[[Title], str | None]:
    """Return what gives the address of a page, or the file of a folder; None: nobody knows."""
    return wiki.address if isinstance(wiki, Addressed) else lambda _: None


def look_at_place(path: Path) -> None:
    """Complain about a place that no report can be written to, before the long work.

    Raises:
        InputError: its folder is not there, or something else than a file is in its place.
    """
    if not path.parent.is_dir():
        folder = path.parent
        what = Text(f"le dossier {folder} n'existe pas", f"there is no folder {folder}")
        raise _unwritable(path, what)
    if path.is_dir():
        raise _unwritable(path, Text("c'est un dossier", "it is a folder"))


def look_at_usual(path: Path) -> None:
    """Complain about a page that is not ours and bears the name that ours would get.

    Raises:
        InputError: there is such a file.
    """
    try:
        with path.open("rb") as file:
            ours = _GENERATOR in file.read(_HEAD)
    except FileNotFoundError:
        return
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _unwritable(path, Text(why, why)) from None
    if not ours:
        raise InputError(
            Text(
                f"Un autre fichier s'appelle déjà {path} : il reste comme il est.",
                f"Another file is called {path} already: it stays as it is.",
            ),
            Text(
                "Donnez un autre nom avec --output, ou déplacez ce fichier.",
                "Give another name with --output, or move that file.",
            ),
        )


def make_folder(folder: Path) -> None:
    """Make a folder for reports, unless it is there.

    Raises:
        InputError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _unwritable(folder, Text(why, why)) from None


def save_report(path: Path, data: bytes) -> None:
    """Write a report, whole or not at all.

    Raises:
        InputError: it cannot be written there; what was there stays.
    """
    try:
        write_whole(path, data, SHARED)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _unwritable(path, Text(why, why)) from None


def _unwritable(path: Path, why: Text) -> InputError:
    return InputError(
        Text(
            f"Impossible d'écrire le rapport {path} : {why.fr}.",
            f"Cannot write the report {path}: {why.en}.",
        ),
        Text(
            "Donnez un fichier dans un dossier où vous pouvez écrire.",
            "Name a file in a folder where you may write.",
        ),
    )
