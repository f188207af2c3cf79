"""What a page type shows of itself in an overview."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field as Key

from wikibot.mapping.base import Id, Table

Pair = Annotated[tuple[Id, Id], Key(strict=False)]


class Overview(Table):
    """Which fields of a page type are counted, crossed, summed and drawn."""

    rank: int = Key(
        default=100,
        ge=1,
        description="Page types of a lower rank come first; of the same one, those of most pages.",
    )
    glance: tuple[Id, ...] = Key(
        default=(), strict=False, description="Fields that are columns of the table at a glance."
    )
    counts: tuple[Id, ...] = Key(
        default=(), strict=False, description="Fields whose values are counted."
    )
    crossed: tuple[Pair, ...] = Key(
        default=(), strict=False, description="Pairs of fields: how often values meet on a page."
    )
    side_by_side: tuple[Id, ...] = Key(
        default=(),
        strict=False,
        description="Fields of one vocabulary: how often each of them holds each of its terms.",
    )
    together: tuple[Id, ...] = Key(
        default=(),
        strict=False,
        description="Lists of which an overview tells which values occur together.",
    )
    amount: Id | None = Key(default=None, description="The field of the money that is asked for.")
    amount_by: Id | None = Key(default=None, description="The field by which it is summed up.")
    place: Id | None = Key(default=None, description="The field of coordinates, for the map.")
    near_by: tuple[Id, ...] = Key(
        default=(), strict=False, description="Fields and texts by which pages are near each other."
    )
    near: Id | None = Key(
        default=None, description="The field that names near pages: proposed where it is empty."
    )
