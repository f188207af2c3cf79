"""Mapping files as text: new ones, new entries; laid out as those that ship."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import tomlkit

from wikibot.discovery.found import FoundField, FoundType, FoundVocabulary, Reason
from wikibot.language import Language, Text
from wikibot.mapping import Field, Label, Term
from wikibot.visible import visible

_COLUMN = 38  # where comments begin, unless the line is longer
ASSUMED = Text("supposé : ", "assumed: ")
_HEAD = Text(
    "# Écrit par « wikibot mapping discover » d'après le wiki lui-même. Ce que vous changez ou\n"
    "# ajoutez ici est gardé. « verified = true » : le modèle, le formulaire ou l'attribut le "
    "prouve ;\n# « supposé » : à confirmer, d'après les pages seulement.\n",
    "# Written by “wikibot mapping discover” from the wiki itself. What you change or add here is\n"
    "# kept. “verified = true”: template, form or property prove it; “assumed”: to be confirmed,\n"
    "# by the pages alone.\n",
)


def string(text: str) -> str:
    """Return a text as a string of TOML."""
    return tomlkit.string(text).as_string()


def label(value: Label) -> str:
    """Return a label as an inline table."""
    return f"{{ fr = {string(value.fr)}, en = {string(value.en)} }}"


def comment(reason: Reason | None, language: Language) -> str:
    """Return the words of a comment that gives a reason, "" for none."""
    if reason is None:
        return ""
    lead = ASSUMED.into(language) if reason.guessed else ""
    return visible(lead + reason.why.into(language), 160)


def line(key: str, value: str, words: str = "") -> str:
    """Return one line, its comment aligned."""
    written = f"{key} = {value}"
    return f"{written:<{_COLUMN}}# {words}".rstrip() if words else written


def field_lines(found: FoundField, language: Language, vocabulary: str | None) -> str:
    """Return a whole `[[fields]]` entry; `vocabulary` is the id of the one it uses here."""
    field = found.field

    def why(key: str) -> str:
        return comment(found.reason(key), language)

    lines = ["[[fields]]", line("id", string(field.id)), line("label", label(field.label))]
    lines.append(line("parameter", string(field.parameter), why("parameter")))
    if field.parameter_aliases:
        lines.append(line("parameter_aliases", strings(field.parameter_aliases)))
    if field.property:
        lines.append(line("property", string(field.property)))
    lines.append(line("kind", string(field.kind), why("kind")))
    lines += _list_lines(field, why("separator"))
    if vocabulary:
        lines.append(line("vocabulary", string(vocabulary)))
    if field.required or found.reason("required"):
        value = string(field.required) if field.required else "false"
        lines.append(line("required", value, why("required")))
    for key in ("verified", "keywords", "wikitext"):
        if getattr(field, key):
            lines.append(line(key, "true"))
    if field.max_length:
        lines.append(line("max_length", str(field.max_length)))
    if field.help:
        lines.append(line("help", label(field.help)))
    return "\n".join(lines) + "\n"


def _list_lines(field: Field, why: str) -> Iterator[str]:
    if field.many:
        yield line("many", "true", why)
        if field.separator != ",":
            yield line("separator", string(field.separator))


def strings(values: Iterable[str]) -> str:
    """Return an array of strings on one line."""
    return f"[{', '.join(map(string, values))}]"


def page_type_text(
    found: FoundType, language: Language, vocabularies: dict[str, str], type_id: str
) -> str:
    """Return the text of a new page type; `vocabularies` are ids found → ids in this folder."""
    page_type = found.page_type
    reasons = {reason.key: comment(reason, language) for reason in found.reasons}
    lines = [line("id", string(type_id)), line("label", label(page_type.label))]
    lines.append(line("template", string(page_type.template), reasons.get("template", "")))
    if page_type.template_aliases:
        lines.append(line("template_aliases", strings(page_type.template_aliases)))
    for key in ("category", "form", "part_of"):
        value = getattr(page_type, key)
        if value:
            lines.append(line(key, string(value), reasons.get(key, "")))
    if page_type.namespace:
        lines.append(line("namespace", str(page_type.namespace)))
    if page_type.repeats:
        lines.append(line("repeats", "true", reasons.get("repeats", "")))
    entries = [
        field_lines(f, language, vocabularies.get(f.field.vocabulary or "")) for f in found.fields
    ]
    return "\n".join((_HEAD.into(language) + "\n" + "\n".join(lines) + "\n", *entries))


def vocabulary_text(found: FoundVocabulary, language: Language, vocabulary_id: str) -> str:
    """Return the text of a new vocabulary."""
    vocabulary = found.vocabulary
    lead = ASSUMED.into(language) if found.guessed else ""
    lines = [f"# {visible(lead + found.why.into(language), 200)}", ""]
    lines += [line("id", string(vocabulary_id)), line("label", label(vocabulary.label))]
    if vocabulary.open:
        lines.append(line("open", "true"))
    if vocabulary.source:
        lines.append(line("source", string(vocabulary.source)))
    return "\n".join(("\n".join(lines) + "\n", *map(term_lines, vocabulary.terms)))


def term_lines(term: Term) -> str:
    """Return a whole `[[terms]]` entry."""
    lines = ["[[terms]]", line("label", string(term.label))]
    if term.parent:
        lines.append(line("parent", string(term.parent)))
    return "\n".join(lines) + "\n"


def wiki_text(wiki_id: str, name: str, language: Language) -> str:
    """Return the text of a new wiki.toml."""
    lines = [line("id", string(wiki_id)), line("label", label(Label(fr=name, en=name)))]
    lines.append(line("language", string("fr")))
    return "\n".join((_HEAD.into(language) + "\n" + "\n".join(lines) + "\n",))
