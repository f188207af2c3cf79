"""Two fields crossed: on how many pages each value of one meets each of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wikibot.language import Text, same
from wikibot.mapping import Field
from wikibot.overviews.collection import Collection
from wikibot.overviews.counts import MANY, title_of
from wikibot.overviews.naming import slugs
from wikibot.overviews.settings import Shown, shown_types
from wikibot.overviews.tally import NO_VALUE, Tally, tally, unit, units
from wikibot.overviews.values import Block, Chart, Column, Section, Table

MOST_COLUMNS = 20

_OTHER = ""  # no value is empty
_OTHERS = Text("Autres valeurs", "Other values")
_FIXED = ("value", "all", "other_values", "no_value")
_CELLS = Text(
    "Chaque case compte, sur {all}, celles qui ont à la fois la valeur de la ligne et celle de la "
    "colonne.",
    "Each cell counts, of {all}, those that have both the value of the row and that of the column.",
)
_SEVERAL = Text(
    " Ce qui a plusieurs valeurs compte dans plusieurs cases, qui ne s'additionnent donc pas ; la "
    "dernière colonne le compte une fois.",
    " What has several values counts in several cells, which therefore do not add up; the last "
    "column counts it once.",
)
_SIDES = Text(
    "Chaque ligne est un champ, chaque colonne une valeur ; chaque ligne compte {all}.",
    "Each row is a field, each column a value; each row counts {all}.",
)


def crossed(collection: Collection) -> Section | None:
    """Return the grids of the pairs of fields, and of fields side by side, of the main type."""
    blocks = tuple(
        block for shown in shown_types(collection)[:1] for block in crossed_of(shown, collection)
    )
    if not blocks:
        return None
    return Section(
        "crossed",
        Text("Croisements", "Crossed counts"),
        blocks,
        Text(
            "Combien de pages portent à la fois deux valeurs, l'une en ligne, l'autre en colonne.",
            "How many pages bear two values at once, one in the row and the other in the column.",
        ),
    )


def crossed_of(shown: Shown, collection: Collection) -> Iterator[Block]:
    """Yield what the mapping puts side by side, and crosses, of a type."""
    yield from _side_by_side(shown, collection)
    for one, other in shown.settings.crossed:
        yield from _grid(shown, shown.field(one), shown.field(other), collection)


def _grid(shown: Shown, one: Field, other: Field, collection: Collection) -> Iterator[Block]:
    """Yield the grid of two fields, nothing where no page has a value of both."""
    mapping = collection.mapping
    rows_of = tally(shown.members, one, mapping)
    columns_of = tally(shown.members, other, mapping)
    met: Counter[tuple[str | None, str | None]] = Counter()
    heads, rest = _heads(columns_of)
    for values, others in zip(rows_of.held, columns_of.held, strict=True):
        met_here: set[str | None] = {head if head in heads else _OTHER for head in others}
        met.update((row, column) for row in values or (None,) for column in met_here or {None})
    if not any(row is not None and column is not None for row, column in met):
        return
    entries = shown.page_type.repeats
    table_id = f"crossed_{shown.page_type.id}_{one.id}_{other.id}"
    ids = slugs((*_FIXED, *heads))[len(_FIXED) :]
    columns = [
        Column(name, _label(columns_of, head), "number")
        for name, head in zip(ids, heads, strict=True)
    ]
    keys: list[str | None] = [*heads]
    if rest:
        columns.append(Column("other_values", _OTHERS, "number"))
        keys.append(_OTHER)
    if columns_of.without:
        columns.append(Column("no_value", NO_VALUE, "number"))
        keys.append(None)
    rows = []
    for row in (*rows_of.by_vocabulary, *((None,) if rows_of.without else ())):
        number = rows_of.without if row is None else rows_of.pages[row]
        first = NO_VALUE if row is None else rows_of.shown(row)
        rows.append((first, *(met[row, key] for key in keys), number))
    label = title_of(shown, one, other)
    drawn = tuple(column.id for column in columns)
    if len(shown.members) >= MANY:
        yield Chart(f"{table_id}_grid", label, "grid", table_id, "value", drawn)
    yield Table(
        table_id,
        label,
        (
            Column("value", one.label.text, "text"),
            *columns,
            Column("all", _all(entries=entries), "number"),
        ),
        tuple(rows),
        note=_note(units(len(shown.members), entries=entries), rows_of, columns_of),
    )


def _note(all_of: Text, *found: Tally) -> Text:
    note = _CELLS.format(all=all_of)
    if not any(len(values) > 1 for each in found for values in each.held):
        return note
    return Text(note.fr + _SEVERAL.fr, note.en + _SEVERAL.en)


def _heads(found: Tally) -> tuple[tuple[str, ...], bool]:
    """Return the values that get a column, and whether others are left."""
    values = found.by_vocabulary
    if len(values) <= MOST_COLUMNS:
        return values, False
    most = set([value for value in found.by_number if found.pages[value]][:MOST_COLUMNS])
    return tuple(value for value in values if value in most), True


def _side_by_side(shown: Shown, collection: Collection) -> Iterator[Block]:
    """Yield a table with a row for each of some fields of one vocabulary."""
    fields = [shown.field(each) for each in shown.settings.side_by_side]
    found = [tally(shown.members, field, collection.mapping) for field in fields]
    if not any(each.pages for each in found):
        return
    vocabulary = found[0].vocabulary
    assert vocabulary is not None  # the mapping was checked when it was loaded
    terms = [term.label for term in vocabulary.terms]
    strangers = sorted({v for each in found for v in each.pages} - set(terms))
    heads = [
        *(t for t in terms if not vocabulary.open or any(f.pages[t] for f in found)),
        *strangers,
    ]
    ids = slugs((*_FIXED, *heads))[len(_FIXED) :]
    entries = shown.page_type.repeats
    table_id = f"side_by_side_{shown.page_type.id}"
    first, last = fields[0].label.text, fields[-1].label.text
    of_type = shown.page_type.label.text
    label = Text(
        f"{of_type.fr} : de « {first.fr} » à « {last.fr} »",
        f"{of_type.en}: from “{first.en}” to “{last.en}”",
    )
    columns = [Column(i, same(head), "number") for i, head in zip(ids, heads, strict=True)]
    columns.append(Column("no_value", NO_VALUE, "number"))
    drawn = tuple(column.id for column in columns)
    if len(shown.members) >= MANY:
        yield Chart(f"{table_id}_stacked", label, "stacked", table_id, "field", drawn)
    yield Table(
        table_id,
        label,
        (Column("field", Text("Champ", "Field"), "text"), *columns),
        tuple(
            (field.label.text, *(each.pages[head] for head in heads), each.without)
            for field, each in zip(fields, found, strict=True)
        ),
        note=_SIDES.format(all=units(len(shown.members), entries=entries)),
    )


def _label(found: Tally, value: str) -> Text:
    shown = found.shown(value)
    return shown if isinstance(shown, Text) else same(shown)


def _all(*, entries: bool) -> Text:
    counted = unit(entries=entries)
    return Text(f"{counted.fr} en tout", f"{counted.en} in all")
