"""Reads answers of `browsebysubject` and of `smwbrowse` with `browse=subject`.

They hold all that Semantic MediaWiki knows of one page: its properties, its subobjects, and
the values that it could not read. Dates and pages are typed; of a number nobody tells whether
it is a quantity or a temperature, unless the caller knows the datatypes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wikibot.title import FRENCH, Namespaces
from wikibot.visible import visible
from wikibot.wiki.semantic.names import key_of, names_of
from wikibot.wiki.semantic.reading import page_of_serialisation, read_dataitem, record
from wikibot.wiki.semantic.refusals import Malformed, check
from wikibot.wiki.semantic.values import PageValue, Printout, Value

# Names of the subobjects in which values of several parts are kept.
_MONOLINGUAL, _REFERENCE, _UNNAMED = "_ML", "_REF", "_"


@dataclass(frozen=True)
class Improper:
    """A value that Semantic MediaWiki could not read, as it noted it itself.

    `property` is the key; `code` names the message (`smw_nofloat`), `parts` are what goes into
    it, the value first.
    """

    property: str
    code: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """What Semantic MediaWiki knows of a page, or of one subobject of it, at this moment.

    `subject` is the page that answered: of a redirect, its target. A page of which nothing is
    known (`nothing_known`) may exist all the same: without properties, or not yet indexed.
    """

    subject: PageValue
    properties: tuple[Printout, ...]
    subobjects: tuple[Facts, ...] = ()
    improper: tuple[Improper, ...] = ()

    @property
    def nothing_known(self) -> bool:
        """Whether nothing is known here, which says nothing of the page itself."""
        return not self.properties

    def __getitem__(self, name: str) -> tuple[Value, ...]:
        """Return the values of a property, by key or by any of its names; none: ()."""
        key = key_of(name)
        return next((p.values for p in self.properties if p.key == key), ())


def read_facts(
    answer: object,
    namespaces: Namespaces = FRENCH,
    datatypes: Mapping[str, str] | None = None,
) -> Facts:
    """Return the facts of an answer; `datatypes` are those of properties, by key, where known.

    Raises:
        QueryRefused: Semantic MediaWiki does not accept the question.
        Malformed: it is no such answer.
    """
    whole = check(answer)
    known = datatypes or {}
    try:
        query = whole["query"]
        subject = page_of_serialisation(query["subject"], namespaces)
        parts = tuple(
            Facts(
                page_of_serialisation(part["subject"], namespaces),
                _properties(part["data"], namespaces, known, ()),
            )
            for part in query.get("sobj") or ()
        )
        properties = _properties(query["data"], namespaces, known, parts)
        return Facts(subject, properties, parts, tuple(_improper(parts)))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Malformed(f"no answer of browsebysubject: {error!r}") from None


def _properties(
    data: Iterable[dict[str, Any]],
    namespaces: Namespaces,
    datatypes: Mapping[str, str],
    parts: tuple[Facts, ...],
) -> tuple[Printout, ...]:
    by_name = {part.subject.fragment: part for part in parts}
    named = set()
    if parts:
        data = list(data)
        named = _subobjects_of(data)
    found = []
    for entry in data:
        key = str(entry["property"])
        told = datatypes.get(key, "")
        values = [
            read_dataitem(item["type"], str(item["item"]), told, namespaces)
            for item in entry["dataitem"]
        ]
        if not key.startswith("_"):
            values = [_whole(value, by_name, named, told) for value in values]
        datatype = told or (values[0].datatype if values else "")
        found.append(Printout(names_of(key).fr, key, datatype, tuple(values)))
    return tuple(found)


def _subobjects_of(data: list[dict[str, Any]]) -> set[str]:
    return {
        str(item["item"]).split("#", 3)[-1]
        for entry in data
        if entry["property"] == "_SOBJ"
        for item in entry["dataitem"]
    }


def _whole(value: Value, parts: Mapping[str, Facts], subobjects: set[str], datatype: str) -> Value:
    """Return a value of several parts in place of the page on which its parts are kept."""
    if not isinstance(value, PageValue) or value.fragment not in parts:
        return value
    name = value.fragment
    if not name.startswith(_UNNAMED) or name in subobjects:
        return value  # somebody links to a subobject
    fields = [p for p in parts[name].properties if p.key != "_SKEY"]
    if name.startswith(_REFERENCE):
        datatype = datatype or "_ref_rec"
    elif name.startswith(_MONOLINGUAL):
        datatype = datatype or "_mlt_rec"
    return record(fields, datatype or "_rec")


def _improper(parts: Iterable[Facts]) -> Iterable[Improper]:
    for part in parts:
        for page, note in zip(part["_ERRP"], part["_ERRT"], strict=False):
            name = page.title.name if isinstance(page, PageValue) else str(page)
            code, words = note_of(str(note))
            yield Improper(key_of(name), code, words)


def note_of(sent: str) -> tuple[str, tuple[str, ...]]:
    """Read `[2,"smw_nofloat","beaucoup"]`: how to show it, the message, what goes into it."""
    try:
        _, code, *parts = json.loads(sent)
        return visible(code, 80), tuple(visible(part, 200) for part in parts)
    except (ValueError, TypeError, RecursionError):
        return "", (visible(sent, 200),)
