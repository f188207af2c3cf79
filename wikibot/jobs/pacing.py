"""Keeps a distance between edits, as the wiki's people and the wiki itself expect of a bot."""

from __future__ import annotations

from wikibot.jobs.surroundings import Surroundings
from wikibot.wiki import Wiki

_SLOWEST = 60.0  # seconds between two edits, however often the wiki asks for less
# Edits that keep the wiki's limit to the second are refused now and then all the same, and each
# refusal costs a wait: MediaWiki counts from the first edit of a minute, in whole seconds
# (measured: one edit of 200 at 90 a minute).
_MARGIN = 1.04
_A_LITTLE = 1.25


class Pace:
    """Sleeps before a write until the distance to the last one is kept.

    The first write never waits; a wiki on this machine's disk never does. Of `edits_per_minute`
    (0: as fast as may be) and the wiki's own limit the slower counts. `distance` is in seconds.
    """

    def __init__(self, wiki: Wiki, edits_per_minute: int, around: Surroundings) -> None:
        self._wiki = wiki
        self._around = around
        self.distance = 60 / edits_per_minute if edits_per_minute else 0.0
        if wiki.edit_limit is not None:
            edits, seconds = wiki.edit_limit
            self.distance = max(self.distance, seconds / max(edits, 1) * _MARGIN)
        self._last: float | None = None

    def wait(self) -> None:
        """Wait until the next write is due."""
        distance = self.distance * self._wiki.pauses
        now = self._around.now().timestamp()
        # A clock that was set back must not stretch the pause beyond one distance.
        if self._last is not None and now < self._last + distance:
            pause = min(self._last + distance - now, distance)
            self._around.sleep(pause)
            now += pause
        self._last = now

    def slow_down(self) -> None:
        """Keep a greater distance from now on: the wiki had to refuse an edit for haste.

        Twice the distance; a quarter more where its limit is known, and kept already.
        """
        if self._wiki.edit_limit is not None:
            self.distance = min(self.distance * _A_LITTLE, max(_SLOWEST, self.distance))
        else:
            self.distance = min(max(self.distance * 2, 1.0), _SLOWEST)
