"""Reads files that may be anything; writes files that are whole or not there at every instant."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LEFT_OVER = ".wikibot-*.tmp"
_BINARY = getattr(os, "O_BINARY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | _BINARY | _NOFOLLOW | getattr(os, "O_NONBLOCK", 0)
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY | _NOFOLLOW
APPEND = os.O_RDWR | os.O_APPEND | os.O_CREAT | _BINARY | _NOFOLLOW


def read(path: Path, start: int = 0) -> tuple[bytes, os.stat_result]:
    """Return what an ordinary file holds from byte `start`, and its state.

    Raises:
        OSError: a symbolic link (ELOOP), anything else that is no file (EISDIR), or no right.
    """
    descriptor = os.open(path, _READ)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        with open(descriptor, "rb", closefd=False) as file:
            file.seek(start)
            return file.read(), status
    finally:
        os.close(descriptor)


def write(descriptor: int, data: bytes) -> None:
    """Write all of `data` and wait until the disk has it."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.fsync(descriptor)


@contextmanager
def temporary(folder: Path, data: bytes, mode: int | None) -> Iterator[Path]:
    """Give a file of `folder` that holds `data`, safely on the disk, to be renamed.

    It is removed in the end where it still has its own name. With no `mode` it gets the one
    that new files get here.
    """
    path = folder / _LEFT_OVER.replace("*", secrets.token_hex(8))
    descriptor = os.open(path, _CREATE, 0o666 if mode is None else 0o600)
    try:
        try:
            if mode is not None and hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)
            write(descriptor, data)
        finally:
            os.close(descriptor)
        yield path
    finally:
        path.unlink(missing_ok=True)


def put(path: Path, data: bytes, mode: int = 0o600) -> None:
    """Replace the file `path`, or create it; at every instant it is the old or the new one."""
    with temporary(path.parent, data, mode) as new:
        os.replace(new, path)
    sync_folder(path.parent)


def put_new(path: Path, data: bytes) -> None:
    """Create the file `path`, whole from its first instant; its folder is yet to be synced.

    Raises:
        FileExistsError: something of that name is there, and stays as it is.
    """
    with temporary(path.parent, data, None) as new:
        try:
            os.link(new, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links (FAT, some network shares)
            if os.path.lexists(path):
                raise FileExistsError(path) from None
            os.rename(new, path)


def sync_folder(folder: Path) -> None:
    """Wait until the disk knows the names of `folder`; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove the temporary files that a killed run left in `folder`."""
    for path in folder.glob(_LEFT_OVER):
        path.unlink(missing_ok=True)
