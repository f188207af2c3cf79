"""What a parameter probably holds, judged by its values alone; never more than a guess."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from wikibot.discovery.names import words_of
from wikibot.discovery.sample import ParameterSample
from wikibot.language import Text
from wikibot.mapping import Kind

_MOST_TERMS = 60  # a set of more is no small one
_LEAST_USES = 9  # of terms in all, below which nothing shows that they come back
_NEARLY = 0.85  # of the values: the others are what the checks are for
_LONG = 300  # characters from which a value is a text of its own
_LONG_SHARE = 0.3  # of the values
_ITEM = 70  # characters of an item of a list, at most
_WORDS = 9
_SEPARATORS = (",", ";")

_TESTS: tuple[tuple[Kind, Callable[[str], object]], ...] = (
    ("coordinates", re.compile(r"-?\d{1,2}(?:\.\d+)\s*,\s*-?\d{1,3}(?:\.\d+)$").match),
    ("url", re.compile(r"(?:https?://|www\.)\S+$", re.I).match),
    ("email", re.compile(r"(?:mailto:)?[^\s@|]+@[^\s@|]+\.[A-Za-z]{2,}$").match),
    (
        "date",
        re.compile(
            r"(?:(?:1[89]|20|21)\d\d-\d{1,2}(?:-\d{1,2})?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
            r"|(?:1er|\d{1,2})\s+[^\W\d_]{3,9}\.?\s+\d{4})$"
        ).match,
    ),
    (
        "file",
        re.compile(
            r"(?:(?:Fichier|File|Image)\s*:)?[^|\[\]{}<>#\n]+"
            r"\.(?:png|jpe?g|gif|svg|webp|tiff?|pdf|od[tps]|ogg|mp4|webm)$",
            re.I,
        ).match,
    ),
)  # fmt: skip
_NUMBER = re.compile(r"[-+]?\d+(?:[ \u00a0\u202f.,]\d+)*\s*(€|euros?|EUR|%|k€)?$", re.I)
_YES_NO = frozenset(("oui", "non", "vrai", "faux", "true", "false", "yes", "no"))
_MONEY = frozenset(
    (
        "montant",
        "budget",
        "cout",
        "couts",
        "prix",
        "tarif",
        "amount",
        "cost",
        "price",
        "financement",
    )
)
_TAGS = frozenset(("tags", "tag", "keywords", "keyword", "motscles", "mots", "motcle"))
_PEOPLE = frozenset(
    (
        "referent",
        "referents",
        "referente",
        "contributeur",
        "contributeurs",
        "auteur",
        "auteurs",
        "autrice",
        "membre",
        "membres",
        "responsable",
        "responsables",
        "animateur",
        "animatrice",
        "participants",
        "participant",
        "contact",
        "contacts",
        "assignee",
        "author",
        "authors",
    )
)
# What begins a part of a sentence, never an item of a list.
_CONNECTIVES = frozenset(
    (
        "et",
        "ou",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "un",
        "une",
        "qui",
        "que",
        "dont",
        "afin",
        "pour",
        "mais",
        "avec",
        "en",
        "dans",
        "sur",
        "par",
        "ainsi",
        "notamment",
        "comme",
        "and",
        "or",
        "the",
        "of",
        "to",
        "with",
        "for",
        "which",
    )
)
_MARKUP = re.compile(r"\n|'''?|\[\[|\[http|^\s*[*#=]|\{\||<[a-z]")
_BLOCKS = re.compile(r"\[\[|\[http|^\s*[*#=]|\{\||<[a-z]")
_SENTENCE = re.compile(r"[.!?…\]]$|[.!?] [A-ZÀ-Ý]")


@dataclass(frozen=True)
class Guess:
    """A guess and what it rests on. `terms` are those of a small set, usual first."""

    kind: Kind
    why: Text
    many: bool = False
    separator: str = ","
    terms: tuple[str, ...] = ()
    keywords: bool = False
    wikitext: bool = False


def guess(seen: ParameterSample, titles: frozenset[str] = frozenset()) -> Guess:
    """Return what the values of a parameter look like; `titles` are pages that exist."""
    values = [value for value, _ in seen.values]
    number = _seen(seen.filled)
    if seen.own * 2 > seen.filled:
        return Guess("text", number)  # the page's own name, not another page
    if not values:
        return Guess("text", Text("aucune valeur vue", "no value seen"))
    whole = _kind(seen.name, values, titles)
    if whole is not None:
        return Guess(whole, number)
    lists = [sign for sign in _SEPARATORS if _is_list(seen.name, values, sign)]
    if lists:  # what most lists have; a page may well use another by mistake
        separator = max(lists, key=lambda sign: sum(sign in value for value in values))
        return _list(seen, separator, titles, number)
    long_ones = sum(len(value) > _LONG for value in values)
    if any("\n" in value for value in values) or long_ones > _LONG_SHARE * len(values):
        return Guess("longtext", number, wikitext=True)
    amounts = [item for value in values for item in _items(value, ", ")]
    if all(map(_NUMBER.match, amounts)):
        return Guess(amount_or_number(seen.name, amounts), number)
    tags = not _TAGS.isdisjoint(words_of(seen.name))
    if _person(seen.name, values):
        return Guess("user", number)
    terms = () if tags else _small_set(seen.values)
    if terms:
        return Guess("term", number, terms=terms)
    long = max(map(len, values)) > _LONG // 2 and any(map(_BLOCKS.search, values))
    return Guess("longtext" if long else "text", number, wikitext=long)


def _seen(number: int) -> Text:
    if number == 1:
        return Text("une seule valeur vue", "one value seen")
    return Text(f"{number} valeurs vues", f"{number} values seen")


def amount_or_number(name: str, values: Iterable[str] = ()) -> Kind:
    """Return "amount" where the name or the values speak of money."""
    found = (_NUMBER.match(value) for value in values)
    money = any(m and m[1] and m[1] != "%" for m in found)
    return "amount" if money or not _MONEY.isdisjoint(words_of(name)) else "number"


def is_yes_no(values: Iterable[str]) -> bool:
    """Return whether the values are but those of a boolean, in either language."""
    return {value.casefold() for value in values} <= _YES_NO


def is_people(name: str) -> bool:
    """Return whether the name of a parameter speaks of people."""
    return not _PEOPLE.isdisjoint(words_of(name))


def _kind(name: str, values: Sequence[str], titles: frozenset[str]) -> Kind | None:
    """Return the kind that the values are of, but for a few wrong ones, or None."""
    for kind, test in _TESTS:
        if _nearly_all(map(test, values)):
            return kind
    if _nearly_all(map(_NUMBER.match, values)):
        return amount_or_number(name, values)
    if is_yes_no(values):
        return "boolean"
    if titles and sum(value in titles for value in values) * 2 > len(values):
        return "page"
    return None


def _nearly_all(tested: Iterable[object]) -> bool:
    results = [bool(result) for result in tested]
    return sum(results) >= _NEARLY * len(results)


def _is_list(name: str, values: Sequence[str], separator: str) -> bool:
    spaced = [v for v in values if separator in v]
    if not spaced or any("\n" in value or _SENTENCE.search(value) for value in values):
        return False
    split = [_items(value, separator) for value in values]
    for items in split:
        for item in items:
            first = item.split(" ", 1)[0]  # «Le Grand …» begins a name
            if len(item) > _ITEM or len(item.split()) > _WORDS or first in _CONNECTIVES:
                return False
    seen = Counter(item for items in split for item in set(items))
    shared = any(seen[item] > 1 for items in split if len(items) > 1 for item in items)
    longest = max(map(len, split))
    plural = any(word.endswith(("s", "x")) for word in words_of(name))
    return longest > 1 and (len(spaced) > 1 or longest > 2 or shared or plural)


def _items(value: str, separator: str) -> list[str]:
    return [item.strip() for item in value.split(separator) if item.strip()]


def _list(seen: ParameterSample, separator: str, titles: frozenset[str], why: Text) -> Guess:
    items: Counter[str] = Counter()
    for value, number in seen.values:
        for item in _items(value, separator):
            items[item] += number
    ranked = sorted(items.items(), key=lambda item: (-item[1], item[0]))
    kind = _kind(seen.name, list(items), titles)
    if kind is not None:
        return Guess(kind, why, many=True, separator=separator)
    if not _TAGS.isdisjoint(words_of(seen.name)):
        return Guess("text", why, many=True, separator=separator, keywords=True)
    if _person(seen.name, list(items)):
        return Guess("user", why, many=True, separator=separator)
    terms = _small_set(ranked)
    return Guess("term" if terms else "text", why, True, separator, terms)


def _small_set(ranked: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Return the values where few come back often, else nothing."""
    number = sum(count for _, count in ranked)
    short = all(len(value) <= 2 * _ITEM and not _MARKUP.search(value) for value, _ in ranked)
    if short and number >= _LEAST_USES and len(ranked) <= min(_MOST_TERMS, number // 3):
        return tuple(value for value, _ in ranked)
    return ()


def _person(name: str, values: Sequence[str]) -> bool:
    return is_people(name) and all(len(v) <= _ITEM and "\n" not in v for v in values)
