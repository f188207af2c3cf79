"""Actions as a calendar of tasks (iCalendar), to be opened or subscribed to in any program.

It is for reading: what people change in their copy does not come back (`actions sync` is for
that). Sources: RFC 5545 (3.6.2, 3.8: VTODO and its properties), RFC 7986 (5.1, 5.3: NAME, UID).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid5

from wikibot.actions.action import Action, is_done
from wikibot.actions.sync_values import bare_label, stage_name, stage_names
from wikibot.jobs.actions.reading import Tracker
from wikibot.jobs.outputs import address_in
from wikibot.language import Language, Text
from wikibot.trackers.vtodo import Stages, text_of
from wikibot.trackers.vtodo_changes import HALFWAY, around, escaped, made
from wikibot.wiki import Wiki

_SPACE = UUID("b01ae7ff-5fae-4c04-af91-d348975478d6")  # of our ids: never to be changed
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENDING = "\r\n"
_PERCENT = {"NEEDS-ACTION": "0", "IN-PROCESS": HALFWAY, "COMPLETED": "100"}


def action_calendar(
    tracker: Tracker, actions: Iterable[Action], wiki: Wiki, name: str, language: Language
) -> bytes:
    """Return a calendar that holds these actions as tasks, and nothing else, in UTF-8.

    A task is known by its wiki and its page id, and dated by the latest edit of its page: an
    action that did not change is the same octets each time. `name` is that of the calendar.
    """
    edited = {record.page.id: record.page.revision.timestamp for record in tracker.records}
    stages = _stages(tracker)
    address = address_in(wiki)
    lines = []
    for action in actions:
        url = address(action.title) or ""
        pairs = _pairs(action, tracker, stages, edited[action.pageid], language)
        for written, value in (
            ("BEGIN", "VTODO"),
            ("UID", f"{uuid5(_SPACE, f'{wiki.wikiid}/{action.pageid}')}"),
            *pairs,
            ("URL", url if "://" in url else ""),
            ("END", "VTODO"),
        ):
            key, _, parameters = written.partition(";")
            if value:
                lines.append(made(key, value, parameters and f";{parameters}", _ENDING))
    called = _text(" ".join(name.split()))
    more = (("NAME", called), ("X-WR-CALNAME", called)) if called else ()
    return text_of(around(lines, _ENDING, more)).encode("utf-8")


def _pairs(
    action: Action, tracker: Tracker, stages: Stages, edited: datetime, language: Language
) -> Iterator[tuple[str, str]]:
    """Yield what a task says, as (property with its parameters, value); "" for what is not."""
    status = stages.status(_stage(action, tracker, stages))
    labels = dict.fromkeys(bare_label(label, tracker.board) for label in action.labels)
    moment = f"{edited.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "DTSTAMP", moment
    yield "LAST-MODIFIED", moment
    yield "SUMMARY", _text(action.summary) or _text(f"{action.title}")
    yield "STATUS", status
    yield "PERCENT-COMPLETE", _PERCENT.get(status, "")
    yield "DUE;VALUE=DATE", f"{action.due:%Y%m%d}" if action.due else ""
    yield "CATEGORIES", ",".join(map(_text, labels))
    yield "DESCRIPTION", _text(_told(action, language))


def _told(action: Action, language: Language) -> str:
    """Return what a task has no property for, below the details."""
    vague = "" if action.due else action.due_written
    told = (
        _WHO.format(names=", ".join(action.assignees)) if action.assignees else None,
        _WHEN.format(due=vague) if vague else None,
        _WHERE.format(pages="\n".join(action.related)) if action.related else None,
        _HOW.format(end=action.resolution) if action.resolution else None,
    )
    lines = "\n".join(each.into(language) for each in told if each)
    return "\n\n".join(filter(None, (action.details.replace("{{!}}", "|"), lines)))


def _stage(action: Action, tracker: Tracker, stages: Stages) -> str:
    """Return the stage of an action; in several columns it is in the last one but what is done."""
    last = tracker.board.columns[-1]
    if is_done(action, tracker.board):
        return stages.names[-1] if action.state == "closed" else stage_name(last)
    begun = [column for column in action.columns if column != last]
    return stage_name(begun[-1]) if begun else stages.names[0]


def _stages(tracker: Tracker) -> Stages:
    board = tracker.board
    statuses = tracker.mapping.vocabulary(tracker.field(board.status)) if board.status else None
    names = stage_names(board, statuses)
    return Stages(names, {}, frozenset((names[-1], stage_name(board.columns[-1]))))


def _text(value: str) -> str:
    return escaped(_CONTROLS.sub("", value))


_WHO = Text("Responsable : {names}", "Assigned to: {names}")
_WHEN = Text("Échéance à préciser : {due}", "Due, to be made precise: {due}")
_WHERE = Text("Page : {pages}", "Page: {pages}")
_HOW = Text("Conclusion : {end}", "Resolution: {end}")
