"""An iCalendar file as a tracker: its tasks are the items, all else in it stays as it is."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wikibot.actions.sync import Entry, Side
from wikibot.edits import Requests
from wikibot.errors import SaveError, WikibotError
from wikibot.language import Text
from wikibot.trackers import vtodo, vtodo_changes
from wikibot.trackers.files import digest, is_writable, not_ours, replace_file
from wikibot.trackers.protocol import Wanted, Written
from wikibot.trackers.vtodo import Line, NoCalendar, Stages

_LARGEST = 64 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class _Read:
    """The lines of the file, and its SHA-256, "" where it is not there."""

    lines: tuple[Line, ...]
    digest: str
    mark: bytes = b""  # of the encoding, where it has one


@dataclass(frozen=True)
class CalendarFile:
    """The tasks of an .ics file; one that is not there yet is made by the first write."""

    path: Path
    stages: Stages
    fresh_id: Callable[[], str]
    now: Callable[[], datetime]

    @property
    def place(self) -> str:
        """Return the path."""
        return f"{self.path}"

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that a task holds."""
        return frozenset(vtodo.FIELDS)

    @property
    def requests(self) -> Requests:
        """Return none: a file is asked nothing."""
        return Requests()

    def read(self) -> Side:
        """Return the tasks; see `Tracker.read`."""
        found = self._load()
        entries = tuple(entry for _, _, entry in self._entries(found.lines))
        return Side(entries, complete=True, writable=is_writable(self.path))

    def claim(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Give tasks without an id one."""
        if not keys:
            return {}
        found = self._load()
        lines, given = list(found.lines), {}
        for start, end, entry in reversed(list(self._entries(found.lines))):
            if entry.key in keys and not entry.claimed and entry.key not in given:
                given[entry.key] = self._uid("")
                lines[start:end] = vtodo_changes.without_id(lines[start:end], given[entry.key])
        self._save(found, lines)
        return given

    def write(self, wanted: Sequence[Wanted]) -> Iterator[Written]:
        """Write all tasks at once, each only where it is as it was read."""
        found = self._load()
        lines = list(found.lines) or vtodo_changes.around(())
        there = {e.key: (start, end, e) for start, end, e in self._entries(found.lines)}
        ended: list[Written] = []
        put: list[tuple[int, int, list[Line], Wanted, str]] = []
        for want in wanted:
            start, end, entry = there.get(want.key, (len(lines) - 1, len(lines) - 1, None))
            if want.key and (entry is None or entry.etag != want.etag):
                ended.append(Written(want, error=_changed()))
                continue
            uid = want.key or self._uid(want.page)
            todo = lines[start:end] if want.key else vtodo_changes.new_todo(uid, self.now())
            try:
                new = vtodo_changes.changed(
                    todo, want.new, want.page, want.stamp, self.stages, self.now()
                )
            except SaveError as error:
                ended.append(Written(want, error=error))
                continue
            put.append((start, end, new, want, uid))
        for start, end, new, _, _ in sorted(put, key=lambda each: each[:2], reverse=True):
            lines[start:end] = new
        if put:
            self._save(found, lines)
        now = {entry.key: entry for _, _, entry in self._entries(lines)}
        yield from ended
        for _, _, _, want, uid in put:
            yield Written(want, now.get(uid), proven=True)

    def _uid(self, page: str) -> str:
        return "-".join(filter(None, (self.fresh_id(), self.fresh_id(), page, "wikibot")))

    def _load(self) -> _Read:
        if self.path.suffix.lower() not in (".ics", ".ical"):
            raise not_ours(self.path, _OTHER_KIND)
        told = digest(self.path)
        if not told:
            return _Read((), "")
        data = self.path.read_bytes()
        if len(data) > _LARGEST:
            raise not_ours(self.path, _TOO_LARGE)
        if digest(self.path) != told:
            raise not_ours(self.path, _CHANGES)
        try:
            text = data.decode("utf-8-sig")
            mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
            return _Read(tuple(vtodo.lines_of(text)), told, mark)
        except UnicodeDecodeError:
            raise not_ours(self.path, _NO_TEXT) from None
        except NoCalendar as error:
            raise not_ours(self.path, error.why) from None

    def _entries(self, lines: Sequence[Line]) -> Iterator[tuple[int, int, Entry]]:
        for start, end in vtodo.todos(lines):
            yield start, end, vtodo.entry_of(lines[start:end], self.stages)

    def _save(self, found: _Read, lines: Sequence[Line]) -> None:
        data = found.mark + vtodo.text_of(lines).encode("utf-8")
        replace_file(self.path, data, found.digest, self.now())


def _changed() -> WikibotError:
    return SaveError(
        Text(
            "La tâche a changé entre-temps : elle sera relue à la prochaine synchronisation.",
            "The task has changed meanwhile: the next sync will read it anew.",
        ),
        code="changed-meanwhile",
    )


_OTHER_KIND = Text("un calendrier est un fichier .ics", "a calendar is a file .ics")
_TOO_LARGE = Text("le fichier est trop grand", "the file is too large")
_NO_TEXT = Text("ce n'est pas de l'UTF-8", "it is not UTF-8")
_CHANGES = Text("il change pendant qu'on le lit", "it changes while it is read")
