"""How much a mapping knows, in words."""

from __future__ import annotations

from wikibot.language import Text, counted
from wikibot.mapping import Mapping

_TYPES = Text("type de pages", "page type"), Text("types de pages", "page types")
_FIELDS = Text("champ", "field"), Text("champs", "fields")
_VOCABULARIES = Text("vocabulaire", "vocabulary"), Text("vocabulaires", "vocabularies")


def size(mapping: Mapping) -> Text:
    """Return «17 types de pages, 230 champs, 29 vocabulaires»."""
    parts = (
        counted(len(mapping.page_types), *_TYPES),
        counted(sum(len(page_type.fields) for page_type in mapping.page_types), *_FIELDS),
        counted(len(mapping.vocabularies), *_VOCABULARIES),
    )
    return Text(", ".join(part.fr for part in parts), ", ".join(part.en for part in parts))
