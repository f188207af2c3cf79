"""The one way to write: intent → journal → save with base revision → journal → read back.

A run is serial. Each edit ends in a state of its own and never takes another one along; what
shows that the whole run cannot go on (rights lost, wiki away) ends it, with the rest left
untouched and named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from wikibot.edits import Item, LedgerRow, Run
from wikibot.edits.rebase import stands
from wikibot.edits.summary import marked
from wikibot.errors import (
    AccessError,
    AmbiguousWikitext,
    EditConflict,
    InputError,
    InvalidTitle,
    OutcomeUnknown,
    SafetyStop,
    SaveError,
    Unavailable,
    UnsafeValue,
    WikibotError,
)
from wikibot.jobs.leftovers import find_saved
from wikibot.jobs.surroundings import Surroundings
from wikibot.jobs.task import Task, target
from wikibot.language import Text
from wikibot.page import Page, Revision, canonical
from wikibot.store import Journal
from wikibot.wiki import Wiki

BATCH = 50
_TRIES = 3
_STOPPING = (AccessError, Unavailable, SafetyStop)

_GONE = Text("La page n'existe plus ; elle n'est pas recréée.", "The page no longer exists.")
_OTHER = Text(
    "Une autre page porte maintenant ce titre (renommage, ou suppression puis recréation).",
    "Another page bears this title now (it was moved, or deleted and created again).",
)
_LEFT = Text("Pas tentée : l'exécution s'est arrêtée avant.", "Not tried: the run stopped before.")
_DIFFERS = Text(
    "Enregistrée, mais à la relecture la page ne contient pas ce qui était prévu.",
    "Saved, but read back the page does not hold what was intended.",
)


def save_all(
    wiki: Wiki,
    journal: Journal,
    tasks: Sequence[Task],
    *,
    command: str,
    plan_id: str,
    undoes: str | None = None,
    around: Surroundings,
    pace: Callable[[], None] = lambda: None,
    told: Callable[[Item], None] = lambda item: None,
) -> Run:
    """Write every task in turn, read all back, and return what became of each.

    Pages are read in batches of 50, each batch just before it is written, together with those
    of the batch before, to see what was really saved. `pace` is called before each write and
    may wait; `told` after each item. Nothing to do is no run: the journal does not know it.
    """
    run = LedgerRow(around.fresh_id(), around.stamp(), None, command, plan_id, undoes, None, {})
    if tasks:
        journal.begin(run.id, run.started, command, plan_id, undoes)
    writer = _Writer(wiki, journal, run, around, pace, told)
    stop = writer.write_all(tasks)
    items = writer.items
    items += [replace(_item(task), state="skipped", reason=_LEFT) for task in tasks[len(items) :]]
    ended = Run(
        id=run.id,
        started=run.started,
        ended=around.stamp(),
        command=command,
        items=tuple(items),
        stopped=stop.message if stop else None,
        stop_code=stop.exit_code if stop else 0,
        undoes=undoes,
        advice=stop.advice if stop else None,
    )
    if tasks:
        journal.end(run.id, ended.ended, ended.exit_code)
    return ended


_Found = dict[str, Page | InputError]


@dataclass
class _Writer:
    wiki: Wiki
    journal: Journal
    run: LedgerRow
    around: Surroundings
    pace: Callable[[], None]
    told: Callable[[Item], None]
    items: list[Item] = field(default_factory=list)
    _unseen: list[tuple[int, int, Task]] = field(default_factory=list)  # item, operation, task

    def write_all(self, tasks: Sequence[Task]) -> WikibotError | None:
        """Read, write and read back every page; return what stopped the run, if so."""
        try:
            for first in range(0, len(tasks), BATCH):
                batch = tasks[first : first + BATCH]
                found = self._read_next(batch)
                for task in batch:
                    stop = self._write(task, self._of(found, task))
                    if stop:
                        return stop
            self._read_next(())
        except _STOPPING as error:
            return error
        return None

    def _read_next(self, batch: Sequence[Task]) -> _Found:
        """Read the pages to be written now, and back those that were written before."""
        unseen, self._unseen = self._unseen, []
        tasks = [*(task for *_, task in unseen), *batch]
        found = self._read([task.edit.title for task in tasks])
        for index, operation, task in unseen:
            self.items[index] = self._verified(
                operation, self.items[index], task, self._of(found, task)
            )
        return found

    def _write(self, task: Task, page: Page | InputError | None) -> WikibotError | None:
        """Make one edit, write down how it ended; return what stops the run, if so."""
        edit = task.edit
        operation = self.journal.intend(
            self.run,
            len(self.items),
            edit.title,
            edit.pageid,
            edit.base_revid,
            edit.changes,
            self.around.stamp(),
            task.undoes,
        )
        item, stop = _item(task), None
        try:
            item = self._attempt(operation, task, page)
        except _STOPPING as error:
            item, stop = replace(item, reason=error.message), error
        except (AmbiguousWikitext, UnsafeValue) as error:
            item = replace(item, state="skipped", reason=error.message)
        except OutcomeUnknown as error:
            item = replace(item, state="unknown", reason=error.message)
        except EditConflict as error:
            item = replace(item, state="conflict", reason=error.message)
        except SaveError as error:
            item = replace(item, reason=error.message)
        if item.state == "done":
            self._unseen.append((len(self.items), operation, task))
        self.items.append(item)
        self.journal.settle(
            operation,
            item.state,
            self.around.stamp(),
            reason=item.reason,
            old_revid=item.base_revid,
            new_revid=item.new_revid,
            merged=item.merged,
        )
        self.told(item)
        return stop

    def _attempt(self, operation: int, task: Task, page: Page | InputError | None) -> Item:
        item = _item(task)
        for attempt in range(1, _TRIES + 1):
            if page is None:
                return replace(item, reason=_GONE)
            if isinstance(page, InputError):
                return replace(item, reason=page.message)
            if page.id != task.edit.pageid:
                return replace(item, state="conflict", reason=_OTHER)
            item = replace(item, base_revid=page.revision.id)
            before = self.journal.done_before(self.run.plan_id, task.edit.title)
            if before is not None:
                return replace(item, state="noop", reason=_again(before.run_id))
            text, item = target(page, task, self.wiki, item)
            if text is None:
                return item
            summary = marked(self.run.id, task.edit.summary)
            self.pace()
            self.journal.send(
                operation,
                page.revision.id,
                page.text,
                text,
                item.changes,
                summary,
                self.around.stamp(),
            )
            try:
                saved = self.wiki.save(page, text, summary)
            except EditConflict:
                if attempt == _TRIES:
                    raise
                page = self._of(self._read([task.edit.title]), task)
            except OutcomeUnknown as error:
                found = self._look(page, text, error)
                merged = found.parent_id != page.revision.id
                return replace(item, state="done", new_revid=found.id, merged=merged)
            else:
                if saved.unchanged:
                    return replace(item, state="noop")
                merged = saved.old_revid != page.revision.id
                return replace(item, state="done", new_revid=saved.new_revid, merged=merged)
        raise AssertionError("the last attempt returns or raises")

    def _look(self, page: Page, text: str, unknown: OutcomeUnknown) -> Revision:
        """Return the revision that a save without an answer made after all.

        Raises:
            OutcomeUnknown: `unknown`, where there is none, or the wiki does not tell.
        """
        try:
            found = find_saved(self.wiki, page, self.run.id, text)
        except WikibotError:
            found = None
        if found is None:
            raise unknown
        return found

    def _read(self, titles: Sequence[str]) -> _Found:
        """Return the pages by their titles; one that cannot be read takes no other along."""
        try:
            return {str(page.title): page for page in self.wiki.pages(titles)} if titles else {}
        except InputError:
            found: _Found = {}
            for title in titles:
                try:
                    found |= {str(page.title): page for page in self.wiki.pages([title])}
                except InputError as error:
                    found[title] = error
            return found

    def _of(self, found: _Found, task: Task) -> Page | InputError | None:
        title = task.edit.title
        if title in found:
            return found[title]
        try:
            return found.get(str(self.wiki.syntax.namespaces.parse(title)))
        except InvalidTitle as error:
            return error

    def _verified(
        self, operation: int, item: Item, task: Task, page: Page | InputError | None
    ) -> Item:
        """Return the item once its page was read back.

        Where somebody saved again meanwhile, their revision is theirs: nothing is claimed.
        """
        if not isinstance(page, Page) or page.revision.id != item.new_revid:
            return item
        try:
            if task.restore is not None and page.revision.parent_id == task.written_revid:
                right = canonical(page.text) == canonical(task.restore)
            else:
                right = all(stands(page, c, self.wiki.syntax) for c in task.edit.changes)
        except AmbiguousWikitext:
            right = False
        if not right:
            return replace(item, reason=_DIFFERS)
        self.journal.verify(operation)
        return replace(item, verified=True)


def _again(run_id: str) -> Text:
    return Text(
        f"Déjà publiée par l'exécution {run_id} : jamais deux fois.",
        f"Already saved by the run {run_id}: never twice.",
    )


def _item(task: Task) -> Item:
    edit = task.edit
    return Item(edit.title, edit.pageid, edit.base_revid, None, "failed", edit.changes)
