"""A folder as a wiki: reading, saving with compare-and-swap, creating.

An editor takes no lock: what it writes is seen until just before the file is replaced; an
edit saved within the microseconds between that last look and the replacement is not.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from wikibot.errors import InvalidTitle
from wikibot.page import Page, Revision, Saved, Standing
from wikibot.title import Title
from wikibot.wiki.chronicle import Edits, edits_told
from wikibot.wiki.folder import disk, refusals
from wikibot.wiki.folder.current import CurrentPages
from wikibot.wiki.folder.files import PageFiles
from wikibot.wiki.folder.history import HOME, History, page_id, revision_id
from wikibot.wiki.folder.names import file_name
from wikibot.wiki.local import Local, standing_of
from wikibot.wiki.suggestions import no_such_page
from wikibot.wikitext import FRENCH_WIKI, Syntax


def _now() -> datetime:
    return datetime.now(UTC)


class FolderWiki(Local):
    """One UTF-8 file a page. Nothing is touched before the first call.

    Revision ids follow from what was there: the parent's id, the title and the bytes. So an
    edit made by hand has its id at once, and a save that was killed half-way the one it would
    have had. `user` signs the saves, `now` tells their time, and `patience` is how many
    seconds to wait for another writer.
    """

    writable = True
    pauses = 0.0
    syntax: Syntax = FRENCH_WIKI

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        user: str = "wikibot",
        now: Callable[[], datetime] = _now,
        patience: float = 10.0,
    ) -> None:
        self.place = os.fspath(path)
        self._folder = Path(path)
        self.home: Path | None = self._folder / HOME
        self._user = user
        self._now = now
        self._patience = patience
        self._files = PageFiles(self._folder, self.syntax.namespaces)
        self._history = History(self._folder)
        self._current = CurrentPages(self._files, self._history)

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, user: str = "wikibot") -> FolderWiki:
        """Return the wiki of a folder that can be listed.

        Raises:
            InputError: there is no such folder, or it cannot be read.
        """
        wiki = cls(path, user=user)
        wiki._files.look()
        return wiki

    @cached_property
    def wikiid(self) -> str:
        """Identity, from the path at first and recorded with the first write.

        Raises:
            InputError: the record is damaged.
        """
        return self._history.wikiid()

    def page(self, title: str) -> Page:
        """Return the page of that title, or whose file has that name.

        Raises:
            InputError: there is none, there are two, or its file cannot be read as text.
        """
        found = self._find(title, self._files.find)
        page = self._current.page(*found) if found else None
        if page is None:
            raise no_such_page(title, self.place, map(str, self._files.titles()))
        return page

    def pages(self, titles: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that exist among `titles`, each once.

        Raises:
            InputError: as `page`, except that an unknown page is left out.
        """
        self._files.look()
        given = set()
        for title in titles:
            found = self._find(title, self._files.known)
            page = self._current.page(*found) if found and found[0] not in given else None
            if page:
                given.add(page.title)
                yield page

    def pages_by_id(self, ids: Iterable[int]) -> Iterator[Page]:
        """Yield the pages that exist among `ids`. Raises as `pages`."""
        self._files.look()
        wanted = set(ids)
        return self.pages([str(t) for t in self._files.titles() if page_id(str(t)) in wanted])

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        """Yield every page that calls a template at all, in the order of titles.

        Raises:
            InputError: a page cannot be read: none is ever passed over in silence.
        """
        if not any(True for _ in templates):
            return
        for title, name in self._files.every():
            page = self._current.page(title, name)
            if page and "{{" in page.text:
                yield page

    def titles_with(self, templates: Iterable[str]) -> Iterator[Title]:
        """Yield the title of every page: which templates it calls, its file alone tells."""
        self._files.look()
        yield from sorted(self._files.titles())

    def pages_in(self, namespaces: Iterable[int]) -> Iterator[Page]:
        """Yield every page of the namespaces, in the order of titles. Raises as `pages_with`."""
        wanted = set(namespaces)
        for title, name in self._files.every():
            page = self._current.page(title, name) if title.namespace in wanted else None
            if page:
                yield page

    def address(self, title: Title) -> str | None:
        """Return the name of the file of a page, None where there is none."""
        return self._files.known(title)

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        """Return what the folder knows of titles. Raises as `pages`."""
        self._files.look()
        held = {title.namespace for title in self._files.titles()}
        known = {}
        for text in titles:
            try:
                title = self.syntax.namespaces.parse(text)
            except InvalidTitle:
                continue
            name = self._files.known(title)
            page = self._current.page(title, name) if name else None
            if page:
                known[text] = standing_of(title, page.text)
            elif title.namespace in held:
                known[text] = Standing(title, there=False)
        return known

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        """Return the revisions after `since`, oldest first; all of them if it is not known.

        Raises:
            InputError: the file or the history cannot be read.
        """
        found = self._revisions_of(page.title)
        ids = [revision.id for revision in found]
        return tuple(found[ids.index(since) + 1 :] if since in ids else found)

    def edits(self, namespaces: Iterable[int], since: datetime) -> Edits:
        """Return the recorded saves, and of each file the latest one if it is not recorded.

        What an editor saved is known by the file's own time, and only the last of it; a page was
        created here where the folder recorded that. Raises as `pages_with`.
        """
        wanted = set(namespaces)
        titles = [title for title, _ in self._files.every() if title.namespace in wanted]
        pages = ((title, self._revisions_of(title)) for title in titles)
        return edits_told(
            pages, since, lambda revision: not revision.parent_id and revision.user is not None
        )

    def text_of(self, revid: int) -> str:
        """Return the text of a recorded revision, such as the base of any save.

        Raises:
            InputError: the folder never recorded it, or it was damaged since.
        """
        self._history.refresh()
        return self._history.text(revid)

    def save(self, page: Page, text: str, summary: str) -> Saved:
        """Replace the text of `page` if it is still the revision that was read.

        Raises:
            EditConflict: it was changed meanwhile.
            PageMissing: its file is gone.
            SaveRefused: the text is no Unicode, or the file is protected or of no use.
            AccessError: the folder is read-only.
            Unavailable: another writer is at work, or the disk does not take it.
            OutcomeUnknown: the page is written, its history is not.
        """
        data, title = _encoded(text, summary), page.title
        with self._writing():
            file, base = self._current.to_replace(title)
            if base.id != page.revision.id:
                raise refusals.changed(title)
            if file.data == data:
                return Saved(title, page_id(str(title)), base.id, base.id, unchanged=True)
            if not os.access(self._folder / file.name, os.W_OK):
                raise refusals.protected(title, file.name)
            recorded = self._history.of(str(title))
            if not recorded or recorded[-1].revision.id != base.id:
                self._history.keep(file.data)
                self._history.record(str(title), base, file.data)
            self._history.keep(data)
            with disk.temporary(self._folder, data, file.mode) as new:
                if not self._current.holds(file):
                    raise refusals.changed(title)
                os.replace(new, self._folder / file.name)
            new_id = self._remember(title, base.id, data, summary)
        return Saved(title, page_id(str(title)), base.id, new_id)

    def create(self, title: str, text: str, summary: str) -> Saved:
        """Create a page; its file gets the name that `names.file_name` tells.

        Raises:
            PageExists: the page, or a file of that name, is there already.
            InputError: no title, one too long for a file, or one that `index.json` gives away.
            SaveRefused, AccessError, Unavailable, OutcomeUnknown: as `save`.
        """
        wanted = self.syntax.namespaces.parse(title)
        name, data = file_name(wanted), _encoded(text, summary)
        with self._writing():
            there = self._files.find(wanted)
            if there:
                raise refusals.exists(wanted, there)
            if self._files.title_of(name) != wanted:
                raise refusals.taken(wanted, name, self._files.title_of(name))
            recorded = self._history.of(str(wanted))
            parent_id = recorded[-1].revision.id if recorded else 0
            self._history.keep(data)
            try:
                disk.put_new(self._folder / name, data)
            except FileExistsError:
                raise refusals.exists(wanted, name) from None
            if recorded and recorded[-1].sha256 == hashlib.sha256(data).hexdigest():
                new_id = parent_id  # it came back as it was
            else:
                new_id = self._remember(wanted, parent_id, data, summary)
        return Saved(wanted, page_id(str(wanted)), 0, new_id)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the folder; what the system refuses becomes an error of ours."""
        try:
            if not os.access(self._folder, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            with self._history.locked(self._patience):
                yield
        except OSError as error:
            raise refusals.unwritable(self._folder, error) from None

    def _remember(self, title: Title, parent_id: int, data: bytes, summary: str) -> int:
        """Record what was just written; return its revision id."""
        revision = Revision(
            revision_id(parent_id, str(title), data), parent_id, self._now(), self._user, summary
        )
        try:
            disk.sync_folder(self._folder)
            self._history.record(str(title), revision, data)
        except OSError as error:
            raise refusals.unrecorded(title, error) from None
        return revision.id

    def _revisions_of(self, title: Title) -> list[Revision]:
        """Return the recorded revisions, and the one that the file is at if it is none of them."""
        self._history.refresh()
        found = [recorded.revision for recorded in self._history.of(str(title))]
        name = self._files.find(title)
        state = self._current.state(title, name) if name else None
        if state and (not found or found[-1].id != state[1].id):
            found.append(state[1])
        return found

    def _find(self, wanted: str, find: Callable[[Title], str | None]) -> tuple[Title, str] | None:
        """Return the page of that title, or whose file has that name, and its file."""
        try:
            title = self.syntax.namespaces.parse(wanted)
        except InvalidTitle:
            self._files.look()
            found = self._files.stem(wanted)
            if found is None:
                raise
            return found
        name = find(title)
        return (title, name) if name else self._files.stem(wanted)


def _encoded(text: str, summary: str) -> bytes:
    try:
        summary.encode()
        return text.encode()
    except UnicodeEncodeError:
        raise refusals.no_unicode() from None
