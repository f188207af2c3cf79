"""TemplateData: what the documentation of a template tells of its parameters, as JSON.

Source: MediaWiki, Extension:TemplateData (format of the JSON).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wikibot.discovery.inclusion import within, without_comments
from wikibot.language import Text

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
    """One parameter of TemplateData; `kind` is None where it names no type known here."""

    name: str
    label: Text | None = None
    help: Text | None = None
    kind: str | None = None
    required: bool = False
    suggested: bool = False
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


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
                return {
                    n: _told(n, parameters[n]) for n in names if isinstance(parameters[n], dict)
                }
    return {}


def _told(name: str, entry: Mapping[str, Any]) -> Told:
    return Told(
        name=name,
        label=_words(entry.get("label")),
        help=_words(entry.get("description")),
        kind=_TYPES.get(str(entry.get("type"))),
        required=entry.get("required") is True,
        suggested=entry.get("suggested") is True,
        aliases=_strings(entry.get("aliases")),
        values=_strings(entry.get("suggestedvalues")),
    )


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
