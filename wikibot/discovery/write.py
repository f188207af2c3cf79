"""Makes the files of a mapping folder of what was found: new ones, and those there updated."""

from __future__ import annotations

from collections.abc import Mapping as Files
from dataclasses import dataclass, field, replace

import tomlkit

from wikibot.discovery import documents
from wikibot.discovery.found import Found, FoundType, FoundVocabulary
from wikibot.discovery.layout import page_type_text, term_lines, vocabulary_text, wiki_text
from wikibot.discovery.names import id_of
from wikibot.discovery.update import update_page_type
from wikibot.language import Language, Text, counted
from wikibot.mapping import Mapping, PageType, Vocabulary

_ALIKE = 0.5  # of the terms: so many shared make two vocabularies the same


@dataclass
class Written:
    """The files that change, by path inside the folder; what changed; what was left as it is."""

    files: dict[str, str] = field(default_factory=dict)
    changes: list[Text] = field(default_factory=list)
    differs: list[Text] = field(default_factory=list)


def write(
    found: Found,
    there: Files[str, str],
    existing: Mapping | None,
    wiki_name: str,
    language: Language,
) -> Written:
    """Return what the folder becomes; `there` are its files, `existing` the mapping they make."""
    done = Written()
    if existing is None:
        name = wiki_name or "Wiki"
        done.files["wiki.toml"] = wiki_text(id_of(name), name, language)
        done.changes.append(Text("wiki.toml : nouveau", "wiki.toml: new"))
    pairs = [(found_type, _existing_type(existing, found_type)) for found_type in found.types]
    vocabularies = _vocabularies(found, pairs, there, existing, done, language)
    ids = _ids(pairs, existing)
    for one, old in pairs:
        type_id = ids[one.page_type.id]
        found_type = _renumbered(one, ids)
        if old is None:
            path = _free(f"page_types/{type_id}.toml", there)
            done.files[path] = page_type_text(found_type, language, vocabularies, type_id)
            fields = counted(
                len(found_type.fields), Text("champ", "field"), Text("champs", "fields")
            )
            done.changes.append(Text(f"{path} : nouveau, {fields.fr}", f"{path}: new, {fields.en}"))
            continue
        path = _path_of("page_types", old.id, there)
        update = update_page_type(there[path], old, found_type, vocabularies, language)
        done.changes += update.changes
        done.differs += update.differs
        if update.text != there[path]:
            done.files[path] = update.text
    return done


def _ids(
    pairs: list[tuple[FoundType, PageType | None]], existing: Mapping | None
) -> dict[str, str]:
    """Return the id found → the id in this folder, for every page type."""
    taken = {p.id for p in existing.page_types} if existing else set()
    ids: dict[str, str] = {}
    for found_type, old in pairs:
        found_id = found_type.page_type.id
        ids[found_id] = old.id if old else id_of(found_id, taken)
        taken.add(ids[found_id])
    return ids


def _renumbered(found: FoundType, ids: Files[str, str]) -> FoundType:
    """Return a page type that names the one it is a part of as this folder does."""
    whole = found.page_type.part_of
    if whole is None:
        return found
    return replace(found, page_type=found.page_type.model_copy(update={"part_of": ids[whole]}))


def _existing_type(existing: Mapping | None, found: FoundType) -> PageType | None:
    if existing is None:
        return None
    return next((t for n in found.page_type.templates if (t := existing.type_of(n))), None)


def _path_of(folder: str, entry_id: str, there: Files[str, str]) -> str:
    """Return the file in which the entry of that id stands."""
    for path, text in sorted(there.items()):
        if path.startswith(f"{folder}/") and tomlkit.parse(text).get("id") == entry_id:
            return path
    raise ValueError(f"no file of {folder} holds {entry_id}")


def _free(path: str, there: Files[str, str]) -> str:
    stem, number = path.removesuffix(".toml"), 1
    while path in there:
        number += 1
        path = f"{stem}_{number}.toml"
    return path


def _vocabularies(
    found: Found,
    pairs: list[tuple[FoundType, PageType | None]],
    there: Files[str, str],
    existing: Mapping | None,
    done: Written,
    language: Language,
) -> dict[str, str]:
    """Return the id found → the id in this folder, for every vocabulary that a field uses."""
    ids: dict[str, str] = {}
    known = {v.id: v for v in existing.vocabularies} if existing else {}
    taken = set(known)
    for found_type, old_type in pairs:
        for found_field in found_type.fields:
            entry = found.vocabulary(found_field.field.vocabulary)
            if entry is None:
                continue
            old = None
            for name in found_field.field.parameters:
                old = old or (old_type.field_of(name) if old_type else None)
            vouched = old is not None and old.verified and old.vocabulary is None
            same = known.get(old.vocabulary or "") if old is not None else None
            if entry.vocabulary.id in ids or vouched:
                continue  # met already; or a person says that this field has no vocabulary
            same = same or next((v for v in known.values() if _alike(v, entry.vocabulary)), None)
            if same is not None:
                ids[entry.vocabulary.id] = same.id
                _add_terms(same, entry, there, done)
                continue
            new_id = id_of(entry.vocabulary.id, taken)
            taken.add(new_id)
            ids[entry.vocabulary.id] = new_id
            path = _free(f"vocabularies/{new_id}.toml", there)
            done.files[path] = vocabulary_text(entry, language, new_id)
            terms = counted(
                len(entry.vocabulary.terms), Text("terme", "term"), Text("termes", "terms")
            )
            done.changes.append(Text(f"{path} : nouveau, {terms.fr}", f"{path}: new, {terms.en}"))
    return ids


def _alike(old: Vocabulary, new: Vocabulary) -> bool:
    shared = sum(old.term(term.label) is not None for term in new.terms)
    return shared >= max(2, _ALIKE * len(new.terms))


def _add_terms(
    old: Vocabulary, found: FoundVocabulary, there: Files[str, str], done: Written
) -> None:
    """Add the terms that the wiki has and the vocabulary lacks; tell those that the wiki lacks."""
    if found.guessed:
        return
    path = _path_of("vocabularies", old.id, there)
    document = tomlkit.parse(done.files.get(path, there[path]))
    array = documents.entries(document, "terms")
    spellings = {s for term in old.terms for s in (term.label, *term.aliases)}
    labels = {term.label for term in old.terms}
    added: list[str] = []
    for term in found.vocabulary.terms:
        if term.label in labels:
            continue
        if term.label in spellings or array is None:
            done.differs.append(
                Text(
                    f"{old.id} : le wiki écrit « {term.label} », le vocabulaire n'en fait qu'une "
                    "autre graphie ; gardé.",
                    f"{old.id}: the wiki writes “{term.label}”, the vocabulary has it as another "
                    "spelling only; kept.",
                )
            )
            continue
        parent = term.parent if term.parent in labels | set(added) else None
        text = term_lines(term.model_copy(update={"parent": parent}))
        documents.insert(array, len(array), text, "terms")
        added.append(term.label)
    if added:
        done.files[path] = tomlkit.dumps(document)
        done.changes.append(
            Text(
                f"{path} : termes ajoutés : {', '.join(added)}",
                f"{path}: terms added: {', '.join(added)}",
            )
        )
    gone = [t.label for t in old.terms if found.vocabulary.term(t.label) is None]
    if gone and not found.vocabulary.open:
        listed = ", ".join(f"« {label} »" for label in gone[:10]) + (" …" if len(gone) > 10 else "")
        number = counted(
            len(gone),
            Text(
                "terme gardé que le wiki ne propose pas", "term kept that the wiki does not offer"
            ),
            Text(
                "termes gardés que le wiki ne propose pas",
                "terms kept that the wiki does not offer",
            ),
        )
        done.differs.append(
            Text(f"{old.id} : {number.fr} : {listed}.", f"{old.id}: {number.en}: {listed}.")
        )
