"""What a person means by the name of a page, a page type or a field: case and accents are free.

A name that is only like another one is never taken for it: it is refused, with the nearest.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from wikibot.errors import InputError, InvalidTitle
from wikibot.language import Text
from wikibot.mapping import Field, PageType, fold
from wikibot.mapping import Mapping as WikiMapping
from wikibot.page import Page
from wikibot.title import Title
from wikibot.wiki import Wiki
from wikibot.wiki.protocol import Titled
from wikibot.wiki.suggestions import no_such_page

log = logging.getLogger(__name__)
T = TypeVar("T")

_CLOSE = 75  # of 100; below, a suggestion puzzles more than it helps
_MOST = 3
_PLURAL = 4  # letters of a word whose last s or x may be that of the plural


def pages_named(wiki: Wiki, mapping: WikiMapping, names: Sequence[str]) -> list[Page]:
    """Return the pages of these names, each once, read together where they are written exactly.

    Where no page has the very title, the one that differs by case, accents and punctuation
    alone is taken, and the log says so.

    Raises:
        InputError: there is no such page (with the nearest titles), or several.
    """
    try:
        wanted = [str(wiki.syntax.namespaces.parse(name)) for name in names]
        found = {str(page.title): page for page in wiki.pages(dict.fromkeys(wanted))}
        pages = [found[title] for title in wanted]
    except (InvalidTitle, KeyError):  # a file's name, another spelling, an unknown page
        titles: tuple[Title, ...] = ()
        pages = []
        for name in names:
            try:
                pages.append(wiki.page(name))
            except InputError as error:
                if error.code != "missingtitle":
                    raise
                titles = titles or tuple(titles_of(wiki, mapping.templates))
                pages.append(_page_meant(wiki, name, titles, error))
    return list({page.id: page for page in pages}.values())


def titles_of(wiki: Wiki, templates: Iterable[str]) -> Iterator[Title]:
    """Yield the titles of the pages that call one of the templates; more may come."""
    if isinstance(wiki, Titled):
        yield from wiki.titles_with(templates)
    else:
        yield from (page.title for page in wiki.pages_with(templates))


def _page_meant(wiki: Wiki, name: str, titles: Sequence[Title], missing: InputError) -> Page:
    same = [title for title in titles if fold(str(title)) == fold(name)] if fold(name) else []
    if len(same) == 1:
        log.warning(Text(f"« {name} » : page « {same[0]} ».", f"“{name}”: page “{same[0]}”."))
        return wiki.page(str(same[0]))
    if same:
        raise InputError(
            Text(
                f"« {name} » peut désigner plusieurs pages : "
                + ", ".join(f"« {title} »" for title in same)
                + ".",
                f"“{name}” may mean several pages: "
                + ", ".join(f"“{title}”" for title in same)
                + ".",
            ),
            Text("Écrivez le titre exact.", "Write the exact title."),
        )
    near = no_such_page(name, wiki.place, map(str, titles))
    raise near if near.advice else missing


def field_named(page_type: PageType, name: str) -> Field:
    """Return the field that a person means: by its id, its parameter or its label.

    Raises:
        InputError: no field is meant; the nearest ones are suggested.
    """
    found = find_field(page_type, name)
    if found is not None:
        return found
    raise InputError(
        Text(
            f"La fiche « {page_type.label.fr} » n'a pas de champ « {name} ».",
            f"The page type “{page_type.label.en}” has no field “{name}”.",
        ),
        nearest_fields((page_type,), name),
    )


def find_field(page_type: PageType, name: str) -> Field | None:
    """Return the field that a person means, or None; «défi» is «défis» where nothing else is."""
    exact = page_type.field(name) or page_type.field_of(name)
    if exact:
        return exact
    spellings = _spellings(page_type)
    if fold(name) in spellings:
        return spellings[fold(name)]
    alike = {f.id: f for s, f in spellings.items() if _singular(s) == _singular(fold(name))}
    return next(iter(alike.values())) if len(alike) == 1 else None


def _singular(folded: str) -> str:
    """Return words without the letter of the plural."""
    words = folded.split()
    return " ".join(w[:-1] if len(w) >= _PLURAL and w[-1] in "sx" else w for w in words)


def nearest_fields(page_types: Iterable[PageType], name: str) -> Text:
    """Return the advice that names the fields which look like `name`, or how to list them."""
    known = {s: f.id for t in page_types for s, f in _spellings(t).items()}
    near = _nearest(known, name)
    hints = ", ".join(near)
    return Text(
        f"Vouliez-vous dire : {hints} ?" if hints else "« show PAGE » liste les champs.",
        f"Did you mean: {hints}?" if hints else "“show PAGE” lists the fields.",
    )


def _spellings(page_type: PageType) -> dict[str, Field]:
    """Return every folded spelling and its field; of two, the first of the form."""
    return {
        fold(spelling): field
        for field in reversed(page_type.fields)
        for spelling in (field.id, *field.parameters, field.label.fr, field.label.en)
    }


def type_named(mapping: WikiMapping, name: str) -> PageType:
    """Return the page type that a person means: by its id, its label or its template.

    Raises:
        InputError: no page type is meant; the nearest ones are suggested, or all are named.
    """
    known = {
        fold(spelling): page_type
        for page_type in reversed(mapping.page_types)
        for spelling in (
            *page_type.templates,
            page_type.label.fr,
            page_type.label.en,
            page_type.id,
        )
    }
    if fold(name) in known:
        return known[fold(name)]
    near = _nearest({spelling: found.id for spelling, found in known.items()}, name)
    every = ", ".join(page_type.id for page_type in mapping.page_types)
    hints = ", ".join(near)
    raise InputError(
        Text(f"Aucun type de pages « {name} ».", f"There is no page type “{name}”."),
        Text(f"Vouliez-vous dire : {hints} ?", f"Did you mean: {hints}?")
        if near
        else Text(f"Choisissez parmi : {every}.", f"Choose among: {every}."),
    )


def _nearest(known: Mapping[str, T], name: str) -> list[T]:
    """Return what the spellings nearest to a name mean, nearest first."""
    from rapidfuzz import fuzz, process

    near = process.extract(
        fold(name), list(known), scorer=fuzz.WRatio, score_cutoff=_CLOSE, limit=9
    )
    return list(dict.fromkeys(known[spelling] for spelling, _, _ in near))[:_MOST]
