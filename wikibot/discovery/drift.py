"""Where a mapping and the wiki no longer agree, as what was found of the wiki now shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wikibot.discovery.difference import Drift
from wikibot.discovery.found import Found, FoundField, FoundType, Sources
from wikibot.discovery.gone import head_drifts, property_gone, template_drift
from wikibot.discovery.kinds import SAYS_MORE
from wikibot.discovery.renames import renamed
from wikibot.language import Text
from wikibot.mapping import Field, Mapping, PageType, Vocabulary
from wikibot.title import canonical_name


def drifts(mapping: Mapping, found: Found, sources: Sources) -> Iterator[Drift]:
    """Yield every difference between a mapping and what templates, forms, properties prove.

    Where only pages were found nothing is proven, hence nothing differs.
    """
    for page_type in mapping.page_types:
        template = template_drift(page_type, sources)
        if template is not None:
            yield template
        there = [t for t in found.types if set(t.page_type.templates) & set(page_type.templates)]
        if there and there[0].proven:
            yield from head_drifts(page_type, there[0], sources)
            yield from _fields(mapping, page_type, there[0], found, sources)


def _fields(
    mapping: Mapping, page_type: PageType, found: FoundType, every: Found, sources: Sources
) -> Iterator[Drift]:
    by_name = {name: f for f in found.fields for name in f.field.parameters}
    main = {f.field.parameter: f for f in found.fields}
    renames = renamed(page_type, found)
    met: set[str] = set()
    for field in page_type.fields:
        if field.computed:
            continue
        now = main.get(field.parameter) or by_name.get(field.parameter)
        if now is None:
            now = renames.get(field.id) or _first(by_name.get(n) for n in field.parameter_aliases)
            yield _gone(page_type, field, now)
        if now is not None:
            met.add(now.field.parameter)
            yield from _property(page_type, field, now, sources)
            yield from _meaning(mapping, page_type, field, now, every)
    known = {name for field in page_type.fields for name in field.parameters}
    for now in found.fields:
        name = now.field.parameter
        if now.field.verified and name not in met and known.isdisjoint(now.field.parameters):
            message = Text(
                f"{page_type.id} : le paramètre « {name} » du wiki n'a pas de champ ici.",
                f"{page_type.id}: the wiki's parameter “{name}” has no field here.",
            )
            yield Drift("new", page_type.id, "", "", name, message)


def _first(found: Iterable[FoundField | None]) -> FoundField | None:
    return next((f for f in found if f is not None), None)


def _gone(page_type: PageType, field: Field, now: FoundField | None) -> Drift:
    place = f"{page_type.id}.{field.id}"
    if now is None:
        message = Text(
            f"{place} : ni le modèle ni le formulaire ne connaissent « {field.parameter} ».",
            f"{place}: neither template nor form knows “{field.parameter}”.",
        )
        return Drift("missing", page_type.id, field.id, field.parameter, "", message)
    name = now.field.parameter
    message = Text(
        f"{place} : « {field.parameter} » s'appelle maintenant « {name} » sur le wiki.",
        f"{place}: “{field.parameter}” is now called “{name}” on the wiki.",
    )
    return Drift("renamed", page_type.id, field.id, field.parameter, name, message)


def _property(
    page_type: PageType, field: Field, now: FoundField, sources: Sources
) -> Iterator[Drift]:
    there = now.field.property
    if field.property is None or canonical_name(field.property) in now.properties:
        return
    if there is not None and now.proves("property"):
        yield _retyped(page_type, field, "property", field.property, there, now)
    elif (gone := property_gone(page_type, field, sources)) is not None:
        yield gone


def _meaning(
    mapping: Mapping, page_type: PageType, field: Field, now: FoundField, every: Found
) -> Iterator[Drift]:
    new = now.field
    alike = field.kind == new.kind or field.kind in SAYS_MORE[new.kind]
    if now.proves("kind") and not alike:
        yield _retyped(page_type, field, "kind", field.kind, new.kind, now)
    if now.proves("separator") and (not field.many or field.separator != new.separator):
        before = field.separator if field.many else ""
        yield _retyped(page_type, field, "separator", before, new.separator, now)
    entry, vocabulary = every.vocabulary(new.vocabulary), mapping.vocabulary(field)
    if entry is not None and vocabulary is not None and not entry.guessed:
        yield from _values(page_type, field, vocabulary, entry.vocabulary)


def _retyped(
    page_type: PageType, field: Field, key: str, before: str, after: str, now: FoundField
) -> Drift:
    before, after = before.replace("\n", r"\n"), after.replace("\n", r"\n")
    reason = now.reason(key)
    why = reason.why if reason else Text("", "")
    place = f"{page_type.id}.{field.id}"
    message = Text(
        f"{place} : {key} est « {before} » ici, « {after} » sur le wiki ({why.fr}).",
        f"{place}: {key} is “{before}” here, “{after}” on the wiki ({why.en}).",
    )
    return Drift("retyped", page_type.id, field.id, before, after, message)


def _values(
    page_type: PageType, field: Field, here: Vocabulary, there: Vocabulary
) -> Iterator[Drift]:
    """Yield the values that came and went; a term that is out of use here may be gone there."""
    spellings = {s for term in here.terms for s in (term.label, *term.aliases)}
    place = f"{page_type.id}.{field.id}"
    for term in there.terms:
        if term.label not in spellings:
            message = Text(
                f"{place} : le wiki propose « {term.label} », absent du vocabulaire {here.id}.",
                f"{place}: the wiki offers “{term.label}”, which the vocabulary {here.id} lacks.",
            )
            yield Drift("value-joined", page_type.id, field.id, "", term.label, message)
    offered = {term.label for term in there.terms}
    for term in here.terms if not there.open else ():
        out_of_use = term.until is not None or term.replaced_by is not None
        if not out_of_use and offered.isdisjoint((term.label, *term.aliases)):
            message = Text(
                f"{place} : le wiki ne propose pas « {term.label} » du vocabulaire {here.id}.",
                f"{place}: the wiki does not offer “{term.label}” of the vocabulary {here.id}.",
            )
            yield Drift("value-left", page_type.id, field.id, term.label, "", message)
