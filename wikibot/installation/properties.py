"""Which Semantic MediaWiki property holds which field, and the page of each property.

Sources: Semantic MediaWiki, Help:Special property Has type, Help:Special property Allows value,
Help:Type Quantity. The English names of special properties and types are understood on every
wiki, in whatever language it is; the French ones changed between releases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wikibot.installation.facilities import Facilities
from wikibot.installation.markup import argument, bullets, can_be_argument, shown
from wikibot.language import Text
from wikibot.mapping import Field, Kind, PageType
from wikibot.mapping import Mapping as Fields
from wikibot.title import CATEGORY, canonical_name

_DATATYPES: Mapping[Kind, str] = {
    "term": "Text",
    "text": "Text",
    "longtext": "Text",
    "page": "Page",
    "user": "Page",
    "file": "Page",
    "url": "URL",
    "email": "Email",
    "date": "Date",
    "number": "Number",
    "amount": "Quantity",
    "boolean": "Boolean",
    "coordinates": "Text",  # the type of coordinates comes with yet another extension, Maps
}
_EUROS = ("€", "EUR", "euros")
_ILLEGAL_IN_NAMES = str.maketrans({sign: " " for sign in "#<>[]{}|:="})


@dataclass(frozen=True)
class Property:
    """One property: what a value of it is, which values it takes, whose fields it holds."""

    name: str
    datatype: str
    allowed: tuple[str, ...]
    fields: tuple[tuple[PageType, Field], ...]


@dataclass(frozen=True)
class Properties:
    """Every property of a mapping; `notes` are what could not be done as asked."""

    all: tuple[Property, ...]
    notes: tuple[Text, ...]
    _by_field: Mapping[tuple[str, str], Property]

    def of(self, page_type: PageType, field: Field) -> Property | None:
        """Return the property of a field; None where the template computes the field."""
        return self._by_field.get((page_type.id, field.id))


def properties_of(mapping: Fields, facilities: Facilities) -> Properties:
    """Return the properties that hold the fields of a mapping.

    A field that names none gets one called by its label. A property is one for the whole wiki:
    fields of the same name share it where their values are of the same sort, else the name of
    the page type is put behind.
    """
    found: dict[str, Property] = {}
    by_field: dict[tuple[str, str], str] = {}
    notes: list[Text] = []
    for page_type, field in _fields(mapping):
        datatype, allowed = _values(mapping, field)
        label = field.label.text.into(facilities.language)
        wanted = _name(field.property or label)
        there = found.get(wanted)
        if there is not None and (there.datatype, there.allowed) != (datatype, allowed):
            other = _name(f"{wanted} ({page_type.label.text.into(facilities.language)})")
            if field.property:
                notes.append(_taken(page_type, field, wanted, other))
            wanted, there = other, found.get(other)
        owners = (*(there.fields if there else ()), (page_type, field))
        found[wanted] = Property(wanted, datatype, allowed, owners)
        by_field[page_type.id, field.id] = wanted
        notes += _left_out(page_type, field, mapping, allowed)
    return Properties(
        tuple(found.values()), tuple(notes), {key: found[name] for key, name in by_field.items()}
    )


def property_page(found: Property, facilities: Facilities) -> str:
    """Return the text of the page of a property."""
    language = facilities.language
    uses = bullets(
        f"« {shown(field.label.text.into(language))} » – {_pages(page_type, facilities)}"
        for page_type, field in found.fields
    )
    text = facilities.say(
        f"Cet attribut est de type [[Has type::{found.datatype}]]. Il garde ces champs :\n",
        f"This property is of the type [[Has type::{found.datatype}]]. It holds these fields:\n",
    )
    text += uses
    if found.datatype == "Quantity":
        unit = " ".join(f"[[Corresponds to::1 {name}]]" for name in _EUROS)
        text += facilities.say(f"\nUnité : {unit}\n", f"\nUnit: {unit}\n")
    if found.allowed:
        text += facilities.say("\nValeurs possibles :\n", "\nValues allowed:\n")
        text += bullets(f"[[Allows value::{argument(value)}]]" for value in found.allowed)
    return text


def _fields(mapping: Fields) -> Iterator[tuple[PageType, Field]]:
    """Yield the fields that have values of their own; those that name their property first."""
    every = [(t, f) for t in mapping.page_types for f in t.fields if not f.computed]
    yield from (pair for pair in every if pair[1].property)
    yield from (pair for pair in every if not pair[1].property)


def _values(mapping: Fields, field: Field) -> tuple[str, tuple[str, ...]]:
    """Return the datatype of a field and the only values that it takes."""
    vocabulary = mapping.vocabulary(field)
    if vocabulary is None:
        return _DATATYPES[field.kind], ()
    datatype = "Page" if vocabulary.page_type else _DATATYPES[field.kind]
    closed = () if vocabulary.open else tuple(term.label for term in vocabulary.terms)
    return datatype, tuple(value for value in closed if can_be_argument(value))


def _left_out(
    page_type: PageType, field: Field, mapping: Fields, allowed: tuple[str, ...]
) -> Iterator[Text]:
    vocabulary = mapping.vocabulary(field)
    for term in vocabulary.terms if vocabulary and allowed else ():
        if term.label not in allowed:
            yield Text(
                f"{page_type.id}.{field.id} : un attribut ne peut pas permettre "
                f"« {term.label} », à cause de ses crochets ou accolades.",
                f"{page_type.id}.{field.id}: no property can allow “{term.label}”, because of its "
                "brackets or braces.",
            )


def _name(text: str) -> str:
    return canonical_name(text.translate(_ILLEGAL_IN_NAMES))


def _taken(page_type: PageType, field: Field, wanted: str, other: str) -> Text:
    return Text(
        f"{page_type.id}.{field.id} : l'attribut « {wanted} » sert déjà à d'autres valeurs ; "
        f"celui-ci s'appelle « {other} ».",
        f"{page_type.id}.{field.id}: the property “{wanted}” is for other values already; this "
        f"one is called “{other}”.",
    )


def _pages(page_type: PageType, facilities: Facilities) -> str:
    if page_type.category:
        return f"[[:{facilities.title(CATEGORY, page_type.category)}]]"
    return shown(page_type.label.text.into(facilities.language))
