"""Relations: which values occur together, and which pages name which others."""

from __future__ import annotations

from wikibot.language import Text
from wikibot.overviews.collection import Collection
from wikibot.overviews.links import links
from wikibot.overviews.settings import shown_types
from wikibot.overviews.together import together_of
from wikibot.overviews.values import Section


def relations(collection: Collection) -> Section | None:
    """Return what goes together on pages of the main type, and which pages name each other."""
    main = shown_types(collection)[:1]
    of_main = [block for shown in main for block in together_of(shown, collection)]
    blocks = (*of_main, *links(collection))
    if not blocks:
        return None
    return Section("relations", _HEADING, blocks, _INTRO)


_HEADING = Text("Ce qui va ensemble", "What goes together")
_INTRO = Text(
    "Les valeurs que les mêmes pages portent, et les pages qui se nomment entre elles.",
    "Values that the same pages bear, and pages that name each other.",
)
