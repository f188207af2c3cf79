"""Small pieces of wikitext."""

from __future__ import annotations

from collections.abc import Iterable

from wikibot.mapping import Field

_SHOWN = str.maketrans({
    "|": "&#124;", "[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;", "<": "&lt;",
    "'": "&#39;",
})  # fmt: skip
_UNSPEAKABLE = frozenset("{}[]<>\n")
ITEM = "@@@"  # stands for one value of a list


def shown(words: str) -> str:
    """Return words as wikitext that shows just them; an apostrophe alone stays readable."""
    doubled = "''" in words
    table = _SHOWN if doubled else {k: v for k, v in _SHOWN.items() if k != ord("'")}
    return words.translate(table)


def argument(words: str) -> str:
    """Return words as an argument of a parser function or a form's tag."""
    return words.replace("|", "{{!}}")


def can_be_argument(words: str) -> bool:
    """Return whether `argument` can say the words at all."""
    return _UNSPEAKABLE.isdisjoint(words)


def parameter(field: Field) -> str:
    """Return the argument that reads a field: its parameter, else an old name of it, else "".

    Source: MediaWiki, Help:Templates (default values of parameters).
    """
    text = ""
    for name in reversed(field.parameters):
        text = f"{{{{{{{name}|{text}}}}}}}"
    return text


def bullets(lines: Iterable[str]) -> str:
    """Return a list of wikitext, a line each."""
    return "".join(f"* {line}\n" for line in lines)
