"""The time of a model world, and what is to happen in it later."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from wikibot.jobs.surroundings import Surroundings


class Clock:
    """The time of a model world; it passes only when someone sleeps."""

    def __init__(self, start: datetime = datetime(2026, 1, 31, 12, tzinfo=UTC)) -> None:
        self._start = start
        self.seconds = 0.0
        self.wrong = 0.0  # by how many seconds the bot's clock is fast
        self._ids = itertools.count(1)
        self._alarms: list[tuple[float, int, Callable[[], object]]] = []
        self._order = itertools.count()
        self.on_id: Callable[[str], None] = lambda id: None  # is told each fresh id

    def now(self) -> datetime:
        """Return the time by the clock of the bot's machine."""
        return self._start + timedelta(seconds=self.seconds + self.wrong)

    def at(self, stamp: int) -> datetime:
        """Return the time of a stamp of the wiki's, whose clock is right."""
        return self._start + timedelta(seconds=stamp)

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        until = self.seconds + seconds
        while self._alarms and min(self._alarms)[0] <= until:
            alarm = min(self._alarms)
            self._alarms.remove(alarm)
            self.seconds = max(self.seconds, alarm[0])
            alarm[2]()
        self.seconds = until

    def later(self, seconds: float, deed: Callable[[], object]) -> None:
        """Have something done when that many seconds have passed."""
        self._alarms.append((self.seconds + seconds, next(self._order), deed))

    @property
    def waits(self) -> bool:
        """Whether anything is still to be done."""
        return bool(self._alarms)

    def fresh_id(self) -> str:
        id = f"{next(self._ids):06}"
        self.on_id(id)
        return id

    def surroundings(self) -> Surroundings:
        return Surroundings(self.now, self.sleep, self.fresh_id, lambda: 0.5)
