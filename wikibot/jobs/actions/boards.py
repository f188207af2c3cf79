"""The boards of pages, what is odd about the actions on them, and actions that match."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wikibot.actions.action import Action, is_done
from wikibot.actions.board import PageBoard, all_boards, names_page, page_board
from wikibot.checks import Finding, check_page
from wikibot.checks.neighbours import Neighbours
from wikibot.checks.settings import settled
from wikibot.edits.boards import column_meant
from wikibot.edits.titles import title_named
from wikibot.errors import InputError
from wikibot.jobs.actions.reading import Tracker
from wikibot.jobs.naming import pages_named
from wikibot.language import Text
from wikibot.mapping import fold
from wikibot.wiki import Wiki
from wikibot.wikitext import redirect_target

# What a card says in a word, of one who takes care of it and of its date.
_ON_THE_CARD = ("ACT106", "ACT112")


@dataclass(frozen=True)
class WantedActions:
    """Which actions are asked for; what is empty asks for nothing.

    `without` are of "label" (no column), "assignee" and "due".
    """

    pages: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    open_only: bool = False
    overdue: bool = False
    without: tuple[str, ...] = ()


def action_boards(tracker: Tracker, wiki: Wiki, page: str | None = None) -> tuple[PageBoard, ...]:
    """Return the board of a page, or of every page that actions mean.

    Raises:
        InputError: there is no such page (with the nearest titles).
    """
    arguments = tracker.actions, tracker.page_type, tracker.mapping, tracker.places
    if page is None:
        return all_boards(*arguments)
    return (page_board(title_of(tracker, wiki, page), *arguments),)


def title_of(tracker: Tracker, wiki: Wiki, name: str) -> str:
    """Return the title of a page by its name, whatever its case and accents; redirects followed.

    Raises:
        InputError: there is no such page (with the nearest titles).
    """
    (found,) = pages_named(wiki, tracker.mapping, (name,))
    target = redirect_target(found.text)
    led = title_named(target, wiki.syntax.namespaces) if target else None
    return str(led or found.title)


def odd_actions(shown: Iterable[PageBoard], tracker: Tracker, wiki: Wiki) -> tuple[Finding, ...]:
    """Return what the rules say of the actions on boards, less what the boards say themselves.

    These are what cards tell, why an action is hidden, and all of those that are closed.
    """
    beside = Neighbours(
        standing=tracker.places.standing,
        namespaces=wiki.syntax.namespaces,
        proven=wiki.writable and wiki.home is None,
        today=tracker.today,
    )
    board = tracker.board
    told = {board.column, board.status, board.related}
    hidden = {each.action.pageid for shown_board in shown for each in shown_board.hidden}
    return tuple(
        finding
        for action, record in zip(tracker.actions, tracker.records, strict=True)
        if action.state != "closed"
        for finding in settled(
            check_page(record.page, tracker.mapping, wiki.syntax, beside),
            tracker.mapping.wiki.rules,
        )
        if (finding.severity != "info" or finding.rule.startswith("ACT"))
        and finding.rule not in _ON_THE_CARD
        and not (action.pageid in hidden and finding.field in told)
    )


def listed_actions(tracker: Tracker, wanted: WantedActions, wiki: Wiki) -> tuple[Action, ...]:
    """Return the actions that match, in the order of their numbers.

    Several values of one kind ask for any of them. Names are compared without case and accents.

    Raises:
        InputError: a label, a status, a page or a person that no action has.
    """
    pages = {page for name in wanted.pages for page in _page(tracker, wiki, name)}
    people = _meant(wanted.assignees, (n for a in tracker.actions for n in a.assignees), _PERSON)
    labels = _labels(tracker, wanted.labels)
    states = tuple(_state(tracker, status) for status in wanted.statuses)
    return tuple(
        action
        for action in tracker.actions
        if (not pages or any(_is_about(action, page, tracker) for page in pages))
        and (not people or people & set(action.assignees))
        and (not labels or labels & {*action.labels, *action.columns})
        and (not states or action.state in states or action.status in states)
        and (not wanted.open_only or not is_done(action, tracker.board))
        and (not wanted.overdue or tracker.is_overdue(action))
        and all(_lacks(action, what) for what in wanted.without)
    )


def _lacks(action: Action, what: str) -> bool:
    if what == "label":
        return not action.columns
    return not (action.assignees if what == "assignee" else action.due_written)


def _page(tracker: Tracker, wiki: Wiki, name: str) -> set[str]:
    """Return the pages that a person means: those that actions name, else any of the wiki."""
    named = {title for action in tracker.actions for title in action.related}
    same = {title for title in named if fold(title) == fold(name)}
    return {tracker.places.resolved(title) for title in same} or {title_of(tracker, wiki, name)}


def _is_about(action: Action, page: str, tracker: Tracker) -> bool:
    return names_page(action, page, tracker.related, tracker.places)


def _labels(tracker: Tracker, typed: Sequence[str]) -> set[str]:
    """Return the labels that a person means: columns, and whatever is written alike."""
    vocabulary = tracker.mapping.vocabulary(tracker.field(tracker.board.column))
    known = [label for action in tracker.actions for label in action.labels]
    found: set[str] = set()
    for text in typed:
        column = column_meant(text, tracker.board, vocabulary)
        found |= _meant((text,), (*known, *((column,) if column else ())), _LABEL)
        found |= {column} if column else set()
    return found


def _state(tracker: Tracker, typed: str) -> str:
    """Return the state or the status that a person means."""
    status = tracker.field(tracker.board.status) if tracker.board.status else None
    vocabulary = tracker.mapping.vocabulary(status) if status else None
    term = vocabulary.meant_by(typed) if vocabulary else None
    if term is not None:
        return "open" if term.label == tracker.board.open else term.label
    written = [action.status for action in tracker.actions if action.state == "unknown"]
    return _meant((typed,), written, _STATUS).pop()


def _meant(typed: Iterable[str], known: Iterable[str], nothing: Text) -> set[str]:
    """Return the known names that what was typed means, without regard to case and accents.

    Raises:
        InputError: it means none; the nearest are suggested.
    """
    wanted = list(typed)
    names = list(dict.fromkeys(known)) if wanted else []
    found: set[str] = set()
    for text in wanted:
        same = {name for name in names if fold(text) in (fold(name), fold(_bare(name)))}
        if not same:
            raise InputError(nothing.format(name=text), _nearest(text, names))
        found |= same
    return found


def _bare(name: str) -> str:
    return name.rpartition(":")[2]


def _nearest(text: str, names: Sequence[str]) -> Text | None:
    from rapidfuzz import fuzz, process

    near = process.extract(fold(text), list(map(fold, names)), scorer=fuzz.WRatio, limit=3)
    shown = ", ".join(dict.fromkeys(names[place] for _, score, place in near if score >= 60))
    return Text(f"Vouliez-vous dire : {shown} ?", f"Did you mean: {shown}?") if shown else None


_PERSON = Text(
    "Personne ne s'appelle « {name} » parmi les responsables.",
    "Nobody called “{name}” takes care of an action.",
)
_LABEL = Text(
    "Aucune action ne porte l'étiquette « {name} ».", "No action bears the label “{name}”."
)
_STATUS = Text("Aucune action n'a le statut « {name} ».", "No action has the status “{name}”.")
