"""wikibot on another day: a clock that is set forward, here or in a process of its own.

python -m tests.reliability.nights.alone 3.5 nightly
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta

from wikibot.cli import main
from wikibot.jobs.surroundings import REAL


def set_forward(days: float) -> None:
    """Let every job think that it is so many days later. The wiki keeps its own clock."""
    ahead = timedelta(days=days)
    object.__setattr__(REAL, "now", lambda: datetime.now(UTC) + ahead)


if __name__ == "__main__":
    set_forward(float(sys.argv[1]))
    main(sys.argv[2:])
