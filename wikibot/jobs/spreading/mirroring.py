"""pull of an export: a copy of all its pages, taken to pieces by many workers, written by one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from wikibot.edits.contents import Contents, contents_of, derived_by
from wikibot.errors import InputError
from wikibot.jobs.mirror.exported import mark_of
from wikibot.jobs.mirror.pulling import Pulled, guard
from wikibot.jobs.spreading.crew import Crews
from wikibot.jobs.spreading.parts import (
    ONE_AT_A_TIME,
    Part,
    Tools,
    look_at_version,
    parts_of,
    unpacked,
)
from wikibot.jobs.spreading.spread import spread
from wikibot.jobs.state import state_folder
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.page import Page
from wikibot.store.mirror import Copied, Mirror
from wikibot.title import Title
from wikibot.wiki.dump import DumpWiki
from wikibot.wiki.dump.titles import page_of
from wikibot.wiki.following import Here, Listing


@dataclass(frozen=True, slots=True)
class Derived:
    """What a part holds: pages with what they say, and those without wikitext that can be read."""

    pages: tuple[tuple[Page, Contents], ...]
    unreadable: tuple[tuple[int, Title, int], ...]


def derive(part: Part) -> Derived:
    """Return what the pages of a part say; of those without a call of the mapping, whom they call.

    Raises:
        ConfigError: it was made by another version of wikibot.
    """
    look_at_version(part)
    tools = unpacked(part.tools)
    mapping, syntax = tools.mapping, tools.spelling.syntax
    pages: list[tuple[Page, Contents]] = []
    unreadable: list[tuple[int, Title, int]] = []
    with ONE_AT_A_TIME:
        for found in part.pages:
            title = tools.spelling.title(found)
            page = page_of(found, title)
            if page is None:
                unreadable.append((found.id, title, found.revision.id))
                continue
            said = contents_of(page, mapping, syntax)
            if "" not in said.calls and not any(map(mapping.type_of, said.calls)):
                said = Contents(said.calls, (), ())
            pages.append((page, said))
    return Derived(tuple(pages), tuple(unreadable))


def pull_export(
    wiki: DumpWiki,
    mapping: Mapping,
    crews: Crews,
    *,
    state: Path | None = None,
    allow: Collection[str] = (),
    counted: Callable[[Iterable[Page]], Iterable[Page]] = iter,
    around: Surroundings = REAL,
) -> Pulled:
    """Bring the copy up to the export as it is now; return what was new.

    Nothing is read where neither the file nor the mapping has changed since. All in one change of
    the copy: where this fails or is killed, the one of before stays. `allow` as for `pull`.

    Raises:
        InputError: the export cannot be read, or changes meanwhile.
        SafetyStop: it has none of the pages there were, or too few.
        ConfigError, Unavailable: the copy or the workers cannot serve.
    """
    now = around.now().astimezone(UTC)
    mark, derived = mark_of(wiki), derived_by(mapping, wiki.syntax)
    with Mirror.open(state_folder(wiki, state), wiki.wikiid) as mirror:
        before, known = mirror.copied, mirror.known()
        same = mirror.passages.derived == derived
        if same and before is not None and before.mark == mark:
            left = len(mirror.unreadable())
            return Pulled(now, len(known), 0, 0, 0, 0, left, False)
        with mirror.writing(), crews() as crew:
            tools = Tools(mapping, wiki.spelling, texts=True)
            answers = spread(derive, parts_of(wiki.exported(), tools), crew)
            found = _written(answers, mirror, known if same else {}, counted)
            if mark_of(wiki) != mark:
                raise _changing(wiki.place)
            guard(known, Listing(found, None, mark), wiki, allow)
            gone = [pageid for pageid in known if pageid not in found]
            mirror.drop(gone)
            mirror.passages.finish(derived, mapping)
            mirror.finish(Copied(now, mapping.templates, mark, now))
        left = len(mirror.unreadable())
    there = {pageid: (str(here.title), here.revid) for pageid, here in found.items()}
    other = [pageid for pageid in known if pageid in there and there[pageid] != known[pageid]]
    moved = sum(there[pageid][0] != known[pageid][0] for pageid in other)
    new = sum(pageid not in known for pageid in there)
    return Pulled(now, len(there), new, len(other), moved, len(gone), left, True)


def _written(
    answers: Iterable[Derived],
    mirror: Mirror,
    known: dict[int, tuple[str, int]],
    counted: Callable[[Iterable[Page]], Iterable[Page]],
) -> dict[int, Here]:
    """Write what is other than what is known; return all that is there."""
    found: dict[int, Here] = {}

    def pages() -> Iterator[Page]:
        for told in answers:
            for pageid, title, revid in told.unreadable:
                found[pageid] = Here(title, revid)
                if known.get(pageid) != (str(title), revid):
                    mirror.keep_unreadable(pageid, str(title), revid)
            for page, said in told.pages:
                found[page.id] = Here(page.title, page.revision.id)
                if known.get(page.id) != (str(page.title), page.revision.id):
                    mirror.keep(page, said)
                yield page

    for _ in counted(pages()):
        pass
    return found


def _changing(place: str) -> InputError:
    return InputError(
        Text(
            f"{place} a changé pendant la lecture : la copie n'est pas touchée.",
            f"{place} has changed while it was read: the copy is left as it is.",
        ),
        Text("Attendez qu'il soit complet, puis relancez.", "Wait for it to be whole, then retry."),
    )
