"""Places: the pages that have coordinates, for a map, and those whose coordinates are no place."""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.coordinates_format import position
from wikibot.language import Text
from wikibot.mapping import Field
from wikibot.overviews.collection import Collection
from wikibot.overviews.counts import title_of
from wikibot.overviews.glance import PAGE
from wikibot.overviews.settings import Shown, shown_types
from wikibot.overviews.values import Block, Chart, Column, Figure, Figures, Section, Table

_NOTE = Text(
    "Latitude et longitude en degrés, telles que la page les indique.",
    "Latitude and longitude in degrees, as the page tells them.",
)
_UNREAD = Text(
    "Ces coordonnées ne sont pas sur la carte : elles ne se lisent pas, ou sont hors du globe.",
    "These coordinates are not on the map: they cannot be read, or lie outside the globe.",
)


def places(collection: Collection) -> Section | None:
    """Return where the pages of the main type are, if it has a field of coordinates."""
    blocks = tuple(block for shown in shown_types(collection)[:1] for block in places_of(shown))
    if not blocks:
        return None
    return Section(
        "places",
        Text("Carte", "Map"),
        blocks,
        Text(
            "Les pages qui indiquent leurs coordonnées, à leur place.",
            "The pages that tell their coordinates, in their places.",
        ),
    )


def places_of(shown: Shown) -> Iterator[Block]:
    """Yield the map of a type and what is on it, nothing where it has no places."""
    if shown.settings.place is not None:
        yield from _of_type(shown, shown.field(shown.settings.place))


def _of_type(shown: Shown, field: Field) -> Iterator[Block]:
    """Yield the map of a page type, nothing where no page has coordinates."""
    placed, unread = [], []
    without = 0
    for member in shown.members:
        written = member.values.get(field.id, ())
        without += not written
        for text in written[:1] if not field.many else written:
            where = position(text)
            if where is None:
                unread.append((member.title, text))
            else:
                placed.append((member.title, where))
    if not placed and not unread:
        return
    type_id, label = shown.page_type.id, title_of(shown, field)
    yield Figures(
        f"places_{type_id}_figures",
        (
            Figure(
                f"places_{type_id}_placed",
                Text("Sur la carte", "On the map"),
                len(placed),
                note=label,
            ),
            Figure(
                f"places_{type_id}_wrong",
                Text("Coordonnées illisibles", "Coordinates that cannot be read"),
                len(unread),
            ),
            Figure(
                f"places_{type_id}_without",
                Text("Sans coordonnées", "Without coordinates"),
                without,
            ),
        ),
    )
    table_id = f"places_{type_id}"
    if placed:
        yield Chart(f"{table_id}_map", label, "map", table_id, "page", ("place",), most=len(placed))
        yield Table(
            table_id,
            label,
            (PAGE, Column("place", field.label.text, "place")),
            tuple(placed),
            note=_NOTE,
        )
    if unread:
        yield Table(
            f"{table_id}_unread",
            Text(f"{label.fr}, illisibles", f"{label.en}, not to be read"),
            (PAGE, Column("written", Text("Tel qu'écrit", "As written"), "text")),
            tuple(unread),
            note=_UNREAD,
        )
