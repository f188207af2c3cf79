"""A small wiki, its bot, and night after night of it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import wikibot
from tests.cli.command import environment, run
from tests.mediawiki.door import SeenRequest
from tests.reliability.canaries import Tap
from tests.reliability.nights import alone
from tests.reliability.nights.hands import Hands
from tests.reliability.nights.ledger import Ledger, Row, read_ledger, read_rows, reports
from tests.reliability.nights.people import People
from tests.reliability.nights.texts import (
    COMMUNS,
    NIGHT,
    OUTSIDE,
    OVERVIEW,
    PORTEUR,
    RULES,
    STOP,
    action,
    commun,
)
from tests.reliability.nights.truth import Truth
from tests.reliability.nights.weather import Weather
from wikibot.jobs.state import account_lock, run_lock
from wikibot.wiki.mediawiki import MediaWiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

ACTIONS = 6
KILLED = -signal.SIGKILL
JOBS = ("pull", "check", "fix", "sync", "overview", "overview", "overview", "report")
CONFIG = """[wiki]
api = "{api}"
account = "{account}"
password_file = "secret.txt"
state = "state"

[limits]
edits_per_minute = 0

[stop]
page = "{stop}"

[trackers.equipe]
kind = "workbook"
path = "actions.xlsx"

[nightly]
fix = [{rules}]
overview = ["apercu.json"]
publish = "{overview}"
publish_actions = "all"

[nightly.report]
file = "nuit.txt"
{page}
"""
POINTS = ("K01", "K02", "K03", "K04", "K05", "K06", "K07")


@dataclass
class Spent:
    """One night as it was seen from outside, and what stood there before and after it.

    `report` is the bot's own account, None where it did not come to one. `struck` are the faults.
    """

    code: int
    out: str
    report: dict[str, Any] | None
    before: tuple[Truth, Ledger, list[Row]]
    after: tuple[Truth, Ledger, list[Row]]
    seen: list[SeenRequest]
    struck: list[str]
    stopped: bool = False
    met: bool = False  # somebody edited in its midst
    book_kept: bool = False

    @property
    def killed(self) -> bool:
        return self.code == KILLED

    @property
    def fair(self) -> bool:
        """Whether nothing and nobody came between."""
        return not (self.killed or self.struck or self.stopped or self.met or self.massed)

    @property
    def massed(self) -> bool:
        """Whether there was too much to mend at once."""
        jobs = self.report["jobs"] if self.report else ()
        return any(job["reason_code"] == "mass" for job in jobs)

    @property
    def rests(self) -> bool:
        """Whether all went well, and nothing was written on either side."""
        return self.fair and not self.writes and self.book_kept

    @property
    def writes(self) -> list[SeenRequest]:
        return [request for request in self.seen if request.writes]


@dataclass
class Nights:
    """The wiki of a seed, its people and its bot, whose working directory is `folder`."""

    bench: MediaWikiBench
    folder: Path
    seed: int
    tap: Tap  # the secrets that pass
    on_page: bool = False  # the report of the night stands on a page of the wiki too
    day: float = 0
    dice: random.Random = field(init=False)
    hands: Hands = field(init=False)
    people: People = field(init=False)
    struck: list[str] = field(default_factory=list)  # the faults of the last night
    wiki: MediaWiki = field(init=False)  # ours, to compare; it writes nothing

    def __post_init__(self) -> None:
        """Put the pages there, and the configuration."""
        bench = self.bench
        self.dice = random.Random(self.seed)
        self.hands = Hands(bench, self.folder, self.dice)
        self.people = People(self.hands)
        bench.admin.rights("sysop", deleterevision=True, deletedtext=True, deletedhistory=True)
        for number, title in enumerate(COMMUNS):
            near = f"{COMMUNS[number - 1]}, {OUTSIDE[number % 2]}"
            bench.edit_as_human(title, commun(number, ("Idée", "idée")[number % 2], near))
        for number in range(1, ACTIONS + 1):
            bench.edit_as_human(f"Action:{number}", action(number, f"2029-{number:02}-01"))
        for title in (OVERVIEW, NIGHT):
            bench.edit_as_human(title, "Ce qui suit est tenu par le robot.")
        bench.edit_as_human(PORTEUR, "rien")
        bench.edit_as_human("Porte-drapeau", "{{Porteur}}")
        self.hands.stop_page("go")
        bench.run_jobs()
        secret = self.folder / "secret.txt"
        secret.touch(0o600)
        secret.write_text(bench.password)
        (self.folder / "wikibot.toml").write_text(
            CONFIG.format(
                api=bench.api,
                account=bench.account,
                stop=STOP,
                rules=", ".join(f'"{code}"' for code in RULES),
                overview=OVERVIEW,
                page=f'page = "{NIGHT}"' if self.on_page else "",
            )
        )
        quiet = {"WIKIBOT_SLEEP_SCALE": "0"}
        self.wiki = MediaWiki.connect(bench.api, bench.account, bench.password, environment=quiet)

    @property
    def state(self) -> Path:
        return self.folder / "state"

    def now(self) -> tuple[Truth, Ledger, list[Row]]:
        """Return what stands on the wiki, in the journal and in the workbook."""
        return self.hands.truth, read_ledger(self.state), read_rows(self.hands.book)

    # --- a night ---

    def spend(
        self,
        *,
        rate: float = 0,
        kill: str | int | None = None,
        meet: Sequence[int] = (),
        stopped: bool = False,
    ) -> Spent:
        """Spend a night, and return it.

        `rate` of the requests fail; at the n-th saves of `meet` somebody does something to that
        very page. `kill` names a point of wikibot's, or counts requests, or writes where it is
        negative: the process is killed there.
        """
        bench, people = self.bench, self.people
        before, book, met = self.now(), self._book(), len(people.did)
        told = {report["night"] for report in reports(self.state)}
        bench.forget_requests()
        weather = Weather(bench, random.Random(self.dice.random()), rate) if rate else None
        self._let_meet(meet)
        self.hands.night = True
        alone.set_forward(self.day)
        if kill is None:
            done = run("--log-file", "robot.log", "nightly")
            code, out = done.code, done.out + done.err
        else:
            code, out = self._alone(kill)
        self.hands.night = False
        troubles, struck = list(bench.faults.troubles), weather.struck if weather else []
        self.struck = struck
        bench.faults.clear()
        bench._door.wait_until_quiet()
        assert not troubles, troubles
        new = [report for report in reports(self.state) if report["night"] not in told]
        assert len(new) <= 1
        return Spent(
            code,
            out,
            new[0] if new else None,
            before,
            self.now(),
            bench.requests_seen(),
            struck,
            stopped,
            any(each.startswith("by night") for each in people.did[met:]),
            book == self._book(),
        )

    def _book(self) -> bytes:
        return self.hands.book.read_bytes() if self.hands.book.exists() else b""

    def _let_meet(self, saves: Sequence[int]) -> None:
        """Have somebody meddle just before a save comes to the wiki, or just after."""
        for number in saves:
            pages: list[int] = []

            def is_edit(request: SeenRequest, pages: list[int] = pages) -> bool:
                pages.append(int(request.parameters.get("pageid") or 0))
                return True

            def act(pages: list[int] = pages) -> None:
                self.people.meddle(pages[-1])

            fault = self.bench.faults.on("edit", nth=number, when=is_edit)
            if self.dice.random() < 0.6:
                fault.first(act)
            else:
                fault.then(act)

    def _alone(self, kill: str | int) -> tuple[int, str]:
        """Spend the night in a process of its own, which is killed."""
        env = {"WIKIBOT_FAULT": kill} if isinstance(kill, str) else {}
        command = ["-m", "tests.reliability.nights.alone", f"{self.day}", "nightly"]
        with subprocess.Popen(
            [sys.executable, *command],
            env=environment(env),
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:

            def end() -> None:
                os.kill(process.pid, signal.SIGKILL)
                time.sleep(0.01)

            if isinstance(kill, int):
                action = "" if kill > 0 else "edit"
                fault = self.bench.faults.on(action, nth=abs(kill))
                if self.dice.random() < 0.5:
                    fault.first(end)
                else:
                    fault.then(end)
            out, _ = process.communicate(timeout=120)
        return process.returncode, out

    def secrets(self) -> set[str]:
        """Return the secrets that have passed between the bot and the wiki."""
        return {secret for secret in self.tap.all if len(secret) > 8}

    def locks_are_free(self) -> None:
        """Take every lock that a night takes."""
        with ExitStack() as held:
            for folder in (self.state, self.state / "nightly", self.state / "sync/equipe"):
                held.enter_context(run_lock(folder))
            held.enter_context(account_lock(self.bench.api, self.bench.account))

    def close(self) -> None:
        """Let go of our own connection, and of the clock."""
        alone.set_forward(0)
        self.wiki.close()

    def full_pull(self, name: str) -> Path:
        """Return the folder of a copy that was made from nothing."""
        folder = self.folder.parent / f"fresh-{name}"
        wikibot.pull(self.wiki, wikibot.load_mapping("resilience"), state=folder)
        return folder
