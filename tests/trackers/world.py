"""A wiki and a tracker with their people, a bot that syncs them, and checks after all it does."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import wikibot
from tests.model.clock import Clock
from tests.model.faults import CALM, FaultyWiki, Killed, Trouble
from tests.model.wiki import BOT, Tables
from tests.trackers.fake import FIELDS, FakeTracker
from wikibot.actions.sync import Choices, Rules, Where
from wikibot.actions.sync_values import Value
from wikibot.errors import WikibotError
from wikibot.jobs.sync.pages import WikiSide
from wikibot.jobs.sync.report import Synced
from wikibot.jobs.sync.run import sync_actions
from wikibot.page import Saved
from wikibot.store.links import Links

MAPPING = wikibot.load_mapping("resilience")
MEMORY = Path("/dev/shm")
TEXT = """{{{{Actionable
|SUMMARY={summary}
|ACTION_STATUS=Open
|LABEL=Label:A faire, Label:Urgent
|PRIORITE=haute
|RELATED_ARTICLE=Un commun
}}}}
Note de réunion."""
# Side, key or page, field → who gave it which value, and when.
History = dict[tuple[str, str, str], list[tuple[int, str, Value | None]]]
STAGES = ("A faire", "En cours", "Fait", "Close")


def rules(policies: dict[str, Where] | None = None) -> Rules:
    return Rules(FIELDS, policies or {}, frozenset(("due", "assigned", "details")))


class World:
    """`log` is what each side held, one line a change: time, side, page or key, field, value."""

    def __init__(
        self, tell: Callable[[str], object] = print, tracker: FakeTracker | None = None
    ) -> None:
        self.clock = Clock()
        self.wiki = Observed(self.clock, self)
        self.tracker = tracker or FakeTracker()
        home = MEMORY if MEMORY.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="wikibot-sync-", dir=home))
        self.tell = self.wiki.tell = tell
        self.policies: dict[str, Where] = {}
        self.allow: frozenset[str] = frozenset()
        self.choices: Choices = {}
        self.held: History = defaultdict(list)
        # the same, but only as a sync found it, and what the bot wrote: what came and went between
        # two syncs nobody but its author knows of
        self.seen: History = defaultdict(list)
        self.tick = 0
        self.deleted: set[str] = set()  # pages and keys that people deleted while linked
        self.fresh = False  # the state was lost
        self.numbers = 0
        self.tracker.wrote = self._wrote
        self.tracker.instant = self.wiki._instant
        self.clock.sleep(600)

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what both sides held ---

    def look(self, who: str) -> None:
        """Write down what both sides hold now, by whom it came."""
        self.tick += 1
        for key, item in self.tracker.items.items():
            for name, value in item.values.items():
                self._hold("tracker", key, name, value, who)
        shown = self.wiki.shown()
        if who == "?" and shown is not self.wiki.truth:  # a replica hides the newest for a while
            for page, values in self.pages(shown).items():
                for name in FIELDS:
                    self._hold("wiki", page, name, values.get(name), who, (self.seen,))
            self.tick += 1
        for page, values in self.pages().items():
            for name in FIELDS:
                self._hold("wiki", page, name, values.get(name), who)

    def _hold(
        self,
        side: str,
        key: str,
        name: str,
        value: Value | None,
        who: str,
        histories: tuple[History, ...] = (),
    ) -> None:
        usual = (self.held, self.seen) if who in ("bot", "?") else (self.held,)
        for kept in histories or usual:
            past = kept[side, key, name]
            if not past or past[-1][2] != value:
                past.append((self.tick, who, value))

    def pages(self, tables: Tables | None = None) -> dict[str, dict[str, Value | None]]:
        """Return page id → values of every action on the wiki, as they really are."""
        found = {}
        side = WikiSide(self.wiki, MAPPING)
        now = tables or self.wiki.truth
        for pageid in now.titles:
            entry = side.entry(self.wiki._page(now, pageid))
            if entry is not None:
                found[entry.key] = dict(entry.values)
        return found

    def links(self) -> dict[str, str]:
        """Return page → key, as the bot remembers them."""
        if not Links.exists(self.folder):
            return {}
        with Links.open(self.folder, self.wiki.wikiid, "essai") as links:
            return {link.page: link.key for link in links.all()}

    def _wrote(self, key: str, page: str, name: str, value: Value | None) -> None:
        self.overwritten("tracker", key, page, name, value)
        self.tick += 1
        self._hold("tracker", key, name, value, "bot")

    def saved(self, page: str, before: dict[str, Value | None]) -> None:
        """Check what the bot has just saved to a page."""
        now = self.pages()[page]
        links = self.links()
        for name in FIELDS:
            if name in before and now.get(name) != before[name]:
                self.overwritten("wiki", page, links.get(page, ""), name, now.get(name))
        self.look("bot")

    def overwritten(self, side: str, key: str, other: str, name: str, value: Value | None) -> None:
        """Check that what a person wrote, and the bot replaces, was on the other side (I1, I13).

        It must have been there after the person wrote it, and replaced there since.
        """
        past = self.seen[side, key, name]
        if not past or past[-1][1] == "bot" or self.policies.get(name):
            return
        since, who, theirs = past[-1]
        for when, author, held in reversed(past):  # back again, with no write of ours in between
            if held == theirs:
                since = when
            if author == "bot":
                break
        there = "wiki" if side == "tracker" else "tracker"
        ends = [*[t for t, _, _ in self.seen[there, other, name]][1:], self.tick + 2]
        lived = zip(self.seen[there, other, name], ends, strict=True)
        known = any(
            end > since and end <= self.tick + 1 and self.alike(name, held, theirs)
            for (_, _, held), end in lived
        )
        now = [held for _, _, held in self.seen[there, other, name]]
        assert known and not self.alike(name, now[-1], theirs), (
            f"I1/I13: {side} {key} {name}: the bot writes {value!r} over {theirs!r} of {who}; "
            f"{there} {other} held {self.seen[there, other, name]}"
        )
        assert not self.fresh, f"I16: {value!r} over {theirs!r}, though no state was known"

    def alike(self, name: str, one: Value | None, two: Value | None) -> bool:
        if one is None or two is None:
            return False
        return one == two or self.tracker.kept(name, one) == self.tracker.kept(name, two)

    # --- people ---

    def new_value(self, name: str) -> Value:
        self.numbers += 1
        if name == "stage":
            return STAGES[self.numbers % 4]
        if name == "due":
            return f"2027-{self.numbers % 12 + 1:02}-{self.numbers // 12 % 28 + 1:02}"
        if name == "assigned":
            return (f"Personne {self.numbers}",)
        return f"valeur {self.numbers}"

    def add_page(self, who: str = "new") -> str:
        self.numbers += 1
        n = max([0, *(int(t.rpartition(":")[2]) for t in self.wiki.truth.titles.values())]) + 1
        saved = self.wiki.edit("Alix", f"Action:{n}", TEXT.format(summary=f"action {self.numbers}"))
        self.look(who)
        return f"{saved.pageid}"

    def add_item(self) -> str:
        self.numbers += 1
        key = self.tracker.add(summary=f"tâche {self.numbers}", stage="A faire")
        self.look("new")
        return key

    def edit_page(self, page: str, name: str, value: Value) -> None:
        """Have a person give a field of a page a value."""
        side = WikiSide(self.wiki, MAPPING)
        side.entry(self.wiki._page(self.wiki.truth, int(page)))
        edit = side.edit(page, {name: value})
        found = wikibot.edits.rebase(
            self.wiki._page(self.wiki.truth, int(page)), edit, self.wiki.syntax
        )
        self.wiki.edit("Alix", int(page), found.text)
        self.look("Alix")

    def revert_page(self, page: str) -> bool:
        """Take back the last edit of a page."""
        rows = self.wiki.truth.rows[int(page)]
        if len(rows) < 2 or rows[-2].text == rows[-1].text:
            return False
        self.wiki.edit("Alix", int(page), rows[-2].text)
        self.look("Alix")
        return True

    def edit_item(self, key: str, name: str, value: Value | None) -> None:
        self.tracker.edit(key, name, value)
        self.look("Bo")

    def revert_item(self, key: str, name: str) -> bool:
        past = [v for _, _, v in self.held["tracker", key, name]]
        if len(past) < 2:
            return False
        self.edit_item(key, name, past[-2])
        return True

    def delete_page(self, page: str) -> None:
        if page in self.links():
            self.deleted.add(page)
        self.wiki.delete(self.wiki.truth.titles[int(page)])

    def delete_item(self, key: str) -> None:
        linked = {k: p for p, k in self.links().items()}
        if key in linked:
            self.deleted.add(linked[key])
        del self.tracker.items[key]

    def lose_state(self) -> None:
        for file in self.folder.glob("links.sqlite*"):
            file.unlink()
        self.deleted.clear()
        self.fresh = True

    # --- the bot ---

    def sync(self, trouble: Trouble = CALM, *, name: str = "essai") -> Synced | None:
        """Sync; None where the process was killed, or the sync did not begin."""
        before_items = set(self.tracker.items)
        found: list[Synced] = []
        around = self.clock.surroundings()
        self.look("?")
        with self.wiki.trouble(trouble), self._watched():
            try:
                report = sync_actions(
                    name,
                    self.wiki,
                    self.tracker,
                    MAPPING,
                    rules(self.policies),
                    apply_now=True,
                    state=self.folder,
                    choices=self.choices,
                    allow=self.allow,
                    around=around,
                )
                found.append(report)
            except WikibotError as error:
                self.tell(f"  ended at once: {error}")
        if found:
            kinds = [(s.kind, s.page, s.key) for s in found[0].steps]
            self.tell(f"  sync exit {found[0].exit_code}: {kinds}")
        self._checked(before_items)
        self.fresh = False
        return found[0] if found else None

    @contextmanager
    def _watched(self) -> Any:
        write = Links._do

        def watched(links: Links, statement: str, values: Sequence[object] = ()) -> object:
            told = statement.split(maxsplit=1)[0] in ("INSERT", "DELETE", "COMMIT")
            if told:
                self.wiki._instant(f"before links {statement[:18]}")
            result = write(links, statement, values)
            if told:
                self.wiki._instant(f"after links {statement[:18]}")
            return result

        with patch.object(Links, "_do", watched), suppress(Killed):
            yield

    def _checked(self, before_items: set[str]) -> None:
        """Check what must hold after any run, whatever happened in it."""
        marks: dict[tuple[int, str], int] = defaultdict(int)
        for pageid, row in self.wiki.every_row():
            if row.user == BOT and (found := re.match(r"\[wb:\w+\]", row.comment)):
                marks[pageid, found[0]] += 1
            if row.user == BOT and "Urgent" in row.text:
                assert row.text.endswith("}}\nNote de réunion."), "I6"
                assert "|PRIORITE=haute" in row.text, "I6"
        assert all(number == 1 for number in marks.values()), "I7"
        for key in set(self.tracker.items) - before_items:
            page = self.tracker.items[key].page
            assert page not in self.deleted, f"I4: {key} is back"
        with Links.open(self.folder, self.wiki.wikiid, "essai") as links:
            for link in links.all():
                for name, (on_wiki, in_tracker) in link.base.items():
                    assert self._was("wiki", link.page, name, on_wiki), f"I12 {link} {name}"
                    assert self._was("tracker", link.key, name, in_tracker), f"I12 {link} {name}"

    def _was(self, side: str, key: str, name: str, value: Value) -> bool:
        """Return whether a side held a value, or what the tracker makes of it.

        After a kill nobody can tell what it makes of it from what a person made of it.
        """
        return any(self.alike(name, held, value) for _, _, held in self.held[side, key, name])

    # --- when all is calm ---

    def calm(self) -> None:
        tracker = self.tracker
        tracker.hidden = tracker.failing = tracker.lost = 0
        tracker.writable, self.wiki.writable = True, True
        self.wiki.lag = 0
        self.clock.sleep(600)

    def converges(self) -> None:
        """Sync until nothing is left to do: soon, and then nothing more happens (I2, I3, I14)."""
        self.calm()
        self.allow = frozenset(("empty", "vanished", "mass"))
        self.sync()
        self.sync()
        self.sync()
        written = self.tracker.writes, len(list(self.wiki.every_row())), self._state()
        report = self.sync()
        assert report is not None
        now = self.tracker.writes, len(list(self.wiki.every_row())), self._state()
        assert written == now, "I3"
        assert not report.refused, f"nothing is in the way: {report.refused}"
        pages = self.pages()
        for step in report.steps:
            assert not step.writes, f"I2: {step}"
            if step.kind != "linked":
                continue
            for met in step.meetings:
                if met.verdict in ("conflict", "cleared", "unknown"):
                    continue
                on_wiki = pages[step.page][met.field]
                item = self.tracker.items[step.key].values[met.field]
                assert on_wiki is not None
                assert self.alike(met.field, on_wiki, item), f"I2: {met}"
        person = any(step.needs_person for step in report.steps)
        assert report.exit_code == (3 if person else 0), "I8"

    def _state(self) -> object:
        with Links.open(self.folder, self.wiki.wikiid, "essai") as links:
            return links.all(), links.intents()


class Observed(FaultyWiki):
    """The wiki under observation: what the bot saves is looked at as it is saved."""

    def __init__(self, clock: Clock, world: World) -> None:
        super().__init__(clock)
        self._world = world

    def edit(
        self, user: str, target: str | int, text: str, comment: str = "", **more: Any
    ) -> Saved:
        assert user != BOT or self.writable, "I11: the wiki is read-only"
        before = self._world.pages() if user == BOT else {}
        saved = super().edit(user, target, text, comment, **more)
        if user == BOT and not saved.unchanged:
            self._world.saved(f"{saved.pageid}", before.get(f"{saved.pageid}", {}))
        return saved


__all__ = ["CALM", "STAGES", "Trouble", "World", "replace"]
