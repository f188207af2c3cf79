"""What every wiki can do, whatever it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from wikibot.page import Page, Revision, Saved
from wikibot.wikitext import Syntax


class Wiki(Protocol):
    """A server, a folder or a dump."""

    @property
    def wikiid(self) -> str:
        """Identity of the wiki; a journal and a plan serve one identity only."""

    @property
    def place(self) -> str:
        """Where it is, in words for people: an address or a path."""

    @property
    def writable(self) -> bool:
        """Whether `save` can ever work on this kind of wiki."""

    @property
    def pauses(self) -> float:
        """Factor on the pauses between two writes: 1 for a server, 0 for this machine's disk."""

    @property
    def home(self) -> Path | None:
        """The folder inside the wiki where its state is kept; None where it has no place."""

    @property
    def syntax(self) -> Syntax:
        """How this wiki reads wikitext: its namespaces and extension tags."""

    def page(self, title: str) -> Page:
        """Return one page, text and revision of one snapshot.

        Raises:
            InputError: no title, no such page (with the nearest titles), or no text in it.
            Unavailable, AccessError: a server does not answer, or not to us.
        """

    def pages(self, titles: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that exist among `titles`, each once, read in batches."""

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        """Yield every page that calls one of the templates (or may: a superset is allowed)."""

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        """Return the revisions of a page after revision `since`, oldest first."""

    def save(self, page: Page, text: str, summary: str) -> Saved:
        """Replace the text of `page`, read before; its revision is the base.

        One attempt, never repeated. Where someone else saved meanwhile, a server may merge
        (`Saved.old_revid` tells); otherwise it is a conflict.

        Raises:
            EditConflict, PageMissing, SaveRefused, OutcomeUnknown, AccessError, Unavailable.
        """

    def create(self, title: str, text: str, summary: str) -> Saved:
        """Create a page that does not exist yet.

        Raises:
            PageExists, and as `save`.
        """
