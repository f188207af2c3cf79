"""Publishes the actions of pages on the wiki, in a region that the bot keeps there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wikibot.actions.board import PageBoard, page_board
from wikibot.edits import Plan
from wikibot.edits.regions import region_edit
from wikibot.edits.titles import title_named
from wikibot.errors import AmbiguousWikitext, InputError, SafetyStop, SaveError
from wikibot.jobs.actions.boards import action_boards, title_of
from wikibot.jobs.actions.reading import Tracker
from wikibot.jobs.planning import make_plan
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.page import Page, Revision
from wikibot.render.published import date_line, status, statuses
from wikibot.title import Title
from wikibot.wiki import Wiki
from wikibot.wikitext import redirect_target
from wikibot.wikitext.regions import find_region

REGION = "actions"


@dataclass(frozen=True)
class Untouched:
    """A page that is left as it is: why, and what to do about it."""

    title: str
    why: Text
    advice: Text | None


@dataclass(frozen=True)
class Published:
    """What publishing the actions of pages comes to; `untouched` are for a person to look at."""

    plan: Plan
    untouched: tuple[Untouched, ...]


def publish_actions(
    tracker: Tracker,
    wiki: Wiki,
    names: Sequence[str] = (),
    *,
    to: str | None = None,
    create: bool = False,
    around: Surroundings = REAL,
) -> Published:
    """Return the plan that writes the actions of pages on each of them, or all on the page `to`.

    Without names it is every page that has actions to show or to mend, and every page of their
    type that shows some and has none any more. Only what differs is planned, the day alone is no
    difference. With `create`, the page `to` is made where it is not there.

    Raises:
        InputError: there is no such page.
        UnsafeValue: an action cannot be written with certainty.
        SafetyStop: a server lists no action at all: it is in trouble rather than done.
    """
    if not (tracker.actions or wiki.home):
        raise SafetyStop(_NO_ACTION, code="no-page")
    boards = _boards(tracker, wiki, names)
    if to is not None:
        targets = [_target(to, wiki, create)]
        contents = [statuses(boards, tracker.is_overdue)]
    else:
        by_page = {board.page: board for board in boards}
        shown = [b.page for b in boards if b.page and (names or _is_worth_a_region(b))]
        targets = list(_pages(shown, wiki))
        if not names:
            targets += _emptied(tracker, wiki, shown)
        contents = [
            status(
                by_page.get(str(page.title)) or _board(tracker, str(page.title)),
                tracker.is_overdue,
            )
            for page in targets
        ]
    edits, untouched = [], [_unread(title) for title in tracker.unread]
    day = date_line(tracker.today)
    tail = tracker.mapping.wiki.summary
    for page, content in zip(targets, contents, strict=True):
        there = page if page.id else None
        title = str(page.title)
        try:
            edit = region_edit(there, title, REGION, content, day, tail=tail, syntax=wiki.syntax)
        except (SaveError, AmbiguousWikitext) as error:
            untouched.append(Untouched(title, error.message, error.advice))
            continue
        if edit is not None:
            edits.append(edit)
    return Published(make_plan(wiki, edits, around), tuple(untouched))


def _boards(tracker: Tracker, wiki: Wiki, names: Sequence[str]) -> tuple[PageBoard, ...]:
    """Return the boards of these pages, each once, or of all that have actions."""
    if not names:
        return action_boards(tracker, wiki)
    titles = dict.fromkeys(title_of(tracker, wiki, name) for name in names)
    return tuple(_board(tracker, title) for title in titles)


def _board(tracker: Tracker, title: str) -> PageBoard:
    return page_board(title, tracker.actions, tracker.page_type, tracker.mapping, tracker.places)


def _pages(titles: Sequence[str], wiki: Wiki) -> Iterator[Page]:
    """Yield the pages of boards that are there, but for redirects, in the order of the boards."""
    found = {str(page.title): page for page in wiki.pages(titles)}
    for title in titles:
        if title in found and redirect_target(found[title].text) is None:
            yield found[title]


def _emptied(tracker: Tracker, wiki: Wiki, shown: Collection[str]) -> Iterator[Page]:
    """Yield the pages that show actions in their region, and have none any more."""
    of_type = tracker.mapping.page_type(tracker.related.pages_of or "")
    for page in wiki.pages_with(of_type.templates) if of_type else ():
        if str(page.title) not in shown and _has_region(page, wiki):
            yield page


def _is_worth_a_region(board: PageBoard) -> bool:
    return bool(board.actions) or any(hidden.reason != "closed" for hidden in board.hidden)


def _has_region(page: Page, wiki: Wiki) -> bool:
    try:
        found = find_region(page.text, REGION, wiki.syntax)
    except AmbiguousWikitext:
        return False
    return found is not None and bool(found.content)


def _target(name: str, wiki: Wiki, create: bool) -> Page:
    """Return the page that is to hold all actions; its id is 0 where it is to be created.

    Raises:
        InputError: it is not there, and nobody asked for it; or that is no title.
    """
    title = wiki.syntax.namespaces.parse(name)
    page = next(iter(wiki.pages([str(title)])), None)
    target = redirect_target(page.text) if page else None
    led = title_named(target, wiki.syntax.namespaces) if target else None
    if led is not None:
        title, page = led, next(iter(wiki.pages([str(led)])), None)
    if page is None and not create:
        raise InputError(_NO_PAGE.format(title=title), _CREATE)
    return page or Page(0, title, Revision(0, 0, _NEVER), "")


def _unread(title: Title) -> Untouched:
    return Untouched(
        f"{title}", _UNREAD, Text(f"Voyez « check {title} ».", f"See “check {title}”.")
    )


_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NO_ACTION = Text(
    "Le wiki ne donne aucune action : rien n'est écrit à la place de celles qu'il montre.",
    "The wiki lists no action at all: nothing is written in place of those it shows.",
)
_NO_PAGE = Text("La page « {title} » n'existe pas.", "There is no page “{title}”.")
_CREATE = Text(
    "Vérifiez le titre ; pour la créer, ajoutez --create.",
    "Check the title; to create it, add --create.",
)
_UNREAD = Text(
    "Cette fiche ne se lit pas avec certitude : son action n'est pas comptée.",
    "This page cannot be read with certainty: its action is not counted.",
)
