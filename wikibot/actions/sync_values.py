"""Values of an action as both sides of a sync mean them, whoever wrote them how.

Two values are the same where they are equal here: blanks at ends, the order of a list, the form
of a letter (NFC) and the escape of a bar do not count. A no-break space is a character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from wikibot.actions.action import Action, day_read
from wikibot.edits.boards import bare_column, closing_status, column_meant
from wikibot.edits.titles import title_named
from wikibot.language import Text
from wikibot.mapping import Board, Vocabulary, fold
from wikibot.title import Namespaces

Role = Literal["summary", "stage", "due", "assigned", "labels", "related", "details", "resolution"]
ROLES: tuple[Role, ...] = (
    "summary",
    "stage",
    "due",
    "assigned",
    "labels",
    "related",
    "details",
    "resolution",
)
LISTS: frozenset[str] = frozenset(("assigned", "labels", "related"))
LONG: frozenset[str] = frozenset(("details", "resolution"))

Value = str | tuple[str, ...]

CLOSED = "Close"  # the stage of what is closed, beside those of the columns

_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


def is_empty(value: Value | None) -> bool:
    """Return whether a value is known, and nothing."""
    return value is not None and not value


def normal(role: str, value: Value | None, namespaces: Namespaces) -> Value | None:
    """Return a value in the one form in which values are compared and kept; None is unknown."""
    if value is None:
        return None
    if role in LISTS:
        items = value if isinstance(value, tuple) else (value,)
        return _list(role, items, namespaces)
    text = value if isinstance(value, str) else ", ".join(value)
    if role in LONG:
        lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
        kept = "\n".join(line.rstrip(" \t") for line in lines.split("\n"))
        return kept.replace("{{!}}", "|").strip(" \t\n")
    line = _line(text)
    if role == "due" and line:
        day = day_read(line)
        return day.isoformat() if day else None
    return line


def _list(role: str, items: Iterable[str], namespaces: Namespaces) -> tuple[str, ...]:
    found = set()
    for item in map(_line, items):
        title = title_named(item, namespaces) if role == "related" and item else None
        found.add(str(title) if title else item)
    return tuple(sorted(found - {""}))


def _line(text: str) -> str:
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def stage_names(board: Board, statuses: Vocabulary | None) -> tuple[str, ...]:
    """Return the stages that an action goes through: the columns, then closed where it is one.

    Where what is closed belongs into the last column, being closed is no stage of its own.
    """
    columns = tuple(map(stage_name, board.columns))
    if board.done_closes or closing_status(board, statuses) is None or CLOSED in columns:
        return columns
    return (*columns, CLOSED)


def stage_meant(
    text: str, board: Board, labels: Vocabulary | None, statuses: Vocabulary | None
) -> str | None:
    """Return the stage that a word means: its name, a label, or another word for closed."""
    names = stage_names(board, statuses)
    same = [name for name in names if fold(name) == fold(text)]
    if same:
        return same[0]
    column = _column(text, board, labels)
    if column is not None:
        return stage_name(column)
    term = statuses.meant_by(text) if statuses else None
    closed = term is not None and term.label == closing_status(board, statuses)
    return names[-1] if closed else None


def stage_name(column: str) -> str:
    """Return a column as the board shows it: «A faire» for «Label:A faire»."""
    return column.rpartition(":")[2]


def stage_of(
    action: Action, board: Board, labels: Vocabulary | None, statuses: Vocabulary | None
) -> str | None:
    """Return the stage of an action, "" for none, None where nobody can tell.

    That is so where it stands in two columns, or bears a status that the board does not know.
    """
    if action.state == "closed":
        return stage_names(board, statuses)[-1]
    if action.state != "open" or any("{{" in label or "<" in label for label in action.labels):
        return None
    columns = dict.fromkeys(
        column for label in action.labels if (column := _column(label, board, labels))
    )
    if len(columns) > 1:
        return None
    return stage_name(next(iter(columns), ""))


def why_no_stage(action: Action) -> Text:
    """Return why nobody can tell the stage of an action."""
    if action.state != "open":
        return _NO_STATUS.format(status=action.status or "?")
    return _COLUMNS.format(labels=", ".join(action.labels))


_NO_STATUS = Text(
    "le wiki a le statut « {status} », que le tableau ne connaît pas",
    "the wiki has the status “{status}”, which the board does not know",
)
_COLUMNS = Text(
    "le wiki a plusieurs colonnes : « {labels} »", "the wiki has several columns: “{labels}”"
)


def other_labels(action: Action, board: Board, labels: Vocabulary | None) -> tuple[str, ...]:
    """Return the labels of an action that are no column, without the prefix of those that are."""
    others = (label for label in action.labels if not _column(label, board, labels))
    return tuple(bare_label(label, board) for label in others)


def bare_label(label: str, board: Board) -> str:
    """Return a label as people call it: «Urgent» for «Label:Urgent»."""
    prefix = _prefix(board)
    return label[len(prefix) :].strip() if label.casefold().startswith(prefix) else label


def _prefix(board: Board) -> str:
    """Return what the labels of all columns begin with, folded, "" where they have no prefix."""
    found = {column.partition(":")[0] if ":" in column else "" for column in board.columns}
    return f"{found.pop()}:".casefold() if len(found) == 1 and "" not in found else ""


def labels_for(
    stage: str | None,
    others: Iterable[str],
    now: Iterable[str],
    board: Board,
    labels: Vocabulary | None,
) -> tuple[str, ...]:
    """Return the labels that put an action into a stage; what stands there keeps its place.

    `now` are its labels, `others` those that are no column and are to stand there, with or
    without their prefix. Without a stage, or in one that is no column, it stays in its column.
    """
    now = tuple(now)
    others = _spelled(others, now, board)
    wanted = next((column for column in board.columns if stage_name(column) == stage), None)
    stays = stage is None or (stage != "" and wanted is None)
    found: list[str] = []
    for label in now:
        column = _column(label, board, labels)
        if column is None:
            found += [label] if label in others else []
        elif stays:
            found.append(label)
        elif wanted is not None:
            found.append(label if column == wanted else wanted)
            wanted = None
    return tuple(dict.fromkeys([*found, *([wanted] if wanted else []), *others]))


def _spelled(others: Iterable[str], now: Iterable[str], board: Board) -> list[str]:
    """Return labels as they stand there already, else with the prefix that columns have."""
    there = {bare_label(label, board): label for label in now}
    start = board.columns[0].partition(":")[0] + ":" if _prefix(board) else ""
    bare = (bare_label(label, board) for label in others)
    return [there.get(name) or f"{start}{name}" for name in bare]


def is_column(label: str, board: Board, labels: Vocabulary | None) -> bool:
    """Return whether a label is a column, or is meant to be."""
    return _column(label, board, labels) is not None


def _column(label: str, board: Board, labels: Vocabulary | None) -> str | None:
    return column_meant(label, board, labels) or bare_column(label, board)
