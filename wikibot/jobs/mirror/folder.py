"""The local copy as a folder of pages: one file a page, to be read without wikibot."""

from __future__ import annotations

from pathlib import Path

from wikibot.jobs.mirror.exported import CopiedExport
from wikibot.jobs.mirror.view import Mirrored
from wikibot.wiki.folder import FolderWiki


def copy_to(folder: Path, copy: Mirrored | CopiedExport) -> int:
    """Write every page of a copy into a folder that is empty; return how many.

    Raises:
        InputError, SaveError, Unavailable: a page cannot be written there.
    """
    wiki = FolderWiki(folder)
    number = 0
    for page in copy.every_page():
        wiki.create(str(page.title), page.text, copy.place)
        number += 1
    return number
