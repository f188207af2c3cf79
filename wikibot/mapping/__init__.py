"""What the fields of a wiki's pages mean: page types, fields, vocabularies, terms; data."""

from wikibot.mapping.load import load_mapping, packaged_mappings
from wikibot.mapping.model import Board, Field, Kind, Mapping, PageType, WikiSettings
from wikibot.mapping.rules import RuleSettings, WaiverEntry, WaiverFile, wrong_waivers
from wikibot.mapping.vocabulary import Label, Term, Vocabulary, fold

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
