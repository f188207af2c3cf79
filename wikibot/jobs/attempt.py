"""One edit on its way to the wiki: sent once, looked for before it is ever sent again."""

from __future__ import annotations

import logging
import math
from dataclasses import replace
from datetime import UTC, datetime

from wikibot.edits import Item
from wikibot.edits.summary import marked
from wikibot.errors import (
    AccessError,
    ConfigError,
    EditConflict,
    InputError,
    NotNow,
    OutcomeUnknown,
    PageExists,
    SafetyStop,
    SaveError,
    Unavailable,
    WikibotError,
)
from wikibot.jobs.entry import Entry
from wikibot.jobs.leftovers import find_saved
from wikibot.jobs.means import Means
from wikibot.jobs.numbering import MOST_TRIES, next_title
from wikibot.jobs.parts import made_before, to_do
from wikibot.jobs.shield import shielded
from wikibot.jobs.task import Task, target
from wikibot.language import Text
from wikibot.page import Page, Revision, Saved, canonical
from wikibot.wiki import fault
from wikibot.wiki.patience import Patience, Waiting

log = logging.getLogger(__name__)

# What is no matter of one page; an address that redirects, or a missing tag, is of all of them.
STOPPING = (AccessError, ConfigError, Unavailable, SafetyStop)
_TRIES = 3  # edits sent for one page after conflicts
_BUDGET = 1800.0  # seconds to wait for a wiki that is read-only or lags, for one page
_FIRST_WAIT = 2.0  # seconds before an edit whose answer got lost is sent again


class Attempt:
    """One edit. `entry` tells what became of it so far, `stop` what ends the run besides."""

    def __init__(self, means: Means, entry: Entry, task: Task) -> None:
        self.entry = entry
        self.stop: WikibotError | None = None
        self._means = means
        self._task = task
        self._doubt: OutcomeUnknown | None = None  # of an edit that was sent and not found
        self._planned = task.edit
        self._numbers = 0  # that were found taken
        self._page: Page | None = None  # what was last to be sent, and upon what
        self._text = ""

    def run(self, page: Page | None) -> Item:
        """Write the page as it was read (None: to be created); return how it ended.

        A numbered page whose number somebody else has taken gets the next one that is free.

        Raises:
            SaveError, InputError, AmbiguousWikitext, UnsafeValue: this page alone.
            AccessError, Unavailable, SafetyStop: the run cannot go on.
        """
        while True:
            try:
                item = self._run(page)
                if not (self._task.edit.numbered and item.code == _TAKEN_CODE):
                    return item
                self._take_next_number(PageExists(_TAKEN, None, _TAKEN_CODE))
            except PageExists as taken:
                if not self._task.edit.numbered:
                    raise
                self._take_next_number(taken)
            page = None

    def _run(self, page: Page | None) -> Item:
        means = self._means
        waiting = self._patience()
        conflicts = 0
        while True:
            text = self._target(page)
            if text is None:
                return self.entry.item
            self._page, self._text = page, text
            means.pace.wait()
            means.guards.check(means.pace.distance)
            answer = self._send(page, text)
            if isinstance(answer, Saved):
                # unchanged, after an edit whose answer got lost: it is ours, or somebody's
                if not self.entry.settled and not self._look(page, text):
                    self.entry.saved(page, answer)
                self.entry.tell_apart()
                return self.entry.item
            if isinstance(answer, NotNow):
                if answer.code in ("ratelimited", "http-429"):
                    means.pace.slow_down()
                if answer.look and self._look(page, text):
                    return self.entry.item
                self._wait(waiting, answer, answer.retry_after, answer.first_wait)
                if answer.look and self._look(page, text):
                    return self.entry.item
            elif isinstance(answer, EditConflict | PageExists):
                if self._doubt is not None and self._look(page, text):
                    return self.entry.item
                conflicts += 1
                if conflicts == _TRIES or isinstance(answer, PageExists):
                    raise answer
                self._doubt = None
                page = self._again()
            elif isinstance(answer, OutcomeUnknown):
                if self._found_after(page, text, answer):
                    return self.entry.item
                self._wait(waiting, answer, None, _FIRST_WAIT)
            else:
                raise answer

    def look_once_more(self) -> bool | None:
        """Return whether an edit whose answer got lost was saved late, now that all else ends.

        None: nobody can tell. False also where no answer got lost.
        """
        if self._doubt is None or self.entry.settled:
            return False
        try:
            return self._look(self._page, self._text)
        except PageExists:
            return False
        except WikibotError:
            return None

    def _target(self, page: Page | None) -> str | None:
        means, entry = self._means, self.entry
        if page is not None:
            revid = page.revision.id
            entry.item = replace(entry.item, title=str(page.title), base_revid=revid)
        edit, before = to_do(means.journal, means.run.plan_id, self._planned)
        if before is not None:
            title = before.title if before.planned else entry.item.title
            reason = _already(before.run_id)
            entry.item = replace(entry.item, state="noop", title=title, reason=reason)
            return None
        made = means.journal.made_by_rules(entry.item.pageid)
        task = replace(self._task, edit=replace(edit, title=self._task.edit.title))
        text, entry.item = target(page, task, means.wiki, entry.item, means.manners, made)
        if text is not None and page is not None and not entry.item.reason:
            told = made_before(self._task.edit, edit, page, means.wiki)
            entry.item = replace(entry.item, reason=told, code="made-before" if told else "")
        return text

    # --- sending ---

    def _send(self, page: Page | None, text: str) -> Saved | WikibotError:
        """Send the edit once; write down before what is sent, and after what is certain."""
        means, edit = self._means, self._task.edit
        summary = marked(means.run.id, edit.summary)
        with shielded():
            self.entry.send(page, text, summary)
            try:
                if page is None:
                    saved = means.wiki.create(edit.title, text, summary)
                else:
                    saved = means.wiki.save(page, text, summary)
            except WikibotError as error:
                doubtful = isinstance(error, OutcomeUnknown)
                if not (doubtful or (isinstance(error, NotNow) and error.look)):
                    self._recall()
                return error
            fault.reach("K05")
            if not (saved.unchanged and self._doubt):
                self.entry.saved(page, saved)
        return saved

    def _recall(self) -> None:
        """Write down that what was sent has surely not been saved.

        Where an earlier answer got lost that edit may still come, late: the journal goes on
        saying that it was sent.
        """
        if self._doubt is None:
            self.entry.recall()
        self.entry.not_saved()

    def _wait(
        self, waiting: Waiting, error: WikibotError, asked: float | None, first: float
    ) -> None:
        """Wait before the same edit is sent again.

        Raises:
            `error`, where no time is left.
        """
        seconds = waiting.next_pause(asked, first)
        if seconds is None or seconds > self._means.guards.seconds_left:
            raise error
        log.warning(
            Text(
                f"Attente de {math.ceil(seconds)} s ({error.code}), puis un nouvel essai : "
                f"{error.message.fr}",
                f"Waiting {math.ceil(seconds)} s ({error.code}), then another try: "
                f"{error.message.en}",
            )
        )
        waiting.pause(seconds)

    def _patience(self) -> Waiting:
        around = self._means.around
        return Patience(
            budget=min(_BUDGET, max(self._means.guards.seconds_left, 0.0)),
            sleep=around.sleep,
            random=around.chance,
            scale=self._means.wiki.pauses,
        ).begin()

    def _again(self) -> Page | None:
        """Return the page as it is now.

        Raises:
            WikibotError: there is nothing to be read any more.
        """
        reading = self._means.reading
        page = reading.of(reading.read([self._task]), self._task)
        if isinstance(page, WikibotError):
            raise page
        if page is None and not self._task.creates:
            raise reading.why_missing(self._task)
        return page

    # --- looking for what was sent ---

    def _found_after(self, page: Page | None, text: str, unknown: OutcomeUnknown) -> bool:
        """Return whether an edit without a trustworthy answer was saved after all.

        Raises:
            OutcomeUnknown: it is not to be seen, and must not be sent again.
            SaveError: it was surely not saved, and must not be sent again.
        """
        try:
            if self._look(page, text):
                return True
        except OutcomeUnknown:
            raise
        except STOPPING as error:
            self.stop = error
            raise unknown from None
        except PageExists:
            raise
        except (SaveError, InputError):
            raise unknown from None
        if self._doubt is not None:
            raise unknown
        if not unknown.resend:
            raise SaveError(_NOT_SAVED.format(code=unknown.code), unknown.advice, unknown.code)
        self._doubt = unknown
        return False

    def _look(self, page: Page | None, text: str) -> bool:
        """Return whether the page holds our edit, or what it was to write; it is settled then.

        Raises:
            OutcomeUnknown: the history hides it. PageExists: somebody else created the page.
            PageMissing, InputError, Unavailable, AccessError: nobody can tell.
        """
        means = self._means
        means.around.sleep(means.wiki.settling * means.wiki.pauses)
        now = self._again()
        if now is None:
            self.entry.not_saved()
            return False  # not created
        found = find_saved(means.wiki, page or replace(now, revision=_NOTHING), means.run.id, text)
        if found is not None:
            self.entry.done(page, now.id, found.id, found.parent_id)
            self.entry.tell_apart()
            return True
        if canonical(now.text) == canonical(text):
            self.entry.settle(replace(self.entry.item, state="noop", pageid=now.id))
            return True
        self.entry.not_saved()
        if page is None:
            raise PageExists(_TAKEN, None, _TAKEN_CODE)
        return False

    # --- numbers ---

    def _take_next_number(self, taken: PageExists) -> None:
        """Let the page have the next number, since a page that is not ours has this one.

        Nothing of ours can be there, so that no action comes twice: had it been saved, the
        history of that page would say so.

        Raises:
            PageExists: `taken`, where there is no end of it.
        """
        self._numbers += 1
        if self._numbers > MOST_TRIES:
            raise taken
        edit = self._task.edit
        title = next_title(edit.title, self._means.wiki)
        self.entry.renumber(title, self._planned.title)
        self._task = replace(self._task, edit=replace(edit, title=title))
        self._doubt = None


_TAKEN_CODE = "articleexists"
_NOTHING = Revision(0, 0, datetime.min.replace(tzinfo=UTC))
_TAKEN = Text(
    "Quelqu'un a créé la page entre-temps : le robot n'écrit pas par-dessus.",
    "Someone created the page meanwhile: the bot does not write over it.",
)
_NOT_SAVED = Text(
    "Pas enregistrée, l'historique le montre : le wiki a répondu « {code} », que wikibot ne "
    "connaît pas.",
    "Not saved, as the history shows: the wiki answered “{code}”, which wikibot does not know.",
)


def _already(run_id: str) -> Text:
    return Text(
        f"Déjà publiée par l'exécution {run_id} : jamais deux fois.",
        f"Already saved by the run {run_id}: never twice.",
    )
