"""A list of tasks on a CalDAV server (Nextcloud, Radicale, …) as a tracker.

A task is written only while it is as it was read (If-Match), a new one only where nothing is
(If-None-Match). A server that gives no ETag for what it was sent has changed it (RFC 4791, 5.3.4):
then it is read back. No redirect is followed and no proxy of the environment used.
Sources: RFC 4791, RFC 4918, RFC 3744 (privileges); Nextcloud (sabre/dav).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urljoin, urlsplit

from wikibot.actions.sync import Entry, Side
from wikibot.edits import Requests
from wikibot.errors import SaveError, Unavailable
from wikibot.language import Text
from wikibot.trackers import vtodo, vtodo_changes
from wikibot.trackers.dav import Dav
from wikibot.trackers.http import origin
from wikibot.trackers.protocol import Wanted, Written
from wikibot.trackers.vtodo import Line, NoCalendar, Stages

if TYPE_CHECKING:
    from requests import Response

_DAV, _CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_AT_ONCE = 100  # tasks that are read back in one request
_WRITES = frozenset(("all", "write", "write-content"))
_PROPERTIES = (
    '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop>'
    "<resourcetype/><current-user-privilege-set/></prop></propfind>"
)
_QUERY = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<prop><getetag/><C:calendar-data/></prop>"
    '<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VTODO"/></C:comp-filter>'
    "</C:filter></C:calendar-query>"
)
_SOME = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    "<prop><getetag/><C:calendar-data/></prop>{hrefs}</C:calendar-multiget>"
)


@dataclass(frozen=True)
class _Task:
    """A task as the server has it: where, in which state, its calendar, what it says."""

    href: str
    etag: str
    lines: tuple[Line, ...]
    span: tuple[int, int]
    entry: Entry


@dataclass
class CalDav:
    """The tasks of the collection at `url`. `password` never shows in an error."""

    url: str
    stages: Stages
    fresh_id: Callable[[], str]
    now: Callable[[], datetime]
    account: str | None = None
    password: str | None = field(default=None, repr=False)
    ca_bundle: str | None = None
    _tasks: dict[str, _Task] = field(default_factory=dict, repr=False)
    _server: Dav = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the address: a secret is sent to it.

        Raises:
            ConfigError: it is no address, or not encrypted.
        """
        self._server = Dav(self.url, self.account, self.password, self.ca_bundle)
        self.url = self._server.url

    @property
    def place(self) -> str:
        """Return the address."""
        return self.url

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that a task holds."""
        return frozenset(vtodo.FIELDS)

    @property
    def requests(self) -> Requests:
        """Return how many requests went out until now."""
        return self._server.requests

    def read(self) -> Side:
        """Return the tasks; see `Tracker.read`. Two requests, however many there are."""
        writable = self._is_writable()
        answer = self._server.ask("REPORT", self.url, _QUERY, depth="1")
        if answer.status_code != 207:
            raise self._server.refusal(answer.status_code)
        tasks, odd, complete = self._answered(answer)
        self._tasks = {task.entry.key: task for task in tasks}
        return Side((*(task.entry for task in tasks), *odd), complete, writable)

    def claim(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Return nothing: every task on a server has an id."""
        return {}

    def write(self, wanted: Sequence[Wanted]) -> Iterator[Written]:
        """Write the tasks one by one, then read back those that the server has changed."""
        unseen: list[tuple[Wanted, str]] = []
        silent = 0
        for want in wanted:
            written, href = self._write(want)
            silent = silent + 1 if written.unknown else 0
            if written.error is None and written.entry is None:
                unseen.append((want, href))
            else:
                yield written
            if silent == 3:
                raise Unavailable(_SILENT)
        for start in range(0, len(unseen), _AT_ONCE):
            yield from self._read_back(unseen[start : start + _AT_ONCE])

    def _write(self, want: Wanted) -> tuple[Written, str]:
        task = self._tasks.get(want.key)
        if want.key and (task is None or task.etag != want.etag or not want.etag):
            return Written(want, error=_changed()), ""
        if task is None:
            uid = f"{self.fresh_id()}-{self.fresh_id()}-{want.page}-wikibot"
            href, condition = urljoin(self.url, f"{quote(uid)}.ics"), {"If-None-Match": "*"}
            todo, before, after = vtodo_changes.new_todo(uid, self.now()), *_around()
        else:
            href, condition = task.href, {"If-Match": task.etag}
            start, end = task.span
            todo = list(task.lines[start:end])
            before, after = list(task.lines[:start]), list(task.lines[end:])
        try:
            new = vtodo_changes.changed(
                todo, want.new, want.page, want.stamp, self.stages, self.now()
            )
        except SaveError as error:
            return Written(want, error=error), href
        lines = (*before, *new, *after)
        try:
            answer = self._server.ask("PUT", href, vtodo.text_of(lines), headers=condition)
        except Unavailable as error:
            return Written(want, error=error, unknown=True), href
        if answer.status_code == 412:
            return Written(want, error=_changed()), href
        if answer.status_code >= 500:
            return Written(want, error=self._server.refusal(answer.status_code), unknown=True), href
        if answer.status_code == 401:
            raise self._server.refusal(401)
        if answer.status_code not in (200, 201, 204):
            told = SaveError(_REFUSED.format(status=answer.status_code))
            return Written(want, error=told), href
        etag = _strong(answer.headers.get("ETag", ""))
        if not etag:
            return Written(want), href
        span = (len(before), len(before) + len(new))
        entry = vtodo.entry_of(new, self.stages, etag)
        self._tasks[entry.key] = _Task(href, etag, lines, span, entry)
        return Written(want, entry, proven=True), href

    def _read_back(self, unseen: Sequence[tuple[Wanted, str]]) -> Iterator[Written]:
        """Yield what the server made of tasks; whether somebody came between nobody knows."""
        hrefs = "".join(f"<href>{_text(urlsplit(href).path)}</href>" for _, href in unseen)
        found: dict[str, _Task] = {}
        answer = self._server.ask("REPORT", self.url, _SOME.format(hrefs=hrefs), depth="1")
        if answer.status_code == 207:
            found = {unquote(urlsplit(t.href).path): t for t in self._answered(answer)[0]}
        for want, href in unseen:
            task = found.get(unquote(urlsplit(href).path))
            if task is None or task.entry.stamp != want.stamp:
                yield Written(want, error=SaveError(_NOT_SEEN), unknown=True)
                continue
            self._tasks[task.entry.key] = task
            yield Written(want, task.entry)

    # --- what the server says ---

    def _is_writable(self) -> bool:
        """Return whether we may write there; a server that does not tell is taken at its word."""
        answer = self._server.ask("PROPFIND", self.url, _PROPERTIES, depth="0")
        if answer.status_code != 207:
            raise self._server.refusal(answer.status_code)
        root = self._server.parsed(answer)
        if not any(True for _ in root.iter(f"{_CAL}calendar")):
            raise self._server.refusal(404)
        granted = {
            child.tag.rpartition("}")[2]
            for privilege in root.iter(f"{_DAV}privilege")
            for child in privilege
        }
        return not granted or bool(granted & _WRITES)

    def _answered(self, answer: Response) -> tuple[list[_Task], list[Entry], bool]:
        """Return the tasks, what is odd, and whether that is all there is."""
        tasks: list[_Task] = []
        odd: list[Entry] = []
        complete = True
        for response in self._server.parsed(answer).iter(f"{_DAV}response"):
            href = urljoin(self.url, response.findtext(f"{_DAV}href", "").strip())
            data = response.findtext(f".//{_CAL}calendar-data")
            etag = _strong(response.findtext(f".//{_DAV}getetag", "").strip())
            if origin(href) != origin(self.url) or not data:
                complete = False  # it is there, and not told
                continue
            try:
                lines = tuple(vtodo.lines_of(data.replace("\r\n", "\n").replace("\n", "\r\n")))
            except NoCalendar as error:
                odd.append(Entry(href, unquote(href.rsplit("/", 1)[-1]), {}, trouble=error.why))
                continue
            spans = list(vtodo.todos(lines))
            if not spans:
                continue
            entry = vtodo.entry_of(lines[spans[0][0] : spans[0][1]], self.stages, etag)
            if len(spans) > 1:
                entry = replace(entry, trouble=_SEVERAL)
            if not entry.claimed:
                entry = replace(entry, key=href, trouble=_NO_ID, claimed=True)
            tasks.append(_Task(href, etag, lines, spans[0], entry))
        return tasks, odd, complete


def _around() -> tuple[list[Line], list[Line]]:
    lines = vtodo_changes.around(())
    return lines[:-1], lines[-1:]


def _strong(etag: str) -> str:
    """Return an ETag that can be a condition, "" for a weak one or none."""
    return etag if etag.startswith('"') else ""


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _changed() -> SaveError:
    return SaveError(
        Text(
            "La tâche a changé entre-temps : elle sera relue à la prochaine synchronisation.",
            "The task has changed meanwhile: the next sync will read it anew.",
        ),
        code="changed-meanwhile",
    )


_SILENT = Text(
    "Le serveur ne répond plus : le reste attend la prochaine synchronisation.",
    "The server answers no more: the rest waits for the next sync.",
)
_REFUSED = Text(
    "Le serveur a refusé la tâche (code {status}).", "The server refused the task ({status})."
)
_NOT_SEEN = Text(
    "Enregistrée, mais la tâche ne se relit pas : la prochaine synchronisation le vérifiera.",
    "Saved, but the task cannot be read back: the next sync will look.",
)
_SEVERAL = Text(
    "Plusieurs tâches sont dans un même fichier du serveur : elles ne sont pas suivies.",
    "Several tasks are in one file of the server: they are not followed.",
)
_NO_ID = Text(
    "La tâche n'a pas d'identifiant : elle n'est pas suivie.",
    "The task has no identifier: it is not followed.",
)
