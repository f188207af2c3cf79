"""What was found where words were looked up: pages, and the passages in which the words stand."""

from __future__ import annotations

from dataclasses import dataclass

from wikibot.edits.contents import Passage
from wikibot.title import Title

Parts = tuple[tuple[str, bool], ...]  # a text in pieces, each with whether it is a word looked for


@dataclass(frozen=True)
class Hit:
    """A passage in which words that were looked for stand, its value being an excerpt alone."""

    passage: Passage
    parts: Parts


@dataclass(frozen=True)
class FoundPage:
    """A page on which every word that was looked for stands; `hits` the best of `places`.

    `heading` is its title in pieces; `calls` are the templates that it calls.
    """

    pageid: int
    title: Title
    revid: int
    heading: Parts
    calls: tuple[str, ...]
    hits: tuple[Hit, ...]
    places: int
