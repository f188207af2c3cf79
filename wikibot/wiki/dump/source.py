"""The XML bytes of an export, plain or compressed, in blocks."""

from __future__ import annotations

import bz2
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.wiki.unreadable import why

_BLOCK = 1 << 18  # bytes

FETCH_AGAIN = Text(
    "Téléchargez-le à nouveau ; ce qui manque n'est jamais tenu pour supprimé.",
    "Fetch it again; what is missing is never taken for deleted.",
)
_FOREIGN = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"PK\x03\x04": "zip",
}


def blocks(path: Path) -> Iterator[bytes]:
    """Yield what the file holds, decompressed; by its first bytes, not by its name.

    Raises:
        InputError: it is empty, cut short, of another compression, or cannot be read.
    """
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise unusable(
                    path, Text("ce n'est pas un fichier ordinaire", "it is no ordinary file")
                )
            source = _decompressed(path, file)
            try:
                while block := source.read(_BLOCK):
                    yield block
            except (EOFError, gzip.BadGzipFile, zlib.error) as error:
                raise _cut_short(path, file.tell(), error) from None
            except OSError as error:
                if error.errno is None:  # what bz2 raises for damaged data
                    raise _cut_short(path, file.tell(), error) from None
                raise
    except OSError as error:
        raise unusable(path, why(error)) from None


def unusable(path: Path, reason: Text, advice: Text | None = None) -> InputError:
    """Return the error for an export that cannot be used."""
    return InputError(
        Text(f"Export « {path} » : {reason.fr}.", f"Export “{path}”: {reason.en}."), advice
    )


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))  # of a pipe, for its writer


def _decompressed(path: Path, file: io.BufferedReader) -> BinaryIO:
    start = file.peek(8)
    if not start:
        raise unusable(path, Text("le fichier est vide", "the file is empty"))
    for magic, kind in _FOREIGN.items():
        if start.startswith(magic):
            raise unusable(
                path,
                Text(f"la compression {kind} n'est pas lue", f"{kind} compression is not read"),
                Text(
                    "Décompressez-le d'abord, ou donnez-le en .bz2 ou en .gz.",
                    "Unpack it first, or give it as .bz2 or .gz.",
                ),
            )
    if start.startswith(b"BZh"):
        return cast(BinaryIO, bz2.open(file))
    if start.startswith(b"\x1f\x8b"):
        return cast(BinaryIO, gzip.open(file))
    return file


def _cut_short(path: Path, byte: int, error: Exception) -> InputError:
    return unusable(
        path,
        Text(
            f"il est coupé ou abîmé vers l'octet {byte} ({error})",
            f"it is cut short or damaged near byte {byte} ({error})",
        ),
        FETCH_AGAIN,
    )
