"""Waiting for a wiki: how long, how often, and when to give up."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

_GROWTH = 2.0
_JITTER = 0.25  # a wait is up to a quarter longer: many bots must not come back at once


@dataclass(frozen=True)
class Patience:
    """How long one request may wait in all, and with which clock.

    `budget` is in seconds, waits and answers together, by a clock that nobody sets. `scale`
    shortens the real sleep alone (in tests); the budget is spent as if the whole wait had passed.
    """

    budget: float = 300.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random
    scale: float = 1.0

    def begin(self) -> Waiting:
        """Return the waits of one request, from now on."""
        return Waiting(self)


class Waiting:
    """The waits of one request: each longer than the last, all within one budget."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._started = patience.clock()
        self._waited = 0.0
        self.pauses = 0

    def next_pause(self, asked: float | None, first: float) -> float | None:
        """Return the seconds to wait now, or None when the budget is spent.

        `asked` is what the server wants (Retry-After), `first` the shortest first wait.
        """
        spent = max(self._waited, self._patience.clock() - self._started)
        remaining = self._patience.budget - spent
        if remaining <= 0:
            return None
        growing = first * _GROWTH ** min(self.pauses, 30)
        wished = max(asked or 0.0, growing) * (1 + _JITTER * self._patience.random())
        return min(wished, remaining)

    def pause(self, seconds: float) -> None:
        """Sleep for `seconds` of the budget."""
        self.pauses += 1
        self._waited += seconds
        self._patience.sleep(seconds * self._patience.scale)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a server asks to wait: a number, a date, or None for nonsense.

    A date is taken against the server's own `Date`, never against this machine's clock.
    Source: RFC 9110, 10.2.3 Retry-After.
    """
    value = headers.get("Retry-After", "").strip()
    try:
        seconds = float(value)
    except ValueError:
        until, now = _date(value), _date(headers.get("Date", ""))
        if until is None or now is None:
            return None
        seconds = (until - now).total_seconds()
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def sleep_scale(environment: Mapping[str, str], *, loopback: bool) -> float:
    """Return the factor on every wait: WIKIBOT_SLEEP_SCALE, for a wiki on this machine only."""
    if not loopback:
        return 1.0
    try:
        scale = float(environment.get("WIKIBOT_SLEEP_SCALE", "1"))
    except ValueError:
        return 1.0
    return scale if 0.0 <= scale <= 1.0 else 1.0


def _date(value: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(value)
    except ValueError:
        return None
    return date if date.tzinfo is not None else None
