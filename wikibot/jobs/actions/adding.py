"""Adds actions to the board of a page, written as the wiki's own form writes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wikibot import value as values
from wikibot.actions.action import day_read
from wikibot.actions.board import names_page
from wikibot.checks import check_page
from wikibot.edits import FieldValue, PageEdit, Plan
from wikibot.edits.boards import closing_status
from wikibot.edits.creation import page_text
from wikibot.edits.dates import read_date
from wikibot.edits.numbers import number_of
from wikibot.edits.summary import harmless
from wikibot.errors import InputError
from wikibot.jobs.actions.boards import title_of
from wikibot.jobs.actions.naming import column_named, known_people, person_named
from wikibot.jobs.actions.prose import prose
from wikibot.jobs.actions.reading import Tracker, read_actions
from wikibot.jobs.planning import make_plan
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.typed import refused, wikitext_of, wikitext_of_items
from wikibot.language import Text
from wikibot.mapping import Mapping, fold
from wikibot.page import Page, Revision
from wikibot.title import Title
from wikibot.wiki import Wiki


@dataclass(frozen=True)
class NewAction:
    """What a person says of an action to add; what is empty is left out of its page."""

    page: str
    summary: str
    column: str = ""
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    due: str = ""
    details: str = ""


def add_action(
    new: NewAction, mapping: Mapping, wiki: Wiki, *, around: Surroundings = REAL
) -> Plan:
    """Return the plan that creates the page of an action, in the first column if none is said.

    Its number is that behind the highest; where somebody takes it meanwhile, `apply` takes the
    next one.

    Raises:
        InputError: no such page or column, an action of the same summary stands open on that
            board, a field cannot hold what was typed, or these pages have no numbers.
        UnsafeValue: a value cannot be written with certainty.
    """
    tracker = read_actions(wiki, mapping, around=around)
    named = replace(new, page=title_of(tracker, wiki, new.page))
    return make_plan(wiki, creations([named], tracker, wiki, around), around)


def creations(
    news: Sequence[NewAction], tracker: Tracker, wiki: Wiki, around: Surroundings
) -> list[PageEdit]:
    """Return the edits that create the pages of actions, one number behind the other.

    Each names the page that it is for by its very title.

    Raises: as `add_action`.
    """
    page_type = tracker.page_type
    if not page_type.numbered:
        raise InputError(
            Text(
                f"Les fiches « {page_type.label.fr} » de ce wiki n'ont pas de numéro pour titre : "
                "wikibot ne sait pas comment en nommer une.",
                f"The pages “{page_type.label.en}” of this wiki are not called by numbers: wikibot "
                "cannot tell how to call one.",
            ),
            Text("Créez-la avec le formulaire du wiki.", "Create it with the wiki's form."),
        )
    first = _next_title(tracker, wiki)
    number = number_of(first.name) or 1
    edits = []
    for place, new in enumerate(news):
        title = replace(first, name=f"{number + place}")
        edits.append(_creation(new, title, tracker, wiki, around))
    return edits


def _creation(
    new: NewAction, title: Title, tracker: Tracker, wiki: Wiki, around: Surroundings
) -> PageEdit:
    page_type, mapping = tracker.page_type, tracker.mapping
    _refuse_twin(new.summary, new.page, tracker)
    text = page_text(page_type, _values(new, new.page, tracker, wiki), syntax=wiki.syntax)
    made = Page(0, title, Revision(0, 0, around.now()), text)
    for found in check_page(made, mapping, wiki.syntax):
        if found.severity == "error":
            raise InputError(found.message)
    words = harmless(f"{page_type.label.fr} : {new.summary}")
    tail = f" ({mapping.wiki.summary})" if mapping.wiki.summary else ""
    return PageEdit(str(title), 0, 0, (), words + tail, text, numbered=True)


def _values(new: NewAction, page: str, tracker: Tracker, wiki: Wiki) -> dict[str, str]:
    """Return field id → wikitext, of the fields that are to be filled."""
    board, mapping = tracker.board, tracker.mapping
    column_field = tracker.field(board.column)
    column = (
        column_named(new.column, board, column_field, mapping) if new.column else board.columns[0]
    )
    typed: dict[str, str | Sequence[str]] = {
        board.title: new.summary,
        board.column: (column, *new.labels) if column_field.many else column,
    }
    if board.due:
        typed[board.due] = new.due
    if board.details:
        typed[board.details] = prose(new.details)
    if board.assigned and new.assignees:
        known = known_people(tracker, wiki)
        typed[board.assigned] = [person_named(name.strip(), known) for name in new.assignees]
    written: dict[str, str] = {}
    for field_id, value in typed.items():
        empty = FieldValue(tracker.field(field_id), None, "", "", ())
        written[field_id] = (
            wikitext_of(empty, value, mapping)
            if isinstance(value, str)
            else wikitext_of_items(empty, value, mapping)
        )
    due = written.get(board.due or "", "")
    if board.due and read_date(due).state == "right" and day_read(due) is None:
        raise refused(tracker.field(board.due), _NO_DAY)
    # a comma in a title is written as it is: the board splits the page's own title alike
    written[board.related] = values.encode(page)
    if board.status and board.open:
        vocabulary = mapping.vocabulary(tracker.field(board.status))
        done = board.done_closes and column == board.columns[-1]
        closed = closing_status(board, vocabulary) if done else None
        written[board.status] = values.encode(closed or board.open)
    return written


def _refuse_twin(summary: str, page: str, tracker: Tracker) -> None:
    """Refuse to add twice what is to be done once.

    Raises:
        InputError: an action that is not closed has the same summary on the same board.
    """
    for action in tracker.actions:
        same = fold(action.summary) == fold(summary) and action.state != "closed"
        if same and names_page(action, page, tracker.related, tracker.places):
            raise InputError(
                Text(
                    f"« {page} » a déjà une action « {action.summary} » : {action.title}.",
                    f"“{page}” has an action “{action.summary}” already: {action.title}.",
                ),
                Text(
                    "S'il en faut une autre, donnez-lui un autre résumé.",
                    "If another one is needed, give it another summary.",
                ),
            )


def _next_title(tracker: Tracker, wiki: Wiki) -> Title:
    """Return the title behind the highest number that is taken, as far as was read."""
    spaces, namespace = wiki.syntax.namespaces, tracker.page_type.namespace
    titles = [a.title for a in tracker.actions] + list(tracker.unread)
    taken = (number_of(title.name) for title in titles if title.namespace == namespace)
    highest = max((number for number in taken if number is not None), default=0)
    return spaces.title(namespace, f"{highest + 1}")


_NO_DAY = Text(
    "il y faut un jour, par exemple 2027-04-30 : un mois seul, le formulaire du wiki l'abîme.",
    "it takes a day, such as 2027-04-30: a mere month is spoilt by the wiki's form.",
)
