"""What a workbook of a whole collection costs: `python -m tests.benchmarks.sheet [PAGES]`.

Communs of a folder with 30 fields each, exported, and imported with a cell changed in each tenth
row; wall clock and the peak of a process of its own for each step.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import get_args

import wikibot
from tests.benchmarks.whole import ordinary
from wikibot.workbook import Kind, ReadSheet, read_book

MAPPING = wikibot.load_mapping("resilience")
FIELDS, EVERY = 30, 10


def export(folder: Path, file: Path) -> None:
    """Write the workbook of a folder of pages."""
    wiki = wikibot.open_wiki(folder)
    pages = wikibot.pages_to_read(wiki, MAPPING, ())
    page_type = MAPPING.page_type("commun")
    assert page_type is not None
    fields = [field.id for field in page_type.fields[:FIELDS]]
    kind = wikibot.new_sheet(file)
    done = wikibot.export_sheet(pages, MAPPING, wiki, kind, types=["commun"], fields=fields)
    wikibot.save_sheet(file, done.data)
    assert done.sheets[0][2] == FIELDS


def import_(folder: Path, file: Path) -> None:
    """Plan what a person changed in the workbook: a cell in each tenth row."""
    book = read_book(file)
    sheets = [edited(sheet) for sheet in book.sheets]
    wiki = wikibot.open_wiki(folder)
    done = wikibot.import_sheet(replace(book, sheets=tuple(sheets)), MAPPING, wiki)
    assert len(done.plan.edits) == done.asked > 0, (len(done.plan.edits), done.told)


def edited(sheet: ReadSheet) -> ReadSheet:
    """Return a sheet of pages with other short descriptions."""
    if not sheet.rows or sheet.rows[0][0] != "Page":
        return sheet
    place = sheet.rows[0].index("Description en une phrase")
    rows = list(sheet.rows)
    for number in range(1, len(rows), EVERY):
        row = list(rows[number])
        row[place] = f"Une autre phrase, la numéro {number}."
        rows[number] = tuple(row)
    return replace(sheet, rows=tuple(rows))


def main() -> None:
    """Print the figures."""
    arguments = sys.argv[1:]
    if arguments[:1] in (["export"], ["import"]):
        step, folder, file = arguments[0], Path(arguments[1]), Path(arguments[2])
        start = time.perf_counter()
        if step == "export":
            export(folder, file)
        else:
            import_(folder, file)
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{step} {file.suffix}: {seconds:.1f} s, peak {peak:.0f} MB", flush=True)
        return
    size = int(arguments[0]) if arguments else 2_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "pages")
        folder.mkdir()
        texts, _ = ordinary(size)
        for title, text in texts:
            Path(folder, f"{title.replace('/', '%2F').replace(':', '%3A')}.wikitext").write_text(
                text, encoding="utf-8"
            )
        print(f"{size} pages of {FIELDS} fields", flush=True)
        for kind in get_args(Kind):
            _step("export", folder, Path(place, f"communs.{kind}"))
        for kind in get_args(Kind):
            _step("import", folder, Path(place, f"communs.{kind}"))


def _step(*arguments: object) -> None:
    command = [sys.executable, "-m", "tests.benchmarks.sheet", *map(str, arguments)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
