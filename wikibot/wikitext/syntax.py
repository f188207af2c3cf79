"""How one wiki reads wikitext: its namespaces and its extension tags."""

from __future__ import annotations

from dataclasses import dataclass

from wikibot.title import FRENCH, Namespaces

# The tags of MediaWiki 1.39 itself and of the extensions usual on semantic wikis. A server
# tells its own by `siprop=extensiontags`.
DEFAULT_TAGS = frozenset(
    (
        "pre",
        "nowiki",
        "gallery",
        "indicator",
        "langconvert",
        "ref",
        "references",
        "math",
        "chem",
        "ce",
        "syntaxhighlight",
        "source",
        "templatedata",
        "poem",
        "score",
        "timeline",
        "inputbox",
        "imagemap",
        "categorytree",
        "tabber",
        "section",
        "charinsert",
        "hiero",
        "graph",
        "mapframe",
        "maplink",
        "youtube",
    )
)


@dataclass(frozen=True)
class Syntax:
    """What a reader of a wiki's text has to know beforehand."""

    namespaces: Namespaces = FRENCH
    extension_tags: frozenset[str] = DEFAULT_TAGS


FRENCH_WIKI = Syntax()
