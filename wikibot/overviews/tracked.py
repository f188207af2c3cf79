"""The actions of the tracker: boards, what is overdue, what nobody sees. No count of persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from wikibot.actions.action import Action, is_done, tracker
from wikibot.actions.board import PageBoard
from wikibot.language import Text, same
from wikibot.mapping import Board
from wikibot.overviews.collection import Collection
from wikibot.overviews.naming import slugs
from wikibot.overviews.values import Block, Chart, Column, Figure, Figures, Row, Section, Table

# Days after the day on which an action was due: from, label.
_LATE = (
    (1, Text("1 à 7 jours", "1 to 7 days")),
    (8, Text("8 à 30 jours", "8 to 30 days")),
    (31, Text("1 à 3 mois", "1 to 3 months")),
    (92, Text("3 à 12 mois", "3 to 12 months")),
    (366, Text("plus d'un an", "more than a year")),
)


def tracked(collection: Collection) -> Section | None:
    """Return the section on actions; None where the wiki has none."""
    known, found = collection.tracked, tracker(collection.mapping)
    if known is None or found is None or not known.actions:
        return None
    page_type, board = found
    going = [each for each in known.actions if not is_done(each, board)]
    late = [each for each in going if each.pageid in known.overdue]
    hidden = {
        each.action.pageid for one in known.boards for each in one.hidden if each.reason != "closed"
    }
    shown = {action.pageid for one in known.boards for action in one.actions}
    figures = Figures(
        "actions_figures",
        (
            Figure("actions", _ACTIONS, len(known.actions)),
            Figure("going", _GOING, len(going), note=_GOING_NOTE),
            Figure("closed", _CLOSED, sum(a.state == "closed" for a in known.actions)),
            Figure("overdue", _OVERDUE, len(late)),
            Figure("unassigned", _UNASSIGNED, sum(not a.assignees for a in going)),
            Figure("undated", _UNDATED, sum(not a.due_written for a in going)),
            Figure("hidden", _HIDDEN, len(hidden - shown), note=_HIDDEN_NOTE),
        ),
    )
    blocks: list[Block] = [figures, *_columns(known.boards, board), *_boards(known.boards, board)]
    blocks += _late(late, collection.today)
    blocks += _states(known.actions, board)
    blocks += _out_of_sight(known.boards)
    blocks.append(_all(collection, known.actions, board))
    label = page_type.board.label.text if page_type.board else page_type.label.text
    return Section("tracked", label, tuple(blocks), _INTRO)


def _columns(boards: tuple[PageBoard, ...], board: Board) -> Iterator[Block]:
    """Yield how many actions each column has over all; one on two boards counts once."""
    in_column = {
        label: {a.pageid for one in boards for c in one.columns if c.label == label
                for a in c.actions}
        for label in board.columns
    }  # fmt: skip
    rows = tuple((_bare(label), len(in_column[label])) for label in board.columns)
    columns = (
        Column("column", Text("Colonne", "Column"), "text"),
        Column("actions", Text("Actions", "Actions"), "number"),
    )
    yield Chart("columns_chart", _BY_COLUMN, "bars", "actions_by_column", "column", ("actions",))
    yield Table("actions_by_column", _BY_COLUMN, columns, rows, note=_BY_COLUMN_NOTE)


def _boards(boards: tuple[PageBoard, ...], board: Board) -> Iterator[Block]:
    """Yield how many actions each page has, column by column."""
    ids = tuple(f"in_{slug}" for slug in slugs(map(_bare, board.columns)))
    rows: list[tuple[int, Row]] = []
    for one in boards:
        if one.page is None:
            continue
        numbers = tuple(len(column.actions) for column in one.columns)
        off = Counter("closed" if h.reason == "closed" else "hidden" for h in one.hidden)
        row: Row = (one.page, *numbers, off["hidden"], off["closed"])
        rows.append((-sum(numbers) - off["hidden"], row))
    if not rows:
        return
    columns = (
        Column("page", Text("Page", "Page"), "page"),
        *(
            Column(name, same(_bare(label)), "number")
            for name, label in zip(ids, board.columns, strict=True)
        ),
        Column("hidden", Text("Invisibles", "Out of sight"), "number"),
        Column("closed", Text("Closes", "Closed"), "number"),
    )
    rows.sort(key=lambda each: (each[0], str(each[1][0])))
    yield Chart("boards_chart", _BY_PAGE, "stacked", "actions_by_page", "page", ids, most=20)
    yield Table(
        "actions_by_page", _BY_PAGE, columns, tuple(row for _, row in rows), note=_BY_PAGE_NOTE
    )


def _late(late: list[Action], today: date) -> Iterator[Block]:
    if not late:
        return
    ages: Counter[int] = Counter()
    rows: list[Row] = []
    for action in sorted(late, key=lambda a: (a.due or today, str(a.title))):
        days = (today - action.due).days if action.due else 0
        ages[max(place for place, (least, _) in enumerate(_LATE) if days >= least)] += 1
        rows.append((str(action.title), action.summary, action.due, days, action.related))
    columns = (
        Column("late", Text("Retard", "Late by"), "text"),
        Column("actions", Text("Actions", "Actions"), "number"),
    )
    by_age = tuple((label, ages[place]) for place, (_, label) in enumerate(_LATE))
    yield Chart("late_chart", _LATE_TITLE, "bars", "overdue_by_age", "late", ("actions",))
    yield Table("overdue_by_age", _LATE_TITLE, columns, by_age)
    listed = (
        Column("action", Text("Action", "Action"), "page"),
        Column("summary", Text("Résumé", "Summary"), "text"),
        Column("due", Text("Échéance", "Due"), "date"),
        Column("days", Text("Jours de retard", "Days late"), "number"),
        Column("pages", Text("Pages", "Pages"), "pages"),
    )
    yield Table("overdue", _LATE_LIST, listed, tuple(rows))


def _states(actions: tuple[Action, ...], board: Board) -> Iterator[Block]:
    numbers = Counter(action.state for action in actions)
    done = sum(a.state == "open" and is_done(a, board) for a in actions)
    rows = (
        (Text("Ouvertes", "Open"), numbers["open"] - done),
        (Text("Ouvertes, dans la dernière colonne", "Open, in the last column"), done),
        (Text("Closes", "Closed"), numbers["closed"]),
        (
            Text("Statut inconnu ou vide", "Status unknown or empty"),
            numbers["unknown"] + numbers["no status"],
        ),
    )
    columns = (
        Column("state", Text("État", "State"), "text"),
        Column("actions", Text("Actions", "Actions"), "number"),
    )
    total = (Text("Toutes", "All"), len(actions))
    yield Table("actions_by_state", _BY_STATE, columns, rows, total)


def _out_of_sight(boards: tuple[PageBoard, ...]) -> Iterator[Block]:
    rows = [
        (str(each.action.title), each.action.summary, one.page, each.why)
        for one in boards
        for each in one.hidden
        if each.reason != "closed"
    ]
    if rows:
        columns = (
            Column("action", Text("Action", "Action"), "page"),
            Column("summary", Text("Résumé", "Summary"), "text"),
            Column("page", Text("Tableau de", "Board of"), "page"),
            Column("why", Text("Pourquoi, et que faire", "Why, and what to do"), "text"),
        )
        yield Table("actions_hidden", _HIDDEN_TITLE, columns, tuple(rows))


def _all(collection: Collection, actions: tuple[Action, ...], board: Board) -> Table:
    """Return every action, a card each. An action in two columns is two cards, as on the board."""
    overdue = collection.tracked.overdue if collection.tracked else frozenset()
    columns = (
        Column("action", Text("Action", "Action"), "page"),
        Column("summary", Text("Résumé", "Summary"), "text"),
        Column("column", Text("Colonne", "Column"), "text"),
        Column("pages", Text("Pages", "Pages"), "pages"),
        Column("assigned", Text("Responsables", "Assigned to"), "words"),
        Column("due", Text("Échéance", "Due"), "date"),
        Column("overdue", Text("En retard", "Overdue"), "flag"),
    )
    order: dict[Text | str, int] = {_bare(label): n for n, label in enumerate(board.columns)}
    rows: list[tuple[int, date, int, Row]] = []
    for action in actions:
        for label in _cards(action):
            row: Row = (
                str(action.title),
                action.summary,
                label,
                action.related,
                action.assignees,
                action.due,
                action.pageid in overdue,
            )
            place = order.get(label, len(order) + (label == _CLOSED_CARD))
            rows.append((place, action.due or date.max, action.number or 0, row))
    rows.sort(key=lambda each: each[:3])
    return Table("actions_board", _ALL, columns, tuple(row for *_, row in rows), cards="column")


def _cards(action: Action) -> tuple[Text | str, ...]:
    if action.state == "closed":
        return (_CLOSED_CARD,)
    if action.state == "open" and action.columns:
        return tuple(map(_bare, action.columns))
    return (_NO_COLUMN,)


def _bare(label: str) -> str:
    return label.rpartition(":")[2]


_INTRO = Text(
    "Les actions et les tableaux, tels que le wiki les compte.",
    "Actions and boards, as the wiki counts them.",
)
_ACTIONS = Text("Actions", "Actions")
_GOING = Text("À mener", "To be done")
_GOING_NOTE = Text(
    "Ni closes, ni dans la seule dernière colonne du tableau.",
    "Neither closed, nor in the last column of the board alone.",
)
_CLOSED = Text("Closes", "Closed")
_OVERDUE = Text("En retard", "Overdue")
_UNASSIGNED = Text("Sans responsable", "Nobody assigned")
_UNDATED = Text("Sans échéance", "Without a due date")
_HIDDEN = Text("Sur aucun tableau", "On no board")
_HIDDEN_NOTE = Text(
    "Elles ne sont pas closes, et pourtant aucun tableau ne les montre.",
    "They are not closed, and no board shows them all the same.",
)
_BY_COLUMN = Text("Actions par colonne", "Actions by column")
_BY_COLUMN_NOTE = Text(
    "Une action qui est dans deux colonnes compte dans les deux.",
    "An action that is in two columns counts in both.",
)
_BY_PAGE = Text("Actions par page", "Actions by page")
_BY_PAGE_NOTE = Text(
    "Une action liée à deux pages compte sur les deux tableaux.",
    "An action of two pages counts on both boards.",
)
_BY_STATE = Text("Actions par état", "Actions by state")
_LATE_TITLE = Text("Actions en retard, selon le retard", "Overdue actions, by how late they are")
_LATE_LIST = Text("Les actions en retard", "The overdue actions")
_HIDDEN_TITLE = Text(
    "Les actions qu'un tableau ne montre pas", "Actions that a board does not show"
)
_ALL = Text("Toutes les actions", "All actions")
_NO_COLUMN = Text("Hors colonnes", "In no column")
_CLOSED_CARD = Text("Closes", "Closed")
