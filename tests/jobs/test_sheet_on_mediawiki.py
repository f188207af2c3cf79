"""The round of a workbook on a real MediaWiki, by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import ATLAS, MISSPELT, PAGE, run, run_id
from tests.jobs.wikis import MAPPING, configured
from tests.mediawiki.bench import MediaWikiBench
from tests.sheets.support import as_read, row_of, table
from wikibot.workbook import Cell, Column, WrittenSheet, book_bytes

MARES = "Relevé des mares"
TEXT = PAGE.strip()


@pytest.fixture
def bench(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MediaWikiBench:
    """The wiki of two pages, and a wikibot.toml that leads there."""
    bench = configured(fresh_mediawiki, tmp_path, monkeypatch)
    bench.edit_as_human(ATLAS, TEXT)
    bench.edit_as_human(MARES, MISSPELT.strip())
    return bench


def type_into(file: Path, cells: dict[tuple[str, str], str]) -> None:
    """Change cells of the sheet of communs, and save it alone in the place of the workbook."""
    sheet = table(as_read(file.read_bytes(), "xlsx"))
    rows: list[list[Cell]] = [list(row) for row in sheet.rows]
    for (title, heading), typed in cells.items():
        row_of(rows, title)[rows[0].index(heading)] = typed
    columns = tuple(Column(str(words)) for words in rows[0])
    body = tuple(tuple(None if c is None else str(c) for c in row) for row in rows[1:])
    file.write_bytes(book_bytes([WrittenSheet(sheet.name, columns, body)], "xlsx"))


def test_a_workbook_goes_round_and_what_others_did_meanwhile_stays(bench: MediaWikiBench) -> None:
    assert run("sheet", "export", "communs.xlsx").code == 0
    file = Path("communs.xlsx")
    type_into(
        file,
        {
            (ATLAS, "Type de licence"): "CC BY-SA 4.0",
            (ATLAS, "Tags"): "haie; mare",
            (MARES, "Tags"): "étang",
        },
    )
    bench.edit_as_human(ATLAS, TEXT.replace("niveau=Idée", "niveau=Prototype"))
    bench.edit_as_human(MARES, MISSPELT.strip().replace("étang, bocage", "mare"))
    bench.forget_requests()
    done = run("sheet", "import", file, "--apply", "--format", "json")
    assert done.code == 3  # of the conflict
    assert bench.text(ATLAS) == (
        TEXT.replace("niveau=Idée", "niveau=Prototype")
        .replace("licence=Licence Ouverte 2.0 (Etalab)", "licence=Creative Commons BY SA 4.0")
        .replace("Tags=haie, bocage", "Tags=haie, mare")
    )
    assert "|Tags=mare\n" in bench.text(MARES)
    told = done.err
    assert f"ligne {_row(file, MARES)} : {MARES}" in told
    who = bench.revisions(MARES)[-1]["user"]
    assert f"Tags : changé aussi sur le wiki par {who} le " in told
    assert sum(request.writes for request in bench.requests_seen()) == 1

    again = run("sheet", "import", file)
    assert (again.code, "Rien à changer." in again.out) == (3, True)
    assert run("undo", run_id(done), "--apply").code == 0
    assert bench.text(ATLAS) == TEXT.replace("niveau=Idée", "niveau=Prototype")


def test_new_rows_become_pages_and_a_page_that_was_moved_is_followed(
    bench: MediaWikiBench,
) -> None:
    assert run("sheet", "export", "communs.csv", "--type", "commun").code == 0
    file = Path("communs.csv")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert MAPPING.page_type("commun") is not None
    head = lines[0].split('";"')
    fresh = [""] * len(head)
    fresh[0], fresh[head.index("Type de licence")] = "Carnet des talus", "MIT"
    lines.append(";".join(f'"{cell}"' for cell in fresh))
    text = "\r\n".join(lines).replace("haie; bocage", "haie")
    file.write_text(text, encoding="utf-8-sig", newline="")
    bench.admin.move(ATLAS, "Atlas des talus")
    done = run("sheet", "import", file, "--create", "--apply", "--format", "json")
    assert (done.code, done.err.splitlines()[1:]) == (0, [""])
    assert bench.text("Atlas des talus") == TEXT.replace("Tags=haie, bocage", "Tags=haie")
    assert bench.text("Carnet des talus") == "{{Ressource\n|licence=MIT\n}}"


def _row(file: Path, title: str) -> int:
    rows = table(as_read(file.read_bytes(), "xlsx")).rows
    return 1 + next(number for number, row in enumerate(rows) if row[0] == title)
