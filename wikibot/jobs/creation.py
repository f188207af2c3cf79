"""new: a page that does not exist yet, from the fields of its type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from wikibot.checks import check_page
from wikibot.checks.similar import Alike
from wikibot.edits import PageEdit, Plan, Record, records_of
from wikibot.edits.creation import page_text
from wikibot.edits.summary import harmless
from wikibot.errors import InputError, PageExists, UnsafeValue
from wikibot.jobs.assign import Assignment, new_values
from wikibot.jobs.naming import titles_of
from wikibot.jobs.planning import make_plan
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.typed import said_with_advice, together
from wikibot.language import Text
from wikibot.mapping import Field, PageType, fold
from wikibot.mapping import Mapping as WikiMapping
from wikibot.page import Page, Revision
from wikibot.title import TEMPLATE, Title
from wikibot.wiki import Wiki

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Blank:
    """A page to be: a record without values, and what its author should know.

    `near` are titles of pages of the type that are nearly the same.
    """

    record: Record
    near: tuple[str, ...] = ()
    no_template: bool = False


def blank_page(wiki: Wiki, mapping: WikiMapping, page_type: PageType, title: str) -> Blank:
    """Return the page of that type and title, to be filled.

    Raises:
        InputError: no page of this type is made by its title; the title is none, or one of
            another namespace. PageExists: it is there, perhaps in another spelling.
    """
    _refuse_parts(page_type, mapping)
    wanted = _title(wiki, page_type, title)
    templates = [str(wiki.syntax.namespaces.title(TEMPLATE, n)) for n in page_type.templates]
    standing = wiki.standing([str(wanted), *templates])
    known = standing.get(str(wanted))
    if known is not None and known.there:
        raise _exists(str(wanted), str(known.title), known.target)
    titles = [str(found) for found in titles_of(wiki, page_type.templates)]
    for found in titles:
        if fold(found) == fold(str(wanted)) or found == str(wanted):
            raise _exists(str(wanted), found, None)
    there = [
        name
        for name, full in zip(page_type.templates, templates, strict=True)
        if full in standing and standing[full].there
    ]
    if there and page_type.templates[0] not in there:
        page_type = page_type.model_copy(update={"template": there[0], "template_aliases": ()})
    told = [standing[full] for full in templates if full in standing]
    text = page_text(page_type, {}, syntax=wiki.syntax)
    page = Page(0, wanted, Revision(0, 0, _NEVER), text)
    (record,) = records_of(page, mapping, wiki.syntax)
    near = Alike([*titles, str(wanted)]).to(str(wanted))
    return Blank(record, near, no_template=bool(told) and not there)


def new_page(
    made: Blank,
    assignments: Sequence[Assignment],
    mapping: WikiMapping,
    wiki: Wiki,
    *,
    around: Surroundings = REAL,
) -> Plan:
    """Return the plan that creates a page with these values, checked as `set_fields` does.

    Raises:
        InputError: unknown fields and terms, values that their field cannot hold: all at once.
        UnsafeValue: a value cannot be written with certainty.
    """
    values, errors = new_values(made.record, assignments, mapping)
    edit, problems = creation_problems(made.record, values, mapping, wiki)
    errors += (InputError(message) for _, message in problems)
    if errors or edit is None:
        raise together(errors)
    return make_plan(wiki, [edit], around)


def creation_problems(
    record: Record, values: Mapping[str, str], mapping: WikiMapping, wiki: Wiki
) -> tuple[PageEdit | None, list[tuple[str, Text]]]:
    """Return the edit that creates a page with this wikitext, and (field id, error) of rules.

    The id is "" where it is no field's own; there is no edit where a value cannot be written.
    """
    page_type, page = record.page_type, record.page
    named = page_type.model_copy(update={"template": record.call.name})
    try:
        text = page_text(named, values, syntax=wiki.syntax)
    except UnsafeValue as error:
        alone = [
            (field_id, said)
            for field_id, wikitext in values.items()
            if (said := _unsafe(named, field_id, wikitext, wiki))
        ]
        return None, alone or [("", said_with_advice(error))]
    after = Page(0, page.title, page.revision, text)
    problems = [
        (found.field, found.message)
        for found in check_page(after, mapping, wiki.syntax)
        if found.severity == "error" and found.value and found.field in values
    ]
    tail = f" ({mapping.wiki.summary})" if mapping.wiki.summary else ""
    summary = harmless(f"Nouvelle page : {page_type.label.fr}") + tail
    return PageEdit(str(page.title), 0, 0, (), summary, text), problems


def _unsafe(page_type: PageType, field_id: str, wikitext: str, wiki: Wiki) -> Text | None:
    """Return why a value cannot be written, or None."""
    try:
        page_text(page_type, {field_id: wikitext}, syntax=wiki.syntax)
    except UnsafeValue as error:
        return said_with_advice(error)
    return None


def still_empty(edit: PageEdit, mapping: WikiMapping, wiki: Wiki) -> tuple[Field, ...]:
    """Return the fields that a page to be created should hold and does not, gravest first."""
    title = wiki.syntax.namespaces.parse(edit.title)
    page = Page(0, title, Revision(0, 0, _NEVER), edit.text or "")
    (made,) = records_of(page, mapping, wiki.syntax)
    empty = [f.field for f in made.values.values() if f.is_empty and not f.field.computed]
    grave = [field for field in empty if field.required == "error"]
    return (*grave, *(field for field in empty if field.required == "warning"))


def _refuse_parts(page_type: PageType, mapping: WikiMapping) -> None:
    label = page_type.label
    if page_type.numbered:
        raise InputError(
            Text(
                f"Une fiche « {label.fr} » a un numéro pour titre : elle ne se crée pas par son "
                "titre.",
                f"A page “{label.en}” has a number for its title: it is not made by its title.",
            ),
            Text(
                "Créez-la depuis le tableau de la page concernée, sur le wiki.",
                "Create it from the board of its page, on the wiki.",
            ),
        )
    whole = mapping.page_type(page_type.part_of) if page_type.part_of else None
    if whole is not None:
        raise InputError(
            Text(
                f"Une fiche « {label.fr} » n'est pas une page : elle se trouve sur une page "
                f"« {whole.label.fr} ».",
                f"A record “{label.en}” is no page: it stands on a page “{whole.label.en}”.",
            ),
            Text(
                "Ajoutez-la avec le formulaire de cette page, sur le wiki.",
                "Add it with the form of that page, on the wiki.",
            ),
        )


def _title(wiki: Wiki, page_type: PageType, title: str) -> Title:
    wanted = wiki.syntax.namespaces.parse(title, page_type.namespace)
    if wanted.namespace != page_type.namespace:
        usual = str(wiki.syntax.namespaces.title(page_type.namespace, wanted.name))
        raise InputError(
            Text(
                f"Une fiche « {page_type.label.fr} » ne se range pas sous « {wanted.prefix} ».",
                f"A page “{page_type.label.en}” does not belong below “{wanted.prefix}”.",
            ),
            Text(f"Le titre serait « {usual} ».", f"The title would be “{usual}”."),
        )
    return wanted


def _exists(wanted: str, found: str, target: str | None) -> PageExists:
    other = found != wanted
    lead = Text(f", redirection vers « {target} »", f", a redirect to “{target}”")
    leads = lead if target else Text("", "")
    return PageExists(
        Text(
            f"La page « {found} » existe déjà{leads.fr}"
            + (f" : « {wanted} » n'en diffère que par l'écriture." if other else "."),
            f"The page “{found}” exists already{leads.en}"
            + (f": “{wanted}” differs from it in spelling alone." if other else "."),
        ),
        Text(
            f"Modifiez la page « {target or found} » avec « edit ».",
            f"Edit the page “{target or found}” with “edit”.",
        ),
    )
