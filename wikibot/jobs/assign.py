"""set: a person gives fields new values; checked before anything is planned."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wikibot import value as values
from wikibot.edits import FieldValue, Plan, Record
from wikibot.errors import InputError, UnsafeValue, WikibotError
from wikibot.jobs.planning import make_plan, page_edit
from wikibot.jobs.select import records_on, the_field
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.typed import (
    Operator,
    because,
    change_to,
    mistakes,
    together,
    wikitext_of,
)
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.wiki import Wiki


@dataclass(frozen=True)
class Assignment:
    """What a person asks of one field.

    `=` puts a value (an empty one clears the field), `+=` adds to a list, `-=` takes from it.
    """

    field: str
    operator: Operator
    value: str


def parse_assignment(text: str) -> Assignment:
    """Return the assignment written `FIELD=VALUE`, `FIELD+=VALUE` or `FIELD-=VALUE`.

    Raises:
        InputError: there is no equals sign, or no field before it.
    """
    name, equals, value = text.partition("=")
    operator: Operator = "="
    if name.endswith("+"):
        name, operator = name[:-1], "+="
    elif name.endswith("-"):
        name, operator = name[:-1], "-="
    if not equals or not name.strip() or name.strip()[-1] in "!<>~^:":
        raise InputError(
            Text(f"« {text} » n'est pas de la forme CHAMP=VALEUR.", f"“{text}” is no FIELD=VALUE."),
            Text(
                'Par exemple : licence="CC BY-SA 4.0" ou tags+="eau, sols".',
                'For example: licence="CC BY-SA 4.0" or tags+="eau, sols".',
            ),
        )
    return Assignment(name.strip(), operator, unicodedata.normalize("NFC", value))


def set_fields(
    pages: Iterable[Page],
    assignments: Sequence[Assignment | str],
    mapping: Mapping,
    wiki: Wiki,
    *,
    around: Surroundings = REAL,
) -> Plan:
    """Return the plan that gives the fields these values on each of the pages.

    Terms are written with their own label, dates year-month-day, whatever spelling was typed. A
    page that holds the values already gets no edit.

    Raises:
        InputError: unknown fields and terms, values that their field cannot hold: all that is
            wrong with one page is said at once.
        AmbiguousWikitext, UnsafeValue: the value cannot be written with certainty.
    """
    wanted = [parse_assignment(a) if isinstance(a, str) else a for a in assignments]
    edits = []
    for page in pages:
        record = records_on(page, mapping, wiki)[0]
        new, errors = new_values(record, wanted, mapping)
        changes = [
            change_to(record, record[field_id], wikitext)
            for field_id, wikitext in new.items()
            if wikitext != record[field_id].wikitext
        ]
        edit = page_edit(page, changes, mapping)
        try:
            for mistake in mistakes(page, edit, mapping, wiki):
                errors.append(because(record[mistake.field].field, mistake))
        except UnsafeValue as error:
            errors.append(error)
        if errors:
            raise together(errors)
        edits.append(edit)
    return make_plan(wiki, edits, around)


def new_values(
    record: Record, wanted: Iterable[Assignment], mapping: Mapping
) -> tuple[dict[str, str], list[WikibotError]]:
    """Return field id → the wikitext it is to hold, and why assignments cannot be followed."""
    new: dict[str, str] = {}
    errors: list[WikibotError] = []
    for assignment in wanted:
        try:
            found = record[the_field(record, assignment.field).id]
            if found.field.id in new:
                found = _with(found, new[found.field.id])
            new[found.field.id] = wikitext_of(found, assignment.value, mapping, assignment.operator)
        except (InputError, UnsafeValue) as error:
            errors.append(error)
    return new, errors


def _with(found: FieldValue, wikitext: str) -> FieldValue:
    """Return the field as an earlier assignment of the same command leaves it."""
    items = values.split(wikitext, found.field.separator)
    return found._replace(wikitext=wikitext, text=values.decode(wikitext), items=items)
