"""Reads every action of a wiki, and what the wiki knows of the pages that they name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wikibot.actions.action import Action, action_of, is_overdue, tracker
from wikibot.actions.board import pages_to_ask
from wikibot.actions.places import Places
from wikibot.edits import Record, records_of
from wikibot.errors import AmbiguousWikitext, InputError
from wikibot.jobs.naming import titles_of
from wikibot.jobs.neighbours import standing_of
from wikibot.jobs.select import may_hold
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Board, Field, Mapping, PageType
from wikibot.page import Page
from wikibot.title import Title
from wikibot.wiki import Wiki
from wikibot.wikitext import redirect_target


@dataclass(frozen=True)
class Tracker:
    """The actions of a wiki, in the order of their numbers, as they were read `today`.

    `board` is what the mapping says of the boards of `page_type`. `records` are the pages of
    `actions`, one each. `unread` are pages that cannot be read with certainty.
    """

    mapping: Mapping
    page_type: PageType
    board: Board
    actions: tuple[Action, ...]
    records: tuple[Record, ...]
    places: Places
    today: date
    unread: tuple[Title, ...] = ()

    @property
    def related(self) -> Field:
        """Return the field that names the pages on whose board an action is."""
        return self.field(self.board.related)

    def field(self, field_id: str) -> Field:
        """Return a field of the page type, which the mapping is known to have."""
        found = self.page_type.field(field_id)
        assert found is not None
        return found

    def is_overdue(self, action: Action) -> bool:
        """Return whether an action that is not done was due before today."""
        return is_overdue(action, self.board, self.today)


def tracker_type(mapping: Mapping) -> tuple[PageType, Board]:
    """Return the page type of actions and its board.

    Raises:
        InputError: no page type of the mapping has a board.
    """
    found = tracker(mapping)
    if found is None:
        raise InputError(
            Text(
                f"La correspondance « {mapping.id} » n'a pas de tableau d'actions.",
                f"The mapping “{mapping.id}” has no board of actions.",
            ),
            Text(
                "Ajoutez une table [board] au type de pages des actions.",
                "Add a table [board] to the page type of the actions.",
            ),
        )
    return found


def read_actions(wiki: Wiki, mapping: Mapping, *, around: Surroundings = REAL) -> Tracker:
    """Return every action of the wiki.

    Costs the reading of their pages, one request for each batch of titles that they name, and
    the titles of the pages they may be about where one of those is missing. In a dump it is
    the day of its latest edit.

    Raises:
        InputError: the mapping has no board, or the wiki cannot be read.
        Unavailable, AccessError: a server does not answer, or not to us.
    """
    page_type, _ = tracker_type(mapping)
    records: list[Record] = []
    unread: list[Title] = []
    today = around.now().date()
    latest = date.min
    for page in wiki.pages_with(page_type.templates):
        latest = max(latest, page.revision.timestamp.date())
        try:
            found = record_on(page, page_type, mapping, wiki)
        except AmbiguousWikitext:
            unread.append(page.title)
            continue
        if found is not None:
            records.append(found)
    if not wiki.writable and records:
        today = min(today, latest)
    return tracker_of(records, mapping, wiki, today, tuple(unread))


def tracker_of(
    records: list[Record], mapping: Mapping, wiki: Wiki, today: date, unread: tuple[Title, ...] = ()
) -> Tracker:
    """Return the tracker of these records, in order, with what the wiki knows beside them."""
    page_type, board = tracker_type(mapping)
    places = _places(records, mapping, wiki)
    pairs = [(action_of(record, board, mapping, places), record) for record in records]
    pairs.sort(key=lambda pair: (pair[0].number is None, pair[0].number or 0, pair[0].title))
    actions = tuple(action for action, _ in pairs)
    sorted_records = tuple(record for _, record in pairs)
    return Tracker(mapping, page_type, board, actions, sorted_records, places, today, unread)


def record_on(page: Page, page_type: PageType, mapping: Mapping, wiki: Wiki) -> Record | None:
    """Return the action that a page is, None where it is none, or a redirect.

    Raises:
        AmbiguousWikitext: the page cannot be read with certainty.
    """
    if redirect_target(page.text) is not None:
        return None
    found = records_of(page, mapping, wiki.syntax)
    return next((record for record in found if record.page_type is page_type), None)


def _places(records: list[Record], mapping: Mapping, wiki: Wiki) -> Places:
    """Return what is known of the pages that actions name. A copy may not hold them all."""
    page_type, board = tracker_type(mapping)
    related = page_type.field(board.related)
    assert related is not None
    bare = Places(namespaces=wiki.syntax.namespaces)
    actions = [action_of(record, board, mapping, bare) for record in records]
    columns = {label: None for action in actions for label in action.labels if ":" in label}
    columns |= dict.fromkeys(column for column in board.columns if ":" in column)
    asked = dict.fromkeys((*pages_to_ask(actions, related), *columns))
    known = standing_of(asked, wiki) if asked else {}
    titles: tuple[str, ...] = ()
    of_type = mapping.page_type(related.pages_of or "")
    named = {title for action in actions for title in action.related}
    if of_type and any(title in known and not known[title].there for title in named):
        titles = titles_of_type(of_type, wiki)
    if not (_is_server(wiki) or titles):
        known = {title: standing for title, standing in known.items() if standing.there}
    return Places(known, titles, wiki.syntax.namespaces)


def titles_of_type(page_type: PageType, wiki: Wiki) -> tuple[str, ...]:
    """Return the titles of the pages of a type; a server lists them without the pages."""
    if _is_server(wiki):
        return tuple(str(title) for title in titles_of(wiki, page_type.templates))
    names = set(page_type.templates)
    pages = wiki.pages_with(page_type.templates)
    return tuple(str(page.title) for page in pages if may_hold(page, names, wiki))


def _is_server(wiki: Wiki) -> bool:
    return wiki.writable and wiki.home is None
