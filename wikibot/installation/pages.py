"""All pages of a mapping, in the order in which a wiki should get them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from wikibot.errors import InvalidTitle
from wikibot.installation.board import board_page
from wikibot.installation.category import category_page
from wikibot.installation.facilities import FORM, PROPERTY, Facilities
from wikibot.installation.form import form_page
from wikibot.installation.properties import properties_of, property_page
from wikibot.installation.template import template_page
from wikibot.installation.terms import term_pages
from wikibot.language import Text
from wikibot.mapping import Mapping, PageType, Vocabulary
from wikibot.title import CATEGORY, FRENCH, MAIN, TEMPLATE, Title


@dataclass(frozen=True)
class NewPage:
    """A page that a wiki should have."""

    title: Title
    text: str


@dataclass(frozen=True)
class Kit:
    """All pages; `notes` are what a person has to do, or should know."""

    pages: tuple[NewPage, ...]
    notes: tuple[Text, ...]


def kit(mapping: Mapping, facilities: Facilities, only: Collection[str] = ()) -> Kit:
    """Return the pages that hold a mapping: of the page types `only`, or of all.

    What a page refers to comes before it: properties, templates, forms, categories, terms.
    """
    chosen = _chosen(mapping, only)
    notes = [*_missing_namespaces(chosen, facilities)]
    pages: list[NewPage] = []
    properties = properties_of(chosen, facilities)
    if facilities.semantic:
        notes += properties.notes
        pages += [
            NewPage(facilities.title_of("Property", PROPERTY, p.name), property_page(p, facilities))
            for p in properties.all
        ]
    for page_type in chosen.page_types:
        text = template_page(page_type, chosen, properties, facilities)
        pages.append(NewPage(facilities.title(TEMPLATE, page_type.templates[0]), text))
        if page_type.board and facilities.semantic:
            text = board_page(page_type, page_type.board, properties, facilities)
            name = page_type.board.label.text.into(facilities.language)
            pages.append(NewPage(facilities.title(TEMPLATE, name), text))
    for page_type in chosen.page_types if facilities.forms else ():
        if page_type.form and not page_type.part_of:
            text = form_page(page_type, chosen, properties, facilities)
            pages.append(NewPage(facilities.title_of("Form", FORM, page_type.form), text))
    categories: dict[str, list[PageType]] = {}
    for page_type in chosen.page_types:
        if page_type.category:
            categories.setdefault(page_type.category, []).append(page_type)
    pages += [
        NewPage(facilities.title(CATEGORY, name), category_page(tuple(types), facilities))
        for name, types in categories.items()
    ]
    for label, text in term_pages(chosen, facilities):
        try:
            pages.append(NewPage(facilities.namespaces.parse(label), text))
        except InvalidTitle as error:
            notes.append(error.message)
    return Kit(tuple(pages), tuple(notes))


def _chosen(mapping: Mapping, only: Collection[str]) -> Mapping:
    """Return the mapping without what the page types `only` do not need."""
    if not only:
        return mapping
    types = tuple(t for t in mapping.page_types if t.id in only or t.part_of in only)
    ids = {t.id for t in types}
    named = {f.vocabulary for t in types for f in t.fields}
    vocabularies = tuple(
        _without_pages(v) if v.page_type and v.page_type not in ids else v
        for v in mapping.vocabularies
        if v.id in named or v.page_type in ids
    )
    return mapping.model_copy(update={"page_types": types, "vocabularies": vocabularies})


def _without_pages(vocabulary: Vocabulary) -> Vocabulary:
    return vocabulary.model_copy(update={"page_type": None, "page_fields": {}})


def _missing_namespaces(mapping: Mapping, facilities: Facilities) -> Iterator[Text]:
    known = dict(facilities.namespaces.names)
    numbers: dict[int, list[PageType]] = {}
    for page_type in mapping.page_types:
        if page_type.namespace != MAIN and page_type.namespace not in known:
            numbers.setdefault(page_type.namespace, []).append(page_type)
    for number, types in numbers.items():
        name = dict(FRENCH.names).get(number, types[0].label.fr)
        setting = f"$wgExtraNamespaces[{number}] = '{name.replace(' ', '_')}';"
        yield Text(
            f"Le wiki n'a pas l'espace de noms {number} (fiches « {types[0].label.fr} ») : son "
            f"administrateur doit ajouter à LocalSettings.php la ligne {setting}",
            f"The wiki has no namespace {number} (pages “{types[0].label.en}”): its "
            f"administrator has to add to LocalSettings.php the line {setting}",
        )
