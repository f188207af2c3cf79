"""Reads a workbook from a file: which format it is, whether it is whole and nobody has it open."""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from pathlib import Path

from wikibot.errors import InputError
from wikibot.language import Text, same
from wikibot.visible import visible
from wikibot.workbook import ods, separated, xlsx
from wikibot.workbook.model import Book, ReadSheet
from wikibot.workbook.package import opened
from wikibot.workbook.refusal import Unreadable, damaged, too_large

KINDS = (".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".txt")
_LARGEST = 32 * 1024 * 1024  # bytes of a file
_ZIP, _OLD_OFFICE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT = (".csv", ".tsv", ".txt")
_SAVE_AS = Text(
    "Ouvrez-le dans votre tableur et enregistrez-le en .xlsx, .ods ou .csv.",
    "Open it in your spreadsheet program and save it as .xlsx, .ods or .csv.",
)
_MACROS = Text(
    "le fichier contient des macros : elles ne sont ni lues ni exécutées",
    "the file has macros: they are neither read nor run",
)
_GUESSED = Text(
    "le fichier ne dit pas son codage : il est lu en {encoding}, vérifiez les accents",
    "the file does not say its encoding: it is read as {encoding}, check the accents",
)


def read_book(path: Path) -> Book:
    """Read a workbook: .xlsx, .xlsm, .ods, .csv, .tsv or .txt; nothing in it is ever run.

    What stands in the file decides how it is read, its extension only that text is a table. A
    number has at most 15 digits, as programs keep no more; a formula is its saved result. Cells
    of a text file are text, whatever they look like. At most 32 MB, 128 MB once unpacked, a
    million cells a sheet.

    Raises:
        InputError: there is no such file, it is open elsewhere, changes while it is read, is
            damaged, under a password, of another format, too large or means harm.
    """
    try:
        return _read(path)
    except Unreadable as error:
        told = Text("« {name} » : {why}.", "“{name}”: {why}.")
        name = same(visible(path.name, 100))
        raise InputError(told.format(name=name, why=error.message), error.advice) from error


def _read(path: Path) -> Book:
    _refuse_open(path)
    data = _bytes(path)
    sheets, notes = _sheets(path, data)
    return Book(sheets, hashlib.sha256(data).hexdigest(), notes)


def _sheets(path: Path, data: bytes) -> tuple[tuple[ReadSheet, ...], tuple[Text, ...]]:
    if not data:
        raise damaged(Text("il est vide", "it is empty"))
    if data.startswith(_OLD_OFFICE):
        if _ENCRYPTED in data:
            raise ods.encrypted()
        what = Text(
            "il est d'un ancien format d'Excel (.xls)", "it is of an old Excel format (.xls)"
        )
        raise Unreadable(what, _SAVE_AS)
    if data.startswith(_ZIP):
        return _zipped(data)
    if path.suffix.lower() in _TEXT:
        rows, guessed = separated.rows(data, tabbed=path.suffix.lower() == ".tsv")
        notes = (_GUESSED.format(encoding=guessed),) if guessed else ()
        return (ReadSheet("", rows),), notes
    if path.suffix.lower() in KINDS:
        raise damaged(Text("ce n'est pas un classeur", "it is no workbook"))
    what = Text("ce n'est ni un classeur ni un .csv", "it is neither a workbook nor a .csv")
    raise Unreadable(what, _SAVE_AS)


def _zipped(data: bytes) -> tuple[tuple[ReadSheet, ...], tuple[Text, ...]]:
    with opened(data) as archive:
        names = frozenset(archive.namelist())
        if "xl/workbook.bin" in names:
            what = Text("c'est un classeur binaire (.xlsb)", "it is a binary workbook (.xlsb)")
            raise Unreadable(what, _SAVE_AS)
        if "[Content_Types].xml" in names:
            return xlsx.sheets(archive), (_MACROS,) if xlsx.MACROS in names else ()
        if "mimetype" in names and _mime(archive).startswith(ods.MIME):
            macros = any(name.startswith(("Basic/", "Scripts/")) for name in names)
            return ods.sheets(archive), (_MACROS,) if macros else ()
        if "encrypted-package" in names:
            raise ods.encrypted()
    what = Text("il contient autre chose qu'un classeur", "it holds something else than a workbook")
    raise Unreadable(what, _SAVE_AS)


def _mime(archive: zipfile.ZipFile) -> bytes:
    try:
        with archive.open("mimetype") as stream:
            return stream.read(200)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise damaged(Text("son type est illisible", "its type cannot be read")) from error


def _refuse_open(path: Path) -> None:
    """Refuse a file beside which a spreadsheet program has put its lock."""
    for lock in (f"~${path.name}", f".~lock.{path.name}#"):
        if (path.parent / lock).exists():
            raise Unreadable(
                Text("le fichier est ouvert ailleurs", "the file is open elsewhere"),
                Text(
                    "Enregistrez-le, fermez-le dans le tableur et recommencez. Si plus personne "
                    "ne l'a ouvert, supprimez le fichier « {lock} » qui est à côté.",
                    "Save it, close it in the spreadsheet program and retry. If nobody has it "
                    "open any more, delete the file “{lock}” beside it.",
                ).format(lock=same(visible(lock, 100))),
            )


def _bytes(path: Path) -> bytes:
    """Return what stands in a file that stays the same while it is read."""
    try:
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            raise _unopened(Text("ce n'est pas un fichier", "it is no file"))
        if before.st_size > _LARGEST:
            raise too_large(Text("{n} Mo", "{n} MB").format(n=before.st_size // 1_000_000))
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
        after = path.stat()
    except FileNotFoundError as error:
        raise _unopened(Text("ce fichier n'existe pas", "there is no such file")) from error
    except PermissionError as error:
        why = Text("le fichier ne se laisse pas ouvrir", "the file cannot be opened")
        raise _unopened(why) from error
    except (OSError, ValueError) as error:
        raise _unopened(Text("le fichier ne se lit pas", "the file cannot be read")) from error
    if _state(before) != _state(after) or len(data) != after.st_size:
        raise Unreadable(
            Text("le fichier a changé pendant la lecture", "the file changed while it was read"),
            Text(
                "Attendez que son enregistrement ou sa synchronisation soit fini, et recommencez.",
                "Wait until it is saved or synchronised, and retry.",
            ),
        )
    return data


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _unopened(why: Text) -> Unreadable:
    return Unreadable(
        why,
        Text(
            "Vérifiez son nom et son dossier, vos droits, et fermez-le partout où il est ouvert.",
            "Check its name and folder, your rights, and close it wherever it is open.",
        ),
    )
