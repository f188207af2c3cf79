"""Changes tasks of iCalendar (VTODO) line by line.

A line that is not ours to change stays byte for byte as it is, folded as it is, in its place.
Sources: RFC 5545 (3.1, 3.6.2, 3.8); Nextcloud Tasks: a task in process has a percentage from 1 to
99, a completed one 100 and a moment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from wikibot.actions.sync_values import Value
from wikibot.errors import SaveError
from wikibot.language import Text
from wikibot.trackers.vtodo import DAY, PAGE, STAMP, Line, Stages, entry_of, own_lines, plain, split

_TEXTS = {"summary": "SUMMARY", "details": "DESCRIPTION"}
_FOLD = 75  # octets of a line
HALFWAY = "50"  # percent of what is begun, where nobody says how far


def changed(
    todo: Sequence[Line],
    new: Mapping[str, Value],
    page: str,
    stamp: str,
    stages: Stages,
    now: datetime,
) -> list[Line]:
    """Return a task with other values; every other line is as it was.

    Raises:
        SaveError: a due date where the task has a duration.
    """
    edited = _Edited(todo, _ending(todo))
    for role, name in _TEXTS.items():
        if role in new:
            text = new[role]
            edited.put(name, escaped(text) if isinstance(text, str) else "")
    if "due" in new:
        _put_due(edited, f"{new['due']}")
    if "stage" in new or "labels" in new:
        _put_stage(edited, new, stages, now)
    edited.put(PAGE, page)
    edited.put(STAMP, stamp)
    moment = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    edited.put("LAST-MODIFIED", moment)
    edited.put("DTSTAMP", moment)
    sequence = edited.value("SEQUENCE")
    if sequence.strip().isdecimal():
        edited.put("SEQUENCE", f"{int(sequence) + 1}")
    return edited.lines


def _put_due(edited: _Edited, day: str) -> None:
    if not day:
        edited.put("DUE", "")
        return
    if edited.value("DURATION"):
        raise SaveError(_DURATION)
    digits = day.replace("-", "")
    there = DAY.fullmatch(edited.value("DUE").strip())
    if there and there[4]:
        edited.put("DUE", f"{digits}{there[4]}")  # the hour, and where it holds, are a person's
    else:
        edited.put("DUE", digits, ";VALUE=DATE")


def _put_stage(edited: _Edited, new: Mapping[str, Value], stages: Stages, now: datetime) -> None:
    before = entry_of(edited.lines, stages)
    stage = new.get("stage", before.values["stage"])
    labels = new.get("labels", before.values["labels"])
    categories = [*labels] if isinstance(labels, tuple) else []
    if isinstance(stage, str) and stage and stages.is_shared(stage):
        categories.append(stage)
    if set(categories) != set(edited.categories()):
        edited.put("CATEGORIES", ",".join(map(escaped, categories)))
    if "stage" not in new or not isinstance(stage, str):
        return
    status = stages.status(stage) if stage else ""
    edited.put("STATUS", status)
    percent = edited.value("PERCENT-COMPLETE").strip()
    if status == "COMPLETED":
        edited.put("PERCENT-COMPLETE", "100")
        if not edited.value("COMPLETED"):
            edited.put("COMPLETED", f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        return
    edited.put("COMPLETED", "")
    if status == "IN-PROCESS":
        halfway = percent.isdecimal() and 0 < int(percent) < 100
        edited.put("PERCENT-COMPLETE", percent if halfway else HALFWAY)
    else:
        edited.put("PERCENT-COMPLETE", "")


class _Edited:
    """The lines of a task while they are changed."""

    def __init__(self, todo: Sequence[Line], ending: str) -> None:
        self.lines = list(todo)
        self._ending = ending

    def value(self, name: str) -> str:
        places = own_lines(self.lines).get(name)
        return self.lines[places[-1]].value if places else ""

    def categories(self) -> list[str]:
        places = own_lines(self.lines).get("CATEGORIES", [])
        return [plain(item).strip() for p in places for item in split(self.lines[p].value)]

    def put(self, name: str, value: str, parameters: str | None = None) -> None:
        """Give a property a value, "" for none; the first of several stays."""
        places = own_lines(self.lines).get(name, [])
        if not value:
            for place in reversed(places):
                del self.lines[place]
            return
        if places and len(places) == 1 and self.lines[places[0]].value == value:
            return
        kept = self.lines[places[0]].parameters if places else ""
        if name in ("SUMMARY", "DESCRIPTION"):
            kept = re.sub(r";(?:ALTREP|X-[A-Za-z0-9-]+)=(?:\"[^\"]*\"|[^;:]*)", "", kept)
        line = made(name, value, kept if parameters is None else parameters, self._ending)
        for place in reversed(places[1:]):
            del self.lines[place]
        if places:
            self.lines[places[0]] = line
        else:
            self.lines.insert(self._place_of_new(), line)

    def _place_of_new(self) -> int:
        """Return the place before the first alarm, or before the end."""
        for place, line in enumerate(self.lines[1:], 1):
            if line.name == "BEGIN":
                return place
        return len(self.lines) - 1


def new_todo(uid: str, now: datetime, ending: str = "\r\n") -> list[Line]:
    """Return the lines of a task that holds nothing yet."""
    moment = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    pairs = (
        ("BEGIN", "VTODO"),
        ("UID", uid),
        ("DTSTAMP", moment),
        ("CREATED", moment),
        ("END", "VTODO"),
    )
    return [made(name, value, "", ending) for name, value in pairs]


def around(
    todos: Sequence[Line], ending: str = "\r\n", more: Sequence[tuple[str, str]] = ()
) -> list[Line]:
    """Return a calendar that holds these tasks, or none; `more` are properties of its own."""
    first = (("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//wikibot//wikibot//FR"))
    head = [made(name, value, "", ending) for name, value in (*first, *more)]
    return [*head, *todos, made("END", "VCALENDAR", "", ending)]


def made(name: str, value: str, parameters: str, ending: str) -> Line:
    """Return a content line, folded after 75 octets."""
    pieces, piece, size = [], "", 0
    for sign in f"{name}{parameters}:{value}":
        octets = len(sign.encode("utf-8"))
        if size + octets > _FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece += sign
        size += octets
    pieces.append(piece)
    return Line(name, parameters, value, ending.join(pieces) + ending)


def without_id(todo: Sequence[Line], uid: str) -> list[Line]:
    """Return a task with an id of its own."""
    edited = _Edited(todo, _ending(todo))
    edited.put("UID", uid)
    return edited.lines


def _ending(lines: Sequence[Line]) -> str:
    return "\r\n" if lines and lines[0].raw.endswith("\r\n") else "\n"


def escaped(text: str) -> str:
    """Return a text as the value of a property holds it."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


_DURATION = Text(
    "La tâche a une durée : son échéance ne s'écrit pas.",
    "The task has a duration: its due date is not written.",
)
