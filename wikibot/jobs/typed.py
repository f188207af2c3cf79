"""What a person types for a field, checked and spelled as the page has to hold it.

`set`, the form of `edit`, workbooks and reviewed plans all mean the same by the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from wikibot import value as values
from wikibot.checks import Finding, check_page, errors_of
from wikibot.checks.numbers import read
from wikibot.checks.several_amounts import decimal_sign
from wikibot.checks.words import label
from wikibot.edits import Change, FieldValue, PageEdit, Record, rebase
from wikibot.edits.dates import read_date
from wikibot.errors import InputError, UnsafeValue, WikibotError
from wikibot.language import Text
from wikibot.mapping import Field, Mapping
from wikibot.page import Page
from wikibot.wiki import Wiki

Operator = Literal["=", "+=", "-="]


def wikitext_of(found: FieldValue, typed: str, mapping: Mapping, operator: Operator = "=") -> str:
    """Return the wikitext that a field is to hold, where a person types `typed` for it.

    `=` puts a value (an empty one clears the field), `+=` adds to a list, `-=` takes from it.
    A term is written with its own label, a date year-month-day and a number in digits, whatever
    spelling was typed; what stands there and means the same stays as it is written.

    Raises:
        InputError: the field is computed, is no list, or cannot hold that.
        UnsafeValue: a control character; an item of a list that holds the separator.
    """
    field, typed = found.field, _one_kind_of_line_end(typed).strip()
    if field.many:
        return wikitext_of_items(found, typed.split(field.separator), mapping, operator)
    _refuse_nonsense(field, operator)
    if "\n" in typed and field.kind != "longtext":
        raise _single_line(field)
    values.encode(typed)  # refuses what no page can hold
    new = _spelled(field, typed, mapping) if typed else ""
    if field.wikitext:
        return found.wikitext if values.without_comments(new) == found.wikitext else new
    return found.wikitext if new == _one_kind_of_line_end(found.text) else values.encode(new)


def wikitext_of_items(
    found: FieldValue, typed: Iterable[str], mapping: Mapping, operator: Operator = "="
) -> str:
    """Return the wikitext of a list that a person types item by item; as `wikitext_of`."""
    field = found.field
    _refuse_nonsense(field, operator)
    stripped = (_one_kind_of_line_end(item).strip() for item in typed)
    typed_items = [item for item in stripped if item]
    if (
        field.kind != "longtext"
        and field.separator != "\n"
        and any("\n" in item for item in typed_items)
    ):
        raise _single_line(field)
    for item in typed_items:
        values.encode(item)  # refuses what no page can hold
    if operator == "-=":
        gone = {meant for item in typed_items for meant in _there(found, item, mapping)}
        items = [item for item in found.items if item not in gone]
    else:
        adds = operator == "+="
        items = list(found.items) if adds else []
        for item in typed_items:
            if not (adds and _same_there(found, item, mapping)):
                items.append(_spelled(field, item, mapping))
    items = list(dict.fromkeys(items))
    if tuple(items) == found.items:
        return found.wikitext
    return values.join(items, field.separator, like=found.wikitext)


def _one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _single_line(field: Field) -> InputError:
    return refused(field, Text("il tient sur une seule ligne.", "it is a single line."))


def _spelled(field: Field, typed: str, mapping: Mapping) -> str:
    """Return what was typed as the wiki reads it right, where it has one reading alone."""
    if field.kind == "date":
        reading = read_date(typed)
        return reading.new if reading.state == "one" and reading.new else typed
    if field.kind in ("number", "amount"):
        number = read(typed, decimal_sign(mapping), money=field.kind == "amount")
        return number.new if number.safe and number.new else typed
    return _term(field, typed, mapping)


def change_to(record: Record, found: FieldValue, new: str) -> Change:
    """Return the change of a field; a value under an old name, surely so, takes the new one."""
    change = record.change(found, new)
    field, name = found.field, change.parameter
    main = record.call.parameters.get(field.parameter)
    stays = name == field.parameter or not field.verified or not (change.old and new)
    if stays or (main and main.value) or not record.can_rename(found, name):
        return change
    return replace(change, parameter=field.parameter, renamed_from=name, after=())


def mistakes(page: Page, edit: PageEdit, mapping: Mapping, wiki: Wiki) -> list[Finding]:
    """Return what a rule calls an error on the page after the edit and did not before it.

    Only of fields that the edit fills: that a field is left empty is no mistake of what is typed.

    Raises:
        AmbiguousWikitext, UnsafeValue: a value cannot be written with certainty.
    """
    after = replace(page, text=rebase(page, edit, wiki.syntax).text)
    fields = {change.field for change in edit.changes}
    errors = [
        found
        for found in errors_of(after, mapping, wiki.syntax)
        if found.value and found.field in fields
    ]
    if not errors:
        return []
    known = {(f.rule, f.field, f.value) for f in check_page(page, mapping, wiki.syntax)}
    return [f for f in errors if (f.rule, f.field, f.value) not in known]


def because(field: Field, found: Finding) -> InputError:
    """Return the error that refuses a value by a rule, in the rule's own words."""
    advice, why = field.help.text if field.help else None, found.message
    if label(field).fr in why.fr:  # the rule names the field itself
        return InputError(why, advice)
    return refused(field, why, advice)


def together(errors: Sequence[WikibotError]) -> WikibotError:
    """Return one error that says all of them, each once, with its own advice."""
    first = errors[0]
    said = dict.fromkeys(said_with_advice(error) for error in errors)
    if len(said) == 1:
        return first
    message = Text("\n".join(text.fr for text in said), "\n".join(text.en for text in said))
    kind = UnsafeValue if all(isinstance(error, UnsafeValue) for error in errors) else InputError
    return kind(message)


def said_with_advice(error: WikibotError) -> Text:
    """Return what an error says and advises, as one line."""
    message, advice = error.message, error.advice
    if advice is None:
        return message
    return Text(f"{message.fr} {advice.fr}", f"{message.en} {advice.en}")


def refused(field: Field, why: Text, advice: Text | None = None) -> InputError:
    """Return the error of a field that cannot hold what was typed."""
    said = Text(f"{field.label.fr} : {why.fr}", f"{field.label.en}: {why.en}")
    return InputError(said, advice)


def _refuse_nonsense(field: Field, operator: Operator) -> None:
    if field.computed:
        raise refused(
            field,
            Text("le wiki le calcule, il ne s'écrit pas.", "the wiki computes it."),
        )
    if operator != "=" and not field.many:
        raise refused(
            field,
            Text(
                f"ce n'est pas une liste : {operator} n'y a pas de sens, écrivez =.",
                f"it is no list: {operator} makes no sense there, write =.",
            ),
        )


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
