"""How the members of a page type stand to the values of one field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from wikibot.checks.boolean_format import truth
from wikibot.checks.reading import loose
from wikibot.checks.terms import is_obsolete
from wikibot.language import Text, counted, same
from wikibot.mapping import Field, Mapping, Vocabulary
from wikibot.overviews.cells import number_of
from wikibot.overviews.collection import Member

NO_VALUE = Text("(sans valeur)", "(no value)")
_YES, _NO = Text("Oui", "Yes"), Text("Non", "No")
SMALL = 12  # terms: of a vocabulary that is not larger, those without a page are shown too


@dataclass(frozen=True)
class Tally:
    """The values of a field, member by member, each value once.

    Terms are the labels of the vocabulary; free words that differ in case, accents or hyphens
    alone are one value, spelt as most pages do; numbers are written in one way.
    """

    field: Field
    vocabulary: Vocabulary | None
    held: tuple[tuple[str, ...], ...]

    @cached_property
    def pages(self) -> Counter[str]:
        """Return how many members hold each value."""
        return Counter(value for values in self.held for value in values)

    @property
    def without(self) -> int:
        """Return how many members hold none."""
        return sum(not values for values in self.held)

    @property
    def is_tree(self) -> bool:
        """Return whether some terms are parts of others."""
        return self.vocabulary is not None and any(t.parent for t in self.vocabulary.terms)

    def knows(self, value: str) -> bool:
        """Return whether the vocabulary has this value; without one every value is as good."""
        return self.vocabulary is None or self.vocabulary.term(value) is not None

    @cached_property
    def by_number(self) -> tuple[str, ...]:
        """Return the values: those of most members first, strangers to the vocabulary last.

        Numbers are in their own order. Terms that no member holds are there too where the
        vocabulary is closed and small, but for those that are no longer in use.
        """
        place = self._places
        values = dict.fromkeys(self.pages)
        vocabulary = self.vocabulary
        if vocabulary is not None and not vocabulary.open and len(vocabulary.terms) <= SMALL:
            values |= dict.fromkeys(
                term.label for term in vocabulary.terms if not is_obsolete(term, vocabulary)
            )
        if self.field.kind == "number":
            return tuple(sorted(values, key=_as_number))
        return tuple(
            sorted(
                values,
                key=lambda v: (not self.knows(v), -self.pages[v], place.get(v, 0), loose(v), v),
            )
        )

    @cached_property
    def by_vocabulary(self) -> tuple[str, ...]:
        """Return the values that members hold, terms in the order of the vocabulary."""
        place = self._places
        if not place:
            return tuple(value for value in self.by_number if self.pages[value])
        known = sorted((v for v in self.pages if v in place), key=lambda v: place[v])
        return (*known, *(v for v in self.by_number if v not in place and self.pages[v]))

    def parent(self, value: str) -> str | None:
        """Return the term above a value: as the vocabulary says, else by its path."""
        if self.vocabulary is None:
            return None
        term = self.vocabulary.term(value)
        above = term.parent if term else value.rpartition("/")[0].strip()
        return above if above and self.vocabulary.term(above) else None

    def shown(self, value: str) -> str | Text:
        """Return a value as people read it."""
        if self.field.kind == "boolean":
            return {"yes": _YES, "no": _NO}.get(value, value)
        return value

    @cached_property
    def _places(self) -> dict[str, int]:
        terms = self.vocabulary.terms if self.vocabulary else ()
        return {term.label: place for place, term in enumerate(terms)}


def tally(members: Sequence[Member], field: Field, mapping: Mapping) -> Tally:
    """Return how members stand to the values of a field."""
    vocabulary = mapping.vocabulary(field)
    raw = [member.values.get(field.id, ()) for member in members]
    if vocabulary is not None or field.kind == "page":
        return Tally(field, vocabulary, tuple(map(_once, raw)))
    if field.kind == "boolean":
        return Tally(field, None, tuple(_once(_answer(v, mapping) for v in vs) for vs in raw))
    if field.kind == "number":
        return Tally(field, None, tuple(_once(_number(v, mapping) for v in vs) for vs in raw))
    spelling = _spellings(v for vs in raw for v in vs)
    return Tally(field, None, tuple(_once(spelling[loose(v)] for v in vs) for vs in raw))


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _answer(value: str, mapping: Mapping) -> str:
    said = truth(value, mapping.wiki.language)
    return value if said is None else "yes" if said else "no"


def _number(value: str, mapping: Mapping) -> str:
    found = number_of(value, mapping)
    return value if found is None else f"{found:f}" if not isinstance(found, int) else f"{found}"


def _as_number(value: str) -> tuple[int, float, str]:
    try:
        return 0, float(value), value
    except ValueError:
        return 1, 0.0, value


def _spellings(values: Iterator[str]) -> dict[str, str]:
    """Return, of words that differ in what people vary alone, the spelling that most use."""
    best: dict[str, tuple[int, str]] = {}
    for value, number in Counter(values).items():
        rank = (-number, value)
        key = loose(value)
        best[key] = min(best.get(key, rank), rank)
    return {key: value for key, (_, value) in best.items()}


def units(number: int, *, entries: bool) -> Text:
    """Return «32 pages», or «32 entrées» where a page may hold several entries."""
    if entries:
        return counted(number, Text("entrée", "entry"), Text("entrées", "entries"))
    return counted(number, same("page"), same("pages"))


def unit(*, entries: bool) -> Text:
    """Return the heading of a column that counts pages, or entries of pages."""
    return Text("Entrées", "Entries") if entries else same("Pages")
