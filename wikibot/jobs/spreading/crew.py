"""Who does the work that is spread: this process, others on this machine, or those of a cluster.

Each is an executor of the standard library's kind (`concurrent.futures`), no more; how many there
are, and how a lost one is replaced, is told beside it.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Crew:
    """Workers: `open` starts an executor, anew after each loss; `size` is how many work at once.

    `look` is called while nothing comes back, and raises where nothing will.
    """

    size: int
    open: Callable[[], Executor]
    look: Callable[[], None] = lambda: None


Crews = Callable[[], AbstractContextManager[Crew]]


class Here(Executor):
    """Does at once, in this very process, what it is given."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return what is done already, or went wrong."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def this_process() -> Iterator[Crew]:
    """Give the crew of one: nothing is started for it."""
    yield Crew(0, Here)


@contextmanager
def processes(number: int) -> Iterator[Crew]:
    """Give a crew of processes of this machine, each a fresh interpreter."""
    yield Crew(number, lambda: _Processes(number))


class _Processes(ProcessPoolExecutor):
    """Processes that leave Ctrl-C to the one that has started them, from their first moment on."""

    def __init__(self, number: int) -> None:
        # spawn: a fork of a process that has threads may stand still for ever
        super().__init__(number, mp_context=get_context("spawn"), initializer=_begin)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give work away; this is where processes begin, and they inherit what is held."""
        with _held(_SIGNALS):
            return super().submit(fn, *args, **kwargs)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def _held(signals: Iterable[signal.Signals]) -> Iterator[None]:
    """Let signals wait: one in the midst of a start would leave half a crew behind."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def cores() -> int:
    """Return how many processors this process may use."""
    allowed: Any = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def _begin() -> None:
    """Leave Ctrl-C to the process that has started this one, and end where that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
