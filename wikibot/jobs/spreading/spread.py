"""Work on many parts by many workers: in order, few parts at a time, whoever is lost on the way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from typing import Generic, TypeVar

from wikibot.errors import Unavailable
from wikibot.jobs.spreading.crew import Crew
from wikibot.language import Text

Part = TypeVar("Part")
Done = TypeVar("Done")

AGAIN = 2  # times that a part is given to new workers after it was lost with the old ones
_AHEAD = 2  # parts that wait for each worker: enough that none is idle while one is read
_LOOK = 30.0  # seconds without an answer after which the crew is looked at


def spread(task: Callable[[Part], Done], parts: Iterable[Part], crew: Crew) -> Iterator[Done]:
    """Yield what `task` makes of each part, in the order of the parts.

    `parts` are taken as they are needed, so that few are in memory at any time; the task is a
    function of a module, as both travel. Whatever ends this early, nothing is left running.

    Raises:
        Unavailable: workers were lost again and again, or there are none.
        Whatever the task or the parts raise.
    """
    line = _Line(task, crew)
    try:
        for part in parts:
            line.add(part)
            while line.is_full:
                yield line.first()
        while line.parts:
            yield line.first()
    finally:
        line.close()


class _Line(Generic[Part, Done]):
    """The parts that are being worked on, in their order."""

    def __init__(self, task: Callable[[Part], Done], crew: Crew) -> None:
        self._task, self._crew = task, crew
        self._executor: Executor | None = None
        self.parts: deque[tuple[Part, Future[Done]]] = deque()
        self._lost = 0  # times in a row

    @property
    def is_full(self) -> bool:
        return len(self.parts) > _AHEAD * self._crew.size

    def add(self, part: Part) -> None:
        while True:
            try:
                self.parts.append((part, self._submit(part)))
                return
            except BrokenExecutor:
                self._replace()

    def first(self) -> Done:
        """Wait for what was made of the first part, and take it out of the line."""
        while True:
            try:
                made = self.parts[0][1].result(timeout=_LOOK)
            except BrokenExecutor:
                self._replace()
            except NotYet:
                if self.parts[0][1].done():  # the task's own
                    raise
                self._crew.look()
            else:
                self._lost = 0
                self.parts.popleft()
                return made

    def close(self) -> None:
        """End the workers; what is still being worked on is no longer wanted."""
        for _, future in self.parts:
            future.cancel()
        if self._executor is not None:
            self._executor.shutdown()
            self._executor = None

    def _submit(self, part: Part) -> Future[Done]:
        if self._executor is None:
            self._executor = self._crew.open()
        return self._executor.submit(self._task, part)

    def _replace(self) -> None:
        """Start new workers, and give them all that the old ones had not finished."""
        self._lost += 1
        if self._lost > AGAIN:
            raise lost_again()
        self.close()
        # those that are not given away stay broken, and the next look finds them
        with suppress(BrokenExecutor):
            self.parts = deque(
                (part, future if _is_made(future) else self._submit(part))
                for part, future in self.parts
            )


def _is_made(future: Future[Done]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def lost_again() -> Unavailable:
    """Return the error for work that no worker survives."""
    return Unavailable(
        Text(
            "Un processus de calcul s'arrête à chaque essai : rien n'est écrit.",
            "A working process ends at each attempt: nothing is written.",
        ),
        Text(
            "La mémoire manque peut-être : relancez avec moins de processus (--workers 1).",
            "Memory may be short: run again with fewer processes (--workers 1).",
        ),
        "workers-lost",
    )
