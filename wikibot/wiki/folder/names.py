"""Titles of pages ↔ names of files that every system can hold.

Source of what is encoded: Microsoft, Naming Files, Paths, and Namespaces.
"""

from __future__ import annotations

import os
import re
from urllib.parse import unquote_to_bytes

from wikibot.errors import InputError, InvalidTitle
from wikibot.language import Text
from wikibot.title import Namespaces, Title

SUFFIX = ".wikitext"
_MAX_BYTES = 255  # of a file name, on all usual file systems

_UNSAFE = re.compile(r'[<>:"/\\|?*%\x00-\x1f\x7f-\x9f]|\A[. ]|[. ]\Z')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|(?:COM|LPT)[0-9¹²³]|CONIN\$|CONOUT\$) *(?:\.|\Z)", re.I)


def file_name(title: Title) -> str:
    """Return the name of the file that holds the page `title`.

    Raises:
        InputError: the name is too long for a file, or UTF-8 cannot write it.
    """
    full = str(title)
    try:
        full.encode()
    except UnicodeEncodeError:
        raise InputError(
            Text(
                f"Le titre « {shown(full)} » contient un caractère impossible en UTF-8.",
                f"The title “{shown(full)}” holds a character that UTF-8 cannot write.",
            )
        ) from None
    stem = _UNSAFE.sub(lambda found: _percent(found.group()), full)
    if _RESERVED.match(stem):
        stem = _percent(stem[0]) + stem[1:]
    name = stem + SUFFIX
    if len(name.encode()) > _MAX_BYTES:
        raise InputError(
            Text(
                f"Le titre « {full} » est trop long pour un nom de fichier : "
                f"{len(name.encode())} octets, {_MAX_BYTES} au plus.",
                f"The title “{full}” is too long for a file name: "
                f"{len(name.encode())} bytes, at most {_MAX_BYTES}.",
            ),
            Text("Choisissez un titre plus court.", "Choose a shorter title."),
        )
    return name


def page_title(name: str, namespaces: Namespaces) -> Title:
    """Return the title of the page that the file `name` holds; percent signs are decoded.

    Raises:
        InputError: the name is not UTF-8, or not a title.
    """
    try:
        return namespaces.parse(unquote_to_bytes(name.removesuffix(SUFFIX)).decode())
    except UnicodeError:
        reason = Text("ce nom n'est pas en UTF-8", "its name is not UTF-8")
    except InvalidTitle:
        reason = Text("ce nom n'est pas un titre de page", "its name is no page title")
    raise InputError(
        Text(f"Fichier « {shown(name)} » : {reason.fr}.", f"File “{shown(name)}”: {reason.en}."),
        Text(
            "Renommez ce fichier, ou sortez-le du dossier.",
            "Rename this file, or take it out of the folder.",
        ),
    )


def shown(name: str | os.PathLike[str]) -> str:
    """Return a file name as it can be printed: bytes that are no UTF-8 become escapes."""
    return os.fspath(name).encode("utf-8", "backslashreplace").decode()


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
