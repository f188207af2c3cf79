"""The local copy read as a wiki; what it does not hold is asked of the wiki itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path

from wikibot.edits import Requests
from wikibot.errors import InputError, InvalidTitle, Unavailable
from wikibot.jobs.state import state_folder
from wikibot.language import Text
from wikibot.page import Page, Revision, Saved, Standing
from wikibot.store.mirror import Copied, Mirror
from wikibot.store.passages import Passages
from wikibot.title import Title
from wikibot.wiki import Wiki
from wikibot.wiki.chronicle import Edits
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wiki.mediawiki.ask import Asker
from wikibot.wikitext import Syntax

log = logging.getLogger(__name__)


def mirrored(live: Wiki, held: ExitStack, *, state: Path | None = None) -> Mirrored:
    """Return the copy of a wiki as a wiki; `held` closes it.

    Raises:
        InputError: there is no copy yet, or none is needed.
        ConfigError, Unavailable: it cannot serve.
    """
    if not isinstance(live, MediaWiki):
        raise needs_no_copy(live.place)
    folder = state_folder(live, state)
    missing = InputError(
        Text(
            f"Il n'y a pas encore de copie de {live.place} sur cette machine.",
            f"There is no copy of {live.place} on this machine yet.",
        ),
        Text("Faites-la d'abord avec « pull ».", "Make it first with “pull”."),
    )
    if not Mirror.exists(folder):
        raise missing
    mirror = held.enter_context(Mirror.open(folder, live.wikiid))
    copied = mirror.copied
    if copied is None:
        raise missing
    return Mirrored(live, mirror, copied)


def needs_no_copy(place: str) -> InputError:
    """Return the error for a wiki that is on this machine."""
    return InputError(
        Text(
            f"{place} est déjà sur cette machine : il se lit sans copie.",
            f"{place} is on this machine already: it is read without a copy.",
        ),
        Text(
            "Une copie sert pour un wiki d'un serveur (--wiki https://…/api.php).",
            "A copy is for the wiki of a server (--wiki https://…/api.php).",
        ),
    )


class Mirrored:
    """The `Wiki` of a copy: pages and what is known of titles as of the last pull.

    It is for reading. A save goes to the wiki itself, by the revision of the copy, so that a page
    that has moved on since is a conflict and nobody's edit is lost.
    """

    def __init__(self, live: MediaWiki, mirror: Mirror, copied: Copied) -> None:
        self._live = live
        self._mirror = mirror
        self.copied = copied

    def reading(self) -> AbstractContextManager[Passages]:
        """Give what the pages of the copy say, to be searched. Raises as `Mirror.reading`."""
        return self._mirror.reading()

    # --- what the copy knows ---

    def every_page(self) -> Iterator[Page]:
        """Yield every page of the copy, by namespace and name."""
        return self._mirror.pages()

    def page(self, title: str) -> Page:
        """Return one page. Raises as `Wiki.page`."""
        kept = self._mirror.page(self.syntax.namespaces.parse(title))
        return kept or self._live.page(title)

    def pages(self, titles: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that exist among `titles`, each once; those of the copy first."""
        given: set[int] = set()
        left: list[str] = []
        for title in dict.fromkeys(titles):
            kept = self._kept(title)
            if kept is None:
                left.append(title)
            elif kept.id not in given:
                given.add(kept.id)
                yield kept
        for page in self._live.pages(left) if left else ():
            if page.id not in given:
                yield page

    def pages_by_id(self, ids: Iterable[int]) -> Iterator[Page]:
        """Yield the pages that exist among `ids`; those of the copy first."""
        asked = list(dict.fromkeys(ids))
        given: set[int] = set()
        for page in self._mirror.pages_by_id(asked):
            given.add(page.id)
            yield page
        left = [number for number in asked if number not in given]
        yield from self._live.pages_by_id(left) if left else ()

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        """Yield every page that calls one of the templates."""
        asked = tuple(templates)
        if set(asked) <= set(self.copied.templates):
            return self._mirror.pages_with(asked)
        return self._live.pages_with(asked)

    def titles_with(self, templates: Iterable[str]) -> Iterator[Title]:
        """Yield the title of every page that calls one of the templates."""
        return (page.title for page in self.pages_with(templates))

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        """Return what is known of titles; what is asked for the first time is kept."""
        asked = list(dict.fromkeys(titles))
        known = self._mirror.standings(asked)
        left = [title for title in asked if title not in known]
        if left:
            told = self._live.standing(left)
            new: dict[str, Standing | None] = {**dict.fromkeys(left), **told}
            self._keep(lambda: self._mirror.keep_standings(new))
            known |= new
        return {title: standing for title, standing in known.items() if standing is not None}

    def members(self, categories: Iterable[str]) -> dict[str, tuple[Title, ...]]:
        """Return the pages of each category that has any. Raises as `Shelved.members`."""
        asked = list(dict.fromkeys(categories))
        known = {name: self._mirror.shelf(_CATEGORY + name) for name in asked}
        left = [name for name, titles in known.items() if titles is None]
        if left:
            told = self._live.members(left)
            known |= {name: told.get(name, ()) for name in left}
            for name in left:
                self._keep(partial(self._mirror.keep_shelf, _CATEGORY + name, told.get(name, ())))
        return {name: titles for name, titles in known.items() if titles}

    def titles_in(self, namespaces: Iterable[int]) -> Iterator[Title]:
        """Yield the titles of the pages of namespaces. Raises as `Shelved.titles_in`."""
        for namespace in dict.fromkeys(namespaces):
            what = f"{_NAMESPACE}{namespace}"
            titles = self._mirror.shelf(what)
            if titles is None:
                titles = tuple(self._live.titles_in([namespace]))
                self._keep(partial(self._mirror.keep_shelf, what, titles))
            yield from titles

    def _keep(self, what: Callable[[], object]) -> None:
        """Keep what the wiki told; while a pull writes, it is asked again another time.

        Nothing is waited for.
        """
        try:
            with self._mirror.writing(wait=False):
                what()
        except Unavailable as error:
            log.info("not kept: %s", error.message)

    def _kept(self, title: str) -> Page | None:
        try:
            return self._mirror.page(self.syntax.namespaces.parse(title))
        except InvalidTitle:
            return None

    # --- what the wiki itself answers ---

    writable = True

    @property
    def wikiid(self) -> str:
        """Identity of the wiki."""
        return self._live.wikiid

    @property
    def place(self) -> str:
        """The address of the wiki."""
        return self._live.place

    @property
    def pauses(self) -> float:
        """As of the wiki."""
        return self._live.pauses

    @property
    def user(self) -> str | None:
        """As of the wiki."""
        return self._live.user

    @property
    def requests(self) -> Requests:
        """The requests to the wiki itself."""
        return self._live.requests

    @property
    def settling(self) -> float:
        """As of the wiki."""
        return self._live.settling

    @property
    def edit_limit(self) -> tuple[int, int] | None:
        """As of the wiki."""
        return self._live.edit_limit

    @property
    def home(self) -> None:
        """A server has no place for the bot's state."""
        return None

    @property
    def syntax(self) -> Syntax:
        """As of the wiki."""
        return self._live.syntax

    def address(self, title: Title) -> str:
        """Return the address of a page, to be opened in a browser."""
        return self._live.address(title)

    def asker(self) -> Asker:
        """Return who asks the Semantic MediaWiki of the wiki."""
        return self._live.asker()

    def pages_in(self, namespaces: Iterable[int]) -> Iterator[Page]:
        """Yield every page of the namespaces. Raises as `Catalogue.pages_in`."""
        return self._live.pages_in(namespaces)

    def edits(self, namespaces: Iterable[int], since: datetime) -> Edits:
        """Return the saves of pages of the namespaces. Raises as `Chronicle.edits`."""
        return self._live.edits(namespaces, since)

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        """Return the revisions of a page after revision `since`, oldest first."""
        return self._live.revisions(page, since)

    def histories(
        self, pages: Iterable[Page], since: datetime, most: int
    ) -> Iterator[tuple[Page, ...]]:
        """Yield the versions of each page since a moment. Raises as `Archive.histories`."""
        return self._live.histories(pages, since, most)

    def text_of(self, revid: int) -> str:
        """Return the text of any revision. Raises as `Wiki.text_of`."""
        return self._live.text_of(revid)

    def prepare(self, *, creates: bool, tag: str | None, allow: frozenset[str]) -> None:
        """Check that a run may write. Raises as `Wiki.prepare`."""
        self._live.prepare(creates=creates, tag=tag, allow=allow)

    def stop_order(self, page: str | None, *, talk: bool) -> Text | None:
        """Return why the bot shall stop, or None. Raises as `Wiki.stop_order`."""
        return self._live.stop_order(page, talk=talk)

    def saved_lately(self, seconds: float) -> tuple[str, ...]:
        """Return the comments of our account's latest saves."""
        return self._live.saved_lately(seconds)

    def save(self, page: Page, text: str, summary: str) -> Saved:
        """Replace the text of `page` on the wiki itself. Raises as `Wiki.save`."""
        return self._live.save(page, text, summary)

    def create(self, title: str, text: str, summary: str) -> Saved:
        """Create a page on the wiki itself. Raises as `Wiki.create`."""
        return self._live.create(title, text, summary)


_CATEGORY, _NAMESPACE = "category:", "namespace:"
