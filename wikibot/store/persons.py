"""Whether what is kept names a person, and what stands in the name's place.

A name is found whatever its case, and whether its words are parted by blanks, underscores or as in
an address; in a value of JSON, too. A part of a name, or a name written otherwise, is not.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from wikibot.store.database import Kind

Named = Callable[[str], bool]
PSEUDONYM = "[effacé]"
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|[nrtbf])")


def pattern_of(name: str) -> re.Pattern[str]:
    """Return what finds a name of a person."""
    words = re.split(r"[\s_]+", unicodedata.normalize("NFC", name).strip().strip("_"))
    inside = r"[\s_]+".join(map(re.escape, words))
    return re.compile(rf"(?<![^\W_]){inside}(?![^\W_])", re.IGNORECASE)


def naming(name: str) -> Named:
    """Return what tells whether a text names a person."""
    pattern = pattern_of(name)

    def named(text: str) -> bool:
        plain = unicodedata.normalize("NFC", text)
        if pattern.search(plain):
            return True
        if "\\" in plain and pattern.search(unicodedata.normalize("NFC", _unescaped(plain))):
            return True
        return "%" in plain and bool(pattern.search(unicodedata.normalize("NFC", unquote(plain))))

    return named


def _unescaped(text: str) -> str:
    """Return a text in which the signs of JSON and of Python's `repr` are what they mean."""

    def meant(escape: re.Match[str]) -> str:
        code = escape[1] or escape[2]
        return chr(int(code, 16)) if code else " "

    return _ESCAPE.sub(meant, text)


def strings(value: Any) -> Iterator[str]:
    """Yield every text in a value of JSON, names of keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inside in value.items():
            yield str(key)
            yield from strings(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from strings(inside)


def veiled(value: Any, pattern: re.Pattern[str]) -> Any:
    """Return a value of JSON with a name replaced in every text; keys stay."""
    if isinstance(value, str):
        return pattern.sub(PSEUDONYM, unicodedata.normalize("NFC", value))
    if isinstance(value, dict):
        return {key: veiled(inside, pattern) for key, inside in value.items()}
    if isinstance(value, list):
        return [veiled(inside, pattern) for inside in value]
    return value


def named_in(kind: Kind, path: Path, named: Named) -> bool:
    """Return whether any row of a file names a person; it is only read.

    Raises:
        ConfigError, Unavailable: it cannot be read.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with kind.told(path), closing(sqlite3.connect(uri, uri=True)) as db:
        tables = db.execute("SELECT name, sql FROM sqlite_master WHERE type='table'").fetchall()
        for table, sql in tables:
            if sql is None or sql.upper().startswith("CREATE VIRTUAL"):
                continue
            for row in db.execute(f'SELECT * FROM "{table}"'):
                if any(isinstance(value, str) and named(value) for value in row):
                    return True
    return False


def remove_file(path: Path) -> None:
    """Remove a file of SQLite and what stands beside it.

    The file goes first: a log without its file is one that SQLite throws away (sqlite.org, wal).

    Raises:
        OSError: it cannot be removed.
    """
    for end in ("", "-wal", "-shm", "-journal"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
