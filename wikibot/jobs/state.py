"""Where a wiki's state is kept, and the lock that lets one run at a time work on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from wikibot.errors import ConfigError, LockHeld
from wikibot.language import Text
from wikibot.wiki import Wiki


def state_folder(wiki: Wiki, configured: Path | None = None) -> Path:
    """Return the folder of a wiki's state (it may not exist yet).

    The configured one; else the one a folder wiki has inside it; else one a wiki in the user's
    state folder (XDG Base Directory Specification).
    """
    if configured is not None:
        return configured
    if wiki.home is not None:
        return wiki.home
    from platformdirs import user_state_path

    # many a wiki calls itself «wiki»: the host keeps two of them apart
    name = f"{urlsplit(wiki.place).hostname or 'file'}-{wiki.wikiid}"
    return user_state_path("wikibot") / _plain(name)


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a state folder; the kernel lets go of it when the process dies.

    Raises:
        LockHeld: another run has it. Nothing is waited for.
        ConfigError: the folder cannot be written, or its file system knows no locks.
    """
    with _hold(folder / "run.lock", f"{folder}"):
        yield


@contextmanager
def account_lock(place: str, account: str) -> Iterator[None]:
    """Hold the lock of one account on one server, whatever the state folder.

    It is known before the wiki is asked anything. Raises as `run_lock`.
    """
    from platformdirs import user_state_path

    parts = urlsplit(place)
    name = _plain(f"{parts.netloc.rpartition('@')[2]}{parts.path}-{account.partition('@')[0]}")
    with _hold(user_state_path("wikibot") / "locks" / f"{name}.lock", place):
        yield


@contextmanager
def _hold(path: Path, what: str) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # a lock that a kill leaves behind (SoftFileLock) would stop the bot for good
        lock = FileLock(path, timeout=0, mode=0o600, fallback_to_soft=False)
        lock.acquire()
    except Timeout:
        raise LockHeld(
            Text(
                f"Une autre exécution travaille sur ce wiki ({what}).",
                f"Another run works on this wiki ({what}).",
            ),
            Text("Attendez qu'elle finisse, puis relancez.", "Wait for it to end, then retry."),
        ) from None
    except (OSError, NotImplementedError) as error:
        why = getattr(error, "strerror", None) or f"{error}"
        raise ConfigError(
            Text(
                f"Impossible d'écrire dans {path.parent} : {why}.",
                f"Cannot write in {path.parent}: {why}.",
            ),
            Text(
                "Sans journal ni verrou rien n'est publié. Donnez à ce dossier le droit "
                "d'écriture, sur un disque de cette machine.",
                "Without a journal and a lock nothing is saved. Make this folder writable, on a "
                "disk of this machine.",
            ),
        ) from None
    try:
        yield
    finally:
        lock.release()


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)
