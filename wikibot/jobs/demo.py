"""demo: a small wiki of files to try everything on, with invented pages and a configuration."""

from __future__ import annotations

import shutil
from pathlib import Path

from wikibot.config import FILE
from wikibot.errors import InputError
from wikibot.jobs.folders import make_empty
from wikibot.language import Text
from wikibot.resources import data_folder

TRACKER = "equipe"  # the tracker that the configuration of the demo has: a workbook


def write_demo(folder: Path) -> int:
    """Write the pages of the demo wiki into a folder, new or empty; return their number.

    Beside them is a wikibot.toml, for who goes to the folder and types commands there.

    Raises:
        InputError: the folder holds something, or cannot be written.
    """
    make_empty(folder)
    try:
        place = data_folder("templates") / "demo"
        files = sorted(place.glob("*.wikitext"))
        for file in (*files, place / FILE):
            shutil.copyfile(file, folder / file.name)
    except OSError as error:
        raise InputError(
            Text(
                f"Impossible d'écrire dans {folder} : {error.strerror}.",
                f"Cannot write in {folder}: {error.strerror}.",
            )
        ) from None
    return len(files)


def type_into(book: Path, row: str, heading: str, text: str) -> None:
    """Type into a cell of a workbook as a colleague would: the row that begins so, that column.

    Raises:
        InputError: the workbook cannot be read. KeyError: it has no such row or column.
    """
    from wikibot.workbook import read_book
    from wikibot.workbook.update import Put, updated_bytes

    sheet = read_book(book).sheets[0]
    heads, *rows = sheet.rows
    where = {f"{cells[0]}": number for number, cells in enumerate(rows, 1)}
    columns = {f"{head}": number for number, head in enumerate(heads)}
    put = Put(where[row], columns[heading], text)
    book.write_bytes(updated_bytes(book.read_bytes(), sheet.name, [put]))
