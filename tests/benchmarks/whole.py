"""What checking a whole collection costs, all rules: `python -m tests.benchmarks.whole [SIZE]`.

Pages as people fill them (those of `tests.checks.clean_pages`, many times under other titles),
from memory and from an export of the wiki; processor time, and the peak of the process.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import cast

import wikibot
from tests.checks.clean_pages import wiki_of
from tests.checks.collection import Collection, page_of
from tests.checks.planted import MAPPING
from tests.wiki.exports import export, page, revision
from wikibot.wiki import Wiki, open_wiki

Texts = list[tuple[str, str]]


def ordinary(size: int) -> tuple[Texts, Collection]:
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
    return texts + others, Collection(server=True, files=world.files)


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
    size = int(arguments[0]) if arguments else 10_000
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "export.xml"
        texts, _ = ordinary(size)
        pages = (page(t, revision(n, text), number=n) for n, (t, text) in enumerate(texts, 1))
        file.write_bytes(export(*pages))
        in_memory(size)
        command = [sys.executable, "-m", "tests.benchmarks.whole", "dump", str(file)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
