"""Whole nights on folders of pages, day after day."""

from __future__ import annotations

import json
import signal
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import wikibot
from tests.jobs.wikis import MAPPING, WRONG, bytes_of, clock, comments, write_pages
from tests.servers import MailServer, Webhook, mail_server, webhook_server
from wikibot.config import load_config
from wikibot.errors import ConfigError, LockHeld, Unavailable
from wikibot.jobs.nightly import spending
from wikibot.jobs.state import run_lock
from wikibot.language import same
from wikibot.night import Night, Outcome
from wikibot.wiki import Wiki
from wikibot.wiki.folder import FolderWiki

KEYS = """
[nightly]
fix = ["VOC103"]
overview = ["apercu.html"]
publish = "Aperçu"

[nightly.report]
file = "nuit.txt"
page = "Nuit"
"""


@dataclass
class Nights:
    """A wiki of three pages with a safe fix each, and its nights: one a day."""

    folder: Path
    keys: str = KEYS
    day: int = 0
    heard: list[Exception] = field(default_factory=list)
    environ: dict[str, str] = field(default_factory=dict)
    log: Path | None = None

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    def spend(
        self,
        *jobs: str,
        dry: bool = False,
        wiki: Callable[[], Wiki] | None = None,
    ) -> Night:
        file = self.folder / "wikibot.toml"
        file.write_text(f'[wiki]\nfolder = "pages"\n{self.keys}')
        self.day += 1
        start = datetime(2026, 1, 1, 3, tzinfo=UTC) + timedelta(days=self.day)
        ours = clock(start)
        return wikibot.nightly(
            wiki or (lambda: FolderWiki.open(self.pages)),
            MAPPING,
            config=load_config(file),
            place="pages",
            jobs=jobs,
            dry=dry,
            log_file=self.log,
            broken=self.heard.append,
            environ=self.environ,
            around=replace(ours, fresh_id=lambda: f"{self.day:02}{ours.fresh_id()[2:]}"),
        )

    @property
    def reports(self) -> list[dict[str, Any]]:
        files = sorted((self.pages / ".wikibot/reports").glob("night-*.json"))
        return [json.loads(file.read_text()) for file in files]

    def everything(self) -> dict[str, bytes]:
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        return {str(file): file.read_bytes() for file in files if file.name != "wikibot.toml"}


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    (tmp_path / "pages").mkdir()
    write_pages(tmp_path / "pages")
    write_pages(tmp_path / "pages", "Ici :\n", ["Aperçu", "Nuit"])
    return Nights(tmp_path)


def states(night: Night) -> dict[str, str]:
    return {f"{d.part.job} {d.part.what}".strip(): d.outcome.state for d in night.parts}


def outcome(night: Night, job: str, what: str = "") -> Outcome:
    (found,) = [d.outcome for d in night.parts if (d.part.job, d.part.what) == (job, what)]
    return found


def test_a_safe_fix_is_made_once_and_then_nothing_day_after_day(nights: Nights) -> None:
    first = nights.spend()
    assert states(first) == {
        "pull": "skipped",
        "check": "done",
        "fix": "done",
        "overview files": "done",
        "overview page": "done",
        "report": "done",
    }
    assert outcome(first, "fix").edits == 3
    assert first.edits == 5
    assert all("|niveau=Idée" in text.decode() for text in bytes_of(nights.pages).values()
               if b"Ressource" in text)  # fmt: skip
    nights.spend()  # the numbers of the check are other ones now
    before = bytes_of(nights.pages)
    for _ in range(3):
        later = nights.spend()
        assert (later.edits, later.exit_code) == (0, first.exit_code)
    assert bytes_of(nights.pages) == before
    assert len(comments(nights.pages, "Haies")) == 2


def test_the_report_is_in_the_state_folder_for_its_owner_alone(nights: Nights) -> None:
    night = nights.spend()
    (told,) = nights.reports
    assert told["exit"] == night.exit_code == 3
    assert [job["job"] for job in told["jobs"]][:3] == ["pull", "check", "fix"]
    files = sorted((nights.pages / ".wikibot/reports").glob("night-*"))
    assert [file.suffix for file in files] == [".json", ".txt"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]
    shown = (nights.folder / "nuit.txt").read_text()
    assert len(shown.splitlines()) < 25
    assert "Corrections : 3 pages modifiées (VOC103 × 3)" in shown


def test_no_report_tells_a_value_a_person_or_the_title_of_a_page(nights: Nights) -> None:
    nights.spend()
    told = [
        file.read_text()
        for file in [
            *(nights.pages / ".wikibot/reports").glob("night-*"),
            nights.folder / "nuit.txt",
            nights.pages / "Nuit.wikitext",
        ]
    ]
    assert len(told) == 4
    for word in ("Alix", "Robin", "Berges", "Haies", "Mares", "Talus", "Idée", "idée"):
        assert not [text for text in told if word in text], word


def test_what_is_undone_is_not_made_again(nights: Nights) -> None:
    (run,) = outcome(nights.spend(), "fix").runs
    wikibot.undo(run, FolderWiki.open(nights.pages))
    again = nights.spend("fix")
    assert again.edits == 0
    assert "niveau=idée" in (nights.pages / "Haies.wikitext").read_text()


@pytest.mark.parametrize("earlier", [False, True], ids=["first", "after others"])
def test_a_trial_writes_nothing_anywhere(nights: Nights, earlier: bool) -> None:
    if earlier:
        nights.spend("check", "overview")
    with webhook_server(Webhook()) as hook, mail_server(MailServer()) as mail:
        nights.keys += mailed(mail) + "\n[nightly.report.webhook]\n"
        nights.environ["WIKIBOT_WEBHOOK_URL"] = hook.url
        before = nights.everything()
        night = nights.spend(dry=True)
        assert nights.everything() == before
        assert not hook.heard
        assert not mail.messages
    assert (night.edits, night.exit_code, night.dry) == (0, 3, True)
    assert outcome(night, "fix").counts == {"planned": 3}
    assert outcome(night, "overview", "page").counts == {"planned": 0 if earlier else 1}
    assert outcome(night, "report").code == "page=preview,file=preview,mail=preview,webhook=preview"


def mailed(server: MailServer) -> str:
    return (
        '\n[nightly.report.mail]\nto = ["equipe@example.org"]\nsender = "robot@example.org"\n'
        f'host = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
    )


def test_mail_and_room_get_the_report_and_their_secrets_stay_with_them(nights: Nights) -> None:
    canary, path = "canari-du-courriel-4721", "/hooks/canari4722"
    server = MailServer(accounts=(("robot", canary),))
    with webhook_server(Webhook(), path) as hook, mail_server(server) as mail:
        nights.keys += mailed(mail) + 'account = "robot"\n\n[nightly.report.webhook]\n'
        nights.environ |= {"WIKIBOT_WEBHOOK_URL": hook.url, "WIKIBOT_MAIL_PASSWORD": canary}
        night = nights.spend()
        assert outcome(night, "report").code == "page=told,file=told,mail=told,webhook=told"
        assert mail.logins == [("robot", canary)]
        (message,), (heard,) = mail.messages, hook.heard
        assert "quelqu'un doit regarder" in message["Subject"]
        assert message.get_content().replace("\r\n", "\n") == heard["text"]
        assert "VOC103 × 3" in heard["text"]
    for place, data in nights.everything().items():
        assert canary.encode() not in data, place
        assert b"canari4722" not in data, place


def test_one_way_of_telling_that_fails_stops_no_other(nights: Nights) -> None:
    with webhook_server(Webhook(status=404), "/hooks/canari4723") as hook:
        with mail_server(MailServer()) as gone:
            nights.keys += mailed(gone) + "\n[nightly.report.webhook]\n"
        nights.environ["WIKIBOT_WEBHOOK_URL"] = hook.url
        night = nights.spend("report")
    told = outcome(night, "report")
    assert told.code == "page=told,file=told,mail=failed,webhook=failed"
    assert (told.state, night.exit_code) == ("failed", 4)  # 404 before what passes by itself
    assert [type(error).__name__ for error in nights.heard] == ["Unavailable", "AccessError"]
    assert "canari4723" not in json.dumps(nights.reports)


def test_for_findings_alone_nobody_is_woken(nights: Nights) -> None:
    nights.keys = KEYS.replace('file = "nuit.txt"', 'only_when = "trouble"')
    nights.keys += "\n[nightly.report.webhook]\n"
    with webhook_server(Webhook()) as hook:
        nights.environ["WIKIBOT_WEBHOOK_URL"] = hook.url
        assert outcome(nights.spend("check", "report"), "report").code.endswith("webhook=quiet")
        assert not hook.heard
        nights.environ["WIKIBOT_WEBHOOK_URL"] = hook.url
        nights.keys = nights.keys.replace('publish = "Aperçu"', 'publish = "Absente"')
        nights.spend("overview", "report")
        assert len(hook.heard) == 1


def test_a_job_that_fails_stops_no_other(nights: Nights) -> None:
    nights.keys = KEYS.replace('"apercu.html"', '"nulle-part/apercu.html"')
    night = nights.spend()
    assert states(night)["overview files"] == "failed"
    assert states(night)["overview page"] == "done"
    assert (night.exit_code, len(nights.heard)) == (2, 1)
    assert (nights.folder / "nuit.txt").exists()


def test_a_wiki_that_does_not_answer_is_asked_once_and_the_report_is_sent(nights: Nights) -> None:
    asked: list[int] = []

    def away() -> Wiki:
        asked.append(1)
        raise Unavailable(same("loin"))

    night = nights.spend(wiki=away)
    assert len(asked) == 1
    assert (night.exit_code, states(night)["pull"]) == (5, "failed")
    assert set(list(states(night).values())[1:-1]) == {"not-run"}
    assert "Code de sortie 5" in (nights.folder / "nuit.txt").read_text()


def test_a_fix_of_too_many_pages_is_not_begun(nights: Nights) -> None:
    nights.keys = KEYS.replace("[nightly]", "[nightly]\npages_per_fix = 2", 1)
    before = bytes_of(nights.pages)
    night = nights.spend("fix", "check")
    assert (night.exit_code, outcome(night, "fix").code) == (6, "mass")
    assert states(night)["check"] == "done"
    assert bytes_of(nights.pages) == before


def test_a_fix_of_most_pages_is_not_begun(nights: Nights) -> None:
    write_pages(nights.pages, WRONG, [f"Commun {number}" for number in range(20)])
    night = nights.spend("fix")
    assert (night.edits, outcome(night, "fix").code) == (0, "mass")


def test_the_edits_of_all_jobs_come_from_one_purse(nights: Nights) -> None:
    nights.keys = KEYS.replace("[nightly]", "[nightly]\nedits_per_night = 3", 1)
    night = nights.spend("fix", "overview", "report")
    assert outcome(night, "fix").edits == night.edits == 3
    assert outcome(night, "overview", "page").code == "edits-per-night"
    assert (night.exit_code, outcome(night, "report").code) == (6, "page=failed,file=told")


def test_somebody_who_says_stop_is_heard_by_all_that_writes(nights: Nights) -> None:
    (nights.pages / ".wikibot").mkdir()
    (nights.pages / ".wikibot/stop").touch()
    before = bytes_of(nights.pages)
    night = nights.spend()
    assert night.exit_code == 6
    assert (states(night)["fix"], states(night)["overview page"]) == ("failed", "not-run")
    assert outcome(night, "report").code == "page=halted,file=told"
    assert bytes_of(nights.pages) == before


def test_two_nights_at_once_are_one_too_many(nights: Nights) -> None:
    with run_lock(nights.pages / ".wikibot" / spending.LOCK), pytest.raises(LockHeld):
        nights.spend()
    assert not nights.reports


def test_a_rule_that_cannot_be_meant_ends_the_night_before_it_begins(nights: Nights) -> None:
    nights.keys = KEYS.replace("VOC103", "VOC999")
    with pytest.raises(ConfigError):
        nights.spend(wiki=lambda: pytest.fail("the wiki was opened"))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_night_in_order(
    nights: Nights, number: signal.Signals, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def terminate(*_: object) -> None:
        raise SystemExit(143)

    def signalled(*_: object) -> Outcome:
        signal.raise_signal(number)
        return Outcome()

    before = signal.signal(signal.SIGTERM, terminate)
    monkeypatch.setitem(spending._DO, "check", signalled)
    try:
        night = nights.spend("check", "fix", "report")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (night.signal, night.exit_code) == (code, code)
    assert list(states(night).values()) == ["failed", "not-run", "not-run"]
    assert nights.reports[0]["exit"] == code
    assert not (nights.folder / "nuit.txt").exists()


def test_a_damaged_report_of_the_night_before_is_no_matter(nights: Nights) -> None:
    nights.spend()
    (file,) = (nights.pages / ".wikibot/reports").glob("night-*.json")
    for damaged in ("", "[]", '{"wiki": 3}', "{" * 100_000):
        file.write_text(damaged)
        assert nights.spend("report").exit_code == 0


def order(jobs: Sequence[str]) -> str:
    return f"[nightly]\njobs = {json.dumps(list(jobs))}\n"


def test_the_jobs_are_done_in_the_order_of_the_configuration(nights: Nights) -> None:
    nights.keys = KEYS.replace("[nightly]\n", order(["fix", "check"]), 1)
    night = nights.spend()
    assert [done.part.job for done in night.parts] == ["fix", "check"]
    later = outcome(night, "check").counts["findings"]
    assert outcome(nights.spend("check"), "check").counts["findings"] == later
