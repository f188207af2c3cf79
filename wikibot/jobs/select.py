"""Which pages a job works on: those named, or all that hold a call the mapping knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from wikibot.edits import Record, records_of
from wikibot.errors import AmbiguousWikitext, InputError, InvalidTitle, SafetyStop
from wikibot.language import Text
from wikibot.mapping import Field, Mapping, fold
from wikibot.page import Page
from wikibot.wiki import Wiki
from wikibot.wikitext import transclusions


def pages_to_read(wiki: Wiki, mapping: Mapping, names: Sequence[str]) -> Iterator[Page]:
    """Yield the pages named, each once, or every page of a type of the mapping.

    Raises:
        InputError: a page named is not there, or calls no template of the mapping; or no page
            of a folder or dump calls one. SafetyStop: no page of a server does.
    """
    templates = set(mapping.templates)
    if names:
        for page in _named(wiki, names):
            if not may_hold(page, templates, wiki):
                raise no_record(page, mapping)
            yield page
        return
    found = False
    for page in wiki.pages_with(mapping.templates):
        if may_hold(page, templates, wiki):
            found = True
            yield page
    if not found:
        # A server whose list is suddenly empty is in trouble rather than new.
        server = wiki.writable and wiki.home is None
        raise (SafetyStop if server else InputError)(
            Text(
                f"Aucune page de {wiki.place} n'appelle un modèle de la correspondance "
                f"« {mapping.id} » ({', '.join(mapping.templates)}).",
                f"No page of {wiki.place} calls a template of the mapping “{mapping.id}” "
                f"({', '.join(mapping.templates)}).",
            ),
            Text(
                "Vérifiez l'adresse du wiki et le nom des modèles dans la correspondance.",
                "Check the wiki's address and the names of the templates in the mapping.",
            ),
            "no-page",
        )


def _named(wiki: Wiki, names: Sequence[str]) -> list[Page]:
    """Return the pages of these names, whatever the spelling, read together."""
    try:
        wanted = [str(wiki.syntax.namespaces.parse(name)) for name in names]
        found = {str(page.title): page for page in wiki.pages(dict.fromkeys(wanted))}
        pages = [found[title] for title in wanted]
    except (InvalidTitle, KeyError):  # a file's name, a wiki's own spelling, an unknown page
        pages = [wiki.page(name) for name in names]
    return list({page.id: page for page in pages}.values())


def may_hold(page: Page, templates: Set[str], wiki: Wiki) -> bool:
    """Return whether a page calls one of the templates, or cannot be read with certainty."""
    try:
        return any(call.name in templates for call in transclusions(page.text, wiki.syntax))
    except AmbiguousWikitext:
        return True


def records_on(page: Page, mapping: Mapping, wiki: Wiki) -> tuple[Record, ...]:
    """Return the records of a page, one at least.

    Raises:
        InputError: the page calls no template of the mapping.
        AmbiguousWikitext: the page cannot be read with certainty.
    """
    records = records_of(page, mapping, wiki.syntax)
    if not records:
        raise no_record(page, mapping)
    return records


def no_record(page: Page, mapping: Mapping) -> InputError:
    """Return the error for a page without any template of the mapping."""
    return InputError(
        Text(
            f"La page « {page.title} » n'appelle aucun modèle de la correspondance "
            f"« {mapping.id} » ({', '.join(mapping.templates)}).",
            f"The page “{page.title}” calls no template of the mapping “{mapping.id}” "
            f"({', '.join(mapping.templates)}).",
        ),
        Text(
            "Commencez la page avec le formulaire du wiki.",
            "Begin the page with the wiki's form.",
        ),
    )


def the_field(record: Record, name: str) -> Field:
    """Return the field that a person means: its id, its parameter or its label.

    Raises:
        InputError: no field is meant; the nearest ones are suggested.
    """
    page_type = record.page_type
    exact = page_type.field(name) or page_type.field_of(name)
    if exact:
        return exact
    names = {
        fold(spelling): field
        for field in reversed(page_type.fields)
        for spelling in (field.id, *field.parameters, field.label.fr, field.label.en)
    }
    if fold(name) in names:
        return names[fold(name)]
    from rapidfuzz import fuzz, process

    near = process.extract(fold(name), list(names), scorer=fuzz.WRatio, score_cutoff=60, limit=9)
    hints = ", ".join(list(dict.fromkeys(names[spelling].id for spelling, _, _ in near))[:3])
    raise InputError(
        Text(
            f"La fiche « {page_type.label.fr} » n'a pas de champ « {name} ».",
            f"The page type “{page_type.label.en}” has no field “{name}”.",
        ),
        Text(
            f"Vouliez-vous dire : {hints} ?" if hints else "« show PAGE » liste les champs.",
            f"Did you mean: {hints}?" if hints else "“show PAGE” lists the fields.",
        ),
    )
