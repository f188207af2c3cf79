"""Joins all that was read into page types and vocabularies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wikibot.discovery.fields import FORM_PAGE, make_field, page_name
from wikibot.discovery.form_page import FormField, FormPage, FormTemplate
from wikibot.discovery.found import Found, FoundField, FoundType, Reason, Sources
from wikibot.discovery.names import id_of, label_of, spaced
from wikibot.discovery.sample import ParameterSample, TemplateSample
from wikibot.discovery.template_page import TemplatePage, TemplateParameter
from wikibot.discovery.terms import Vocabularies
from wikibot.language import Text, counted
from wikibot.mapping import Label, PageType, fold
from wikibot.title import MAIN, TEMPLATE

_RARE = 0.05  # of the calls: a name that few have, and no template knows, is a slip
_MANY_CALLS = 20


def assemble(sources: Sources, only: Sequence[str] = ()) -> Found:
    """Return what the sources make: of the templates `only`, or of all that hold fields."""
    vocabularies = Vocabularies()
    notes: list[Text] = []
    types: list[FoundType] = []
    taken: set[str] = set()
    for template in only or tuple(_candidates(sources)):
        found = _page_type(template, sources, vocabularies, taken, notes)
        if found is not None:
            taken.add(found.page_type.id)
            types.append(found)
            notes += _looked_at(found.page_type, sources)
    types = [_as_part(found, types, sources) for found in types]
    for title in sources.sample.unread:
        notes.append(
            Text(
                f"« {title} » se lit de deux façons : cette page n'a pas compté.",
                f"“{title}” reads in two ways: this page did not count.",
            )
        )
    return Found(tuple(types), vocabularies.all, tuple(notes))


def _as_part(found: FoundType, types: Sequence[FoundType], sources: Sources) -> FoundType:
    """Return a page type that is filled within the form of another as a part of that one."""
    form = sources.forms.get(found.page_type.form or "")
    first = sources.target(form.templates[0].name) if form and form.templates else None
    whole = next((t.page_type for t in types if t.page_type.template == first), None)
    if form is None or whole is None or whole is found.page_type:
        return found
    page = page_name(sources.namespaces, "Form", FORM_PAGE, form.name)
    reasons = tuple(r for r in found.reasons if r.key != "form")
    return replace(
        found,
        page_type=found.page_type.model_copy(update={"form": None, "part_of": whole.id}),
        reasons=(*reasons, Reason("part_of", Text(page, page))),
    )


def _looked_at(page_type: PageType, sources: Sources) -> Iterator[Text]:
    """Yield that not every page was looked at."""
    for name in (page_type.template, *page_type.template_aliases):
        if name in sources.partly:
            read, there = sources.partly[name]
            yield Text(
                f"« {name} » : {read} fiches lues sur {there}, réparties des plus anciennes aux "
                "plus récentes.",
                f"“{name}”: {read} pages read of {there}, spread from the oldest to the newest.",
            )
    if "" in sources.partly:
        read, _ = sources.partly[""]
        yield Text(
            f"« {page_type.template} » : seules les {read} premières pages du wiki ont été lues, "
            "dans l'ordre alphabétique.",
            f"“{page_type.template}”: only the first {read} pages of the wiki were read, in "
            "alphabetical order.",
        )


def _candidates(sources: Sources) -> Iterator[str]:
    """Yield the templates whose calls hold fields: those of forms, then those that pages fill."""
    given: dict[str, None] = {}
    for form in sources.forms.values():
        for part in form.templates:
            given[sources.target(part.name)] = None
    inner = {
        target for t in sources.templates.values() for p in t.parameters for target, _ in p.passed
    }
    called = {sources.target(t.name) for t in sources.sample.templates}
    for name, page in sources.templates.items():
        holds = page.parameters and page.redirect is None
        if (
            holds
            and page.sets_properties
            and (name in called or (not called and name not in inner))
        ) or (holds and ((page.categories and name in called) or _is_ours(page))):
            given[name] = None
    for seen in sources.sample.templates:
        name = sources.target(seen.name)
        if name not in sources.templates and len(_named(seen)) >= 2:
            given[name] = None
    yield from given


def _is_ours(page: TemplatePage) -> bool:
    """Return whether the template says itself what wikibot wants to know."""
    return any(p.told is not None and p.told.exact is not None for p in page.parameters)


def _named(seen: TemplateSample) -> list[ParameterSample]:
    return [p for p in seen.parameters if not p.name.isdigit()]


def _page_type(
    name: str, sources: Sources, vocabularies: Vocabularies, taken: set[str], notes: list[Text]
) -> FoundType | None:
    page = sources.templates.get(name)
    form, part = _form_of(name, sources)
    aliases = tuple(
        other for other in sources.templates if other != name and sources.target(other) == name
    )
    seen = _merged([s for s in sources.sample.templates if s.name in (name, *aliases)], name)
    parameters = {p.name: _resolved(p, sources, {name}) for p in page.parameters} if page else {}
    fields: list[FoundField] = []
    ids: set[str] = set()
    for parameter, in_form in _in_order(parameters, part, seen, sources, name):
        found = make_field(
            parameter, name, parameters.get(parameter), form if in_form else None, in_form,
            seen, sources, vocabularies, ids, notes,
        )  # fmt: skip
        ids.add(found.field.id)
        fields.append(found)
    if not fields:
        notes.append(
            Text(
                f"Modèle « {name} » : aucun paramètre trouvé, il n'a pas de fiche.",
                f"Template “{name}”: no parameter found, hence no page type.",
            )
        )
        return None
    fields = _with_misspelt(fields, seen, notes, name) if page or part else fields
    multiple = part is not None and part.multiple
    often = seen is not None and seen.repeated * 2 > seen.pages
    category = page.categories[0] if page and page.categories else None
    label = part.label if part is not None and multiple and part.label else label_of(name)
    found_type = PageType(
        id=id_of(name, taken),
        label=Label(fr=label, en=label),
        template=name,
        template_aliases=aliases,
        category=category,
        form=form.name if form else None,
        namespace=_namespace(form, seen, sources),
        repeats=multiple or (part is None and often),
        fields=tuple(f.field for f in fields),
    )
    return FoundType(found_type, tuple(fields), tuple(_reasons(found_type, sources, seen, part)))


def _reasons(
    found: PageType, sources: Sources, seen: TemplateSample | None, part: FormTemplate | None
) -> Iterator[Reason]:
    spaces = sources.namespaces
    page = page_name(spaces, "Template", TEMPLATE, found.template)
    if found.template in sources.templates:
        yield Reason("template", Text(page, page))
    elif part is None:
        why = counted(
            seen.calls if seen else 0,
            Text("fiche l'appelle", "call of it"),
            Text("fiches l'appellent", "calls of it"),
        )
        yield Reason("template", why, guessed=True)
    if found.form:
        form = page_name(spaces, "Form", FORM_PAGE, found.form)
        yield Reason("form", Text(form, form))
    if found.category:
        yield Reason("category", Text(page, page))
    if found.repeats:
        why = Text("plusieurs par page", "several a page")
        yield Reason("repeats", why, guessed=part is None)


def _form_of(name: str, sources: Sources) -> tuple[FormPage | None, FormTemplate | None]:
    """Return the form of a template: the one that begins with it, else the first that has it."""
    best: tuple[int, FormPage, FormTemplate] | None = None
    for form in sources.forms.values():
        for place, part in enumerate(form.templates):
            if sources.target(part.name) == name and (best is None or place < best[0]):
                best = place, form, part
    return (best[1], best[2]) if best else (None, None)


def _resolved(parameter: TemplateParameter, sources: Sources, met: set[str]) -> TemplateParameter:
    """Return a parameter with what the templates do that get its value; each asked once."""
    waiting = list(parameter.passed)
    met = set(met)
    properties = dict.fromkeys(parameter.properties)
    uses, separator = set(parameter.uses), parameter.separator
    while waiting:
        template, inner = waiting.pop(0)
        key = f"{template}\n{inner}"
        page = sources.templates.get(sources.target(template))
        if key in met or page is None:
            continue
        met.add(key)
        there = page.parameter(inner)
        if there is not None:
            properties |= dict.fromkeys(there.properties)
            uses |= there.uses
            separator = separator or there.separator
            waiting += there.passed
    return replace(
        parameter, properties=tuple(properties), uses=frozenset(uses), separator=separator
    )


def _in_order(
    parameters: dict[str, TemplateParameter],
    part: FormTemplate | None,
    seen: TemplateSample | None,
    sources: Sources,
    name: str,
) -> Iterator[tuple[str, FormField | None]]:
    """Yield the parameters with their fields of the form: its order, then the template's."""
    given: set[str] = set()
    of = {alias: p.name for p in parameters.values() for alias in p.aliases}
    for field in part.fields if part else ():
        parameter = of.get(field.parameter, field.parameter)
        if parameter not in given and "\n" not in parameter:
            given.add(parameter)
            yield parameter, field
    for parameter in parameters:
        if parameter not in given and not (parameter.isdigit() and given):
            yield parameter, None
            given.add(parameter)
    if given or seen is None:
        return
    for used in _named(seen):
        if seen.calls < _MANY_CALLS or used.uses > seen.calls * _RARE:
            yield used.name, None


def _merged(samples: list[TemplateSample], name: str) -> TemplateSample | None:
    """Return the sample of a template under all its names: the most usual name stands for all."""
    if not samples:
        return None
    first = max(samples, key=lambda s: s.calls)
    known = {p.name for p in first.parameters}
    extra = tuple(p for s in samples for p in s.parameters if p.name not in known)
    return replace(first, name=name, parameters=(*first.parameters, *extra))


def _with_misspelt(
    fields: list[FoundField], seen: TemplateSample | None, notes: list[Text], template: str
) -> list[FoundField]:
    """Return the fields with the spellings of their parameters that pages use in vain."""
    known = {name for f in fields for name in f.field.parameters}
    by_fold: dict[str, list[int]] = {}
    for index, found in enumerate(fields):
        by_fold.setdefault(fold(spaced(found.field.parameter)), []).append(index)
    for used in seen.parameters if seen else ():
        if used.name in known:
            continue
        places = by_fold.get(fold(spaced(used.name)), [])
        if len(places) == 1 and "\n" not in used.name and used.name:
            found = fields[places[0]]
            names = (*found.field.parameter_aliases, used.name)
            field = found.field.model_copy(update={"parameter_aliases": names})
            fields[places[0]] = replace(found, field=field)
            known.add(used.name)
            continue
        uses = counted(used.uses, Text("fiche", "call"), Text("fiches", "calls"))
        notes.append(
            Text(
                f"{template} : « {used.name} » est dans {uses.fr}, mais ni le modèle ni le "
                "formulaire ne le connaissent.",
                f"{template}: “{used.name}” is in {uses.en}, but neither the template nor the "
                "form knows it.",
            )
        )
    return fields


def _namespace(form: FormPage | None, seen: TemplateSample | None, sources: Sources) -> int:
    if seen is not None and seen.namespaces:
        return seen.namespace
    if form is not None and form.page_name:
        return sources.namespaces.split(form.page_name)[0] or MAIN
    return MAIN
