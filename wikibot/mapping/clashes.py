"""Finds what no file of a mapping shows by itself: doubles, references to nothing, circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from wikibot.language import Text
from wikibot.mapping.model import Field, PageType
from wikibot.mapping.vocabulary import Vocabulary
from wikibot.tables import problem, unknown
from wikibot.title import canonical_name


def clashes(
    page_types: Sequence[tuple[Path, PageType]],
    vocabularies: Sequence[tuple[Path, Vocabulary]],
    *,
    complete: bool,
) -> Iterator[Text]:
    """Yield one problem for each place where two entries of a mapping do not fit together.

    Unless all vocabularies are `complete`, one that is not there is no problem: its own file
    is, and was told.
    """
    known = {vocabulary.id: vocabulary for _, vocabulary in vocabularies}
    yield from _doubles((file, "id", page_type.id) for file, page_type in page_types)
    yield from _doubles((file, "id", vocabulary.id) for file, vocabulary in vocabularies)
    yield from _doubles(
        (file, "template", canonical_name(name))
        for file, page_type in page_types
        for name in page_type.templates
    )
    for file, page_type in page_types:
        fields = page_type.fields
        yield from _doubles((file, f"fields[{i}].id", f.id) for i, f in enumerate(fields))
        yield from _doubles(
            (file, f"fields[{i}].parameter", name)
            for i, f in enumerate(fields)
            for name in f.parameters
        )
        for i, field in enumerate(fields):
            path = f"fields[{i}]"
            yield from _wrong_field(file, path, field, page_type)
            if field.vocabulary in known:
                yield from _split_terms(file, path, field, known[field.vocabulary])
            elif field.vocabulary is not None and complete:
                yield unknown(file, f"{path}.vocabulary", field.vocabulary, known)
    for file, vocabulary in vocabularies:
        yield from _wrong_terms(file, vocabulary)


def _wrong_field(file: Path, path: str, field: Field, page_type: PageType) -> Iterator[Text]:
    if field.kind == "term" and field.vocabulary is None:
        what = Text("un champ « term » a besoin d'un vocabulaire.", "a “term” needs a vocabulary.")
        yield problem(file, f"{path}.vocabulary", what)
    ids = {f.id for f in page_type.fields} - {field.id}
    if field.same_as is not None and field.same_as not in ids:
        yield unknown(file, f"{path}.same_as", field.same_as, ids)


def _split_terms(file: Path, path: str, field: Field, vocabulary: Vocabulary) -> Iterator[Text]:
    """Yield the terms that the separator of a list would cut in two."""
    for term in vocabulary.terms if field.many else ():
        if field.separator in term.label:
            what = Text(
                f"« {field.separator} » est aussi dans le terme « {term.label} ».",
                f"“{field.separator}” is in the term “{term.label}” too.",
            )
            yield problem(file, f"{path}.separator", what)


def _wrong_terms(file: Path, vocabulary: Vocabulary) -> Iterator[Text]:
    terms = vocabulary.terms
    yield from _doubles(
        (file, f"terms[{i}]", spelling)
        for i, term in enumerate(terms)
        for spelling in (term.label, *term.aliases)
    )
    labels = {term.label for term in terms}
    for key in ("parent", "replaced_by"):
        links: dict[str, str | None] = {term.label: getattr(term, key) for term in terms}
        for i, term in enumerate(terms):
            target, others = links[term.label], labels - {term.label}
            if target is not None and target not in others:
                yield unknown(file, f"terms[{i}].{key}", target, others)
            elif _comes_back(term.label, links):
                what = Text(
                    f"« {term.label} » revient à lui-même par « {key} ».",
                    f"“{term.label}” comes back to itself by “{key}”.",
                )
                yield problem(file, f"terms[{i}].{key}", what)


def _comes_back(label: str, links: dict[str, str | None]) -> bool:
    seen: set[str] = set()
    at = links[label]
    while at is not None and at != label and at not in seen:
        seen.add(at)
        at = links.get(at)
    return at == label


def _doubles(places: Iterable[tuple[Path, str, str]]) -> Iterator[Text]:
    """Yield a problem for each place whose word was taken already."""
    taken: set[str] = set()
    for file, path, word in places:
        if word in taken:
            what = Text(f"« {word} » est déjà pris.", f"“{word}” is taken already.")
            yield problem(file, path, what)
        taken.add(word)
