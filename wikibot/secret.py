"""Where a secret comes from: the environment, a file, a command, systemd, a keyring.

Every secret read here is hidden at once from all that is shown or kept (`wikibot.redaction`).
"""

from __future__ import annotations

import errno
import os
import shlex
import stat
import subprocess
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from wikibot.errors import ConfigError
from wikibot.language import Text, same
from wikibot.redaction import hide

PASSWORD_VARIABLE = "WIKIBOT_PASSWORD"
CREDENTIALS_VARIABLE = "CREDENTIALS_DIRECTORY"  # systemd.exec(5), LoadCredential
_LONGEST = 64 * 2**10  # bytes; far more than any secret
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class NotPrivate(Exception):
    """A file that cannot be trusted with a secret, or cannot be read; `why` says it.

    `open_to_others` tells whether closing it would be enough.
    """

    def __init__(self, why: Text, *, open_to_others: bool = False) -> None:
        super().__init__(why.en)
        self.why = why
        self.open_to_others = open_to_others


def read_private(path: Path) -> bytes:
    """Return what a file holds that only we can read: an ordinary one, our own, no link.

    Raises:
        NotPrivate: it is not so, or not there.
    """
    return _read(path, owners={os.getuid()} if hasattr(os, "getuid") else None, forbidden=0o077)


def one_line(text: str) -> str:
    """Return the first line of a secret, hidden from now on."""
    return hide(text.partition("\n")[0].rstrip("\r"))


def words(text: str) -> str:
    """Return the words of a secret that is written on one line or, one a line, on four."""
    lines = text.split("\n")
    found = lines[0].split() if len(lines[0].split()) > 1 else " ".join(lines[:4]).split()
    for word in found:
        hide(word)
    return " ".join(found)


def from_environment(environ: MutableMapping[str, str]) -> str | None:
    """Take the secret out of the environment, so that no command started later inherits it."""
    found = environ.pop(PASSWORD_VARIABLE, "")
    return hide(found) if found else None


def from_file(path: Path) -> str:
    """Return what a file holds that nobody else can read.

    Raises:
        ConfigError: it is open to others, not our own, a link, unreadable or empty.
    """
    try:
        return _text(path, read_private(path))
    except NotPrivate as error:
        if error.open_to_others:
            raise ConfigError(
                Text(
                    f"{path} : ce fichier de secret est lisible par d'autres.",
                    f"{path}: this file of a secret is open to others.",
                ),
                Text(f"Fermez-le : chmod 600 {path}", f"Close it: chmod 600 {path}"),
            ) from None
        raise _no_password(path, error.why) from None


def from_command(command: tuple[str, ...], folder: Path) -> str:
    """Return what a command prints, started in `folder` without a shell.

    What it prints never shows in an error.

    Raises:
        ConfigError: it fails, prints nothing or takes more than 30 seconds.
    """
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=30, check=False
        )
        failed, printed = f"code {done.returncode}" if done.returncode else "", done.stdout
    except subprocess.TimeoutExpired:
        failed, printed = "30 s", ""
    except (OSError, ValueError) as error:
        failed, printed = type(error).__name__, ""
    if failed or not printed.partition("\n")[0].strip():
        raise ConfigError(
            Text(
                f"La commande du secret ({command[0]}) n'a rien donné : {failed or 'sortie vide'}.",
                f"The command for the secret ({command[0]}) gave nothing: {failed or 'no output'}.",
            ),
            Text("Essayez-la dans un terminal.", "Try it in a terminal."),
        )
    return printed


def from_credential(name: str, environ: Mapping[str, str]) -> str:
    """Return a credential that systemd has given to this service.

    Its files belong to root or to us, and are let through to us by an access list, which shows
    as a right of the group. Source: systemd.exec(5), LoadCredential.

    Raises:
        ConfigError: not started by systemd with that credential, or it cannot be trusted.
    """
    folder = environ.get(CREDENTIALS_VARIABLE, "")
    if not folder or "/" in name or name in (".", ".."):
        raise ConfigError(
            Text(
                f"systemd n'a pas donné le secret « {name} » à wikibot.",
                f"systemd has not given the credential “{name}” to wikibot.",
            ),
            Text(
                f"Ajoutez « LoadCredential={name}:/chemin/du/secret » au service, et lancez "
                "wikibot par lui ; le nom ne contient pas de barre oblique.",
                f"Add “LoadCredential={name}:/path/of/the/secret” to the service, and start "
                "wikibot by it; the name holds no slash.",
            ),
        )
    path = Path(folder) / name
    owners = {0, os.getuid()} if hasattr(os, "getuid") else None
    try:
        return _text(path, _read(path, owners=owners, forbidden=0o007))
    except NotPrivate as error:
        raise _no_password(path, error.why) from None


def from_keyring(service: str, account: str) -> str:
    """Return the secret that the user's keyring keeps for an account of a service.

    Raises:
        ConfigError: the package is missing, the keyring locked, or there is no such entry.
    """
    try:
        import keyring
    except ImportError:
        raise ConfigError(
            Text(
                "Le trousseau demande le paquet Python « keyring », qui n'est pas installé.",
                "The keyring needs the Python package “keyring”, which is not installed.",
            ),
            Text(
                "Installez-le : pip install 'wikibot[keyring]'",
                "Install it: pip install 'wikibot[keyring]'",
            ),
        ) from None
    try:
        found: str | None = keyring.get_password(service, account)
    except Exception as error:  # each keyring is a program of its own, and fails in its own way
        kind = type(error).__name__
        raise ConfigError(
            Text(f"Le trousseau ne s'ouvre pas ({kind}).", f"The keyring does not open ({kind})."),
            Text(
                "Ouvrez-le dans votre session, ou donnez le secret autrement (password_file).",
                "Unlock it in your session, or give the secret another way (password_file).",
            ),
        ) from None
    if not found:
        command = f"keyring set {shlex.quote(service)} {shlex.quote(account)}"
        raise ConfigError(
            Text(
                f"Le trousseau n'a rien pour le compte « {account} » de « {service} ».",
                f"The keyring has nothing for the account “{account}” of “{service}”.",
            ),
            Text(
                f"Enregistrez-y le secret : {command}",
                f"Put the secret into it: {command}",
            ),
        )
    return found


def _read(path: Path, *, owners: set[int] | None, forbidden: int) -> bytes:
    try:
        descriptor = os.open(path, _READ)
        try:
            _insist(os.fstat(descriptor), owners, forbidden)
            with open(descriptor, "rb", closefd=False) as file:
                return file.read(_LONGEST)
        finally:
            os.close(descriptor)
    except OSError as error:
        link = Text("c'est un lien", "it is a link")
        other = same(error.strerror or type(error).__name__)
        raise NotPrivate(link if error.errno == errno.ELOOP else other) from None


def _insist(state: os.stat_result, owners: set[int] | None, forbidden: int) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise NotPrivate(Text("ce n'est pas un fichier", "it is no file"))
    if owners is not None and state.st_uid not in owners:
        raise NotPrivate(Text("il appartient à quelqu'un d'autre", "it belongs to someone else"))
    if os.name != "nt" and state.st_mode & forbidden:
        why = Text("il est ouvert à d'autres", "it is open to others")
        raise NotPrivate(why, open_to_others=True)


def _text(path: Path, data: bytes) -> str:
    try:
        text: str | None = data.decode("utf-8-sig")
    except UnicodeDecodeError:  # the error itself holds what it could not read
        text = None
    if text is None:
        raise _no_password(path, Text("ce n'est pas de l'UTF-8", "it is not UTF-8"))
    if not text.partition("\n")[0].rstrip("\r"):
        raise _no_password(path, Text("sa première ligne est vide", "its first line is empty"))
    return text


def _no_password(path: Path, why: Text) -> ConfigError:
    return ConfigError(
        Text(
            f"Secret illisible : {path} ({why.fr}).",
            f"Cannot read the secret: {path} ({why.en}).",
        ),
        Text(
            "Donnez un fichier ordinaire, à vous seul, qui ne contient que le secret.",
            "Name an ordinary file, yours alone, that holds nothing but the secret.",
        ),
    )
