"""demo: a small wiki of files to try everything on, with invented pages."""

from __future__ import annotations

import shutil
from pathlib import Path

from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.resources import data_folder


def write_demo(folder: Path) -> int:
    """Write the pages of the demo wiki into a folder, new or empty; return their number.

    Raises:
        InputError: the folder holds something, or cannot be written.
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
        files = sorted((data_folder("templates") / "demo").glob("*.wikitext"))
        for file in files:
            shutil.copyfile(file, folder / file.name)
    except OSError as error:
        raise InputError(
            Text(
                f"Impossible d'écrire dans {folder} : {error.strerror}.",
                f"Cannot write in {folder}: {error.strerror}.",
            )
        ) from None
    return len(files)
