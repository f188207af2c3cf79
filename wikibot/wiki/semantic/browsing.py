"""Reads the lists of `smwbrowse` (and `browsebyproperty`), and the counts of `smwinfo`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wikibot.title import MAIN
from wikibot.wiki.semantic.refusals import Malformed, check


@dataclass(frozen=True)
class Entry:
    """A property, category, concept, page or value of a list.

    `uses` counts the annotations with a property, None where that was not asked. `special`
    tells a property of Semantic MediaWiki's own.
    """

    key: str
    label: str
    namespace: int = MAIN
    uses: int | None = None
    special: bool = False


@dataclass(frozen=True)
class Browsed:
    """One part of a list; `following` is the offset of the next, None at the end.

    What is not listed may exist all the same: see `Subject`.
    """

    entries: tuple[Entry, ...]
    following: int | None


@dataclass(frozen=True)
class Info:
    """How much a wiki's Semantic MediaWiki holds: what `smwinfo` counts, by its own names.

    `propcount` are annotations, `usedpropcount` properties with a value, `proppagecount`
    those with a page, `errorcount` values that could not be read, `subobjectcount` subobjects.
    """

    counts: Mapping[str, int]
    formats: Mapping[str, int]
    jobs: Mapping[str, int]


def read_browsed(answer: object) -> Browsed:
    """Return a list of `smwbrowse` or `browsebyproperty`.

    Raises:
        QueryRefused: Semantic MediaWiki does not accept the question.
        Malformed: it is no such list.
    """
    whole = check(answer)
    try:
        following = int(whole.get("query-continue-offset") or 0)
        return Browsed(tuple(_entries(whole["query"])), following or None)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Malformed(f"no answer of smwbrowse: {error!r}") from None


def read_info(answer: object) -> Info:
    """Return the counts of `smwinfo`; an empty part comes as `[]`.

    Raises:
        QueryRefused: Semantic MediaWiki does not accept the question.
        Malformed: it is no such answer.
    """
    whole = check(answer)
    try:
        info = whole["info"]
        return Info(
            {str(name): int(count) for name, count in info.items() if _is_count(count)},
            _counts(info.get("formatcount")),
            _counts(info.get("jobcount")),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Malformed(f"no answer of smwinfo: {error!r}") from None


def _entries(query: Any) -> Iterator[Entry]:
    if isinstance(query, list):
        for value in query:
            if not isinstance(value, str | int | float):
                raise TypeError("no value")
            yield Entry(str(value), str(value))
        return
    if "subject" in query and "data" in query:
        raise ValueError("the facts of one subject")
    for name, record in query.items():
        key = str(record.get("key", name))
        uses = record.get("usageCount")
        yield Entry(
            key,
            str(record["label"]),
            int(record.get("ns", MAIN)),
            None if uses is None else int(uses),
            key.startswith("_"),
        )


def _is_count(count: object) -> bool:
    return isinstance(count, int | str) and str(count).isdecimal()


def _counts(sent: Any) -> dict[str, int]:
    return {str(name): int(count) for name, count in dict(sent or {}).items()}
