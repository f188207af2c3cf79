"""An action of the tracker, as its page says it and as the wiki reads it.

Source: facts measured on a wiki with SemanticActions. A label counts by the title of its page,
the status by its exact word; an action that bears no status is open, one with an empty line in
its place is neither open nor closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from wikibot.actions.places import Places
from wikibot.edits import FieldValue, Record
from wikibot.edits.dates import read_date
from wikibot.edits.numbers import number_of
from wikibot.edits.titles import title_named
from wikibot.mapping import Board, Field, Mapping, PageType
from wikibot.title import Title

State = Literal["open", "closed", "unknown", "no status"]


@dataclass(frozen=True)
class Action:
    """One action. A deleted one leaves its number to another: `pageid` is what it is known by.

    `number` is None where the title ends in none. `status` is as written, the open one where
    none is; `state` what the wiki makes of it. `columns` are those of the board that count it
    while it is open. `due` is None where no day is told or the wiki reads another one;
    `due_written` is what stands there. `related` are titles, redirects not followed.
    """

    number: int | None
    pageid: int
    title: Title
    summary: str
    status: str
    state: State
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    assignees: tuple[str, ...]
    due: date | None
    due_written: str
    related: tuple[str, ...]
    details: str
    resolution: str

    @property
    def name(self) -> str:
        """Return what people call it: «2», or its title where it has no number."""
        return f"{self.title}" if self.number is None else f"{self.number}"


def tracker(mapping: Mapping) -> tuple[PageType, Board] | None:
    """Return the page type of actions and its board; None where the mapping has none."""
    return next(((found, found.board) for found in mapping.page_types if found.board), None)


def action_of(record: Record, board: Board, mapping: Mapping, places: Places) -> Action:
    """Return the action of a record."""
    due = _of(record, board.due)
    status = record[board.status] if board.status else None
    assigned, related = _of(record, board.assigned), record[board.related]
    details, resolution = _of(record, board.details), _of(record, board.resolution)
    title = record.page.title
    return Action(
        number=number_of(title.name),
        pageid=record.page.id,
        title=title,
        summary=record[board.title].text,
        status=status.text or (board.open or "" if status.parameter is None else "")
        if status
        else "",
        state=_state(status, board, mapping),
        labels=record[board.column].items,
        columns=counted_columns(record[board.column], board, mapping, places),
        assignees=assigned.items if assigned else (),
        due=day_read(due.text) if due else None,
        due_written=due.text if due else "",
        related=tuple(dict.fromkeys(_title(item, places) for item in related.items)),
        details=details.text if details else "",
        resolution=resolution.text if resolution else "",
    )


def is_done(action: Action, board: Board) -> bool:
    """Return whether an action is closed, or in the last column alone."""
    return action.state == "closed" or action.columns == board.columns[-1:]


def is_overdue(action: Action, board: Board, today: date) -> bool:
    """Return whether an action that is not done was due before today."""
    return action.due is not None and action.due < today and not is_done(action, board)


def day_read(text: str) -> date | None:
    """Return the day that both a person and the wiki read; None for a month, or a slip."""
    reading = read_date(text)
    if reading.misread or reading.state not in ("right", "one"):
        return None
    written = (reading.new or " ".join(text.split()))[:10]
    return date.fromisoformat(written) if len(written) == len("2026-01-31") else None


def counted_columns(
    found: FieldValue, board: Board, mapping: Mapping, places: Places
) -> tuple[str, ...]:
    """Return the columns whose label the field holds, as the wiki reads it.

    A label that is a page counts by its title, through redirects; any other to the letter.
    """
    if found.field.computed or "{{" in found.wikitext or "<" in found.wikitext:
        return ()
    if not is_page(found.field, mapping):
        return tuple(column for column in board.columns if column in found.items)
    borne = {places.resolved(_title(item, places)) for item in found.items}
    return tuple(c for c in board.columns if places.resolved(_title(c, places)) in borne)


def is_page(field: Field, mapping: Mapping) -> bool:
    """Return whether the values of a field are titles of pages."""
    vocabulary = mapping.vocabulary(field)
    return field.kind == "page" or bool(vocabulary and vocabulary.page_type)


def _of(record: Record, field_id: str | None) -> FieldValue | None:
    return record[field_id] if field_id else None


def _title(item: str, places: Places) -> str:
    title = title_named(item, places.namespaces)
    return f"{title}" if title else item


def _state(found: FieldValue | None, board: Board, mapping: Mapping) -> State:
    if found is None or found.parameter is None or found.text == board.open:
        return "open"
    if not found.text:
        return "no status"
    vocabulary = mapping.vocabulary(found.field)
    return "closed" if vocabulary and vocabulary.term(found.text) else "unknown"
