"""The actions of pages as wikitext, for people who read the wiki and cannot open the board.

In French, as all that is written on the wiki. Whatever comes from a page is inert there, and no
mail address or telephone number is repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from wikibot.actions.action import Action
from wikibot.actions.board import Column, PageBoard
from wikibot.language import Text, counted, day, same
from wikibot.render.checked import shareable
from wikibot.wikitext.inert import inert, page_link

Overdue = Callable[[Action], bool]

MOST_DONE = 10  # of the last column, the latest: what is done is told, not kept for ever
_HEADINGS = ("N°", "Action", "Responsable", "Échéance")
_ACTION = (same("action"), same("actions"))
_TITLE = "'''Suivi des actions'''"
_NOWHERE = "Sur aucun tableau"


def status(board: PageBoard, overdue: Overdue) -> str:
    """Return the actions of one page, for a region on that page."""
    return "\n".join([_TITLE, "", *_board(board, overdue)])


def statuses(boards: Iterable[PageBoard], overdue: Overdue) -> str:
    """Return the actions of several pages, for a region on one page: a section each."""
    lines: list[str] = []
    for board in boards:
        heading = page_link(board.page) if board.page else _NOWHERE
        lines += [*([""] if lines else []), f"== {heading} ==", *_board(board, overdue)]
    return "\n".join(lines) or "Aucune action."


def date_line(today: date) -> str:
    """Return the line that says of what day the actions are."""
    return f"''Relevé par un robot le {day(today).fr}.''"


def _board(board: PageBoard, overdue: Overdue) -> Iterator[str]:
    """Yield a table for each column that has actions, then what is not in a column."""
    empty = [column for column in board.columns if not column.actions]
    last = board.columns[-1:]
    if board.page is not None and len(empty) == len(board.columns):
        yield "Aucune action au tableau."
    else:
        for column in board.columns:
            if column.actions:
                yield from _table(column, overdue, shortened=column in last)
        if board.page is not None and empty:
            names = ", ".join(inert(_name(column)) for column in empty)
            yield ""
            yield f"Sans action : {names}."
    hidden = _hidden(board)
    if hidden:
        yield ""
        yield hidden


def _table(column: Column, overdue: Overdue, *, shortened: bool) -> Iterator[str]:
    shown = column.actions
    if shortened and len(shown) > MOST_DONE:
        shown = tuple(sorted(shown, key=lambda a: (a.number or 0, a.pageid))[: -MOST_DONE - 1 : -1])
    number = len(column.actions)
    left = number - len(shown)
    which = f", les {MOST_DONE} dernières" if left else ""
    yield '{| class="wikitable"'
    yield f"|+ {inert(_name(column))} ({counted(number, *_ACTION).fr}{which})"
    yield "! " + " !! ".join(f'scope="col" | {heading}' for heading in _HEADINGS)
    for action in shown:
        yield "|-"
        yield "| " + " || ".join(_cells(action, overdue))
    yield "|}"


def _cells(action: Action, overdue: Overdue) -> Iterator[str]:
    yield page_link(str(action.title), _plain(action.name))
    yield inert(_plain(action.summary)) or "–"
    yield inert(_plain(", ".join(action.assignees))) or "personne pour l'instant"
    if action.due is not None:
        yield day(action.due).fr + (", '''en retard'''" if overdue(action) else "")
    elif action.due_written:
        yield f"à préciser : {inert(_plain(action.due_written))}"
    else:
        yield "–"


def _hidden(board: PageBoard) -> str:
    """Return one line on what the board does not show, "" where it shows all."""
    troubles = [hidden.action for hidden in board.hidden if hidden.reason != "closed"]
    closed = len(board.hidden) - len(troubles)
    parts = []
    if troubles:
        links = ", ".join(page_link(str(a.title), f"n° {_plain(a.name)}") for a in troubles)
        number = counted(len(troubles), _TO_MEND, _TO_MEND_MANY).fr
        parts.append(f"{number} ({links})")
    if closed:
        parts.append(counted(closed, _CLOSED, _CLOSED_MANY).fr)
    return f"Hors du tableau : {' ; '.join(parts)}." if parts else ""


def _name(column: Column) -> str:
    """Return the name of a column as it is read: «À faire» for «A faire»."""
    return f"À{column.name[1:]}" if column.name.startswith("A ") else column.name


def _plain(text: str) -> str:
    return shareable(text, "fr")


_TO_MEND = Text("action dont la fiche est à corriger", "action whose page is to be mended")
_TO_MEND_MANY = Text("actions dont la fiche est à corriger", "actions whose pages are to be mended")
_CLOSED, _CLOSED_MANY = (
    Text("action close", "closed action"),
    Text("actions closes", "closed actions"),
)
