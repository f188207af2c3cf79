"""How near pages are to each other, by the values and the words that they share.

A value or a word weighs the more the fewer pages have it: ln((1 + pages) / pages that have it); a
word that stands n times in a page weighs 1 + ln n times as much (tf-idf, Spärck Jones 1972, Salton
and Buckley 1988); a word of more than half of the pages tells nothing. Values and words each make a
vector of length one, and values, which people chose, are two thirds of the whole; how near two
pages are is the cosine between them, from 0 to 1.
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from wikibot.mapping import Field, PageType
from wikibot.overviews.collection import Member
from wikibot.overviews.words import Words

WORDS = ""  # in place of a field's id: what is shared is a word of a text
T = TypeVar("T", str, tuple[str, str])
Feature = tuple[str, str]  # a field's id (or WORDS), and the value or word

# Steps of the search; those of some 400 pages fit into it whatever they share.
_BUDGET = 2_000_000
_VALUES_ARE = 2 / 3
_COMMON = 0.5  # of the pages; a word of more of them is one of this wiki's stop words
_MOST_WORDS = 30  # of a page, those that weigh most; the rest count in its length alone
_CANDIDATES = 20  # of a page, compared in full where the search left common features out


@dataclass(frozen=True)
class Near:
    """A page near another. `shared` is what they share, what weighs most first."""

    one: Member
    other: Member
    score: float
    shared: tuple[Feature, ...]

    def values(self) -> dict[str, tuple[str, ...]]:
        """Return field id → the shared values of that field, words apart."""
        found: dict[str, tuple[str, ...]] = {}
        for field_id, value in self.shared:
            if field_id != WORDS:
                found[field_id] = (*found.get(field_id, ()), value)
        return found

    def words(self) -> tuple[str, ...]:
        """Return the shared words."""
        return tuple(word for field_id, word in self.shared if field_id == WORDS)


class Neighbour(NamedTuple):
    """A member near another: its place among `Vectors.members`, and how near it is."""

    place: int
    score: float


@dataclass(frozen=True)
class Vectors:
    """Members as vectors: feature number → weight, in the order of features.

    `holders` are the members that have a feature, by its number.
    """

    members: tuple[Member, ...]
    features: tuple[Feature, ...]
    weights: tuple[dict[int, float], ...]
    holders: Mapping[int, Sequence[int]] = field(repr=False)

    def score(self, one: int, other: int) -> float:
        """Return how near two members are; the same from either side."""
        a, b = self.weights[one], self.weights[other]
        return min(1.0, math.fsum([a[number] * b[number] for number in a.keys() & b.keys()]))

    def pair(self, one: int, other: int) -> Near:
        """Return two members with what they share."""
        a, b = self.weights[one], self.weights[other]
        both = sorted((-a[n] * b[n], n) for n in a.keys() & b.keys())
        shared = tuple(self.features[number] for _, number in both)
        return Near(self.members[one], self.members[other], self.score(one, other), shared)


def vectors_of(members: Sequence[Member], page_type: PageType, near_by: Sequence[str]) -> Vectors:
    """Return members of a type as vectors, by the fields named in `near_by`."""
    fields = [found for each in near_by if (found := page_type.field(each)) is not None]
    texts = tuple(each.id for each in fields if is_text(each))
    lists = tuple(each.id for each in fields if not is_text(each))
    ordered = tuple(sorted(members, key=lambda m: (m.title, m.index, m.pageid)))
    values = _Features(
        {(each, value): 1 for each in lists for value in member.values.get(each, ())}
        for member in ordered
    )
    counter = Words()
    words = _Features(
        counter.counted(text for each in texts for text in member.values.get(each, ()))
        for member in ordered
    )
    of_values, of_words = (_VALUES_ARE, 1 - _VALUES_ARE) if texts and lists else (1.0, 1.0)
    long, short = math.sqrt(of_values), math.sqrt(of_words)
    first = len(values.known)
    weights = tuple(
        {number: long * w for number, w in by_value}
        | {first + number: short * w for number, w in by_word}
        for by_value, by_word in zip(
            values.weighed(), words.weighed(_MOST_WORDS, _COMMON), strict=True
        )
    )
    holders = defaultdict[int, list[int]](list)
    for place, vector in enumerate(weights):
        for number in vector:
            holders[number].append(place)
    spelled = tuple((WORDS, counter.spelling[word]) for word in words.known)
    return Vectors(ordered, (*values.known, *spelled), weights, dict(holders))


def nearest(
    vectors: Vectors, most: int, *, budget: int = _BUDGET
) -> tuple[tuple[Neighbour, ...], ...]:
    """Return the `most` nearest of each member, in the order of `vectors.members`.

    Where looking at every shared feature would take more than `budget` steps, those that most
    members have do not find a neighbour on their own; all count once one is found.
    """
    followed, whole = _followed(vectors, budget)
    found = []
    pages = [member.pageid for member in vectors.members]
    held = {
        number: [(other, vectors.weights[other][number]) for other in vectors.holders[number]]
        for number in followed
    }
    for one, vector in enumerate(vectors.weights):
        met: dict[int, float] = defaultdict(float)
        for number in followed.intersection(vector):
            weight = vector[number]
            for other, its in held[number]:
                met[other] += weight * its
        found.append(tuple(_best(vectors, one, met, most, whole, pages)))
    return tuple(found)


def is_text(of: Field) -> bool:
    """Return whether the words of a field are compared, rather than its values as they are."""
    return of.kind == "longtext" or (of.kind == "text" and not of.many)


class _Features(Generic[T]):
    """What pages have, counted; features have numbers in place of themselves, to be small."""

    def __init__(self, counted: Iterable[Mapping[T, int]]) -> None:
        found: dict[T, int] = {}
        among: Counter[int] = Counter()
        pages = []
        for counts in counted:
            numbers = array("I", (found.setdefault(each, len(found)) for each in counts))
            among.update(numbers)
            pages.append((numbers, array("I", counts.values())))
        self.known: tuple[T, ...] = tuple(sorted(found))
        self._pages = pages
        self._among = [among[number] for number in range(len(found))]
        self._rank = [0] * len(found)
        for rank, feature in enumerate(self.known):
            self._rank[found[feature]] = rank

    def weighed(
        self, most: int | None = None, common: float = 1.0
    ) -> Iterator[tuple[tuple[int, float], ...]]:
        """Yield the `most` heaviest features of each page, in their order, as a unit vector.

        What nobody else has counts in its length alone, and so does what is beyond `most`. What
        more than the `common` part of the pages has does not count at all.
        """
        limit = max(2, common * len(self._pages))
        rarity = [math.log((1 + len(self._pages)) / n) if n <= limit else 0.0 for n in self._among]
        among, rank = self._among, self._rank
        for numbers, counts in self._pages:
            raw = [
                (rarity[each] * (1 + math.log(n)) if n > 1 else rarity[each], each)
                for each, n in zip(numbers, counts, strict=True)
            ]
            length = math.sqrt(math.fsum([weight * weight for weight, _ in raw]))
            kept = [(-weight, rank[each]) for weight, each in raw if weight and among[each] > 1]
            if most is not None and len(kept) > most:
                kept = sorted(kept)[:most]
            yield tuple(sorted((number, -weight / length) for weight, number in kept))


def _followed(vectors: Vectors, budget: int) -> tuple[frozenset[int], bool]:
    """Return the features by which neighbours are looked for, and whether these are all."""
    by_length: dict[int, list[int]] = defaultdict(list)
    for number, holders in vectors.holders.items():
        by_length[len(holders)].append(number)
    followed: set[int] = set()
    for length in sorted(by_length):
        budget -= length * length * len(by_length[length])
        if budget < 0:
            return frozenset(followed), False
        followed.update(by_length[length])
    return frozenset(followed), True


def _best(
    vectors: Vectors,
    one: int,
    met: Mapping[int, float],
    most: int,
    whole: bool,
    pages: Sequence[int],
) -> Iterator[Neighbour]:
    here = pages[one]
    others = [place for place in met if pages[place] != here]
    if not whole and len(others) > _CANDIDATES:
        leading = heapq.nsmallest(_CANDIDATES, [(-met[place], place) for place in others])
        others = [place for _, place in leading]
    elif whole:  # what was met is the whole, but for the last digits
        others = heapq.nsmallest(2 * most, others, key=lambda place: (-met[place], place))
    scored = ((vectors.score(one, place), place) for place in others)
    for score, other in heapq.nsmallest(most, scored, key=lambda each: (-each[0], each[1])):
        yield Neighbour(other, score)
