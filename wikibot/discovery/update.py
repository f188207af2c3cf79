"""Brings what was found into a page type that is there already; a person's entries stay."""

from __future__ import annotations

from dataclasses import dataclass, field

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import AoT, Table

from wikibot.discovery import documents
from wikibot.discovery.found import FoundField, FoundType
from wikibot.discovery.kinds import SAYS_MORE
from wikibot.discovery.layout import comment, field_lines
from wikibot.discovery.names import id_of, spaced
from wikibot.discovery.renames import renamed
from wikibot.language import Language, Text
from wikibot.mapping import Field, PageType, fold
from wikibot.title import canonical_name


@dataclass
class Update:
    """The new text of a file, what changed in it, and what differs but was left as it is."""

    text: str
    changes: list[Text] = field(default_factory=list)
    differs: list[Text] = field(default_factory=list)


def update_page_type(
    text: str,
    existing: PageType,
    found: FoundType,
    vocabularies: dict[str, str],
    language: Language,
) -> Update:
    """Return the file of a page type with what was found."""
    document = tomlkit.parse(text)
    update = Update(text)
    array = documents.entries(document, "fields")
    if array is None:
        update.differs.append(
            Text(
                f"{existing.id} : les champs n'y sont pas écrits en [[fields]] ; fichier inchangé.",
                f"{existing.id}: its fields are not written as [[fields]]; file unchanged.",
            )
        )
        return update
    _head(document, existing, found, update, language)
    renames = renamed(existing, found)
    tables = {f.id: table for f, table in zip(existing.fields, array, strict=True)}
    pairs = _pairs(existing, found, renames)
    for old, new in pairs:
        _field(
            tables[old.id], existing, old, new, old.id in renames, vocabularies, update, language
        )
    _new_fields(
        array, existing, found, [(o.id, n) for o, n in pairs], vocabularies, update, language
    )
    matched = {old.id for old, _ in pairs}
    for old in existing.fields:
        if old.id not in matched and not old.computed and found.proven:
            update.differs.append(
                Text(
                    f"{existing.id}.{old.id} : ni le modèle ni le formulaire ne connaissent plus "
                    f"« {old.parameter} » ; champ gardé.",
                    f"{existing.id}.{old.id}: neither template nor form knows “{old.parameter}”; "
                    "field kept.",
                )
            )
    if update.changes:
        update.text = tomlkit.dumps(document)
    return update


def _pairs(
    existing: PageType, found: FoundType, renames: dict[str, FoundField]
) -> list[tuple[Field, FoundField]]:
    """Return the fields that are there with what was found of each, in the order found."""
    by_new = {new.field.parameter: old_id for old_id, new in renames.items()}
    known = {old.id: old for old in existing.fields}
    pairs: list[tuple[Field, FoundField]] = []
    for new in found.fields:
        old = next((o for n in new.field.parameters if (o := existing.field_of(n))), None)
        old = old or known.get(by_new.get(new.field.parameter, ""))
        if old is None and not new.field.verified:
            written = fold(spaced(new.field.parameter))
            alike = [f for f in existing.fields if fold(spaced(f.parameter)) == written]
            old = alike[0] if len(alike) == 1 else None
        if old is not None and all(old is not other for other, _ in pairs):
            pairs.append((old, new))
    return pairs


def _head(
    document: TOMLDocument, existing: PageType, found: FoundType, update: Update, language: Language
) -> None:
    page_type = found.page_type
    reasons = {reason.key: reason for reason in found.reasons}
    names = [n for n in (page_type.template, *page_type.template_aliases)
             if canonical_name(n) not in existing.templates]  # fmt: skip
    if names:
        documents.put(document, "template_aliases", [*existing.template_aliases, *names], "")
        update.changes.append(_set(existing.id, "template_aliases", ", ".join(names)))
    for key in ("category", "form", "part_of", "repeats"):
        if key == "form" and existing.part_of:
            continue  # the form of what it is a part of
        value, old = getattr(page_type, key), getattr(existing, key)
        reason = reasons.get(key)
        if not value or value == old or reason is None or reason.guessed:
            continue
        if old:
            update.differs.append(_differs(existing.id, key, str(old), str(value), reason.why))
        else:
            documents.put(document, key, value, comment(reason, language))
            update.changes.append(_set(existing.id, key, str(value)))


def _field(
    table: Table,
    existing: PageType,
    old: Field,
    found: FoundField,
    was_renamed: bool,
    vocabularies: dict[str, str],
    update: Update,
    language: Language,
) -> None:
    new, place = found.field, f"{existing.id}.{old.id}"
    why = {
        key: comment(found.reason(key), language)
        for key in ("parameter", "kind", "separator", "required")
    }

    def put(key: str, value: object, words: str = "") -> None:
        documents.put(table, key, value, words)
        shown = ", ".join(value) if isinstance(value, list) else str(value)
        update.changes.append(_set(place, key, "true" if value is True else shown))

    aliases = list(old.parameter_aliases)
    if new.verified and old.parameter != new.parameter and (was_renamed or not old.verified):
        aliases = [a for a in (*aliases, old.parameter) if a != new.parameter]
        put("parameter", new.parameter, why["parameter"])
        kept = new.parameter
    else:
        aliases.append(new.parameter)
        kept = old.parameter
    held = {n for f in existing.fields if f.id != old.id for n in f.parameters}
    aliases += [a for a in new.parameter_aliases if a not in aliases]
    aliases = [a for a in dict.fromkeys(aliases) if a != kept and a not in held]
    if sorted(aliases) != sorted(old.parameter_aliases):
        put("parameter_aliases", aliases)
    if new.property and not old.property and found.proves("property"):
        put("property", new.property)
    elif (
        new.property
        and old.property
        and found.proves("property")
        and canonical_name(old.property) not in found.properties
    ):
        reason = found.reason("property")
        why_property = reason.why if reason else Text("", "")
        update.differs.append(_differs(place, "property", old.property, new.property, why_property))
    _values(table, place, old, found, vocabularies, why, put, update)
    if new.verified and not old.verified:
        put("verified", True)
    for key in ("parameter", "kind"):
        if found.proves(key) and documents.forget_assumption(table, key, why[key]):
            update.changes.append(_set(place, key, why[key]))


def _values(
    table: Table,
    place: str,
    old: Field,
    found: FoundField,
    vocabularies: dict[str, str],
    why: dict[str, str],
    put: documents.Put,
    update: Update,
) -> None:
    """Take over kind, list and obligation where the wiki proves them and nobody vouched else."""
    new = found.field
    free = not old.verified
    reason = found.reason("kind")
    vocabulary = vocabularies.get(new.vocabulary or "")
    same = new.kind == old.kind or old.kind in SAYS_MORE[new.kind]
    free_kind = (free or documents.assumed(table, "kind")) and old.vocabulary is None
    if reason is not None and not reason.guessed and not same:
        if free_kind:
            put("kind", new.kind, why["kind"])
            if new.kind == "longtext" and not old.wikitext:
                put("wikitext", True)
            if vocabulary:
                put("vocabulary", vocabulary)
        else:
            update.differs.append(_differs(place, "kind", old.kind, new.kind, reason.why))
    reason = found.reason("separator")
    if reason is not None and not reason.guessed:
        if not old.many and (free or documents.assumed(table, "many")):
            put("many", True, why["separator"])
            if new.separator != old.separator:
                put("separator", new.separator)
        elif not old.many:
            update.differs.append(_differs(place, "many", "false", "true", reason.why))
        elif new.separator != old.separator and free:
            put("separator", new.separator, why["separator"])
        elif new.separator != old.separator:
            update.differs.append(
                _differs(place, "separator", old.separator, new.separator, reason.why)
            )
    if (
        new.required
        and not old.required
        and free
        and found.proves("required")
        and "required" not in table
    ):
        put("required", new.required, why["required"])
    if free and new.max_length and new.verified and not old.max_length:
        put("max_length", new.max_length)


def _new_fields(
    array: AoT,
    existing: PageType,
    found: FoundType,
    pairs: list[tuple[str, FoundField]],
    vocabularies: dict[str, str],
    update: Update,
    language: Language,
) -> None:
    order = [f.id for f in existing.fields]
    old_of = {new.field.parameter: old for old, new in pairs}
    held = {name for f in existing.fields for name in f.parameters}
    after = 0
    for new in found.fields:
        old = old_of.get(new.field.parameter)
        if old is not None:
            after = order.index(old) + 1
            continue
        if not held.isdisjoint(new.field.parameters):
            continue
        field_id = id_of(new.field.parameter, order)
        named = FoundField(new.field.model_copy(update={"id": field_id}), new.reasons)
        text = field_lines(named, language, vocabularies.get(new.field.vocabulary or ""))
        documents.insert(array, after, text, "fields")
        order.insert(after, field_id)
        after += 1
        update.changes.append(
            Text(
                f"{existing.id}.{field_id} : nouveau champ (« {new.field.parameter} »)",
                f"{existing.id}.{field_id}: new field (“{new.field.parameter}”)",
            )
        )


def _set(place: str, key: str, value: str) -> Text:
    return Text(f"{place} : {key} = {value}", f"{place}: {key} = {value}")


def _differs(place: str, key: str, old: str, new: str, why: Text) -> Text:
    return Text(
        f"{place} : {key} est « {old} » ici, « {new} » d'après {why.fr} ; gardé.",
        f"{place}: {key} is “{old}” here, “{new}” by {why.en}; kept.",
    )
