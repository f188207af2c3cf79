"""A tracker that is a file: replaced whole, only while it is what was read, its past kept."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from wikibot.errors import InputError, SafetyStop, Unavailable
from wikibot.language import Text, same
from wikibot.visible import visible

KEPT = 30  # copies of a file
_NEW = 0o666  # less what the person's umask takes away


def is_writable(path: Path) -> bool:
    """Return whether a file can be replaced, or made where it is not there."""
    if path.is_symlink():
        return False
    there = not path.exists() or os.access(path, os.W_OK)
    return there and os.access(path.parent, os.W_OK | os.X_OK)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal, "" where it is not there.

    Raises:
        Unavailable: it cannot be read now.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise _failing(path, error) from None


def refuse_open(path: Path) -> None:
    """Check that no program has a file open: it would write its own state over ours.

    Raises:
        Unavailable: one has.
    """
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        if path.with_name(lock).exists():
            raise Unavailable(
                Text(
                    "« {name} » est ouvert dans un tableur : rien n'est écrit.",
                    "“{name}” is open in a spreadsheet program: nothing is written.",
                ).format(name=_name(path)),
                Text(
                    "Fermez-le et recommencez. Si plus personne ne l'a ouvert, supprimez le "
                    "fichier « {lock} » qui est à côté.",
                    "Close it and retry. If nobody has it open any more, delete the file “{lock}” "
                    "beside it.",
                ).format(lock=same(visible(lock, 100))),
                "open",
            )


def replace_file(
    path: Path,
    data: bytes,
    expected: str,
    now: datetime,
    looked_at: Callable[[Path], None] = lambda path: None,
) -> None:
    """Put `data` in the place of a file whose SHA-256 is still `expected` ("": not there yet).

    What was there is kept in a folder beside it, by the date. `looked_at` may look at the new
    file before it takes its place, and refuse it.

    Raises:
        SafetyStop: the file was changed meanwhile. Unavailable: the disk does not take it.
    """
    temporary = path.with_name(f".wikibot-{secrets.token_hex(4)}-{path.name}")
    try:
        for left in path.parent.iterdir():  # by a process that was killed
            if re.fullmatch(rf"\.wikibot-[0-9a-f]{{8}}-{re.escape(path.name)}", left.name):
                left.unlink(missing_ok=True)
        mode = stat.S_IMODE(path.stat().st_mode) if expected else _NEW
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with open(descriptor, "wb") as file:
            if expected:
                os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        looked_at(temporary)
        if expected:
            _keep(path, now)
        refuse_open(path)
        if digest(path) != expected:
            raise SafetyStop(
                Text(
                    "« {name} » vient d'être modifié par quelqu'un : rien n'y est écrit.",
                    "Somebody has just changed “{name}”: nothing is written to it.",
                ).format(name=_name(path)),
                Text("Recommencez : ses changements seront lus.", "Retry: it will be read anew."),
                "changed-meanwhile",
            )
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _failing(path, error) from None
    finally:
        temporary.unlink(missing_ok=True)


def copies(path: Path) -> Path:
    """Return the folder in which the past of a file is kept."""
    return path.with_name(f"{path.name}.sauvegardes")


def _keep(path: Path, now: datetime) -> None:
    folder = copies(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    stamp = f"{now:%Y-%m-%dT%H%M%S}"
    names = (f"{stamp}{'' if n == 1 else f'-{n}'}{path.suffix}" for n in range(1, 1000))
    target = next(folder / name for name in names if not (folder / name).exists())
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(path.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    old = sorted(each for each in folder.iterdir() if each.suffix == path.suffix)
    for each in old[:-KEPT]:
        each.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _failing(path: Path, error: OSError) -> Unavailable:
    why = error.strerror or f"{error}"
    return Unavailable(
        Text(
            "Impossible de lire ou d'écrire « {name} » : {why}.",
            "Cannot read or write “{name}”: {why}.",
        ).format(name=_name(path), why=same(why)),
        Text(
            "Vérifiez vos droits et la place sur le disque.",
            "Check your rights and the space on the disk.",
        ),
    )


def not_ours(path: Path, why: Text) -> InputError:
    """Return the error of a file that is not laid out as a tracker."""
    return InputError(
        Text("« {name} » : {why}.", "“{name}”: {why}.").format(name=_name(path), why=why)
    )


def _name(path: Path) -> Text:
    return same(visible(path.name, 100))
