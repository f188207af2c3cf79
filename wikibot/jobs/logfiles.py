"""The file of `--log-file`: put aside once a month or when it is full, and a new one begun.

`robot.log` becomes `robot-20260301T031500.000000Z.log`, by one renaming: at every instant each line
is in one of them. The last two dozen are kept, for as long as `[retention] log_days` says.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

LONGEST = timedelta(days=30)  # of one file, by its first line
LARGEST = 10_000_000  # bytes
MOST = 24  # files that are put aside
_STAMP = "%Y%m%dT%H%M%S.%fZ"
_FIRST = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_HEAD = 200  # bytes in which the first line tells its moment


def put_aside(path: Path, now: datetime) -> bool:
    """Put a log aside that is full or older than a month, and the oldest of many away.

    Return whether it was; where it cannot be, it goes on as it is.
    """
    try:
        with path.open("rb") as file:
            head, size = file.read(_HEAD), os.fstat(file.fileno()).st_size
        found = _FIRST.search(head)
        begun = datetime.fromisoformat(f"{found[0].decode()}+00:00") if found else now
        if size < LARGEST and now - begun < LONGEST:
            return False
        path.rename(path.with_name(f"{path.stem}-{now.astimezone(UTC):{_STAMP}}{path.suffix}"))
    except (OSError, ValueError):
        return False
    for old, _ in aside(path)[:-MOST]:
        with suppress(OSError):
            old.unlink()
    return True


def aside(path: Path) -> list[tuple[Path, datetime]]:
    """Return the files that were put aside of a log, each with the moment, the oldest first."""
    name = re.compile(
        rf"{re.escape(path.stem)}-(\d{{8}}T\d{{6}}\.\d{{6}}Z){re.escape(path.suffix)}"
    )
    found = []
    for other in path.parent.iterdir() if path.parent.is_dir() else ():
        match = name.fullmatch(other.name)
        if match is None or other.is_symlink() or not other.is_file():
            continue
        with suppress(ValueError):  # no moment that there is
            found.append((other, datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)))
    return sorted(found, key=lambda each: each[0].name)
