"""How near pages are to each other, by the values and the words that they share.

A value or a word weighs the more the fewer pages have it: ln((1 + pages) / pages that have it); a
word that stands n times in a page weighs 1 + ln n times as much (tf-idf, Spärck Jones 1972, Salton
and Buckley 1988); a word of more than half of the pages tells nothing. Values and words each make a
vector of length one, and values, which people chose, are two thirds of the whole; how near two
pages are is the cosine between them, from 0 to 1.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import mul
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
        return min(1.0, math.fsum([a[n] * b[n] for n in self.held[one] & self.held[other]]))

    @cached_property
    def held(self) -> tuple[frozenset[int], ...]:
        """Return the numbers of the features of each member: two sets meet faster than dicts."""
        return tuple(map(frozenset, self.weights))

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
    chosen: dict[Feature, int] = {}
    values = _Features(
        chosen,
        (
            {
                chosen.setdefault((each, value), len(chosen)): 1
                for each in lists
                for value in member.values.get(each, ())
            }
            for member in ordered
        ),
    )
    counter = Words()
    words = _Features(
        counter.known,
        (
            counter.counted(text for each in texts for text in member.values.get(each, ()))
            for member in ordered
        ),
    )
    of_values, of_words = (_VALUES_ARE, 1 - _VALUES_ARE) if texts and lists else (1.0, 1.0)
    long, short = math.sqrt(of_values), math.sqrt(of_words)
    first = len(values.known)
    of_each = zip(
        values.weighed(long), words.weighed(short, first, _MOST_WORDS, _COMMON), strict=True
    )
    weights = tuple(dict(by_value + by_word) for by_value, by_word in of_each)
    holders = defaultdict[int, list[int]](list)
    for place, vector in enumerate(weights):
        for number in vector:
            holders[number].append(place)
    spelled = tuple((WORDS, counter.spelling[counter.known[word]]) for word in words.known)
    return Vectors(ordered, (*values.known, *spelled), weights, dict(holders))


def nearest(
    vectors: Vectors, most: int, *, budget: int = _BUDGET
) -> tuple[tuple[Neighbour, ...], ...]:
    """Return the `most` nearest of each member, in the order of `vectors.members`.

    Where looking at every shared feature would take more than `budget` steps, those that most
    members have do not find a neighbour on their own; all count once one is found.
    """
    followed, whole = _followed(vectors, budget)
    weights = vectors.weights
    lists = {
        number: [(other, weights[other][number]) for other in vectors.holders[number]]
        for number in followed
    }
    entries = defaultdict[int, list[int]](list)  # of one page: they are not near each other
    for place, member in enumerate(vectors.members):
        entries[member.pageid].append(place)
    found = []
    for one, vector in enumerate(weights):
        met: dict[int, float] = {}
        so_far = met.get
        for number in followed & vectors.held[one]:
            weight = vector[number]
            for other, its in lists[number]:
                met[other] = so_far(other, 0.0) + weight * its
        for other in entries[vectors.members[one].pageid]:
            met.pop(other, None)
        # what was met is the whole of what is shared, but for the last digits; or a part of it
        some = _leading(met, 2 * most if whole else _CANDIDATES)
        scored = sorted((-vectors.score(one, other), other) for other in some)
        found.append(tuple(Neighbour(other, -score) for score, other in scored[:most]))
    return tuple(found)


def is_text(of: Field) -> bool:
    """Return whether the words of a field are compared, rather than its values as they are."""
    return of.kind == "longtext" or (of.kind == "text" and not of.many)


class _Features(Generic[T]):
    """What pages have, counted; features have numbers in place of themselves, to be small."""

    def __init__(self, known: Mapping[T, int], counted: Iterable[Mapping[int, int]]) -> None:
        """Count the features of pages by number; `known` has their numbers when all are read."""
        self._pages = [(array("I", page), array("I", page.values())) for page in counted]
        among: Counter[int] = Counter()
        for numbers, _ in self._pages:
            among.update(numbers)
        self.known: tuple[T, ...] = tuple(sorted(known))
        self._among = [among[number] for number in range(len(known))]
        self._rank = [0] * len(known)
        for rank, feature in enumerate(self.known):
            self._rank[known[feature]] = rank

    def weighed(
        self, scale: float, first: int = 0, most: int | None = None, common: float = 1.0
    ) -> Iterator[list[tuple[int, float]]]:
        """Yield the `most` heaviest features of each page, in their order, as a vector.

        Its length is `scale` at most; the numbers of features begin with `first`. What nobody
        else has counts in its length alone, and so does what is beyond `most`. What more than
        the `common` part of the pages has does not count at all.
        """
        limit = max(2, common * len(self._pages))
        rarity = [math.log((1 + len(self._pages)) / n) if n <= limit else 0.0 for n in self._among]
        shared = [0.0 if n == 1 else w for n, w in zip(self._among, rarity, strict=True)]
        counted = set[int]().union(*(counts for _, counts in self._pages))
        often = {n: 1 + math.log(n) for n in counted}
        rank = self._rank
        for numbers, counts in self._pages:
            times = list(map(often.__getitem__, counts))
            raw = list(map(mul, map(rarity.__getitem__, numbers), times))
            length = math.sqrt(math.fsum(map(mul, raw, raw)))
            told = list(map(mul, map(shared.__getitem__, numbers), times))
            least = sorted(told)[-most] if most is not None and len(told) > most else 0.0
            kept = [
                (-weight, rank[each])
                for weight, each in zip(told, numbers, strict=True)
                if weight and weight >= least
            ]
            if most is not None and len(kept) > most:
                kept = sorted(kept)[:most]
            yield sorted([(first + n, scale * (-weight / length)) for weight, n in kept])


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


def _leading(met: Mapping[int, float], most: int) -> list[int]:
    """Return the `most` places that were met with most; of the same, the first."""
    if len(met) <= most:
        return list(met)
    least = sorted(met.values())[-most]
    ranked = sorted((-weight, place) for place, weight in met.items() if weight >= least)
    return [place for _, place in ranked[:most]]
