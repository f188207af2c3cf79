"""What a person means by an action, a column or somebody's name: case and accents are free."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence

from wikibot.edits import Record
from wikibot.edits.boards import column_meant
from wikibot.errors import InputError
from wikibot.jobs.actions.reading import (
    Tracker,
    read_actions,
    record_on,
    titles_of_type,
    tracker_type,
)
from wikibot.jobs.naming import pages_named
from wikibot.language import Text
from wikibot.mapping import Board, Field, Mapping, PageType, fold
from wikibot.wiki import Wiki

log = logging.getLogger(__name__)

_NUMBER = re.compile(r"(?:n°\s*|#)?0*([0-9]{1,9})\Z", re.IGNORECASE)


def records_named(names: Sequence[str], mapping: Mapping, wiki: Wiki) -> tuple[Record, ...]:
    """Return the actions of these numbers or titles, each once, read together.

    Raises:
        InputError: there is no such action, or the page is none.
        AmbiguousWikitext: its page cannot be read with certainty.
    """
    page_type, _ = tracker_type(mapping)
    titles = _titles(names, page_type, mapping, wiki)
    records = []
    for page in pages_named(wiki, mapping, titles):
        record = record_on(page, page_type, mapping, wiki)
        if record is None:
            raise InputError(
                Text(
                    f"La page « {page.title} » n'est pas une action.",
                    f"The page “{page.title}” is no action.",
                ),
                _LIST,
            )
        records.append(record)
    return tuple(records)


def _titles(names: Sequence[str], page_type: PageType, mapping: Mapping, wiki: Wiki) -> list[str]:
    numbers = [_NUMBER.match(name.strip()) for name in names]
    if page_type.numbered:
        spaces = wiki.syntax.namespaces
        found = {n[1]: str(spaces.title(page_type.namespace, n[1])) for n in numbers if n}
        there = {str(page.title) for page in wiki.pages(found.values())} if found else set()
        for number, title in found.items():
            if title not in there:
                raise _no_action(number)
        return [found[n[1]] if n else name for name, n in zip(names, numbers, strict=True)]
    if not any(numbers):
        return list(names)
    return [
        _title_of(int(number[1]), read_actions(wiki, mapping)) if number else name
        for name, number in zip(names, numbers, strict=True)
    ]


def _title_of(number: int, tracker: Tracker) -> str:
    """Return the title of the one action whose title ends in that number."""
    found = [action.title for action in tracker.actions if action.number == number]
    if not found:
        raise _no_action(number)
    if len(found) > 1:
        raise InputError(
            Text(
                f"Plusieurs actions portent le n° {number}.",
                f"Several actions have the no. {number}.",
            ),
            Text(
                "Donnez plutôt le titre de la page : " + ", ".join(f"« {t} »" for t in found) + ".",
                "Rather give the page's title: " + ", ".join(f"“{t}”" for t in found) + ".",
            ),
        )
    return str(found[0])


def _no_action(number: int | str) -> InputError:
    return InputError(
        Text(f"Il n'y a pas d'action n° {number}.", f"There is no action no. {number}."), _LIST
    )


def column_named(typed: str, board: Board, field: Field, mapping: Mapping) -> str:
    """Return the column that a person means, as its label is written.

    Raises:
        InputError: none; all of them are named.
    """
    column = column_meant(typed, board, mapping.vocabulary(field))
    folded = [known for known in board.columns if fold(typed) == fold(known)]
    if column or folded:
        return column or folded[0]
    names = ", ".join(column.rpartition(":")[2] for column in board.columns)
    raise InputError(
        Text(f"Le tableau n'a pas de colonne « {typed} ».", f"The board has no column “{typed}”."),
        Text(f"Ses colonnes : {names}.", f"Its columns: {names}."),
    )


def known_people(tracker: Tracker, wiki: Wiki) -> tuple[str, ...]:
    """Return the names of people that actions bear, and the titles of people's own pages."""
    field = tracker.field(tracker.board.assigned) if tracker.board.assigned else None
    of_type = tracker.mapping.page_type(field.pages_of or "") if field else None
    own = titles_of_type(of_type, wiki) if of_type else ()
    named = (name for action in tracker.actions for name in action.assignees)
    return tuple(dict.fromkeys((*named, *own)))


def same_person(typed: str, names: Iterable[str]) -> list[str]:
    """Return the names that `typed` is but for case, accents and their prefix; alone if exact."""
    known = tuple(names)
    if typed in known:
        return [typed]
    same = [name for name in known if fold(name) == fold(typed)]
    return same or [name for name in known if fold(name.rpartition(":")[2]) == fold(typed)]


def person_named(typed: str, known: Iterable[str]) -> str:
    """Return the name that a person means among those known, else what was typed.

    Raises:
        InputError: several names differ from it by case, accents or their beginning alone.
    """
    same = same_person(typed, known)
    if len(same) > 1:
        french = ", ".join(f"« {name} »" for name in same)
        english = ", ".join(f"“{name}”" for name in same)
        raise InputError(
            Text(
                f"« {typed} » peut désigner plusieurs personnes : {french}.",
                f"“{typed}” may mean several people: {english}.",
            ),
            Text("Écrivez le nom exact.", "Write the exact name."),
        )
    if same:
        return same[0]
    log.warning(
        Text(
            f"« {typed} » : personne de ce nom n'est connu ici ; le nom est écrit tel quel.",
            f"“{typed}”: nobody of that name is known here; the name is written as it is.",
        )
    )
    return typed


_LIST = Text("« actions list » les montre.", "“actions list” shows them.")
