"""What every wiki can do, whatever it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from wikibot.edits import Requests
from wikibot.language import Text
from wikibot.page import Page, Revision, Saved, Standing
from wikibot.title import Title
from wikibot.wiki.chronicle import Edits
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
    def user(self) -> str | None:
        """The name under which our saves stand in the history; None where nobody signs."""

    @property
    def requests(self) -> Requests:
        """How many requests went out until now."""

    @property
    def settling(self) -> float:
        """Seconds after which a save without an answer can be looked for: replicas lag."""

    @property
    def edit_limit(self) -> tuple[int, int] | None:
        """The edits that the wiki allows us in that many seconds, or None."""

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

    def pages_by_id(self, ids: Iterable[int]) -> Iterator[Page]:
        """Yield the pages that exist among `ids`, under whatever title they bear now."""

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        """Yield every page that calls one of the templates (or may: a superset is allowed)."""

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        """Return what is known of titles, in batches, by the title as it was asked for.

        What is known beside, such as of the page that a redirect leads to, may be told too.

        A title that the wiki cannot tell about is left out, and so is what is no title: a copy
        that holds no page of a namespace knows nothing of that namespace.

        Raises:
            InputError: a folder or a dump cannot be read. Unavailable, AccessError: a server.
        """

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        """Return the revisions of a page after revision `since`, oldest first."""

    def text_of(self, revid: int) -> str:
        """Return the text of any revision, such as the one that a save has replaced.

        Raises:
            InputError: the wiki does not have it, or hides it.
            Unavailable, AccessError: a server does not answer, or not to us.
        """

    def prepare(self, *, creates: bool, tag: str | None, allow: frozenset[str]) -> None:
        """Check, before a run writes anything, that it may, and that others' edits are safe.

        `tag` is the change tag that every save shall bear, None for the usual one where the
        wiki has it; `allow` names the guards that a person has lifted for this run.

        Raises:
            AccessError: no account, blocked, lacks a right or has one that no bot should have.
            SafetyStop: the wiki does not know what keeps the edits of others safe.
            ConfigError: it has no such tag.
        """

    def stop_order(self, page: str | None, *, talk: bool) -> Text | None:
        """Return why the people of the wiki want the bot to stop, or None where they do not.

        `page` is the stop page: any other text than "go" stops, and so does its absence.
        `talk` heeds a new message on the bot's own talk page too.

        Raises:
            Unavailable, AccessError: the wiki does not tell; nothing may be written then.
        """

    def saved_lately(self, seconds: float) -> tuple[str, ...]:
        """Return the comments of our account's saves in the last `seconds`, by its own clock."""

    def save(self, page: Page, text: str, summary: str) -> Saved:
        """Replace the text of `page`, read before; its revision is the base.

        One attempt, never repeated. Where someone else saved meanwhile, a server may merge
        (`Saved.old_revid` tells); otherwise it is a conflict.

        Raises:
            EditConflict, PageMissing, SaveRefused, OutcomeUnknown, AccessError, Unavailable;
            NotNow: surely not saved, the same edit may be sent later.
        """

    def create(self, title: str, text: str, summary: str) -> Saved:
        """Create a page that does not exist yet.

        Raises:
            PageExists, and as `save`.
        """


@runtime_checkable
class Addressed(Protocol):
    """A wiki whose pages can be opened elsewhere: in a browser, or as files."""

    def address(self, title: Title) -> str | None:
        """Return the address of a page, or the name of its file in the folder; None: not there.

        No request goes out for it.
        """


@runtime_checkable
class Titled(Protocol):
    """A wiki that lists titles without giving the pages: server and folder do."""

    def titles_with(self, templates: Iterable[str]) -> Iterator[Title]:
        """Yield the title of every page that calls one of the templates; more may come.

        Raises:
            InputError: a folder cannot be read. Unavailable, AccessError: a server.
        """


@runtime_checkable
class Shelved(Protocol):
    """A wiki that lists the titles of a category or a namespace: a server does."""

    def members(self, categories: Iterable[str]) -> dict[str, tuple[Title, ...]]:
        """Return the pages of each category that has any, but redirects and what presents it.

        Raises:
            Unavailable, AccessError: the server does not answer, or not to us.
        """

    def titles_in(self, namespaces: Iterable[int]) -> Iterator[Title]:
        """Yield the titles of the pages of namespaces, but redirects. Raises as `members`."""


@runtime_checkable
class Catalogue(Protocol):
    """A wiki whose pages can be gone through by namespace: server, folder and dump are."""

    def pages_in(self, namespaces: Iterable[int]) -> Iterator[Page]:
        """Yield every page of the namespaces, redirects included.

        Raises:
            InputError: a folder or a dump cannot be read. Unavailable, AccessError: a server.
        """


@runtime_checkable
class Archive(Protocol):
    """A wiki that gives the texts its pages had: server, folder and dump are."""

    def histories(
        self, pages: Iterable[Page], since: datetime, most: int
    ) -> Iterator[tuple[Page, ...]]:
        """Yield, for each page that is still there, its versions, oldest first.

        They are those since a moment, `most` at most and the newest of them, and one before
        where there is one; more may come. Hidden ones, and those that are no wikitext, are left
        out: a version follows the one before it where its `parent_id` says so.

        Raises:
            InputError: a folder or a dump cannot be read. Unavailable, AccessError: a server.
        """


@runtime_checkable
class Chronicle(Protocol):
    """A wiki that tells when its pages were saved: server, folder and dump do."""

    def edits(self, namespaces: Iterable[int], since: datetime) -> Edits:
        """Return the saves of the pages of namespaces that are still there, since a moment.

        A copy that does not have every revision tells from which moment on it has them.

        Raises:
            InputError: a folder or a dump cannot be read. Unavailable, AccessError: a server.
        """
