"""Fields of a form that are shown only after a choice (`show on select`).

Source: Page Forms, Input types, "show on select": `value=>id;value=>id`, where `id` is that of
an element of HTML that holds the fields; a checkbox names the id alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wikibot.discovery.form_page import FormField

_ELEMENT = re.compile(r"<(/?)(div|span|table|tr|tbody|fieldset)\b([^<>]*)>", re.I)
_ID = re.compile(r"\bid\s*=\s*[\"']?([^\"'\s>]+)", re.I)


def blocks(text: str) -> list[tuple[int, int, str]]:
    """Return the elements of HTML that have an id: start, end, id."""
    found: list[tuple[int, int, str]] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    for match in _ELEMENT.finditer(text):
        tag = match[2].lower()
        if match[1]:
            if opened.get(tag):
                start, name = opened[tag].pop()
                if name:
                    found.append((start, match.start(), name))
        elif not match[3].rstrip().endswith("/"):
            identity = _ID.search(match[3])
            opened.setdefault(tag, []).append((match.start(), identity[1] if identity else ""))
    return found


def conditions(
    fields: Sequence[tuple[FormField, int]], divisions: Sequence[tuple[int, int, str]]
) -> Iterator[FormField]:
    """Yield the fields, each with the parameters on whose values it depends."""
    deciding: dict[str, list[str]] = {}
    for field, _ in fields:
        for choice in (field.options or {}).get("show on select", "").split(";"):
            identity = choice.rpartition("=>")[2].strip()
            if identity:
                deciding.setdefault(identity, []).append(field.parameter)
    for field, place in fields:
        names = [
            parameter
            for start, end, identity in (divisions if deciding else ())
            if start <= place < end
            for parameter in deciding.get(identity, ())
        ]
        yield replace(field, shown_when=tuple(dict.fromkeys(names)))
