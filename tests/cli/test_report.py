"""Every run leaves a report: one file for programs, one for people, and `runs RUN`."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, PAGE, Done, run, run_id
from wikibot.edits import Change
from wikibot.store import Journal
from wikibot.wiki import open_wiki

NEW = "Creative Commons Zero 1.0"


def set_(folder: Path, *more: str) -> Done:
    return run("--wiki", folder, "set", ATLAS, "licence=CC0", "--apply", "--format", "json", *more)


def reports(folder: Path) -> Path:
    return folder / ".wikibot/reports"


def test_a_run_leaves_a_file_for_programs_and_one_for_people(folder: Path) -> None:
    made = run_id(set_(folder))
    assert sorted(file.name for file in reports(folder).iterdir()) == [
        f"{made}.json",
        f"{made}.txt",
    ]
    told = json.loads((reports(folder) / f"{made}.json").read_text())
    assert told["run_id"] == made
    assert told["wiki"] == open_wiki(folder).wikiid
    assert (told["command"], told["exit"], told["undoes"]) == ("set", 0, None)
    assert told["counts"]["done"] == 1
    (item,) = told["items"]
    assert (item["op_id"], item["page"], item["state"]) == (f"{made}.0", ATLAS, "done")
    assert item["fields"] == ["licence"]
    assert item["new_rev"]
    text = (reports(folder) / f"{made}.txt").read_text()
    assert f"Wiki : {folder} (" in text
    assert f"  wikibot undo {made} --apply\n" in text


def test_neither_holds_a_value(folder: Path) -> None:
    made = run_id(set_(folder))
    (folder / f"{ATLAS}.wikitext").write_text(PAGE.replace("Licence Ouverte 2.0", "Autre"))
    assert run("--wiki", folder, "undo", made, "--apply").code == 3
    for file in reports(folder).iterdir():
        words = file.read_text()
        assert ATLAS in words or "1 publiée" in words
        for value in (NEW, "Licence Ouverte", "Autre"):
            assert value not in words


def test_what_the_run_printed_and_what_it_left_agree(folder: Path) -> None:
    printed = set_(folder).json
    told = json.loads((reports(folder) / f"{printed['run_id']}.json").read_text())
    for key in ("run_id", "command", "started", "ended", "exit", "counts", "guards", "requests"):
        assert printed[key] == told[key]
    for shown, kept in zip(printed["items"], told["items"], strict=True):
        assert {key: shown[key] for key in kept if key in shown} == {
            key: value for key, value in kept.items() if key != "fields"
        }


def test_an_undo_names_the_run_that_it_takes_back(folder: Path) -> None:
    made = run_id(set_(folder))
    back = run_id(run("--wiki", folder, "undo", made, "--apply", "--format", "json"))
    told = json.loads((reports(folder) / f"{back}.json").read_text())
    assert (told["undoes"], told["command"]) == (made, f"undo {made}")


def test_where_there_was_nothing_to_do_there_is_no_report(folder: Path) -> None:
    set_(folder)
    before = sorted(reports(folder).iterdir())
    assert set_(folder).json["edits"] == []
    assert sorted(reports(folder).iterdir()) == before


def test_runs_shows_the_report_of_one(folder: Path) -> None:
    made = run_id(set_(folder))
    shown = run("--wiki", folder, "runs", made)
    assert (shown.code, shown.err) == (0, "")
    assert shown.out == (reports(folder) / f"{made}.txt").read_text()
    told = run("--wiki", folder, "runs", made[:4], "--format", "json").json
    assert told == json.loads((reports(folder) / f"{made}.json").read_text())


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.unlink(),
        lambda file: file.write_text("{"),
        lambda file: file.write_text("[]"),
        lambda file: file.write_text("{}"),
        lambda file: file.write_text('{"run_id": "zzz"}'),
        lambda file: file.write_bytes(b"\xff"),
        lambda file: file.write_text(file.read_text().replace('"page"', '"pagee"')),
        lambda file: (file.rename(file.with_suffix(".old")), file.symlink_to(f"{file.stem}.old")),
    ],
)
def test_without_its_file_the_journal_tells_what_it_knows(folder: Path, damage: object) -> None:
    made = run_id(set_(folder))
    whole = run("--wiki", folder, "runs", made, "--format", "json").json
    assert callable(damage)
    damage(reports(folder) / f"{made}.json")
    told = run("--wiki", folder, "runs", made, "--format", "json").json
    assert told == {**whole, "requests": None}
    shutil.rmtree(reports(folder))
    assert run("--wiki", folder, "runs", made).code == 0


def test_a_run_that_was_killed_is_told_from_the_journal(folder: Path) -> None:
    change = Change("Ressource", 0, "licence", "a", "b", field="licence")
    wiki = open_wiki(folder)
    page = wiki.page(ATLAS)
    with Journal.open(folder / ".wikibot", wiki.wikiid) as journal:
        journal.begin("abc123", "2026-01-31T02:00:00+00:00", "fix", "plan-x")
        (row,) = journal.runs()
        operation = journal.intend(row, 0, ATLAS, page.id, page.revision.id, [change], "x")
        journal.send(operation, page.revision.id, "a", "b", [change], "résumé", "x")
        journal.intend(row, 1, "Mares", 4, 9, [change], "x")
    shown = run("--lang", "fr", "--wiki", folder, "runs", "abc123")
    assert shown.code == 0
    assert "Depuis 2026-01-31 02:00 (UTC), sans fin notée : en cours ou interrompue" in shown.out
    assert f"Envoyées, sans réponse encore :\n  {ATLAS} : sans autre raison\n" in shown.out
    told = run("--wiki", folder, "runs", "abc123", "--format", "json").json
    assert (told["exit"], told["ended"], told["requests"]) == (None, None, None)
    assert [item["state"] for item in told["items"]] == ["sent", "intent"]
    assert told["counts"]["planned"] == 2


def test_a_run_that_nobody_knows(folder: Path) -> None:
    for known in (False, True):
        if known:
            set_(folder)
        done = run("--wiki", folder, "runs", "zzzzzz")
        assert done.code == 2
        assert done.err.startswith("Erreur : Aucune exécution « zzzzzz » dans le journal de ")


class TestAReportThatCannotBeWritten:
    """It is worth a note; the run is what it is without it."""

    def ends_well(self, folder: Path, why: str) -> None:
        done = set_(folder)
        assert (done.code, done.json["counts"]["done"]) == (0, 1)
        (note,) = done.err.splitlines()
        assert note.startswith(f"Note : Le rapport de l'exécution {run_id(done)} n'a pas pu")
        assert why in note
        assert NEW in (folder / f"{ATLAS}.wikitext").read_text()

    def test_where_a_file_is_in_the_way(self, folder: Path) -> None:
        set_(folder)
        shutil.rmtree(reports(folder))
        reports(folder).write_text("rien")
        (folder / f"{ATLAS}.wikitext").write_text(PAGE)
        self.ends_well(folder, "File exists")

    def test_where_the_folder_is_a_link(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "ailleurs").mkdir()
        (folder / ".wikibot").mkdir()
        reports(folder).symlink_to(tmp_path / "ailleurs")
        self.ends_well(folder, "symbolic links")
        assert list((tmp_path / "ailleurs").iterdir()) == []

    def test_whatever_goes_wrong(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> object:
            raise KeyError("x")

        monkeypatch.setattr("wikibot.render.report.report", broken)
        self.ends_well(folder, "KeyError")


@pytest.mark.skipif(os.name == "nt", reason="modes of files are Unix's")
def test_reports_are_their_owners_alone_whatever_the_umask(folder: Path) -> None:
    before = os.umask(0o022)
    try:
        set_(folder)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(file.stat().st_mode) for file in reports(folder).iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(reports(folder).stat().st_mode) == 0o700
