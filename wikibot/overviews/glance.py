"""At a glance: the pages of each type, with their main fields and what they lack."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from wikibot.language import Text, counted, same
from wikibot.mapping import Field, Mapping, PageType
from wikibot.overviews.cells import cell_of, column_of, settled
from wikibot.overviews.collection import Collection
from wikibot.overviews.completeness import completeness, expected, missing
from wikibot.overviews.settings import Shown, shown_types
from wikibot.overviews.tally import unit, units
from wikibot.overviews.values import Block, Cell, Column, Row, Section, Table

PAGE = Column("page", same("Page"), "page")
_COMPLETE = Column("complete", Text("Complétude", "Completeness"), "share")
_MISSING = Column("missing", Text("À compléter", "To be completed"), "text")
_EDITED = Column("edited", Text("Dernière modification", "Last edit"), "date")
_ENTRY = Column("entry", Text("Entrée n°", "Entry no."), "number")

_MEANING = Text(
    "Complétude : part des champs remplis parmi ceux-ci : {fields}. « À compléter » nomme les "
    "autres, les champs obligatoires d'abord.",
    "Completeness: share of the fields that are filled among these: {fields}. “To be completed” "
    "names the others, the required ones first.",
)
_CORRECT = Text(
    " « {label} (à corriger) » : la page a une valeur qui ne se lit pas de façon sûre.",
    " “{label} (to be corrected)”: the page has a value that cannot be read for sure.",
)
_WRONG = Text("{label} (à corriger)", "{label} (to be corrected)")
_TYPES_NOTE = Text(
    "Complétude : la moyenne de celles des pages. « Complètes » : il n'y manque rien de tout cela.",
    "Completeness: the mean of that of the pages. “Complete”: nothing of that is missing.",
)
_FILLED_NOTE = Text(
    "Dans combien de cas, sur {all}, chaque champ est rempli.",
    "In how many cases, of {all}, each field is filled.",
)
_REQUIRED: dict[str | bool, Text] = {
    "error": Text("obligatoire", "required"),
    "warning": Text("attendu", "expected"),
    False: Text("facultatif", "optional"),
}


def glance(collection: Collection) -> Section | None:
    """Return a table of the page types, then one of the pages of the main one and of its fields.

    The other types have a section each: `overviews.others`.
    """
    found = shown_types(collection)
    if not found:
        return None
    main = found[0]
    blocks: list[Block] = [*pages_of(main, collection.mapping), *_lacking(main)]
    if len(found) > 1:
        blocks.append(_types(found))
    return Section(
        "glance",
        Text("D'un coup d'œil", "At a glance"),
        tuple(blocks),
        Text(
            "Chaque page, ses champs principaux et ce qu'il reste à y remplir.",
            "Each page, its main fields and what is left to be filled in.",
        ),
    )


def pages_of(shown: Shown, mapping: Mapping) -> Iterator[Block]:
    """Yield the table of the pages of a type, where the mapping names columns for it."""
    if shown.settings.glance:
        yield _pages(shown, mapping)


def _types(found: tuple[Shown, ...]) -> Table:
    rows: list[Row] = []
    for shown in found:
        shares = [completeness(shown.page_type, member.filled) for member in shown.members]
        rows.append(
            (
                shown.page_type.label.text,
                shown.pages,
                len(shown.members) if shown.page_type.repeats else None,
                sum(shares) / len(shares),
                sum(share == 1 for share in shares),
                max(member.edited for member in shown.members).date(),
            )
        )
    label = Text("Les types de pages", "The types of pages")
    return Table(
        "types",
        label,
        (
            Column("type", Text("Type de pages", "Type of pages"), "text"),
            Column("pages", unit(entries=False), "number"),
            Column("entries", unit(entries=True), "number"),
            _COMPLETE,
            Column("complete_pages", Text("Complètes", "Complete"), "number"),
            _EDITED,
        ),
        tuple(rows),
        note=_TYPES_NOTE,
    )


def _pages(shown: Shown, mapping: Mapping) -> Table:
    """Return a row for each member: its main fields, how complete it is and what it lacks."""
    page_type = shown.page_type
    fields = [shown.field(each) for each in shown.settings.glance]
    fields = [f for f in fields if f.kind != "longtext" and not f.wikitext]
    slips: set[str] = set()

    @lru_cache(maxsize=4096)
    def lacks(filled: frozenset[str], wrong: frozenset[str]) -> tuple[float, Text]:
        return completeness(page_type, filled), _to_complete(page_type, filled, wrong)

    rows: list[Row] = []
    for member in shown.members:
        cells: list[Cell] = []
        wrong: list[str] = []
        for field in fields:
            cell, readable = cell_of(field, member.values.get(field.id, ()), mapping)
            cells.append(cell)
            wrong += [] if readable else [field.id]
        share, text = lacks(member.filled, frozenset(wrong))
        slips.update(wrong)
        entry = (member.index + 1,) if page_type.repeats else ()
        rows.append((member.title, *entry, *cells, share, text, member.edited.date()))
    names = [f.label.text for f in page_type.fields if f.id in expected(page_type)]
    note = _MEANING.format(
        fields=Text(", ".join(n.fr for n in names), ", ".join(n.en for n in names))
    )
    if slips:
        name = next(f.label.text for f in fields if f.id in slips)
        more = _CORRECT.format(label=name)
        note = Text(note.fr + more.fr, note.en + more.en)
    label = page_type.label.text
    first = (PAGE, _ENTRY) if page_type.repeats else (PAGE,)
    columns, cells_of = settled(
        (*first, *map(_named, fields), _COMPLETE, _MISSING, _EDITED), tuple(rows)
    )
    return Table(
        f"glance_{page_type.id}",
        Text(f"{label.fr} : les pages", f"{label.en}: the pages"),
        columns,
        cells_of,
        note=note,
    )


_OURS = frozenset({"page", "entry", "complete", "missing", "edited"})


def _named(field: Field) -> Column:
    """Return the column of a field, whose id is none of those that the table has itself."""
    column = column_of(field)
    if field.id not in _OURS:
        return column
    return Column(f"{field.id}_field", column.label, column.kind)


def _to_complete(page_type: PageType, filled: frozenset[str], wrong: frozenset[str]) -> Text:
    names = [field.label.text for field in missing(page_type, filled)]
    names += [
        _WRONG.format(label=field.label.text) for field in page_type.fields if field.id in wrong
    ]
    return Text(", ".join(n.fr for n in names), ", ".join(n.en for n in names))


def _lacking(shown: Shown) -> Iterator[Block]:
    """Yield how many members have each field filled that not all have, the emptiest first."""
    page_type, total = shown.page_type, len(shown.members)
    numbers = {field.id: 0 for field in page_type.fields if not field.computed}
    for member in shown.members:
        for field_id in member.filled:
            if field_id in numbers:
                numbers[field_id] += 1
    lacking = [f for f in page_type.fields if numbers.get(f.id, total) < total]
    if not lacking:
        return
    lacking.sort(key=lambda field: numbers[field.id])  # of as many, in the order of the form
    label = page_type.label.text
    entries = page_type.repeats
    note = _FILLED_NOTE.format(all=units(total, entries=entries))
    full = len(numbers) - len(lacking)
    if full:
        told = counted(
            full,
            Text("champ est rempli", "field is filled"),
            Text("champs sont remplis", "fields are filled"),
        )
        note = Text(f"{note.fr} {told.fr} partout.", f"{note.en} {told.en} everywhere.")
    yield Table(
        f"filled_{page_type.id}",
        Text(f"{label.fr} : les champs à remplir", f"{label.en}: the fields to be filled in"),
        (
            Column("field", Text("Champ", "Field"), "text"),
            Column("needed", Text("Attente", "Need"), "text"),
            Column("filled", unit(entries=entries), "number"),
            Column("share", Text("Part", "Share"), "share"),
        ),
        tuple(
            (field.label.text, _REQUIRED[field.required], n, n / total)
            for field in lacking
            for n in (numbers[field.id],)
        ),
        note=note,
    )
