"""What the fields of a wiki's pages mean: page types, fields, vocabularies, terms; data."""

from wikibot.mapping.load import load_mapping, packaged_mappings
from wikibot.mapping.model import (
    Field,
    Kind,
    Label,
    Mapping,
    PageType,
    Term,
    Vocabulary,
    WikiSettings,
    fold,
)

__all__ = [
    "Field",
    "Kind",
    "Label",
    "Mapping",
    "PageType",
    "Term",
    "Vocabulary",
    "WikiSettings",
    "fold",
    "load_mapping",
    "packaged_mappings",
]
