"""What the wiki that is to get the pages can do, and how it is spelt there."""

from __future__ import annotations

from dataclasses import dataclass

from wikibot.language import Language, Text
from wikibot.title import FRENCH, Namespaces, Title, canonical_name

PROPERTY, FORM = 102, 106  # Semantic MediaWiki, Page Forms: their usual numbers


@dataclass(frozen=True)
class Facilities:
    """The extensions that are there, the wiki's namespaces, the language of its pages."""

    semantic: bool = True
    forms: bool = True
    template_data: bool = True
    namespaces: Namespaces = FRENCH
    language: Language = "fr"

    def say(self, fr: str, en: str) -> str:
        """Return words in the language of the wiki's pages."""
        return Text(fr, en).into(self.language)

    def title(self, namespace: int, name: str) -> Title:
        """Return the title of a page, with the wiki's own prefix."""
        return self.namespaces.title(namespace, canonical_name(name))

    def title_of(self, english: str, usual: int, name: str) -> Title:
        """Return the title in a namespace whose number a wiki may have changed."""
        number = self.namespaces.number(english)
        return self.title(usual if number is None else number, name)
