"""pages: the pages that match. show: the fields of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from wikibot.edits import FieldValue, Record, records_of
from wikibot.errors import InputError
from wikibot.jobs.assign import parse_assignment
from wikibot.jobs.select import the_field
from wikibot.language import Text
from wikibot.mapping import Mapping, fold
from wikibot.page import Page
from wikibot.wiki import Wiki


def matching(
    pages: Iterable[Page], conditions: Sequence[str], mapping: Mapping, wiki: Wiki
) -> Iterator[Record]:
    """Yield the first record of each page on which every `FIELD=VALUE` holds.

    A value matches in any spelling that means the same term, without regard to case and
    accents; an empty value matches an empty field. A condition on a field that a page's type
    does not have never holds there.

    Raises:
        InputError: a condition has no equals sign, or names a field of no page type.
        AmbiguousWikitext: a page cannot be read with certainty.
    """
    wanted = [parse_assignment(condition) for condition in conditions]
    for condition in wanted:
        if condition.operator != "=":
            raise InputError(
                Text(
                    f"« {condition.operator} » n'est pas une condition ; écrivez CHAMP=VALEUR.",
                    f"“{condition.operator}” is no condition; write FIELD=VALUE.",
                )
            )
    known: set[str] = set()
    unknown: dict[str, InputError] = {}
    for page in pages:
        record = next(iter(records_of(page, mapping, wiki.syntax)), None)
        if record is None:
            continue
        holds = True
        for condition in wanted:
            try:
                found = record[the_field(record, condition.field).id]
            except InputError as error:
                unknown[condition.field] = error
                holds = False
                continue
            known.add(condition.field)
            holds = holds and _holds(found, condition.value.strip(), mapping)
        if holds:
            yield record
    for name, refusal in unknown.items():
        if name not in known:
            raise refusal


def _holds(found: FieldValue, wanted: str, mapping: Mapping) -> bool:
    if not wanted:
        return found.is_empty
    vocabulary = mapping.vocabulary(found.field)
    term = vocabulary.meant_by(wanted) if vocabulary else None
    if vocabulary and term and any(vocabulary.meant_by(item) is term for item in found.items):
        return True
    return fold(wanted) in {fold(item) for item in (*found.items, found.text)}
