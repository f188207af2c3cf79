"""What the tests of installation share: where the pages go, and how two mappings compare."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from wikibot.edits import Plan
from wikibot.mapping import Mapping, PageType
from wikibot.resources import data_folder
from wikibot.title import FRENCH
from wikibot.wiki.folder.names import file_name

# What no page of a wiki can say: it stands in the mapping for wikibot alone.
ONLY_HERE = frozenset(("id", "verified", "placeholders", "same_as", "pages_of", "listed_as",
                       "heading", "vocabulary", "unique", "mutual", "named_in",
                       "contact", "plans_actions"))  # fmt: skip


def write_pages(plan: Plan, folder: Path, *, demo: bool = False) -> Path:
    """Write the pages that a plan creates as a folder wiki, and those of the demo."""
    folder.mkdir(parents=True, exist_ok=True)
    for edit in plan.edits:
        assert edit.text is not None
        file = folder / file_name(FRENCH.parse(edit.title))
        file.write_text(edit.text, encoding="utf-8")
    for file in (data_folder("templates") / "demo").glob("*.wikitext") if demo else ():
        shutil.copyfile(file, folder / file.name)
    return folder


def differences(wanted: Mapping, found: Mapping) -> Iterator[str]:
    """Yield what one mapping says and another does not, a line each."""
    for page_type in wanted.page_types:
        other = found.type_of(page_type.templates[0])
        if other is None:
            yield f"{page_type.id}: no page type"
            continue
        for key in ("category", "form", "namespace", "repeats", "part_of"):
            yield from _unlike(page_type.id, key, page_type, other)
        yield from _fields(wanted, page_type, found, other)
    for page_type in found.page_types:
        if wanted.type_of(page_type.templates[0]) is None:
            yield f"{page_type.id}: nobody asked for it"


def _fields(wanted: Mapping, page_type: PageType, found: Mapping, other: PageType) -> Iterator[str]:
    written = [field for field in page_type.fields if not field.computed]
    if [f.parameter for f in written] != [f.parameter for f in other.fields]:
        yield f"{page_type.id}: {[f.parameter for f in other.fields]}"
    for field in written:
        place, there = f"{page_type.id}.{field.id}", other.field_of(field.parameter)
        if there is None:
            yield f"{place}: no field"
            continue
        for key in sorted(set(type(field).model_fields) - ONLY_HERE):
            unsaid = (key == "separator" and not field.many) or (
                key == "property" and field.property is None
            )
            if not unsaid:
                yield from _unlike(place, key, field, there)
        here, terms = wanted.vocabulary(field), found.vocabulary(there)
        if (here is None) != (terms is None):
            yield f"{place}: vocabulary {here and here.id} → {terms and terms.id}"
        elif here is not None and terms is not None:
            yield from _unlike(place, "open", here, terms)
            labels = [[term.label for term in v.terms] for v in (here, terms)]
            if labels[0] != labels[1]:
                yield f"{place}: terms {sorted(set(labels[0]) ^ set(labels[1]))}"


def _unlike(place: str, key: str, wanted: object, found: object) -> Iterator[str]:
    old, new = getattr(wanted, key), getattr(found, key)
    if old != new:
        yield f"{place}: {key} {old!r} → {new!r}"
