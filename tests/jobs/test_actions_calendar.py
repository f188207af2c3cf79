"""Actions as tasks of a calendar, read back by a library that is not ours."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

import wikibot
from tests.actions.support import ATLAS, COMMONS, GAME, MAPPING, PLAIN, action, read, write_wiki
from tests.actions.support import write as write_pages
from wikibot.jobs.actions.calendar import action_calendar
from wikibot.title import Title
from wikibot.wiki.folder import FolderWiki


def calendar(wiki: wikibot.Wiki, mapping: wikibot.Mapping = MAPPING, name: str = "Suivi") -> bytes:
    tracker = read(wiki, mapping)
    return action_calendar(tracker, tracker.actions, wiki, name, "fr")


def tasks(data: bytes) -> list[Any]:
    found = icalendar.Calendar.from_ical(data)
    assert [part.name for part in found.subcomponents] == ["VTODO"] * len(found.subcomponents)
    assert not found.errors and not any(part.errors for part in found.subcomponents)
    return list(found.subcomponents)


def test_a_task_says_what_the_page_of_the_action_says(tmp_path: Path) -> None:
    text = action(
        SUMMARY="Semer ; planter, arroser \\ tailler",
        DUE_DATE="2027-01-31",
        ASSIGNED_TO="Alix Imaginaire, Noor Essai",
        LABEL="Label:En cours, Label:Urgent",
        DETAILS="Une ligne,\nune autre {{!}} la fin",
        RELATED_ARTICLE=f"{ATLAS}, {GAME}",
    )
    data = calendar(write_wiki(tmp_path, {7: text}))
    (task,) = tasks(data)
    assert task["SUMMARY"] == "Semer ; planter, arroser \\ tailler"
    assert task["STATUS"] == "IN-PROCESS"
    assert task["PERCENT-COMPLETE"] == 50
    assert task["DUE"].dt == date(2027, 1, 31) and type(task["DUE"].dt) is date
    assert task["CATEGORIES"].cats == ["En cours", "Urgent"]
    assert task["DESCRIPTION"] == (
        "Une ligne,\nune autre | la fin\n\n"
        f"Responsable : Alix Imaginaire, Noor Essai\nPage : {ATLAS}\n{GAME}"
    )
    assert b"ATTENDEE" not in data and b"mailto" not in data
    found = icalendar.Calendar.from_ical(data)
    assert (found["VERSION"], found["NAME"], found["X-WR-CALNAME"]) == ("2.0", "Suivi", "Suivi")


@pytest.mark.parametrize(
    ("fields", "status", "percent"),
    [
        ({}, "NEEDS-ACTION", 0),
        ({"LABEL": "-"}, "NEEDS-ACTION", 0),
        ({"LABEL": "Label:En cours"}, "IN-PROCESS", 50),
        ({"LABEL": "Label:A faire, Label:En cours"}, "IN-PROCESS", 50),
        ({"LABEL": "Label:En cours, Label:Fait"}, "IN-PROCESS", 50),
        ({"LABEL": "Label:Fait"}, "COMPLETED", 100),
        ({"LABEL": "Label:Fait", "ACTION_STATUS": "Closed"}, "COMPLETED", 100),
        ({"ACTION_STATUS": "Closed"}, "COMPLETED", 100),
        ({"ACTION_STATUS": "Ouvert", "LABEL": "Label:En cours"}, "IN-PROCESS", 50),
    ],
)
def test_its_status_is_where_the_action_stands(
    tmp_path: Path, fields: dict[str, str], status: str, percent: int
) -> None:
    (task,) = tasks(calendar(write_wiki(tmp_path, {7: action(**fields)})))
    assert (task["STATUS"], task["PERCENT-COMPLETE"]) == (status, percent)
    assert "COMPLETED" not in task, "nobody knows when"


def test_a_date_that_is_no_day_is_told_and_is_no_due_date(tmp_path: Path) -> None:
    (task,) = tasks(calendar(write_wiki(tmp_path, {7: action(DUE_DATE="fin mars 2027")})))
    assert "DUE" not in task
    assert "Échéance à préciser : fin mars 2027" in task["DESCRIPTION"]


def test_its_id_is_that_of_the_page_whatever_happens_to_it(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    wiki = write_wiki(tmp_path / "one", {7: action(), 8: action(SUMMARY="Autre")})
    before = [task["UID"] for task in tasks(calendar(wiki))]
    assert len(set(before)) == 2
    file = tmp_path / "one" / "Action%3A7.wikitext"
    file.write_text(action(SUMMARY="Relire encore", LABEL="Label:Fait"))
    again = FolderWiki.open(tmp_path / "one")
    assert [task["UID"] for task in tasks(calendar(again))] == before
    (tmp_path / "two").mkdir()
    other = write_wiki(tmp_path / "two", {7: action(), 8: action(SUMMARY="Autre")})
    assert not {task["UID"] for task in tasks(calendar(other))} & set(before)


def test_what_did_not_change_is_the_same_octets_and_dated_by_its_last_edit(tmp_path: Path) -> None:
    write_wiki(tmp_path, {7: action()})
    edited = datetime(2026, 1, 31, 14, 30, tzinfo=UTC)
    os.utime(tmp_path / "Action%3A7.wikitext", (edited.timestamp(),) * 2)
    data = calendar(FolderWiki.open(tmp_path))
    assert data == calendar(FolderWiki.open(tmp_path))
    (task,) = tasks(data)
    assert task["DTSTAMP"].dt == task["LAST-MODIFIED"].dt == edited


class Web(FolderWiki):
    """A folder whose pages have addresses, as those of a server."""

    def address(self, title: Title) -> str:
        return f"https://wiki.example.org/wiki/{title}?a=1;b=2,3"


def test_its_url_is_the_address_of_the_page_and_a_file_has_none(tmp_path: Path) -> None:
    (task,) = tasks(calendar(write_wiki(tmp_path, {7: action()})))
    assert "URL" not in task
    (task,) = tasks(calendar(Web.open(tmp_path)))
    assert task["URL"] == "https://wiki.example.org/wiki/Action:7?a=1;b=2,3"


def test_the_actions_of_another_wiki_by_its_mapping(tmp_path: Path) -> None:
    page = (
        "{{Action\n|commun=Un commun\n|titre=Semer\n|statut=Fait\n|responsable=Alix\n"
        "|échéance=2026-05-01\n}}"
    )
    write_pages(tmp_path, {"Un commun": COMMONS, "Semer": page})
    (task,) = tasks(calendar(FolderWiki.open(tmp_path), PLAIN))
    assert (task["SUMMARY"], task["STATUS"]) == ("Semer", "COMPLETED")
    assert task["CATEGORIES"].cats == ["Fait"]


def test_nothing_is_a_calendar_too(tmp_path: Path) -> None:
    assert tasks(calendar(write_wiki(tmp_path, {}))) == []


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(summary=WORDS, details=WORDS, label=WORDS, name=WORDS)
def test_whatever_is_written_reads_back_and_no_line_is_longer_than_75_octets(
    tmp_path_factory: pytest.TempPathFactory, summary: str, details: str, label: str, name: str
) -> None:
    wiki = FolderWiki.open(WORLD.folder(tmp_path_factory))
    tracker = read(wiki)
    (one,) = tracker.actions
    odd = replace(one, summary=summary, details=details, labels=(label,), assignees=(), related=())
    data = action_calendar(tracker, [odd], wiki, name, "fr")
    lines = data.split(b"\r\n")
    assert lines.pop() == b"" and all(len(line) <= 75 for line in lines)
    assert not re.search(rb"[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f]", data)
    (task,) = tasks(data)
    assert task["SUMMARY"] == (plain(summary) or "Action:7")
    assert task.get("DESCRIPTION", "") == plain(details.replace("{{!}}", "|"))


def plain(text: str) -> str:
    """Return what a text is without controls, on lines that end as in Unix."""
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _World:
    """One folder for all examples: they write nothing."""

    made: Path | None = None

    def folder(self, factory: pytest.TempPathFactory) -> Path:
        if self.made is None:
            self.made = factory.mktemp("calendar")
            write_wiki(self.made, {7: action()})
        return self.made


WORLD = _World()
