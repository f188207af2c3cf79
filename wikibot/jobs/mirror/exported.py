"""The local copy of an export, read in its place: nothing of the file is parsed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import cached_property
from pathlib import Path

from wikibot.errors import InputError, InvalidTitle
from wikibot.jobs.state import state_folder
from wikibot.language import Text
from wikibot.page import Page, Standing
from wikibot.store.mirror import Copied, Mirror
from wikibot.store.passages import Passages
from wikibot.title import Title
from wikibot.wiki.dump import DumpWiki
from wikibot.wiki.local import standing_of


def mark_of(wiki: DumpWiki) -> str:
    """Return what changes whenever the file of an export does: its size and its time.

    Raises:
        InputError: the file is not there any more.
    """
    try:
        found = Path(wiki.place).stat()
    except OSError as error:
        raise InputError(
            Text(
                f"Impossible de lire l'export {wiki.place} : {error.strerror}.",
                f"Cannot read the export {wiki.place}: {error.strerror}.",
            )
        ) from None
    return f"{found.st_size}-{found.st_mtime_ns}"


def copied_export(live: DumpWiki, held: ExitStack, *, state: Path | None = None) -> CopiedExport:
    """Return the copy of an export in its place; `held` closes it.

    Raises:
        InputError: there is none yet, or the file has changed since.
        ConfigError, Unavailable: it cannot serve.
    """
    folder = state_folder(live, state)
    copied = None
    if Mirror.exists(folder):
        mirror = held.enter_context(Mirror.open(folder, live.wikiid))
        copied = mirror.copied
    if copied is None:
        raise InputError(
            Text(
                f"Il n'y a pas encore de copie de {live.place} sur cette machine.",
                f"There is no copy of {live.place} on this machine yet.",
            ),
            Text("Faites-la d'abord avec « pull ».", "Make it first with “pull”."),
        )
    if copied.mark != mark_of(live):
        raise InputError(
            Text(
                f"{live.place} n'est plus le fichier dont la copie a été faite.",
                f"{live.place} is no longer the file that the copy was made of.",
            ),
            Text(
                "Relancez « pull », ou lisez le fichier lui-même, sans --mirror.",
                "Run “pull” again, or read the file itself, without --mirror.",
            ),
        )
    return CopiedExport(live, mirror, copied)


class CopiedExport(DumpWiki):
    """An export whose pages come from its copy; histories alone are looked for in the file."""

    def __init__(self, live: DumpWiki, mirror: Mirror, copied: Copied) -> None:
        """Take the place of an export; use `copied_export`."""
        super().__init__(live.place)
        self.copied = copied
        self._mirror = mirror

    def reading(self) -> AbstractContextManager[Passages]:
        """Give what the pages of the copy say, to be searched. Raises as `Mirror.reading`."""
        return self._mirror.reading()

    def every_page(self) -> Iterator[Page]:
        """Yield every page of the copy, by namespace and name."""
        return self._mirror.pages()

    def page(self, title: str) -> Page:
        """Return one page. Raises as `DumpWiki.page`."""
        kept = self._mirror.page(self.spelling.wanted(title))
        return kept or super().page(title)  # which knows why not, and the nearest titles

    def pages(self, titles: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that exist among `titles`, each once. Raises as `DumpWiki.pages`."""
        for title in dict.fromkeys(self.spelling.wanted(text) for text in titles):
            kept = self._mirror.page(title)
            if kept is not None:
                yield kept

    def pages_by_id(self, ids: Iterable[int]) -> Iterator[Page]:
        """Yield the pages that exist among `ids`."""
        return self._mirror.pages_by_id(ids)

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        """Yield every page that calls one of the templates, by namespace and name."""
        return self._mirror.pages_with(templates)

    def pages_in(self, namespaces: Iterable[int]) -> Iterator[Page]:
        """Yield every page of the namespaces."""
        return self._mirror.pages_in(namespaces)

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        """Return what the export knows of titles."""
        told: dict[str, Standing] = {}
        for text in titles:
            try:
                title = self.spelling.wanted(text)
            except InvalidTitle:
                continue
            if title.namespace not in self._held:
                continue
            kept = self._mirror.page(title)
            if kept is not None:
                told[text] = standing_of(kept.title, kept.text)
            else:
                told[text] = Standing(title, there=title in self._without_text)
        return told

    @cached_property
    def _without_text(self) -> frozenset[Title]:
        return frozenset(map(self.spelling.wanted, self._mirror.titles_without_text()))

    @cached_property
    def _held(self) -> frozenset[int]:
        spaces = {title.namespace for title in self._without_text}
        return self._mirror.namespaces() | spaces
