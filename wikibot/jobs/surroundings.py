"""What a job takes from the outside world: the clock, sleeping, fresh ids."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u


def _fresh_id() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(6))


@dataclass(frozen=True)
class Surroundings:
    """The clock (aware, UTC), a sleep in seconds, ids of six characters, chance from 0 to 1."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    fresh_id: Callable[[], str] = _fresh_id
    chance: Callable[[], float] = random.random

    def stamp(self) -> str:
        """Return the time as ISO 8601, UTC, whole seconds."""
        return self.now().astimezone(UTC).replace(microsecond=0).isoformat()


REAL = Surroundings()
