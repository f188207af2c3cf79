"""What the corrections of people teach: which spelling stood where they then put a term.

A lesson is one revision of a person in which, in one field of terms, one value that meant no term
for certain went and the label of one term came. What was taken back since, and what only put back
a label that had stood there before, teaches nothing; nor does what we have saved ourselves.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from wikibot.checks.label_without_prefix import prefixed
from wikibot.checks.placeholder_text import is_placeholder
from wikibot.checks.reading import fold
from wikibot.checks.terms import is_obsolete, standing, terms_within
from wikibot.checks.words import listed, quoted
from wikibot.edits import FieldValue, Record, records_of
from wikibot.errors import AmbiguousWikitext
from wikibot.language import Text
from wikibot.mapping import Field, Mapping, Vocabulary
from wikibot.page import Page, Revision
from wikibot.wikitext import Syntax

_OURS = re.compile(r"\s*\[wb:[^\]\s]+\]")
_LONGEST = 100  # characters; more is a sentence, and nobody's spelling of a term

_SEVERAL = Text(
    "{spelling} a été remplacé par {terms} : à vous de choisir.",
    "{spelling} was replaced by {terms}: which one is for you to say.",
)
_CLAIMED = Text(
    "{spelling} a été remplacé par {terms}, mais le vocabulaire le rattache déjà à {others}.",
    "{spelling} was replaced by {terms}, but the vocabulary takes it for {others} already.",
)


@dataclass(frozen=True)
class Lesson:
    """On one page, in one revision, a person replaced `spelling` by the label of a term."""

    vocabulary: str
    field: Field
    spelling: str
    term: str
    page: str
    when: datetime


@dataclass(frozen=True)
class Proposal:
    """An alias that people's corrections speak for; `page` and `last` are of the latest one."""

    vocabulary: str
    field: Field
    spelling: str
    term: str
    times: int
    pages: int
    page: str
    last: datetime


@dataclass(frozen=True)
class Disputed:
    """A spelling that cannot be an alias: it was replaced by several terms, or is taken."""

    vocabulary: str
    spelling: str
    terms: tuple[str, ...]
    why: Text


@dataclass(frozen=True)
class Learned:
    """What lessons come to; `rarer` counts the spellings corrected on too few pages."""

    proposals: tuple[Proposal, ...]
    disputed: tuple[Disputed, ...]
    rarer: int


@dataclass(frozen=True)
class _State:
    """One revision, read: its records, and how often each field of a type holds an item."""

    revision: Revision
    records: dict[tuple[str, int], Record]
    held: Counter[tuple[str, str, str]]

    def types(self) -> Counter[str]:
        """Return how many calls there are of each page type."""
        return Counter(type_id for type_id, _ in self.records)


@dataclass(frozen=True)
class _Swap:
    """In a field of a type one item went and the label of a term came."""

    page_type: str
    field: Field
    vocabulary: Vocabulary
    spelling: str
    label: str

    def place(self, word: str) -> tuple[str, str, str]:
        """Return the word as `_State.held` counts it."""
        return self.page_type, self.field.id, fold(word)


def lessons_of(
    versions: Sequence[Page],
    mapping: Mapping,
    syntax: Syntax,
    *,
    since: datetime,
    account: str | None,
) -> Iterator[Lesson]:
    """Yield the lessons of one page's versions, oldest first, in revisions from `since` on.

    `account` is the name under which our saves stand in the history.
    """
    states = [state for page in versions if (state := _state(page, mapping, syntax))]
    for place, (before, after) in enumerate(pairwise(states), 1):
        made = after.revision
        follows = made.parent_id == before.revision.id and made.timestamp >= since
        if not follows or is_ours(made, account) or before.types() != after.types():
            continue
        for swap in _swaps(before, after, mapping):
            wrong, right = swap.place(swap.spelling), swap.place(swap.label)
            moved = (
                after.held[wrong] >= before.held[wrong] or after.held[right] <= before.held[right]
            )
            came_back = any(later.held[wrong] > after.held[wrong] for later in states[place + 1 :])
            put_back = any(past.held[right] > before.held[right] for past in states[: place - 1])
            if not (moved or came_back or put_back):
                title = str(versions[-1].title)
                yield Lesson(
                    swap.vocabulary.id,
                    swap.field,
                    swap.spelling,
                    swap.label,
                    title,
                    made.timestamp,
                )


def is_ours(revision: Revision, account: str | None) -> bool:
    """Return whether a revision was saved by our account, or by a run under another one."""
    by_us = account is not None and revision.user == account
    return by_us or _OURS.match(revision.comment or "") is not None


def learned(lessons: Iterable[Lesson], mapping: Mapping, least: int) -> Learned:
    """Return the aliases that lessons of `least` different pages speak for, the surest first.

    With them in the vocabulary no other spelling means anything else than before.
    """
    alike: dict[tuple[str, str], list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        alike[lesson.vocabulary, fold(lesson.spelling)].append(lesson)
    vocabularies = {vocabulary.id: vocabulary for vocabulary in mapping.vocabularies}
    proposals, disputed, rarer = [], [], 0
    for (vocabulary_id, _), group in alike.items():
        if len({lesson.page for lesson in group}) < least:
            rarer += 1
            continue
        outcome = _outcome(group, vocabularies[vocabulary_id])
        if isinstance(outcome, Proposal):
            proposals.append(outcome)
        elif outcome:
            disputed.append(outcome)
    return Learned(
        tuple(sorted(proposals, key=lambda p: (-p.pages, -p.times, p.vocabulary, p.spelling))),
        tuple(sorted(disputed, key=lambda d: (d.vocabulary, d.spelling))),
        rarer,
    )


def _state(page: Page, mapping: Mapping, syntax: Syntax) -> _State | None:
    """Return a version read, None where it cannot be read with certainty."""
    try:
        found = records_of(page, mapping, syntax)
    except AmbiguousWikitext:
        return None
    records: dict[tuple[str, int], Record] = {}
    held: Counter[tuple[str, str, str]] = Counter()
    seen: Counter[str] = Counter()
    for record in found:
        type_id = record.page_type.id
        records[type_id, seen[type_id]] = record
        seen[type_id] += 1
        held.update(
            (type_id, value.field.id, fold(item))
            for value, _ in record.plain_terms
            for item in value.items
        )
    return _State(page.revision, records, held)


def _swaps(before: _State, after: _State, mapping: Mapping) -> Iterator[_Swap]:
    """Yield what was replaced by a label from one version to the next, call by call."""
    for key, record in after.records.items():
        earlier = before.records[key]
        for found, vocabulary in record.plain_terms:
            field = found.field
            words = _swapped(earlier[field.id], found)
            if words is None or not _teaches(words[1], vocabulary):
                continue
            if may_be_alias(words[0], vocabulary, field) and not prefixed(words[0], earlier, field):
                yield _Swap(key[0], field, vocabulary, *words)


def _swapped(before: FieldValue, after: FieldValue) -> tuple[str, str] | None:
    """Return the one item that went and the one that came, None where it is not so."""
    old, new = Counter(before.items), Counter(after.items)
    gone, came = list((old - new).elements()), list((new - old).elements())
    if len(gone) == len(came) == 1:
        return gone[0], came[0]
    return None


def _teaches(label: str, vocabulary: Vocabulary) -> bool:
    term = vocabulary.term(label)
    return term is not None and not is_obsolete(term, vocabulary)


def may_be_alias(spelling: str, vocabulary: Vocabulary, field: Field) -> bool:
    """Return whether a value means no term for certain, but may be somebody's word for one."""
    return (
        len(fold(spelling)) > 1  # a letter alone means nothing
        and len(spelling) <= _LONGEST
        and spelling.isprintable()
        and spelling not in field.placeholders
        and not is_placeholder(spelling)
        and standing(spelling, vocabulary)[0] == "unknown"
        and not terms_within(spelling, vocabulary)
    )


def _outcome(group: list[Lesson], vocabulary: Vocabulary) -> Proposal | Disputed | None:
    """Return what lessons on one spelling come to, whatever its case and accents."""
    spelling = Counter(lesson.spelling for lesson in group).most_common(1)[0][0]
    terms = tuple(dict.fromkeys(lesson.term for lesson in group))
    words = {"spelling": quoted(spelling), "terms": listed(terms)}
    if len(terms) > 1:
        return Disputed(vocabulary.id, spelling, terms, _SEVERAL.format(**words))
    others = _claiming(spelling, terms[0], vocabulary)
    if others:
        why = _CLAIMED.format(**words, others=listed(others))
        return Disputed(vocabulary.id, spelling, terms, why)
    if vocabulary.meant_by(spelling) or vocabulary.term(terms[0]) is None:
        return None
    last = max(group, key=lambda lesson: lesson.when)
    pages = len({lesson.page for lesson in group})
    return Proposal(
        vocabulary.id, last.field, spelling, terms[0], len(group), pages, last.page, last.when
    )


def _claiming(spelling: str, label: str, vocabulary: Vocabulary) -> list[str]:
    """Return the labels of the other terms that have the spelling in any of their words."""
    wanted = fold(spelling)
    words = {
        term.label: (term.label, *term.aliases, *term.hints, *filter(None, (term.code,)))
        for term in vocabulary.terms
    }
    return [
        other for other in words if other != label and wanted in {fold(w) for w in words[other]}
    ]
