"""A second reading of a call, by mwparserfromhell: where the two differ, nothing is written.

The two readers know nothing of each other, so that a fault of one is caught by the other.
mwparserfromhell takes time that grows with the square of what is left open; such a text is
refused before it is asked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from wikibot.value import BLANKS
from wikibot.wikitext.second_reader import Arguments, arguments_of

# Unclosed openers that mwparserfromhell is given to digest: 300 take it about 0.1 s
# (measured on version 0.7.2), and the time grows with their square.
_MOST_OPEN = 300
_MOST_TOLD = 4096  # half a megabyte; a run of some thousand edits
_told: dict[bytes, bool] = {}
_TAG = re.compile(r"<(?!br\b|hr\b|li\b|dt\b|dd\b|td\b|th\b|tr\b|!--)[A-Za-z]", re.I)


def other_parser_agrees(source: str, arguments: Sequence[tuple[str, str]]) -> bool:
    """Return whether mwparserfromhell reads `source` as one call with these arguments.

    `arguments` are (name, value) in order, duplicates included. False also where asking it
    would take too long. A plan and, hundreds of pages later, its save ask the same: answers are
    remembered, by a sum over all that was asked.
    """
    said = [source, *(text for argument in arguments for text in argument)]
    asked = f"{[*map(len, said)]}{''.join(said)}"  # the lengths tell where each begins
    key = hashlib.sha256(asked.encode("utf-8", "surrogatepass")).digest()
    agrees = _told.get(key)
    if agrees is None:
        agrees = _agrees(source, arguments)
        if len(_told) >= _MOST_TOLD:
            _told.clear()
        _told[key] = agrees
    return agrees


def _agrees(source: str, arguments: Sequence[tuple[str, str]]) -> bool:
    read = _read(source)
    if read is None or len(read) != len(arguments):
        return False
    return all(
        name == other_name
        and (value == other_value or value.strip(BLANKS) == other_value.strip(BLANKS))
        for (name, value), (other_name, other_value) in zip(arguments, read, strict=True)
    )


def _read(source: str) -> Arguments | None:
    if _left_open(source) > _MOST_OPEN:
        return None
    return arguments_of(source)


def _left_open(source: str) -> int:
    """Return about how many constructs are opened and not closed."""
    tags = len(_TAG.findall(source)) - source.count("</") - source.count("/>")
    angles = source.count("<") - source.count(">")
    tables = source.count("{|") - source.count("|}")
    brackets = source.count("[") - source.count("]")
    braces = source.count("{{") - source.count("}}")
    return sum(max(0, n) for n in (tags, angles, tables, brackets, braces))
