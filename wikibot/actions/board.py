"""The board of a page as the wiki itself counts it, and beside it what that board hides.

Source: facts measured on a wiki with SemanticActions. An action is on the board of every page that
it names; it counts in each column whose label it bears, while its status is that of the board. A
title that holds the separator of lists is taken for several, on the board as in the action, so
that such a page has its board all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wikibot.actions.action import Action
from wikibot.actions.hidden import Hidden, off_the_columns, stray
from wikibot.actions.places import Places
from wikibot.edits.titles import is_address, title_in, title_named, without_plus
from wikibot.mapping import Board, Field, Mapping, PageType

_LONGEST_RUN = 3  # pieces of a list that may be one title with the separator in it


@dataclass(frozen=True)
class Column:
    """One column: its label in full, and its actions, those due first leading."""

    label: str
    actions: tuple[Action, ...]

    @property
    def name(self) -> str:
        """Return the label without its prefix, as the board shows it."""
        return self.label.rpartition(":")[2]


@dataclass(frozen=True)
class PageBoard:
    """The board of a page; of `page` None are the actions that are on the board of none.

    `split` says that the title is taken for several, so that other lists do not find its actions.
    """

    page: str | None
    columns: tuple[Column, ...]
    hidden: tuple[Hidden, ...]
    split: bool = False

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return every action that is in a column, each once."""
        found = {action.pageid: action for column in self.columns for action in column.actions}
        return tuple(found.values())


@dataclass(frozen=True)
class _Stray:
    """A title that an action names and no page bears; `target` is the page it seems to mean."""

    item: str
    kind: str
    target: str | None


def pages_to_ask(actions: Iterable[Action], related: Field) -> tuple[str, ...]:
    """Return every title that actions name or may mean: what to ask the wiki about."""
    found: dict[str, None] = {}
    for action in actions:
        for item in action.related:
            found[item] = None
            if "+" in item:
                found[without_plus(item)] = None
            if is_address(item) and title_in(item):
                found[title_in(item)] = None
        found |= dict.fromkeys(title for title, _ in _runs(action, related))
    return tuple(found)


def page_board(
    page: str, actions: Iterable[Action], page_type: PageType, mapping: Mapping, places: Places
) -> PageBoard:
    """Return the board of one page. Each action that means the page is in columns or hidden."""
    board, related = _board_of(page_type)
    page = places.resolved(page)
    pieces = _pieces(page, related, places)
    shown: list[Action] = []
    hidden: list[Hidden] = []
    for action in sorted(actions, key=_by_due):
        if _names(action, pieces, places):
            if action.state == "open" and action.columns:
                shown.append(action)
            else:
                hidden.append(off_the_columns(action, board, page_type, mapping))
            continue
        for lost in _strays(action, related, places):
            if lost.target == page:
                hidden.append(_lost(action, lost, board, page_type, mapping))
                break
    columns = tuple(
        Column(label, tuple(action for action in shown if label in action.columns))
        for label in board.columns
    )
    return PageBoard(page, columns, tuple(hidden), split=len(pieces) > 1)


def names_page(action: Action, page: str, related: Field, places: Places) -> bool:
    """Return whether an action names a page, so that the board of this page may show it."""
    return _names(action, _pieces(page, related, places), places)


def all_boards(
    actions: Sequence[Action], page_type: PageType, mapping: Mapping, places: Places
) -> tuple[PageBoard, ...]:
    """Return the board of every page that an action means, in order of titles.

    What means no page at all comes last, on a board without a page. Every action is on one of
    them at least.
    """
    board, related = _board_of(page_type)
    by_page: dict[str, list[Action]] = {}
    nowhere: list[Hidden] = []
    for action in actions:
        pages = set(_pages(action, related, places))
        strays = list(_strays(action, related, places))
        pages |= {lost.target for lost in strays if lost.target}
        for page in pages:
            by_page.setdefault(page, []).append(action)
        if not pages:
            lost = strays[0] if strays else _Stray("", "no-page", None)
            nowhere.append(_lost(action, lost, board, page_type, mapping))
    boards = [
        page_board(
            page, actions if _split(page, related) else by_page[page], page_type, mapping, places
        )
        for page in sorted(by_page)
    ]
    if nowhere:
        empty = tuple(Column(label, ()) for label in board.columns)
        boards.append(PageBoard(None, empty, tuple(nowhere)))
    return tuple(boards)


def _board_of(page_type: PageType) -> tuple[Board, Field]:
    assert page_type.board is not None
    related = page_type.field(page_type.board.related)
    assert related is not None  # the mapping was checked when it was loaded
    return page_type.board, related


def _names(action: Action, pieces: set[str], places: Places) -> bool:
    return bool(pieces) and pieces <= {places.resolved(item) for item in action.related}


def _by_due(action: Action) -> tuple[date, int, str]:
    return action.due or date.max, action.number or 0, f"{action.title}"


def _lost(
    action: Action, lost: _Stray, board: Board, page_type: PageType, mapping: Mapping
) -> Hidden:
    if action.state == "closed":
        return off_the_columns(action, board, page_type, mapping)
    return stray(action, lost.item, lost.kind, lost.target, page_type)


def _split(page: str, related: Field) -> bool:
    return related.many and related.separator in page


def _pieces(page: str, related: Field, places: Places) -> set[str]:
    """Return what a list of pages makes of a title: several, where it holds the separator."""
    if not _split(page, related):
        return {page}
    pieces = (title_named(part, places.namespaces) for part in page.split(related.separator))
    return {places.resolved(f"{piece}") for piece in pieces if piece}


def _runs(action: Action, related: Field) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what neighbours in the list make together, with the neighbours."""
    if not related.many:
        return
    for length in range(2, _LONGEST_RUN + 1):
        for start in range(len(action.related) - length + 1):
            parts = action.related[start : start + length]
            for glue in (f"{related.separator} ", related.separator):
                # within a title a piece is written small as often as not
                for later in (parts[1:], tuple(p[:1].lower() + p[1:] for p in parts[1:])):
                    yield glue.join((parts[0], *later)), parts


def _pages(action: Action, related: Field, places: Places) -> Iterator[str]:
    """Yield the pages that an action names: those it may name, for all that is known."""
    whole = dict(_whole(action, related, places))
    yield from (title for title in whole if places.resolved(title) == title)
    covered = {part for parts in whole.values() for part in parts}
    for item in action.related:
        page = places.resolved(item)
        named = title_named(item, places.namespaces) is not None and not is_address(item)
        if named and not places.is_missing(page) and (item not in covered or places.is_there(page)):
            yield page


def _strays(action: Action, related: Field, places: Places) -> Iterator[_Stray]:
    """Yield the titles that an action names and no page bears, with what they seem to mean."""
    whole = dict(_whole(action, related, places))
    for title in whole:
        if places.resolved(title) != title:  # the wiki follows no piece of a title
            yield _Stray(title, "split-title", places.resolved(title))
    covered = {part for parts in whole.values() for part in parts}
    for item in action.related:
        page = places.resolved(item)
        if is_address(item):
            title = title_in(item)
            yield _Stray(
                item, "address", places.resolved(title) if places.is_there(title) else None
            )
        elif title_named(item, places.namespaces) is None:
            yield _Stray(item, "page-gone", None)
        elif places.is_missing(page) and item not in covered:
            spaced = without_plus(item)
            if "+" in item and places.is_there(spaced):
                yield _Stray(item, "plus-for-blank", places.resolved(spaced))
            else:
                yield _Stray(item, "page-gone", places.near(page))


def _whole(action: Action, related: Field, places: Places) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the titles that the separator of the list has cut, with the pieces of each."""
    for title, parts in _runs(action, related):
        if places.is_there(title) and any(not places.is_there(part) for part in parts):
            yield title, parts
