"""The main job on a real MediaWiki, by the command line and its configuration."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import wikibot
from tests.cli.command import PAGE, Done, run, run_id, spawn
from tests.jobs.test_killed import in_a_child
from tests.jobs.wikis import MAPPING, configured
from wikibot.errors import OutcomeUnknown
from wikibot.language import Text
from wikibot.page import Page, Saved
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

SAVE = MediaWiki.save
TITLE = "Atlas des haies"
TEXT = PAGE.strip()  # as MediaWiki keeps it
WRONG = TEXT.replace("niveau=Idée", "niveau=idée")
SET = TEXT.replace("Licence Ouverte 2.0 (Etalab)", "Creative Commons BY SA 4.0")


@pytest.fixture
def bench(
    fresh_mediawiki: MediaWikiBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MediaWikiBench:
    """The wiki of one page, and a wikibot.toml that leads there."""
    bench = configured(fresh_mediawiki, tmp_path, monkeypatch)
    bench.edit_as_human(TITLE, TEXT)
    bench.forget_requests()
    return bench


@pytest.fixture
def wiki(bench: MediaWikiBench) -> Iterator[MediaWiki]:
    with MediaWiki.connect(bench.api, bench.account, bench.password) as opened:
        yield opened


def json(*arguments: str) -> Done:
    return run(*arguments, "--format", "json")


def writes(bench: MediaWikiBench) -> int:
    return sum(request.writes for request in bench.requests_seen())


def plan(bench: MediaWikiBench) -> None:
    assert run("set", TITLE, "licence=CC BY-SA 4.0", "tags+=mare", "--plan", "plan.json").code == 3
    bench.forget_requests()


PLANNED = SET.replace("bocage", "bocage, mare")


class TestSetAndUndo:
    def test_one_line_is_changed_and_the_text_comes_back_exactly(
        self, bench: MediaWikiBench
    ) -> None:
        done = json("set", TITLE, "licence=CC BY-SA 4.0", "--apply")
        assert done.code == 0
        assert bench.text(TITLE) == SET
        (item,) = done.json["items"]
        assert (item["state"], item["verified"], item["merged"]) == ("done", True, False)
        saved = bench.revisions(TITLE)[-1]
        assert (saved["revid"], saved["parentid"]) == (item["new_rev"], item["base_rev"])
        assert saved["comment"] == (
            f"[wb:{run_id(done)}] Type de licence : « Creative Commons BY SA 4.0 »"
        )
        assert bench.account.startswith(saved["user"])

        undone = json("undo", run_id(done), "--apply")
        assert (undone.code, undone.json["counts"]["done"]) == (0, 1)
        assert undone.json["items"][0]["verified"] is True
        assert bench.text(TITLE) == TEXT
        assert bench.revisions(TITLE)[-1]["comment"] == (
            f"[wb:{run_id(undone)}] Annulation de l'exécution {run_id(done)}"
        )

        bench.forget_requests()
        assert json("undo", run_id(done), "--apply").json["counts"]["planned"] == 0
        redone = json("undo", run_id(undone), "--apply")
        assert redone.code == 0
        assert bench.text(TITLE) == SET
        assert writes(bench) == 1

    def test_nothing_is_sent_where_it_already_stands(self, bench: MediaWikiBench) -> None:
        assert run("set", TITLE, "licence=Etalab 2.0", "--apply").code == 0
        assert writes(bench) == 0
        assert len(bench.revisions(TITLE)) == 1
        assert not Path("state").exists()

    def test_the_account_may_come_from_the_environment(
        self, bench: MediaWikiBench, tmp_path: Path
    ) -> None:
        env = {"WIKIBOT_ACCOUNT": bench.account, "WIKIBOT_PASSWORD": bench.password}
        (tmp_path / "wikibot.toml").unlink()
        done = spawn("--wiki", bench.api, "set", TITLE, "niveau=", "--apply", env=env)
        assert done.code == 0
        assert bench.text(TITLE) == TEXT.replace("|niveau=Idée\n", "")
        state = list(Path(os.environ["XDG_STATE_HOME"]).glob("wikibot/*/journal.sqlite"))
        assert [path.stat().st_mode & 0o077 for path in state] == [0]

    def test_others_edited_since_and_only_our_field_goes_back(self, bench: MediaWikiBench) -> None:
        done = json("set", TITLE, "licence=CC BY-SA 4.0", "--apply")
        bench.edit_as_human(TITLE, SET.replace("bocage", "mare"))
        assert json("undo", run_id(done), "--apply").code == 0
        assert bench.text(TITLE) == TEXT.replace("bocage", "mare")

    def test_they_edited_that_very_field_and_are_left_alone(self, bench: MediaWikiBench) -> None:
        done = json("set", TITLE, "licence=CC BY-SA 4.0", "--apply")
        theirs = SET.replace("Creative Commons BY SA 4.0", "Licence MIT")
        bench.edit_as_human(TITLE, theirs)
        bench.forget_requests()
        undone = json("undo", run_id(done), "--apply")
        assert (undone.code, undone.json["items"][0]["state"]) == (3, "conflict")
        assert bench.text(TITLE) == theirs
        assert writes(bench) == 0


class TestAPlan:
    def test_is_applied_once(self, bench: MediaWikiBench) -> None:
        plan(bench)
        assert run("apply", "plan.json").code == 0
        assert bench.text(TITLE) == PLANNED
        bench.forget_requests()
        again = json("apply", "plan.json")
        assert (again.code, again.json["items"][0]["state"]) == (0, "noop")
        assert writes(bench) == 0
        assert len(bench.revisions(TITLE)) == 2

    def test_that_a_person_took_back_is_not_applied_again(self, bench: MediaWikiBench) -> None:
        plan(bench)
        run("apply", "plan.json")
        bench.edit_as_human(TITLE, TEXT, "je préfère ainsi")
        bench.forget_requests()
        assert json("apply", "plan.json").json["items"][0]["state"] == "noop"
        assert writes(bench) == 0
        assert bench.text(TITLE) == TEXT

    def test_keeps_what_others_changed_meanwhile(self, bench: MediaWikiBench) -> None:
        plan(bench)
        bench.edit_as_human(TITLE, TEXT.replace("Robin Maquette", "Lou Échantillon"))
        done = json("apply", "plan.json")
        assert (done.code, done.json["items"][0]["merged"]) == (0, False)
        assert bench.text(TITLE) == PLANNED.replace("Robin Maquette", "Lou Échantillon")

    def test_is_a_conflict_where_they_changed_that_field_and_says_who(
        self, bench: MediaWikiBench
    ) -> None:
        plan(bench)
        theirs = TEXT.replace("Licence Ouverte 2.0 (Etalab)", "Licence MIT")
        bench.edit_as_human(TITLE, theirs)
        done = json("apply", "plan.json")
        assert (done.code, done.json["items"][0]["state"]) == (3, "conflict")
        who = bench.human_account.partition("@")[0]
        assert f"(modifié par {who} le " in done.json["items"][0]["reason"]
        assert "« licence » vaut maintenant « Licence MIT »" in done.json["items"][0]["reason"]
        assert writes(bench) == 0
        assert bench.text(TITLE) == theirs

    def test_of_a_page_that_was_deleted_does_not_recreate_it(self, bench: MediaWikiBench) -> None:
        plan(bench)
        bench.call("admin", action="delete", title=TITLE)
        done = json("apply", "plan.json")
        assert (done.code, done.json["items"][0]["state"]) == (3, "skipped")
        assert bench.revisions(TITLE) == []

    def test_of_a_page_that_was_deleted_and_created_anew_leaves_it_alone(
        self, bench: MediaWikiBench
    ) -> None:
        plan(bench)
        bench.call("admin", action="delete", title=TITLE)
        bench.edit_as_human(TITLE, TEXT)
        done = json("apply", "plan.json")
        assert (done.code, done.json["items"][0]["state"]) == (3, "conflict")
        assert bench.text(TITLE) == TEXT

    def test_of_a_page_that_was_moved_follows_it_and_leaves_its_redirect_alone(
        self, bench: MediaWikiBench
    ) -> None:
        plan(bench)
        bench.call("admin", action="move", **{"from": TITLE, "to": "Atlas des talus"})
        redirect = bench.text(TITLE)
        done = json("apply", "plan.json")
        assert (done.code, done.json["items"][0]["page"]) == (0, "Atlas des talus")
        assert bench.text("Atlas des talus") == PLANNED
        assert bench.text(TITLE) == redirect
        assert json("undo", run_id(done), "--apply").code == 0
        assert bench.text("Atlas des talus") == TEXT

    def test_of_another_wiki_is_refused(self, bench: MediaWikiBench, tmp_path: Path) -> None:
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / f"{TITLE}.wikitext").write_text(TEXT)
        run("--wiki", "pages", "set", TITLE, "tags+=mare", "--plan", "plan.json")
        done = run("apply", "plan.json")
        assert done.code == 2
        assert "Ce plan est fait pour un autre wiki (folder:" in done.err
        assert writes(bench) == 0


class TestBetweenReadingAndSaving:
    """Others edit while our request is on its way: the server decides by the base revision."""

    def meddle(self, monkeypatch: pytest.MonkeyPatch, act: object, *, after: bool = False) -> None:
        assert callable(act)

        def meddled(wiki: MediaWiki, page: Page, text: str, summary: str) -> Saved:
            if not after:
                act()
            saved = SAVE(wiki, page, text, summary)
            if after:
                act()
            return saved

        monkeypatch.setattr(MediaWiki, "save", meddled)

    def test_the_wiki_merges_what_stands_far_apart(
        self, bench: MediaWikiBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theirs = TEXT.replace("à la main", "au crayon")
        self.meddle(monkeypatch, lambda: bench.edit_as_human(TITLE, theirs))
        done = json("set", TITLE, "shortDescription=Une phrase.", "--apply")
        assert done.code == 0
        (item,) = done.json["items"]
        assert (item["state"], item["merged"], item["verified"]) == ("done", True, True)
        ours = "Cartes et récits pour planter des haies à plusieurs."
        assert bench.text(TITLE) == theirs.replace(ours, "Une phrase.")
        monkeypatch.setattr(MediaWiki, "save", SAVE)
        assert json("undo", run_id(done), "--apply").code == 0
        assert bench.text(TITLE) == theirs  # what was merged stays

    def test_what_stands_close_is_read_again(
        self, bench: MediaWikiBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theirs = TEXT.replace("niveau=Idée", "niveau=Prototype")  # the very next line
        self.meddle(monkeypatch, lambda: bench.edit_as_human(TITLE, theirs))
        done = json("set", TITLE, "licence=CC BY-SA 4.0", "--apply")
        assert (done.code, done.json["items"][0]["state"]) == (0, "done")
        assert bench.text(TITLE) == SET.replace("niveau=Idée", "niveau=Prototype")
        assert writes(bench) == 2  # refused, then saved upon theirs

    def test_the_same_field_is_a_conflict(
        self, bench: MediaWikiBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theirs = TEXT.replace("Licence Ouverte 2.0 (Etalab)", "Licence MIT")
        self.meddle(monkeypatch, lambda: bench.edit_as_human(TITLE, theirs))
        done = json("set", TITLE, "licence=CC BY-SA 4.0", "--apply")
        assert (done.code, done.json["items"][0]["state"]) == (3, "conflict")
        assert bench.text(TITLE) == theirs

    def test_a_page_deleted_then_is_not_recreated(
        self, bench: MediaWikiBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.meddle(monkeypatch, lambda: bench.call("admin", action="delete", title=TITLE))
        done = json("set", TITLE, "licence=CC BY-SA 4.0", "--apply")
        assert (done.code, done.json["items"][0]["state"]) == (3, "skipped")
        assert bench.revisions(TITLE) == []

    def test_a_lost_answer_is_looked_up_by_the_marker(
        self, bench: MediaWikiBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def lose() -> None:
            raise OutcomeUnknown(Text("rien", "nothing"))

        self.meddle(monkeypatch, lose, after=True)
        done = json("set", TITLE, "licence=CC BY-SA 4.0", "--apply")
        assert (done.code, done.json["items"][0]["state"]) == (0, "done")
        assert done.json["items"][0]["verified"] is True
        assert len(bench.revisions(TITLE)) == 2

    def test_a_run_killed_behind_its_save_is_found_done_by_the_next(
        self, bench: MediaWikiBench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan(bench)
        with monkeypatch.context() as patch:
            self.meddle(patch, lambda: os.kill(os.getpid(), signal.SIGKILL), after=True)
            assert in_a_child(run, "apply", "plan.json") == -signal.SIGKILL
        (killed,) = json("runs").json
        assert (killed["exit"], killed["counts"]) == (None, {"sent": 1})
        bench.forget_requests()
        again = json("apply", "plan.json")
        assert (again.code, again.json["items"][0]["state"]) == (0, "noop")
        assert writes(bench) == 0
        assert len(bench.revisions(TITLE)) == 2
        assert json("undo", killed["run_id"], "--apply").code == 0
        assert bench.text(TITLE) == TEXT


class TestManyPages:
    N = 30

    @pytest.fixture
    def many(self, bench: MediaWikiBench, tmp_path: Path) -> MediaWikiBench:
        with (tmp_path / "wikibot.toml").open("a") as config:
            config.write("[limits]\nedits_per_minute = 0\n")
        for number in range(self.N):
            bench.edit_as_human(f"Commun {number:02}", WRONG)
        bench.forget_requests()
        return bench

    def test_are_checked_fixed_and_taken_back(self, many: MediaWikiBench) -> None:
        checked = json("check")
        assert (checked.code, checked.json["pages"]) == (3, self.N + 1)
        assert len(checked.json["findings"]) == self.N
        assert writes(many) == 0

        many.forget_requests()
        fixed = json("fix", "--apply")
        assert (fixed.code, fixed.json["counts"]["done"]) == (0, self.N)
        seen = many.requests_seen()
        logging_in = [
            r for r in seen if r.action == "login" or "login" in r.parameters.get("type", "")
        ]
        rest = len(seen) - len(logging_in) - 1  # and the one in which wiki and bot meet
        assert writes(many) == self.N
        assert rest <= self.N + self.N / 25 + 5, [r.parameters.get("action") for r in seen]
        assert all(many.text(f"Commun {n:02}") == TEXT for n in range(self.N))
        assert all(item["verified"] for item in fixed.json["items"])

        assert run("fix").out == "Rien à changer.\n"
        undone = json("undo", run_id(fixed), "--apply")
        assert (undone.code, undone.json["counts"]["done"]) == (0, self.N)
        assert all(many.text(f"Commun {n:02}") == WRONG for n in range(self.N))

    def test_named_one_by_one_are_read_together(self, many: MediaWikiBench) -> None:
        names = [f"Commun {number:02}" for number in range(self.N)]
        assert json("check", *names).json["pages"] == self.N
        # two of them list and read the collection beside, one asks for what the pages name, and
        # one Semantic MediaWiki, which is not there, for what it could not read
        assert len(many.requests_seen()) <= 8


class TestTrouble:
    def test_a_wrong_password_is_one_line_exit_4_and_one_attempt(
        self, bench: MediaWikiBench, tmp_path: Path
    ) -> None:
        wrong = "canari9f3kabcdefghijklmnopqrstuvw"
        (tmp_path / "secret.txt").write_text(wrong)
        for debug in ([], ["--debug"]):
            bench.forget_requests()
            done = spawn(*debug, "set", TITLE, "licence=CC0", "--apply")
            assert done.code == 4
            errors = [line for line in done.err.splitlines() if line.startswith("Erreur : ")]
            assert len(errors) == 1
            assert "refuse la connexion du compte" in errors[0]
            assert wrong not in done.out + done.err
            assert sum(wrong in str(r.parameters) for r in bench.requests_seen()) == 1
            assert writes(bench) == 0
        assert not Path("state").exists()
        assert bench.text(TITLE) == TEXT

    def test_without_an_account_it_reads_and_does_not_write(self, bench: MediaWikiBench) -> None:
        assert run("--wiki", bench.api, "check").code == 0
        done = json("--wiki", bench.api, "set", TITLE, "licence=CC0", "--apply")
        assert done.code == 0  # the configured account: it is the same address
        Path("wikibot.toml").unlink()
        bench.forget_requests()
        done = run("--wiki", bench.api, "set", TITLE, "licence=Etalab 2.0", "--apply")
        assert done.code == 4
        assert "Rien ne s'écrit sur" in done.err
        assert writes(bench) == 0

    def test_a_wiki_that_is_closed_for_writing_is_exit_5_and_the_next_run_goes_on(
        self, bench: MediaWikiBench
    ) -> None:
        plan(bench)
        bench.set_read_only("maintenance")
        try:
            assert json("apply", "plan.json").code == 5
            assert bench.text(TITLE) == TEXT
        finally:
            bench.set_read_only("")
        assert json("apply", "plan.json").code == 0
        assert bench.text(TITLE) == PLANNED

    def test_an_unknown_page_is_one_line(self, bench: MediaWikiBench) -> None:
        for words in (("show",), ("check",), ("fix", "--apply")):
            done = run(*words, "Atlas des haie")
            assert (done.code, done.out) == (2, "")
            assert done.err.splitlines() == [
                f"Erreur : Aucune page « Atlas des haie » dans {bench.api}.",
                "→ Vouliez-vous dire « Atlas des haies » ?",
            ]
        assert run("set", "Atlas des haie", "licence=CC0", "--apply").code == 2
        assert writes(bench) == 0

    def test_a_title_no_wiki_takes_is_one_line(self, bench: MediaWikiBench) -> None:
        assert run("show", "Atlas|des haies").code == 2


def test_the_library_does_the_same(bench: MediaWikiBench, wiki: MediaWiki, tmp_path: Path) -> None:
    bench.edit_as_human(TITLE, WRONG)
    page = wiki.page(TITLE)
    assert [finding.rule for finding in wikibot.check([page], MAPPING, wiki)] == ["VOC103"]
    run = wikibot.apply(wikibot.fix([page], MAPPING, wiki), wiki, state=tmp_path / "state")
    assert (run.exit_code, bench.text(TITLE)) == (0, TEXT)
    wikibot.undo(run.id, wiki, state=tmp_path / "state")
    assert bench.text(TITLE) == WRONG
