"""Workbooks made by hand, part by part: what programs write, and what only malice does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import quoteattr

from wikibot.workbook import Book, Cell, read_book

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def xlsx_parts(
    rows: str = "",
    strings: str = "",
    formats: Mapping[int, str] | None = None,
    styles: tuple[int, ...] = (0,),
    properties: str = "",
    after: str = "",
) -> dict[str, str | bytes]:
    """Return the parts of an .xlsx with one sheet, «Feuille».

    `formats` are number formats by their ids, `styles` the id that each style of cells has.
    """
    codes = "".join(
        f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>'
        for n, code in (formats or {}).items()
    )
    xfs = "".join(f'<xf numFmtId="{n}"/>' for n in styles)
    kinds = (("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml"))
    links = "".join(
        f'<Relationship Id="{n}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for n, kind, target in (*kinds, ("rId3", "sharedStrings", "sharedStrings.xml"))
    )
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1"'
        f' Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">'
        f'<workbookPr {properties}/><sheets><sheet name="Feuille" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{xfs}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>'
        f"{after}</worksheet>",
    }


def ods_parts(rows: str = "", styles: str = "", around: str = "") -> dict[str, str | bytes]:
    """Return the parts of an .ods with one sheet, «Feuille»; `around` stands after it."""
    spaces = " ".join(
        f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "style", "table", "text")
    )
    return {
        "mimetype": ODS_TYPE,
        "content.xml": f'<office:document-content {spaces} xmlns:calcext="{_CALCEXT}"'
        f' xmlns:draw="{_OASIS}:drawing:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="Feuille" table:style-name="ta1">{rows}'
        f"</table:table>{around}</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{_OASIS}:manifest:1.0"/>',
    }


def book(folder: Path, data: bytes, name: str = "fichier.xlsx") -> Book:
    path = folder / name
    path.write_bytes(data)
    return read_book(path)


def rows_of(
    folder: Path, parts: Mapping[str, str | bytes], name: str = "fichier.xlsx"
) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of the one sheet of a workbook."""
    (sheet,) = book(folder, zipped(parts), name).sheets
    return sheet.rows


def text_rows(folder: Path, data: bytes, name: str = "a.csv") -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a text file."""
    (sheet,) = book(folder, data, name).sheets
    return sheet.rows
