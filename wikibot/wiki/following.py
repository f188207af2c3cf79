"""What lets a copy of a wiki follow it: which pages there are now, and what was touched since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from wikibot.title import Title


@dataclass(frozen=True)
class Here:
    """Where a page stands now: its title and its newest revision."""

    title: Title
    revid: int


@dataclass(frozen=True)
class Listing:
    """Every page that calls one of some templates, by page id, as of one moment.

    `touched` are the titles of the wiki, of whatever page, that were saved, created, deleted,
    undeleted, imported or moved since the listing that gave the mark `since`; None: the wiki does
    not tell, any of them may have been. `mark` stands for this moment, "" where the wiki keeps no
    list of what is recent.
    """

    pages: Mapping[int, Here]
    touched: frozenset[str] | None
    mark: str


@runtime_checkable
class Followed(Protocol):
    """A wiki that tells in few requests what is new: a server."""

    def listing(self, templates: Iterable[str], since: str = "") -> Listing:
        """Return the pages that call templates, and what was touched since a mark.

        Raises:
            Unavailable, AccessError: the server does not answer, or not to us.
        """

    def veiled(self) -> frozenset[int]:
        """Return the ids of the pages of which a revision was ever hidden, or shown again.

        That changes a page without a new revision: a listing that cannot say what was `touched`
        does not show it.

        Raises:
            Unavailable, AccessError: the server does not answer, or not to us.
        """
