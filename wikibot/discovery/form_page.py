"""What a form asks for: `Formulaire:X` of Page Forms read into values.

Source: Page Forms, Defining forms, Input types (mediawiki.org).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from wikibot.discovery.inclusion import redirect_target, used
from wikibot.discovery.labels import headings, label_before, plain
from wikibot.discovery.pieces import Piece, Pieces, pieces_of
from wikibot.discovery.shown_when import blocks, conditions
from wikibot.title import Namespaces

# Page Forms writes these as lists whether `list` is said or not.
_LISTS = ("tokens", "checkboxes", "listbox")
_CLOSED = ("dropdown", "radiobutton", "checkboxes", "listbox", "tree")
_SOURCES = ("property", "category", "namespace", "concept", "query", "page", "url", "wikidata")
_MOST_VALUES = 5000  # of one field; a form with more cannot be shown


@dataclass(frozen=True)
class FormField:
    """One `{{{field|…}}}`, in the form's order.

    `values_from` is what they come from and its name: ("property", "Tags"), ("category", …),
    "namespace", "concept", "query", "page", "url". `shown_when` names the fields on whose value
    it depends whether this one is shown. `options` holds every other word of the tag.
    """

    parameter: str
    input_type: str = ""
    mandatory: bool = False
    many: bool = False
    separator: str = ","
    values: tuple[str, ...] = ()
    values_from: tuple[str, str] | None = None
    property: str | None = None
    default: str = ""
    restricted: bool = False
    hidden: bool = False
    closed: bool = False
    max_length: int | None = None
    label: str = ""
    section: str = ""
    help: str = ""
    shown_when: tuple[str, ...] = ()
    options: Mapping[str, str] | None = None


@dataclass(frozen=True)
class FormTemplate:
    """The part of a form for one template; `embedded_in` is (template, field) around it."""

    name: str
    multiple: bool = False
    label: str = ""
    embedded_in: tuple[str, str] | None = None
    fields: tuple[FormField, ...] = ()


@dataclass(frozen=True)
class FormPage:
    """A form: its templates in order, the sections of free text, the titles it gives."""

    name: str
    templates: tuple[FormTemplate, ...] = ()
    sections: tuple[str, ...] = ()
    page_name: str = ""
    redirect: str | None = None


def read_form(name: str, text: str, namespaces: Namespaces) -> FormPage:
    """Return what the form `name` asks for; what is broken in it is passed over."""
    target = redirect_target(text)
    if target is not None:
        return FormPage(name, redirect=namespaces.split(target)[1].strip())
    read = pieces_of(used(text))
    titles = headings(read.text)
    divisions = blocks(read.text)
    templates: list[FormTemplate] = []
    fields: list[tuple[FormField, int]] = []
    sections: list[str] = []
    page_name, floor = "", 0
    inside = False

    def finish() -> None:
        if templates and fields:
            told = tuple(conditions(fields, divisions))
            templates[-1] = replace(templates[-1], fields=(*templates[-1].fields, *told))
            fields.clear()

    for piece in _tags(read):
        kind = read.name(piece).lower()
        words = [read.words(part) for part in piece.parts[1:]]
        if kind == "for template" and words:
            finish()
            templates.append(_for_template(words, namespaces))
            inside = True
        elif kind == "end template":
            finish()
            inside = False
        elif kind == "field" and inside and words and words[0]:
            found = _field(read, piece, floor, titles)
            if all(found.parameter != other.parameter for other, _ in fields):
                fields.append((found, piece.start))
        elif kind == "section" and words:
            sections.append(words[0])
        elif kind == "info":
            page_name = dict(map(_option, words)).get("page name", page_name)
        floor = piece.end
    finish()
    return FormPage(name, tuple(templates), tuple(sections), page_name)


def _tags(read: Pieces) -> Iterator[Piece]:
    """Yield the tags of the form: `{{{…}}}` that stand in no other tag."""
    for index, piece in enumerate(read.all):
        if piece.kind == "argument" and not any(
            outer.kind == "argument" for outer, _ in read.around(index)
        ):
            yield piece


def _option(word: str) -> tuple[str, str]:
    """Return the name and the value of one word of a tag; "" where it has no value."""
    key, _, value = word.partition("=")
    return " ".join(key.split()).lower(), value.strip()


def _for_template(words: list[str], namespaces: Namespaces) -> FormTemplate:
    options = dict(map(_option, words[1:]))
    around = options.get("embed in field", "")
    outer, bracket, rest = around.partition("[")
    field = rest.rstrip("]").strip()
    embedded = (namespaces.template_name(outer), field) if bracket and field else None
    return FormTemplate(
        name=namespaces.template_name(words[0]),
        multiple="multiple" in options,
        label=plain(options.get("label", "")),
        embedded_in=embedded,
    )


def _field(read: Pieces, piece: Piece, floor: int, titles: list[tuple[int, str]]) -> FormField:
    words = [read.words(part) for part in piece.parts[1:]]
    options: dict[str, str] = {}
    for word in words[1:]:
        key, value = _option(word)
        options.setdefault(key, value)
    kind = options.get("input type", "").lower()
    many = "list" in options or kind in _LISTS
    separator = _separator(options.get("delimiter", "")) or ","
    source = next(
        (
            (name, options[f"values from {name}"])
            for name in _SOURCES
            if options.get(f"values from {name}")
        ),
        None,
    )
    length = options.get("maxlength", options.get("max length", ""))
    number = bisect_right(titles, (piece.start, "")) - 1
    return FormField(
        parameter=words[0],
        input_type=kind,
        mandatory="mandatory" in options,
        many=many,
        separator=separator,
        values=_values(options.get("values", ""), separator),
        values_from=source,
        property=options.get("property") or None,
        default=options.get("default", ""),
        restricted="restricted" in options,
        hidden="hidden" in options,
        closed=kind in _CLOSED or "existing values only" in options,
        max_length=int(length) if length.isascii() and length.isdigit() and int(length) else None,
        label=label_before(read.text, floor, piece.start),
        section=titles[number][1] if number >= 0 else "",
        help=_info(read, floor, piece),
        options=options,
    )


def _separator(written: str) -> str:
    return {r"\n": "\n", r"\s": " "}.get(written, written)


def _values(written: str, separator: str) -> tuple[str, ...]:
    """Return the values that a field names; Page Forms parts them at its own delimiter."""
    if "{{" in written:
        return ()
    words = (" ".join(word.split()) for word in written.split(separator)[:_MOST_VALUES])
    return tuple(dict.fromkeys(word for word in words if word))


def _info(read: Pieces, floor: int, piece: Piece) -> str:
    """Return the words of the tooltip beside a field (`{{#info:…}}`)."""
    for other in read.between(floor, piece.start):
        if other.kind == "call" and read.name(other) == "#info":
            arguments = read.arguments(other)
            return " ".join(plain(read.words(arguments[0])).split()) if arguments else ""
    return ""
