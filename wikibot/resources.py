"""Finds the data folders `mappings/` and `templates/`: in the wheel, or in the checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder `name` that ships with wikibot.

    Raises:
        FileNotFoundError: the installation is damaged.
    """
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"wikibot's own folder {name}/ is missing from this installation")
