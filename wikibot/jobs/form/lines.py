"""Values as TOML that reads back exactly, and where the keys of a TOML text stand.

Source: TOML 1.0.0 (strings, arrays).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

Place = tuple[int, str]  # number of the table (1: above all tables), key

# What a terminal may obey or nobody sees: escaped, as in `visible`; so are the controls that
# TOML forbids.
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Zl", "Zp"})
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})'
    r"|'''.*?'''(?:'{0,2})"
    r'|"(?:[^"\\\n]|\\.)*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*"
    r"|^[ \t]*\[[ \t]*(?P<table>\d+)[ \t]*\]"
    r"|^[ \t]*(?P<key>[A-Za-z0-9_-]+)[ \t]*="
    r"|(?P<open>[\[{])|(?P<close>[\]}])",
    re.S | re.M,
)


def string(text: str) -> str:
    """Return a text as a TOML string on one line."""
    if '"' in text and "'" not in text and not any(map(_is_hidden, text)):
        return f"'{text}'"
    return f'"{"".join(map(_escaped, text))}"'


def block(text: str, *, wikitext: bool = False) -> str:
    """Return a text as a TOML string of several lines, each as it is.

    Wikitext, whose bold is `'''`, stands between `\"\"\"`, and so does what cannot be said
    without escapes.
    """
    plain = "'''" not in text and not text.endswith("'")
    if plain and not wikitext and not any(map(_is_hidden, text.replace("\n", ""))):
        return f"'''\n{text}'''"
    said = "".join(c if c in '\n"' else _escaped(c) for c in text)
    said = re.sub(r'"(?="")|"\Z', r"\"", said)
    return f'"""\n{said}"""'


def array(items: Iterable[str]) -> str:
    """Return a list of texts as a TOML array, one item a line."""
    lines = "".join(f"  {string(item)},\n" for item in items)
    return f"[\n{lines}]" if lines else "[]"


def _is_hidden(character: str) -> bool:
    return character != "\t" and unicodedata.category(character) in _HIDDEN


def _escaped(character: str) -> str:
    known = _ESCAPES.get(character)
    if known:
        return known
    if not _is_hidden(character):
        return character
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def lines_of_keys(text: str) -> Mapping[Place, int]:
    """Return the number of the line, from 0, on which each key of a TOML text stands."""
    found: dict[Place, int] = {}
    table, depth = 1, 0
    for token in _TOKEN.finditer(text):
        if token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(0, depth - 1)
        elif token["table"] and not depth:
            table = int(token["table"])
        elif token["key"] and not depth:
            found.setdefault((table, token["key"]), text.count("\n", 0, token.start("key")))
    return found
