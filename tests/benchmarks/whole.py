"""What checking a whole collection costs, all rules: `python -m tests.benchmarks.whole [SIZE]`.

Pages as people fill them (those of `tests.checks.clean_pages`, many times under other titles),
from memory, from an export of the wiki and from a mirror of it, of which an earlier check has asked
what is beside the pages; processor time, and the peak of the process.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import wikibot
from tests.checks.clean_pages import wiki_of
from tests.checks.collection import Collection, page_of
from tests.checks.planted import MAPPING
from tests.wiki.exports import export, page, revision
from wikibot.edits.contents import contents_of
from wikibot.errors import ConfigError
from wikibot.jobs.mirror import Mirrored
from wikibot.language import same
from wikibot.store.mirror import Copied, Mirror
from wikibot.wiki import Wiki, open_wiki
from wikibot.wiki.mediawiki import MediaWiki

Texts = list[tuple[str, str]]


class Server(Collection):
    """The same as a server, which lists what is in categories and namespaces: nothing more."""

    def members(self, categories: Iterable[str]) -> dict[str, tuple[wikibot.Title, ...]]:
        return {}

    def titles_in(self, namespaces: Iterable[int]) -> Iterator[wikibot.Title]:
        return iter(())

    def asker(self) -> Server:
        return self

    def ask(self, *question: object) -> Iterator[object]:
        raise ConfigError(same("no Semantic MediaWiki"))


def ordinary(size: int) -> tuple[Texts, Server]:
    """Return titles and texts of that many commons, and the pages that they name."""
    world = wiki_of(1)
    communs = [sheet for sheet in world.sheets if sheet.page_type.id == "commun"]
    beside = ("licence", "personne", "organisation")
    others = [(s.title, s.text) for s in world.sheets if s.page_type.id in beside]
    named = [(sheet.title, sheet.values["communs_proches"], sheet.text) for sheet in communs]
    texts = [
        (f"{title} {turn}", text.replace(twin, f"{twin} {turn}"))
        for turn in range(size // len(named) + 1)
        for title, twin, text in named
    ][:size]
    return texts + others, Server(server=True, files=world.files)


def in_memory(size: int) -> None:
    """Check pages that were read already."""
    texts, wiki = ordinary(size)
    wiki.pages = [page_of(text, title, number=n) for n, (title, text) in enumerate(texts, 1)]
    start, before = time.process_time(), _peak()
    found = wikibot.check(wiki.pages, MAPPING, cast(Wiki, wiki), whole=True)
    _print("from memory", len(texts), time.process_time() - start, len(found))
    print(f"  of which {before:.0f} MB were taken before the check")


def from_dump(file: Path) -> None:
    """Read an export and check its pages."""
    start = time.process_time()
    wiki = open_wiki(file)
    pages = list(wiki.pages_with(MAPPING.templates))
    read = time.process_time() - start
    found = wikibot.check(pages, MAPPING, wiki, whole=True)
    _print("from a dump", len(pages), time.process_time() - start, len(found))
    print(f"  of which {read:.1f} s to read it")


def fill_mirror(folder: Path, size: int) -> None:
    """Write a mirror as a pull would."""
    texts, wiki = ordinary(size)
    now = datetime.now(UTC)
    with Mirror.open(folder, wiki.wikiid) as mirror, mirror.writing():
        for number, (title, text) in enumerate(texts, 1):
            found = page_of(text, title, number=number)
            mirror.keep(found, contents_of(found, MAPPING, wiki.syntax))
        mirror.finish(Copied(now, MAPPING.templates, "", now))


def from_mirror(folder: Path, *, told: bool = True) -> None:
    """Read a mirror and check its pages."""
    _, live = ordinary(1)
    with Mirror.open(folder, live.wikiid) as mirror:
        copied = mirror.copied
        assert copied
        wiki = Mirrored(cast(MediaWiki, live), mirror, copied)
        live.pages = list(wiki.every_page()) if not told else []  # else the wiki is not asked
        start = time.process_time()
        pages = list(wikibot.pages_to_read(wiki, MAPPING, ()))
        read = time.process_time() - start
        found = wikibot.check(pages, MAPPING, wiki, whole=True)
    if told:
        _print("from a mirror", len(pages), time.process_time() - start, len(found))
        print(f"  of which {read:.1f} s to read it")


def _print(what: str, pages: int, seconds: float, findings: int) -> None:
    print(
        f"{what}: {pages} pages in {seconds:.1f} s, {1000 * seconds / pages:.2f} ms a page, "
        f"{findings} findings, peak {_peak():.0f} MB",
        flush=True,
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the figures, each from a process of its own."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["dump"]:
        from_dump(Path(arguments[1]))
        return
    if arguments[:1] in (["mirror"], ["first"]):
        from_mirror(Path(arguments[1]), told=arguments[0] == "mirror")
        return
    size = int(arguments[0]) if arguments else 10_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.xml"
        texts, _ = ordinary(size)
        pages = (page(t, revision(n, text), number=n) for n, (t, text) in enumerate(texts, 1))
        file.write_bytes(export(*pages))
        in_memory(size)
        fill_mirror(Path(folder), size)
        for what, place in (("dump", file), ("first", folder), ("mirror", folder)):
            command = [sys.executable, "-m", "tests.benchmarks.whole", what, str(place)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
