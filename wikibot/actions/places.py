"""What is known of the pages that actions name: which are there, and where redirects lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from wikibot.edits.titles import resolved
from wikibot.mapping import fold
from wikibot.page import Standing
from wikibot.title import FRENCH, Namespaces

_NEAR = 75.0  # 0 to 100; below, a suggestion puzzles more than it helps


@dataclass(frozen=True)
class Places:
    """What is known of titles, by title.

    `titles` are those of the pages that actions may be about. What `standing` does not tell of
    is not known, and never taken for absent.
    """

    standing: Mapping[str, Standing] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    namespaces: Namespaces = FRENCH

    def resolved(self, title: str) -> str:
        """Return the title of the page that a reader comes to."""
        return resolved(title, self.standing, self.namespaces)

    def is_there(self, title: str) -> bool:
        """Return whether a page surely bears the title."""
        known = self.standing.get(title)
        return title in self._titles or (known is not None and known.there)

    def is_missing(self, title: str) -> bool:
        """Return whether surely no page bears the title."""
        known = self.standing.get(title)
        return known is not None and not known.there and title not in self._titles

    def near(self, title: str) -> str | None:
        """Return the one page that `title` looks like, or None."""
        from rapidfuzz import fuzz, process  # only when something is wrong

        found = process.extractOne(
            _in_any_order(title), self._folded, scorer=fuzz.ratio, score_cutoff=_NEAR
        )
        return found[2] if found else None

    @cached_property
    def _titles(self) -> frozenset[str]:
        return frozenset(self.titles)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {known: _in_any_order(known) for known in self.titles}


def _in_any_order(title: str) -> str:
    return " ".join(sorted(fold(title).split()))
