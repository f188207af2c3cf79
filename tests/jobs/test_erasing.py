"""purge --user: nothing that wikibot keeps names a person any more, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import wikibot
from tests.jobs.wikis import WRONG, clock, fix_plan, write_pages
from wikibot.actions.sync import Link
from wikibot.edits.cleanup import Cleanup
from wikibot.errors import InputError, LockHeld, Unavailable
from wikibot.jobs.nightly.spending import LOCK
from wikibot.jobs.state import run_lock
from wikibot.language import same
from wikibot.overviews.taken import KeptAction, Taken
from wikibot.store import Journal
from wikibot.store.links import Intent, Links
from wikibot.store.mirror import Mirror
from wikibot.store.states import States
from wikibot.title import Title
from wikibot.wiki.folder import FolderWiki

NAME, OTHER = "Alix Imaginaire", "Robin Maquette"  # both stand on the pages, as contributors
TODAY = datetime(2026, 1, 31, 12, tzinfo=UTC)


@dataclass
class Kept:
    """A state folder in which everything names somebody."""

    folder: Path
    run: wikibot.Run

    @property
    def state(self) -> Path:
        return self.folder / ".wikibot"

    @property
    def log(self) -> Path:
        return self.folder.parent / "robot.log"

    @property
    def wiki(self) -> FolderWiki:
        return FolderWiki.open(self.folder)

    def forget(self, name: str = NAME, *, apply_now: bool = True) -> Cleanup:
        return wikibot.forget_person(
            name, self.wiki, log_file=self.log, apply_now=apply_now, around=clock(TODAY)
        )

    def naming(self, name: str = NAME) -> list[str]:
        """Return the files that name somebody; the history is the wiki's own."""
        return sorted(
            str(path.relative_to(self.state))
            for path in self.state.rglob("*")
            if path.is_file() and "history" not in path.parts and name.encode() in path.read_bytes()
        )


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    folder = tmp_path / "pages"
    folder.mkdir()
    write_pages(folder)
    write_pages(folder, WRONG.replace(NAME, "Noor Essai"), ["Talus"])
    wiki = FolderWiki.open(folder)
    run = wikibot.apply(fix_plan(folder), wiki, around=clock(TODAY), command="fix")
    here = Kept(folder, run)
    (here.state / "reports" / "night-20260131T030000Z.txt").write_text(f"par {NAME}")
    (here.state / "reports" / "night-20260131T040000Z.txt").write_text("par personne")
    (here.state / "crash-20260131T030000.000000Z.log").write_text(f"KeyError: '{NAME}'")
    (tmp_path / "robot-20260131T030000.000000Z.log").write_text(f"« {NAME} »\n")
    with States.open(here.state, wiki.wikiid) as states:
        for day, title in ((1, f"Portrait d'{NAME}"), (2, "Haies")):
            action = KeptAction(3, title, True)
            states.keep(Taken(date(2026, 1, day), TODAY, "resilience", (), (action,)))
    with Links.open(here.state, wiki.wikiid, "equipe") as links:
        both = (NAME, OTHER), (OTHER, f"{NAME}")
        links.keep(Link("7", "k7", "Action:1", {"assignees": both, "summary": ("a", "a")}))
        links.keep(Link("8", "k8", "Action:2", {"summary": ("b", "b")}))
    with Mirror.open(here.state, wiki.wikiid) as mirror, mirror.writing():
        mirror.keep_shelf("category:x", [Title(2, NAME, "Utilisateur")])
    yield here


def test_it_is_shown_first_and_nothing_changes(kept: Kept) -> None:
    before = {path: path.read_bytes() for path in kept.folder.rglob("*") if path.is_file()}
    shown = kept.forget(apply_now=False)
    after = {path: path.read_bytes() for path in kept.folder.rglob("*") if path.is_file()}
    assert after == before
    assert {heap.kind: heap.number for heap in shown.heaps} == {
        "texts": 2, "reports": 1, "logs": 1, "crashes": 1, "states": 1, "copy": 1, "sync": 1,
    }  # fmt: skip
    assert [lost.id for lost in shown.runs] == [kept.run.id]
    assert (shown.left, shown.files, shown.done) == (0, (), False)
    assert kept.forget().heaps == shown.heaps


def test_then_nothing_names_the_person_and_the_others_stay(kept: Kept) -> None:
    assert kept.naming()
    kept.forget()
    assert kept.naming() == []
    assert not list(kept.folder.parent.glob("robot-*"))
    again = kept.forget()
    assert (again.heaps, again.runs) == ((), ())
    with Journal.open(kept.state, kept.wiki.wikiid) as journal:
        edits = {op.title: op for op in journal.operations(kept.run.id)}
    assert {title: bool(op.old_text) for title, op in edits.items()} == {
        "Haies": False, "Mares": False, "Talus": True,
    }  # fmt: skip
    assert "Noor Essai" in (edits["Talus"].old_text or "")
    with States.open(kept.state, kept.wiki.wikiid) as states:
        assert states.days("resilience") == (date(2026, 1, 2),)
    assert (kept.state / "reports" / "night-20260131T040000Z.txt").exists()
    assert not Mirror.exists(kept.state)
    with Links.open(kept.state, kept.wiki.wikiid, "equipe") as links:
        first, second = links.all()
    assert first.base["assignees"] == (("[effacé]", OTHER), (OTHER, "[effacé]"))
    assert first.base["summary"] == ("a", "a")
    assert second.base == {"summary": ("b", "b")}


def test_an_undo_never_writes_anything_else_in_place_of_the_name(kept: Kept) -> None:
    kept.forget()
    undone = wikibot.undo(kept.run.id, kept.wiki, around=clock(TODAY))
    assert {item.title: (item.state, item.code) for item in undone.items} == {
        "Haies": ("skipped", "purged"), "Mares": ("skipped", "purged"), "Talus": ("done", ""),
    }  # fmt: skip
    assert NAME in kept.wiki.page("Haies").text


def test_what_the_person_took_back_is_not_made_again(kept: Kept) -> None:
    (kept.folder / "Haies.wikitext").write_text(WRONG)
    kept.forget()
    around = replace(clock(TODAY), fresh_id=lambda: "zzzzzz")
    again = wikibot.apply(fix_plan(kept.folder), kept.wiki, around=around)
    assert [(item.title, item.code) for item in again.items] == [("Haies", "reverted")]


def test_what_is_not_settled_stays_and_is_counted(kept: Kept) -> None:
    with Journal.open(kept.state, kept.wiki.wikiid) as journal:
        first, *_ = journal.operations(kept.run.id)
        journal.settle(first.id, "unknown", TODAY.isoformat())
        unsettled = journal.unsettled()
    with Links.open(kept.state, kept.wiki.wikiid, "equipe") as links:
        links.intend([Intent("wiki", "7", "k7", "Action:1", "Action:1", "p", {"a": (NAME, "")})])
        intents = links.intents()
    assert kept.forget().left == 2
    assert kept.forget().left == 2
    with Journal.open(kept.state, kept.wiki.wikiid) as journal:
        assert journal.unsettled() == unsettled
    with Links.open(kept.state, kept.wiki.wikiid, "equipe") as links:
        assert links.intents() == intents


def test_a_form_that_was_begun_and_the_log_in_use_are_for_somebody_to_look_at(kept: Kept) -> None:
    form = kept.state / "forms" / "haies.toml"
    form.parent.mkdir()
    form.write_text(f'referent = "{NAME}"')
    kept.log.write_text(f"« {NAME} »\n")
    assert kept.forget().files == (str(form), str(kept.log))
    assert NAME in form.read_text()


@pytest.mark.parametrize("name", ["", "  ", "al", "_-_", "« »"])
def test_a_name_that_would_be_found_everywhere_is_refused(kept: Kept, name: str) -> None:
    with pytest.raises(InputError, match="too short"):
        kept.forget(name)


@pytest.mark.parametrize("place", [".", LOCK, "sync/equipe"])
def test_beside_a_run_a_night_or_a_sync_nothing_is_touched(kept: Kept, place: str) -> None:
    before = kept.naming()
    with run_lock(kept.state / place), pytest.raises(LockHeld):
        kept.forget()
    assert kept.naming() == before


def test_killed_in_the_midst_it_is_ended_by_the_next_one(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    for what, name in ((Links, "veil"), (States, "forget"), (Mirror, "remove")):
        with monkeypatch.context() as patch:

            def fail(*_: object) -> None:
                raise Unavailable(same("tué"))

            patch.setattr(what, name, fail)
            with pytest.raises(Unavailable):
                kept.forget()
    kept.forget()
    assert kept.naming() == []
