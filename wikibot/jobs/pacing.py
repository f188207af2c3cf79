"""Keeps a distance between edits, as the wiki's people expect of a bot."""

from __future__ import annotations

from collections.abc import Callable

from wikibot.jobs.surroundings import Surroundings
from wikibot.wiki import Wiki

# One edit in ten seconds: what bot policies ask of work that is not urgent, and pywikibot's
# own default (put_throttle).
EDITS_PER_MINUTE = 6


def pacing(wiki: Wiki, edits_per_minute: int, around: Surroundings) -> Callable[[], None]:
    """Return what to call before each write: it sleeps until the distance is kept.

    The first write never waits; a wiki on this machine's disk, or 0 edits a minute, never does.
    """
    distance = 60 / edits_per_minute * wiki.pauses if edits_per_minute else 0.0
    last: list[float] = []

    def pace() -> None:
        now = around.now().timestamp()
        if last and now < last[0] + distance:
            around.sleep(last[0] + distance - now)
            now = last[0] + distance
        last[:] = [now]

    return pace
