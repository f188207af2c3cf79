"""Writes a file whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

PRIVATE, SHARED = 0o600, 0o666  # the second less what the person's umask takes away
PUBLIC = 0o644  # whatever the umask: another program is to read it


def write_whole(path: Path, data: bytes, mode: int = PRIVATE) -> None:
    """Put `data` in the place of a file, safely on the disk; a link is not followed.

    Raises:
        OSError: it cannot be written there; what was there stays.
    """
    if path.is_symlink():  # where it leads is not ours to say
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
    temporary = path.parent / f".{path.name}.{secrets.token_hex(4)}.tmp"
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            if mode == PUBLIC and hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
