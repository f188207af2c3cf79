"""One kind of workbook for two kinds of wiki: SemanticActions, and a wiki with its own template.

The pages are those of exports that stand beside this checkout, where they do; each becomes a
folder wiki with a configuration of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import wikibot
from tests.cli.command import Done, pages_in, run
from wikibot.trackers.workbook import HEADINGS, KEY
from wikibot.wiki.folder.names import file_name

SHARED = Path(__file__).resolve().parents[3] / "shared"
OWN_TEMPLATE = Path(__file__).resolve().parents[1] / "actions" / "mapping"
SYNC = ("actions", "sync", "equipe")


@dataclass(frozen=True)
class Kind:
    """An export, its mapping, the number of its actions, and how a page writes a column."""

    export: str
    mapping: str
    number: int
    column: str

    @property
    def here(self) -> bool:
        return (SHARED / self.export).is_file()


KINDS = {
    "SemanticActions": Kind("actions-wiki.xml", "resilience", 21, "|LABEL=Label:{}"),
    "a template of its own": Kind("smw-wiki.xml", f"{OWN_TEMPLATE}", 62, "|statut={}"),
}


@dataclass(frozen=True)
class Place:
    """A folder with a wiki, a configuration and, after a sync, a workbook."""

    kind: Kind
    folder: Path

    @property
    def book(self) -> Path:
        return self.folder / "actions.xlsx"

    def pages(self) -> dict[str, bytes]:
        return pages_in(self.folder / "wiki")

    def rows(self) -> list[dict[str, Any]]:
        sheet: Any = openpyxl.load_workbook(self.book).worksheets[0]
        names, *found = sheet.iter_rows(values_only=True)
        return [dict(zip(names, row, strict=True)) for row in found if row[0]]

    def headings(self) -> list[tuple[str, list[Any]]]:
        """Return each sheet that people see, with its headings."""
        sheets: Iterable[Any] = openpyxl.load_workbook(self.book).worksheets
        seen = (each for each in sheets if each.sheet_state == "visible")
        return [(each.title, [cell.value for cell in each[1]]) for each in seen]

    def move_row(self, number: int, stage: str) -> None:
        """Have a colleague choose another stage in a row (from 0) of the workbook."""
        book = openpyxl.load_workbook(self.book)
        sheet: Any = book.worksheets[0]
        place = [cell.value for cell in sheet[1]].index("Avancement") + 1
        sheet.cell(number + 2, place, stage)
        book.save(self.book)

    def file_of(self, row: dict[str, Any]) -> Path:
        """Return the page of a row, known by its page id."""
        wiki = wikibot.open_wiki(f"{self.folder / 'wiki'}")
        (page,) = wiki.pages_by_id([int(f"{row[KEY]}".split()[1])])
        return self.folder / "wiki" / file_name(page.title)

    def settle(self) -> None:
        """Check that nothing is left to do, and that nothing is written then."""
        before = self.pages(), self.book.read_bytes()
        again = run(*SYNC, "--apply")
        assert "Rien à écrire." in again.out, again.out
        assert (self.pages(), self.book.read_bytes()) == before


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    kind = KINDS[request.param]
    if not kind.here:
        pytest.skip(f"not beside this checkout: {kind.export}")
    monkeypatch.chdir(tmp_path)
    return made(kind, tmp_path)


def made(kind: Kind, folder: Path) -> Place:
    """Write the pages of an export as a folder wiki, beside its configuration."""
    wiki = wikibot.open_wiki(SHARED / kind.export)
    mapping = wikibot.load_mapping(kind.mapping)
    (folder / "wiki").mkdir()
    for page in wiki.pages_with(mapping.templates):
        (folder / "wiki" / file_name(page.title)).write_text(page.text, "utf-8")
    (folder / "wikibot.toml").write_text(
        f'[wiki]\nfolder = "wiki"\nmapping = "{kind.mapping}"\n\n'
        '[trackers.equipe]\nkind = "workbook"\npath = "actions.xlsx"\n',
        "utf-8",
    )
    return Place(kind, folder)


def applied() -> Done:
    done = run(*SYNC, "--apply")
    assert done.code in (0, 3), done.out + done.err
    return done


def test_every_action_is_a_row_and_a_second_run_writes_nothing(place: Place) -> None:
    before = place.pages()
    applied()
    assert place.pages() == before, "a wiki that is put into a workbook does not move"
    assert len(place.rows()) == place.kind.number
    place.settle()


def test_a_row_that_moves_moves_the_action_on_the_wiki(place: Place) -> None:
    applied()
    rows = place.rows()
    moved = next(n for n, row in enumerate(rows) if row["Avancement"] == "A faire")
    place.move_row(moved, "En cours")
    before = place.pages()
    file = place.file_of(rows[moved])
    done = applied()
    assert "Écrit : 1 sur le wiki" in done.out
    now = place.pages()
    assert [name for name in now if now[name] != before[name]] == [file.name]
    old, new = before[file.name].decode(), now[file.name].decode()
    assert new == old.replace(
        place.kind.column.format("A faire"), place.kind.column.format("En cours")
    )
    assert new != old
    place.settle()


def test_an_action_that_moves_on_the_wiki_moves_its_row(place: Place) -> None:
    applied()
    rows = place.rows()
    moved = next(n for n, row in enumerate(rows) if row["Avancement"] == "En cours")
    file = place.file_of(rows[moved])
    text = file.read_text("utf-8")
    to, done = (place.kind.column.format(stage) for stage in ("En cours", "Fait"))
    assert to in text
    file.write_text(text.replace(to, done), "utf-8")
    told = applied()
    assert "0 sur le wiki, 1 dans le suivi" in told.out
    after = place.rows()
    assert after[moved] == {**rows[moved], "Avancement": "Fait", KEY: after[moved][KEY]}
    assert [row for n, row in enumerate(after) if n != moved] == [
        row for n, row in enumerate(rows) if n != moved
    ]
    place.settle()


@pytest.mark.skipif(
    not all(kind.here for kind in KINDS.values()), reason="not beside this checkout: the exports"
)
def test_both_wikis_have_the_same_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    books = []
    for name, kind in KINDS.items():
        folder = tmp_path / name
        folder.mkdir()
        monkeypatch.chdir(folder)
        place = made(kind, folder)
        applied()
        books.append(place.headings())
    assert books[0] == books[1] == [("Actions", [*HEADINGS.values(), KEY])]
