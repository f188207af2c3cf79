"""A wiki with communs on it, and wikibot with a plan for them: what every case begins with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import urllib3.util.connection as connecting

import wikibot
from tests.cli.command import PAGE, Done, run
from tests.jobs.wikis import MAPPING
from tests.mediawiki.bench import MediaWikiBench
from wikibot.edits import PageEdit, Plan

TITLE = "Atlas des haies"
TEXT = PAGE.strip()  # as MediaWiki keeps it
OLD, NEW = "Licence Ouverte 2.0 (Etalab)", "Creative Commons BY SA 4.0"
WANTED = ("licence=CC BY-SA 4.0",)
# What people change on such a page meanwhile: far from our line, beside it, on it.
FAR = ("Cartes et récits pour planter des haies à plusieurs.", "Des haies, à plusieurs.")
BESIDE = ("niveau=Idée", "niveau=Prototype")
SAME = (OLD, "Licence MIT")

_WAIT = re.compile(r"(?:Attente de|Waiting) ([\d.]+) s")


class Scene:
    """The test wiki, one page on it by default, and a configuration that leads there.

    Args:
        bench: a wiki as on its first day.
        folder: the working directory; the configuration, the plan and the state live there.
    """

    def __init__(self, bench: MediaWikiBench, folder: Path) -> None:
        self.bench = bench
        self.folder = folder
        self.titles: tuple[str, ...] = ()
        self.account, self.password = bench.account, bench.password
        self.configure()

    def configure(self, more: str = "", *, api: str = "", wiki: str = "") -> None:
        """Write wikibot.toml; `more` are further tables, `wiki` further keys of the wiki's."""
        secret = self.folder / "secret.txt"
        secret.write_text(self.password)
        secret.chmod(0o600)
        (self.folder / "wikibot.toml").write_text(
            f'[wiki]\napi = "{api or self.bench.api}"\naccount = "{self.account}"\n'
            f'password_file = "secret.txt"\nstate = "state"\n{wiki}\n{more}\n'
        )

    # --- what is there, and what is to be done ---

    def pages(self, number: int, text: str = TEXT) -> tuple[str, ...]:
        """Create that many communs; return their titles."""
        titles = tuple(f"Commun {n}" for n in range(1, number + 1)) if number > 1 else (TITLE,)
        for title in titles:
            self.bench.edit_as_human(title, text)
        self.titles = titles
        return titles

    def plan(self, *wanted: str, titles: Sequence[str] = (), text: str = TEXT) -> Plan:
        """Save plan.json: the fields `wanted` on the pages (which are made where there are none).

        Nothing of this is among the requests seen.
        """
        names = tuple(titles) or self.titles or self.pages(1, text)
        with _anonymously(self.bench.api) as wiki:
            found = [wiki.page(name) for name in names]
            plan = wikibot.set_fields(found, list(wanted or WANTED), MAPPING, wiki)
        return self.keep(plan)

    def plan_creation(self, title: str = "Semences locales", text: str = TEXT) -> Plan:
        """Save plan.json: a page to be created."""
        with _anonymously(self.bench.api) as wiki:
            wikiid = wiki.wikiid
        edit = PageEdit(title, 0, 0, (), "Nouvelle fiche", text)
        return self.keep(Plan("plan-creation", wikiid, "2026-01-31T12:00:00+00:00", (edit,)))

    def keep(self, plan: Plan) -> Plan:
        """Save a plan as plan.json, and forget the requests that made it."""
        (self.folder / "plan.json").unlink(missing_ok=True)
        wikibot.save_plan(plan, self.folder / "plan.json")
        self.bench.forget_requests()
        return plan

    # --- doing it ---

    def apply(self, *options: str) -> Done:
        """Apply plan.json by the command line."""
        return run("apply", "plan.json", "--format", "json", *options)

    def again(self) -> Done:
        """Apply it once more, and see that it writes nothing."""
        self.bench.forget_requests()
        done = self.apply()
        assert self.posts == 0, "a further run writes"
        return done

    def converges(self, texts: Mapping[str, str], *, code: int = 0) -> Done:
        """Run the plan again until it has nothing to do; see that every page is as it should be."""
        done = self.apply()
        assert done.code == code, done.out + done.err
        self.report_is_true(done)
        for title, text in texts.items():
            assert self.bench.text(title) == text
            assert self.ours(title) <= 1
        self.markers_are_unique()
        self.again()
        for title, text in texts.items():
            assert self.bench.text(title) == text
        return done

    # --- what people do meanwhile ---

    def human(self, change: tuple[str, str], title: str = TITLE) -> Callable[[], None]:
        """Return an act: a person replaces one piece of the page's text by another."""

        def act() -> None:
            old, new = change
            text = self.bench.text(title)
            assert old in text, f"{old!r} is not on the page"
            self.bench.edit_as_human(title, text.replace(old, new))

        return act

    # --- what became of it ---

    @property
    def posts(self) -> int:
        """How many requests to save a page were seen."""
        return len(self.bench.edits_seen())

    @property
    def logins(self) -> int:
        """How many times a password was sent."""
        return sum(request.action == "login" for request in self.bench.requests_seen())

    def ours(self, title: str = TITLE) -> int:
        """How many revisions of a page the bot has made."""
        return len(self.bench.bot_revisions(title))

    def once(self, title: str = TITLE, text: str = TEXT) -> None:
        """See that the bot's one edit is there, once, and nothing else changed."""
        assert self.ours(title) == 1, f"{self.ours(title)} revisions by the bot"
        assert self.bench.text(title) == text.replace(OLD, NEW)

    def untouched(self, title: str = TITLE, text: str = TEXT) -> None:
        """See that the bot never saved the page."""
        assert self.ours(title) == 0, f"{self.ours(title)} revisions by the bot"
        assert self.bench.text(title) == text

    def markers_are_unique(self) -> None:
        """See that no run has signed two revisions of one page."""
        for title in self.titles:
            comments = [row["comment"] for row in self.bench.bot_revisions(title)]
            marks = [found[0] for c in comments for found in [re.match(r"\[wb:\w+\]", c)] if found]
            assert len(marks) == len(set(marks)) == len(comments), comments

    def report_is_true(self, done: Done) -> None:
        """See that what a report says of each page is what its history says."""
        for item in done.json["items"]:
            rows = self.bench.revisions(item["page"])
            mark = f"[wb:{done.json['run_id']}]"
            signed = [r["revid"] for r in rows if mark in r.get("comment", "")]
            if item["state"] == "done":
                assert signed == [item["new_rev"]]
            elif item["state"] != "unknown":
                assert signed == [], item


def only(done: Done) -> dict[str, Any]:
    """Return the one item of a report."""
    (item,) = done.json["items"]
    assert isinstance(item, dict)
    return item


def ended(done: Done, code: int, *states: str) -> None:
    """See how a run ended: its exit code, the state of each page in order."""
    assert done.code == code, f"exit {done.code}, not {code}\n{done.out}{done.err}"
    found = [item["state"] for item in done.json["items"]]
    assert found == list(states), done.out
    assert done.json["exit"] == code


def waits(done: Done) -> list[float]:
    """Return the seconds that a run says it waited, one wait each."""
    return [float(seconds) for seconds in _WAIT.findall(done.err)]


class Refusing:
    """Connections to the wiki are refused, from `begin` on, that many times and no more.

    The system refuses them, as nothing listens; they are counted where urllib3 makes them.
    """

    def __init__(self, bench: MediaWikiBench, times: int) -> None:
        self.left = times
        self._bench = bench
        self._original = connecting.create_connection

    def begin(self) -> None:
        """Stop listening."""
        self._bench.refuse_connections()

    def __enter__(self) -> Self:
        connecting.create_connection = self._counted
        return self

    def __exit__(self, *_: object) -> None:
        connecting.create_connection = self._original
        if self.left > 0:
            self._bench.accept_connections()

    def _counted(self, *arguments: Any, **named: Any) -> Any:
        try:
            return self._original(*arguments, **named)
        except ConnectionRefusedError:
            self.left -= 1
            if self.left == 0:
                self._bench.accept_connections()
            raise


@contextmanager
def _anonymously(api: str) -> Iterator[wikibot.Wiki]:
    wiki = wikibot.open_wiki(api)
    try:
        yield wiki
    finally:
        wiki.close()  # type: ignore[attr-defined]  # a server has connections
