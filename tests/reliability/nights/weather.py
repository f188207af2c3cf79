"""The weather between the bot and its wiki: one request in a hundred fails, in a drawn way."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.mediawiki.door import SeenRequest
from tests.mediawiki.faults import (
    ALWAYS,
    HALF,
    HANG_UP,
    RESET,
    TRUNCATED,
    Fault,
    How,
    Point,
    api_error,
    as_json,
    page,
)

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

UNHEARD: tuple[How, ...] = (RESET, HANG_UP, page(502), page(503), page(200), TRUNCATED,
                            api_error("maxlag", retry_after=5), api_error("readonly"))  # fmt: skip
LOST: tuple[How, ...] = (RESET, HANG_UP, HALF, TRUNCATED, page(504), page(200), as_json(None))
OF_AN_EDIT: tuple[How, ...] = (api_error("badtoken"), api_error("ratelimited"),
                               api_error("editconflict"),
                               api_error("internal_api_error_DBQueryError"))  # fmt: skip
_CUT = 0.2  # of all faults: half of the request arrives


class Weather:
    """Faults of a rate, by the dice of a night; `struck` says which there were.

    An edit that fails is rarer and matters more than a question: it is `worse` times as likely.
    """

    def __init__(
        self, bench: MediaWikiBench, dice: random.Random, rate: float, worse: float = 4
    ) -> None:
        """Begin; whatever comes through the door is at risk."""
        self.struck: list[str] = []
        self._dice, self._rate, self._worse = dice, rate, worse
        whole = bench.faults.on(times=ALWAYS, when=lambda request: self._strikes(whole, request))
        cut = bench.faults.on(times=ALWAYS, when=lambda request: self._cuts(cut, request))
        cut.cut_body()

    def _due(self, request: SeenRequest, share: float) -> bool:
        rate = self._rate * (self._worse if request.action == "edit" else 1)
        return self._dice.random() < rate * share

    def _strikes(self, fault: Fault, request: SeenRequest) -> bool:
        fault.point, fault.how = Point.NONE, None
        if not self._due(request, 1 - _CUT):
            return False
        ways: list[tuple[Point, How]] = [
            (Point.UNSENT, self._dice.choice(UNHEARD)),
            (Point.ANSWERED, self._dice.choice(LOST)),
        ]
        if request.action == "edit":
            ways.append((Point.UNSENT, self._dice.choice(OF_AN_EDIT)))
        fault.point, fault.how = self._dice.choice(ways)
        self._note(fault, request)
        return True

    def _cuts(self, fault: Fault, request: SeenRequest) -> bool:
        if request.method != "POST" or not self._due(request, _CUT):
            return False
        fault.point = self._dice.choice((Point.HALF_BODY, Point.HALF_ON))
        fault.how = RESET
        self._note(fault, request)
        return True

    def _note(self, fault: Fault, request: SeenRequest) -> None:
        shown = getattr(fault.how, "name", None) or getattr(fault.how, "body", None)
        self.struck.append(f"{request.action} {fault.point.name} {shown!r}"[:90])
