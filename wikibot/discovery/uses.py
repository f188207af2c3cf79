"""What a template does with a parameter at one place: property, list, kind, condition."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wikibot.discovery.pieces import Part, Piece, Pieces
from wikibot.title import CATEGORY, FILE, MAIN, USER, Namespaces

_CONDITIONS = {"#if": 1, "#ifeq": 2, "#ifexist": 1, "#ifexpr": 1, "#iferror": 1, "#switch": 1}
_SETTERS = ("#set", "#subobject", "#set_recurring_event")
_QUERIES = ("#ask", "#show", "#count", "#concept", "#cargo_query", "#formlink", "#queryformlink",
            "#autoedit", "#forminput", "#compound_query")  # fmt: skip
_KINDS = {
    "#time": "date", "#timel": "date", "#dateformat": "date", "formatdate": "date",
    "dateformat": "date", "#expr": "number", "#ifexpr": "number", "formatnum": "number",
    "filepath": "file", "#display_point": "coordinates", "#display_map": "coordinates",
    "#coordinates": "coordinates", "#geocode": "coordinates", "#distance": "coordinates",
    "#ev": "url", "#widget": "",
}  # fmt: skip
_SILENT = (*_SETTERS, *_QUERIES, "#vardefine", "#arraydefine", "defaultsort", "displaytitle")
_PROPERTIES = re.compile(r"^:?((?:[^:\[\]{}|<>\n]+::)+|[^:\[\]{}|<>\n]+:=)")
_BLANKS = {r"\n": "\n", r"\s": " "}


@dataclass
class Uses:
    """What is known so far; dictionaries serve as ordered sets."""

    properties: dict[str, None] = field(default_factory=dict)
    separator: str | None = None
    kinds: set[str] = field(default_factory=set)
    choices: dict[str, None] = field(default_factory=dict)
    passed: dict[tuple[str, str], None] = field(default_factory=dict)
    conditional: bool = False
    silent: bool = False  # nothing is shown here

    def add(self, other: Uses) -> None:
        """Take in what was found at another place."""
        self.properties |= other.properties
        self.separator = self.separator or other.separator
        self.kinds |= other.kinds
        self.choices |= other.choices
        self.passed |= other.passed


def uses_of(read: Pieces, index: int, namespaces: Namespaces) -> Uses:
    """Return what the template does with the argument at `index`, looking outwards."""
    found = Uses()
    inner = read.all[index]
    for outer, part in read.around(index):
        if outer.kind == "link":
            _linked(read, outer, part, inner, found, namespaces)
        elif outer.kind == "call":
            name = read.name(outer)
            if name in _SILENT or name in _CONDITIONS:
                found.silent = found.silent or name in _SILENT
            if name in _QUERIES:
                found.properties.clear()
                found.kinds -= {"category", "page"}
                return found
            if name in _CONDITIONS:
                found.conditional = found.conditional or part >= _CONDITIONS[name]
                if part < _CONDITIONS[name]:
                    _condition(read, outer, name, inner, found)
                    found.silent = True
                    return found  # what the branches do concerns what stands there
            elif not _called(read, outer, name, part, inner, found, namespaces):
                return found
        inner = outer
    _external_link(read, index, found)
    return found


def _called(
    read: Pieces, outer: Piece, name: str, part: int, inner: Piece, found: Uses, spaces: Namespaces
) -> bool:
    """Note what a call does with what it is given; tell whether the value goes on outwards."""
    arguments = read.arguments(outer)
    if name in _SETTERS and arguments:
        at = part if len(arguments) == len(outer.parts) else part - 1
        key = read.key(arguments[at]) if 0 <= at < len(arguments) else ""
        if key and not key.startswith(("@", "+")) and "{" not in key:
            found.properties[key] = None
            found.separator = found.separator or _set_separator(read, arguments, at)
        return False
    if name in ("#arraymap", "#arraymaptemplate"):
        if part == 0 and arguments:
            _mapped(read, outer, name, arguments, found, spaces)
        return True
    if name in _KINDS:
        found.kinds |= {_KINDS[name]} - {""}
        return True
    if not name.startswith("#") and ":" not in name and arguments and "{" not in name:
        target = spaces.template_name(name)
        key = read.key(outer.parts[part])
        position = sum(1 for p in outer.parts[1 : part + 1] if p.equals < 0)
        whole = read.value(outer.parts[part]) == read.text[inner.start : inner.end]
        if part >= 1 and whole and target != name.lower():
            found.passed[(target, key or str(position))] = None
    return True


def _set_separator(read: Pieces, arguments: tuple[Part, ...], at: int) -> str | None:
    """Return the `+sep` that follows a property, before the next one."""
    for part in arguments[at + 1 :]:
        key, words = read.key(part), read.words(part)
        if key == "+sep":
            return _separator(read.value(part)) or ","
        if words == "+sep":
            return ","
        if key and not key.startswith("+"):
            return None
    return None


def _separator(written: str) -> str:
    return _BLANKS.get(written, written)


def _mapped(
    read: Pieces,
    outer: Piece,
    name: str,
    arguments: tuple[Part, ...],
    found: Uses,
    namespaces: Namespaces,
) -> None:
    """Note the separator of a list, and what its formula does with each value."""
    if name == "#arraymaptemplate":
        separator = read.words(arguments[2]) if len(arguments) > 2 else ","
        if len(arguments) > 1 and "{" not in read.words(arguments[1]):
            found.passed[(namespaces.template_name(read.words(arguments[1])), "1")] = None
    else:
        separator = read.words(arguments[1]) if len(arguments) > 1 else ","
    found.separator = found.separator or _separator(separator) or ","
    if name != "#arraymap" or len(arguments) < 4:
        return
    variable, formula = read.words(arguments[2]), arguments[3]
    for piece in read.between(formula.start, formula.end):
        if piece.kind == "link" and variable and variable in read.name(piece):
            _target(read.name(piece).replace(variable, "{{{"), found, namespaces)


def _linked(
    read: Pieces, link: Piece, part: int, inner: Piece, found: Uses, namespaces: Namespaces
) -> None:
    if part == 0:
        head = read.text[link.parts[0].start : inner.start]
        _target(head.lstrip() + "{{{", found, namespaces)


def _target(target: str, found: Uses, namespaces: Namespaces) -> None:
    """Note what a link of that target says of the value in it, which begins at `{{{`."""
    annotation = _PROPERTIES.match(target)
    if annotation and target.startswith("{{{", annotation.end()):
        for name in re.split(r"::|:=", annotation[1]):
            if name.strip():
                found.properties[name.strip()] = None
        return
    plain = target.startswith(":")
    number, rest = namespaces.split(target)
    if not rest.strip(" :").startswith("{{{"):
        return
    if number == CATEGORY and not plain:
        found.kinds.add("category")
    else:
        found.kinds |= {FILE: {"file"}, USER: {"user"}, MAIN: {"page"}, None: {"page"}}.get(
            number, {"page"}
        )


def _condition(read: Pieces, outer: Piece, name: str, inner: Piece, found: Uses) -> None:
    """Note the values that a condition tells apart, where the parameter is all it looks at."""
    arguments = read.arguments(outer)
    if not arguments or read.words(arguments[0]) != read.text[inner.start : inner.end]:
        return
    if name == "#switch":
        for part in arguments[1:]:
            key = read.key(part) or (read.words(part) if part.equals < 0 else "")
            last = part is arguments[-1] and part.equals < 0
            if key and not last and key != "#default" and not any(s in key for s in "{[<\n"):
                found.choices[key] = None
    elif name == "#ifexpr":
        found.kinds.add("number")


def _external_link(read: Pieces, index: int, found: Uses) -> None:
    piece = read.all[index]
    before = read.text[max(0, piece.start - 8) : piece.start]
    if before.endswith("[mailto:") or before.endswith("mailto:"):
        found.kinds.add("email")
    elif before.endswith("[") and not before.endswith("[["):
        found.kinds.add("url")
