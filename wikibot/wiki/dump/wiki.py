"""An export as a wiki: titles and namespaces as its site has them, pages as of their latest."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from wikibot.errors import InputError, InvalidTitle
from wikibot.language import Text
from wikibot.page import Page, Revision, Saved, Standing
from wikibot.title import Title
from wikibot.wiki.chronicle import Edits, edits_told
from wikibot.wiki.dump.handler import ExportedPage, Site
from wikibot.wiki.dump.reader import read_pages, read_site
from wikibot.wiki.dump.titles import Spelling, is_wikitext, page_of
from wikibot.wiki.local import Local, standing_of
from wikibot.wiki.suggestions import no_such_page, no_such_revision
from wikibot.wikitext import Syntax

_log = logging.getLogger(__name__)


class DumpWiki(Local):
    """Reads the file anew for each question; only wikitext pages count.

    A page whose text the export withholds (hidden on the wiki, or an export without texts) is
    never given as an empty one: `page` refuses it, the others leave it out, say so in the log
    and add it to `withheld`.
    """

    writable = False
    pauses = 0.0
    home: Path | None = None

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.place = os.fspath(path)
        self._path = Path(path)
        self._withheld: dict[Title, None] = {}

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> DumpWiki:
        """Return the wiki of an export whose beginning can be read.

        Raises:
            InputError: there is no such file, or it is no export.
        """
        wiki = cls(path)
        _ = wiki.syntax
        return wiki

    @property
    def withheld(self) -> tuple[Title, ...]:
        """The pages met so far whose text the export does not give: someone has to look."""
        return tuple(self._withheld)

    @cached_property
    def _site(self) -> Site:
        return read_site(self._path)

    @cached_property
    def spelling(self) -> Spelling:
        """How its titles are read. Raises as `syntax`."""
        return Spelling(self._site)

    @property
    def syntax(self) -> Syntax:
        """The namespaces of the export, with the canonical English names beside them.

        Raises:
            InputError: no export, or cut short at its very beginning.
        """
        return self.spelling.syntax

    @cached_property
    def wikiid(self) -> str:
        """Identity: the name of the wiki's database, else a hash of its name and address."""
        site = self._site
        return "dump:" + (
            site.dbname or hashlib.sha256(f"{site.sitename}\n{site.base}".encode()).hexdigest()[:16]
        )

    def page(self, title: str) -> Page:
        """Return one page; the file is read until it comes.

        Raises:
            InputError: the export has no such page, no text of it, or cannot be read.
            InvalidTitle: the text is no title.
        """
        wanted = self._wanted(title)
        for found in read_pages(self._path):
            if self._title(found) != wanted:
                continue
            if found.model != "wikitext":
                raise InputError(
                    Text(
                        f"La page « {wanted} » n'est pas du wikitexte ({found.model}).",
                        f"The page “{wanted}” is no wikitext ({found.model}).",
                    )
                )
            page = self._page(found)
            if page is None:
                raise InputError(
                    Text(
                        f"Le texte de la page « {wanted} » est masqué ou absent de cet export.",
                        f"The text of the page “{wanted}” is hidden or not in this export.",
                    )
                )
            return page
        raise no_such_page(title, self.place, (found.title for found in read_pages(self._path)))

    def pages(self, titles: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that exist among `titles`, each once, in the order of the file.

        Raises:
            InputError: as `page`, except for what the export does not have.
        """
        left = {self._wanted(title) for title in titles}
        if not left:
            return
        for found in read_pages(self._path):
            title = self._title(found)
            if title not in left:
                continue
            left.remove(title)
            page = self._page(found)
            if page:
                yield page
            if not left:
                return

    def pages_by_id(self, ids: Iterable[int]) -> Iterator[Page]:
        """Yield the pages that exist among `ids`. Raises as `pages`."""
        wanted = set(ids)
        for found in read_pages(self._path):
            page = self._page(found) if found.id in wanted else None
            if page:
                yield page

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        """Yield every page that calls a template at all, in the order of the file.

        Raises:
            InputError: the export is cut short, or cannot be read.
        """
        if not any(True for _ in templates):
            return
        for found in read_pages(self._path):
            if found.text is None or "{{" in found.text:
                page = self._page(found)
                if page:
                    yield page

    def pages_in(self, namespaces: Iterable[int]) -> Iterator[Page]:
        """Yield every page of the namespaces, in the order of the file. Raises as `pages`."""
        wanted = set(namespaces)
        for found in read_pages(self._path) if wanted else ():
            page = self._page(found) if self._title(found).namespace in wanted else None
            if page:
                yield page

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        """Return what the export knows of titles, in one reading of it. Raises as `pages`."""
        wanted: dict[str, Title] = {}
        for text in titles:
            try:
                wanted[text] = self._wanted(text)
            except InvalidTitle:
                continue
        asked = set(wanted.values())
        held: set[int] = set()
        there: dict[Title, Standing] = {}
        for found in read_pages(self._path) if asked else ():
            title = self._title(found)
            held.add(title.namespace)
            if title in asked:
                there[title] = standing_of(title, found.text or "")
        return {
            text: there.get(title) or Standing(title, there=False)
            for text, title in wanted.items()
            if title.namespace in held
        }

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        """Return the revisions that the export has after `since`; all if it is not known.

        Raises:
            InputError: the export cannot be read.
        """
        for found in read_pages(self._path, history_of=str(page.title)):
            if found.title == str(page.title):
                ids = [revision.id for revision in found.revisions]
                return found.revisions[ids.index(since) + 1 if since in ids else 0 :]
        return ()

    def histories(
        self, pages: Iterable[Page], since: datetime, most: int
    ) -> Iterator[tuple[Page, ...]]:
        """Yield the versions that the export has of each page, in one reading of it."""
        wanted = {page.id: page for page in pages}
        for found in read_pages(self._path, texts_of=wanted.keys(), most=most + 1):
            if found.id in wanted:
                yield tuple(
                    replace(wanted[found.id], revision=revision, text=text)
                    for revision, model, text in found.versions
                    if model == "wikitext" and text is not None
                )

    def edits(self, namespaces: Iterable[int], since: datetime) -> Edits:
        """Return the saves that the export has; most have the last one of each page alone.

        In an export that names no parent of any revision nobody can tell which is the first.
        """
        wanted = set(namespaces)
        pages = [
            (title, found.revisions)
            for found in read_pages(self._path, history_of=None)
            if (title := self._title(found)).namespace in wanted
        ]
        names_parents = any(r.parent_id for _, revisions in pages for r in revisions)
        return edits_told(pages, since, lambda revision: names_parents and not revision.parent_id)

    def text_of(self, revid: int) -> str:
        """Return the text of a page's latest revision; an export keeps no other of any.

        Raises:
            InputError: it is none of these, or the export cannot be read.
        """
        for found in read_pages(self._path):
            if found.revision.id == revid and found.text is not None:
                return found.text
        raise no_such_revision(revid, self.place)

    def save(self, page: Page, text: str, summary: str) -> Saved:
        """Refuse: an export cannot be written.

        Raises:
            InputError: always.
        """
        raise self._read_only()

    def create(self, title: str, text: str, summary: str) -> Saved:
        """Refuse: an export cannot be written.

        Raises:
            InputError: always.
        """
        raise self._read_only()

    def _read_only(self) -> InputError:
        return InputError(
            Text(
                f"L'export {self.place} se lit mais ne s'écrit pas : rien n'a été écrit.",
                f"The export {self.place} can be read but not written: nothing was written.",
            ),
            Text(
                "Travaillez sur le wiki lui-même (--wiki https://…/api.php) ou sur un dossier "
                "de pages (--wiki DOSSIER).",
                "Work on the wiki itself (--wiki https://…/api.php) or on a folder of pages "
                "(--wiki FOLDER).",
            ),
        )

    def exported(self) -> Iterator[ExportedPage]:
        """Yield all that the file holds, of whatever model, in its order. Raises as `pages`."""
        return read_pages(self._path)

    def withhold(self, title: Title) -> None:
        """Remember that the text of a page is not given, and say so once."""
        if title not in self._withheld:
            self._withheld[title] = None
            _log.warning(
                Text(
                    f"{self.place} : le texte de « {title} » n'est pas dans l'export.",
                    f"{self.place}: the text of “{title}” is withheld.",
                )
            )

    def _wanted(self, text: str) -> Title:
        return self.spelling.wanted(text)

    def _title(self, found: ExportedPage) -> Title:
        return self.spelling.title(found)

    def _page(self, found: ExportedPage) -> Page | None:
        """Return the page; None where it is no wikitext, or its text is withheld."""
        if not is_wikitext(found):
            return None
        title = self._title(found)
        if found.text is None:
            self.withhold(title)
        return page_of(found, title)
