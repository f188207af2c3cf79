"""mapping install: the pages that a wiki needs to hold a mapping, as a plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from wikibot.edits import PageEdit, Plan
from wikibot.edits.summary import harmless
from wikibot.errors import InputError
from wikibot.installation import Facilities, kit
from wikibot.jobs.planning import make_plan
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.wiki import Wiki


@dataclass(frozen=True)
class Installation:
    """What a wiki lacks, and what it has already.

    `plan` creates the pages that are not there. `same` are pages that hold just what they
    should, `other` those that hold something else: they are left as they are.
    """

    plan: Plan
    same: tuple[str, ...]
    other: tuple[str, ...]
    notes: tuple[Text, ...]


def install(
    wiki: Wiki,
    mapping: Mapping,
    types: Collection[str] = (),
    *,
    semantic: bool | None = None,
    forms: bool | None = None,
    around: Surroundings = REAL,
) -> Installation:
    """Return the plan that puts templates, forms, properties, categories and terms on a wiki.

    All is made from the mapping, for the page types `types` or for every one. `semantic` and
    `forms` tell whether Semantic MediaWiki and Page Forms are there; None: as the namespaces of
    the wiki tell. A page that exists is never changed.

    Raises:
        InputError: an unknown page type. Otherwise as the wiki.
    """
    for type_id in types:
        if mapping.page_type(type_id) is None:
            known = ", ".join(page_type.id for page_type in mapping.page_types)
            raise InputError(
                Text(f"Aucun type de pages « {type_id} ».", f"No page type “{type_id}”."),
                Text(f"Choisissez parmi : {known}.", f"Choose among: {known}."),
            )
    made = kit(mapping, facilities_of(wiki, mapping, semantic=semantic, forms=forms), types)
    there = {str(page.title): page.text for page in wiki.pages(str(p.title) for p in made.pages)}
    words = harmless(f"{mapping.wiki.label.fr} : installation")
    tail = f" ({mapping.wiki.summary})" if mapping.wiki.summary else ""
    edits = [
        PageEdit(str(page.title), 0, 0, (), words + tail, page.text)
        for page in made.pages
        if str(page.title) not in there
    ]
    standing = [str(page.title) for page in made.pages if str(page.title) in there]
    same = {
        str(p.title) for p in made.pages if there.get(str(p.title), "").strip() == p.text.strip()
    }
    return Installation(
        plan=make_plan(wiki, edits, around),
        same=tuple(title for title in standing if title in same),
        other=tuple(title for title in standing if title not in same),
        notes=made.notes,
    )


def facilities_of(
    wiki: Wiki, mapping: Mapping, *, semantic: bool | None = None, forms: bool | None = None
) -> Facilities:
    """Return what a wiki can do, as its namespaces and its tags tell.

    Semantic MediaWiki brings the namespace of properties, Page Forms that of forms,
    TemplateData its tag.
    """
    spaces = wiki.syntax.namespaces
    has_properties, has_forms = (spaces.number(n) is not None for n in ("Property", "Form"))
    return Facilities(
        semantic=has_properties if semantic is None else semantic,
        forms=has_forms if forms is None else forms,
        template_data="templatedata" in wiki.syntax.extension_tags,
        namespaces=spaces,
        language=mapping.wiki.language,
    )
