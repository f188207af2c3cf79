"""set: a person gives fields new values; checked before anything is planned."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wikibot import value as values
from wikibot.checks import check_page
from wikibot.edits import Change, FieldValue, Plan, Record, rebase
from wikibot.errors import InputError, WikibotError
from wikibot.jobs.planning import make_plan, page_edit
from wikibot.jobs.select import records_on, the_field
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Field, Mapping
from wikibot.page import Page
from wikibot.wiki import Wiki

Operator = Literal["=", "+=", "-="]


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

    Terms are written with their own label, whatever spelling was typed. A page that holds the
    values already gets no edit.

    Raises:
        InputError: an unknown field or term, a value that the field cannot hold.
        AmbiguousWikitext, UnsafeValue: the value cannot be written with certainty.
    """
    wanted = [parse_assignment(a) if isinstance(a, str) else a for a in assignments]
    edits = []
    for page in pages:
        record = records_on(page, mapping, wiki)[0]
        new: dict[str, str] = {}
        for assignment in wanted:
            found = _found(record, assignment, mapping)
            if found.field.id in new:
                found = _with(found, new[found.field.id])
            new[found.field.id] = _wikitext(found, assignment, mapping)
        changes = [
            _change(record, record[field_id], wikitext)
            for field_id, wikitext in new.items()
            if wikitext != record[field_id].wikitext
        ]
        edit = page_edit(page, changes, mapping)
        _refuse_mistakes(
            page,
            replace(page, text=rebase(page, edit, wiki.syntax).text),
            record,
            set(new),
            mapping,
            wiki,
        )
        edits.append(edit)
    return make_plan(wiki, edits, around)


def _change(record: Record, found: FieldValue, new: str) -> Change:
    """Return the change of a field; a value under an old name, surely so, takes the new one."""
    change = record.change(found, new)
    field, name = found.field, change.parameter
    main = record.call.parameters.get(field.parameter)
    stays = name == field.parameter or not field.verified or not (change.old and new)
    if stays or (main and main.value) or not record.can_rename(found, name):
        return change
    return replace(change, parameter=field.parameter, renamed_from=name, after=())


def _found(record: Record, assignment: Assignment, mapping: Mapping) -> FieldValue:
    field = the_field(record, assignment.field)
    if field.computed:
        raise _refused(
            field,
            Text("le wiki le calcule, il ne s'écrit pas.", "the wiki computes it."),
        )
    if assignment.operator != "=" and not field.many:
        raise _refused(
            field,
            Text(
                f"ce n'est pas une liste : {assignment.operator} n'y a pas de sens, écrivez =.",
                f"it is no list: {assignment.operator} makes no sense there, write =.",
            ),
        )
    return record[field.id]


def _with(found: FieldValue, wikitext: str) -> FieldValue:
    """Return the field as an earlier assignment of the same command leaves it."""
    items = values.split(wikitext, found.field.separator)
    return replace(found, wikitext=wikitext, text=values.decode(wikitext), items=items)


def _wikitext(found: FieldValue, assignment: Assignment, mapping: Mapping) -> str:
    field, typed = found.field, assignment.value.strip()
    of_lines = field.kind == "longtext" or (field.many and field.separator == "\n")
    if "\n" in typed and not of_lines:
        raise _refused(field, Text("il tient sur une seule ligne.", "it is a single line."))
    values.encode(typed)  # refuses what no page can hold
    if not field.many:
        term = _term(field, typed, mapping) if typed else ""
        if field.wikitext:
            return found.wikitext if values.without_comments(term) == found.wikitext else term
        return found.wikitext if term == found.text else values.encode(term)
    typed_items = [item.strip() for item in typed.split(field.separator) if item.strip()]
    if assignment.operator == "-=":
        gone = {meant for item in typed_items for meant in _there(found, item, mapping)}
        items = [item for item in found.items if item not in gone]
    else:
        adds = assignment.operator == "+="
        items = list(found.items) if adds else []
        for item in typed_items:
            if not (adds and _same_there(found, item, mapping)):
                items.append(_term(field, item, mapping))
    items = list(dict.fromkeys(items))
    if tuple(items) == found.items:
        return found.wikitext
    return values.join(items, field.separator, like=found.wikitext)


def _there(found: FieldValue, typed: str, mapping: Mapping) -> list[str]:
    """Return the items of a list that `typed` means, as they are spelled there.

    Raises:
        InputError: none, and `typed` is no term of the vocabulary either.
    """
    same = _same_there(found, typed, mapping)
    if not same:
        _refuse_slip(found, typed)
        _term(found.field, typed, mapping)
    return same


def _same_there(found: FieldValue, typed: str, mapping: Mapping) -> list[str]:
    if typed in found.items:
        return [typed]
    vocabulary = mapping.vocabulary(found.field)
    term = vocabulary.meant_by(typed) if vocabulary else None
    if vocabulary is None or term is None:
        return []
    return [item for item in found.items if vocabulary.meant_by(item) is term]


def _refuse_slip(found: FieldValue, item: str) -> None:
    """Refuse to take from a list what is not in it, where something like it is.

    Raises:
        InputError: with the nearest item.
    """
    if item in found.items:
        return
    from rapidfuzz import fuzz, process, utils

    near = process.extractOne(
        item, found.items, scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=80
    )
    if near:
        raise InputError(
            Text(
                f"{found.field.label.fr} : « {item} » n'est pas dans la liste.",
                f"{found.field.label.en}: “{item}” is not in the list.",
            ),
            Text(f"Vouliez-vous dire « {near[0]} » ?", f"Did you mean “{near[0]}”?"),
        )


def _term(field: Field, typed: str, mapping: Mapping) -> str:
    """Return the vocabulary's own label for what was typed; other kinds stay as typed."""
    vocabulary = mapping.vocabulary(field)
    if vocabulary is None:
        return typed
    term = vocabulary.meant_by(typed)
    if term is not None:
        return term.label
    if vocabulary.open:
        return typed
    near = vocabulary.nearest(typed)
    hint = " · ".join(near) or " · ".join(t.label for t in vocabulary.terms[:6])
    raise InputError(
        Text(
            f"{field.label.fr} : « {typed} » n'est pas dans le vocabulaire.",
            f"{field.label.en}: “{typed}” is not in the vocabulary.",
        ),
        Text(
            f"Valeurs proches : {hint}." if near else f"Par exemple : {hint}.",
            f"Near values: {hint}." if near else f"For example: {hint}.",
        ),
    )


def _refused(field: Field, why: Text) -> InputError:
    return InputError(Text(f"{field.label.fr} : {why.fr}", f"{field.label.en}: {why.en}"))


def _refuse_mistakes(
    before: Page, after: Page, record: Record, fields: set[str], mapping: Mapping, wiki: Wiki
) -> None:
    """Refuse a value that a rule calls an error, where that error is new.

    Raises:
        InputError: the rule's own words.
    """
    known = {(f.rule, f.field, f.value) for f in check_page(before, mapping, wiki.syntax)}
    for found in check_page(after, mapping, wiki.syntax):
        new = (found.rule, found.field, found.value) not in known
        if new and found.field in fields and found.severity == "error" and found.value:
            field = record[found.field].field
            advice = field.help.text if field.help else None
            raise _because(field, found.message, advice)


def _because(field: Field, why: Text, advice: Text | None) -> WikibotError:
    return InputError(Text(f"{field.label.fr} : {why.fr}", f"{field.label.en}: {why.en}"), advice)
