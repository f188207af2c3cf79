"""A folder wiki with trouble in it, a clock that is ours, and a plan for invented pages."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import wikibot
from tests.cli.command import PAGE
from wikibot.jobs.surroundings import Surroundings
from wikibot.page import Page, Revision, Saved
from wikibot.wiki.folder import FolderWiki

if TYPE_CHECKING:
    import pytest

    from tests.mediawiki.bench import MediaWikiBench

MAPPING = wikibot.load_mapping("resilience")
WRONG = PAGE.replace("niveau=Idée", "niveau=idée")  # one safe fix
NAMES = ("Haies", "Mares", "Talus")


class TroubledWiki(FolderWiki):
    """`before` and `after` are called around each save, `reading` before each reading.

    `before` may return another text, which is then what the wiki keeps.
    """

    before: Callable[[Page], str | None] = staticmethod(lambda page: None)
    after: Callable[..., None] = staticmethod(lambda page, saved: None)
    reading: Callable[[], None] = staticmethod(lambda: None)
    saves = 0

    def save(self, page: Page, text: str, summary: str) -> Saved:
        self.saves += 1
        saved = super().save(page, self.before(page) or text, summary)
        self.after(page, saved)
        return saved

    def pages(self, titles: Iterable[str]) -> Iterator[Page]:
        self.reading()
        return super().pages(titles)

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        self.reading()
        return super().revisions(page, since)


class MergingWiki(TroubledWiki):
    """A person edits another field just before each save, and the wiki merges, as a server."""

    def save(self, page: Page, text: str, summary: str) -> Saved:
        file = self._folder / f"{page.title}.wikitext"
        file.write_text(page.text.replace("bocage", "mare"))
        now = self.page(str(page.title))
        return super().save(now, text.replace("bocage", "mare"), summary)


def clock(start: datetime = datetime(2026, 1, 31, 12, tzinfo=UTC)) -> Surroundings:
    """Return surroundings whose time only passes while they sleep, and whose ids count."""
    now = [start]
    ids = itertools.count(1)

    def sleep(seconds: float) -> None:
        now[0] += timedelta(seconds=seconds)

    return Surroundings(lambda: now[0], sleep, lambda: f"{next(ids):06}", lambda: 0.0)


def write_pages(folder: Path, text: str = WRONG, names: Iterable[str] = NAMES) -> None:
    for name in names:
        (folder / f"{name}.wikitext").write_bytes(text.encode())


def fix_plan(folder: Path) -> wikibot.Plan:
    """Return the plan that mends every page of the folder."""
    wiki = FolderWiki.open(folder)
    return wikibot.fix(wikibot.pages_to_read(wiki, MAPPING, ()), MAPPING, wiki)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.stem: file.read_bytes() for file in sorted(folder.glob("*.wikitext"))}


def comments(folder: Path, title: str) -> list[str | None]:
    """Return the comments of a page's revisions, oldest first."""
    wiki = FolderWiki.open(folder)
    return [revision.comment for revision in wiki.revisions(wiki.page(title), 0)]


def configured(
    bench: MediaWikiBench, folder: Path, patch: pytest.MonkeyPatch, more: str = ""
) -> MediaWikiBench:
    """Go to a folder whose wikibot.toml leads to a bench, where nothing is waited for.

    `more` are further keys of the wiki, and further tables.
    """
    secret = folder / "secret.txt"
    secret.write_text(bench.password)
    secret.chmod(0o600)
    (folder / "wikibot.toml").write_text(
        f'[wiki]\napi = "{bench.api}"\naccount = "{bench.account}"\n'
        f'password_file = "secret.txt"\nstate = "state"\n{more}'
    )
    patch.chdir(folder)
    patch.setenv("WIKIBOT_SLEEP_SCALE", "0")
    return bench
