"""The revisions of a folder: a log that only grows, and the texts by their sha256.

`.wikibot/history/revisions.jsonl` holds one JSON object a line: pageid, title, revid, parent,
timestamp, user, comment, sha256. `.wikibot/history/texts/` holds the text of each. A line that
a killed process or a power cut left unfinished does not count, and the next one replaces it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from wikibot.errors import InputError, Unavailable
from wikibot.language import Text
from wikibot.page import Revision
from wikibot.wiki.folder import disk
from wikibot.wiki.folder.names import shown
from wikibot.wiki.unreadable import why as reason

HOME = ".wikibot"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_WIKIID = re.compile(r"folder:[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A revision of the log, and the sha256 of its text."""

    revision: Revision
    sha256: str


def page_id(title: str) -> int:
    """Return the number of a page, which follows from its full title; below 2**53."""
    return int(hashlib.sha256(title.encode()).hexdigest()[:13], 16)


def revision_id(parent_id: int, title: str, data: bytes) -> int:
    """Return the number of the revision that puts `data` upon a parent; below 2**53."""
    return int(hashlib.sha256(f"{parent_id}:{title}".encode() + data).hexdigest()[:13], 16)


class History:
    """What `.wikibot/` of one folder remembers. Reading never writes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = folder / HOME
        self._history = self._root / "history"
        self._texts = self._history / "texts"
        self._log = self._history / "revisions.jsonl"
        self._swept = False
        self._inode = 0
        self._forget()

    def refresh(self) -> bool:
        """Read what was added to the log since the last time; return whether there was any.

        Raises:
            InputError: the log is damaged or cannot be read.
        """
        try:
            status = os.stat(self._log)
        except FileNotFoundError:
            status = None
        except OSError as error:
            raise _damaged(self._log, error) from None
        if status is None or status.st_ino != self._inode or status.st_size < self._read:
            had_any = self._read > 0
            self._forget()
            if status is None:
                return had_any
            self._inode = status.st_ino
        return status.st_size != self._read and self._read_on()

    def of(self, title: str) -> Sequence[Recorded]:
        """Return the recorded revisions of a page, oldest first, as of the last `refresh`."""
        return self._pages.get(title, ())

    def text(self, revid: int) -> str:
        """Return the text of a recorded revision.

        Raises:
            InputError: there is no such revision, or its text is damaged.
        """
        recorded = self._revisions.get(revid)
        if recorded is None:
            raise InputError(
                Text(
                    f"L'historique du dossier n'a pas de révision {revid}.",
                    f"The history of the folder has no revision {revid}.",
                )
            )
        path = self._texts / recorded.sha256
        try:
            data = path.read_bytes()
        except OSError as error:
            raise _damaged(path, error) from None
        if hashlib.sha256(data).hexdigest() != recorded.sha256:
            raise _damaged(path, Text("texte altéré", "its text was altered"))
        return data.decode()

    def wikiid(self) -> str:
        """Return the identity that was recorded at the first write, else the one to record.

        Raises:
            InputError: the record is damaged.
        """
        path = self._root / "wiki.json"
        try:
            wikiid = json.loads(path.read_bytes())["wikiid"]
        except FileNotFoundError:
            place = os.fsencode(self._folder.resolve())
            return f"folder:{hashlib.sha256(place).hexdigest()[:16]}"
        except OSError as error:
            raise _damaged(path, error) from None
        except (ValueError, KeyError, TypeError):
            raise _damaged(path, Text("identité illisible", "no identity in it")) from None
        if not isinstance(wikiid, str) or not _WIKIID.fullmatch(wikiid):
            raise _damaged(path, Text("identité illisible", "no identity in it"))
        return wikiid

    @contextmanager
    def locked(self, patience: float) -> Iterator[None]:
        """Hold the folder against other writers, the log read to its end.

        Raises:
            InputError: the log is damaged.
            Unavailable: another process kept the folder for `patience` seconds.
            OSError: the folder cannot be written.
        """
        from filelock import FileLock, Timeout

        for path in (self._root, self._history, self._texts):
            try:
                os.mkdir(path, 0o700)
                disk.sync_folder(path.parent)
            except FileExistsError:
                if not stat.S_ISDIR(os.lstat(path).st_mode):
                    raise _damaged(
                        path, Text("ce n'est pas un dossier", "it is no folder")
                    ) from None
        lock = FileLock(self._history / "lock", mode=0o600)
        try:
            lock.acquire(timeout=patience)
        except Timeout:
            raise Unavailable(
                Text(
                    f"Une autre écriture occupe le dossier « {shown(self._folder)} » "
                    f"depuis plus de {patience:g} s.",
                    f"Another writer has kept the folder “{shown(self._folder)}” "
                    f"for more than {patience:g} s.",
                ),
                Text("Recommencez dans un moment.", "Try again in a while."),
            ) from None
        try:
            if not self._swept:
                for path in (self._folder, self._root, self._texts):
                    disk.sweep(path)
                self._swept = True
            self.refresh()
            yield
        finally:
            lock.release()

    def keep(self, data: bytes) -> None:
        """Store a text, safely on the disk; storing it twice is storing it once."""
        path = self._texts / hashlib.sha256(data).hexdigest()
        if not path.exists():
            disk.put(path, data)

    def record(self, title: str, revision: Revision, data: bytes) -> None:
        """Add a revision to the log, safely on the disk. Only inside `locked`, after `keep`."""
        wiki = self._root / "wiki.json"
        if not wiki.exists():
            disk.put(wiki, json.dumps({"wikiid": self.wikiid()}).encode() + b"\n")
        line = {
            "pageid": page_id(title),
            "title": title,
            "revid": revision.id,
            "parent": revision.parent_id,
            "timestamp": revision.timestamp.isoformat(timespec="seconds"),
            "user": revision.user,
            "comment": revision.comment,
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        descriptor = os.open(self._log, disk.APPEND, 0o600)
        try:
            if os.fstat(descriptor).st_size > self._read:
                os.ftruncate(descriptor, self._read)  # an unfinished line
            disk.write(descriptor, json.dumps(line, ensure_ascii=False).encode() + b"\n")
        finally:
            os.close(descriptor)
        disk.sync_folder(self._history)
        self.refresh()

    def _forget(self) -> None:
        self._pages: dict[str, list[Recorded]] = {}
        self._revisions: dict[int, Recorded] = {}
        self._read = 0  # bytes of whole lines
        self._lines = 0
        self._inode = 0

    def _read_on(self) -> bool:
        try:
            data, _ = disk.read(self._log, self._read)
        except OSError as error:
            raise _damaged(self._log, error) from None
        whole = data[: data.rfind(b"\n") + 1]
        found = []
        for number, line in enumerate(whole.split(b"\n")[:-1], self._lines + 1):
            try:
                found.append(_parse(line))
            except (ValueError, KeyError, TypeError):
                where = Text(f"ligne {number}", f"line {number}")
                raise _damaged(self._log, where) from None
        for title, recorded in found:
            self._pages.setdefault(title, []).append(recorded)
            self._revisions[recorded.revision.id] = recorded
        self._lines += len(found)
        self._read += len(whole)
        return bool(whole)


def _parse(line: bytes) -> tuple[str, Recorded]:
    entry = json.loads(line)
    title, sha256 = entry["title"], entry["sha256"]
    moment = datetime.fromisoformat(entry["timestamp"]).astimezone(UTC)
    revision = Revision(
        int(entry["revid"]), int(entry["parent"]), moment, entry["user"], entry["comment"]
    )
    if not isinstance(title, str) or not _SHA256.fullmatch(sha256):
        raise ValueError(line)
    return title, Recorded(revision, sha256)


def _damaged(path: Path, why: Text | OSError) -> InputError:
    if isinstance(why, OSError):
        why = reason(why)
    return InputError(
        Text(
            f"L'historique du dossier ne peut pas être lu : « {shown(path)} » ({why.fr}).",
            f"The history of the folder cannot be read: “{shown(path)}” ({why.en}).",
        ),
        Text(
            "Restaurez ce fichier, ou écartez le dossier .wikibot/history : les pages restent, "
            "leur historique est perdu.",
            "Restore this file, or move the folder .wikibot/history away: the pages stay, "
            "their history is lost.",
        ),
    )
