"""Points at which a test may have the process kill itself, as a power cut would.

`WIKIBOT_FAULT=K04` kills it at the first K04 it comes to, `K04@3` at the third. It is heeded
only where the wiki is on this machine.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Mapping

VARIABLE = "WIKIBOT_FAULT"
POINTS = {
    "K01": "before the intent is written down",
    "K02": "after it is written down, before anything is sent",
    "K03": "half of the body is sent",
    "K04": "the wiki has answered, the answer is not read",
    "K05": "the answer is read, not written down",
    "K06": "a sync has written the wiki, not the tracker yet",
    "K07": "a report is written, not yet in its place",
}
_ORDER = re.compile(r"(K\d\d)(?:@(\d+))?")
_left: dict[str, int] = {}


def arm(environment: Mapping[str, str], *, loopback: bool) -> None:
    """Take the order of the environment, for a wiki on this machine alone."""
    _left.clear()
    order = _ORDER.fullmatch(environment.get(VARIABLE, ""))
    if loopback and order and order[1] in POINTS:
        _left[order[1]] = int(order[2] or 1)


def armed(point: str) -> bool:
    """Return whether the process dies the next time it reaches this point."""
    return _left.get(point) == 1


def reach(point: str) -> None:
    """Die here, where that was ordered."""
    if point in _left:
        _left[point] -= 1
        if not _left[point]:
            os.kill(os.getpid(), signal.SIGKILL)
