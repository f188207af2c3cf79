"""Runs in forked processes, which may be killed: no interpreter has to start."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from typing import Any

import wikibot
from wikibot.store import Journal

KILLED = -signal.SIGKILL
CRASHED = 99  # an error that nobody meant


def forked(work: Callable[[], int]) -> int:
    """Call `work` in a forked process; return its code, KILLED or CRASHED."""
    child = os.fork()
    if child == 0:
        code = CRASHED
        try:
            code = work()
        except wikibot.WikibotError as error:
            code = error.exit_code
        except BaseException:
            traceback.print_exc()
        os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_at(number: int) -> None:
    """Kill this process at an instant: before or after one of its statements of the journal."""
    original: Callable[..., Any] = Journal._do
    passed = 0

    def step() -> None:
        nonlocal passed
        passed += 1
        if passed == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(*arguments: Any) -> Any:
        step()
        result = original(*arguments)
        step()
        return result

    Journal._do = watched  # type: ignore[method-assign, assignment]
