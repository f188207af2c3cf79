"""What a template tells of its parameters, as TemplateData: labels, types, what is required.

What TemplateData has no word for (lists, amounts, properties) stands in its `maps`, the place
for keys of other programs; `mapping discover` reads it back.
Source: MediaWiki, Extension:TemplateData (format of the JSON).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from wikibot.installation.facilities import Facilities
from wikibot.installation.properties import Properties
from wikibot.language import Text
from wikibot.mapping import Field, Kind, Label, Mapping, PageType, Vocabulary

_TYPES: dict[Kind, str] = {
    "longtext": "content",
    "page": "wiki-page-name",
    "user": "wiki-user-name",
    "file": "wiki-file-name",
    "url": "url",
    "date": "date",
    "number": "number",
}
_PROGRAM = "wikibot"


def template_data(
    page_type: PageType, mapping: Mapping, properties: Properties, facilities: Facilities
) -> str:
    """Return the JSON that stands between the tags; it holds no mark of wikitext."""
    fields = [field for field in page_type.fields if not field.computed]
    data: dict[str, Any] = {}
    if page_type.about:
        data["description"] = _words(page_type.about)
    data["params"] = {f.parameter: _parameter(f, mapping, facilities) for f in fields}
    data["paramOrder"] = [field.parameter for field in fields]
    data["format"] = "block"
    maps: dict[str, list[str]] = {}
    for field in fields:
        for key in _keys(page_type, field, mapping, properties, facilities):
            maps.setdefault(key, []).append(field.parameter)
    data["maps"] = {_PROGRAM: maps}
    written = json.dumps(data, ensure_ascii=False, indent=1)
    for sign in ("{{", "}}", "[[", "]]", "<", "''", "~~~"):
        written = written.replace(sign, "".join(f"\\u{ord(c):04x}" for c in sign))
    return written


def _parameter(field: Field, mapping: Mapping, facilities: Facilities) -> dict[str, Any]:
    kind = "line" if field.many else _TYPES.get(field.kind, "line")
    data: dict[str, Any] = {"label": _words(field.label), "type": kind}
    if field.help:
        data["description"] = _words(field.help)
    if field.required:
        data["required" if field.required == "error" else "suggested"] = True
    if field.parameter_aliases:
        data["aliases"] = list(field.parameter_aliases)
    vocabulary = mapping.vocabulary(field)
    if vocabulary is not None and not _told_elsewhere(vocabulary, facilities):
        data["suggestedvalues"] = [term.label for term in vocabulary.terms]
    return data


def _keys(
    page_type: PageType,
    field: Field,
    mapping: Mapping,
    properties: Properties,
    facilities: Facilities,
) -> Iterator[str]:
    """Yield what there is to say of a field in the words of `mapping discover`."""
    yield f"kind:{field.kind}"
    if field.many:
        yield f"list:{field.separator}"
    if field.keywords:
        yield "keywords"
    if field.max_length is not None:
        yield f"max_length:{field.max_length}"
    vocabulary = mapping.vocabulary(field)
    told_here = vocabulary is not None and not _told_elsewhere(vocabulary, facilities)
    if vocabulary is not None and told_here and not vocabulary.open:
        yield "closed"
    found = properties.of(page_type, field)
    if found is not None:
        yield f"property:{found.name}"


def _told_elsewhere(vocabulary: Vocabulary, facilities: Facilities) -> bool:
    """Return whether form or property tell the terms; a wiki before 1.36 knows no other way."""
    return facilities.forms or (facilities.semantic and not vocabulary.open)


def _words(label: Label | Text) -> dict[str, str]:
    return {"fr": label.fr, "en": label.en}
