"""What a property is: `Attribut:X` read into values; special properties in both languages.

Source: Semantic MediaWiki, Help:Special properties, Help:Allows value, Help:Allows value list,
Help:Custom units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from wikibot.discovery.inclusion import redirect_target, used
from wikibot.discovery.pieces import Pieces, pieces_of

_ANNOTATION = re.compile(r"^([^:\[\]{}|<>\n]+):[:=]\s*(.*)$", re.S)
_NUMBER = re.compile(r"(?<![\w.])[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_LANGUAGE = re.compile(r"^(.*?)\s*@([a-z]{2})$", re.S)


@dataclass(frozen=True)
class PropertyPage:
    """A property; `datatype` is Semantic MediaWiki's id (`_dat`), None where the page has none.

    `lists` are the names of lists of values (pages `MediaWiki:Smw allows list …`), `units` those
    of a quantity, in all their spellings.
    """

    name: str
    datatype: str | None = None
    allowed: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    pattern: bool = False
    fields: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    parent: str | None = None
    label_fr: str = ""
    label_en: str = ""
    help_fr: str = ""
    help_en: str = ""
    redirect: str | None = None


@dataclass(frozen=True)
class Names:
    """What Semantic MediaWiki calls things: a property's name → its key, a type's name → its id."""

    key_of: Callable[[str], str]
    datatype_of: Callable[[str], str | None]


def read_property(name: str, text: str, names: Names) -> PropertyPage:
    """Return what the page of the property `name` says; what it does not know is left out."""
    target = redirect_target(text)
    if target is not None:
        return PropertyPage(name, redirect=target.partition(":")[2].strip() or target)
    found: dict[str, list[str]] = {}
    for key, value in _annotations(pieces_of(used(text))):
        found.setdefault(names.key_of(key), []).append(value)
    first = {key: values[0] for key, values in found.items()}
    labels = dict(_by_language(found.get("_PPLB", ())))
    help_ = dict(_by_language(found.get("_PDESC", ())))
    return PropertyPage(
        name=name,
        datatype=names.datatype_of(first["_TYPE"]) if first.get("_TYPE") else None,
        allowed=tuple(dict.fromkeys(filter(None, found.get("_PVAL", ())))),
        lists=tuple(dict.fromkeys(filter(None, found.get("_PVALI", ())))),
        pattern="_PVAP" in found,
        fields=tuple(w.strip() for w in first.get("_LIST", "").split(";") if w.strip()),
        units=tuple(_units(found.get("_CONV", ()))),
        parent=first.get("_SUBP") or None,
        label_fr=labels.get("fr") or labels.get("", ""),
        label_en=labels.get("en", ""),
        help_fr=help_.get("fr") or help_.get("", ""),
        help_en=help_.get("en", ""),
    )


def read_value_list(text: str) -> tuple[str, ...]:
    """Return the values of a page `MediaWiki:Smw allows list X`: one a line, `* value|label`.

    Source: Semantic MediaWiki, Help:Special property Allows value list.
    """
    lines = (line.lstrip("*# ").partition("|")[0].strip() for line in used(text).splitlines()
             if line.lstrip().startswith(("*", "#")))  # fmt: skip
    return tuple(dict.fromkeys(line for line in lines if line))


def _annotations(read: Pieces) -> Iterator[tuple[str, str]]:
    """Yield (property, value) in order: of `[[P::v]]`, and of `{{#set:P=v|w|+sep=;}}`."""
    for piece in read.all:
        if piece.kind == "link":
            found = _ANNOTATION.match(read.name(piece))
            if found:
                yield found[1].strip(), _value(found[2])
        elif piece.kind == "call" and read.name(piece) == "#set":
            yield from _set(read, [(read.key(p), read.value(p)) for p in read.arguments(piece)])


def _set(read: Pieces, words: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    held: tuple[str, list[str]] = ("", [])
    for key, value in (*words, ("-", "")):
        if key == "+sep" or (not key and value == "+sep"):
            separator = value if key else ","
            held = held[0], [w.strip() for v in held[1] for w in v.split(separator or ",")]
        elif key:
            for item in held[1]:
                yield held[0], _value(item)
            held = key, [value]
        elif value:
            held[1].append(value)


def _value(written: str) -> str:
    return " ".join(written.replace("{{!}}", "|").split())


def _units(conversions: Iterable[str]) -> Iterator[str]:
    """Yield the units of `Corresponds to`: `1 €, EUR` gives both, `£ 0.9` the pound."""
    for conversion in conversions:
        for written in _NUMBER.sub(" ", conversion).split(","):
            if written.strip():
                yield written.strip()


def _by_language(values: list[str] | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for value in values:
        found = _LANGUAGE.match(value)
        yield (found[2], found[1]) if found else ("", value)
