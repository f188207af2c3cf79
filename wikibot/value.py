"""Values of fields ↔ the wikitext that holds them.

`decode(encode(v)) == v` for every value without control characters; `encode` changes only
what would be read as markup, so that ordinary French text stays as people type it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.entities import html5

from wikibot.errors import UnsafeValue
from wikibot.language import Text

# PHP's trim(), which MediaWiki applies to named arguments (a no-break space is no blank).
BLANKS = " \t\n\r\0\x0b"

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ENCODED = re.compile(
    r"&(?=#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]*;)"  # reads as an entity
    r"|[|{}\[\]<>\n]"
    r"|'(?=')|(?<=')'"  # bold and italics
    r"|~(?=~)|(?<=~)~"  # signatures
    r"|_(?=_)|(?<=_)_"  # behaviour switches
    r"|^[ \t*#:;=]|[ \t]\Z"  # blanks that are trimmed; a list, a heading at the start
    r"|-(?=\{)"  # -{ language conversion }-
)


def encode(value: str) -> str:
    """Return the wikitext that a template reads as exactly `value`.

    Braces, brackets, angle brackets, bars, runs of quotes, tildes and underscores become
    entities (a bar becomes `{{!}}`, the core magic word, which Semantic MediaWiki reads
    right); ordinary punctuation stays.

    Raises:
        UnsafeValue: a control character, which no wiki page may hold.
    """
    found = _CONTROL.search(value)
    if found:
        code = f"U+{ord(found.group()):04X}"
        raise UnsafeValue(
            Text(
                f"La valeur contient un caractère de contrôle ({code}).",
                f"The value holds a control character ({code}).",
            ),
            Text("Retirez-le et recommencez.", "Remove it and try again."),
        )
    return _ENCODED.sub(lambda m: "{{!}}" if m.group() == "|" else f"&#{ord(m.group())};", value)


def decode(wikitext: str) -> str:
    """Return what a reader of the page sees of an encoded value; comments do not count.

    `{{!}}` is a bar (Help:Magic words) and HTML entities are the characters they name.
    """
    return _decoded(without_comments(wikitext))


def _decoded(text: str) -> str:
    """Return what a reader sees of trimmed wikitext without comments."""
    if "{{!}}" in text:
        text = text.replace("{{!}}", "|")
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    body = entity.group()[1:-1]
    if not body.startswith("#"):
        return html5.get(f"{body};", entity.group())
    number = int(body[2:], 16) if body[1] in "xX" else int(body[1:])
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF or number == 0:
        return entity.group()
    return chr(number)


def without_comments(wikitext: str) -> str:
    """Return wikitext without its HTML comments, trimmed as MediaWiki trims an argument."""
    return (_COMMENT.sub("", wikitext) if "<!--" in wikitext else wikitext).strip(BLANKS)


def split(wikitext: str, separator: str) -> tuple[str, ...]:
    """Return the decoded items of a list; empty ones do not count."""
    return tuple([item for part in _pieces(wikitext, separator) if (item := _decoded(part))])


def join(items: Iterable[str], separator: str, like: str = "") -> str:
    """Return the wikitext of a list of plain values.

    `like` is the list as it was: its items stay written as they are there (a link, an entity),
    and the blank it has after the separator is used; otherwise one space, as Page Forms writes.

    Raises:
        UnsafeValue: a new item holds the separator, which would make two items of it.
    """
    there = {_decoded(part): part for part in reversed(_parts(like, separator))}
    values = list(items)
    for value in values:
        if separator in value and value not in there:
            raise UnsafeValue(
                Text(
                    f"« {value} » contient « {separator} », qui sépare les valeurs de la liste.",
                    f"“{value}” holds “{separator}”, which separates the values of the list.",
                ),
                Text("Donnez ces valeurs une à une.", "Give these values one by one."),
            )
    tight = separator == "\n" or (
        separator in like and f"{separator} " not in like and f"{separator}\n" not in like
    )
    written = (there.get(value) or encode(value) for value in values)
    return f"{separator}{'' if tight else ' '}".join(written)


def _parts(wikitext: str, separator: str) -> list[str]:
    return [part for part in _pieces(wikitext, separator) if _decoded(part)]


def _pieces(wikitext: str, separator: str) -> list[str]:
    return [part.strip(BLANKS) for part in without_comments(wikitext).split(separator)]
