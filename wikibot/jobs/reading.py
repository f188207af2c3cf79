"""The pages of a run's tasks: by their ids, whatever title they bear now, in batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wikibot.errors import InputError, InvalidTitle, SaveError, WikibotError
from wikibot.jobs.task import Task
from wikibot.language import Text
from wikibot.page import Page
from wikibot.wiki import Wiki

GONE = Text("La page n'existe plus ; elle n'est pas recréée.", "The page no longer exists.")
_OTHER = Text(
    "Une autre page porte maintenant ce titre (suppression puis recréation).",
    "Another page bears this title now (it was deleted and created again).",
)

Found = dict[int | str, Page | WikibotError]


@dataclass(frozen=True)
class Reading:
    """Reads pages of one wiki for tasks; one that cannot be read takes no other along."""

    wiki: Wiki

    def read(self, tasks: Sequence[Task]) -> Found:
        """Return what is there of the pages of tasks: by id, those to be created by title.

        Raises:
            Unavailable, AccessError: the wiki does not answer at all.
        """
        known = [task.edit.pageid for task in tasks if not task.creates]
        new = [task.edit.title for task in tasks if task.creates]
        found: Found = {}
        try:
            found |= {page.id: page for page in self.wiki.pages_by_id(known)} if known else {}
            found |= {str(page.title): page for page in self.wiki.pages(new)} if new else {}
        except InputError:
            for task in tasks:
                key = _key(task)
                try:
                    page = self._one(task)
                    if page is not None:
                        found[key] = page
                except InputError as error:
                    found[key] = error
        return found

    def of(self, found: Found, task: Task) -> Page | WikibotError | None:
        """Return the page of a task, why it cannot be read, or None where none is there."""
        key = _key(task)
        if key not in found and task.creates:
            try:
                key = str(self.wiki.syntax.namespaces.parse(task.edit.title))
            except InvalidTitle as error:
                return error
        return found.get(key)

    def why_missing(self, task: Task) -> WikibotError:
        """Return why there is no text under the id of a task, which `read` did not find."""
        try:
            page = self.wiki.page(task.edit.title)
        except InputError as error:
            if error.code != "missingtitle":
                return error
            return SaveError(GONE, None, error.code)
        if page.id == task.edit.pageid:
            return SaveError(GONE, None, "missingtitle")  # it came back just now
        return SaveError(_OTHER, None, "other-page")

    def _one(self, task: Task) -> Page | None:
        if task.creates:
            return next(iter(self.wiki.pages([task.edit.title])), None)
        return next(iter(self.wiki.pages_by_id([task.edit.pageid])), None)


def _key(task: Task) -> int | str:
    return task.edit.title if task.creates else task.edit.pageid
