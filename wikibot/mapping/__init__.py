"""What the fields of a wiki's pages mean: page types, fields, vocabularies, terms; data."""

from wikibot.mapping.load import load_mapping, packaged_mappings
from wikibot.mapping.model import (
    Board,
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
from wikibot.mapping.rules import RuleSettings, WaiverEntry, WaiverFile, wrong_waivers

__all__ = [
    "Board",
    "Field",
    "Kind",
    "Label",
    "Mapping",
    "PageType",
    "RuleSettings",
    "Term",
    "Vocabulary",
    "WaiverEntry",
    "WaiverFile",
    "WikiSettings",
    "fold",
    "load_mapping",
    "packaged_mappings",
    "wrong_waivers",
]
