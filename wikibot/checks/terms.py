"""How an item of a list stands to a vocabulary: its label, another spelling, or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from wikibot.checks.reading import bare_name, fold
from wikibot.edits import FieldValue
from wikibot.mapping import Term, Vocabulary

Standing = Literal["label", "spelling", "alias", "unknown"]

_SMALL = frozenset({"au", "aux", "de", "des", "du", "en", "et", "la", "le", "les"})
# Words of so many letters that are so much alike (0 to 100) are the same one with a slip.
_LONG = 4
_ALIKE = 80.0

_SEPARATORS = (
    re.compile(r"\s*\n[*#:\s]*"),
    re.compile(r"\s*;\s*"),
    re.compile(r"\s*•\s*"),
    re.compile(r"\s*,\s*"),
    re.compile(r"\s+/\s+"),
    re.compile(r"\s*\|\s*"),
)
_SIGN = re.compile(r"[\n;•,/|]")
_SLASH = re.compile(r"\s*/\s*")


def standing(item: str, vocabulary: Vocabulary) -> tuple[Standing, Term | None]:
    """Return how `item` stands to the vocabulary, and the one term it means."""
    term = vocabulary.term(item)
    if term:
        return "label", term
    folded = fold(item)
    term = vocabulary.meant_by(item) if folded else None
    if term is None:
        return "unknown", None
    return ("spelling" if folded == fold(term.label) else "alias"), term


def is_obsolete(term: Term, vocabulary: Vocabulary) -> bool:
    """Return whether the vocabulary has moved on: a successor, or terms of later years."""
    if term.replaced_by:
        return True
    until = term.until
    return until is not None and any(
        other.since is not None and other.since > until for other in vocabulary.terms
    )


def terms_within(item: str, vocabulary: Vocabulary) -> tuple[Term, ...]:
    """Return the terms of an item that is several known terms with a sign between them."""
    if not _SIGN.search(item):
        return ()
    is_tree = any("/" in term.label for term in vocabulary.terms)
    for separator in _SEPARATORS if is_tree else (*_SEPARATORS, _SLASH):
        parts = [part for part in separator.split(item.strip("*# \n")) if part]
        if len(parts) > 1:
            terms = [standing(part, vocabulary)[1] for part in parts]
            known = [term for term in terms if term is not None]
            if len(known) == len(parts):
                return tuple(known)
    return ()


def meant(found: FieldValue, vocabulary: Vocabulary) -> Iterator[tuple[str, Term]]:
    """Yield each item of a field with the term it means; of a list, those that one item joins."""
    for item in dict.fromkeys(found.items):
        known = vocabulary.term(item)  # as most are
        for term in (known,) if known else _terms_of(item, found, vocabulary):
            yield item, term


def labels_meant(found: FieldValue, vocabulary: Vocabulary) -> dict[str, list[str]]:
    """Return the labels that the items of a field mean, in their order, and the items of each.

    An item that means none stands for itself.
    """
    known: dict[str, list[str]] = {}
    for item in dict.fromkeys(found.items):
        if vocabulary.term(item):  # as most are
            known.setdefault(item, []).append(item)
            continue
        terms = _terms_of(item, found, vocabulary)
        for label in [term.label for term in terms] or [item]:
            known.setdefault(label, []).append(item)
    return known


def _terms_of(item: str, found: FieldValue, vocabulary: Vocabulary) -> tuple[Term, ...]:
    term = standing(item, vocabulary)[1]
    if term:
        return (term,)
    return terms_within(item, vocabulary) if found.field.many else ()


def suggested(text: str, vocabulary: Vocabulary) -> tuple[tuple[str, ...], str | None]:
    """Return the label clearly meant, else up to three that look like `text`; none obsolete.

    A label is clearly meant by one of its hints, or by a slip of the pen.
    """
    near = [
        label
        for label in vocabulary.nearest(text, limit=6)
        if (term := vocabulary.term(label)) and not is_obsolete(term, vocabulary)
    ]
    hinted = vocabulary.hinted(text)
    clear = hinted.label if hinted else clearly_meant(text, near, vocabulary)
    return ((clear,) if clear else tuple(near[:3])), clear


def clearly_meant(text: str, labels: Iterable[str], vocabulary: Vocabulary) -> str | None:
    """Return the one of the nearest labels that `text` is with slips of the pen, or None.

    Each word must be the other's but for a slip: `BY NC` is no `BY SA`, 2021 no 2023.
    """
    words = _words(text)
    meant = {
        label
        for label in labels
        if (term := vocabulary.term(label))
        and any(
            _are_alike(words, _words(spelling))
            for spelling in (term.label, bare_name(term.label), *term.aliases)
        )
    }
    return meant.pop() if len(meant) == 1 else None


def _words(text: str) -> list[str]:
    return [word for word in fold(text).split() if word not in _SMALL]


def _are_alike(one: list[str], other: list[str]) -> bool:
    from rapidfuzz import fuzz  # only when something is wrong

    return (
        len(one) == len(other) > 0
        and any(len(word) >= _LONG for word in one)
        and all(
            a == b
            or (min(len(a), len(b)) >= _LONG and (a + b).isalpha() and fuzz.ratio(a, b) >= _ALIKE)
            for a, b in zip(one, other, strict=True)
        )
    )
