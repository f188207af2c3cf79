"""Reads answers of `ask` and `askargs`, of versions 2 and 3 of that API.

Empty results and printouts come as `[]` in place of `{}`; version 3 lists objects of one key
each; a page without a main label (`mainlabel=-`) has but its key. The pages of version 2 are
keyed by title, so that two subobjects of one name become one: wikibot asks in version 3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from wikibot.errors import InvalidTitle
from wikibot.title import FRENCH, Namespaces
from wikibot.wiki.semantic.reading import as_key, page_of_record, read_value
from wikibot.wiki.semantic.refusals import Malformed, check, warnings
from wikibot.wiki.semantic.values import PageValue, Printout, Subject, Value

# Modes of a printout. Source: Semantic MediaWiki, class PrintRequest.
_CATEGORIES, _PROPERTY, _THIS, _IN_CATEGORY, _CHAIN = range(5)


@dataclass(frozen=True)
class Listed:
    """What one answer lists: part of what Semantic MediaWiki's own tables hold at this moment.

    A page that is not among the subjects may well exist, hold that very value, and be listed
    an instant later: nothing is deleted, emptied or closed because it is missing here.
    `offset` is where the wiki says that this part begins (None: it does not say), `following`
    where the next part does, None at the end.
    """

    subjects: tuple[Subject, ...]
    properties: tuple[Printout, ...]  # what was asked of each, without values
    offset: int | None = None
    following: int | None = None
    warnings: tuple[str, ...] = ()


def read_listed(answer: object, namespaces: Namespaces = FRENCH, question: str = "") -> Listed:
    """Return what an answer lists; `question` is shown where the wiki refuses it.

    Raises:
        QueryRefused: Semantic MediaWiki does not accept the query.
        Malformed: it is no answer of `ask`.
    """
    whole = check(answer, question)
    try:
        query = whole["query"]
        asked: dict[str, Printout] = {}
        for printout in map(_asked, query["printrequests"]):
            if printout is not None:
                asked.setdefault(printout.label, printout)
        subjects = tuple(
            _subject(name, row, asked, namespaces) for name, row in _rows(query["results"])
        )
        meta = query.get("meta") or {}
        offset = int(meta["offset"]) if "offset" in meta else None
        following = whole.get("query-continue-offset")
        return Listed(
            subjects,
            tuple(asked.values()),
            offset,
            None if following is None else int(following),
            warnings(whole),
        )
    except (AttributeError, InvalidTitle, KeyError, TypeError, ValueError) as error:
        raise Malformed(f"no answer of ask: {error!r}") from None


def _asked(request: dict[str, Any]) -> Printout | None:
    label, mode = str(request["label"]), int(request["mode"])
    key, datatype = str(request.get("key") or ""), str(request["typeid"])
    if mode == _THIS:
        return None
    if mode == _CATEGORIES:
        key = "_INST"
    if mode == _IN_CATEGORY:
        datatype = "_boo"  # the wiki says _wpg, and sends "t" or "f"
    return Printout(label, key, datatype)


def _rows(results: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(results, dict):
        yield from results.items()
        return
    for position, entry in enumerate(results):
        if isinstance(entry, list):  # PHP's array of the one page "0"
            yield from ((str(i), row) for i, row in enumerate(entry))
        elif len(entry) == 1 and "printouts" not in entry:
            yield from entry.items()
        else:
            yield str(position), entry


def _subject(
    name: str, row: dict[str, Any], asked: dict[str, Printout], namespaces: Namespaces
) -> Subject:
    page = page_of_record(row) if "fulltext" in row else _page_named(name, namespaces)
    sent = row["printouts"]
    if isinstance(sent, list):  # none; or PHP's array of the labels "0", "1", …
        sent = {str(place): values for place, values in enumerate(sent)}
    printouts = [
        replace(printout, values=_values(sent.get(label, ()), printout.datatype))
        for label, printout in asked.items()
    ]
    printouts += [Printout(n, "", "", _values(v, "")) for n, v in sent.items() if n not in asked]
    return Subject(page.title, tuple(printouts), page.fragment, page.exists, page.displaytitle)


def _values(sent: Any, datatype: str) -> tuple[Value, ...]:
    if not isinstance(sent, list | tuple):
        raise TypeError("values are no list")
    return tuple(read_value(value, datatype) for value in sent)


def _page_named(name: str, namespaces: Namespaces) -> PageValue:
    full, _, fragment = name.partition("#")
    return PageValue(namespaces.parse(full), as_key(fragment))
