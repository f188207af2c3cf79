"""The fields of a page: one record for each call of a template that the mapping knows."""

from __future__ import annotations

from dataclasses import dataclass

from wikibot import value
from wikibot.edits.change import Change
from wikibot.mapping import Field, Mapping, PageType
from wikibot.page import Page
from wikibot.wikitext import Parameter, Syntax, Transclusion, transclusions


@dataclass(frozen=True)
class FieldValue:
    """What a page holds in one field.

    `wikitext` is the argument as written without comments, "" when empty or absent; `text` is
    what a reader sees of it; `items` the values of a list (one or none where it is no list).
    `parameter` is None where the page does not have it.
    """

    field: Field
    parameter: Parameter | None
    wikitext: str
    text: str
    items: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing stands there, or only a placeholder."""
        return not self.text or self.text in self.field.placeholders


@dataclass(frozen=True)
class Record:
    """One call of a known template on a page, its fields in the form's order.

    `index` counts the calls of that same name on the page, from 0.
    """

    page: Page
    page_type: PageType
    index: int
    call: Transclusion
    values: dict[str, FieldValue]

    def __getitem__(self, field_id: str) -> FieldValue:
        """Return the value of the field of that id."""
        return self.values[field_id]

    def change(
        self, found: FieldValue, new: str, *, rule: str = "", safe: bool = True, reason: str = ""
    ) -> Change:
        """Return the change that writes the wikitext `new` into a field of this record."""
        parameter = found.parameter.name if found.parameter else found.field.parameter
        order = self.page_type.order
        comes_or_goes = found.parameter is None or not new
        before = order[: order.index(found.field.parameter)] if comes_or_goes else ()
        return Change(
            template=self.call.name,
            index=self.index,
            parameter=parameter,
            old=found.wikitext,
            new=new,
            field=found.field.id,
            rule=rule,
            safe=safe,
            reason=reason,
            after=before,
        )

    def can_rename(self, found: FieldValue, name: str) -> bool:
        """Return whether the value under `name` can move to the name that its field has now.

        Each of the two names holds one value at most, and has a name to change.
        """
        names = (name, found.field.parameter)
        twins = [argument for argument in self.call.arguments if argument.name in names]
        filled = [a.name for a in twins if value.without_comments(a.value)]
        main = self.call.parameters.get(found.field.parameter)
        counts = main is not None and bool(value.without_comments(main.value))
        return (
            not found.field.computed
            and not any(argument.positional for argument in twins)
            and len(set(filled)) == len(filled)
            and (found.field.parameter in filled) == counts
        )

    def renaming(
        self, found: FieldValue, name: str, *, rule: str = "", safe: bool = True, reason: str = ""
    ) -> Change:
        """Return the change that gives the parameter `name` the name that its field has now."""
        order = self.page_type.order
        value_there = value.without_comments(self.call.parameters[name].value)
        return Change(
            template=self.call.name,
            index=self.index,
            parameter=found.field.parameter,
            old=value_there,
            new=value_there,
            field=found.field.id,
            rule=rule,
            safe=safe,
            reason=reason,
            after=order[: order.index(found.field.parameter)],
            renamed_from=name,
        )


def records_of(page: Page, mapping: Mapping, syntax: Syntax) -> tuple[Record, ...]:
    """Return one record for each call on the page of a template the mapping knows.

    Raises:
        AmbiguousWikitext: the page cannot be read with certainty.
    """
    seen: dict[str, int] = {}
    records = []
    for call in transclusions(page.text, syntax):
        page_type = mapping.type_of(call.name)
        if page_type is None:
            continue
        index = seen.get(call.name, 0)
        seen[call.name] = index + 1
        values = {field.id: field_value(field, call) for field in page_type.fields}
        records.append(Record(page, page_type, index, call, values))
    return tuple(records)


def field_value(field: Field, call: Transclusion) -> FieldValue:
    """Return what a call holds in a field.

    Where both the parameter and an old name of it are there, the first with a value counts.
    """
    found = [call.parameters[name] for name in field.parameters if name in call.parameters]
    if not found:
        return FieldValue(field, None, "", "", ())
    parameter = next((p for p in found if p.value), found[0])
    written = value.without_comments(parameter.value)
    text = written if field.wikitext else value.decode(written)
    one = (text,) if text else ()
    items = value.split(written, field.separator) if field.many else one
    return FieldValue(field, parameter, written, text, items)
