"""A model wiki on which requests get lost, people meddle, and the bot's process dies.

What is to happen is said beforehand, as a value that reads well in a failing example; what
then happened is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from unittest.mock import patch

from tests.model.clock import Clock
from tests.model.wiki import SETTLING, ModelWiki, Post, Tables
from wikibot.errors import NotNow, OutcomeUnknown, SaveRefused, Unavailable, WikibotError
from wikibot.language import same
from wikibot.page import Saved
from wikibot.store import Journal

Kind = Literal[
    "request lost",
    "answer lost",
    "late",  # the server is slow: it saves when the bot has long given up waiting
    "not now",
    "refused",
    "odd answer, saved",
    "odd answer, not saved",
    "too fast, saved",  # a proxy says so (429, 503), and knows nothing of the wiki
    "too fast, not saved",
]
LATE = (3.0, SETTLING + 1)  # seconds: before the bot looks for it, or before it sends again
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Fault:
    """What goes wrong with the `post`-th request of a run to save (from 1).

    `times` is how often the wiki says "not now", and which of `LATE` a late save is; when the run
    is over it has arrived. Later than that it would be saved even over a revert of what was sent
    again meanwhile, and nobody but the wiki could prevent it.
    """

    post: int
    kind: Kind
    times: int = 1


AT_HAND = -1


@dataclass(frozen=True)
class Deed:
    """What a person does; `page` and `field` are numbers, `AT_HAND` is the page the bot is at."""

    kind: str
    page: int = 0
    field: int = 0


@dataclass(frozen=True)
class Meddling:
    """What a person does in the midst of a run: around its `number`-th save or reading."""

    moment: Literal["before save", "after save", "before reading"]
    number: int
    deed: Deed


@dataclass(frozen=True)
class Trouble:
    """All that is to happen during one run; `kill` is the instant at which the process dies.

    Instants are counted before and after each line of the journal and each save, or named.
    `unreadable` are the numbers of the readings that fail.
    """

    faults: tuple[Fault, ...] = ()
    meddling: tuple[Meddling, ...] = ()
    unreadable: tuple[int, ...] = ()
    kill: int | str | None = None


CALM = Trouble()


class Killed(BaseException):
    """The process is gone; nothing of it may run any more."""


class FaultyWiki(ModelWiki):
    """The model wiki under a `Trouble`. `meddle` is who does the deeds."""

    def __init__(self, clock: Clock | None = None, *, diff3: bool = True) -> None:
        super().__init__(clock, diff3=diff3)
        self.meddle: Callable[[Deed], None] = lambda deed: None
        self.tell: Callable[[str], object] = lambda words: None
        self.doubtful: set[str | int] = set()  # what ambiguous answers were given about
        self._begin(CALM)

    def _begin(self, trouble: Trouble) -> None:
        self._trouble = trouble
        self._faults = {fault.post: fault for fault in trouble.faults}
        self._posts = self._readings = self.instants = 0
        self.at_hand: str | int = 0  # what the bot last sent to be saved
        self.landed: set[str | int] = set()  # pages of which a late save has arrived in this run
        self.dead = False

    @contextmanager
    def trouble(self, trouble: Trouble) -> Iterator[None]:
        """Let a trouble befall the run inside; being killed ends it."""
        self._begin(trouble)
        write = Journal._do

        def watched(journal: Journal, statement: str, values: Sequence[object] = ()) -> object:
            self._instant(f"before {statement[:24]}")
            result = write(journal, statement, values)
            self._instant(f"after {statement[:24]}")
            return result

        with patch.object(Journal, "_do", watched):
            try:
                yield
            except Killed:
                pass
            finally:
                self._begin(CALM)
                if self.clock.waits:
                    self.clock.sleep(max(LATE) + SETTLING)  # until all can be seen

    # --- what befalls ---

    def _instant(self, where: str) -> None:
        self.instants += 1
        if self._trouble.kill in (self.instants, where):
            self.tell(f"  killed {where}")
            self.dead = True
        if self.dead:
            raise Killed

    def _read(self) -> Tables:
        if self.dead:
            raise Killed
        self._readings += 1
        self._meddled("before reading", self._readings)
        if self._readings in self._trouble.unreadable:
            self.tell(f"  reading {self._readings} fails")
            raise Unavailable(same("unreadable"), code="http-503")
        return super()._read()

    def _posted(self, post: Post) -> Saved:
        if self.dead:
            raise Killed
        self._posts += 1
        target = self.at_hand = post.target
        self._count_post()
        self._meddled("before save", self._posts)
        fault = self._faults.get(self._posts)
        if fault is not None and fault.kind == "not now" and fault.times > 1:
            self._faults[self._posts + 1] = Fault(self._posts + 1, "not now", fault.times - 1)
        self._instant("before a save")

        def arrive() -> Saved | WikibotError:
            try:
                saved = self._arrives(post)
            except WikibotError as error:
                self.tell(f"  save {target}: {error}")
                return error
            what = "nothing new" if saved.unchanged else f"revision {saved.new_revid}"
            self.tell(f"  save {target} upon {post.base}: {what}, {post.summary[:11]}")
            return saved

        answer = self._answered(fault, target, arrive)
        self._instant("after a save")
        self._meddled("after save", self._posts)
        if isinstance(answer, WikibotError):
            self.tell(f"  the bot is told: {answer}")
            raise answer
        if not answer.unchanged:
            self._seen = len(self._states) - 1
        return answer

    def _answered(
        self,
        fault: Fault | None,
        target: str | int,
        arrive: Callable[[], Saved | WikibotError],
    ) -> Saved | WikibotError:
        if fault is None:
            return arrive()
        if fault.kind == "not now":
            return NotNow(same("maxlag"), code="maxlag", first_wait=5.0)
        if fault.kind == "refused":
            return SaveRefused(same("protectedpage"), code="protectedpage")
        self.doubtful.add(target)
        if fault.kind in ("answer lost", "odd answer, saved", "too fast, saved"):
            arrive()
        elif fault.kind == "late":
            delay = LATE[min(fault.times, len(LATE)) - 1]
            self.clock.later(delay, lambda: self._lands(target, arrive))
        if "too fast" in fault.kind:
            return NotNow(same(fault.kind), code="http-429", look=True)
        odd = "odd" in fault.kind
        return OutcomeUnknown(same(fault.kind), code="odd" if odd else "no-answer", resend=not odd)

    def _lands(self, target: str | int, arrive: Callable[[], object]) -> None:
        arrive()
        self.landed.add(target)

    def _meddled(self, moment: str, number: int) -> None:
        for meddling in self._trouble.meddling:
            if (meddling.moment, meddling.number) == (moment, number):
                self.tell(f"  {moment} {number}:")
                self.meddle(meddling.deed)
