"""A workbook as a tracker: what people have in it stays theirs."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.trackers.benches import FRESH, STAGES, WorkbookBench, now
from tests.trackers.test_contract import again, new, write
from wikibot.actions.sync_values import normal
from wikibot.errors import InputError, SafetyStop, Unavailable
from wikibot.title import FRENCH
from wikibot.trackers import files
from wikibot.trackers.workbook import WorkbookTracker


def tracker(path: Path, *needed: str) -> WorkbookTracker:
    return WorkbookTracker(path, FRESH, now, stages=STAGES, needed=frozenset(needed))


def begun(path: Path, *rows: list[Any], headings: tuple[str, ...] = ()) -> Path:
    """Return a workbook of a person's: one heading row, then these rows."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(list(headings or ("Résumé", "Avancement", "Échéance", "wikibot")))
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def sheet(path: Path) -> Any:
    return openpyxl.load_workbook(path).worksheets[0]


def test_only_the_part_of_its_sheet_changes_in_the_file(tmp_path: Path) -> None:
    path = WorkbookBench(tmp_path / "a.xlsx").begin().path
    before = parts(path)
    found = tracker(path)
    found.read()
    write(found, new("7"))
    after = parts(path)
    assert [name for name in after if after[name] != before.get(name)] == [
        "xl/worksheets/sheet1.xml"
    ]
    assert list(before) == list(after)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_formats_of_people_stay_and_a_date_is_a_date(tmp_path: Path) -> None:
    path = begun(tmp_path / "a.xlsx", ["Relire", "A faire", date(2026, 3, 1), None])
    book = openpyxl.load_workbook(path)
    book.active["A2"].font = Font(bold=True)  # type: ignore[index]
    book.save(path)
    found = tracker(path)
    (entry,) = found.read().entries
    found.claim([entry.key])
    (entry,) = found.read().entries
    write(found, again(entry, summary="Relire tout", due="2027-02-03"), new("8", due="2028-01-01"))
    now_there = sheet(path)
    assert (now_there["A2"].value, now_there["A2"].font.bold) == ("Relire tout", True)
    assert now_there["C2"].value.date() == date(2027, 2, 3)
    assert now_there["C3"].value.date() == date(2028, 1, 1)


@pytest.mark.parametrize("kind", [".xlsx", ".ods"])
def test_a_formula_is_never_replaced(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a{kind}"
    if kind == ".xlsx":
        begun(path, ["Relire", "A faire", "2026-03-01", None], ["Autre", "A faire", None, None])
        book = openpyxl.load_workbook(path)
        book.active["A2"] = '="Re"&"lire"'  # type: ignore[index]
        book.save(path)
    else:
        from odfdo import Cell, Document, Row, Table

        document = Document("spreadsheet")
        document.body.clear()
        table = Table("Équipe")
        for line in (["Résumé", "Avancement", "Échéance", "wikibot"], ["Relire"], ["Autre"]):
            row = Row()
            for text in line:
                row.append_cell(Cell(text))
            table.append_row(row)
        table.set_cell((0, 1), Cell("Relire", formula='of:="Re"&"lire"'))
        document.body.append(table)
        document.save(str(path))
    found = tracker(path)
    entries = found.read().entries
    found.claim([entry.key for entry in entries])
    first, second = found.read().entries
    ended = write(found, again(first, summary="Non"), again(second, summary="Oui"), new("9"))
    assert [(w.error is None) for w in sorted(ended, key=lambda w: w.error is None)] == [
        False,
        True,
        True,
    ]
    assert "formule" in next(w.error.message.fr for w in ended if w.error)
    names = [entry.values["summary"] for entry in found.read().entries]
    assert "Oui" in names and "Non" not in names and "Relire la charte" in names


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (("Résumé", "Échéance"), "wikibot"),
        (("Titre", "wikibot"), "Résumé"),
        (("Résumé", "Résumé", "wikibot"), "deux colonnes"),
        (("Résumé", "wikibot"), "Échéance"),
    ],
)
def test_a_heading_that_is_missing_or_twice_is_said(
    tmp_path: Path, headings: tuple[str, ...], words: str
) -> None:
    path = begun(tmp_path / "a.xlsx", headings=headings)
    with pytest.raises(InputError) as caught:
        tracker(path, "due").read()
    assert words in caught.value.message.fr


def test_headings_are_known_by_their_letters_and_in_any_order(tmp_path: Path) -> None:
    path = begun(
        tmp_path / "a.xlsx",
        [None, "w12345", "2026-03-01", "Relire"],
        headings=("Notes", "WIKIBOT", "echeance ", "RÉSUMÉ"),
    )
    (entry,) = tracker(path).read().entries
    assert (entry.key, entry.values["due"], entry.values["summary"]) == (
        "w12345",
        "2026-03-01",
        "Relire",
    )


def test_rows_without_content_are_none_and_odd_keys_are_told(tmp_path: Path) -> None:
    path = begun(
        tmp_path / "a.xlsx",
        [None, None, None, None],
        ["Relire", None, None, 17],
        ["Publier", None, None, "w12345 7 abc"],
        ["Publier", None, None, "w12345 7 abc"],
    )
    odd, first, second = tracker(path).read().entries
    assert odd.trouble is not None and "17" in odd.trouble.fr
    assert first.key == second.key == "w12345", "two rows of one key: the sync leaves them alone"


def test_what_nobody_can_tell_is_not_taken_for_empty(tmp_path: Path) -> None:
    path = begun(tmp_path / "a.xlsx", ["Relire", "=A1", "#N/A", "w12345"])
    book = openpyxl.load_workbook(path)
    book.active["C2"].data_type = "e"  # type: ignore[index]
    book.save(path)
    (entry,) = tracker(path).read().entries
    assert (entry.values["stage"], entry.values["due"]) == (None, None)
    assert set(entry.unclear) == {"stage", "due"}


def test_the_file_before_is_kept_by_its_date(tmp_path: Path) -> None:
    path = begun(tmp_path / "a.xlsx")
    before = path.read_bytes()
    found = tracker(path)
    found.read()
    write(found, new("7"))
    (kept,) = files.copies(path).iterdir()
    assert kept.read_bytes() == before
    assert kept.name == "2026-01-31T120000.xlsx"
    assert kept.stat().st_mode & 0o777 == 0o600
    for number in range(files.KEPT + 5):
        write(found, new(f"{number}"))
    assert len(list(files.copies(path).iterdir())) == files.KEPT


def test_a_file_that_changes_in_the_midst_of_a_write_is_left_to_whoever_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begun(tmp_path / "a.xlsx")
    found = tracker(path)
    found.read()
    keep = files._keep

    def meddled(of: Path, at: Any) -> None:
        keep(of, at)
        begun(path, ["D'une autre personne", None, None, None])

    monkeypatch.setattr(files, "_keep", meddled)
    with pytest.raises(SafetyStop):
        write(found, new("7"))
    assert sheet(path)["A2"].value == "D'une autre personne"
    assert not list(tmp_path.glob(".wikibot-*"))


@pytest.mark.parametrize("lock", ["~$a.xlsx", ".~lock.a.xlsx#"])
def test_a_file_that_is_open_is_not_written(tmp_path: Path, lock: str) -> None:
    path = begun(tmp_path / "a.xlsx")
    found = tracker(path)
    found.read()
    (tmp_path / lock).write_text("")
    before = path.read_bytes()
    for deed in (found.read, lambda: write(found, new("7"))):
        with pytest.raises(Unavailable):
            deed()
    assert path.read_bytes() == before


def test_a_full_disk_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = begun(tmp_path / "a.xlsx")
    before, found = path.read_bytes(), tracker(path)
    found.read()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Unavailable, match="No space"):
        write(found, new("7"))
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["a.xlsx"]


def test_a_file_of_others_is_read_only(tmp_path: Path) -> None:
    path = begun(tmp_path / "a.xlsx")
    link = tmp_path / "lien.xlsx"
    link.symlink_to(path)
    assert tracker(path).read().writable
    assert not tracker(link).read().writable


def test_the_rights_of_the_file_stay(tmp_path: Path) -> None:
    path = begun(tmp_path / "a.xlsx")
    path.chmod(0o664)
    found = tracker(path)
    found.read()
    write(found, new("7"))
    assert path.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ","])
def test_a_csv_keeps_its_encoding_and_what_separates_its_cells(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    path = tmp_path / "a.csv"
    lines = (("Résumé", "Échéance", "wikibot", "À moi"), ("Relire", "2026-03-01", "w12345", "é"))
    text = "".join(f"{separator.join(line)}\r\n" for line in lines)
    path.write_bytes(text.encode(encoding))
    found = tracker(path)
    (entry,) = found.read().entries
    write(found, again(entry, due="2027-01-01"))
    after = path.read_bytes().decode(encoding)
    assert after == text.replace("2026-03-01", "2027-01-01").replace("w12345", "w12345 s2")


@pytest.mark.parametrize("text", ["x" * 40_000, "a\x1bb"])
def test_text_that_no_cell_can_hold_is_refused_and_the_others_are_written(
    tmp_path: Path, text: str
) -> None:
    path = begun(tmp_path / "a.xlsx")
    found = tracker(path)
    found.read()
    refused, written = write(found, new("7", summary=text), new("8", summary="Publier"))
    assert isinstance(refused.error, InputError) and written.error is None
    assert [entry.values["summary"] for entry in found.read().entries] == ["Publier"]


@pytest.mark.parametrize("kind", [".xlsx", ".ods"])
def test_a_spreadsheet_program_reads_and_saves_what_was_changed(
    tmp_path: Path, office: Path, kind: str
) -> None:
    """LibreOffice opens the file; saved by it, the rows are the same to the tracker."""
    path = WorkbookBench(tmp_path / f"a{kind}").begin().path
    found = tracker(path)
    found.read()
    write(found, new("7", details="une\ndeux  blancs"), new("8", summary="=1+1", due="2027-01-01"))
    before = found.read().entries
    other = tmp_path / "saved"
    subprocess.run(
        [
            office,
            "--headless",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--convert-to",
            kind[1:],
            "--outdir",
            other,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    again_there = tracker(other / path.name)
    after = again_there.read().entries
    assert [(e.key, e.page, e.stamp) for e in after] == [(e.key, e.page, e.stamp) for e in before]
    for old, saved in zip(before, after, strict=True):
        for role, value in old.values.items():
            assert normal(role, saved.values[role], FRENCH) == normal(role, value, FRENCH)
    (first, *_) = after
    write(again_there, again(first, details="changé", due=""), new("9", summary="Encore une"))
    last = {e.page: e.values for e in again_there.read().entries}
    assert (last["7"]["details"], last["7"]["due"]) == ("changé", "")
    assert last["8"] == after[1].values
    assert last["9"]["summary"] == "Encore une"
