"""actions sync, as a person uses it: a folder of actions and a workbook of the team."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.command import environment, pages_in, run
from wikibot.cli import syncing

ACTION = """{{{{Actionable
|SUMMARY={summary}
|ACTION_STATUS=Open
|DUE_DATE={due}
|LABEL=Label:A faire
|PRIORITE=haute
}}}}
Une note de réunion.
"""
CONFIG = """[wiki]
folder = "wiki"

[trackers.equipe]
kind = "workbook"
path = "actions.xlsx"
"""
SYNC = ("actions", "sync", "equipe")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a folder with a configuration and two actions, in which one is."""
    (tmp_path / "wiki").mkdir()
    (tmp_path / "wikibot.toml").write_text(CONFIG, "utf-8")
    for number, summary in enumerate(("Relire la charte", "Publier le guide"), 1):
        put(tmp_path, number, summary)
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def put(place: Path, number: int, summary: str, due: str = "2026-03-01") -> None:
    file = place / "wiki" / f"Action%3A{number}.wikitext"
    file.write_text(ACTION.format(summary=summary, due=due), "utf-8")


def page(place: Path, number: int) -> str:
    return (place / "wiki" / f"Action%3A{number}.wikitext").read_text("utf-8")


def cell(place: Path, name: str, value: Any, row: int = 2) -> None:
    """Have a person write a cell, and save the workbook."""
    book = openpyxl.load_workbook(place / "actions.xlsx")
    sheet: Any = book.worksheets[0]
    names = [each.value for each in sheet[1]]
    sheet.cell(row, names.index(name) + 1, value)
    book.save(place / "actions.xlsx")


def rows(place: Path) -> list[dict[str, Any]]:
    sheet: Any = openpyxl.load_workbook(place / "actions.xlsx").worksheets[0]
    names, *found = sheet.iter_rows(values_only=True)
    told = [dict(zip(names, row, strict=True)) for row in found]
    return sorted((row for row in told if row["Résumé"]), key=lambda row: row["Résumé"])


def test_a_preview_writes_nothing_anywhere(place: Path) -> None:
    before = pages_in(place / "wiki")
    done = run(*SYNC)
    assert done.code == 3
    assert "Publier le guide — nouvelle dans le suivi" in done.out
    assert "Suivi : 2 à écrire" in done.out
    assert "--apply" in done.out
    assert pages_in(place / "wiki") == before
    assert not (place / "actions.xlsx").exists()


def test_both_sides_come_to_agree_and_a_second_run_writes_nothing(place: Path) -> None:
    assert run(*SYNC, "--apply").code == 0
    assert [row["Résumé"] for row in rows(place)] == ["Publier le guide", "Relire la charte"]
    cell(place, "Avancement", "fermée", 2)
    first = rows(place)[0]["Avancement"] == "fermée"
    changed = 2 if first else 1
    put(place, 3, "Une nouvelle", "2027-01-01")
    cell(place, "Résumé", "Tapée à la main", 4)
    done = run(*SYNC, "--apply")
    assert done.code == 0, done.out + done.err
    assert "Écrit : 2 sur le wiki" in done.out
    assert "|ACTION_STATUS=Closed\n" in page(place, changed)
    assert "|LABEL=Label:A faire\n|PRIORITE=haute\n}}\nUne note de réunion.\n" in page(
        place, changed
    )
    assert "|SUMMARY=Tapée à la main\n" in page(place, 4)
    assert len(rows(place)) == 4
    cell(place, "Avancement", "En cours", 2)
    assert run(*SYNC, "--apply").code == 0
    assert "|ACTION_STATUS=Open\n" in page(place, changed)
    assert "|LABEL=Label:En cours\n" in page(place, changed)
    cell(place, "Avancement", "Fait", 2)
    assert run(*SYNC, "--apply").code == 0
    assert "|ACTION_STATUS=Open\n" in page(place, changed), "the mapping has no done_closes"
    assert "|LABEL=Label:Fait\n" in page(place, changed)
    files = pages_in(place / "wiki"), (place / "actions.xlsx").read_bytes()
    again = run(*SYNC, "--apply")
    assert (again.code, again.out) == (0, "Rien à écrire.\n")
    assert files == (pages_in(place / "wiki"), (place / "actions.xlsx").read_bytes())
    assert "wiki_id" not in again.err


def test_a_conflict_is_written_nowhere_and_shows_all_three_values(place: Path) -> None:
    run(*SYNC, "--apply")
    names = [row["Résumé"] for row in rows(place)]
    number = {"Relire la charte": 1, "Publier le guide": 2}
    sheet: Any = openpyxl.load_workbook(place / "actions.xlsx").worksheets[0]
    summary = sheet.cell(2, 1).value
    assert summary in names
    cell(place, "Échéance", "2026-05-05")
    put(place, number[summary], summary, "2026-04-04")
    before = page(place, number[summary])
    done = run(*SYNC, "--apply")
    assert done.code == 3
    assert (
        "Échéance : conflit, rien n'est écrit — avant « 2026-03-01 » ; wiki « 2026-04-04 » ; "
        "suivi « 2026-05-05 »" in done.out
    )
    assert page(place, number[summary]) == before
    config = CONFIG + '\n[trackers.equipe.policies]\ndue = "tracker"\n'
    (place / "wikibot.toml").write_text(config, "utf-8")
    done = run(*SYNC, "--apply")
    assert done.code == 0
    assert "l'emporte sur « 2026-04-04 »" in done.out
    assert "|DUE_DATE=2026-05-05\n" in page(place, number[summary])


def test_conflicts_are_settled_by_whom_is_asked(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*SYNC, "--apply")
    sheet: Any = openpyxl.load_workbook(place / "actions.xlsx").worksheets[0]
    summary = sheet.cell(2, 1).value
    number = {"Relire la charte": 1, "Publier le guide": 2}[summary]
    cell(place, "Échéance", "2026-05-05")
    put(place, number, summary, "2026-04-04")
    asked = []

    def ask(question: str, *, default: str | None = None) -> str:
        asked.append(question)
        return "w"

    monkeypatch.setattr(syncing, "somebody_is_there", lambda: True)
    monkeypatch.setattr(syncing, "ask", ask)
    done = run(*SYNC, "--resolve", "--apply")
    assert done.code == 0, done.out
    assert len(asked) == 1
    assert rows(place)[0 if summary == "Publier le guide" else 1]["Échéance"].year == 2026
    assert "2026-04-04" in f"{[row['Échéance'] for row in rows(place)]}" or any(
        row["Échéance"].month == 4 for row in rows(place)
    )
    assert run(*SYNC).code == 0


def test_nobody_is_asked_without_a_terminal(place: Path) -> None:
    done = run(*SYNC, "--resolve")
    assert done.code == 2
    assert "terminal" in done.err


def test_what_is_deleted_on_one_side_is_told_and_stays_on_the_other(place: Path) -> None:
    run(*SYNC, "--apply")
    (place / "wiki" / "Action%3A1.wikitext").unlink()
    done = run(*SYNC, "--apply")
    assert done.code == 3
    assert "Relire la charte — supprimée du wiki, toujours dans le suivi" in done.out
    assert len(rows(place)) == 2
    assert not (place / "wiki" / "Action%3A1.wikitext").exists()


@pytest.mark.parametrize(("answer", "there"), [("l", 1), ("r", 2), ("", 1)])
def test_what_is_gone_from_the_tracker_is_left_so_or_made_again(
    place: Path, monkeypatch: pytest.MonkeyPatch, answer: str, there: int
) -> None:
    run(*SYNC, "--apply")
    book = openpyxl.load_workbook(place / "actions.xlsx")
    book.worksheets[0].delete_rows(2)
    book.save(place / "actions.xlsx")
    done = run(*SYNC, "--apply")
    assert done.code == 3 and "supprimée du suivi, toujours sur le wiki" in done.out
    monkeypatch.setattr(syncing, "somebody_is_there", lambda: True)
    monkeypatch.setattr(syncing, "ask", lambda question, default=None: answer)
    done = run(*SYNC, "--resolve", "--apply")
    assert len(rows(place)) == there, done.out
    assert run(*SYNC).code == (0 if answer else 3)


def test_an_empty_tracker_stops_the_sync(place: Path) -> None:
    run(*SYNC, "--apply")
    before = pages_in(place / "wiki")
    (place / "actions.xlsx").unlink()
    done = run(*SYNC, "--apply")
    assert done.code == 6
    assert "--allow empty" in done.err
    assert pages_in(place / "wiki") == before
    assert not (place / "actions.xlsx").exists()


def test_a_column_that_is_gone_stops_the_sync(place: Path) -> None:
    run(*SYNC, "--apply")
    cell(place, "Échéance", "Date limite", 1)
    done = run(*SYNC, "--apply")
    assert done.code == 6
    assert "--allow fields" in done.err


def test_a_workbook_that_is_open_elsewhere_is_left_alone(place: Path) -> None:
    run(*SYNC, "--apply")
    put(place, 1, "Relire la charte", "2029-01-01")
    before = (place / "actions.xlsx").read_bytes()
    (place / "~$actions.xlsx").write_text("")
    done = run(*SYNC, "--apply")
    assert done.code == 5
    assert "ouvert" in done.err
    assert (place / "actions.xlsx").read_bytes() == before


def test_a_tracker_that_is_not_configured_is_told_with_those_that_are(place: Path) -> None:
    done = run("actions", "sync", "equip")
    assert done.code == 2
    assert "equipe" in done.err


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('kind = "caldav"\npath = "a.ics"', "demande la clé url"),
        ('kind = "workbook"', "demande la clé path"),
        ('kind = "workbook"\npath = "a.xlsx"\ncolumns = {due = "X", stage = "x"}', "même titre"),
        ('kind = "classeur"\npath = "a.xlsx"', "kind"),
        ('kind = "workbook"\npath = "a.xlsx"\npolicies = {due = "sheet"}', "policies"),
        ('kind = "github"\nproject = "a/b"', "demande la clé repository, et non project"),
        ('kind = "gitlab"', "demande la clé project."),
        ('kind = "gitlab"\nproject = "nom"', "groupe/nom"),
        ('kind = "github"\nrepository = "https://github.com/a/b"', "groupe/nom"),
        ('kind = "github"\nrepository = "a/b"\naccount = "x"', "le jeton suffit"),
        ('kind = "github"\nrepository = "a/b"\npeople = {A = "x", B = "X"}', "le même compte"),
        ('kind = "workbook"\npath = "a.xlsx"\npeople = {A = "x"}', "people"),
        ('kind = "github"\nrepository = "a/b"\nurl = "http://git.example.org"', "https://"),
        ('kind = "github"\nrepository = "a/b"\nstatuses = {Ouvert = "Rien"}', "avancement"),
    ],
)
def test_a_mistake_in_the_configuration_is_said(place: Path, lines: str, words: str) -> None:
    text = f'[wiki]\nfolder = "wiki"\n[trackers.equipe]\n{lines}\n'
    (place / "wikibot.toml").write_text(text, "utf-8")
    done = run(*SYNC)
    assert done.code == 2
    assert words in done.err


def test_a_program_reads_the_same_as_data(place: Path) -> None:
    told = run(*SYNC, "--format", "json").json
    assert (told["to_wiki"], told["to_tracker"], told["to_look_at"]) == (0, 2, 0)
    assert {action["kind"] for action in told["actions"]} == {"create on tracker"}
    assert told["applied"] is False and told["run"] is None
    assert run(*SYNC, "--apply", "--format", "json").json["written"] == 2


KILLED = """
import os, sys
from wikibot.wiki import fault
fault.arm({"WIKIBOT_FAULT": os.environ["FAULT"]}, loopback=True)
from wikibot.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("point", ["K06", "K06@2"])
def test_killed_between_the_wiki_and_the_tracker_the_next_sync_finishes(
    place: Path, point: str
) -> None:
    """K06: what was written is not written again, and what was not is."""
    run(*SYNC, "--apply")
    put(place, 3, "Une nouvelle", "2027-01-01")  # for the tracker
    cell(place, "Échéance", "2026-05-05", 2)  # for the wiki
    cell(place, "Résumé", "Tapée à la main", 4)  # a new page
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, *SYNC, "--apply"],
        env=environment({"FAULT": point}),
        cwd=place,
        timeout=60,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert "|SUMMARY=Tapée à la main\n" in page(place, 4)
    assert len(rows(place)) == 3, "the tracker is as it was"
    history = revisions(place)
    done = run(*SYNC, "--apply")
    assert done.code == 0, done.out + done.err
    assert revisions(place) == history, "no page is saved twice"
    assert len(rows(place)) == 4
    assert sorted(pages_in(place / "wiki")) == sorted(
        name for name in pages_in(place / "wiki") if "Action%3A5" not in name
    )
    again = run(*SYNC, "--apply")
    assert (again.code, again.out) == (0, "Rien à écrire.\n")


DYING = """
import os, signal, sys
from pathlib import Path
from wikibot.trackers import files

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

when, replace, keep = os.environ["WHEN"], Path.replace, files._keep
if when == "half written":
    os.fsync = die
if when == "before the copy is kept":
    files._keep = die
if when == "in its place":
    def replaced(self, target):
        replace(self, target)
        if self.name.startswith(".wikibot-"):
            die()
    Path.replace = replaced
if when == "before it takes its place":
    Path.replace = lambda self, to: (die if self.name[:9] == ".wikibot-" else replace)(self, to)
from wikibot.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    "when",
    ["half written", "before the copy is kept", "before it takes its place", "in its place"],
)
def test_killed_while_the_file_is_written_it_is_whole_and_the_next_sync_finishes(
    place: Path, when: str
) -> None:
    run(*SYNC, "--apply")
    put(place, 3, "Une nouvelle", "2027-01-01")
    put(place, 1, "Relire la charte", "2029-09-09")
    ended = subprocess.run(
        [sys.executable, "-c", DYING, *SYNC, "--apply"],
        env=environment({"WHEN": when}),
        cwd=place,
        timeout=60,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    assert len(rows(place)) == (3 if when == "in its place" else 2)
    history = revisions(place)
    done = run(*SYNC, "--apply")
    assert done.code == 0, done.out + done.err
    assert revisions(place) == history == 0, "the wiki needed nothing"
    assert not list(place.glob(".wikibot-*")), "nothing is left lying about"
    assert [row["Résumé"] for row in rows(place)] == [
        "Publier le guide",
        "Relire la charte",
        "Une nouvelle",
    ]
    assert "2029-09-09" in f"{rows(place)[1]['Échéance']}"
    again = run(*SYNC, "--apply")
    assert (again.code, again.out) == (0, "Rien à écrire.\n")


def test_killed_after_the_wiki_a_person_who_takes_it_back_is_heeded(place: Path) -> None:
    """I13 across a kill: the revert goes to the tracker, the tracker's value not back again."""
    run(*SYNC, "--apply")
    sheet: Any = openpyxl.load_workbook(place / "actions.xlsx").worksheets[0]
    summary = sheet.cell(2, 1).value
    number = {"Relire la charte": 1, "Publier le guide": 2}[summary]
    cell(place, "Échéance", "2026-05-05", 2)
    subprocess.run(
        [sys.executable, "-c", KILLED, *SYNC, "--apply"],
        env=environment({"FAULT": "K06"}),
        cwd=place,
        timeout=60,
        check=False,
    )
    assert "2026-05-05" in page(place, number)
    put(place, number, summary)  # back to 1 March
    assert run(*SYNC, "--apply").code == 0
    assert "|DUE_DATE=2026-03-01\n" in page(place, number)
    assert all("2026-05-05" not in f"{row['Échéance']}" for row in rows(place))


def revisions(place: Path) -> int:
    """Return how many times the bot saved a page."""
    from wikibot.store import Journal
    from wikibot.wiki import open_wiki

    wiki = open_wiki(f"{place / 'wiki'}")
    with Journal.open(place / "wiki" / ".wikibot", wiki.wikiid) as journal:
        found = [op for row in journal.runs() for op in journal.operations(row.id)]
    return sum(op.new_revid is not None for op in found)
