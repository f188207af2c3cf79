"""A model wiki with its people, a bot with its journal, and checks after all that the bot does."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import wikibot
from tests.model.clock import Clock
from tests.model.faults import CALM, Deed, FaultyWiki, Trouble
from tests.model.oracle import FIELDS, NOBOTS, Oracle, Wish, around, run_of, values
from tests.model.people import PAGE, STOP, People
from wikibot.edits import Change, PageEdit, Plan, Run
from wikibot.errors import WikibotError
from wikibot.jobs.manners import Manners

MANNERS = Manners(stop_page=STOP)
MEMORY = Path("/dev/shm")  # a journal is written through to the disk at each line


class World:
    """What happens in it is told line by line, so that a failure reads as a story."""

    def __init__(self, tell: Callable[[str], object] = print) -> None:
        self.clock = Clock()
        self.wiki = FaultyWiki(self.clock)
        home = MEMORY if MEMORY.is_dir() else None
        self.folder = Path(tempfile.mkdtemp(prefix="wikibot-model-", dir=home))
        self.oracle = Oracle(self.wiki, self.folder)
        self.plans: list[Plan] = []
        self.people = People(self.wiki, self.oracle, self.plans)
        self._tell = self.wiki.tell = tell
        self.wiki.meddle = self._does
        self.clock.on_id = self._given
        self._wish: Wish | None = None
        self.clock.sleep(600)

    def close(self) -> None:
        """Remove the journal."""
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- people and time ---

    def person(self, kind: str, page: int = 0, field: int = 0) -> None:
        """Let a person do something, in nobody's way."""
        self._does(Deed(kind, page, field))
        self.oracle.look()

    def _does(self, deed: Deed) -> None:
        # Who takes back what has just arrived late, before the bot could see it, takes it back
        # once more when the bot sends it again: nobody but the wiki could prevent that.
        too_soon = "revert" in deed.kind and self.people.page(deed) in self.wiki.landed
        done = not too_soon and self.people.do(deed)
        self._tell(f"  {deed.kind}, page {deed.page}, field {deed.field}{'' if done else ': no'}")

    def calm_down(self) -> None:
        """Let all trouble pass."""
        self.wiki.lag = 0
        self.wiki.message_on_talk_page = False
        self.wiki.edit("Admin", STOP, "go")
        self.clock.sleep(600)

    # --- plans ---

    def plan(
        self, who: str, pages: Sequence[int], field: int = 0, *, empty: bool = False
    ) -> Plan | None:
        """Plan fixes of all that is faulty ("rule"), a new value for a field ("person"), or "both".

        None: there is nothing to be done.
        """
        ids = [self.people.pages[number % len(self.people.pages)] for number in pages]
        edits = []
        for page in self.wiki.pages_by_id(ids):
            changes = {}
            for name, old in values(page.text).items():
                if who != "person" and old.startswith("faute-"):
                    new = old.replace("faute", "juste")
                    changes[name] = Change("Ressource", 0, name, old, new, name, "R1")
            if who != "rule":
                name, old = FIELDS[field], values(page.text)[FIELDS[field]]
                new = "" if empty else self.people.new_value("voulu")
                changes[name] = Change("Ressource", 0, name, old, new, name)
            wanted = tuple(c for c in changes.values() if c.old != c.new)
            if wanted:
                edits.append(PageEdit(str(page.title), page.id, page.revision.id, wanted, "Essai"))
        return self._planned(edits) if edits else None

    def plan_page(self, *, taken: bool = False) -> Plan:
        """Plan a page; where the title is `taken`, a person was first."""
        title = self.people.new_value("Page")
        if taken:
            self.wiki.edit("Alix", title, PAGE)
        return self._planned([PageEdit(title, 0, 0, (), "Création", PAGE.replace("deux", title))])

    def _planned(self, edits: list[PageEdit]) -> Plan:
        self._wish = None
        now = self.clock.surroundings().stamp()
        id = f"plan-{self.clock.fresh_id()}"
        self.plans.append(Plan(id, self.wiki.wikiid, now, tuple(edits)))
        return self.plans[-1]

    # --- the bot ---

    def apply(self, plan: Plan, trouble: Trouble = CALM) -> Run | None:
        """Apply a plan; None where the process was killed, or the run did not begin."""
        self._wish = Wish.of(plan)
        self._tell(f"apply {plan.id}: {'; '.join(map(_said, plan.edits))}")
        around = self.clock.surroundings()
        return self._run(
            trouble,
            lambda: wikibot.apply(
                plan, self.wiki, state=self.folder, manners=MANNERS, around=around
            ),
        )

    def undo(self, run_id: str, trouble: Trouble = CALM) -> Run | None:
        """Take a run back; None as for `apply`."""
        self._wish = self.oracle.undoing(run_id)
        self._tell(f"undo {run_id}")
        around = self.clock.surroundings()
        return self._run(
            trouble,
            lambda: wikibot.undo(
                run_id, self.wiki, state=self.folder, manners=MANNERS, around=around
            ),
        )

    def _run(self, trouble: Trouble, job: Callable[[], Run]) -> Run | None:
        """Do a job under a trouble, and check all that can be known afterwards."""
        newest, codes = self.oracle.newest(), self._codes(trouble)
        stop_seen, self.people.stopped_at = self._stop_seen(), None
        self.wiki.doubtful = self.oracle.unsettled()
        runs: list[Run] = []
        with self.wiki.trouble(trouble):
            try:
                runs.append(job())
            except WikibotError as error:
                self._tell(f"  ended at once: {error}")
                assert error.exit_code in codes, f"I8: {error!r} for no reason"
        for run in runs:
            told = ", ".join(f"{i.title} {i.state} {i.code}".strip() for i in run.items)
            self._tell(f"  run {run.id}, exit {run.exit_code}: {told}")
        self.oracle.look()
        for run in runs:
            self.oracle.hear(run, self.wiki.doubtful, codes)
        self.oracle.read_journal(runs[0] if runs else None)
        self._heeds_stop(trouble, newest, stop_seen=stop_seen)
        return runs[0] if runs else None

    def _heeds_stop(self, trouble: Trouble, newest: int, *, stop_seen: bool) -> None:
        if stop_seen and "go" not in {meddling.deed.kind for meddling in trouble.meddling}:
            assert not self.oracle.since(newest), "P10: saved in spite of a stop"
        since, late = self.people.stopped_at, "late" in {fault.kind for fault in trouble.faults}
        if since is not None and not late:
            assert len(self.oracle.since(since)) <= 1, "P10: more than one edit after a stop"

    # --- what must be so when all is calm ---

    def converges(self, plan: Plan) -> None:
        """Apply a plan twice: the second time nothing is left to do (I3), and rightly so (I8)."""
        first = self.apply(plan)
        newest = self.oracle.newest()
        again = self.apply(plan)
        assert self.oracle.newest() == newest, "I3: applied again, it writes again"
        assert first is not None and again is not None, "nothing stood in their way"
        states = ["noop" if item.state == "done" else item.state for item in first.items]
        assert states == [item.state for item in again.items], "I3: reported differently"
        for item, edit in zip(again.items, plan.edits, strict=True):
            assert self._right(item.state, plan, edit), f"I8: {item.state} of {edit.title}, why?"

    def comes_back(self, run_id: str) -> None:
        """Take a run back, twice: pages that nobody touched are as they were before it.

        Where the wiki had merged, so are their fields and the text around them.
        """
        expected = self.oracle.texts_before(run_id)
        self.undo(run_id)
        for pageid, text in expected.items():
            now = self.wiki.truth.rows[pageid][-1].text
            same = now == text
            if self.oracle.was_merged(run_id, pageid):
                same = (values(now), around(now, FIELDS)) == (values(text), around(text, FIELDS))
            assert same, f"undo: the page {pageid} is not as it was"
        newest = self.oracle.newest()
        self.undo(run_id)
        assert self.oracle.newest() == newest, "I3: taken back twice"

    def _right(self, state: str, plan: Plan, edit: PageEdit) -> bool:
        """Return whether an edit may end so on a calm wiki, when it is applied again."""
        if edit.text is not None:
            return state == ("noop" if self.oracle.has_created(edit.text) else "skipped")
        rows = self.wiki.truth.rows.get(edit.pageid)
        if rows is None:
            return state in ("skipped", "conflict", "unknown")
        now = values(rows[-1].text)
        if state == "noop":
            wishes = (self.oracle.wishes.get(run_of(row) or "") for row in rows)
            done = any(wish is not None and wish.plan == plan.id for wish in wishes)
            return done or all(now[c.parameter] == c.new for c in edit.changes)
        if state == "conflict":
            return any(now[c.parameter] not in (c.old, c.new) for c in edit.changes)
        if state == "skipped":
            fixes = {((edit.pageid, c.parameter), c.old, c.new) for c in edit.changes}
            return NOBOTS in rows[-1].text or bool(fixes & self.oracle.fixes)
        return state == "unknown" and any(row.hidden for row in rows)

    # --- inside ---

    def _given(self, id: str) -> None:
        if self._wish is not None:
            self.oracle.wishes[id] = self._wish

    def _codes(self, trouble: Trouble) -> set[int]:
        """Return the exit codes that a run may stop with, under such a trouble."""
        codes = set()
        if trouble.unreadable or any("not now" in fault.kind for fault in trouble.faults):
            codes.add(5)
        deeds = {meddling.deed.kind for meddling in trouble.meddling}
        strangers = any("[wb:zzzzzz]" in row.comment for _, row in self.wiki.every_row())
        stop = self.wiki.lag or self._stop_seen() or strangers
        if stop or deeds & {"stop", "message", "other run"}:
            codes.add(6)
        return codes

    def _stop_seen(self) -> bool:
        """Return whether people want the bot to stop, and it must know."""
        said = self.wiki.text(STOP) != "go" or self.wiki.message_on_talk_page
        return said and not self.wiki.lag


def _said(edit: PageEdit) -> str:
    if edit.text is not None:
        return f"create {edit.title}"
    changes = (
        f"{c.parameter}: {c.old!r} → {c.new!r}{f' ({c.rule})' if c.rule else ''}"
        for c in edit.changes
    )
    return f"{edit.title} ({edit.pageid}) {', '.join(changes)}"
