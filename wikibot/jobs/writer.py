"""Writes the pages of one run, one after the other: the state machine of a save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from wikibot.edits import Item, State
from wikibot.edits.outcome import STILL_UNKNOWN
from wikibot.edits.rebase import doubled, stands
from wikibot.errors import (
    AmbiguousWikitext,
    EditConflict,
    InputError,
    OutcomeUnknown,
    PageExists,
    PageMissing,
    SafetyStop,
    SaveRefused,
    Unavailable,
    UnsafeValue,
    WikibotError,
)
from wikibot.jobs.attempt import STOPPING, Attempt
from wikibot.jobs.entry import Entry
from wikibot.jobs.means import Means
from wikibot.jobs.reading import Found
from wikibot.jobs.reports import note
from wikibot.jobs.task import Task
from wikibot.language import Text
from wikibot.page import Page, canonical
from wikibot.wiki import fault

_CUT = Text(
    "L'exécution a été interrompue.",
    "The run was interrupted.",
)
_DIFFERS = Text(
    "Enregistrée, mais à la relecture la page ne contient pas ce qui était prévu.",
    "Saved, but read back the page does not hold what was intended.",
)
_OPEN = Text(
    "On ne sait pas encore si une modification précédente de cette page a été enregistrée : "
    "rien d'autre n'y est écrit (quand vous avez regardé son historique : --allow unknown).",
    "Nobody knows yet whether an earlier edit of this page was saved: nothing else is written "
    "(once you have looked at its history: --allow unknown).",
)


@dataclass(frozen=True)
class _Unseen:
    """A saved edit that is yet to be read back: the `index` of its item, and its entry."""

    index: int
    task: Task
    entry: Entry


class Writer:
    """Writes tasks; `items` is what became of them so far, in their order."""

    def __init__(self, means: Means, told: Callable[[Item], None]) -> None:
        self.items: list[Item] = []
        self._means = means
        self._told = told
        self._unseen: list[_Unseen] = []
        open_ = means.journal.unsettled()
        self._open = {left.pageid for left in open_ if left.pageid} | {o.title for o in open_}
        self._open |= {left.planned for left in open_ if left.planned}
        self._stops: list[str] = []

    @property
    def guards_heard(self) -> tuple[str, ...]:
        """Return the codes of the guards that stopped the run or spared a page."""
        spared = [i.code for i in self.items if i.code in ("blank", "shrink", "reverted")]
        return tuple(dict.fromkeys([*spared, *self._stops]))

    def item(self, task: Task, number: int) -> Item:
        """Return the item of a task that nothing has become of yet."""
        edit, op_id = task.edit, f"{self._means.run.id}.{number}"
        return Item(
            edit.title, edit.pageid, edit.base_revid, None, "failed", edit.changes, op_id=op_id
        )

    def write_all(self, tasks: Sequence[Task], batch: int) -> WikibotError | None:
        """Read, write and read back every page; return what stopped the run, if so."""
        try:
            for first in range(0, len(tasks), batch):
                now = tasks[first : first + batch]
                found = self._read_next(now)
                for task in now:
                    stop = self._write(task, self._means.reading.of(found, task))
                    stop = stop or self._means.guards.count(self.items[-1])
                    if stop:
                        return self.stopped(stop)
            self._read_next(())
        except STOPPING as error:
            return self.stopped(error)
        return None

    def stopped(self, error: WikibotError) -> WikibotError:
        """Note what stops the run."""
        if isinstance(error, SafetyStop):
            self._stops.append(error.code)
        return error

    def _read_next(self, batch: Sequence[Task]) -> Found:
        """Read the pages to be written now, and back those that were written before."""
        unseen, self._unseen = self._unseen, []
        tasks = [_as_saved(seen.task, self.items[seen.index]) for seen in unseen]
        found = self._means.reading.read([*tasks, *batch])
        for seen, task in zip(unseen, tasks, strict=True):
            page = self._means.reading.of(found, task)
            self.items[seen.index] = self._verified(seen, self.items[seen.index], task, page)
        return found

    # --- one edit ---

    def _write(self, task: Task, page: Page | WikibotError | None) -> WikibotError | None:
        """Make one edit, write down how it ended; return what stops the run, if so."""
        means, edit, number = self._means, task.edit, len(self.items)
        fault.reach("K01")
        operation = means.journal.intend(
            means.run,
            number,
            edit.title,
            edit.pageid,
            edit.base_revid,
            edit.changes,
            means.around.stamp(),
            task.undoes,
        )
        entry = Entry(means, operation, self.item(task, number))
        attempt = Attempt(means, entry, task)
        try:
            item = self._end(attempt, task, page)
        except BaseException:  # a signal, or an error of ours
            item = entry.item
            if not entry.settled:  # what was sent stays open, for the next run to look for
                sent = item.state == "sent"
                item = replace(item, state="unknown" if sent else "skipped", code="interrupted")
                item = replace(item, reason=_CUT)
                entry.settle(item)
            self.items.append(item)
            raise
        if not entry.settled:
            try:
                entry.settle(item)
            except Unavailable as error:  # the journal: the next run finds out what happened
                attempt.stop = attempt.stop or error
        if item.state == "done":
            self._unseen.append(_Unseen(number, task, entry))
        self.items.append(item)
        note(item)
        self._told(item)
        return attempt.stop

    def _end(self, attempt: Attempt, task: Task, page: Page | WikibotError | None) -> Item:
        """Return how an edit ended, whatever happened to it."""
        try:
            if isinstance(page, WikibotError):
                raise page
            if page is None and not task.creates:
                raise self._means.reading.why_missing(task)
            if self._is_open(task):
                return replace(
                    attempt.entry.item, state="skipped", reason=_OPEN, code=STILL_UNKNOWN
                )
            return attempt.run(page)
        except WikibotError as error:
            if isinstance(error, STOPPING):
                attempt.stop = error
                if attempt.entry.item.state in ("done", "noop"):  # saved, but not written down
                    return attempt.entry.item
            late = attempt.look_once_more()
            if late:
                return attempt.entry.item
            state = "unknown" if late is None else _state(error, attempt.entry.item.state)
            return replace(attempt.entry.item, state=state, reason=error.message, code=error.code)

    def _is_open(self, task: Task) -> bool:
        """Return whether nobody knows yet what became of an earlier edit of the page."""
        known = task.edit.title in self._open or task.edit.pageid in self._open
        return known and "unknown" not in self._means.manners.allow

    def _verified(
        self, seen: _Unseen, item: Item, task: Task, page: Page | WikibotError | None
    ) -> Item:
        """Return the item once its page was read back: does it hold all that was sent?

        Where somebody saved again meanwhile, their revision is theirs: nothing is claimed.
        """
        if not isinstance(page, Page) or page.revision.id != item.new_revid:
            return item
        sent = seen.entry.sent
        try:
            if task.edit.text is not None:
                right = canonical(page.text) == canonical(task.edit.text)
            elif task.restore is not None and page.revision.parent_id == task.written_revid:
                right = canonical(page.text) == canonical(task.restore)
            else:
                syntax = self._means.wiki.syntax
                right = all(stands(page, c, syntax) for c in sent)
                if item.merged and any(doubled(page, c, syntax) for c in sent):
                    right = False
        except AmbiguousWikitext:
            right = False
        if not right:
            return replace(item, reason=_DIFFERS, code="differs")
        seen.entry.verify()
        return replace(item, verified=True)


def _state(error: WikibotError, before: State) -> State:
    """Return how the edit of a page ended that met with an error.

    `before` is "sent" while nobody knows what became of it, "intent" once it was refused.
    """
    if isinstance(error, OutcomeUnknown) or before == "sent":
        return "unknown"
    if isinstance(error, EditConflict) or error.code == "other-page":
        return "conflict"
    if isinstance(error, STOPPING):
        return "failed" if before == "intent" else "skipped"
    spared = (SaveRefused, PageMissing, PageExists, InputError, AmbiguousWikitext, UnsafeValue)
    return "skipped" if isinstance(error, spared) or error.code == "missingtitle" else "failed"


def _as_saved(task: Task, item: Item) -> Task:
    """Return the task with the id of the page that it has created, and the number it got."""
    title = item.title if task.creates else task.edit.title
    return replace(task, edit=replace(task.edit, title=title, pageid=item.pageid))
