"""The whole overview: figures first, then its sections in the order in which people read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from wikibot.actions.action import is_done, tracker
from wikibot.errors import InputError
from wikibot.language import Text, counted, same
from wikibot.overviews.activity import activity
from wikibot.overviews.collection import Collection
from wikibot.overviews.completeness import completeness
from wikibot.overviews.counts import counts
from wikibot.overviews.crossed import crossed
from wikibot.overviews.funding import funding
from wikibot.overviews.glance import glance
from wikibot.overviews.near import near
from wikibot.overviews.others import PREFIX, others
from wikibot.overviews.places import places
from wikibot.overviews.quality import quality
from wikibot.overviews.relations import relations
from wikibot.overviews.settings import shown_types
from wikibot.overviews.since import since
from wikibot.overviews.tracked import tracked
from wikibot.overviews.values import Block, Column, Figure, Figures, Overview, Section, Table
from wikibot.tables import nearest

Part = Callable[[Collection], Section | None]

HEADING = Text("Vue d'ensemble", "Overview")


def overview(collection: Collection, *, sections: Sequence[str] = ()) -> Overview:
    """Return the overview of a collection: all its sections, or those named, in order of reading.

    They are about the page type that is read first; each other type has a section of its own,
    `type_` and its id. A section is left out where the wiki has nothing of the kind.

    Raises:
        InputError: there is no section of that name.
    """
    types = [f"{PREFIX}{page_type.id}" for page_type in collection.mapping.page_types]
    for wanted in sections:
        if wanted not in (*SECTIONS, *types):
            hint = nearest(wanted, (*SECTIONS, *types))
            raise InputError(
                Text(f"Aucune partie « {wanted} ».", f"No section “{wanted}”."),
                Text(f"Vouliez-vous dire « {hint} » ?", f"Did you mean “{hint}”?")
                if hint
                else Text(f"Au choix : {', '.join(SECTIONS)}.", f"One of: {', '.join(SECTIONS)}."),
            )
    found = [part(collection) for name, part in _PARTS.items() if not sections or name in sections]
    if not sections or not set(sections).isdisjoint(types):
        found += [each for each in others(collection) if not sections or each.id in sections]
    return Overview(
        heading=HEADING,
        wiki=collection.mapping.wiki.label.text,
        place=collection.place,
        as_of=collection.as_of,
        sections=tuple(section for section in found if section is not None),
    )


def summary(collection: Collection) -> Section | None:
    """Return the numbers that a committee asks for first, and what could not be read."""
    figures: list[Figure] = []
    for shown in shown_types(collection)[:1]:
        page_type, label = shown.page_type, shown.page_type.label.text
        shares = [completeness(page_type, member.filled) for member in shown.members]
        figures += [
            Figure(f"pages_{page_type.id}", _pages_of(label), shown.pages),
            Figure(
                "complete",
                Text("Complétude moyenne", "Mean completeness"),
                sum(shares) / len(shares),
                "share",
                Text(f"des pages « {label.fr} »", f"of the pages “{label.en}”"),
            ),
        ]
    figures += [*_of_money(collection), *_of_actions(collection), *_of_others(collection)]
    blocks: list[Block] = [Figures("summary_figures", tuple(figures))] if figures else []
    if collection.unread:
        blocks.append(_unread(collection))
    if not blocks:
        return None
    return Section("summary", Text("En bref", "In short"), tuple(blocks))


def _pages_of(label: Text) -> Text:
    return Text(f"Pages « {label.fr} »", f"Pages “{label.en}”")


def _of_money(collection: Collection) -> tuple[Figure, ...]:
    """Return the sum that the section on funding ends with, where it has one."""
    section = funding(collection)
    blocks = section.blocks if section else ()
    figures = [f for block in blocks if isinstance(block, Figures) for f in block.figures]
    return tuple(
        replace(figure, label=section.heading)
        for figure in figures[:3]
        if section and figure.id.endswith("_sum")
    )


def _of_others(collection: Collection) -> tuple[Figure, ...]:
    """Return how many pages there are of all other types."""
    rest = [s for s in shown_types(collection)[1:] if s.page_type.part_of is None]
    if not rest:
        return ()
    note = counted(len(rest), *_OTHER_TYPES)
    total = sum(shown.pages for shown in rest)
    return (Figure("pages_others", Text("Autres pages", "Other pages"), total, note=note),)


def _of_actions(collection: Collection) -> tuple[Figure, ...]:
    tracked, known = collection.tracked, tracker(collection.mapping)
    if tracked is None or known is None:
        return ()
    _, board = known
    left = [action for action in tracked.actions if not is_done(action, board)]
    return (
        Figure(
            "actions_open",
            Text("Actions à mener", "Actions to be done"),
            len(left),
            note=Text(
                "ni closes, ni dans la seule dernière colonne du tableau",
                "neither closed, nor in the last column of the board alone",
            ),
        ),
        Figure(
            "actions_overdue",
            Text("Actions en retard", "Overdue actions"),
            len(tracked.overdue),
            note=Text("à mener, l'échéance est passée", "to be done, past their due date"),
        ),
    )


def _unread(collection: Collection) -> Table:
    number = counted(
        len(collection.unread),
        Text("page ne se lit pas", "page cannot be read"),
        Text("pages ne se lisent pas", "pages cannot be read"),
    )
    return Table(
        "unread",
        Text(f"{number.fr} de façon sûre", f"{number.en} for sure"),
        (Column("page", same("Page"), "page"),),
        tuple((title,) for title in collection.unread),
        note=Text(
            "Elles ne comptent dans aucun nombre de cet aperçu.",
            "They count in no number of this overview.",
        ),
    )


_OTHER_TYPES = (
    Text("autre type, plus bas", "other type, below"),
    Text("autres types, plus bas", "other types, below"),
)

_PARTS: Mapping[str, Part] = {
    "summary": summary,
    "since": since,
    "glance": glance,
    "counts": counts,
    "crossed": crossed,
    "funding": funding,
    "relations": relations,
    "near": near,
    "places": places,
    "tracked": tracked,
    "activity": activity,
    "quality": quality,
}
SECTIONS = tuple(_PARTS)
