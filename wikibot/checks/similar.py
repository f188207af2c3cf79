"""Which titles are nearly the same, among many: by keys that alike titles share, not in pairs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from wikibot.mapping import fold

_ELISION = re.compile(r"\b[dl]['’]", re.IGNORECASE)
_SMALL = frozenset(
    {"a", "au", "aux", "de", "des", "du", "en", "et", "la", "le", "les", "un", "une"}
    | {"and", "of", "the"}
)
_PLURAL = 5  # letters of a word whose last s or x may be that of the plural
_LONG = 7  # letters of a word that one slip does not turn into another word
_ALONE = 9  # the same for a title that is one word
_ANY_ORDER = 3  # words that say the same thing in any order


@lru_cache(maxsize=16384)
def words_of(title: str) -> tuple[str, ...]:
    """Return the words of a title that tell it apart, without accents, case and plurals."""
    words = (word for word in fold(_ELISION.sub("", title)).split() if word not in _SMALL)
    return tuple(map(_singular, words))


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _PLURAL and word.isalpha() and word[-1] in "sx" else word


def overlap(one: str, other: str) -> float:
    """Return the part of the words of the shorter title that the other one has, 0 to 1."""
    first, second = set(words_of(one)), set(words_of(other))
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0


class Alike:
    """Titles, to be asked which of them are one title with a slip of the pen.

    Alike are titles of the same words, from three on in any order, or with one slip in one long
    word, its first letter apart. Numbers are never alike: a guide of 2021 is not that of 2023.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        keyed: dict[int, list[str]] = defaultdict(list)
        self._known: dict[str, set[str]] = {}
        for title in titles:
            self._known[title] = set()
            for key in set(_keys(title)):
                keyed[key].append(title)
        self._keyed: Mapping[int, list[str]] = keyed
        for sharing in keyed.values():
            for title in sharing if len(sharing) > 1 else ():
                self._known[title].update(sharing)

    def to(self, title: str) -> tuple[str, ...]:
        """Return the other titles that are alike, in the order of titles."""
        near = self._known.get(title)
        if near is None:
            near = {near for key in set(_keys(title)) for near in self._keyed.get(key, ())}
        return tuple(sorted(found for found in near - {title} if _are_alike(title, found)))


def _keys(title: str) -> Iterator[int]:
    """Yield keys of which alike titles share one at least.

    Two words that differ by one slip become the same when each loses the right letter; none
    loses its first one, where a slip makes another word (location, vocation).
    """
    words = words_of(title)
    if not words:
        return
    yield hash(_in_order(words))
    for place, word in enumerate(words):
        if _may_slip(word, words):
            rest = (*words[:place], *words[place + 1 :])
            yield hash((place, rest, word))
            for letter in range(1, len(word)):
                yield hash((place, rest, word[:letter] + word[letter + 1 :]))


def _in_order(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(words)) if len(words) >= _ANY_ORDER else words


def _may_slip(word: str, words: tuple[str, ...]) -> bool:
    return word.isalpha() and len(word) >= (_LONG if len(words) > 1 else _ALONE)


def _are_alike(one: str, other: str) -> bool:
    first, second = words_of(one), words_of(other)
    if _in_order(first) == _in_order(second):
        return True
    if len(first) != len(second):
        return False
    apart = [(a, b) for a, b in zip(first, second, strict=True) if a != b]
    if len(apart) != 1:
        return False
    from rapidfuzz.distance import OSA  # only when two titles come so near

    a, b = apart[0]
    return _may_slip(a, first) and _may_slip(b, second) and OSA.distance(a, b, score_cutoff=1) <= 1
