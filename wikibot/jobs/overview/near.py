"""Proposes near pages where the field for them is empty, as a plan that a person reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from wikibot.edits import Change, PageEdit, Plan, Record
from wikibot.errors import AmbiguousWikitext, InputError, UnsafeValue
from wikibot.jobs.overview.members import Reader
from wikibot.jobs.planning import make_plan, page_edit
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.typed import change_to, wikitext_of_items
from wikibot.language import Text, counted
from wikibot.mapping import Field, Mapping, PageType
from wikibot.mapping.overview import Overview
from wikibot.overviews.collection import Member
from wikibot.overviews.near import NEIGHBOURS
from wikibot.overviews.nearness import Near, nearest, vectors_of
from wikibot.overviews.settings import settings_of
from wikibot.page import Page
from wikibot.wiki import Wiki

CLEAR = 0.1  # how near a page must be to be proposed
_LEAST_SHARED = 2  # values or words
_MOST_NAMED = 3  # values and words told of a page


def propose_near(
    pages: Iterable[Page],
    mapping: Mapping,
    wiki: Wiki,
    *,
    only: Iterable[str] = (),
    around: Surroundings = REAL,
) -> Plan:
    """Return a plan that names near pages where the field for them is empty.

    `pages` are all that may be near; `only` are the titles to make proposals for, all where none
    is given. Three pages at most are proposed for one, none that shares too little, none below
    or above it (a translation), and none whose title the list would cut. No change is safe: each
    says in French what the pages share.
    """
    wanted = frozenset(only)
    reader = Reader(mapping, wiki.syntax)
    read: dict[str, list[Record]] = {}
    members: dict[str, list[Member]] = {}
    for page in pages:
        try:
            records = reader.records(page)
        except AmbiguousWikitext:
            continue
        for record in records:
            settings = settings_of(record.page_type, mapping)
            if settings.near and settings.near_by and record.page_type.part_of is None:
                members.setdefault(record.page_type.id, []).append(reader.member(record))
                if not record[settings.near].text or record[settings.near].is_empty:
                    read.setdefault(record.page_type.id, []).append(record)
    edits: list[PageEdit] = []
    for page_type in mapping.page_types:
        of_type, empty = members.get(page_type.id, []), read.get(page_type.id, [])
        if empty:
            settings = settings_of(page_type, mapping)
            edits += _edits(page_type, settings, of_type, empty, wanted, mapping)
    return make_plan(wiki, sorted(edits, key=lambda edit: edit.title), around)


def _edits(
    page_type: PageType,
    settings: Overview,
    members: list[Member],
    empty: list[Record],
    wanted: frozenset[str],
    mapping: Mapping,
) -> Iterator[PageEdit]:
    vectors = vectors_of(members, page_type, settings.near_by)
    places = {(m.pageid, m.index): place for place, m in enumerate(vectors.members)}
    found = nearest(vectors, 2 * NEIGHBOURS)
    for record in empty:
        title, place = str(record.page.title), places[record.page.id, record.index]
        if wanted and title not in wanted:
            continue
        pairs = [vectors.pair(place, other) for other, score in found[place] if score >= CLEAR]
        near = [
            pair
            for pair in pairs
            if len(pair.shared) >= _LEAST_SHARED and not _is_below(title, pair.other.title)
        ]
        change = _change(record, record[settings.near or ""].field, near, page_type, mapping)
        if change is not None:
            yield page_edit(record.page, (change,), mapping)


def _change(
    record: Record, field: Field, near: list[Near], page_type: PageType, mapping: Mapping
) -> Change | None:
    """Return the change that names near pages; None where there is none that can be written."""
    held = record[field.id]
    chosen: dict[str, Near] = {}
    for each in near:
        title = each.other.title
        if len(chosen) < NEIGHBOURS and field.separator not in title:
            chosen.setdefault(title, each)
    if not chosen or field.computed:
        return None
    try:
        new = wikitext_of_items(held, chosen, mapping)
    except (InputError, UnsafeValue):
        return None
    change = change_to(record, held, new)
    reason = " ; ".join(
        f"«\u00a0{title}\u00a0» : {_told(each, page_type).fr}" for title, each in chosen.items()
    )
    return replace(change, safe=False, reason=reason)


def _told(near: Near, page_type: PageType) -> Text:
    """Return what two pages share, field by field: how much, and the most telling of it."""
    told = []
    for field_id, values in near.values().items():
        found = page_type.field(field_id)
        if found is not None:
            of, first = counted(len(values), *_VALUES), ", ".join(values[:_MOST_NAMED])
            told.append(_SHARED.format(field=found.label.text, count=of, some=first))
    if near.words():
        told.append(_WORDS.format(words=", ".join(near.words()[:_MOST_NAMED])))
    return Text(", ".join(each.fr for each in told), ", ".join(each.en for each in told))


def _is_below(one: str, other: str) -> bool:
    return one.startswith(f"{other}/") or other.startswith(f"{one}/")


_VALUES = (Text("valeur", "value"), Text("valeurs", "values"))
_SHARED = Text("{count} de « {field} » ({some})", "{count} of “{field}” ({some})")
_WORDS = Text("mots rares ({words})", "rare words ({words})")
