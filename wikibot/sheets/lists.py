"""Several values in one cell: «arbre; bocage; mare».

A semicolon or a new line divides them. A value that holds a semicolon itself stands in double
quotes, as in a CSV file. The values of a list whose lines are its values stand on lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SEPARATOR = ";"
_ITEM = re.compile(r'[^\S\n]*(?:"((?:[^"]|"")*)"[^\S\n]*(?=[;\n]|\Z)|([^;\n]*))(?:[;\n]|\Z)')


def join(items: Iterable[str], separator: str) -> str:
    """Return the values of a list as one cell shows them; `separator` is that of the wiki."""
    if separator == "\n":
        return "\n".join(items)
    return f"{SEPARATOR} ".join(map(_quoted, items))


def split(text: str, separator: str) -> tuple[str, ...]:
    """Return the values that a cell lists; empty ones do not count.

    `split(join(items))` are the items, if none has blanks around it or is empty.
    """
    if separator == "\n":
        return tuple(item for line in text.split("\n") if (item := line.strip()))
    if SEPARATOR not in text and "\n" not in text and '"' not in text:
        item = text.strip()
        return (item,) if item else ()
    found = (
        match[1].replace('""', '"') if match[1] is not None else match[2].strip()
        for match in _ITEM.finditer(text)
    )
    return tuple(item for item in found if item)


def _quoted(item: str) -> str:
    if SEPARATOR in item or item.startswith('"'):
        return '"' + item.replace('"', '""') + '"'
    return item
