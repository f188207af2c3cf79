"""Which column of a board a label means, and which status closes. Rules and tracker share it."""

from __future__ import annotations

from wikibot.mapping import Board, Vocabulary, fold


def bare_column(item: str, board: Board) -> str | None:
    """Return the one column that `item` is without its prefix: «A faire» for «Label:A faire»."""
    meant = [
        column
        for column in board.columns
        if ":" in column and fold(item) == fold(column.partition(":")[2])
    ]
    return meant[0] if len(meant) == 1 and fold(item) else None


def column_meant(item: str, board: Board, vocabulary: Vocabulary | None) -> str | None:
    """Return the column that `item` is, or is meant to be; None for a label of another kind."""
    if item in board.columns:
        return item
    bare = bare_column(item, board)
    if bare:
        return bare
    term = vocabulary.meant_by(item) if vocabulary else None
    return term.label if term and term.label in board.columns else None


def closing_status(board: Board, statuses: Vocabulary | None) -> str | None:
    """Return the one status that takes an entry off the board, None where there are several."""
    others = [term.label for term in statuses.terms if term.label != board.open] if statuses else []
    return others[0] if len(others) == 1 else None
