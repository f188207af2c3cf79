"""The issues of a forge as a tracker, whatever the forge.

Neither forge takes a condition with a change: an issue is read again immediately before it is
written, and left alone where one of the fields to be replaced is another now. One request changes
all of it, our stamp with it; its answer is the issue as it is from then on. Where no answer comes
the stamp is looked for, and nothing is sent again. No issue is ever deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from wikibot.actions.sync import Entry, Side
from wikibot.actions.sync_values import Value
from wikibot.edits import Requests
from wikibot.errors import SaveError, Unavailable, WikibotError
from wikibot.language import Text, same
from wikibot.trackers.forge_api import Api, is_unsure, parsed, why
from wikibot.trackers.issues import (
    Issue,
    Rules,
    changed,
    entry_of,
    mark_of,
    not_taken,
    strangers,
)
from wikibot.trackers.protocol import Wanted, Written
from wikibot.visible import visible

if TYPE_CHECKING:
    from requests import Response

_GONE = frozenset((301, 302, 307, 308, 404, 410))  # moved to another project, or deleted
_SILENCE = 3  # writes in a row without an answer


class Forge(Protocol):
    """What tells one forge from another."""

    @property
    def api(self) -> Api:
        """Where it is asked."""

    @property
    def place(self) -> str:
        """The address of the issues."""

    @property
    def pause(self) -> float:
        """How many seconds it wants between two writes."""

    def writable(self) -> bool:
        """Return whether we may write issues there, labels included."""

    def listed(self) -> tuple[list[Issue], bool]:
        """Return the issues, open and closed, and whether these are all of them."""

    def newest(self) -> list[Issue]:
        """Return those created last."""

    def issue(self, data: Mapping[str, Any]) -> Issue:
        """Return an issue as the API tells it.

        Raises:
            KeyError, TypeError, ValueError: it is none.
        """

    def one(self, number: int) -> Response:
        """Ask for an issue."""

    def create(self, issue: Issue) -> Response:
        """Make an issue; it is open. Raises: SaveError, what it is to hold cannot be sent."""

    def update(self, before: Issue, after: Issue) -> Response:
        """Change what differs. Raises: as `create`."""


@dataclass
class IssueTracker:
    """The issues of one project."""

    forge: Forge
    rules: Rules
    sleep: Callable[[float], None]
    _known: dict[str, tuple[Issue, Entry]] = field(default_factory=dict, repr=False)

    @property
    def place(self) -> str:
        """Return the address."""
        return self.forge.place

    @property
    def fields(self) -> frozenset[str]:
        """Return the fields that an issue holds."""
        return frozenset(self.rules.fields)

    @property
    def requests(self) -> Requests:
        """Return how many requests went out until now."""
        return self.forge.api.server.requests

    def read(self) -> Side:
        """Return the issues; see `Tracker.read`. A list that changes meanwhile is read twice."""
        writable = self.forge.writable()
        issues, complete = self.forge.listed()
        if not complete:
            issues, complete = self.forge.listed()
        seen = frozenset(label for issue in issues for label in issue.labels)
        self.rules = replace(self.rules, columns=replace(self.rules.columns, seen=seen))
        entries = [self._entry(issue) for issue in issues]
        self._known = {e.key: (i, e) for i, e in zip(issues, entries, strict=True)}
        return Side(tuple(entries), complete, writable)

    def claim(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Return nothing: every issue has a number."""
        return {}

    def write(self, wanted: Sequence[Wanted]) -> Iterator[Written]:
        """Write the issues one by one."""
        silent = 0
        for want in wanted:
            try:
                written = self._write(want)
            except SaveError as error:
                written = Written(want, error=error)
            silent = silent + 1 if written.unknown else 0
            yield written
            if silent == _SILENCE:
                raise Unavailable(_SILENT)

    def _write(self, want: Wanted) -> Written:
        unknown = strangers(want, self.rules.people)
        if unknown and want.key and set(want.new) == {"assigned"}:
            raise SaveError(_STRANGERS.format(who=same(visible(", ".join(unknown), 100))))
        before = self._as_it_was_read(want) if want.key else None
        after = changed(before or Issue(0, ""), want, self.rules)
        post = self.requests.post
        try:
            answer = self.forge.update(before, after) if before else self.forge.create(after)
        except Unavailable as error:
            if self.requests.post == post or error.code == "limit":
                raise  # nothing was sent, or surely nothing done
            return self._looked_for(want, after, error)
        if is_unsure(answer):
            return self._looked_for(want, after, self.forge.api.refusal(answer))
        if answer.status_code not in (200, 201):
            raise self._refused(answer)
        got = self._told(answer)
        if got is None:
            return self._looked_for(want, after, Unavailable(_NO_ISSUE))
        if before is None and after.closed:
            got = self._closed(got)
        self.sleep(self.forge.pause)
        return self._ended(want, after, got, unknown)

    def _as_it_was_read(self, want: Wanted) -> Issue:
        """Return an issue as it is now, where what is to be replaced is as it was read.

        Raises:
            SaveError: it is not, or the issue is gone.
        """
        issue, entry = self._known.get(want.key, (None, None))
        if issue is None or entry is None or entry.etag != want.etag:
            raise _changed()
        answer = self.forge.one(issue.number)
        if answer.status_code in _GONE:
            raise SaveError(_IS_GONE, code="gone")
        if answer.status_code != 200:
            raise self.forge.api.refusal(answer)
        now = self._told(answer)
        if now is None or now.number != issue.number:
            raise Unavailable(_NO_ISSUE)
        if now.trouble is not None:
            raise SaveError(now.trouble)
        fresh = self._entry(now)
        same_fields = all(
            _alike(fresh.values.get(name), entry.values.get(name)) for name in want.new
        )
        if not same_fields or fresh.page != entry.page:
            raise _changed()
        return now

    def _closed(self, got: Issue) -> Issue:
        """Close an issue that was made just now; where that fails it stays open, and is told."""
        try:
            answer = self.forge.update(got, replace(got, closed=True))
        except Unavailable:
            return got
        now = self._told(answer) if answer.status_code == 200 else None
        return now or got

    def _ended(self, want: Wanted, sent: Issue, got: Issue, unknown: Sequence[str] = ()) -> Written:
        """Return a write that came about, held against what was sent.

        It is proven where the forge has made of it what was sent: then nobody came between.
        """
        entry = self._entry(got)
        self._known[entry.key] = (got, entry)
        if unknown:
            told = _STRANGERS.format(who=same(visible(", ".join(unknown), 100)))
            return Written(want, entry, error=SaveError(told, code="people"))
        if entry.stamp != want.stamp:
            return Written(want, entry, error=_changed())
        if odd := not_taken(sent, got):
            return Written(want, entry, error=SaveError(_NOT_TAKEN.format(what=odd), code="part"))
        return Written(want, entry, proven=True)

    def _looked_for(self, want: Wanted, sent: Issue, error: WikibotError) -> Written:
        """Return what became of a write without an answer: done where our stamp is there.

        Where it is not, the server may still be at it: the next sync looks again.
        """
        try:
            if want.key:
                answer = self.forge.one(int(want.key))
                told = self._told(answer) if answer.status_code == 200 else None
                issues = [told] if told is not None else []
            else:
                issues = self.forge.newest()
        except WikibotError:
            issues = []
        ours = [each for each in issues if mark_of(each.body) == (want.page, want.stamp)]
        if len(ours) != 1:
            return Written(want, error=error, unknown=True)
        got = self._closed(ours[0]) if sent.closed and not ours[0].closed else ours[0]
        return replace(self._ended(want, sent, got), proven=False)

    def _refused(self, answer: Response) -> WikibotError:
        if answer.status_code in (401, 403):
            return self.forge.api.refusal(answer)
        if answer.status_code in _GONE:
            return SaveError(_IS_GONE, code="gone")
        return SaveError(_REFUSED.format(why=why(answer)), code="refused")

    def _told(self, answer: Response) -> Issue | None:
        data = parsed(answer)
        try:
            return self.forge.issue(data)
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def _entry(self, issue: Issue) -> Entry:
        return entry_of(issue, self.rules)


def issues_of(forge: Forge, items: Sequence[Mapping[str, Any]]) -> list[Issue]:
    """Return the issues that a list tells.

    Raises:
        Unavailable: one of them is none.
    """
    try:
        return [forge.issue(item) for item in items]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unavailable(_ODD.format(place=same(forge.place))) from None


def _alike(one: Value | None, two: Value | None) -> bool:
    if isinstance(one, tuple) and isinstance(two, tuple):
        return sorted(one) == sorted(two)
    return one == two


def _changed() -> SaveError:
    return SaveError(
        Text(
            "L'issue a changé entre-temps : elle sera relue à la prochaine synchronisation.",
            "The issue has changed meanwhile: the next sync will read it anew.",
        ),
        code="changed-meanwhile",
    )


_SILENT = Text(
    "Le serveur ne répond plus : le reste attend la prochaine synchronisation.",
    "The server answers no more: the rest waits for the next sync.",
)
_IS_GONE = Text(
    "L'issue a été supprimée ou déplacée entre-temps : rien n'est écrit.",
    "The issue was deleted or moved meanwhile: nothing is written.",
)
_REFUSED = Text("Le serveur refuse l'issue ({why}).", "The server refuses the issue ({why}).")
_NO_ISSUE = Text("Le serveur répond autre chose qu'une issue.", "The server answers no issue.")
_ODD = Text(
    "{place} : une issue n'est pas lisible, rien n'est suivi.",
    "{place}: an issue cannot be read, nothing is followed.",
)
_NOT_TAKEN = Text(
    "L'issue est écrite, mais le serveur n'a pas gardé {what}. Le jeton en a-t-il le droit ?",
    "The issue is written, but the server has not kept {what}. May the token set that?",
)
_STRANGERS = Text(
    "Sans compte dans « people », ces responsables ne sont pas écrits : {who}.",
    "Without an account in “people”, who is assigned is not written: {who}.",
)
