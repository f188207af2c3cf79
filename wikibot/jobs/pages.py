"""pages: the pages on which conditions hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from wikibot.edits import Record, records_of
from wikibot.errors import AmbiguousWikitext
from wikibot.jobs.query import Query, Undecided, parse_condition
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.wiki import Wiki

LeftOut = Callable[[Page, Text], None]


def matching(
    pages: Iterable[Page],
    conditions: Sequence[str],
    mapping: Mapping,
    wiki: Wiki,
    *,
    left_out: LeftOut | None = None,
) -> Iterator[Record]:
    """Yield, of each page on which every condition holds, the first record on which they do.

    Conditions are those of `query.parse_condition`. A value matches in any spelling that means
    the same term, without regard to case and accents; an empty value matches an empty field. A
    condition on a field that a page's type does not have never holds there.

    `left_out` is told each page of which nobody can say whether it matches, and why. Without it
    such a page does not match, and one that cannot be read ends the search.

    Raises:
        InputError: a condition that is none, names a field of no page type, or compares what
            cannot be compared: at once, before a page is read.
        AmbiguousWikitext: a page cannot be read with certainty, and `left_out` is not there.
    """
    query = Query([parse_condition(condition) for condition in conditions], mapping)
    return _matching(pages, query, mapping, wiki, left_out)


def _matching(
    pages: Iterable[Page], query: Query, mapping: Mapping, wiki: Wiki, left_out: LeftOut | None
) -> Iterator[Record]:
    for page in pages:
        try:
            records = records_of(page, mapping, wiki.syntax)
        except AmbiguousWikitext as error:
            if left_out is None:
                raise
            left_out(page, error.message)
            continue
        undecided: Undecided | None = None
        for record in records:
            answer = query.holds(record)
            if answer is True:
                yield record
                break
            if isinstance(answer, Undecided):
                undecided = undecided or answer
        else:
            if undecided is not None and left_out is not None:
                left_out(page, undecided.why)
