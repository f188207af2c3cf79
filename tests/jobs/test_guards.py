"""Whoever may say stop is heard before the next write, and a page that says no is spared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import wikibot
from tests.cli.command import PAGE
from tests.jobs.wikis import WRONG, TroubledWiki, bytes_of, clock, fix_plan, write_pages
from wikibot.edits import Change, PageEdit
from wikibot.errors import OutcomeUnknown, SaveError, SaveRefused, Unavailable
from wikibot.language import Text
from wikibot.page import Page, Revision, Saved
from wikibot.wiki.folder import FolderWiki

NAMES = tuple(f"Page {number}" for number in range(8))
NO = Text("non", "no")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pages(tmp_path, names=NAMES)
    return tmp_path


def states(run: wikibot.Run) -> list[str]:
    return [item.state for item in run.items]


def mended(folder: Path) -> int:
    return list(bytes_of(folder).values()).count(PAGE.encode())


class TestStopping:
    @pytest.fixture
    def wiki(self, folder: Path) -> TroubledWiki:
        return TroubledWiki(folder)

    def after(self, wiki: TroubledWiki, number: int, what: Callable[[], object]) -> None:
        def look(page: Page, saved: Saved) -> None:
            if wiki.saves == number:
                what()

        wiki.after = look

    def test_by_a_file_takes_hold_before_the_next_write(
        self, folder: Path, wiki: TroubledWiki
    ) -> None:
        self.after(wiki, 3, (folder / ".wikibot/stop").touch)
        run = wikibot.apply(fix_plan(folder), wiki)
        assert (run.exit_code, run.guards, mended(folder)) == (6, ("stop-file",), 3)
        assert states(run) == ["done"] * 3 + ["skipped"] * 5
        (folder / ".wikibot/stop").unlink()
        assert wikibot.apply(fix_plan(folder), FolderWiki.open(folder)).exit_code == 0
        assert mended(folder) == len(NAMES)

    def test_by_the_stop_page_takes_hold_before_the_next_write(
        self, folder: Path, wiki: TroubledWiki
    ) -> None:
        page = folder / "Arrêt.wikitext"
        page.write_text("go\n")
        self.after(wiki, 3, lambda: page.write_text("Merci d'arrêter."))
        manners = wikibot.Manners(stop_page="Arrêt")
        run = wikibot.apply(fix_plan(folder), wiki, manners=manners)
        assert (run.exit_code, run.guards, mended(folder)) == (6, ("stop-order",), 3)

    @pytest.mark.parametrize("text", [None, "", "Go", "go!", "stop", "go\ngo"])
    def test_only_the_word_go_lets_it_work(self, folder: Path, text: str | None) -> None:
        if text is not None:
            (folder / "Arrêt.wikitext").write_text(text)
        manners = wikibot.Manners(stop_page="Arrêt")
        run = wikibot.apply(fix_plan(folder), FolderWiki.open(folder), manners=manners)
        assert (run.exit_code, run.guards, mended(folder)) == (6, ("stop-order",), 0)
        assert states(run) == ["skipped"] * len(run.items)
        assert (folder / ".wikibot/reports" / f"{run.id}.json").exists()

    @pytest.mark.parametrize(
        ("text", "advice"),
        [
            (None, "Créez-la avec ce seul mot : go, ou corrigez la clé page de [stop]."),
            ("stop", "Voyez ce qu'on reproche au robot, répondez, puis relancez."),
        ],
    )
    def test_says_what_to_do_about_the_stop_page(
        self, folder: Path, text: str | None, advice: str
    ) -> None:
        if text is not None:
            (folder / "Arrêt.wikitext").write_text(text)
        manners = wikibot.Manners(stop_page="Arrêt")
        run = wikibot.apply(fix_plan(folder), FolderWiki.open(folder), manners=manners)
        assert run.advice is not None
        assert run.advice.fr.startswith(advice)

    def test_at_the_deadline_leaves_the_rest_for_the_next_run(self, folder: Path) -> None:
        wiki, around = TroubledWiki(folder), clock(datetime(2026, 1, 31, tzinfo=UTC))
        wiki.pauses = 1.0
        manners = wikibot.Manners(edits_per_minute=1, deadline_minutes=3)
        run = wikibot.apply(fix_plan(folder), wiki, manners=manners, around=around)
        assert (run.exit_code, run.guards, mended(folder)) == (6, ("deadline",), 3)

    @pytest.mark.parametrize(
        ("error", "exit_code"),
        [(SaveError(NO, code="never-heard"), 6), (OutcomeUnknown(NO), 8)],
    )
    def test_after_five_that_went_wrong_in_a_row(
        self, folder: Path, wiki: TroubledWiki, error: SaveError, exit_code: int
    ) -> None:
        def fail(page: Page) -> None:
            raise error

        wiki.before = fail
        run = wikibot.apply(fix_plan(folder), wiki)
        assert (run.exit_code, run.guards) == (exit_code, ("breaker",))
        assert len({str(item.title) for item in run.items if item.code != "not-tried"}) == 5
        assert mended(folder) == 0

    def test_not_after_refusals_that_concern_one_page_each(
        self, folder: Path, wiki: TroubledWiki
    ) -> None:
        def protected(page: Page) -> None:
            raise SaveRefused(NO, code="protectedpage")

        wiki.before = protected
        run = wikibot.apply(fix_plan(folder), wiki)
        assert (run.exit_code, states(run)) == (3, ["skipped"] * len(NAMES))

    def test_another_run_of_the_same_account_stops_it_before_the_first_write(
        self, folder: Path, wiki: TroubledWiki, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(wiki, "saved_lately", lambda seconds: ("[wb:zzzzzz] Licence", "main"))
        run = wikibot.apply(fix_plan(folder), wiki)
        assert (run.exit_code, run.guards, wiki.saves) == (6, ("other-run",), 0)
        allowed = wikibot.Manners(allow=frozenset({"other-run"}))
        assert wikibot.apply(fix_plan(folder), wiki, manners=allowed).exit_code == 0


class TestSparing:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("{{nobots}}\n", "nobots"),
            ("{{Bots|deny=all}}\n", "nobots"),
            ("{{En travaux}}\n", "in-use"),
        ],
    )
    def test_a_page_that_forbids_bots_or_is_being_worked_on(
        self, folder: Path, text: str, code: str
    ) -> None:
        plan = fix_plan(folder)
        theirs = text + WRONG
        (folder / "Page 0.wikitext").write_text(theirs)
        run = wikibot.apply(plan, FolderWiki.open(folder))
        assert (run.exit_code, run.items[0].state, run.items[0].code) == (3, "skipped", code)
        assert bytes_of(folder)["Page 0"] == theirs.encode()
        assert mended(folder) == len(NAMES) - 1

    def test_a_page_that_would_lose_more_than_half_of_its_text(self, folder: Path) -> None:
        long = "x" * 3 * len(PAGE)
        text = PAGE.replace("Cartes et récits", long)
        (folder / "Page 0.wikitext").write_text(text)
        wiki = FolderWiki.open(folder)
        page = wiki.page("Page 0")
        value = f"{long} pour planter des haies à plusieurs."
        change = Change("Ressource", 0, "shortDescription", value, "Cartes.")
        edit = PageEdit("Page 0", page.id, page.revision.id, (change,))
        plan = replace(fix_plan(folder), edits=(edit,))
        run = wikibot.apply(plan, wiki)
        assert (run.exit_code, run.items[0].state, run.guards) == (3, "skipped", ("shrink",))
        assert bytes_of(folder)["Page 0"] == text.encode()
        allowed = wikibot.Manners(allow=frozenset({"shrink"}))
        assert wikibot.apply(plan, wiki, manners=allowed).exit_code == 0
        back = wikibot.undo(wikibot.runs(wiki)[0].id, wiki)
        assert (back.exit_code, bytes_of(folder)["Page 0"]) == (0, text.encode())


class TestAFixThatSomebodyTookBack:
    def test_is_not_made_again_by_a_new_plan(self, folder: Path) -> None:
        wiki = FolderWiki.open(folder)
        assert wikibot.apply(fix_plan(folder), wiki).exit_code == 0
        (folder / "Page 0.wikitext").write_text(WRONG)  # a person reverts the bot
        plan = fix_plan(folder)
        assert [edit.title for edit in plan.edits] == ["Page 0"]
        run = wikibot.apply(plan, wiki)
        assert (run.exit_code, run.items[0].state, run.guards) == (3, "skipped", ("reverted",))
        assert bytes_of(folder)["Page 0"] == WRONG.encode()

    def test_is_made_again_at_a_person_s_word(self, folder: Path) -> None:
        wiki = FolderWiki.open(folder)
        wikibot.apply(fix_plan(folder), wiki)
        (folder / "Page 0.wikitext").write_text(WRONG)
        by_hand = replace(
            fix_plan(folder),
            id="byhand",
            edits=tuple(
                replace(edit, changes=tuple(replace(c, rule="") for c in edit.changes))
                for edit in fix_plan(folder).edits
            ),
        )
        assert wikibot.apply(by_hand, wiki).counts["done"] == 1

    def test_is_made_where_they_wrote_something_new_meanwhile(self, folder: Path) -> None:
        wiki = FolderWiki.open(folder)
        wikibot.apply(fix_plan(folder), wiki)
        (folder / "Page 0.wikitext").write_text(PAGE.replace("niveau=Idée", "niveau=IDÉE"))
        plan = fix_plan(folder)
        assert plan.edits
        assert wikibot.apply(plan, wiki).counts["done"] == 1

    def test_leaves_the_other_fields_of_its_page_to_be_mended(self, folder: Path) -> None:
        wiki = FolderWiki.open(folder)
        wikibot.apply(fix_plan(folder), wiki)
        two = WRONG.replace("licence=Licence Ouverte 2.0 (Etalab)", "licence=CC BY-SA 4.0")
        (folder / "Page 0.wikitext").write_text(two)
        run = wikibot.apply(fix_plan(folder), wiki)
        (item,) = run.items
        assert (item.state, item.code, run.exit_code) == ("done", "reverted", 3)
        assert (
            bytes_of(folder)["Page 0"]
            == WRONG.replace("Licence Ouverte 2.0 (Etalab)", "Creative Commons BY SA 4.0").encode()
        )


class TestCreating:
    TEXT = "{{Ressource\n|licence=MIT\n}}"

    def plan(self, folder: Path) -> wikibot.Plan:
        edit = PageEdit("Vergers", 0, 0, (), "Nouveau commun", text=self.TEXT)
        return replace(fix_plan(folder), id="crea01", edits=(edit,))

    def test_makes_the_page_once(self, folder: Path) -> None:
        wiki = TroubledWiki(folder)
        run = wikibot.apply(self.plan(folder), wiki)
        (item,) = run.items
        assert (run.exit_code, item.state, item.verified) == (0, "done", True)
        assert bytes_of(folder)["Vergers"] == self.TEXT.encode()
        assert states(wikibot.apply(self.plan(folder), wiki)) == ["noop"]

    def test_leaves_a_page_that_is_there_alone(self, folder: Path) -> None:
        (folder / "Vergers.wikitext").write_text("à nous")
        run = wikibot.apply(self.plan(folder), TroubledWiki(folder))
        assert (run.exit_code, run.items[0].code) == (3, "articleexists")
        assert bytes_of(folder)["Vergers"] == "à nous".encode()

    def test_finds_its_own_page_after_an_answer_got_lost(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wiki, create = TroubledWiki(folder), TroubledWiki.create

        def lose(self: TroubledWiki, title: str, text: str, summary: str) -> Saved:
            create(self, title, text, summary)
            raise OutcomeUnknown(NO)

        monkeypatch.setattr(TroubledWiki, "create", lose)
        run = wikibot.apply(self.plan(folder), wiki)
        assert (run.exit_code, states(run)) == (0, ["done"])
        assert len(wiki.revisions(wiki.page("Vergers"), 0)) == 1

    def test_is_not_undone_by_deleting(self, folder: Path) -> None:
        wiki = TroubledWiki(folder)
        run = wikibot.apply(self.plan(folder), wiki)
        assert [p.kind for p in wikibot.undo_plan(run.id, wiki).prospects] == ["person"]
        undone = wikibot.undo(run.id, wiki)
        assert (undone.exit_code, undone.items[0].code) == (3, "created")
        assert bytes_of(folder)["Vergers"] == self.TEXT.encode()

    def test_comes_through_a_plan_file(self, folder: Path) -> None:
        plan = self.plan(folder)
        assert wikibot.Plan.from_json(plan.to_json(), "plan.json") == plan


class TestAHiddenHistory:
    def test_leaves_the_page_alone_until_a_person_has_looked(self, folder: Path) -> None:
        """The answer got lost, and then the comment was hidden: nobody can tell."""

        class Veiled(TroubledWiki):
            user = "Robot"
            comments: str | None = None

            def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
                return tuple(
                    replace(r, comment=None, user=None) for r in super().revisions(page, since)
                )

        plan = fix_plan(folder)
        wiki = Veiled(folder)

        def somebody_saved(page: Page) -> None:
            (folder / f"{page.title}.wikitext").write_text(page.text + "une ligne\n")
            raise OutcomeUnknown(NO)

        wiki.before = somebody_saved
        one = replace(plan, edits=plan.edits[:1])
        assert wikibot.apply(one, wiki).exit_code == 8
        wiki.before = lambda page: None
        again = wikibot.apply(replace(one, id="autre1"), wiki)
        assert (again.exit_code, again.items[0].code, wiki.saves) == (8, "still-unknown", 1)
        assert states(again) == ["skipped"], "of this one it is known: nothing was sent"
        looked = wikibot.Manners(allow=frozenset({"unknown"}))
        last = wikibot.apply(replace(one, id="autre2"), wiki, manners=looked)
        assert (last.exit_code, states(last), wiki.saves) == (0, ["done"], 2)
        assert wikibot.apply(replace(one, id="autre3"), wiki).exit_code == 0


def test_where_nothing_is_left_to_write_an_earlier_run_is_settled_all_the_same(
    folder: Path,
) -> None:
    plan = fix_plan(folder)
    wiki = TroubledWiki(folder)
    reading = wiki.revisions

    def lost(page: Page, saved: Saved) -> None:
        wiki.revisions = silent  # type: ignore[method-assign]
        raise OutcomeUnknown(NO)

    def silent(page: Page, since: int) -> tuple[Revision, ...]:
        raise Unavailable(NO)

    wiki.after = lost
    assert wikibot.apply(replace(plan, edits=plan.edits[:1]), wiki).exit_code == 8
    wiki.revisions = reading  # type: ignore[method-assign]
    wikibot.apply(replace(plan, id="rien01", edits=()), wiki)
    (row,) = wikibot.runs(wiki)
    assert row.counts == {"done": 1}


def test_signals_wait_for_a_save_to_end_and_a_second_one_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import signal

    from wikibot.jobs.shield import shielded

    steps = []
    with pytest.raises(KeyboardInterrupt), shielded():
        signal.raise_signal(signal.SIGINT)
        steps.append("saved")
    assert steps == ["saved"]
    with pytest.raises(KeyboardInterrupt), shielded():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        steps.append("never")
    assert steps == ["saved"]


def test_an_error_of_ours_breaks_the_run_off_and_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wiki = TroubledWiki(folder)

    def wrong(page: Page, saved: Saved) -> None:
        if wiki.saves == 2:
            raise ZeroDivisionError

    wiki.after = wrong
    with pytest.raises(ZeroDivisionError):
        wikibot.apply(fix_plan(folder), wiki)
    (row,) = wikibot.runs(wiki)
    assert (row.exit, row.counts) == (1, {"done": 1, "unknown": 1})
    assert (folder / ".wikibot/reports" / f"{row.id}.json").exists()
    assert wikibot.apply(fix_plan(folder), FolderWiki.open(folder)).exit_code == 0
    assert mended(folder) == len(NAMES)


def test_a_run_that_is_interrupted_says_what_became_of_each_page(folder: Path) -> None:
    wiki = TroubledWiki(folder)

    def interrupt(page: Page, saved: Saved) -> None:
        if wiki.saves == 2:
            raise KeyboardInterrupt

    wiki.after = interrupt
    with pytest.raises(KeyboardInterrupt):
        wikibot.apply(fix_plan(folder), wiki)
    (row,) = wikibot.runs(wiki)
    assert (row.exit, row.counts) == (130, {"done": 1, "unknown": 1})
    again = wikibot.apply(fix_plan(folder), FolderWiki.open(folder))
    assert again.exit_code == 0
    assert mended(folder) == len(NAMES)
