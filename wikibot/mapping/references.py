"""Finds what one entry of a mapping says of another that is not there, or not such a one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wikibot.language import Text
from wikibot.mapping.model import Field, PageType, people_types
from wikibot.mapping.shown import wrong_overview
from wikibot.mapping.vocabulary import Vocabulary
from wikibot.tables import problem, unknown


def dangling(
    page_types: Sequence[tuple[Path, PageType]], vocabularies: Sequence[tuple[Path, Vocabulary]]
) -> Iterator[Text]:
    """Yield one problem for each reference to a page type or a field that does not exist."""
    known = {page_type.id: page_type for _, page_type in page_types}
    people = people_types(known.values())
    for file, page_type in page_types:
        if page_type.part_of is not None and page_type.part_of not in known:
            yield unknown(file, "part_of", page_type.part_of, known)
        for i, field in enumerate(page_type.fields):
            if field.pages_of is not None and field.pages_of not in known:
                yield unknown(file, f"fields[{i}].pages_of", field.pages_of, known)
            if field.listed_as is not None and field.pages_of is None:
                what = Text(
                    "sans « pages_of », rien ne dit sur quelles pages.",
                    "without “pages_of”, nothing says on which pages.",
                )
                yield problem(file, f"fields[{i}].listed_as", what)
            if field.mutual and (field.pages_of != page_type.id or field.kind != "page"):
                what = Text(
                    "il faut un champ de pages du même type (« pages_of »).",
                    "this takes a field of pages of the same page type (“pages_of”).",
                )
                yield problem(file, f"fields[{i}].mutual", what)
            if field.named_in is not None:
                yield from _wrong_return(file, i, field, known)
        yield from _wrong_contact(file, page_type)
        yield from _wrong_board(file, page_type)
        yield from wrong_overview(file, page_type, people)
    for file, vocabulary in vocabularies:
        target = known.get(vocabulary.page_type or "")
        if vocabulary.page_type is not None and target is None:
            yield unknown(file, "page_type", vocabulary.page_type, known)
        elif vocabulary.page_fields and target is None:
            what = Text("il manque « page_type ».", "“page_type” is missing.")
            yield problem(file, "page_fields", what)
        for key, field_id in vocabulary.page_fields.items() if target else ():
            if target and target.field(field_id) is None:
                ids = [f.id for f in target.fields]
                yield unknown(file, f"page_fields.{key}", field_id, ids)


def _wrong_return(
    file: Path, place: int, field: Field, known: Mapping[str, PageType]
) -> Iterator[Text]:
    key, target = f"fields[{place}].named_in", known.get(field.pages_of or "")
    back = target.field(field.named_in or "") if target else None
    if target is not None and back is None:
        yield unknown(file, key, field.named_in or "", [f.id for f in target.fields])
    elif back is None or field.kind != "page" or back.kind != "page":
        what = Text(
            "il faut deux champs de pages, et « pages_of ».",
            "this takes two fields of pages, and “pages_of”.",
        )
        yield problem(file, key, what)


def _wrong_contact(file: Path, page_type: PageType) -> Iterator[Text]:
    first = None
    for i, field in enumerate(page_type.fields):
        if field.contact and field.kind not in ("user", "page"):
            what = Text(
                "il faut un champ de personnes ou de pages.",
                "this takes a field of persons or of pages.",
            )
            yield problem(file, f"fields[{i}].contact", what)
        elif field.contact and first is not None:
            what = Text(
                f"le champ « {first.id} » l'est déjà ; un seul par type de page.",
                f"the field “{first.id}” is it already; one a page type.",
            )
            yield problem(file, f"fields[{i}].contact", what)
        elif field.contact:
            first = field


def _wrong_board(file: Path, page_type: PageType) -> Iterator[Text]:
    board = page_type.board
    if board is None:
        return
    ids = [f.id for f in page_type.fields]
    for key in (
        "column",
        "status",
        "related",
        "title",
        "due",
        "assigned",
        "details",
        "resolution",
    ):
        field_id = getattr(board, key)
        if field_id is not None and field_id not in ids:
            yield unknown(file, f"board.{key}", field_id, ids)
    if (board.status is None) != (board.open is None):
        what = Text("« status » et « open » vont ensemble.", "“status” and “open” go together.")
        yield problem(file, "board.status", what)
