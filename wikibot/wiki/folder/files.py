"""The page files of a folder: which there are, whose title they bear, what they hold."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.title import Namespaces, Title
from wikibot.wiki.folder import disk
from wikibot.wiki.folder.index import INDEX, read_index
from wikibot.wiki.folder.names import SUFFIX, page_title, shown
from wikibot.wiki.folder.refusals import unreadable_folder, unusable
from wikibot.wiki.unreadable import why


@dataclass(frozen=True)
class PageFile:
    """One file as it was read: its name, bytes, last change (UTC, whole seconds) and mode."""

    name: str
    data: bytes
    modified: datetime
    mode: int

    def text(self) -> str:
        """Return what it holds, newlines and byte order mark as they are.

        Raises:
            InputError: it is not UTF-8; the message tells the byte.
        """
        try:
            return self.data.decode()
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, error.start) + 1
            raise unusable(
                self.name,
                Text(
                    f"il n'est pas en UTF-8 (octet {error.start}, ligne {line})",
                    f"it is not UTF-8 (byte {error.start}, line {line})",
                ),
                Text("Enregistrez-le en UTF-8.", "Save it as UTF-8."),
            ) from None


class PageFiles:
    """The top level of one folder. Titles come from `index.json`, else from file names."""

    def __init__(self, folder: Path, namespaces: Namespaces) -> None:
        self._folder = folder
        self._namespaces = namespaces
        self._titles: dict[str, Title] = {}  # of every file name seen; parsing is the slow part
        self._indexed: dict[str, Title] = {}
        self._index_state: tuple[int, ...] | None = None
        self._listing: dict[Title, list[str]] = {}

    def look(self) -> tuple[InputError, ...]:
        """Look at the folder anew; return what is wrong with names of files.

        Raises:
            InputError: the folder or its `index.json` cannot be read.
        """
        index = self._folder / INDEX
        state = _state_of(index)
        if state != self._index_state:
            self._indexed = read_index(index, self._namespaces) if state else {}
            self._index_state = state
        try:
            with os.scandir(self._folder) as entries:
                names = sorted(e.name for e in entries if e.name.endswith(SUFFIX))
        except OSError as error:
            raise unreadable_folder(self._folder, error) from None
        self._listing = {}
        problems = []
        for name in names:
            if name.startswith("."):
                continue
            try:
                self._listing.setdefault(self.title_of(name), []).append(name)
            except InputError as error:
                problems.append(error)
        return tuple(problems)

    def every(self) -> tuple[tuple[Title, str], ...]:
        """Return every page and its file, in the order of titles.

        Raises:
            InputError: as `look`, or the name of a file is of no use; each is named.
        """
        problems = list(self.look())
        problems += [_two_files(t, names) for t, names in self._listing.items() if len(names) > 1]
        if problems:
            raise InputError(
                Text(
                    "\n".join(problem.message.fr for problem in problems),
                    "\n".join(problem.message.en for problem in problems),
                ),
                problems[0].advice,
            )
        return tuple((title, names[0]) for title, names in sorted(self._listing.items()))

    def find(self, title: Title) -> str | None:
        """Return the file of a page, None where there is none.

        Raises:
            InputError: as `look` and `known`.
        """
        names = self._listing.get(title, ())
        moved = self._index_state != _state_of(self._folder / INDEX)
        if len(names) != 1 or moved or not os.path.lexists(self._folder / names[0]):
            self.look()  # another file's trouble does not matter here
        return self.known(title)

    def known(self, title: Title) -> str | None:
        """Return the file of a page as of the last look.

        Raises:
            InputError: two files bear this title.
        """
        names = self._listing.get(title, ())
        if len(names) > 1:
            raise _two_files(title, names)
        return names[0] if names else None

    def stem(self, stem: str) -> tuple[Title, str] | None:
        """Return the page whose file has this name, with or without its ending."""
        name = stem.removesuffix(SUFFIX) + SUFFIX
        for title, names in self._listing.items():
            if name in names:
                return title, name
        return None

    def titles(self) -> Iterable[Title]:
        """Return the titles that the last look found."""
        return self._listing.keys()

    def title_of(self, name: str) -> Title:
        """Return the title of the page that a file of this name holds, or would hold.

        Raises:
            InputError: the name is none for a page.
        """
        title = self._indexed.get(name) or self._titles.get(name)
        if title is None:
            title = self._titles[name] = page_title(name, self._namespaces)
        return title

    def read(self, name: str) -> PageFile:
        """Return a file as it is now.

        Raises:
            FileNotFoundError: it is gone.
            InputError: it is a symbolic link or no ordinary file, or may not be read.
        """
        try:
            data, status = disk.read(self._folder / name)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise unusable(name, why(error)) from None
        modified = datetime.fromtimestamp(int(status.st_mtime), UTC)
        return PageFile(name, data, modified, stat.S_IMODE(status.st_mode))


def _state_of(path: Path) -> tuple[int, ...] | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _two_files(title: Title, names: Sequence[str]) -> InputError:
    listed = ", ".join(f"« {shown(name)} »" for name in names)
    listed_en = ", ".join(f"“{shown(name)}”" for name in names)
    return InputError(
        Text(
            f"Plusieurs fichiers portent le titre « {title} » : {listed}.",
            f"Several files bear the title “{title}”: {listed_en}.",
        ),
        Text("Gardez-en un seul.", "Keep one of them."),
    )
