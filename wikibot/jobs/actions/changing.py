"""Moves, assigns, closes and reopens actions: each a plan, applied like any other.

What the mapping says of its board is kept: with `done_closes` the last column and the closing
status come and go together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from wikibot import value as values
from wikibot.edits import Change, FieldValue, Plan, Record
from wikibot.edits.boards import closing_status, column_meant
from wikibot.errors import InputError
from wikibot.jobs.actions.naming import (
    column_named,
    known_people,
    person_named,
    records_named,
    same_person,
)
from wikibot.jobs.actions.prose import prose
from wikibot.jobs.actions.reading import read_actions, tracker_type
from wikibot.jobs.assign import Assignment, set_fields
from wikibot.jobs.planning import make_plan, page_edit
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.typed import (
    Operator,
    because,
    change_to,
    mistakes,
    refused,
    wikitext_of,
    wikitext_of_items,
)
from wikibot.language import Text
from wikibot.mapping import Board, Mapping, PageType
from wikibot.wiki import Wiki

New = dict[str, str]  # field id → the wikitext it is to hold


def move_actions(
    names: Sequence[str],
    column: str,
    mapping: Mapping,
    wiki: Wiki,
    *,
    around: Surroundings = REAL,
) -> Plan:
    """Return the plan that puts actions into one column; labels that are none stay.

    Raises:
        InputError: no such action or column; a field that cannot hold what is to be written.
        AmbiguousWikitext, UnsafeValue: a page cannot be read or written with certainty.
    """
    page_type, board = tracker_type(mapping)
    field = page_type.field(board.column)
    assert field is not None
    label = column_named(column, board, field, mapping)

    def moved(record: Record) -> New:
        closes = board.done_closes and label == board.columns[-1]
        stays_closed = not board.done_closes and _is_closed(record, board, mapping)
        status = {} if stays_closed else _status(record, board, mapping, closed=closes)
        return {**_column(record, label, board, mapping), **status}

    return _plan(names, moved, mapping, wiki, around)


def close_actions(
    names: Sequence[str],
    mapping: Mapping,
    wiki: Wiki,
    *,
    resolution: str = "",
    around: Surroundings = REAL,
) -> Plan:
    """Return the plan that closes actions, and says how they ended where `resolution` does.

    Raises: as `move_actions`.
    """
    page_type, board = tracker_type(mapping)
    if resolution and not board.resolution:
        raise _without(page_type, Text("résolution", "resolution"))

    def closed(record: Record) -> New:
        new = _status(record, board, mapping, closed=True)
        if board.done_closes or not board.status:
            new |= _column(record, board.columns[-1], board, mapping)
        if resolution and board.resolution:
            found = record[board.resolution]
            new[board.resolution] = wikitext_of(found, prose(resolution), mapping)
        return new

    return _plan(names, closed, mapping, wiki, around)


def reopen_actions(
    names: Sequence[str],
    mapping: Mapping,
    wiki: Wiki,
    *,
    column: str | None = None,
    around: Surroundings = REAL,
) -> Plan:
    """Return the plan that opens actions again; what was done goes to `column`, or the first.

    Raises: as `move_actions`.
    """
    page_type, board = tracker_type(mapping)
    field = page_type.field(board.column)
    assert field is not None
    label = column_named(column, board, field, mapping) if column else None
    couples = board.done_closes or not board.status

    def opened(record: Record) -> New:
        new = _status(record, board, mapping, closed=False)
        meant = _columns_meant(record, board, mapping)
        if label or (couples and board.columns[-1] in meant):
            new |= _column(record, label or board.columns[0], board, mapping)
        return new

    return _plan(names, opened, mapping, wiki, around)


def assign_actions(
    names: Sequence[str],
    people: Sequence[str],
    mapping: Mapping,
    wiki: Wiki,
    *,
    operator: Operator = "+=",
    around: Surroundings = REAL,
) -> Plan:
    """Return the plan that gives actions to people: besides (+=), no longer (-=), or alone (=).

    A name is matched with those known, without regard to case and accents. Who has none of the
    actions is taken from none.

    Raises: as `move_actions`.
    """
    page_type, board = tracker_type(mapping)
    if board.assigned is None:
        raise _without(page_type, Text("responsable", "assignee"))
    assigned = board.assigned
    tracker = read_actions(wiki, mapping, around=around)
    known = known_people(tracker, wiki) if operator != "-=" else ()

    def given(record: Record) -> New:
        found = record[assigned]
        if operator == "-=":
            gone = {name for person in people for name in same_person(person, found.items)}
            if not found.field.many:
                return {assigned: "" if gone else found.wikitext}
            return {assigned: wikitext_of_items(found, gone, mapping, operator)}
        meant = [person_named(person.strip(), known) for person in people]
        if found.field.many:
            return {assigned: wikitext_of_items(found, meant, mapping, operator)}
        return {assigned: wikitext_of(found, meant[0], mapping)}

    return _plan(names, given, mapping, wiki, around)


def edit_action(
    name: str,
    assignments: Sequence[Assignment | str],
    mapping: Mapping,
    wiki: Wiki,
    *,
    around: Surroundings = REAL,
) -> Plan:
    """Return the plan that gives fields of one action new values, as `set_fields`.

    Raises: as `set_fields`, and where there is no such action.
    """
    (record,) = records_named((name,), mapping, wiki)
    return set_fields([record.page], assignments, mapping, wiki, around=around)


def _plan(
    names: Sequence[str],
    wanted: Callable[[Record], New],
    mapping: Mapping,
    wiki: Wiki,
    around: Surroundings,
) -> Plan:
    edits = []
    for record in records_named(names, mapping, wiki):
        new = wanted(record)
        edit = page_edit(record.page, list(_changes(record, new)), mapping)
        for mistake in mistakes(record.page, edit, mapping, wiki):
            raise because(record[mistake.field].field, mistake)
        edits.append(edit)
    return make_plan(wiki, edits, around)


def _changes(record: Record, new: New) -> Iterable[Change]:
    for field_id in record.values:  # in the form's order
        if field_id in new and new[field_id] != record[field_id].wikitext:
            yield change_to(record, record[field_id], new[field_id])


def _column(record: Record, label: str, board: Board, mapping: Mapping) -> New:
    """Return what puts a record into one column: its label stands where the first column's did."""
    found = record[board.column]
    if not found.is_plain:
        raise refused(found.field, _UNREADABLE)
    if not found.field.many:
        return {board.column: values.encode(label)}
    vocabulary = mapping.vocabulary(found.field)
    columns = [bool(column_meant(item, board, vocabulary)) for item in found.items]
    first = columns.index(True) if True in columns else 0
    others = [item for item, is_one in zip(found.items, columns, strict=True) if not is_one]
    items = list(dict.fromkeys((*others[:first], label, *others[first:])))
    if tuple(items) == found.items:
        return {board.column: found.wikitext}
    return {board.column: values.join(items, found.field.separator, like=found.wikitext)}


def _status(record: Record, board: Board, mapping: Mapping, *, closed: bool) -> New:
    """Return what makes the wiki take a record for closed or for open; nothing where it does."""
    if board.status is None:
        return {}
    found = record[board.status]
    term = closing_status(board, mapping.vocabulary(found.field)) if closed else board.open
    if term is None:
        raise refused(found.field, _SEVERAL)
    if not found.is_plain:
        raise refused(found.field, _UNREADABLE)
    stands = found.text == term or (not closed and found.parameter is None)
    return {board.status: found.wikitext if stands else values.encode(term)}


def _is_closed(record: Record, board: Board, mapping: Mapping) -> bool:
    found = record[board.status] if board.status else None
    vocabulary = mapping.vocabulary(found.field) if found else None
    term = vocabulary.meant_by(found.text) if found and vocabulary else None
    return term is not None and term.label != board.open


def _columns_meant(record: Record, board: Board, mapping: Mapping) -> set[str | None]:
    found: FieldValue = record[board.column]
    vocabulary = mapping.vocabulary(found.field)
    return {column_meant(item, board, vocabulary) for item in found.items}


def _without(page_type: PageType, what: Text) -> InputError:
    return InputError(
        Text(
            f"La correspondance ne dit pas quel champ d'une fiche « {page_type.label.fr} » est "
            f"son champ « {what.fr} ».",
            f"The mapping does not say which field of a page “{page_type.label.en}” is its "
            f"“{what.en}”.",
        ),
        Text(
            "Complétez la table [board] du type de pages.",
            "Complete the table [board] of the page type.",
        ),
    )


_UNREADABLE = Text(
    "il contient un modèle ou une balise, wikibot n'y touche pas.",
    "it holds a template or a tag, wikibot does not touch it.",
)
_SEVERAL = Text(
    "aucun statut, ou plusieurs, closent une action : wikibot ne peut pas choisir.",
    "no status, or several, close an action: wikibot cannot choose.",
)
