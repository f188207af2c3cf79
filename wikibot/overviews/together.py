"""Which values of a list occur together on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from wikibot.language import Text, counted, same
from wikibot.mapping import Field, Mapping, PageType, Vocabulary
from wikibot.overviews.collection import Collection, Member
from wikibot.overviews.naming import slugs
from wikibot.overviews.settings import Shown
from wikibot.overviews.values import Block, Chart, Column, Table

MOST_PAIRS = 300  # rows; a list of free keywords may have a hundred thousand pairs
_MOST_IN_GRID = 12
_FEWEST_IN_GRID = 3
LEAST = 2  # pages; two values that one page alone has say nothing of each other

Pair = tuple[str, str]


def together_of(shown: Shown, collection: Collection) -> Iterator[Block]:
    """Yield the values that meet in each list of a type, and in the first one and others."""
    fields = [shown.field(each) for each in shown.settings.together]
    for field in fields:
        yield from _within(shown.members, shown.page_type, field, collection.mapping)
    terms = [field for field in fields if field.kind == "term"]
    for one, other in ((terms[0], other) for other in terms[1:]):
        yield from _between(shown.members, shown.page_type, one, other)


def pairs_within(
    members: Iterable[Member], field_id: str, vocabulary: Vocabulary | None
) -> Counter[Pair]:
    """Return how many members have both values, the lesser value first.

    A value and one that it is a part of are no pair: pages name both as a matter of course.
    """
    met: Counter[Pair] = Counter()
    for member in members:
        met.update(combinations(sorted(set(member.values.get(field_id, ()))), 2))
    above = _Above(vocabulary)
    return Counter({pair: n for pair, n in met.items() if not above.kin(*pair)})


def pairs_between(members: Iterable[Member], one: str, other: str) -> Counter[Pair]:
    """Return how many members have a value in one field and another one in the other field."""
    met: Counter[Pair] = Counter()
    for member in members:
        values = member.values
        met.update(product(set(values.get(one, ())), set(values.get(other, ()))))
    return met


def values_of(members: Iterable[Member], field_id: str) -> Counter[str]:
    """Return how many members have each value of a field."""
    found: Counter[str] = Counter()
    for member in members:
        found.update(set(member.values.get(field_id, ())))
    return found


class _Above:
    """Which terms of a vocabulary are broader than others."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, frozenset[str]] = {}

    def kin(self, one: str, other: str) -> bool:
        """Return whether one of two terms is a part of the other."""
        return one in self._of(other) or other in self._of(one)

    def _of(self, label: str) -> frozenset[str]:
        if label not in self._known:
            self._known[label] = frozenset(self._climb(label))
        return self._known[label]

    def _climb(self, label: str) -> Iterator[str]:
        seen = {label}
        term = self._vocabulary.term(label) if self._vocabulary else None
        while self._vocabulary and term and term.parent and term.parent not in seen:
            seen.add(term.parent)
            yield term.parent
            term = self._vocabulary.term(term.parent)


def _within(
    members: tuple[Member, ...], page_type: PageType, field: Field, mapping: Mapping
) -> Iterator[Block]:
    met = pairs_within(members, field.id, mapping.vocabulary(field))
    if max(met.values(), default=0) < LEAST:
        return
    numbers = values_of(members, field.id)
    table_id = f"together_{page_type.id}_{field.id}"
    title = _TITLE.format(type=page_type.label.text, field=field.label.text)
    yield from _grid(met, numbers, table_id, title)
    yield _table(table_id, title, met, numbers, numbers, (_ONE, _OTHER))


def _between(
    members: tuple[Member, ...], page_type: PageType, one: Field, other: Field
) -> Iterator[Block]:
    met = pairs_between(members, one.id, other.id)
    if max(met.values(), default=0) < LEAST:
        return
    first, second = values_of(members, one.id), values_of(members, other.id)
    table_id = f"together_{page_type.id}_{one.id}_{other.id}"
    title = _TITLE_OF_TWO.format(
        type=page_type.label.text, one=one.label.text, other=other.label.text
    )
    yield _table(table_id, title, met, first, second, (one.label.text, other.label.text))


def _table(
    table_id: str,
    title: Text,
    met: Counter[Pair],
    first: Counter[str],
    second: Counter[str],
    labels: tuple[Text, Text],
) -> Table:
    def share(pair: Pair, n: int) -> float:
        return n / (first[pair[0]] + second[pair[1]] - n)

    often = Counter({pair: n for pair, n in met.items() if n >= LEAST})
    ranked = sorted(often.items(), key=lambda item: (-item[1], -share(*item), item[0]))
    rows = tuple(
        (*pair, n, share(pair, n), first[pair[0]], second[pair[1]])
        for pair, n in ranked[:MOST_PAIRS]
    )
    told = [_NOTE]
    if len(ranked) > MOST_PAIRS:
        kept, of = counted(MOST_PAIRS, *_PAIRS), counted(len(ranked), *_PAIRS)
        told.append(_CUT.format(kept=kept, all=of))
    if len(often) < len(met):
        told.append(_ONCE.format(pairs=counted(len(met) - len(often), *_PAIRS)))
    note = Text(" ".join(each.fr for each in told), " ".join(each.en for each in told))
    columns = (
        Column("one", labels[0], "text"),
        Column("other", labels[1], "text"),
        Column("both", _BOTH, "number"),
        Column("share", _SHARE, "share"),
        Column("with_one", _WITH_ONE, "number"),
        Column("with_other", _WITH_OTHER, "number"),
    )
    return Table(table_id, title, columns, rows, note=note)


def _grid(met: Counter[Pair], numbers: Counter[str], table_id: str, title: Text) -> Iterator[Block]:
    """Yield the values that are met most as a square, where there are enough of them."""
    paired = {value for pair in met for value in pair}
    shown = sorted(paired, key=lambda value: (-numbers[value], value))[:_MOST_IN_GRID]
    if len(shown) < _FEWEST_IN_GRID:
        return
    ids = slugs(shown)
    rows = tuple(
        (one, *(None if one == other else met[min(one, other), max(one, other)] for other in shown))
        for one in shown
    )
    columns = (
        Column("value", _VALUE, "text"),
        *(
            Column(f"with_{slug}", same(value), "number")
            for slug, value in zip(ids, shown, strict=True)
        ),
    )
    grid = Table(f"{table_id}_grid", _GRID.format(title=title), columns, rows, note=_GRID_NOTE)
    names = tuple(column.id for column in columns[1:])
    yield Chart(f"{table_id}_chart", title, "grid", grid.id, "value", names, most=_MOST_IN_GRID)
    yield grid


_TITLE = Text(
    "{type} : quelles valeurs de « {field} » vont ensemble",
    "{type}: which values of “{field}” go together",
)
_TITLE_OF_TWO = Text(
    "{type} : « {one} » et « {other} », ce qui va ensemble",
    "{type}: “{one}” and “{other}”, what goes together",
)
_GRID = Text("{title} (grille)", "{title} (grid)")
_GRID_NOTE = Text(
    "Chaque case compte les pages qui ont les deux valeurs. Seules les valeurs les plus "
    "fréquentes sont là ; la liste les a toutes.",
    "Each cell counts the pages that have both values. Only the most frequent values are here; the "
    "list has them all.",
)
_NOTE = Text(
    "« Les deux » compte les pages qui ont les deux valeurs. « Part » les rapporte aux pages qui "
    "ont l'une, l'autre ou les deux : à 100 %, les deux valeurs ne vont jamais l'une sans l'autre. "
    "Une valeur et celle dont elle est une partie ne comptent pas ensemble.",
    "“Both” counts the pages that have both values. “Share” compares them with the pages that have "
    "one, the other or both: at 100%, one value never goes without the other. A value and one that "
    "it is a part of do not count together.",
)
_CUT = Text(
    "Le tableau s'arrête à {kept} sur {all}, les plus fréquentes d'abord.",
    "The table ends after {kept} of {all}, the most frequent first.",
)
_ONCE = Text(
    "Ce qu'une seule page réunit n'est pas là : {pairs}.",
    "What one page alone brings together is not here: {pairs}.",
)
_PAIRS = (Text("paire", "pair"), Text("paires", "pairs"))
_ONE, _OTHER = Text("Une valeur", "One value"), Text("L'autre", "The other")
_VALUE = Text("Valeur", "Value")
_BOTH, _SHARE = Text("Les deux", "Both"), Text("Part", "Share")
_WITH_ONE = Text("Avec la première", "With the first")
_WITH_OTHER = Text("Avec la seconde", "With the second")
