"""Files that are not read: one clear refusal, in bounded time and memory."""

from __future__ import annotations

import io
import itertools
import os
import socket
import struct
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.workbook.files import ODS_TYPE, book, ods_parts, xlsx_parts, zipped
from wikibot.errors import InputError
from wikibot.workbook import Column, WrittenSheet, book_bytes, read_book

SHEET = "xl/worksheets/sheet1.xml"
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
WRITTEN = (WrittenSheet("Feuille", (Column("Titre"), Column("Thème")), (("a", "b"),) * 50),)


def refused(folder: Path, data: bytes, name: str = "fichier.xlsx") -> str:
    """Return the French words of a refusal, once all that a refusal owes is checked."""
    with pytest.raises(InputError) as error:
        book(folder, data, name)
    found = error.value
    assert found.exit_code == 2
    assert found.advice and found.advice.fr and found.advice.en
    assert found.message.fr.startswith(f"« {name} »") and "\n" not in found.message.fr
    return found.message.fr


def replaced(parts: dict[str, str | bytes], name: str, old: str, new: str) -> bytes:
    content = str(parts[name])
    assert old in content
    return zipped(parts | {name: content.replace(old, new)})


def parts_of(name: str) -> dict[str, str | bytes]:
    return ods_parts() if name.endswith(".ods") else xlsx_parts(ROW)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_half_saved_workbook_is_refused_wherever_it_ends(tmp_path: Path, kind: str) -> None:
    """B43."""
    data = book_bytes(WRITTEN, "xlsx" if kind == "xlsx" else "ods")
    for length in (0, 1, 2, 4, 30, len(data) // 2, len(data) - 30, len(data) - 1):
        assert "incomplet ou abîmé" in refused(tmp_path, data[:length], f"a.{kind}")


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_with_any_byte_spoilt_is_refused_or_says_the_same(
    tmp_path: Path, kind: str
) -> None:
    data = book_bytes(WRITTEN, "xlsx" if kind == "xlsx" else "ods")
    whole = book(tmp_path, data, f"a.{kind}").sheets
    told = 0
    for place in range(0, len(data), 37):
        spoilt = bytearray(data)
        spoilt[place] ^= 0x55
        try:
            found = book(tmp_path, bytes(spoilt), f"a.{kind}")
        except InputError:
            told += 1
        else:
            assert found.sheets == whole or found.sheets[0].rows == whole[0].rows
    assert told


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_each_missing_or_broken_part_is_refused(tmp_path: Path, name: str) -> None:
    parts = parts_of(name)
    for part in parts.keys() - {"[Content_Types].xml", "mimetype"}:
        for content in ("", "<a>", "<a/><b/>", "pas du XML", b"\xff\xfe\x00"):
            refused(tmp_path, zipped(parts | {part: content}), name)
        if part not in ("META-INF/manifest.xml",):
            without = {key: value for key, value in parts.items() if key != part}
            assert "manque" in refused(tmp_path, zipped(without), name)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", "vide"),
        (b"bonjour", "a.xlsx", "incomplet ou abîmé"),
        (b"<html><table></table></html>", "a.xls", "ni un classeur"),
        (b"bonjour", "a.docx", "ni un classeur"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "ancien format"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.xlsx",
            "mot de passe",
        ),
        (zipped({"mimetype": ODS_TYPE, "encrypted-package": b"x"}), "a.ods", "manque"),
        (zipped({"mimetype": "x", "encrypted-package": b"x"}), "a.ods", "mot de passe"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt", "autre chose"),
        (zipped({"notes.txt": "x"}), "a.xlsx", "autre chose"),
        (
            replaced(xlsx_parts(), "xl/workbook.xml", "<sheet ", "<page "),
            "a.docx",
            "aucun classeur",
        ),
        (zipped({"[Content_Types].xml": "", "xl/workbook.bin": b"x"}), "a.xlsb", "binaire"),
    ],
)
def test_what_is_no_workbook_that_can_be_read_is_refused(
    tmp_path: Path, data: bytes, name: str, words: str
) -> None:
    assert words in refused(tmp_path, data, name)


def test_an_encrypted_ods_is_refused(tmp_path: Path) -> None:
    parts = ods_parts()
    manifest = str(parts["META-INF/manifest.xml"]).replace(
        "/>", "><m:encryption-data/></m:manifest>"
    )
    data = zipped(parts | {"META-INF/manifest.xml": manifest, "content.xml": os.urandom(99)})
    assert "mot de passe" in refused(tmp_path, data, "a.ods")


def test_an_encrypted_part_of_an_archive_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(xlsx_parts(ROW)))
    for mark, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flag] |= 1
    assert "chiffrée" in refused(tmp_path, bytes(data))


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize("doctype", [ENTITIES, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "{url}">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_is_refused_in_each_part_and_nothing_is_asked_for(
    tmp_path: Path, doctype: str, encoding: str, listener: tuple[str, list[bytes]]
) -> None:
    """B41."""
    url, heard = listener
    for name in ("a.xlsx", "a.ods"):
        parts = parts_of(name)
        for part in parts.keys() - {"[Content_Types].xml", "mimetype"}:
            text = doctype.replace("{url}", url) + str(parts[part])
            data = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
            assert "entités" in refused(tmp_path, zipped(parts | {part: data}), name)
    assert heard == []


def test_links_to_elsewhere_are_never_followed(
    tmp_path: Path, listener: tuple[str, list[bytes]]
) -> None:
    """B41."""
    url, heard = listener
    outside = (
        '<Relationship Id="rId9" TargetMode="External" Target="{}" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/>'
    )
    more = "".join(outside.format(url, kind) for kind in ("worksheet", "sharedStrings", "styles"))
    data = replaced(
        xlsx_parts(ROW), "xl/_rels/workbook.xml.rels", "</Relationships>", f"{more}</Relationships>"
    )
    assert book(tmp_path, data).sheets[0].rows
    climbing = replaced(
        xlsx_parts(ROW), "xl/_rels/workbook.xml.rels", "worksheets/sheet1", "../../../etc/passwd"
    )
    assert "manque" in refused(tmp_path, climbing)
    assert heard == []


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this machine, and what came there."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    with server.accept()[0] as connection:
                        heard.append(connection.recv(100))
                except TimeoutError:
                    continue

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", heard
        stop.set()
        thread.join()


def bomb(parts: dict[str, str | bytes], part: str, before: str, pieces: Iterable[str]) -> bytes:
    """Return a workbook of which one part is huge once unpacked."""
    head, tail = str(parts[part]).split(before)
    target = io.BytesIO(zipped({key: value for key, value in parts.items() if key != part}))
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(part, "w", force_zip64=True) as stream,
    ):
        for piece in (head, *pieces, before, tail):
            stream.write(piece.encode())
    return target.getvalue()


def times(unit: str, thousands: int) -> Iterator[str]:
    return itertools.repeat(unit * 1000, thousands)


STRINGS, STYLES, LINKS = "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"
ROWS, CONTENT = "</sheetData>", "content.xml"
IN_CELL = "<table:table-row><table:table-cell><text:p>"
BOMBS: dict[str, tuple[str, str, str, Iterable[str]]] = {
    "by its ratio": ("a.xlsx", STRINGS, "</sst>", times("<si><t>aaaaaaaa</t></si>", 3_000)),
    "by its size": ("a.xlsx", STRINGS, "</sst>", times("<si><t>a</t></si>", 9_000)),
    "empty texts": ("a.xlsx", STRINGS, "</sst>", times("<si/>" + " " * 9, 2_000)),
    "deep elements": ("a.xlsx", SHEET, ROWS, times("<x>", 2_000)),
    "cells": ("a.xlsx", SHEET, ROWS, times("<row><c><v>1</v></c></row>", 2_000)),
    "merged areas": ("a.xlsx", SHEET, "</worksheet>", times('<mergeCell ref="A1:B2"/>', 300)),
    "names": ("a.xlsx", SHEET, ROWS, (f"<x{n:06}/>" for n in range(1_000_000))),
    "attributes": ("a.xlsx", SHEET, ROWS, (f"<x y{n:06}=''/>" for n in range(1_000_000))),
    "links": ("a.xlsx", LINKS, "</Rel", (f"<Relationship Id='{n}'/>" for n in range(1_000_000))),
    "formats": (
        "a.xlsx",
        STYLES,
        "</numFmts>",
        (f"<numFmt numFmtId='{n}'/>" for n in range(10**6)),
    ),
    "styles": ("a.xlsx", STYLES, "</cellXfs>", times('<xf numFmtId="0"/>', 500)),
    "sheets": ("a.xlsx", "xl/workbook.xml", "</sheets>", times("<sheet/>", 500)),
    "tables": ("a.ods", CONTENT, "</office:spreadsheet>", times("<table:table/>", 500)),
    "spaces": ("a.ods", CONTENT, "</table:table>", times(f"{IN_CELL}<text:s text:c='9999'/>", 1)),
    "paragraphs": (
        "a.ods",
        CONTENT,
        "</table:table>",
        [IN_CELL, "</text:p>", *times("<text:p/>", 900)],
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_within_bounded_memory(tmp_path: Path, kind: str) -> None:
    """B40: in a process of its own, whose memory is limited."""
    name, part, before, pieces = BOMBS[kind]
    path = tmp_path / name
    path.write_bytes(bomb(parts_of(name), part, before, pieces))
    program = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))\n"
        "from pathlib import Path\n"
        "from wikibot.errors import InputError\n"
        "from wikibot.workbook import read_book\n"
        "try:\n    read_book(Path(sys.argv[1]))\n"
        "except InputError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert "the file is too large" in done.stdout or "the file is refused" in done.stdout


def test_a_size_that_the_archive_lies_about_is_not_believed(tmp_path: Path) -> None:
    """B40: the part says that it is small."""
    data = bytearray(zipped(xlsx_parts("<x/>" * 100_000 + ROW)))
    for mark, size, name in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            if data[at + name :].startswith(SHEET.encode()):
                data[at + size : at + size + 4] = struct.pack("<I", 300)
    refused(tmp_path, bytes(data))


def test_too_many_parts_or_one_twice_are_refused(tmp_path: Path) -> None:
    many: dict[str, str | bytes] = {f"x{n}": "" for n in range(5_001)}
    assert "trop grand" in refused(tmp_path, zipped(xlsx_parts(ROW) | many))
    target = io.BytesIO(zipped(xlsx_parts(ROW)))
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning):
        archive.writestr(SHEET, "<other/>")
    assert "même nom" in refused(tmp_path, target.getvalue())


def repeated(columns: str, rows: str = "1") -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{rows}"><table:table-cell'
        f' table:number-columns-repeated="{columns}"><text:p>a</text:p></table:table-cell>'
        "</table:table-row>"
    )


@pytest.mark.parametrize(
    "rows",
    [
        repeated("16384") + repeated("1", "1048000"),
        repeated("99999999999"),
        repeated("-1"),
        repeated("9" * 5000),
        "<table:table-row><table:table-cell><text:p>"
        '<text:s text:c="1000000000"/></text:p></table:table-cell></table:table-row>',
    ],
)
def test_repetitions_without_end_are_refused(tmp_path: Path, rows: str) -> None:
    refused(tmp_path, zipped(ods_parts(rows)), "a.ods")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="x"><c><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" s="x"><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="' + "9" * 5000 + '"><v>1</v></c></row>',
    ],
)
def test_cells_that_cannot_be_are_refused(tmp_path: Path, rows: str) -> None:
    refused(tmp_path, zipped(xlsx_parts(rows)))


def test_merged_areas_one_over_the_other_do_not_take_for_ever(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1000"><c r="SZ1000"><v>1</v></c></row>'
    merged = "<mergeCells>" + '<mergeCell ref="A1:SZ1000"/>' * 10_000 + "</mergeCells>"
    assert "fusionnées" in refused(tmp_path, zipped(xlsx_parts(rows, after=merged)))


@pytest.mark.parametrize("name", ["suivi.xlsx", "suivi.ods", "suivi.csv"])
@pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#"])
def test_a_file_that_is_open_elsewhere_is_refused(tmp_path: Path, name: str, lock: str) -> None:
    """B45."""
    beside = tmp_path / lock.format(name)
    beside.write_bytes(b"somebody")
    kind = "ods" if name.endswith("ods") else "xlsx"
    with pytest.raises(InputError) as error:
        book(tmp_path, book_bytes(WRITTEN, "ods" if kind == "ods" else "xlsx"), name)
    assert "ouvert ailleurs" in error.value.message.fr
    assert error.value.advice and beside.name in error.value.advice.fr
    assert "somebody" not in f"{error.value.message} {error.value.advice}"
    beside.unlink()
    assert read_book(tmp_path / name).sheets


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B44."""
    path = tmp_path / "a.csv"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    really: Any = Path.open

    def opened(self: Path, *arguments: str) -> object:
        stream = really(self, *arguments)
        with really(self, "a") as other:
            other.write("3;4\n")
        return stream

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(InputError, match="changed while"):
        read_book(path)
    monkeypatch.undo()
    assert len(read_book(path).sheets[0].rows) == 3


def test_what_is_no_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "tuyau.csv")
    for name in ("tuyau.csv", "absent.xlsx", "."):
        with pytest.raises(InputError) as error:
            read_book(tmp_path / name)
        assert error.value.advice
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(33 * 1024 * 1024)
    with pytest.raises(InputError, match="too large"):
        read_book(large)
