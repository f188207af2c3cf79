"""What may go wrong between a client and a web server, one request at a time.

    faults.on("edit").after_commit(RESET)                    # saved, and nobody is told
    faults.on("edit", nth=2).unsent(page(502))               # the wiki never heard of it
    faults.on("edit", pageid=7).cut_body()                   # broken off half-way
    faults.on("edit", times=3).unsent(api_error("maxlag", retry_after=5))
    faults.on("edit").first(lambda: bench.edit_as_human(…))  # somebody is faster
    faults.on("edit").then(lambda: bench.edit_as_human(…))   # … or edits before we are answered

A fault counts the requests that fit it from the moment it is made, and is used up.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from tests.mediawiki.door import SeenRequest

ALWAYS = 10**9
HTML = "text/html; charset=UTF-8"


class Ending(Enum):
    """How the connection ends in place of an answer, or in the midst of it."""

    RESET = auto()  # RST
    HANG_UP = auto()  # closed in order, without a word
    SILENCE = auto()  # held open until the client gives up
    HALF = auto()  # half of the bytes that were promised, then closed
    TRUNCATED = auto()  # half of the answer as if it were all of it
    GARBLED = auto()  # compressed, it says; it is not


RESET, HANG_UP, SILENCE = Ending.RESET, Ending.HANG_UP, Ending.SILENCE
HALF, TRUNCATED, GARBLED = Ending.HALF, Ending.TRUNCATED, Ending.GARBLED


@dataclass(frozen=True)
class Answer:
    """An HTTP answer in place of the server's own."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def page(status: int = 200, text: str = "<!DOCTYPE html><h1>Maintenance</h1>") -> Answer:
    """Return a web page, as proxies and web servers answer in place of the wiki."""
    return Answer(status, text.encode(), {"Content-Type": HTML})


def as_json(value: object, status: int = 200, **headers: str) -> Answer:
    """Return an answer as the API gives it; `_` in the name of a header is a hyphen."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(status, json.dumps(value).encode(), {"Content-Type": "application/json", **named})


def api_error(
    code: str,
    info: str = "non",
    *,
    status: int = 200,
    retry_after: object = None,
    **more: object,
) -> Answer:
    """Return an error of the API in the shape of errorformat=bc."""
    headers = {} if retry_after is None else {"Retry_After": str(retry_after)}
    error = {"error": {"code": code, "info": info, **more}}
    return as_json(error, status, MediaWiki_API_Error=code, **headers)


# The last: what becomes of the bytes of the server's own answer.
How = Ending | Answer | Callable[[bytes], bytes]


class Point(Enum):
    """How far a request comes before its fault happens."""

    HALF_BODY = auto()  # half of the body is read; the server gets nothing
    HALF_ON = auto()  # … or gets that half, as if it were whole
    UNSENT = auto()  # all of it is read; the server gets nothing
    ANSWERED = auto()  # the server has answered; its answer is not handed back
    NONE = auto()  # all goes well


class Fault:
    """One fault; its methods say what happens and return it, to say more."""

    def __init__(self, fits: Callable[[SeenRequest], bool], nth: int, times: int) -> None:
        self._fits = fits
        self._next = nth
        self._left = times
        self.point = Point.NONE
        self.how: How | None = None
        self.drops = False
        self.announces = False
        self._before: list[Callable[[], object]] = []
        self._after: list[Callable[[], object]] = []

    # --- what happens ---

    def cut_body(self, how: How = RESET) -> Self:
        """Break the connection off half-way through the request's body."""
        return self._set(Point.HALF_BODY, how)

    def hand_on_half(self, how: How = RESET) -> Self:
        """Hand the first half of the body on as if it were all, as a broken proxy does."""
        return self._set(Point.HALF_ON, how)

    def unsent(self, how: How = RESET) -> Self:
        """Take the whole request, and never tell the server."""
        return self._set(Point.UNSENT, how)

    def after_commit(self, how: How = RESET) -> Self:
        """Let the server do its work, and lose its answer."""
        return self._set(Point.ANSWERED, how)

    def first(self, act: Callable[[], object]) -> Self:
        """Call `act` before the server is asked."""
        self._before.append(act)
        return self

    def then(self, act: Callable[[], object]) -> Self:
        """Call `act` when the server has done its work, before the client hears of it."""
        self._after.append(act)
        return self

    def then_drop(self) -> Self:
        """Close the connection without a word, which was to be kept, once the answer is out."""
        self.drops = True
        return self

    def then_close(self) -> Self:
        """Close it in order: the answer says so."""
        self.announces = True
        return self

    # --- the door asks ---

    @property
    def over(self) -> bool:
        """Whether it has happened as often as it should."""
        return self._left <= 0

    @property
    def lasting(self) -> bool:
        """Whether it was made to happen again and again, without end."""
        return self._left > ALWAYS // 2

    def due(self, request: SeenRequest, *, halfway: bool) -> bool:
        """Count a request that fits; tell whether it is the one."""
        early = self.point in (Point.HALF_BODY, Point.HALF_ON)
        if early is not halfway or self.over or not self._fits(request):
            return False
        self._next -= 1
        if self._next > 0:
            return False
        self._left -= 1
        return True

    def begin(self) -> None:
        """Do what comes before the server is asked."""
        for act in self._before:
            act()

    def finish(self) -> None:
        """Do what comes after it was."""
        for act in self._after:
            act()

    def _set(self, point: Point, how: How) -> Self:
        self.point, self.how = point, how
        return self


class Faults:
    """The faults that are still to happen. All that are due act; the first ending counts."""

    def __init__(self) -> None:
        self._all: list[Fault] = []
        self._lock = threading.Lock()
        self.troubles: list[BaseException] = []  # of what faults were to call
        self.era = 0  # grows with every `clear`

    def on(
        self,
        action: str = "",
        *,
        nth: int = 1,
        times: int = 1,
        method: str = "",
        when: Callable[[SeenRequest], bool] = lambda request: True,
        **parameters: object,
    ) -> Fault:
        """Return a fault for the `nth` request from now, and `times - 1` that follow.

        Only requests of that action, method and these parameters count; `nth` is 1 for the
        next one. `ALWAYS` is a number of times too.
        """

        def fits(request: SeenRequest) -> bool:
            return (
                action in ("", request.action)
                and method in ("", request.method)
                and all(
                    request.parameters.get(name) == str(value) for name, value in parameters.items()
                )
                and when(request)
            )

        fault = Fault(fits, nth, times)
        with self._lock:
            self._all.append(fault)
        return fault

    def due(self, request: SeenRequest, *, halfway: bool) -> list[Fault]:
        """Return the faults of this request."""
        with self._lock:
            return [fault for fault in self._all if fault.due(request, halfway=halfway)]

    @property
    def waiting(self) -> list[Fault]:
        """The faults that have not happened, or not often enough."""
        with self._lock:
            return [fault for fault in self._all if not fault.over and not fault.lasting]

    def clear(self) -> None:
        """Forget all faults; whoever is kept waiting is let go."""
        with self._lock:
            self._all.clear()
            self.era += 1
        self.troubles.clear()
