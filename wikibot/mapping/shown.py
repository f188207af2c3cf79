"""Finds what the table `[overview]` of a page type says of fields that are not there, or not so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from wikibot.language import Text
from wikibot.mapping.model import Field, PageType
from wikibot.tables import problem, unknown

COUNTED = frozenset({"term", "text", "page", "boolean", "number"})
_WORDS = frozenset({"term", "text", "longtext", "page"})

_NO_MAIL = Text(
    "une adresse de courriel ne se montre pas dans un aperçu.",
    "an overview shows no mail address.",
)
_NO_PEOPLE = Text(
    "un aperçu ne compte ni ne classe de personnes.",
    "an overview neither counts nor ranks persons.",
)
_COUNTED = Text(
    "ce champ ne se compte pas : il faut un terme, un texte court, une page, un nombre ou un oui "
    "ou non.",
    "this field cannot be counted: it takes a term, a short text, a page, a number or a yes or no.",
)
_LIST = Text(
    "il faut une liste de termes, de textes courts ou de pages.",
    "this takes a list of terms, of short texts or of pages.",
)
_TERMS = Text(
    "il faut des champs de termes qui ont tous le même vocabulaire.",
    "this takes fields of terms that all have the same vocabulary.",
)
_TWICE = Text("il faut deux champs différents.", "this takes two fields that differ.")
_AMOUNT = Text("il faut un champ de montants.", "this takes a field of amounts.")
_BY = Text("sans « amount », rien n'est à additionner.", "without “amount”, nothing is added up.")
_PLACE = Text("il faut un champ de coordonnées.", "this takes a field of coordinates.")
_NEAR = Text(
    "il faut une liste de pages du même type (« pages_of »).",
    "this takes a list of pages of the same page type (“pages_of”).",
)
_NEAR_BY = Text("il faut des termes, des textes ou des pages.", "this takes terms, texts or pages.")


def names_people(field: Field, people: frozenset[str]) -> bool:
    """Return whether the values of a field are persons."""
    return field.kind == "user" or field.pages_of in people


def wrong_overview(file: Path, page_type: PageType, people: frozenset[str]) -> Iterator[Text]:
    """Yield one problem for each entry that names no field, or one that cannot be shown so.

    `people` are the page types whose pages are persons.
    """
    shown = page_type.overview
    if shown is None:
        return
    named: list[tuple[str, str]] = []
    for key in ("glance", "counts", "side_by_side", "together", "near_by"):
        named += [(f"{key}[{i}]", name) for i, name in enumerate(getattr(shown, key))]
    for i, pair in enumerate(shown.crossed):
        named += [(f"crossed[{i}][{j}]", name) for j, name in enumerate(pair)]
        if pair[0] == pair[1]:
            yield problem(file, f"overview.crossed[{i}]", _TWICE)
    for key in ("amount", "amount_by", "place", "near"):
        name = getattr(shown, key)
        named += [(key, name)] if name is not None else []
    for path, name in named:
        field = page_type.field(name)
        if field is None:
            ids = [f.id for f in page_type.fields]
            yield unknown(file, f"overview.{path}", name, ids)
            continue
        wrong = _wrong(path.partition("[")[0], field, page_type, people)
        if wrong is not None:
            yield problem(file, f"overview.{path}", wrong)
    if shown.amount_by is not None and shown.amount is None:
        yield problem(file, "overview.amount_by", _BY)
    beside = [f for name in shown.side_by_side if (f := page_type.field(name))]
    if beside and not _alike(beside):
        yield problem(file, "overview.side_by_side", _TERMS)


def _alike(fields: Sequence[Field]) -> bool:
    return all(f.kind == "term" for f in fields) and len({f.vocabulary for f in fields}) == 1


def _wrong(key: str, field: Field, page_type: PageType, people: frozenset[str]) -> Text | None:
    """Return why a field cannot stand under a key, or None."""
    if field.kind == "email":
        return _NO_MAIL
    if key != "glance" and names_people(field, people):
        return _NO_PEOPLE
    if key in ("counts", "crossed", "amount_by"):
        return None if field.kind in COUNTED else _COUNTED
    if key == "together":
        return None if field.many and field.kind in ("term", "text", "page") else _LIST
    if key == "near_by":
        return None if field.kind in _WORDS else _NEAR_BY
    if key == "amount":
        return None if field.kind == "amount" else _AMOUNT
    if key == "place":
        return None if field.kind == "coordinates" else _PLACE
    if key == "near":
        near = field.kind == "page" and field.many and field.pages_of == page_type.id
        return None if near else _NEAR
    return None
