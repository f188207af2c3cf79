"""TemplateData: what the documentation of a template tells of its parameters, as JSON.

Source: MediaWiki, Extension:TemplateData (format of the JSON; `maps` hold, by consumer, its own
keys with the parameters that they concern). Under `maps.wikibot` a template says what the usual
keys cannot: `kind:KIND` (one of the mapping's kinds), `list:SEPARATOR`, `keywords`, `closed` (the
suggested values are all that is accepted), `max_length:N`, `property:NAME` (the property of
Semantic MediaWiki, also where that is not installed).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from wikibot.discovery.inclusion import within, without_comments
from wikibot.language import Text
from wikibot.mapping import Kind

_TYPES = {
    "wiki-page-name": "page",
    "wiki-user-name": "user",
    "wiki-file-name": "file",
    "url": "url",
    "date": "date",
    "number": "number",
    "boolean": "boolean",
    "content": "longtext",
    "unbalanced-wikitext": "longtext",
    "line": "text",
    "string": "text",
}


@dataclass(frozen=True)
class Told:
    """One parameter of TemplateData; `kind` is None where it names no type known here.

    From `exact` on it is what `maps.wikibot` says: the very kind, the separator of a list, …
    """

    name: str
    label: Text | None = None
    help: Text | None = None
    kind: str | None = None
    required: bool = False
    suggested: bool = False
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    exact: Kind | None = None
    separator: str | None = None
    keywords: bool = False
    closed: bool = False
    max_length: int | None = None
    property: str | None = None


_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
_MOST_DIGITS = 6  # of a length; what is longer limits nothing


def told_by(*texts: str) -> dict[str, Told]:
    """Return what the TemplateData of the texts tells, by parameter, in its order.

    What is no JSON, or of another shape, tells nothing.
    """
    for text in texts:
        for block in within(without_comments(text), "templatedata"):
            try:
                data = json.loads(block)
                parameters = data["params"]
                order = [name for name in data.get("paramOrder") or () if name in parameters]
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                continue
            if isinstance(parameters, dict):
                names = dict.fromkeys((*order, *parameters))
                own = _mapped(data.get("maps"))
                return {
                    n: _told(n, parameters[n], own.get(n, {}))
                    for n in names
                    if isinstance(parameters[n], dict)
                }
    return {}


def _told(name: str, entry: Mapping[str, Any], own: Mapping[str, str]) -> Told:
    length = own.get("max_length", "")
    number = int(length) if length.isascii() and length.isdigit() else 0
    return Told(
        name=name,
        label=_words(entry.get("label")),
        help=_words(entry.get("description")),
        kind=_TYPES.get(str(entry.get("type"))),
        required=entry.get("required") is True,
        suggested=entry.get("suggested") is True,
        aliases=_strings(entry.get("aliases")),
        values=_strings(entry.get("suggestedvalues")),
        exact=_KINDS.get(own.get("kind", "")),
        separator=own.get("list") or None,
        keywords="keywords" in own,
        closed="closed" in own,
        max_length=number if 0 < number < 10**_MOST_DIGITS else None,
        property=" ".join(own.get("property", "").split()) or None,
    )


def _mapped(maps: object) -> dict[str, dict[str, str]]:
    """Return what `maps` holds for wikibot: by parameter, each key with what follows its colon.

    Of a key that a parameter has twice the first counts.
    """
    own = maps.get("wikibot") if isinstance(maps, dict) else None
    found: dict[str, dict[str, str]] = {}
    for word, parameters in own.items() if isinstance(own, dict) else ():
        key, colon, value = word.partition(":")
        if "\r" in value or ("\n" in value and value != "\n") or len(value) > 500:
            continue
        if bool(colon) != (key in ("keywords", "closed")):
            for parameter in _names(parameters):
                found.setdefault(parameter, {}).setdefault(key, value)
    return found


def _names(given: object) -> Iterator[str]:
    """Yield the parameters that `maps` names: alone, in a list, in a list of lists."""
    if isinstance(given, str):
        yield given
    for item in given if isinstance(given, list) else ():
        for name in item if isinstance(item, list) else (item,):
            if isinstance(name, str):
                yield name


def _words(given: object) -> Text | None:
    """Return a text that is given in one language or in several."""
    if isinstance(given, str) and given.strip():
        line = " ".join(given.split())
        return Text(line, line)
    if isinstance(given, dict):
        lines = {
            k: " ".join(v.split()) for k, v in given.items() if isinstance(v, str) and v.strip()
        }
        first = next(iter(lines.values()), "")
        if first:
            return Text(lines.get("fr", first), lines.get("en", first))
    return None


def _strings(given: object) -> tuple[str, ...]:
    if not isinstance(given, list):
        return ()
    words = (" ".join(str(item).split()) for item in given if isinstance(item, str | int))
    return tuple(dict.fromkeys(word for word in words if word))
