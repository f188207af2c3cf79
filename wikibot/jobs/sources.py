"""What a wiki says of its own pages, read: templates, forms, properties, a sample of pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, cast

from wikibot.discovery.form_page import FormPage, read_form
from wikibot.discovery.found import Sources
from wikibot.discovery.property_page import Names, PropertyPage, read_property, read_value_list
from wikibot.discovery.sample import sample_of, spread
from wikibot.discovery.template_page import TemplatePage, read_template
from wikibot.errors import ConfigError, InputError
from wikibot.page import Page
from wikibot.title import MAIN, TEMPLATE, Namespaces, canonical_name
from wikibot.wiki import Wiki
from wikibot.wiki.protocol import Catalogue
from wikibot.wiki.semantic import datatype_of, key_of

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki import MediaWiki

MOST_PAGES = 500  # read of one template's pages on a server; a folder or a dump is read whole
_MOST_IN_USE = 500  # values of one property; more are no choice that anybody reads through
_DOCUMENTATION = ("documentation", "doc", "templatedata")
_CHOOSING = ("dropdown", "radiobutton", "checkboxes", "listbox", "tree")
_NAMES = Names(key_of, datatype_of)


def read_sources(wiki: Wiki, templates: Sequence[str] = ()) -> Sources:
    """Return all that the wiki says of its pages: templates, forms, properties, a sample."""
    spaces = wiki.syntax.namespaces
    # None where the wiki has no such namespace, hence no such extension
    form, property_ = spaces.number("Form"), spaces.number("Property")
    by_space: dict[int, list[Page]] = {
        number: [] for number in (TEMPLATE, form, property_) if number is not None
    }
    assert isinstance(wiki, Catalogue)
    for page in wiki.pages_in(by_space):
        by_space[page.title.namespace].append(page)
    sources = Sources(
        templates=_templates(by_space[TEMPLATE], spaces),
        forms=_forms(by_space[form], spaces) if form is not None else {},
        properties=_properties(by_space[property_]) if property_ is not None else {},
        namespaces=spaces,
        whole="://" in wiki.place,
    )
    sources = replace(sources, value_lists=_value_lists(wiki, sources.properties.values()))
    pages, partly = _sampled(wiki, sources, [spaces.template_name(name) for name in templates])
    return replace(
        sources,
        sample=sample_of(pages, wiki.syntax, frozenset(by_space)),
        partly=partly,
        in_use=_in_use(wiki, sources.forms.values()),
    )


def _templates(pages: Sequence[Page], spaces: Namespaces) -> dict[str, TemplatePage]:
    names = {page.title.name for page in pages}
    documents: dict[str, str] = {}
    for page in pages:
        base, slash, last = page.title.name.rpartition("/")
        if slash and base in names and last.casefold() in _DOCUMENTATION:
            documents[base] = page.text
    found = {}
    for page in pages:
        name = page.title.name
        base, slash, last = name.rpartition("/")
        if not (slash and base in names and last.casefold() in _DOCUMENTATION):
            found[name] = read_template(name, page.text, spaces, documents.get(name, ""))
    return found


def _forms(pages: Sequence[Page], spaces: Namespaces) -> dict[str, FormPage]:
    forms = {page.title.name: read_form(page.title.name, page.text, spaces) for page in pages}
    return {name: form for name, form in forms.items() if form.redirect is None}


def _properties(pages: Sequence[Page]) -> dict[str, PropertyPage]:
    found = {}
    for page in pages:
        name = page.title.name
        found[canonical_name(name)] = read_property(name, page.text, _NAMES)
    targets = {name: found.get(canonical_name(p.redirect or "")) for name, p in found.items()}
    return {
        name: replace(target, name=target.name, redirect=target.name) if target else page
        for name, page in found.items()
        for target in (targets[name] if page.redirect else None,)
    }


def _value_lists(wiki: Wiki, properties: Iterable[PropertyPage]) -> dict[str, tuple[str, ...]]:
    """Return the lists of allowed values that properties name."""
    names = dict.fromkeys(name for page in properties for name in page.lists)
    titles = {f"MediaWiki:Smw allows list {name}": name for name in names}
    if not titles:
        return {}
    spaces = wiki.syntax.namespaces
    wanted = {str(spaces.parse(title)): name for title, name in titles.items()}
    pages = wiki.pages(list(titles))
    return {wanted[str(p.title)]: read_value_list(p.text) for p in pages if str(p.title) in wanted}


def _sampled(
    wiki: Wiki, sources: Sources, only: Sequence[str]
) -> tuple[Iterable[Page], dict[str, tuple[int, int]]]:
    """Return the pages to learn from: all of a folder or dump, some of a server's.

    With them, of each template of which some pages are left out, how many are read and are there;
    "" stands for the wiki as a whole, of which the number is not known (0).
    """
    if "://" not in wiki.place:
        return wiki.pages_with(["*"]), {}
    candidates = dict.fromkeys(
        (
            *only,
            *(part.name for form in sources.forms.values() for part in form.templates),
            *(
                name
                for name, page in sources.templates.items()
                if page.parameters and (page.sets_properties or page.categories)
            ),
        )
    )
    if not candidates:
        assert isinstance(wiki, Catalogue)
        pages = list(islice(wiki.pages_in([MAIN]), MOST_PAGES + 1))
        return pages[:MOST_PAGES], {"": (MOST_PAGES, 0)} if len(pages) > MOST_PAGES else {}
    wanted: dict[int, None] = {}
    partly: dict[str, tuple[int, int]] = {}
    for name, ids in cast("MediaWiki", wiki).callers(candidates).items():
        wanted |= dict.fromkeys(spread(sorted(ids), MOST_PAGES))
        if len(ids) > MOST_PAGES:
            partly[name] = MOST_PAGES, len(ids)
    return wiki.pages_by_id(wanted), partly


def _in_use(wiki: Wiki, forms: Iterable[FormPage]) -> dict[str, tuple[str, ...]]:
    """Return the values of the properties that forms choose from, where the wiki tells them."""
    names = dict.fromkeys(
        field.values_from[1]
        for form in forms
        for part in form.templates
        for field in part.fields
        if field.values_from
        and field.values_from[0] == "property"
        and field.input_type in _CHOOSING
    )
    if not names or "://" not in wiki.place:
        return {}
    server = cast("MediaWiki", wiki)
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        try:
            entries = islice(server.asker().browse("pvalue", property=name), _MOST_IN_USE + 1)
            found[name] = tuple(dict.fromkeys(entry.label for entry in entries if entry.label))
        except (ConfigError, InputError):
            continue  # no Semantic MediaWiki, or one that does not tell: the pages do
    found |= server.explored([name for name in names if not found.get(name)])
    return {name: values for name, values in found.items() if len(values) <= _MOST_IN_USE}
