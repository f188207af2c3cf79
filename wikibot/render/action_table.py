"""Actions as a table for a terminal: one row an action, cells wrapped within their columns."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from wikibot.actions.action import Action
from wikibot.language import NO_BREAK, Language, Text, day
from wikibot.render.board import held_together
from wikibot.visible import visible

_HEADINGS = (
    Text("N°", "No."),
    Text("Action", "Action"),
    Text("Colonne", "Column"),
    Text("Responsable", "Assigned to"),
    Text("Échéance", "Due"),
    Text("Page", "Page"),
)
_SHARES = (0, 5, 2, 3, 3, 4)  # of the width that numbers leave
_NARROWEST = 8  # of a column; a heading is never broken
_BETWEEN = "  "
_LONG = 600
_NONE = "–"
_LATE = Text("EN RETARD", "OVERDUE")
_VAGUE = Text("à préciser : {due}", "to be made precise: {due}")


def table(
    actions: Sequence[Action], overdue: Callable[[Action], bool], language: Language, width: int
) -> Iterator[str]:
    """Yield the lines of a table within `width` characters, or as narrow as it can be."""
    if not actions:
        return
    rows = [_cells(action, overdue, language) for action in actions]
    heads = tuple(heading.into(language) for heading in _HEADINGS)
    widths = _widths([heads, *rows], width)
    yield from _row(heads, widths)
    yield _BETWEEN.join("─" * each for each in widths)
    for row in rows:
        yield from _row(row, widths)


def _cells(
    action: Action, overdue: Callable[[Action], bool], language: Language
) -> tuple[str, ...]:
    columns = ", ".join(column.rpartition(":")[2] for column in action.columns)
    state = "" if action.state == "open" else action.status
    due = _VAGUE.format(due=action.due_written).into(language) if action.due_written else ""
    if action.due is not None:
        due = day(action.due).into(language)
        due += f", {_LATE.into(language)}" if overdue(action) else ""
    return tuple(
        visible(" ".join(cell.split()), _LONG) or _NONE
        for cell in (
            action.name,
            action.summary,
            ", ".join(filter(None, (columns, state))),
            ", ".join(action.assignees),
            due,
            ", ".join(action.related),
        )
    )


def _widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the width of each column: what it needs, at most its share of what there is.

    What one leaves of its share goes to those that need more.
    """
    needed = [max(map(len, column)) for column in zip(*rows, strict=True)]
    left = width - len(_BETWEEN) * (len(needed) - 1) - needed[0]
    found = {0: needed[0]}
    while len(found) < len(needed):
        whole = sum(share for place, share in enumerate(_SHARES) if place not in found)
        fair = {
            place: max(_NARROWEST, len(rows[0][place]), left * share // whole)
            for place, share in enumerate(_SHARES)
            if place not in found
        }
        small = {place: needed[place] for place in fair if needed[place] <= fair[place]}
        found |= small or fair
        left -= sum(small.values())
    return [found[place] for place in range(len(needed))]


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [
        textwrap.wrap(held_together(cell), each, break_on_hyphens=False)
        for cell, each in zip(cells, widths, strict=True)
    ]
    for line in zip_longest(*wrapped, fillvalue=""):
        padded = (f"{cell:<{each}}" for cell, each in zip(line, widths, strict=True))
        yield _BETWEEN.join(padded).rstrip().replace(NO_BREAK, " ")
