"""The page types besides the main one: a section each, folded until somebody wants it."""

from __future__ import annotations

from wikibot.overviews.collection import Collection
from wikibot.overviews.counts import counts_of
from wikibot.overviews.crossed import crossed_of
from wikibot.overviews.glance import pages_of
from wikibot.overviews.near import near_of
from wikibot.overviews.places import places_of
from wikibot.overviews.settings import Shown, shown_types
from wikibot.overviews.together import together_of
from wikibot.overviews.values import Block, Section

PREFIX = "type_"
_MANY = 20  # members: of fewer, a person sees for herself what goes together


def others(collection: Collection) -> tuple[Section, ...]:
    """Return a section for each type but the first, what stands on its pages included."""
    grouped: dict[str, list[Shown]] = {}
    for shown in shown_types(collection)[1:]:
        page_type = shown.page_type
        group = page_type.part_of if page_type.part_of in grouped else page_type.id
        grouped.setdefault(group or page_type.id, []).append(shown)
    return tuple(_section(group, collection) for group in grouped.values())


def _section(group: list[Shown], collection: Collection) -> Section:
    blocks: list[Block] = []
    for shown in group:
        blocks += pages_of(shown, collection.mapping)
        blocks += counts_of(shown, collection)
        blocks += crossed_of(shown, collection)
        blocks += places_of(shown)
        if len(shown.members) >= _MANY:
            blocks += together_of(shown, collection)
            blocks += near_of(shown, collection)
    page_type = group[0].page_type
    return Section(
        f"{PREFIX}{page_type.id}",
        page_type.label.text,
        tuple(blocks),
        page_type.about.text if page_type.about else None,
        folded=True,
    )
