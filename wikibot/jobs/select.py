"""Which pages a job works on: those named, or all that hold a call the mapping knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from wikibot.edits import Record, records_of
from wikibot.errors import AmbiguousWikitext, InputError, SafetyStop, WikibotError
from wikibot.jobs.naming import field_named, pages_named
from wikibot.language import Text
from wikibot.mapping import Field, Mapping
from wikibot.page import Page
from wikibot.wiki import Wiki
from wikibot.wikitext import redirect_target, transclusions


def pages_to_read(wiki: Wiki, mapping: Mapping, names: Sequence[str]) -> Iterator[Page]:
    """Yield the pages named, each once, or every page of a type of the mapping.

    A name need not have the case and the accents of the title (`naming.pages_named`).

    Raises:
        InputError: a page named is not there, or calls no template of the mapping; or no page
            of a folder or dump calls one. SafetyStop: no page of a server does.
    """
    templates = set(mapping.templates)
    if names:
        for page in pages_named(wiki, mapping, names):
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
        raise no_pages(wiki, mapping)


def no_pages(wiki: Wiki, mapping: Mapping) -> WikibotError:
    """Return the error for a wiki of which no page calls a template of the mapping."""
    # A server whose list is suddenly empty is in trouble rather than new.
    server = wiki.writable and wiki.home is None
    return (SafetyStop if server else InputError)(
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
    target = redirect_target(page.text)
    if target:
        return InputError(
            Text(
                f"La page « {page.title} » est une redirection.",
                f"The page “{page.title}” is a redirect.",
            ),
            Text(f"Nommez la page « {target} ».", f"Name the page “{target}”."),
        )
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
    """Return the field of a page that a person means: its id, its parameter or its label.

    Raises:
        InputError: no field is meant; the nearest ones are suggested.
    """
    return field_named(record.page_type, name)
