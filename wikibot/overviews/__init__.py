"""What a wiki holds, in tables, figures and charts: pure functions from members to values."""

from wikibot.overviews.collection import Collection, Member
from wikibot.overviews.values import (
    Block,
    Cell,
    Chart,
    Column,
    Figure,
    Figures,
    Overview,
    Section,
    Table,
)

__all__ = [
    "Block",
    "Cell",
    "Chart",
    "Collection",
    "Column",
    "Figure",
    "Figures",
    "Member",
    "Overview",
    "Section",
    "Table",
]
