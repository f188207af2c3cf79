"""Markdown out of values: tables, cells that hold any text, sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from wikibot.language import Language, Text

_MARKUP = re.compile(r"([\\|*_`\[\]{}<>~#])")


def text(words: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _MARKUP.sub(r"\\\1", words.replace("\n", " "))


def code(words: object) -> str:
    """Return words set as code, in a cell of a table too."""
    return f"`{str(words).replace('|', chr(92) + '|')}`"


def table(columns: Sequence[Text], rows: Iterable[Sequence[str]], language: Language) -> str:
    """Return a Markdown table."""
    heads = [column.into(language) for column in columns]
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def section(*parts: str) -> str:
    """Return the parts with a blank line between each two."""
    return "\n\n".join(part.strip() for part in parts)
