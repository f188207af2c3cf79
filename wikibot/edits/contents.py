"""What a page says, taken to pieces: the words of its fields and of its text, and its links.

Pure: the same page read with the same mapping and the same syntax gives the same, in whatever
process. The mirror keeps it beside the text, for searching.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from wikibot import value
from wikibot.edits.record import FieldValue, field_value
from wikibot.edits.titles import title_named
from wikibot.errors import AmbiguousWikitext
from wikibot.mapping import Field, Mapping
from wikibot.page import Page
from wikibot.title import FILE, MAIN, USER, Title
from wikibot.wikitext import Syntax, Transclusion, redirect_target, transclusions
from wikibot.wikitext.links import links_of
from wikibot.wikitext.prose import prose_of

_FORM = 1  # to be raised when the same page gives something else: all is derived anew
How = Literal["field", "text", "category", "redirect"]
TITLE, TEXT = "title", "text"  # passages that are no field's


class Passage(NamedTuple):
    """Words that stand in one place of a page.

    `template` and `call` (its calls on the page are counted from 0) say in which record; `field` is
    the id of the field or, of a parameter that the mapping does not know, `|` and its name;
    `ordinal` counts the values of a list from 0. Without a template `field` is `title`, or `text`:
    what stands outside of the records.
    """

    template: str | None
    call: int
    field: str
    ordinal: int
    value: str


class LinkTo(NamedTuple):
    """A link of a page: to which title, by what, and in which field it stands (None: in none)."""

    namespace: int
    name: str
    how: How
    template: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class Contents:
    """What a page says. `calls` are the templates it calls; "" where that is not certain."""

    calls: tuple[str, ...]
    passages: tuple[Passage, ...]
    links: tuple[LinkTo, ...]


def contents_of(page: Page, mapping: Mapping, syntax: Syntax) -> Contents:
    """Return what a page says, each link once.

    Of a page that cannot be read with certainty it is the title and the text as a whole.
    """
    title = Passage(None, 0, TITLE, 0, page.title.name)
    try:
        calls = transclusions(page.text, syntax)
    except AmbiguousWikitext:
        whole = prose_of(page.text, (), (), syntax)
        return Contents(("",), (title, *_text(whole)), ())
    known = [call for call in calls if mapping.type_of(call.name) is not None]
    places: list[_Place] = []
    passages = [title]
    links: dict[LinkTo, None] = {}
    seen: dict[str, int] = {}
    for call in known:
        index = seen[call.name] = seen.get(call.name, -1) + 1
        for name, held in _values(call, mapping, places):
            items = _items(held)
            passages += (Passage(call.name, index, name, n, item) for n, item in enumerate(items))
            if isinstance(held, FieldValue):
                links |= dict.fromkeys(_named(call.name, held, mapping, syntax))
    links |= dict.fromkeys(_written(page, places, syntax))
    outer = _outermost(known)
    others = [call for call in calls if not _within(call.span, outer)]
    passages += _text(prose_of(page.text, outer, others, syntax))
    return Contents(tuple({call.name for call in calls}), tuple(passages), tuple(links))


def derived_by(mapping: Mapping, syntax: Syntax) -> str:
    """Return a digest of all that contents depend on beside the page."""
    told = (
        f"{page_type.model_dump_json()}{_vocabularies(page_type.fields, mapping)}"
        for page_type in mapping.page_types
    )
    read = f"{_FORM} {syntax.namespaces!r} {sorted(syntax.extension_tags)}"
    return hashlib.sha256("\n".join((read, *told)).encode()).hexdigest()


def _vocabularies(fields: Sequence[Field], mapping: Mapping) -> list[str | None]:
    found = (mapping.vocabulary(field) for field in fields)
    return [known.page_type if known else None for known in found]


class _Place(NamedTuple):
    """Where in the text the value of a field stands."""

    start: int
    end: int
    template: str
    field: str


def _values(
    call: Transclusion, mapping: Mapping, places: list[_Place]
) -> Iterator[tuple[str, FieldValue | str]]:
    """Yield the filled fields of a call, in the form's order, then what the mapping does not know.

    The places of all of them are put down.
    """
    page_type = mapping.type_of(call.name)
    assert page_type is not None
    for field in page_type.fields:
        found = field_value(field, call)
        if found.parameter is not None and found.wikitext:
            places.append(_Place(*found.parameter.span, call.name, field.id))
            yield field.id, found
    for name, parameter in call.parameters.items():
        if page_type.field_of(name) is None:
            places.append(_Place(*parameter.span, call.name, f"|{name}"))
            yield f"|{name}", value.decode(parameter.value)


def _items(held: FieldValue | str) -> tuple[str, ...]:
    if isinstance(held, str):
        return (held,) if held else ()
    return held.items


def _named(template: str, found: FieldValue, mapping: Mapping, syntax: Syntax) -> Iterator[LinkTo]:
    """Yield the pages that a field names by its kind."""
    namespace = _namespace(found.field, mapping)
    if namespace is None or "{{" in found.wikitext or "<" in found.wikitext:
        return
    for item in found.items:
        if item in found.field.placeholders:
            continue
        title = title_named(item, syntax.namespaces, namespace)
        if title is not None:
            yield LinkTo(title.namespace, title.name, "field", template, found.field.id)


def _namespace(field: Field, mapping: Mapping) -> int | None:
    """Return where the pages are that a field names; None: it names none."""
    if field.kind == "page":
        return MAIN
    if field.kind == "file":
        return FILE
    vocabulary = mapping.vocabulary(field)
    of_type = field.pages_of or (vocabulary.page_type if vocabulary else None)
    page_type = mapping.page_type(of_type) if of_type else None
    if page_type is not None:
        return page_type.namespace
    return USER if field.kind == "user" else None


def _written(page: Page, places: list[_Place], syntax: Syntax) -> Iterator[LinkTo]:
    """Yield the links that are written as such, each with the field in which it stands."""
    target = redirect_target(page.text)
    led = title_named(target, syntax.namespaces) if target else None
    if led is not None:
        yield LinkTo(led.namespace, led.name, "redirect")
    following = sorted(places, reverse=True)
    within: list[_Place] = []  # the innermost last
    for link in links_of(page.text, syntax):
        to: Title = link.title
        while following and following[-1].start <= link.start:
            within.append(following.pop())
        while within and within[-1].end <= link.start:
            within.pop()
        if link.category:
            yield LinkTo(to.namespace, to.name, "category")
        elif within:
            yield LinkTo(to.namespace, to.name, "field", within[-1].template, within[-1].field)
        elif to != led:
            yield LinkTo(to.namespace, to.name, "text")


def _outermost(calls: Sequence[Transclusion]) -> list[tuple[int, int]]:
    """Return the spans of calls, in the order of their starts, that are within no other."""
    spans: list[tuple[int, int]] = []
    for call in calls:
        if not spans or call.span[0] >= spans[-1][1]:
            spans.append(call.span)
    return spans


def _within(span: tuple[int, int], outer: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(outer, span)
    return index > 0 and span[1] <= outer[index - 1][1]


def _text(prose: str) -> tuple[Passage, ...]:
    return (Passage(None, 0, TEXT, 0, prose),) if prose else ()
