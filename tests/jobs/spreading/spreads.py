"""What the tests of spread work share: exports out of pages, and crews that lose somebody."""

from __future__ import annotations

import pickle
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

import wikibot
from tests.wiki.exports import SITE, export, page, revision
from wikibot.checks.sifting import Sifted
from wikibot.jobs.spreading import WholeCheck, check_export, pull_export
from wikibot.jobs.spreading.crew import Crew, Crews
from wikibot.jobs.surroundings import Surroundings
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.title import FRENCH
from wikibot.wiki.dump import DumpWiki

P = ParamSpec("P")
T = TypeVar("T")

NOW = Surroundings(now=lambda: datetime(2026, 6, 30, tzinfo=UTC))


_SPACES = "".join(
    f'<namespace key="{number}" case="first-letter">{name}</namespace>'
    for number, name in FRENCH.names
)
FULL = re.sub(
    "<namespaces>.*</namespaces>", f"<namespaces>{_SPACES}</namespaces>", SITE, flags=re.S
)


def export_of(pages: Iterable[Page]) -> bytes:
    """Return an export that has these pages."""
    written = (page(str(p.title), _revision(p), number=p.id, ns=None) for p in pages)
    return export(*written, site=FULL)


def _revision(found: Page) -> str:
    moment = found.revision.timestamp.strftime("%Y-%m-%dT%H:%M:%SZ")
    return revision(found.revision.id, found.text).replace("2026-01-31T12:00:00Z", moment)


class Far(Executor):
    """Works in this process, on nothing but what can travel there and back."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        known, given = pickle.loads(pickle.dumps((fn, args)))
        try:
            future.set_result(pickle.loads(pickle.dumps(known(*given))))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def far() -> Iterator[Crew]:
    yield Crew(1, Far)


def plain(file: Path, mapping: Mapping) -> tuple[list[Page], Sifted]:
    """Return what a check by this process alone reads and finds, as it does of any wiki."""
    wiki = DumpWiki.open(file)
    read = list(wikibot.pages_to_read(wiki, mapping, ()))
    found = wikibot.check(read, mapping, wiki, whole=True, around=NOW)
    return read, wikibot.sift(found, read, mapping, wiki, whole=True, around=NOW)


def spread_out(
    file: Path, mapping: Mapping, crews: Crews = far, *, texts: bool = True
) -> tuple[list[Page], Sifted]:
    """Return the same of a check that is spread."""
    wiki = DumpWiki.open(file)
    told: WholeCheck = check_export(wiki, mapping, crews, texts=texts, around=NOW)
    sifted = wikibot.sift(
        told.findings, told.pages, mapping, wiki, whole=True, on_pages=told.waivers, around=NOW
    )
    return list(told.pages), sifted


def runs(pid: int) -> bool:
    """Return whether a process is there, and is more than what is left of one."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def copied_by(file: Path, mapping: Mapping, crews: Crews, folder: Path) -> dict[str, list[str]]:
    """Return all that the copy of an export holds which a crew has made in `folder`."""
    pull_export(DumpWiki.open(file), mapping, crews, state=folder, around=NOW)
    with closing(sqlite3.connect(folder / "mirror.sqlite")) as db:
        tables = ("page", "unreadable", "call", "field", "link", "passage", "meta")
        return {each: sorted(map(repr, db.execute(f"SELECT * FROM {each}"))) for each in tables}
