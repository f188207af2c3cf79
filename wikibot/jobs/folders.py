"""A folder that is to be filled: a new one, or an empty one."""

from __future__ import annotations

from pathlib import Path

from wikibot.errors import InputError
from wikibot.language import Text


def make_empty(folder: Path) -> None:
    """Make a folder, unless there is an empty one already.

    Raises:
        InputError: it holds something, or cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InputError(
                Text(f"Le dossier {folder} n'est pas vide.", f"The folder {folder} is not empty."),
                Text(
                    "Donnez un dossier qui n'existe pas encore.",
                    "Name a folder that does not exist yet.",
                ),
            )
    except OSError as error:
        raise InputError(
            Text(
                f"Impossible d'écrire dans {folder} : {error.strerror}.",
                f"Cannot write in {folder}: {error.strerror}.",
            )
        ) from None
