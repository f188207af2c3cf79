"""How an export spells and reads its titles: pure, so that it is told wherever its pages go."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from wikibot.page import Page
from wikibot.title import FRENCH, Namespaces, Title
from wikibot.wiki.dump.handler import ExportedPage, Site
from wikibot.wikitext import Syntax


@dataclass(frozen=True)
class Spelling:
    """The titles of one export."""

    site: Site

    @cached_property
    def syntax(self) -> Syntax:
        """The namespaces of the export, with the canonical English names beside them."""
        names = dict(self.site.names)
        own = {number: {name} for number, name in FRENCH.names}
        for name, number in FRENCH.aliases:
            own.setdefault(number, set()).add(name)
        aliases = tuple(
            (name, number)
            for number, known in own.items()
            # From 100 up a number means what the wiki says; 102 is not Property everywhere.
            if number in names and (number < 100 or names[number] in known)
            for name in sorted(known)
            if name
        )
        return Syntax(Namespaces(self.site.names, aliases))

    @cached_property
    def _prefixes(self) -> dict[int, str]:
        spaces = self.syntax.namespaces
        return {number: str(spaces.title(number, "")) for number, _ in self.site.names}

    def wanted(self, text: str) -> Title:
        """Return the title that `text` means on this wiki, where case may count.

        Raises:
            InvalidTitle: it is none.
        """
        namespaces = self.syntax.namespaces
        title = namespaces.parse(text)
        if title.namespace in self.site.sensitive:
            first = (namespaces.split(text.strip())[1].strip(" _:") or " ")[0]
            if first.upper() == title.name[0]:
                return namespaces.title(title.namespace, first + title.name[1:])
        return title

    def title(self, found: ExportedPage) -> Title:
        """Return the title of an exported page, as the wiki wrote it."""
        namespaces, number = self.syntax.namespaces, found.namespace
        prefix = None if number is None else self._prefixes.get(number)
        if number is not None and prefix is not None and found.title.startswith(prefix):
            return namespaces.title(number, found.title.removeprefix(prefix))
        return namespaces.parse(found.title)


def is_wikitext(found: ExportedPage) -> bool:
    """Return whether an exported page is one of those that count."""
    return found.model == "wikitext"


def page_of(found: ExportedPage, title: Title) -> Page | None:
    """Return the page; None where it is no wikitext, or its text is withheld."""
    if not is_wikitext(found) or found.text is None:
        return None
    return Page(found.id, title, found.revision, found.text)
