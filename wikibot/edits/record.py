"""The fields of a page: one record for each call of a template that the mapping knows."""

from __future__ import annotations

from collections.abc import Mapping as Known
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from wikibot import value
from wikibot.edits.change import Change
from wikibot.mapping import Field, Mapping, PageType, Vocabulary
from wikibot.page import Page
from wikibot.wikitext import Parameter, Syntax, Transclusion, transclusions


class FieldValue(NamedTuple):
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

    @property
    def is_plain(self) -> bool:
        """Return whether the wiki takes the value as it stands: no call, link or tag in it."""
        written = self.wikitext
        return "{{" not in written and "[[" not in written and "<" not in written


@dataclass(frozen=True)
class Record:
    """One call of a known template on a page, its fields in the form's order.

    `index` counts the calls of that same name on the page, from 0. `mapping` is the one that it
    was read with.
    """

    page: Page
    page_type: PageType
    index: int
    call: Transclusion
    values: dict[str, FieldValue]
    mapping: Mapping = field(repr=False)

    def __getitem__(self, field_id: str) -> FieldValue:
        """Return the value of the field of that id."""
        return self.values[field_id]

    @cached_property
    def written(self) -> tuple[FieldValue, ...]:
        """Return the fields in which anything stands, but for those that the template computes."""
        found = self.values.values()
        return tuple([each for each in found if each.wikitext and not each.field.computed])

    def filled(self, kinds: frozenset[str]) -> tuple[FieldValue, ...]:
        """Return the fields of these kinds that hold something other than a placeholder."""
        found = self._filled.get(kinds)
        if found is None:
            found = tuple([each for kind, each in self._kinds if kind in kinds])
            self._filled[kinds] = found
        return found

    @cached_property
    def plain_lists(self) -> tuple[FieldValue, ...]:
        """Return the lists in which anything stands, and nothing but plain values."""
        return tuple(each for each in self.written if each.field.many and each.is_plain)

    @cached_property
    def plain_terms(self) -> tuple[tuple[FieldValue, Vocabulary], ...]:
        """Return the fields of terms that hold plain values alone, each with its vocabulary."""
        return tuple(
            (each, vocabulary)
            for each in self.written
            if each.items and each.is_plain and (vocabulary := self.mapping.vocabulary(each.field))
        )

    @cached_property
    def odd_terms(self) -> tuple[tuple[FieldValue, Vocabulary, tuple[str, ...]], ...]:
        """Return those of them with items that are not written as a term is, and these items."""
        found = []
        for each, vocabulary in self.plain_terms:
            odd = [item for item in each.items if vocabulary.term(item) is None]
            if odd:
                found.append((each, vocabulary, tuple(dict.fromkeys(odd))))
        return tuple(found)

    @cached_property
    def _kinds(self) -> list[tuple[str, FieldValue]]:
        return [(each.field.kind, each) for each in self.written if not each.is_empty]

    @cached_property
    def _filled(self) -> dict[frozenset[str], tuple[FieldValue, ...]]:
        return {}

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


def records_of(
    page: Page,
    mapping: Mapping,
    syntax: Syntax,
    only: Known[str, Sequence[Field]] | None = None,
) -> tuple[Record, ...]:
    """Return one record for each call on the page of a template the mapping knows.

    `only`: page type → the fields to be read, where the others do not matter; a record of them
    is for looking at, as it changes nothing in its right place.

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
        parameters = call.parameters
        fields = page_type.fields if only is None else only[page_type.id]
        values = {each.id: _value(each, parameters) for each in fields}
        records.append(Record(page, page_type, index, call, values, mapping))
    return tuple(records)


def field_value(field: Field, call: Transclusion) -> FieldValue:
    """Return what a call holds in a field.

    Where both the parameter and an old name of it are there, the first with a value counts.
    """
    return _value(field, call.parameters)


def _value(field: Field, parameters: Known[str, Parameter]) -> FieldValue:
    parameter = parameters.get(field.parameter)
    if field.parameter_aliases and not (parameter and parameter.value):
        others = (parameters.get(name) for name in field.parameter_aliases)
        there = [each for each in (parameter, *others) if each]
        parameter = next((each for each in there if each.value), there[0] if there else None)
    if parameter is None:
        return FieldValue(field, None, "", "", ())
    written = value.without_comments(parameter.value)
    if not written:
        return FieldValue(field, parameter, "", "", ())
    text = written if field.wikitext else value.decode(written)
    one = (text,) if text else ()
    items = value.split(written, field.separator) if field.many else one
    return FieldValue(field, parameter, written, text, items)
