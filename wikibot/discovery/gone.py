"""The template, the form, the category and the properties of a page type: gone, or renamed.

What a folder or a dump does not hold is not thereby gone: see each function.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.discovery.difference import Drift
from wikibot.discovery.found import FoundType, Sources
from wikibot.language import Text
from wikibot.mapping import Field, PageType
from wikibot.title import canonical_name


def template_drift(page_type: PageType, sources: Sources) -> Drift | None:
    """Return what became of the template: moved under a new name, or gone altogether.

    A template without a page that pages still call is gone only where the wiki's templates were
    read whole.
    """
    names, first = page_type.templates, page_type.templates[0]
    target = sources.target(first)
    in_forms = {sources.target(p.name) for form in sources.forms.values() for p in form.templates}
    if target in sources.templates and sources.templates[target].redirect is None:
        if target in names:
            return None
        message = Text(
            f"{page_type.id} : le modèle « {first} » s'appelle maintenant « {target} » sur le "
            "wiki.",
            f"{page_type.id}: the template “{first}” is now called “{target}” on the wiki.",
        )
        return Drift("renamed", page_type.id, "", first, target, message)
    standing = any(
        sources.target(name) in in_forms or _is_template(sources.target(name), sources)
        for name in names
    )
    calls = sum(seen.calls for seen in sources.sample.templates if seen.name in names)
    if standing or not sources.tells_templates or (calls and not sources.whole):
        return None
    message = Text(
        f"{page_type.id} : le wiki n'a plus de modèle « {first} », aucun formulaire ne le remplit.",
        f"{page_type.id}: the wiki has no template “{first}” any more, no form fills it.",
    )
    return Drift("missing", page_type.id, "", first, "", message)


def _is_template(name: str, sources: Sources) -> bool:
    page = sources.templates.get(name)
    return page is not None and page.redirect is None


def head_drifts(page_type: PageType, found: FoundType, sources: Sources) -> Iterator[Drift]:
    """Yield what became of the form and of the category."""
    here, there = page_type.form, found.page_type.form
    if here and canonical_name(here) not in sources.forms and sources.tells_forms:
        yield _head(
            page_type, here, there or "",
            Text(f"le formulaire « {here} »", f"the form “{here}”"),
        )  # fmt: skip
    category = page_type.category
    if category is None or found.page_type.template not in sources.templates:
        return
    put = {canonical_name(c) for t in sources.templates.values() for c in t.categories}
    if canonical_name(category) in put | sources.sample.categories:
        return
    now = found.page_type.category
    if now is not None or not any(t.computes_categories for t in sources.templates.values()):
        what = Text(f"la catégorie « {category} »", f"the category “{category}”")
        yield _head(page_type, category, now or "", what)


def _head(page_type: PageType, before: str, now: str, what: Text) -> Drift:
    if now:
        message = Text(
            f"{page_type.id} : {what.fr} s'appelle maintenant « {now} » sur le wiki.",
            f"{page_type.id}: {what.en} is now called “{now}” on the wiki.",
        )
        return Drift("renamed", page_type.id, "", before, now, message)
    message = Text(
        f"{page_type.id} : le wiki ne connaît plus {what.fr}.",
        f"{page_type.id}: the wiki no longer knows {what.en}.",
    )
    return Drift("missing", page_type.id, "", before, "", message)


def property_gone(page_type: PageType, field: Field, sources: Sources) -> Drift | None:
    """Return that the property of a field is gone: it has no page, and no template feeds it.

    Where the wiki has no page of any property, nothing is known of them.
    """
    if field.property is None or not sources.properties:
        return None
    name = canonical_name(field.property)
    fed = {
        canonical_name(fed)
        for template in sources.templates.values()
        for parameter in template.parameters
        for fed in parameter.properties
    }
    if name in sources.properties or name in fed:
        return None
    message = Text(
        f"{page_type.id}.{field.id} : le wiki n'a plus d'attribut « {field.property} », aucun "
        "modèle ne le remplit.",
        f"{page_type.id}.{field.id}: the wiki has no property “{field.property}” any more, no "
        "template feeds it.",
    )
    return Drift("missing", page_type.id, field.id, field.property, "", message)
