"""How an entry stands to its board: the columns its labels mean, whether it is off the board.

Source: facts measured on a wiki with SemanticActions: a label counts by its full page title, the
status by its exact word; an entry with another status than that of the board is not on it.
"""

from __future__ import annotations

from wikibot.checks.terms import labels_meant
from wikibot.edits import FieldValue, Record
from wikibot.edits.boards import column_meant
from wikibot.mapping import Board, Mapping


def columns_of(record: Record, board: Board, mapping: Mapping) -> tuple[str, ...]:
    """Return the columns that the labels of an entry mean, each once, in the board's order."""
    found = record.values[board.column]
    vocabulary = mapping.vocabulary(found.field)
    items = labels_meant(found, vocabulary) if vocabulary else found.items
    meant = {column_meant(item, board, vocabulary) for item in items}
    return tuple(column for column in board.columns if column in meant)


def labels(record: Record, board: Board) -> FieldValue | None:
    """Return the field of the column, None where nobody can say which labels it comes to."""
    found = record.values[board.column]
    return None if found.field.computed or not found.is_plain else found


def is_closed(record: Record, board: Board, mapping: Mapping) -> bool:
    """Return whether the entry has another known status than that of the board."""
    found = record.values[board.status] if board.status else None
    vocabulary = mapping.vocabulary(found.field) if found else None
    term = vocabulary.meant_by(found.text) if found and vocabulary else None
    return term is not None and term.label != board.open


def is_open(record: Record, board: Board, mapping: Mapping) -> bool:
    """Return whether the entry has the board's status, in whatever spelling, or none."""
    found = record.values[board.status] if board.status else None
    if found is None:
        return True
    vocabulary = mapping.vocabulary(found.field)
    term = vocabulary.meant_by(found.text) if vocabulary else None
    return found.text in ("", board.open) or (term is not None and term.label == board.open)
