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
    return user_state_path("wikibot") / re.sub(r"[^A-Za-z0-9._-]+", "-", name)


@contextmanager
def run_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a state folder; the kernel lets go of it when the process dies.

    Raises:
        LockHeld: another run has it. Nothing is waited for.
        ConfigError: the folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(folder / "run.lock", timeout=0, mode=0o600)
        lock.acquire()
    except Timeout:
        raise LockHeld(
            Text(
                f"Une autre exécution travaille sur ce wiki ({folder}).",
                f"Another run works on this wiki ({folder}).",
            ),
            Text("Attendez qu'elle finisse, puis relancez.", "Wait for it to end, then retry."),
        ) from None
    except OSError as error:
        raise ConfigError(
            Text(
                f"Impossible d'écrire dans {folder} : {error.strerror}.",
                f"Cannot write in {folder}: {error.strerror}.",
            ),
            Text(
                "Sans journal rien n'est publié. Donnez à ce dossier le droit d'écriture.",
                "Without a journal nothing is saved. Make this folder writable.",
            ),
        ) from None
    try:
        yield
    finally:
        lock.release()
