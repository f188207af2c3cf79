"""Boards and lists of actions, for people in a terminal and for programs."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from wikibot.actions.action import Action
from wikibot.actions.board import Column, PageBoard
from wikibot.actions.hidden import Hidden
from wikibot.checks import Finding
from wikibot.language import NO_BREAK, Language, Text, counted, day
from wikibot.visible import visible

Overdue = Callable[[Action], bool]
Fix = Callable[[Hidden], str]  # the command that mends it

_NARROWEST = 22  # of a column, in characters; below, columns stand below each other
_BETWEEN = " │ "
_LONG = 600
_SIGN_BEFORE = re.compile(r" ([»:;?!])")
_NUMBER = Text("n° {name}", "no. {name}")
_LATE = Text("EN RETARD", "OVERDUE")
_NOBODY = Text("sans responsable", "nobody assigned")
_SHOWN = (
    Text("action au tableau", "action on the board"),
    Text("actions au tableau", "actions on the board"),
)
_NOWHERE = Text("Sur aucun tableau", "On no board")
_NOT_SHOWN = Text("Le tableau du wiki ne montre pas :", "The wiki's board does not show:")
_TO_MEND = Text("À revoir :", "To be looked at:")
_CLOSED = Text("Closes : {names}.", "Closed: {names}.")
_VAGUE = Text("date à préciser : {due}", "date to be made precise: {due}")
_SPLIT = Text(
    "Le titre de cette page contient une virgule, que le wiki prend pour deux titres : hors de ce "
    "tableau, ses listes ne trouvent pas ces actions. Renommer la page sans virgule y remédie.",
    "The title of this page has a comma, which the wiki takes for two titles: outside this board "
    "its lists do not find these actions. Renaming the page without a comma mends that.",
)


def board(
    shown: PageBoard,
    odd: Sequence[Finding],
    overdue: Overdue,
    fix: Fix,
    language: Language,
    width: int,
) -> Iterator[str]:
    """Yield the lines of one board within `width` characters, and below it what it hides.

    `odd` is what the rules say of actions on it.
    """
    yield visible(shown.page or _NOWHERE.into(language))
    if shown.page is not None:
        late = sum(overdue(action) for action in shown.actions)
        yield f"  {_sum(len(shown.actions), late).into(language)}"
        yield ""
        yield from _columns(shown.columns, overdue, language, width - 2)
    troubles = [hidden for hidden in shown.hidden if hidden.reason != "closed"]
    if troubles:
        if shown.page is not None:
            yield ""
            yield f"  {_NOT_SHOWN.into(language)}"
        for hidden in troubles:
            yield from _trouble(hidden, fix, language, width)
    of_page = {str(each.title) for each in (*shown.actions, *(h.action for h in troubles))}
    findings = [found for found in odd if str(found.title) in of_page]
    if findings:
        names = {str(each.title): each.name for each in _everyone(shown)}
        yield ""
        yield f"  {_TO_MEND.into(language)}"
        for found in findings:
            head = _NUMBER.format(name=names[str(found.title)]).into(language)
            yield from _wrapped(found.message.into(language), f"    {head}  ", width, "      ")
    if shown.split:
        yield ""
        yield from _wrapped(_SPLIT.into(language), "  ", width)
    closed = [hidden.action.name for hidden in shown.hidden if hidden.reason == "closed"]
    if closed:
        yield ""
        yield from _wrapped(_CLOSED.format(names=", ".join(closed)).into(language), "  ", width)


def actions(
    shown: Iterable[Action], overdue: Overdue, language: Language, width: int
) -> Iterator[str]:
    """Yield a few lines an action: number, summary, where it stands, who, by when, of what page."""
    for action in shown:
        yield from _wrapped(action.summary, f"{action.name}  ", width, "    ")
        columns = ", ".join(column.rpartition(":")[2] for column in action.columns)
        state = "" if action.state == "open" else action.status
        meta = [part for part in (columns, state, *_meta(action, overdue, language)) if part]
        yield from _wrapped(" · ".join(meta), "    ", width)
        if action.related:
            yield from _wrapped(", ".join(action.related), "    ", width)


def sums(shown: Sequence[Action], overdue: Overdue) -> Text:
    """Return how many actions are listed, and how many of them are late."""
    number = counted(len(shown), Text("action", "action"), Text("actions", "actions"))
    return _with_late(number, sum(map(overdue, shown)))


def action_data(action: Action, overdue: Overdue) -> dict[str, Any]:
    """Return an action as JSON; `due` is the day that person and wiki both read."""
    return {
        "number": action.number,
        "pageid": action.pageid,
        "page": str(action.title),
        "summary": action.summary,
        "status": action.status,
        "labels": list(action.labels),
        "assignees": list(action.assignees),
        "due": action.due.isoformat() if action.due else None,
        "related": list(action.related),
        "overdue": overdue(action),
    }


def board_data(shown: PageBoard, language: Language) -> dict[str, Any]:
    """Return a board as JSON: numbers of actions, or titles where they have none."""
    return {
        "page": shown.page,
        "columns": [
            {"label": column.label, "actions": [_key(action) for action in column.actions]}
            for column in shown.columns
        ],
        "hidden": [
            {
                "number": _key(hidden.action),
                "reason": hidden.reason,
                "message": hidden.why.into(language),
                "fix": None
                if hidden.remedy is None
                else {"field": hidden.remedy.field, "value": hidden.remedy.value},
            }
            for hidden in shown.hidden
        ],
    }


def _key(action: Action) -> int | str:
    return str(action.title) if action.number is None else action.number


def _everyone(shown: PageBoard) -> Iterator[Action]:
    yield from shown.actions
    yield from (hidden.action for hidden in shown.hidden)


def _sum(number: int, late: int) -> Text:
    return _with_late(counted(number, *_SHOWN), late)


def _with_late(number: Text, late: int) -> Text:
    if not late:
        return Text(f"{number.fr}.", f"{number.en}.")
    return Text(f"{number.fr}, {late} en retard.", f"{number.en}, {late} overdue.")


def _columns(
    columns: Sequence[Column], overdue: Overdue, language: Language, width: int
) -> Iterator[str]:
    each = (width - len(_BETWEEN) * (len(columns) - 1)) // len(columns)
    if each < _NARROWEST:
        for place, column in enumerate(columns):
            if place:
                yield ""
            yield from (f"  {line}".rstrip() for line in _column(column, overdue, language, width))
        return
    stood = [list(_column(column, overdue, language, each)) for column in columns]
    for row in zip_longest(*stood, fillvalue=""):
        yield f"  {_BETWEEN.join(f'{cell:<{each}}' for cell in row)}".rstrip()


def _column(column: Column, overdue: Overdue, language: Language, width: int) -> Iterator[str]:
    head = f"{visible(column.name)} ({len(column.actions)})"
    yield head[:width]
    yield "─" * min(len(head), width)
    for place, action in enumerate(column.actions):
        if place:
            yield ""
        yield from _wrapped(action.summary, f"{action.name}  ", width, "   ")
        for line in _meta(action, overdue, language):
            yield from _wrapped(line, "   ", width)


def _meta(action: Action, overdue: Overdue, language: Language) -> Iterator[str]:
    yield ", ".join(action.assignees) or _NOBODY.into(language)
    if action.due is not None:
        late = f", {_LATE.into(language)}" if overdue(action) else ""
        yield f"{day(action.due).into(language)}{late}"
    elif action.due_written:
        yield _VAGUE.format(due=action.due_written).into(language)


def _trouble(hidden: Hidden, fix: Fix, language: Language, width: int) -> Iterator[str]:
    name = _NUMBER.format(name=hidden.action.name).into(language)
    yield from _wrapped(hidden.action.summary, f"    {name}  ", width, "      ")
    yield from _wrapped(hidden.why.into(language), "      ", width)
    command = fix(hidden)
    if command:
        yield f"      → {visible(command)}"


def _wrapped(text: str, indent: str, width: int, later: str | None = None) -> Iterator[str]:
    """Yield lines of `width` at most, the first behind `indent`, the others behind `later`.

    A French sign is not parted from its word.
    """
    for wrapped in textwrap.wrap(
        visible(held_together(text), _LONG),
        max(width, 20),
        initial_indent=indent,
        subsequent_indent=indent if later is None else later,
        break_on_hyphens=False,
    ) or [indent.rstrip()]:
        yield wrapped.replace(NO_BREAK, " ")


def held_together(text: str) -> str:
    """Return a text on one line in which no French sign can be parted from its word."""
    line = " ".join(text.split())
    return _SIGN_BEFORE.sub(f"{NO_BREAK}\\1", line).replace("« ", f"«{NO_BREAK}")
