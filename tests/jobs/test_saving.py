"""The one way to write, on a wiki where things go wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import PAGE
from tests.jobs.wikis import (
    MAPPING,
    NAMES,
    WRONG,
    MergingWiki,
    TroubledWiki,
    bytes_of,
    clock,
    comments,
    fix_plan,
    write_pages,
)
from wikibot.errors import (
    AccessError,
    AmbiguousWikitext,
    EditConflict,
    OutcomeUnknown,
    SafetyStop,
    SaveRefused,
    Unavailable,
    UnsafeValue,
    WikibotError,
)
from wikibot.jobs.saving import BATCH
from wikibot.language import Text
from wikibot.page import Page, Saved
from wikibot.store import Journal
from wikibot.wiki.folder import FolderWiki

RIGHT = PAGE.encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pages(tmp_path)
    return tmp_path


@pytest.fixture
def wiki(folder: Path) -> TroubledWiki:
    return TroubledWiki(folder)


def failing(error: type[WikibotError], *names: str) -> Callable[..., None]:
    """Return what raises an error where one of the pages is saved (any, if none is named)."""

    def fail(page: Page, *_: object) -> None:
        if not names or str(page.title) in names:
            raise error(Text("non", "no"))

    return fail


def states(run: wikibot.Run) -> list[str]:
    return [item.state for item in run.items]


# --- the order of things ---


def test_every_edit_is_in_the_journal_whole_before_it_leaves(
    folder: Path, wiki: TroubledWiki
) -> None:
    seen = []

    def look(page: Page) -> None:
        with sqlite3.connect(folder / ".wikibot/journal.sqlite") as db:
            row = db.execute("SELECT title, state, old_text, summary FROM op ORDER BY op_id DESC")
            seen.append(row.fetchone())

    wiki.before = look
    run = wikibot.apply(fix_plan(folder), wiki)
    marker = f"[wb:{run.id}] Niveau de développement"
    assert [row[:3] for row in seen] == [(name, "sent", WRONG) for name in NAMES]
    assert all(row[3].startswith(marker) for row in seen)


def test_each_is_told_as_it_ends_then_read_back(folder: Path, wiki: TroubledWiki) -> None:
    told = []
    run = wikibot.apply(fix_plan(folder), wiki, told=lambda item: told.append(item.title))
    assert tuple(told) == NAMES
    assert [(item.state, item.verified, item.merged) for item in run.items] == [
        ("done", True, False)
    ] * 3
    with Journal.open(folder / ".wikibot", wiki.wikiid) as journal:
        assert all(op.verified for op in journal.operations(run.id))


def test_pages_are_read_in_batches_the_next_with_the_last_read_back(tmp_path: Path) -> None:
    names = [f"Page {number:03}" for number in range(2 * BATCH + 1)]
    write_pages(tmp_path, names=names)
    wiki, readings = TroubledWiki(tmp_path), []
    wiki.reading = lambda: readings.append(1)
    run = wikibot.apply(fix_plan(tmp_path), wiki)
    assert run.counts["done"] == len(names)
    assert all(item.verified for item in run.items)
    assert len(readings) == 4


def test_a_plan_without_edits_is_no_run(folder: Path, wiki: TroubledWiki) -> None:
    run = wikibot.apply(replace(fix_plan(folder), edits=()), wiki)
    assert (run.exit_code, run.items) == (0, ())
    assert wikibot.runs(wiki) == ()


def test_a_distance_is_kept_between_writes_but_not_before_the_first(
    folder: Path, wiki: TroubledWiki
) -> None:
    wiki.pauses = 1.0
    around, times = clock(), []
    wiki.before = lambda page: times.append(around.now().timestamp())
    wikibot.apply(
        fix_plan(folder), wiki, manners=wikibot.Manners(edits_per_minute=6), around=around
    )
    assert [later - times[0] for later in times] == [0.0, 10.0, 20.0]


@pytest.mark.parametrize(("pauses", "edits_per_minute"), [(0.0, 6), (1.0, 0)])
def test_no_distance_on_a_disk_nor_where_none_is_wanted(
    folder: Path, wiki: TroubledWiki, pauses: float, edits_per_minute: int
) -> None:
    wiki.pauses = pauses
    around = clock()
    start = around.now()
    wikibot.apply(
        fix_plan(folder),
        wiki,
        manners=wikibot.Manners(edits_per_minute=edits_per_minute),
        around=around,
    )
    assert around.now() == start


# --- an edit that fails takes no other along ---


@pytest.mark.parametrize(
    ("error", "state", "code"),
    [
        (SaveRefused, "skipped", 3),
        (EditConflict, "conflict", 3),
        (OutcomeUnknown, "unknown", 8),
    ],
)
def test_one_page_that_fails_is_named_and_the_others_are_saved(
    folder: Path, wiki: TroubledWiki, error: type[WikibotError], state: str, code: int
) -> None:
    wiki.before = failing(error, "Mares")
    run = wikibot.apply(fix_plan(folder), wiki)
    assert (states(run), run.exit_code) == (["done", state, "done"], code)
    assert run.items[1].reason == Text("non", "no")
    assert bytes_of(folder) == {"Haies": RIGHT, "Mares": WRONG.encode(), "Talus": RIGHT}


@pytest.mark.parametrize("error", [AmbiguousWikitext, UnsafeValue])
def test_a_page_that_cannot_be_written_with_certainty_is_left_alone(
    folder: Path,
    wiki: TroubledWiki,
    monkeypatch: pytest.MonkeyPatch,
    error: type[WikibotError],
) -> None:
    from wikibot.edits import rebase

    plan = fix_plan(folder)

    def doubtful(page: Page, *arguments: object) -> object:
        failing(error, "Mares")(page)
        return rebase(page, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("wikibot.jobs.task.rebase", doubtful)
    run = wikibot.apply(plan, wiki)
    assert (states(run), run.exit_code) == (["done", "skipped", "done"], 3)
    assert bytes_of(folder)["Mares"] == WRONG.encode()


@pytest.mark.parametrize(("error", "code"), [(AccessError, 4), (Unavailable, 5), (SafetyStop, 6)])
def test_what_ends_the_run_leaves_the_rest_untouched_and_named(
    folder: Path, wiki: TroubledWiki, error: type[WikibotError], code: int
) -> None:
    plan = fix_plan(folder)
    wiki.before = failing(error, "Mares")
    run = wikibot.apply(plan, wiki)
    assert (states(run), run.exit_code) == (["done", "failed", "skipped"], code)
    assert run.stopped == Text("non", "no")
    assert run.items[2].reason is not None
    assert run.items[2].reason.fr == "Pas tentée : l'exécution s'est arrêtée avant."
    assert wikibot.runs(wiki)[0].exit == code
    again = wikibot.apply(plan, FolderWiki.open(folder))  # a later run goes on
    assert (states(again), again.exit_code) == (["noop", "done", "done"], 0)


def test_a_wiki_that_is_away_from_the_start_is_a_run_without_a_save(
    folder: Path, wiki: TroubledWiki
) -> None:
    plan = fix_plan(folder)
    wiki.reading = lambda: failing(Unavailable)(None)
    run = wikibot.apply(plan, wiki)
    assert (states(run), run.exit_code, wiki.saves) == (["skipped"] * 3, 5, 0)


def test_a_wiki_that_goes_away_before_reading_back_has_saved_all_the_same(
    folder: Path, wiki: TroubledWiki
) -> None:
    plan = fix_plan(folder)

    def leave(page: Page, saved: Saved) -> None:
        if str(page.title) == "Talus":
            wiki.reading = lambda: failing(Unavailable)(page)

    wiki.after = leave
    run = wikibot.apply(plan, wiki)
    assert (states(run), run.exit_code) == (["done"] * 3, 5)
    assert not any(item.verified for item in run.items)


# --- others are at work on the wiki ---


def test_a_page_that_moves_on_under_our_hands_is_read_again(
    folder: Path, wiki: TroubledWiki
) -> None:
    def person(page: Page) -> None:
        if wiki.saves == 1:
            (folder / "Haies.wikitext").write_text(page.text.replace("bocage", "mare"))

    wiki.before = person
    run = wikibot.apply(fix_plan(folder), wiki)
    assert (states(run), run.exit_code) == (["done"] * 3, 0)
    assert bytes_of(folder)["Haies"] == PAGE.replace("bocage", "mare").encode()


def test_a_page_that_moves_on_each_time_is_a_conflict_after_three_tries(
    folder: Path, wiki: TroubledWiki
) -> None:
    def person(page: Page) -> None:
        if str(page.title) == "Haies":
            (folder / "Haies.wikitext").write_text(f"{page.text}{wiki.saves}\n")

    wiki.before = person
    run = wikibot.apply(fix_plan(folder), wiki)
    assert (states(run), run.exit_code, wiki.saves) == (["conflict", "done", "done"], 3, 5)
    assert bytes_of(folder)["Haies"] == f"{WRONG}1\n2\n3\n".encode()


def test_a_page_deleted_under_our_hands_is_not_recreated(folder: Path, wiki: TroubledWiki) -> None:
    wiki.before = lambda page: (folder / f"{page.title}.wikitext").unlink()
    run = wikibot.apply(fix_plan(folder), wiki)
    assert (states(run), run.exit_code) == (["skipped"] * 3, 3)
    assert bytes_of(folder) == {}


def test_another_page_under_the_same_title_is_left_alone(folder: Path, wiki: TroubledWiki) -> None:
    plan = fix_plan(folder)
    edits = (replace(plan.edits[0], pageid=plan.edits[0].pageid + 1), *plan.edits[1:])
    run = wikibot.apply(replace(plan, edits=edits), wiki)
    assert (states(run), run.exit_code) == (["conflict", "done", "done"], 3)
    assert run.items[0].reason is not None
    assert run.items[0].reason.fr.startswith("Une autre page porte maintenant ce titre")


def test_who_saves_right_after_us_keeps_the_last_word(folder: Path, wiki: TroubledWiki) -> None:
    def person(page: Page, saved: Saved) -> None:
        (folder / f"{page.title}.wikitext").write_text("autre chose")

    wiki.after = person
    run = wikibot.apply(fix_plan(folder), wiki)
    assert (states(run), run.exit_code) == (["done"] * 3, 0)
    assert not any(item.verified for item in run.items)  # nothing is claimed of what is theirs
    assert set(bytes_of(folder).values()) == {b"autre chose"}


def test_a_wiki_that_keeps_something_else_is_told(folder: Path, wiki: TroubledWiki) -> None:
    wiki.before = lambda page: f"{page.text}\nrien de tel"
    run = wikibot.apply(fix_plan(folder), wiki)
    assert (states(run), run.exit_code) == (["done"] * 3, 3)
    assert run.items[0].reason is not None
    assert run.items[0].reason.fr.startswith("Enregistrée, mais à la relecture")


# --- answers that get lost ---


class TestALostAnswer:
    def test_of_a_save_that_was_made_is_found_by_its_marker(
        self, folder: Path, wiki: TroubledWiki
    ) -> None:
        wiki.after = failing(OutcomeUnknown)
        run = wikibot.apply(fix_plan(folder), wiki)
        assert (states(run), run.exit_code, wiki.saves) == (["done"] * 3, 0, 3)
        assert all(item.verified for item in run.items)
        wikibot.undo(run.id, FolderWiki.open(folder))
        assert set(bytes_of(folder).values()) == {WRONG.encode()}

    def test_of_a_save_that_was_not_made_is_unknown_until_the_next_run(
        self, folder: Path, wiki: TroubledWiki
    ) -> None:
        plan = fix_plan(folder)
        wiki.before = failing(OutcomeUnknown, "Mares")
        run = wikibot.apply(plan, wiki)
        assert (states(run), run.exit_code) == (["done", "unknown", "done"], 8)
        again = wikibot.apply(plan, FolderWiki.open(folder))
        assert (states(again), again.exit_code) == (["noop", "done", "noop"], 0)
        assert len(comments(folder, "Mares")) == 2

    def test_with_the_wiki_away_is_unknown_and_the_next_run_finds_out(
        self, folder: Path, wiki: TroubledWiki
    ) -> None:
        plan = fix_plan(folder)

        def lose(page: Page, saved: Saved) -> None:
            if str(page.title) == "Mares":
                wiki.reading = lambda: failing(Unavailable)(page)
                raise OutcomeUnknown(Text("rien", "nothing"))

        wiki.after = lose
        run = wikibot.apply(plan, wiki)
        assert run.items[1].state == "unknown"  # not «failed»: nobody knows
        assert run.exit_code == 8
        again = wikibot.apply(plan, FolderWiki.open(folder))
        assert (states(again)[:2], again.exit_code) == (["noop", "noop"], 0)
        assert bytes_of(folder)["Mares"] == RIGHT
        assert len(comments(folder, "Mares")) == 2  # saved once
        wikibot.undo(run.id, FolderWiki.open(folder))
        assert bytes_of(folder)["Mares"] == WRONG.encode()

    def test_is_not_sent_again_where_a_person_took_the_edit_back(
        self, folder: Path, wiki: TroubledWiki
    ) -> None:
        plan = fix_plan(folder)

        def lose(page: Page, saved: Saved) -> None:
            wiki.reading = lambda: failing(Unavailable)(page)
            raise OutcomeUnknown(Text("rien", "nothing"))

        wiki.after = lose
        wikibot.apply(plan, wiki)
        (folder / "Haies.wikitext").write_text(WRONG)
        again = wikibot.apply(plan, FolderWiki.open(folder))
        assert again.items[0].state == "noop"
        assert bytes_of(folder)["Haies"] == WRONG.encode()

    def test_of_a_merge_is_undone_without_the_edit_it_was_merged_with(
        self, folder: Path, wiki: TroubledWiki
    ) -> None:
        merging = MergingWiki(folder)
        merging.after = failing(OutcomeUnknown)
        run = wikibot.apply(fix_plan(folder), merging)
        assert [(item.state, item.merged) for item in run.items] == [("done", True)] * 3
        assert bytes_of(folder)["Haies"] == PAGE.replace("bocage", "mare").encode()
        wikibot.undo(run.id, FolderWiki.open(folder))
        assert bytes_of(folder)["Haies"] == WRONG.replace("bocage", "mare").encode()


def test_an_edit_that_the_wiki_merged_is_told_and_undone_alone(folder: Path) -> None:
    run = wikibot.apply(fix_plan(folder), MergingWiki(folder))
    assert [(i.state, i.merged, i.verified) for i in run.items] == [("done", True, True)] * 3
    wikibot.undo(run.id, FolderWiki.open(folder))
    assert set(bytes_of(folder).values()) == {WRONG.replace("bocage", "mare").encode()}


# --- the disk of the journal ---


def test_without_a_journal_nothing_is_saved(folder: Path, wiki: TroubledWiki) -> None:
    (folder / "state").write_text("un fichier")
    with pytest.raises(WikibotError) as raised:
        wikibot.apply(fix_plan(folder), wiki, state=folder / "state")
    assert raised.value.exit_code == 2
    assert wiki.saves == 0


def test_a_journal_that_fails_after_a_save_stops_the_run_and_the_next_one_finds_out(
    folder: Path, wiki: TroubledWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = fix_plan(folder)
    settle, told = Journal.settle, []

    def full(self: Journal, op_id: int, state: wikibot.edits.State, *a: str, **b: object) -> None:
        if state == "done" and wiki.saves == 2:
            raise Unavailable(Text("plein", "full"))
        settle(self, op_id, state, *a, **b)  # type: ignore[arg-type]

    monkeypatch.setattr(Journal, "settle", full)
    run = wikibot.apply(plan, wiki, told=lambda item: told.append(item.title))
    assert (states(run), run.exit_code) == (["done", "done", "skipped"], 5)
    monkeypatch.undo()
    again = wikibot.apply(plan, FolderWiki.open(folder))
    assert (states(again), again.exit_code) == (["noop", "noop", "done"], 0)
    assert len(comments(folder, "Mares")) == 2


def test_the_records_of_a_plan_name_the_fields_in_french(folder: Path, wiki: TroubledWiki) -> None:
    run = wikibot.apply(fix_plan(folder), wiki)
    assert comments(folder, "Haies")[-1] == f"[wb:{run.id}] Niveau de développement : « Idée »"
    assert MAPPING.wiki.language == "fr"
