"""Checks the pages that an overview has read, for the numbers alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC
from pathlib import Path

from wikibot import __version__
from wikibot.checks.finding import Severity
from wikibot.checks.sifting import Sifted
from wikibot.checks.snapshot import Snapshot, snapshot_of
from wikibot.jobs.check import check
from wikibot.jobs.findings import sift
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.jobs.trend import trend
from wikibot.mapping import Mapping
from wikibot.overviews.collection import Member
from wikibot.page import Page
from wikibot.wiki import Wiki


def checked(
    pages: Sequence[Page],
    mapping: Mapping,
    wiki: Wiki,
    *,
    members: Iterable[Member] = (),
    sifted: Sifted | None = None,
    around: Surroundings = REAL,
) -> tuple[Snapshot, dict[tuple[str, Severity], int]]:
    """Return the counts of a check of the pages, all of the wiki, over all and by page type.

    About a millisecond a page. A page counts for the type of its first member among `members`. A
    dump is of the day of its latest edit. Nothing is kept: that is for a check. `sifted` is what
    such a check has found just now, where there was one.

    Raises:
        InputError, Unavailable, AccessError: the wiki cannot be read.
    """
    if sifted is None:
        found = check(pages, mapping, wiki, whole=True, around=around)
        sifted = sift(found, pages, mapping, wiki, whole=True, around=around)
    now = around.now().astimezone(UTC)
    if not wiki.writable:
        now = min(now, max((page.revision.timestamp for page in pages), default=now))
    taken = snapshot_of(sifted, len(pages), mapping.id, mapping.wiki.rules, now, __version__)
    types: dict[str, str] = {}
    for member in sorted(members, key=lambda each: (_is_part(each, mapping), each.index)):
        types.setdefault(member.title, member.page_type)
    by_type = Counter(
        (types[str(finding.title)], finding.severity)
        for finding in sifted.findings
        if str(finding.title) in types
    )
    return taken, dict(by_type)


def earlier(
    wiki: Wiki, mapping: Mapping, taken: Snapshot, *, state: Path | None = None
) -> tuple[Snapshot, ...]:
    """Return the counts that checks of days before have kept, the oldest first.

    Raises:
        ConfigError, Unavailable: what was kept cannot be read.
    """
    return tuple(each for each in trend(wiki, mapping, state=state) if each.day < taken.day)


def _is_part(member: Member, mapping: Mapping) -> bool:
    page_type = mapping.page_type(member.page_type)
    return page_type is not None and page_type.part_of is not None
