"""Tasks of iCalendar (VTODO), line by line, read as entries.

Sources: RFC 5545 (3.1, 3.6.2, 3.8); Nextcloud Tasks: a task in process has a percentage from 1 to
99, a completed one 100 and a moment; without a status, these tell.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wikibot.actions.sync import Entry
from wikibot.actions.sync_values import Value
from wikibot.language import Text, same
from wikibot.visible import visible

FIELDS = ("summary", "stage", "due", "labels", "details")
PAGE, STAMP = "X-WIKIBOT-PAGE", "X-WIKIBOT-STAMP"
_NAME = re.compile(
    r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*)"
    r"(?:,(?:\"[^\"]*\"|[^\";:,]*))*)*):(.*)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(T\d{6}Z?)?")


class NoCalendar(Exception):
    """What was read is no iCalendar, or only the beginning of one; `why` says it."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


@dataclass(frozen=True)
class Line:
    """One content line: its name, its parameters with their `;`, its value; `raw` as it stands."""

    name: str
    parameters: str
    value: str
    raw: str


@dataclass(frozen=True)
class Stages:
    """Which status is which stage. `names` are the stages in order, `done` those of what is done.

    `given` are statuses that mean a stage of their own, by configuration.
    """

    names: tuple[str, ...]
    given: Mapping[str, str]
    done: frozenset[str]

    def status(self, stage: str) -> str:
        """Return the status of a stage."""
        own = [status for status, name in self.given.items() if name == stage]
        if own:
            return own[0].upper()
        if stage in self.done:
            return "COMPLETED"
        return "NEEDS-ACTION" if stage == self.names[0] else "IN-PROCESS"

    def of(self, status: str, categories: Sequence[str]) -> str | None:
        """Return the stage of a status; of several, the one that is among the categories."""
        meant = [name for name in self.names if self.status(name) == status]
        given = {key.upper(): name for key, name in self.given.items()}
        if status in given and given[status] not in meant:
            meant.append(given[status])
        named = [name for name in meant if name in categories]
        return named[0] if named else meant[0] if meant else None

    def is_shared(self, stage: str) -> bool:
        """Return whether another stage has the same status."""
        return sum(self.status(name) == self.status(stage) for name in self.names) > 1


def lines_of(text: str) -> list[Line]:
    """Return the content lines of a calendar, of which the raw ones make up the text.

    Raises:
        NoCalendar: it is none, or its end is missing.
    """
    found: list[Line] = []
    pieces = re.split(r"(?<=\n)(?![ \t])", text)
    for raw in filter(None, pieces):
        plain = re.sub(r"\r?\n[ \t]", "", raw).rstrip("\r\n")
        if not plain.strip():
            found.append(Line("", "", "", raw))
            continue
        match = _NAME.fullmatch(plain)
        if match is None:
            raise NoCalendar(_ODD_LINE.format(line=same(visible(plain, 60))))
        found.append(Line(match[1].upper(), match[2], match[3], raw))
    _check_whole(found)
    return found


def _check_whole(lines: Sequence[Line]) -> None:
    open_: list[str] = []
    for line in lines:
        if line.name == "BEGIN":
            open_.append(line.value.strip().upper())
        elif line.name == "END" and (not open_ or open_.pop() != line.value.strip().upper()):
            raise NoCalendar(_NOT_WHOLE)
    if open_ or not any(line.name == "BEGIN" for line in lines):
        raise NoCalendar(_NOT_WHOLE)


def todos(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield where each task begins and ends: the places of its BEGIN and behind its END."""
    depth, start, inner = 0, -1, 0
    for place, line in enumerate(lines):
        if line.name == "BEGIN":
            depth += 1
            if line.value.strip().upper() == "VTODO" and start < 0:
                start, inner = place, depth
        elif line.name == "END":
            if start >= 0 and depth == inner:
                yield start, place + 1
                start = -1
            depth -= 1


def own_lines(todo: Sequence[Line]) -> dict[str, list[int]]:
    """Return name → places of the lines of a task itself, not those of its alarms."""
    found: dict[str, list[int]] = {}
    depth = 0
    for place, line in enumerate(todo):
        if line.name == "BEGIN":
            depth += 1
        elif line.name == "END":
            depth -= 1
        elif depth == 1 and line.name:
            found.setdefault(line.name, []).append(place)
    return found


def entry_of(todo: Sequence[Line], stages: Stages, etag: str = "") -> Entry:
    """Return a task as an entry. One without an id, or that repeats, is not synced."""
    places = own_lines(todo)

    def value(name: str) -> str:
        return todo[places[name][-1]].value if name in places else ""

    uid = plain(value("UID")).strip()
    whole = hashlib.sha256("".join(line.raw for line in todo).encode("utf-8")).hexdigest()
    categories = [
        plain(item).strip()
        for place in places.get("CATEGORIES", ())
        for item in split(todo[place].value)
    ]
    status = value("STATUS").strip().upper()
    if not status:
        done = value("PERCENT-COMPLETE").strip() == "100" or "COMPLETED" in places
        status = "COMPLETED" if done else "NEEDS-ACTION"
    stage = stages.of(status, categories)
    others = tuple(item for item in categories if item and item not in stages.names)
    due, why = _due_of(value("DUE"))
    values: dict[str, Value | None] = {
        "summary": plain(value("SUMMARY")),
        "stage": stage,
        "due": due,
        "labels": others,
        "details": plain(value("DESCRIPTION")),
    }
    unclear = {"stage": _STATUS.format(status=same(visible(status, 40))), "due": why}
    trouble = _REPEATS if {"RRULE", "RDATE", "RECURRENCE-ID"} & places.keys() else None
    name = plain(value("SUMMARY")) or uid
    key = uid or f"new:{whole}"
    page, stamp = value(PAGE).strip(), value(STAMP).strip()
    return Entry(
        key,
        name,
        values,
        etag or whole,
        page if page.isdecimal() else "",
        stamp,
        trouble,
        claimed=bool(uid),
        unclear=unclear,
    )


def _due_of(written: str) -> tuple[str | None, Text]:
    if not written.strip():
        return "", _NODAY
    found = DAY.fullmatch(written.strip())
    why = _NODAY.format(written=same(visible(written, 40)))
    if not found:
        return None, why
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat(), why
    except ValueError:
        return None, why


def text_of(lines: Sequence[Line]) -> str:
    """Return the text that lines make up."""
    return "".join(line.raw for line in lines)


def plain(value: str) -> str:
    """Return a text without its escapes."""
    return _ESCAPE.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)


def split(value: str) -> list[str]:
    """Return the items of a list, escapes still in them."""
    return [item for item in re.findall(r"((?:\\.|[^,\\])*)(?:,|\Z)", value) if item]


_ODD_LINE = Text("une ligne n'en est pas une : « {line} »", "a line is none: “{line}”")
_NOT_WHOLE = Text(
    "ce n'est pas un calendrier entier : son début ou sa fin manque",
    "it is no whole calendar: its beginning or its end is missing",
)
_STATUS = Text(
    "le suivi a le statut « {status} », qui n'est aucune colonne : voyez « statuses »",
    "the tracker has the status “{status}”, which is no column: see “statuses”",
)
_NODAY = Text("le suivi a une échéance illisible", "the tracker has an unreadable due date")
_REPEATS = Text(
    "La tâche se répète : elle n'est pas suivie.", "The task repeats: it is not followed."
)
