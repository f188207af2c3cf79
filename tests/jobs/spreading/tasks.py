"""Work that tests give to other processes; these load this module alone for it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def die_once(told: tuple[str, int]) -> tuple[int, int]:
    """End the process at the third part, the first time that it comes by."""
    place, number = told
    if number == 3 and not Path(place).exists():
        Path(place).write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGKILL)
    return number, os.getpid()


def linger(place: str) -> None:
    """Leave a trace of this process, and take a little time."""
    (Path(place) / str(os.getpid())).touch()
    time.sleep(0.05)
