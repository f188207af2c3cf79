"""What `mapping discover` decided and why: for a person, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wikibot.discovery.found import Found, FoundField, FoundType
from wikibot.language import Language, Text, counted
from wikibot.visible import visible

KINDS: dict[str, Text] = {
    "term": Text("terme", "term"),
    "text": Text("texte", "text"),
    "longtext": Text("texte long", "long text"),
    "page": Text("page", "page"),
    "user": Text("personne", "person"),
    "file": Text("fichier", "file"),
    "url": Text("adresse web", "web address"),
    "email": Text("courriel", "email"),
    "date": Text("date", "date"),
    "number": Text("nombre", "number"),
    "amount": Text("montant", "amount"),
    "boolean": Text("oui/non", "yes/no"),
    "coordinates": Text("coordonnées", "coordinates"),
}
_REQUIRED = {"error": Text("obligatoire", "mandatory"), "warning": Text("souhaité", "wanted")}


def found_lines(found: Found, language: Language) -> Iterator[str]:
    """Yield one line a field, its page type above it; then what was guessed, and the notes."""

    def say(fr: str, en: str) -> str:
        return Text(fr, en).into(language)

    for found_type in found.types:
        yield from _type_lines(found_type, found, language)
    guessed: list[str] = []
    for found_type in found.types:
        unsure = [f for f in found_type.fields if any(reason.guessed for reason in f.reasons)]
        if len(unsure) == len(found_type.fields):
            guessed.append(
                say("{} (tous ses champs)", "{} (all fields)").format(found_type.page_type.id)
            )
        else:
            guessed += [f"{found_type.page_type.id}.{f.field.id}" for f in unsure]
    if guessed:
        yield say("À confirmer :", "To be confirmed:")
        yield f"  {visible(', '.join(guessed), 4000)}"
    if found.notes:
        yield say("Remarques :", "Notes:")
        for note in found.notes:
            yield f"  {visible(note.into(language), 600)}"


def _type_lines(found: FoundType, every: Found, language: Language) -> Iterator[str]:
    page_type = found.page_type
    origin = "; ".join(dict.fromkeys(reason.why.into(language) for reason in found.reasons))
    number = counted(len(found.fields), Text("champ", "field"), Text("champs", "fields"))
    fields = number.into(language)
    label = page_type.label.text.into(language)
    yield visible(f"{label} — {{{{{page_type.template}}}}}, {fields} ({origin})", 400)
    for found_field in found.fields:
        yield visible(_field_line(found_field, every, language), 600)


def _field_line(found: FoundField, every: Found, language: Language) -> str:
    field = found.field

    def with_reason(words: str, key: str) -> str:
        reason = found.reason(key)
        if reason is None:
            return words
        lead = Text("supposé : ", "assumed: ").into(language) if reason.guessed else ""
        return f"{words} [{lead}{reason.why.into(language)}]"

    kind = KINDS[field.kind].into(language)
    vocabulary = every.vocabulary(field.vocabulary)
    if vocabulary is not None:
        open_ = Text(" ouvert", " open").into(language) if vocabulary.vocabulary.open else ""
        kind += Text(" du vocabulaire", " of the vocabulary").into(language)
        kind += f"{open_} {field.vocabulary}"
    what = [with_reason(kind, "kind")]
    if field.many:
        words = Text(f"liste « {field.separator} »", f"list “{field.separator}”")
        if field.separator == "\n":
            words = Text("liste, une valeur par ligne", "list, one value a line")
        what.append(with_reason(words.into(language), "separator"))
    if field.required:
        what.append(with_reason(_REQUIRED[field.required].into(language), "required"))
    if not field.verified:
        unknown = Text("nom à confirmer", "name to be confirmed").into(language)
        what.append(with_reason(unknown, "parameter"))
    mark = " " if field.verified else "?"
    label = field.label.text.into(language)
    return f"  {mark} {field.parameter:<22} {label} : {', '.join(what)}"


def found_data(found: Found, language: Language) -> dict[str, Any]:
    """Return the decisions as data, with the reason of each and whether it was guessed."""
    return {
        "page_types": [
            {
                "id": found_type.page_type.id,
                "template": found_type.page_type.template,
                "form": found_type.page_type.form,
                "part_of": found_type.page_type.part_of,
                "category": found_type.page_type.category,
                "fields": [_field_data(f, language) for f in found_type.fields],
            }
            for found_type in found.types
        ],
        "vocabularies": [
            {
                "id": entry.vocabulary.id,
                "open": entry.vocabulary.open,
                "guessed": entry.guessed,
                "terms": [term.label for term in entry.vocabulary.terms],
            }
            for entry in found.vocabularies
        ],
        "notes": [note.into(language) for note in found.notes],
    }


def _field_data(found: FoundField, language: Language) -> dict[str, Any]:
    field = found.field
    return {
        "id": field.id,
        "parameter": field.parameter,
        "property": field.property,
        "kind": field.kind,
        "separator": field.separator if field.many else None,
        "vocabulary": field.vocabulary,
        "required": field.required or None,
        "verified": field.verified,
        "reasons": [
            {"key": r.key, "why": r.why.into(language), "guessed": r.guessed} for r in found.reasons
        ],
    }
