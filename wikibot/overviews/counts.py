"""Counts: how many pages have each value of a field, branches of a tree with all below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wikibot.language import Text, same
from wikibot.mapping import Field
from wikibot.overviews.collection import Collection
from wikibot.overviews.settings import Shown, shown_types
from wikibot.overviews.tally import NO_VALUE, Tally, tally, unit, units
from wikibot.overviews.values import Block, Cell, Chart, Column, Row, Section, Table

DRAWN = 3  # values: of fewer, a chart tells no more than its table
MANY = 10  # members: of fewer, likewise
NAMED = 10  # pages: where a value is on no more of them, they are named

_VALUE = Text("Valeur", "Value")
_KNOWN = Column("in_vocabulary", Text("Au vocabulaire", "In the vocabulary"), "flag")
_SHARE = Column("share", Text("Part", "Share"), "share")
_NAMED = Column("named", Text(f"Lesquelles ({NAMED} au plus)", f"Which ({NAMED} at most)"), "pages")
_OWN = Column("own", Text("Dont le terme lui-même", "The term itself"), "number")
_DEPTH = Column("depth", Text("Niveau", "Level"), "number")
_TOTAL = same("Total")

_ONCE = Text(
    "Part : sur {all}, chacune comptée une fois.", "Share: of {all}, each of them counted once."
)
_SEVERAL = Text(
    "Part : sur {all}. Ce qui a plusieurs valeurs compte dans chacune : les lignes ne "
    "s'additionnent pas.",
    "Share: of {all}. What has several values counts in each of them: the rows do not add up.",
)
_TREE = Text(
    "Un terme large compte aussi ce qui n'a qu'un terme plus précis, une seule fois ; « dont le "
    "terme lui-même » compte ce qui porte le terme tel quel.",
    "A broad term also counts what has a narrower one alone, once; “the term itself” counts what "
    "bears the term as it is.",
)
_FREE = Text(
    "Les mots qui ne diffèrent que par les majuscules, les accents ou les traits d'union comptent "
    "ensemble.",
    "Words that differ in case, accents or hyphens alone are counted together.",
)
_STRANGERS = Text(
    "« Au vocabulaire : non » : le vocabulaire ne prévoit pas cette valeur.",
    "“In the vocabulary: no”: the vocabulary does not have this value.",
)


def counts(collection: Collection) -> Section | None:
    """Return, for each field of the main type that the mapping names, its values and numbers."""
    blocks = tuple(
        block for shown in shown_types(collection)[:1] for block in counts_of(shown, collection)
    )
    if not blocks:
        return None
    return Section(
        "counts",
        Text("Décomptes", "Counts"),
        blocks,
        Text(
            "Combien de pages portent chaque valeur, champ par champ.",
            "How many pages bear each value, field by field.",
        ),
    )


def counts_of(shown: Shown, collection: Collection) -> Iterator[Block]:
    """Yield a table for each field of a type that the mapping names, and a chart where it tells."""
    for field_id in shown.settings.counts:
        yield from _counted(shown, shown.field(field_id), collection)


def title_of(shown: Shown, *fields: Field) -> Text:
    """Return «Commun : Défi × Niveau»: what a table of these fields is about."""
    names = [field.label.text for field in fields]
    of_type = shown.page_type.label.text
    return Text(
        f"{of_type.fr} : {' × '.join(name.fr for name in names)}",
        f"{of_type.en}: {' × '.join(name.en for name in names)}",
    )


def _counted(shown: Shown, field: Field, collection: Collection) -> Iterator[Block]:
    """Yield the table of a field and its chart, nothing where no member holds a value."""
    found = tally(shown.members, field, collection.mapping)
    if not found.pages:
        return
    entries = shown.page_type.repeats
    several = any(len(values) > 1 for values in found.held)
    table_id = f"counts_{shown.page_type.id}_{field.id}"
    columns = [
        Column("value", _VALUE, "text"),
        Column("pages", unit(entries=entries), "number"),
        _SHARE,
    ]
    extra = [_OWN] if found.is_tree else []
    extra += [_KNOWN] if found.vocabulary is not None else []
    total = len(shown.members)
    rows = [*_rows(found, shown, total)]
    if found.without:
        rows.append(_row(found, NO_VALUE, found.without, total, _named(shown, _empty(found))))
    label = title_of(shown, field)
    used = sum(number > 0 for number in found.pages.values())
    if used >= DRAWN and total >= MANY:
        yield Chart(f"{table_id}_bars", label, "bars", table_id, "value", ("pages",))
    yield Table(
        table_id,
        label,
        (*columns, *extra, _NAMED, *((_DEPTH,) if found.is_tree else ())),
        tuple(rows),
        total=None if several or found.is_tree else _row(found, _TOTAL, total, total, None),
        note=_note(found, units(total, entries=entries), several=several),
        depth="depth" if found.is_tree else None,
    )


def _note(found: Tally, all_of: Text, *, several: bool) -> Text:
    said = [(_SEVERAL if several else _ONCE).format(all=all_of)]
    said += [_TREE] if found.is_tree else []
    said += [_FREE] if found.vocabulary is None and found.field.kind == "text" else []
    said += [_STRANGERS] if not all(map(found.knows, found.pages)) else []
    return Text(" ".join(each.fr for each in said), " ".join(each.en for each in said))


def _rows(found: Tally, shown: Shown, total: int) -> Iterator[Row]:
    holders: dict[str, list[int]] = {}
    for at, values in enumerate(found.held):
        for value in values:
            holders.setdefault(value, []).append(at)
    if not found.is_tree:
        for value in found.by_number:
            held_by = holders.get(value, [])
            yield _row(found, value, len(held_by), total, _named(shown, held_by))
        return
    below = _below(found)
    for value, depth in _branches(found):
        held_by = sorted({at for each in below[value] for at in holders.get(each, ())})
        named = _named(shown, held_by)
        yield _row(
            found, value, len(held_by), total, named, own=len(holders.get(value, ())), depth=depth
        )


def _row(
    found: Tally,
    value: str | Text,
    number: int,
    total: int,
    named: tuple[str, ...] | None,
    *,
    own: int | None = None,
    depth: int = 0,
) -> Row:
    known = found.knows(value) if isinstance(value, str) else None
    cells: list[Cell] = [found.shown(value) if isinstance(value, str) else value]
    cells += [number, number / total]
    cells += [own] if found.is_tree else []
    cells += [known] if found.vocabulary is not None else []
    cells += [named]
    cells += [depth] if found.is_tree else []
    return tuple(cells)


def _named(shown: Shown, places: Sequence[int]) -> tuple[str, ...] | None:
    """Return the titles of some members, None where they are too many or none."""
    if len(places) > NAMED * 10:
        return None
    titles = tuple(dict.fromkeys(shown.members[at].title for at in places))
    return titles if 0 < len(titles) <= NAMED else None


def _empty(found: Tally) -> list[int]:
    return [at for at, values in enumerate(found.held) if not values]


def _below(found: Tally) -> dict[str, list[str]]:
    """Return value → itself and all values below it."""
    below: dict[str, list[str]] = {}
    for value in _all(found):
        at: str | None = value
        while at is not None:  # a mapping whose terms go round in circles does not load
            below.setdefault(at, []).append(value)
            at = found.parent(at)
    return below


def _branches(found: Tally) -> list[tuple[str, int]]:
    """Return the values of a tree, each branch before what is below it, with their depths."""
    children: dict[str | None, list[str]] = {}
    for value in _all(found):
        children.setdefault(found.parent(value), []).append(value)
    rows: list[tuple[str, int]] = []
    stack = [(value, 0) for value in reversed(children.get(None, []))]
    while stack:
        value, depth = stack.pop()
        rows.append((value, depth))
        stack += [(child, depth + 1) for child in reversed(children.get(value, []))]
    return rows


def _all(found: Tally) -> tuple[str, ...]:
    """Return the values to be shown of a tree, terms in the order of the vocabulary."""
    assert found.vocabulary is not None
    wanted = dict.fromkeys(found.by_number)
    for value in tuple(wanted):
        above = found.parent(value)
        while above is not None and above not in wanted:
            wanted[above] = None
            above = found.parent(above)
    terms = [term.label for term in found.vocabulary.terms if term.label in wanted]
    return (*terms, *(value for value in wanted if found.vocabulary.term(value) is None))
