"""The zip file that a workbook is, and the XML in it: opened within bounds, read as a stream.

No DTD, no entity, nothing outside the file: defusedxml refuses the first two, and only parts
of the archive are ever opened. What is read is never larger than what the archive declares,
for zipfile stops there.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Protocol

from wikibot.language import Text, same
from wikibot.visible import visible
from wikibot.workbook.refusal import damaged, dangerous, too_large

MOST_PARTS = 5_000
MOST_BYTES = 128 * 1024 * 1024  # of all parts, unpacked
MOST_TIMES = 200  # that a large part may be larger than its packed form
_LARGE = 8 * 1024 * 1024
_DEEPEST = 200  # elements in one another
_MOST_NAMES = 5_000  # of elements and attributes: a parser keeps each of them
_CHUNK = 64 * 1024
_ENTRY = b"PK\x01\x02"  # before each entry of the list of parts
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Reader(Protocol):
    """What takes the XML of a part, as it comes."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, tag: str) -> None:
        """Take its end."""

    def data(self, text: str) -> None:
        """Take a piece of text."""


def opened(data: bytes) -> zipfile.ZipFile:
    """Return the archive, whose parts can be read without harm.

    Raises:
        Unreadable: no archive, a damaged one, a bomb, parts under a password.
    """
    if data.count(_ENTRY) > MOST_PARTS:
        raise too_large(Text("plus de {n} parties", "more than {n} parts").format(n=MOST_PARTS))
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        detail = Text("la fin du fichier manque", "the end of the file is missing")
        raise damaged(detail) from error
    parts = archive.infolist()
    if len({part.filename for part in parts}) < len(parts):
        raise dangerous(Text("deux parties ont le même nom", "two parts have one name"))
    size = sum(part.file_size for part in parts)
    if size > MOST_BYTES:
        detail = Text("{n} Mo une fois décompressé", "{n} MB once unpacked")
        raise too_large(detail.format(n=size // 1_000_000))
    for part in parts:
        if part.file_size > max(_LARGE, MOST_TIMES * part.compress_size):
            raise dangerous(Text("c'est une bombe de décompression", "it is a decompression bomb"))
        if part.flag_bits & 0x1 or part.compress_type not in _PACKINGS:
            detail = Text("une partie est chiffrée ou illisible", "a part is encrypted or odd")
            raise damaged(detail)
    return archive


def walk(archive: zipfile.ZipFile, part: str, reader: Reader) -> None:
    """Hand the XML of a part to `reader`, piece by piece; a tag comes as `{namespace}name`.

    Raises:
        Unreadable: the part is missing, damaged, no XML, or has a DTD.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    try:
        entry = archive.getinfo(part)
    except KeyError as error:
        detail = Text("il y manque « {part} »", "it lacks “{part}”")
        raise damaged(detail.format(part=same(visible(part, 60)))) from error
    try:
        parser = DefusedXMLParser(target=_Shallow(reader), forbid_dtd=True)
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                parser.feed(chunk)
        parser.close()
    except DefusedXmlException as error:
        raise dangerous(Text("il déclare des entités XML", "it declares XML entities")) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ParseError, LookupError, ValueError) as error:
        detail = Text("« {part} » est illisible", "“{part}” cannot be read")
        raise damaged(detail.format(part=same(visible(part, 60)))) from error


class _Shallow:
    """Between the parser and a reader: refuses what would fill the memory of the parser."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._depth = 0
        self._names: set[str] = set()
        self.data = reader.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._names.add(tag)
        self._names.update(attributes)
        if self._depth > _DEEPEST or len(self._names) > _MOST_NAMES:
            raise dangerous(Text("ses éléments sont sans fin", "its elements are without end"))
        self._reader.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._reader.end(tag)

    def close(self) -> None:
        """End; what was read is with the reader."""


def local(tag: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]
