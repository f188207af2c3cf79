"""What this machine gives the bot: its state folder, the disk, the lock. Nothing stays behind."""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wikibot.errors import ConfigError, LockHeld, WikibotError
from wikibot.jobs.guards import STOP_FILE
from wikibot.jobs.state import account_lock, run_lock
from wikibot.language import same
from wikibot.store.owner import journal_owner

# Names of the kernel's, for file systems whose files are on another machine.
_ELSEWHERE = re.compile(
    r"9p|afs|ceph|cifs|coda|davfs|glusterfs|lustre|ncpfs|nfs4?|smb3|smbfs"
    r"|fuse\.(?:davfs2|glusterfs|rclone|sshfs)"
)
_MOUNTS = Path("/proc/self/mountinfo")


@dataclass(frozen=True)
class StateFacts:
    """The state folder, which may not exist yet.

    `trouble` is why it cannot be written, in the system's words; `open` what other accounts of
    the machine may read, the folder itself as "."; `network` the file system's name if its files
    are on another machine; `free` is in bytes; `locked` is why a run could not begin. `owner` is
    the wiki whose journal is there, None for none yet, `damage` why the journal cannot be read.
    """

    folder: Path
    exists: bool
    trouble: str | None = None
    open: tuple[str, ...] = ()
    network: str | None = None
    free: int | None = None
    locked: WikibotError | None = None
    owner: str | None = None
    damage: WikibotError | None = None
    stopped: bool = False


def look_at(folder: Path, place: str = "", account: str | None = None) -> StateFacts:
    """Look at a state folder as a run of an account on the wiki at `place` would use it.

    What is tried is undone at once; the lock of the account stays as an empty file.
    """
    exists = folder.is_dir()
    there = _nearest(folder)
    owner, damage = None, None
    try:
        owner = journal_owner(folder)
    except WikibotError as error:
        damage = error
    return StateFacts(
        folder,
        exists,
        trouble=_trouble(folder, there),
        open=tuple(_open_to_others(folder)) if exists else (),
        network=network_file_system(there),
        free=_free(there),
        locked=_lock(folder, place, account),
        owner=owner,
        damage=damage,
        stopped=(folder / STOP_FILE).exists(),
    )


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above that exists."""
    return next((p for p in (folder, *folder.absolute().parents) if p.exists()), Path("/"))


def _trouble(folder: Path, there: Path) -> str | None:
    """Try to write: rights alone do not tell of a read-only disk or a full quota."""
    if there != folder:
        return (
            None
            if there.is_dir() and os.access(there, os.W_OK | os.X_OK)
            else os.strerror(errno.EACCES)
        )
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"wikibot")
            file.flush()
    except OSError as error:
        return error.strerror or type(error).__name__
    return None


def _open_to_others(folder: Path) -> Iterator[str]:
    if os.name == "nt":
        return
    for path in (folder, *sorted(folder.iterdir() if os.access(folder, os.R_OK) else ())):
        try:
            state = path.lstat()
        except OSError:
            continue
        if state.st_mode & 0o077 and not path.is_symlink():
            yield "." if path == folder else path.name


def _free(there: Path) -> int | None:
    try:
        return shutil.disk_usage(there).free
    except OSError:
        return None


def _lock(folder: Path, place: str, account: str | None) -> WikibotError | None:
    """Take the locks of a run and let them go; return why one cannot be had.

    Where the folder has none yet, one beside it shows whether locks work there.
    """
    try:
        if (folder / "run.lock").exists():
            with run_lock(folder):
                pass
        elif folder.is_dir():
            with tempfile.TemporaryDirectory(dir=folder) as trial, run_lock(Path(trial)):
                pass
        if account is not None:
            with account_lock(place, account):
                pass
    except (LockHeld, ConfigError) as error:
        return error
    except OSError as error:
        return ConfigError(same(f"{folder}: {error.strerror}"))
    return None


def network_file_system(path: Path, mounts: Path = _MOUNTS) -> str | None:
    """Return the name of the file system of a path if it is on another machine, else None.

    None too where the system does not tell. Source: Linux, proc_pid_mountinfo(5).
    """
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return None
    here = os.path.realpath(path)
    longest, kind = "", None
    for line in lines:
        left, _, right = line.partition(" - ")
        parts, told = left.split(" "), right.split(" ")
        if len(parts) < 5 or not told[0]:
            continue
        point = parts[4].replace("\\040", " ").rstrip("/")
        inside = here == point or here.startswith(f"{point}/")
        if inside and len(point) >= len(longest):  # of two at one place the later one is seen
            longest, kind = point, told[0]
    return kind if kind and _ELSEWHERE.fullmatch(kind) else None
