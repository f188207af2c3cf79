"""What LibreOffice does to a workbook: it opens it, changes cells in it and saves it again."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.dom.minidom import Document, Element, parse
from xml.sax.saxutils import escape

LIMIT = 180  # seconds for one file
# CSV as we write it: `;`, quotation marks, UTF-8; every cell as text where it is read.
_CSV = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,true,true,false"
_FROM_CSV = "--infilter=CSV:59,34,76,1,{},0,true,false"
_COLUMNS = 200  # of a .csv that are read as text

Place = tuple[str, int, int]  # sheet, row, column, as in `ReadSheet.rows`: from 0
Typed = str | int | Decimal | bool | None


def saved_again(office: Path, path: Path, kind: str) -> Path:
    """Let LibreOffice open a workbook and save it as xlsx, ods, csv or fods; return the new file.

    Raises:
        AssertionError: it cannot, or takes too long.
    """
    folder = Path(tempfile.mkdtemp(prefix="saved-", dir=path.parent))
    source = [str(path)]
    if path.suffix == ".csv":
        source.insert(0, _FROM_CSV.format("/".join(f"{n}/2" for n in range(1, _COLUMNS + 1))))
    said = _run(
        office, "--convert-to", _CSV if kind == "csv" else kind, "--outdir", str(folder), *source
    )
    saved = folder / f"{path.stem}.{kind}"
    assert saved.is_file(), said
    return saved


def changed(office: Path, path: Path, kind: str, cells: Mapping[Place, Typed]) -> Path:
    """Let LibreOffice open a workbook, put `cells` into it and save it as `kind`.

    A text is what a person types into a cell of text; None empties the cell; a number is what
    LibreOffice makes of digits typed elsewhere. The file passes through LibreOffice twice.
    """
    flat = saved_again(office, path, "fods")
    with parse(str(flat)) as document:
        tables = {
            table.getAttribute("table:name"): table
            for table in document.getElementsByTagName("table:table")
        }
        for cell in document.getElementsByTagName("table:table-cell"):
            if cell.hasAttribute("office:string-value") and cell.getElementsByTagName("text:p"):
                cell.removeAttribute("office:string-value")  # its ends of lines would be lost
        for tab in list(document.getElementsByTagName("text:tab")):
            above: Any = tab.parentNode  # LibreOffice 7.4 reads no such tab in a cell
            above.replaceChild(document.createTextNode("\t"), tab)
        for (sheet, row, column), value in cells.items():
            rows = tables[sheet].getElementsByTagName("table:table-row")
            line = _nth(list(rows), "table:number-rows-repeated", row)
            in_line = [node for node in line.childNodes if isinstance(node, Element)]
            cell = _nth(in_line, "table:number-columns-repeated", column)
            _type(document, cell, value)
        flat.write_bytes(document.toxml(encoding="utf-8"))
    return saved_again(office, flat, kind)


def told(office: Path, path: Path, *questions: str) -> tuple[str, ...]:
    """Let LibreOffice open a workbook as in a window, and answer expressions of its Basic.

    They may speak of `view`, the window, and of `sheets`, the sheets from 0.
    """
    basic = Path(unquote(urlsplit(_profile()).path), "user", "basic")
    if not basic.is_dir():
        saved_again(office, path, "ods")  # makes the profile
    answers = path.with_suffix(".answers")
    lines = (f"  Print #1, {question}" for question in questions)
    macro = "\n".join(
        (
            "Sub Answer(address, target)",
            "  Dim how(0) As New com.sun.star.beans.PropertyValue",
            '  how(0).Name = "Hidden" : how(0).Value = True',
            '  book = StarDesktop.loadComponentFromURL(address, "_blank", 0, how())',
            "  view = book.CurrentController : sheets = book.Sheets.ElementNames",
            "  Dim all(UBound(sheets))",
            "  For i = 0 To UBound(sheets) : all(i) = book.Sheets.getByIndex(i) : Next",
            "  sheets = all",
            "  Open target For Output As #1",
            *lines,
            "  Close #1",
            "  book.close(True)",
            "End Sub",
        )
    )
    for name, content in _BASIC.items():
        (basic / name).parent.mkdir(parents=True, exist_ok=True)
        (basic / name).write_text(content.replace("{macro}", escape(macro)), encoding="utf-8")
    _run(office, f'macro:///Standard.Module1.Answer("{path.as_uri()}","{answers}")')
    return tuple(line.strip() for line in answers.read_text(encoding="utf-8").splitlines())


def _nth(elements: list[Element], repeated: str, number: int) -> Element:
    """Return the element of that number, cut out of the repetition that it is part of."""
    for element in elements:
        times = int(element.getAttribute(repeated) or 1)
        if number >= times:
            number -= times
            continue
        parent: Any = element.parentNode
        for part, place in ((number, element), (times - number - 1, element.nextSibling)):
            if part:
                copy: Any = element.cloneNode(True)
                copy.setAttribute(repeated, str(part))
                parent.insertBefore(copy, place)
        element.setAttribute(repeated, "1")
        return element
    raise AssertionError(f"no such place: {number} more")


def _type(document: Document, cell: Element, value: Typed) -> None:
    for name in list(cell.attributes.keys()):
        if name.startswith(("office:", "calcext:")) or name == "table:formula":
            cell.removeAttribute(name)
    for child in list(cell.childNodes):
        if child.nodeName != "office:annotation":
            cell.removeChild(child)
    if value is None:
        return
    if isinstance(value, bool):
        kind, attribute, written = "boolean", "office:boolean-value", str(value).lower()
    elif isinstance(value, str):
        kind, attribute, written = "string", "", value
    else:
        kind, attribute, written = "float", "office:value", str(value)
    cell.setAttribute("office:value-type", kind)
    cell.setAttribute("calcext:value-type", kind)
    if attribute:
        cell.setAttribute(attribute, written)
    for line in written.split("\n"):
        paragraph = document.createElement("text:p")
        paragraph.appendChild(document.createTextNode(line))
        cell.appendChild(paragraph)


def _run(office: Path, *arguments: str) -> str:
    command = [str(office), "--headless", "--norestore", f"-env:UserInstallation={_profile()}"]
    with subprocess.Popen(
        [*command, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # the program is a script that starts others
    ) as process:
        try:
            return process.communicate(timeout=LIMIT)[0]
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise AssertionError(f"LibreOffice took more than {LIMIT} s") from error


@cache
def _profile() -> str:
    """Return the folder of LibreOffice's own settings, one a test process."""
    folder = tempfile.mkdtemp(prefix="wikibot-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder).as_uri()


# The library of macros of a person, as LibreOffice keeps it in its profile.
_LIBRARY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<library:{what} '
    'xmlns:library="http://openoffice.org/2000/library" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"{more}</library:{what}>'
)
_BASIC = {
    "script.xlc": _LIBRARY.format(
        what="libraries",
        more='><library:library library:name="Standard" library:link="false" '
        'xlink:href="$(USER)/basic/Standard/script.xlb/" xlink:type="simple"/>',
    ),
    "Standard/script.xlb": _LIBRARY.format(
        what="library",
        more=' library:name="Standard" library:readonly="false" '
        'library:passwordprotected="false"><library:element library:name="Module1"/>',
    ),
    "Standard/Module1.xba": '<?xml version="1.0" encoding="UTF-8"?>\n<script:module '
    'xmlns:script="http://openoffice.org/2000/script" script:name="Module1" '
    'script:language="StarBasic">{macro}</script:module>',
}
