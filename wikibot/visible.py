"""Makes foreign text harmless to show: one line, nothing a terminal would obey or hide."""

from __future__ import annotations

import unicodedata

# Controls (C1 too: U+009B starts an escape sequence), formats (direction, zero width),
# surrogates, unassigned, line and paragraph ends. CVE-2020-8445, CVE-2021-42574.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})


def visible(words: object, longest: int | None = None) -> str:
    """Return `words` with each hidden character as its escape, cut to `longest` characters."""
    text = str(words)
    if longest is not None and len(text) > longest:
        text = text[: longest - 1] + "…"
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in _HIDDEN else c for c in text)
