"""The side of one who is measured: a process of its own, which says when its work begins and ends.

    python -m tests.benchmarks.peers.with_NAME TASK ORDER

ORDER is JSON. It makes itself ready (imports, login), prints a line, waits for one, works, and
prints what it has done as JSON. Only the standard library is used here: the peers have a Python
environment of their own.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

Order = dict[str, Any]
# Makes itself ready by an order; returns the work, which returns what is to be compared, or how
# that is made of what it has read: comparing is no part of the work.
Work = Callable[[], object]
Task = Callable[[Order], Work]


def take_part(tasks: Mapping[str, Task]) -> None:
    """Do the task that the command line names."""
    work = tasks[sys.argv[1]](json.loads(sys.argv[2]))
    print("ready", flush=True)
    sys.stdin.readline()
    wall, busy = time.perf_counter(), time.process_time()
    result = work()
    told: dict[str, Any] = {
        "seconds": time.perf_counter() - wall,
        "cpu": time.process_time() - busy,
        "peak": _peak(),
    }
    told["result"] = result() if callable(result) else result
    print(json.dumps(told), flush=True)


def digest(texts: Iterable[tuple[str, str]]) -> list[object]:
    """Return how many pages there are, and a sum over titles and texts, whatever their order."""
    count, total = 0, 0
    for title, text in texts:
        count += 1
        whole = hashlib.blake2b(f"{title}\n{text}".encode(), digest_size=16)
        total ^= int.from_bytes(whole.digest(), "big")
    return [count, f"{total:032x}"]


def digest_of_parameters(pages: Iterable[tuple[str, Mapping[str, str]]]) -> list[object]:
    """Return the same over the parameters of pages, values stripped."""
    return digest(
        (title, json.dumps({k: v.strip() for k, v in sorted(known.items())}))
        for title, known in pages
    )


def in_memory(texts: Mapping[str, str], read: Callable[[str], Mapping[str, str]]) -> Work:
    """Return the work of reading the parameters of each of these texts."""
    read(next(iter(texts.values())))  # loads what it is read with

    def work() -> Work:
        found = [read(text) for text in texts.values()]
        return lambda: digest_of_parameters(zip(texts, found, strict=True))

    return work


def tally(pages: Iterable[tuple[str, Mapping[str, str]]]) -> list[int]:
    """Return how many pages and parameters there are, and the length of all values, stripped.

    It costs next to nothing, so that it may be part of the work on what is too long to keep.
    """
    number, count, length = 0, 0, 0
    for title, known in pages:
        number, count, length = number + 1, count + len(known), length + len(title)
        length += sum([len(value.strip()) for value in known.values()])
    return [number, count, length]


def _peak() -> float:
    """Return the most memory that this process had, in MB (Linux).

    Not `ru_maxrss`: that begins with what the process had that started this one.
    """
    for line in Path("/proc/self/status").read_text().splitlines():
        name, _, value = line.partition(":")
        if name == "VmHWM":
            return int(value.split()[0]) / 1024
    return 0.0
