"""Makes a field of all that is known of one parameter."""

from __future__ import annotations

from collections.abc import Container
from typing import Literal

from wikibot.discovery.form_page import FormField, FormPage
from wikibot.discovery.found import FoundField, Reason, Sources
from wikibot.discovery.guess import guess
from wikibot.discovery.kinds import Evidence, kind_of, list_of
from wikibot.discovery.names import id_of, label_of, spaced
from wikibot.discovery.property_page import PropertyPage
from wikibot.discovery.sample import TemplateSample
from wikibot.discovery.template_page import TemplateParameter
from wikibot.discovery.terms import Vocabularies, values_of
from wikibot.language import Text
from wikibot.mapping import Field, Label, fold
from wikibot.title import TEMPLATE, Namespaces, canonical_name

PROPERTY_PAGE, FORM_PAGE = 102, 106  # Semantic MediaWiki, Page Forms: usual numbers
_MOST_LABEL = 200


def page_name(namespaces: Namespaces, english: str, usual: int, name: str) -> str:
    """Return the full title of a template, form or property, as the wiki spells it."""
    number = namespaces.number(english)
    return str(namespaces.title(usual if number is None else number, name))


def make_field(
    name: str,
    template: str,
    in_template: TemplateParameter | None,
    form: FormPage | None,
    in_form: FormField | None,
    seen: TemplateSample | None,
    sources: Sources,
    vocabularies: Vocabularies,
    taken: Container[str],
    notes: list[Text],
) -> FoundField:
    """Return the field of a parameter with its reasons; what no field can hold goes to `notes`."""
    spaces = sources.namespaces
    used = seen.parameter(name) if seen is not None else None
    property_name, others, fed = _property(in_template, in_form, sources)
    evidence = Evidence(
        name=name,
        template=page_name(spaces, "Template", TEMPLATE, template),
        in_template=in_template,
        form=page_name(spaces, "Form", FORM_PAGE, form.name) if form else "",
        in_form=in_form,
        of_property=sources.properties.get(canonical_name(property_name))
        if property_name
        else None,
        property_page=page_name(spaces, "Property", PROPERTY_PAGE, property_name or ""),
        guess=guess(used, sources.sample.titles) if used is not None and used.filled else None,
        namespaces=spaces,
    )
    reasons = [_parameter_reason(evidence, used.uses if used else 0)]
    if property_name:
        origin = evidence.template if _named_by(in_template) else evidence.form
        reasons.append(Reason("property", Text(origin, origin)))
    if others:
        notes.append(_said(template, name, Text(
            f"sert aussi les attributs {', '.join(others)}",
            f"feeds the properties {', '.join(others)} too")))  # fmt: skip
    found = kind_of(evidence)
    kind, kind_reason = found.kind, found.reason
    many, separator, why_many = list_of(evidence)
    if many and separator != "\n" and ("\n" in separator or "\r" in separator or not separator):
        many, separator, why_many = False, ",", None
        kind = "longtext"
        notes.append(_said(template, name, Text(
            "ses valeurs sont séparées par plusieurs retours à la ligne : champ de texte long",
            "several line breaks part its values: a field of long text")))  # fmt: skip
    elif many and separator == "\n" and kind == "longtext":
        kind = "text"
    label = _label(evidence)
    values = values_of(evidence, kind, sources.value_lists, sources.in_use)
    vocabulary = None
    if values is not None:
        vocabulary, cut = vocabularies.add(values, label, separator if many else None)
        if vocabulary is not None:
            kind, kind_reason = "term", Reason("kind", values.why, values.guessed)
        if cut:
            notes.append(_said(template, name, Text(
                f"« {separator} » sépare la liste mais coupe aussi : {', '.join(cut)}",
                f"“{separator}” parts the list but cuts these too: {', '.join(cut)}")))  # fmt: skip
    required, why_required = _required(evidence)
    reasons += [r for r in (kind_reason, why_many, why_required) if r is not None]
    keywords = _keywords(evidence, many, kind, property_name)
    field = Field(
        id=id_of(name, taken),
        label=label,
        parameter=name,
        parameter_aliases=_aliases(in_template, used is not None),
        property=property_name,
        kind=kind,
        many=many,
        separator=separator,
        vocabulary=vocabulary,
        required=required,
        verified=evidence.proven,
        keywords=keywords,
        wikitext=kind == "longtext",
        max_length=_max_length(evidence),
        help=_help(evidence),
    )
    return FoundField(field, tuple(reasons), fed)


def _said(template: str, name: str, what: Text) -> Text:
    return Text(f"{template}, {name} : {what.fr}.", f"{template}, {name}: {what.en}.")


def _property(
    in_template: TemplateParameter | None, in_form: FormField | None, sources: Sources
) -> tuple[str | None, tuple[str, ...], frozenset[str]]:
    """Return the property of a parameter, one that has a page first; any others; all names."""
    names = _named_by(in_template)
    if in_form is not None and in_form.property and in_form.property not in names:
        names.append(in_form.property)
    lines = [" ".join(name.split()) for name in names]
    known = [name for name in lines if canonical_name(name) in sources.properties]
    chosen = next(iter((*known, *lines)), None)
    if chosen is None:
        return None, (), frozenset()
    page = sources.properties.get(canonical_name(chosen))
    others = tuple(name for name in lines if canonical_name(name) != canonical_name(chosen))
    leading = (page.redirect or chosen) if page else chosen
    return leading, others, frozenset(map(canonical_name, (leading, *lines)))


def _named_by(in_template: TemplateParameter | None) -> list[str]:
    """Return the properties that the template feeds, else the one that it says it would."""
    if in_template is None:
        return []
    told = in_template.told
    return list(in_template.properties) or ([told.property] if told and told.property else [])


def _max_length(evidence: Evidence) -> int | None:
    told = evidence.in_template.told if evidence.in_template else None
    in_form = evidence.in_form.max_length if evidence.in_form else None
    return in_form or (told.max_length if told else None)


def _aliases(in_template: TemplateParameter | None, used: bool) -> tuple[str, ...]:
    lines = in_template.aliases if in_template else ()
    return tuple(name for name in lines if "\n" not in name and name)


def _parameter_reason(evidence: Evidence, uses: int) -> Reason:
    pages = [
        name
        for name, there in (
            (evidence.template, evidence.in_template),
            (evidence.form, evidence.in_form),
        )
        if there is not None
    ]
    if pages:
        return Reason("parameter", Text(", ".join(pages), ", ".join(pages)))
    why = Text(f"vu dans {uses} fiches seulement", f"seen in {uses} calls only")
    if uses == 1:
        why = Text("vu dans une seule fiche", "seen in one call only")
    return Reason("parameter", why, guessed=True)


def _required(evidence: Evidence) -> tuple[Literal["error", "warning", False], Reason | None]:
    field, parameter = evidence.in_form, evidence.in_template
    told = parameter.told if parameter else None
    if field is not None and field.mandatory:
        reason = Reason("required", Text(evidence.form, evidence.form))
        if not field.shown_when:
            return "error", reason
        names = ", ".join(field.shown_when)
        why = Text(f"obligatoire selon {names} seulement", f"mandatory depending on {names} only")
        return False, Reason("required", why)
    if told is not None and (told.required or told.suggested):
        reason = Reason("required", Text(evidence.template, evidence.template))
        return ("error" if told.required else "warning"), reason
    return False, None


def _keywords(evidence: Evidence, many: bool, kind: str, property_name: str | None) -> bool:
    """Return whether a list is of free words: those that pages already use are offered."""
    field = evidence.in_form
    told = evidence.in_template.told if evidence.in_template else None
    if not many or kind not in ("text", "page"):
        return False
    if told is not None and told.keywords:
        return True
    if field is not None:
        free = not field.closed and field.values_from is not None
        return bool(
            free
            and field.values_from
            and field.values_from[0] == "property"
            and property_name
            and canonical_name(field.values_from[1]) == canonical_name(property_name)
        )
    return not evidence.proven and evidence.guess is not None and evidence.guess.keywords


def _label(evidence: Evidence) -> Label:
    """Return the name for people: what people meet first, never just the parameter's name."""
    told = evidence.in_template.told if evidence.in_template else None
    if told is not None and told.label is not None:
        return _line(told.label.fr, told.label.en)
    page = evidence.of_property
    in_form = evidence.in_form.label if evidence.in_form else ""
    shown = evidence.in_template.label if evidence.in_template else ""
    named = (page.label_fr or page.name) if page else ""
    for words in (in_form, shown, named):
        if words and fold(words) not in (fold(evidence.name), fold(spaced(evidence.name))):
            return _line(words, page.label_en if page and words == page.label_fr else "")
    words = named or in_form or label_of(evidence.name)
    return _line(words[:1].upper() + words[1:], page.label_en if page and page.label_fr else "")


def _line(fr: str, en: str) -> Label:
    line = " ".join(fr.split())[:_MOST_LABEL]
    return Label(fr=line, en=" ".join(en.split())[:_MOST_LABEL] or line)


def _help(evidence: Evidence) -> Label | None:
    told = evidence.in_template.told if evidence.in_template else None
    if told is not None and told.help is not None:
        return _line(told.help.fr, told.help.en)
    page: PropertyPage | None = evidence.of_property
    if evidence.in_form is not None and evidence.in_form.help:
        return _line(evidence.in_form.help, "")
    if page is not None and (page.help_fr or page.help_en):
        return _line(page.help_fr or page.help_en, page.help_en)
    return None
