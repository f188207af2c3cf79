"""The pages of a folder as they are now: each file with the revision it is at."""

from __future__ import annotations

import hashlib

from wikibot.errors import InputError, SaveRefused
from wikibot.page import Page, Revision
from wikibot.title import Title
from wikibot.wiki.folder import refusals
from wikibot.wiki.folder.files import PageFile, PageFiles
from wikibot.wiki.folder.history import History, page_id, revision_id

State = tuple[PageFile, Revision]


class CurrentPages:
    """A file that is not what was last recorded is at a revision that nobody has recorded yet."""

    def __init__(self, files: PageFiles, history: History) -> None:
        self._files = files
        self._history = history

    def page(self, title: Title, name: str) -> Page | None:
        """Return the page that a file holds; None where it is gone.

        Raises:
            InputError: the file or the history cannot be read.
        """
        state = self.state(title, name)
        if state is None:
            return None
        file, revision = state
        return Page(page_id(str(title)), title, revision, file.text())

    def state(self, title: Title, name: str) -> State | None:
        """Return a file and the revision it is at; None where it is gone. Raises as `page`.

        Where the log grows while the file is read, the two may not belong together.
        """
        self._history.refresh()
        while True:
            try:
                file = self._files.read(name)
            except FileNotFoundError:
                return None
            if not self._history.refresh():
                break
        recorded = self._history.of(str(title))
        if recorded and recorded[-1].sha256 == hashlib.sha256(file.data).hexdigest():
            return file, recorded[-1].revision
        parent_id = recorded[-1].revision.id if recorded else 0
        number = revision_id(parent_id, str(title), file.data)
        return file, Revision(number, parent_id, file.modified)

    def to_replace(self, title: Title) -> State:
        """Return the file of a page that is to be saved, and the revision it is at.

        Raises:
            PageMissing: it is gone. SaveRefused: it cannot be read.
        """
        try:
            name = self._files.find(title)
            state = self.state(title, name) if name else None
        except InputError as error:
            raise SaveRefused(error.message, error.advice) from None
        if state is None:
            raise refusals.gone(title)
        return state

    def holds(self, file: PageFile) -> bool:
        """Return whether a file still is what it was when it was read."""
        try:
            return self._files.read(file.name).data == file.data
        except (FileNotFoundError, InputError):
            return False
