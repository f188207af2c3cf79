"""Which crew a command gets, by what it asked for and by how much there is to do."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from wikibot.jobs.spreading.crew import Crew, Crews, cores, processes, this_process

LARGE = 64 * 2**20  # bytes of an export, plain, from which on other processes pay
_PACKED = (b"BZh", b"\x1f\x8b")
_PACKS = 8  # times that an export is larger than packed, or more


def crews_for(file: Path, workers: int | None = None, scheduler: str | None = None) -> Crews:
    """Return the crew for an export: a cluster, that many processes, or what suits its size.

    A small one is checked by this process alone: others would take longer to start than it does.
    """
    if scheduler:
        return partial(_cluster, scheduler)
    number = workers if workers is not None else (cores() if _size(file) >= LARGE else 1)
    return this_process if number <= 1 else partial(processes, number)


def _cluster(address: str) -> AbstractContextManager[Crew]:
    from wikibot.jobs.spreading.cluster import cluster

    return cluster(address)


def _size(file: Path) -> int:
    """Return about how many bytes an export has, unpacked; 0 where nobody can tell."""
    try:
        with file.open("rb") as opened:
            packed = opened.read(3).startswith(_PACKED)
        return file.stat().st_size * (_PACKS if packed else 1)
    except OSError:
        return 0
