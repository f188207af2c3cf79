"""An overview as CSV: one file a table, one of the figures, and what they are (`datapackage.json`).

As in the sheets of pages: UTF-8 with its mark, `;`, every cell between quotation marks, and an
apostrophe before what a program would take for a formula. Headings are the ids of columns, which
stay; their labels stand in `datapackage.json`, with all that a program must know. In French,
decimals follow a comma, for a French spreadsheet program takes «12.5» for the 12th of May.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from wikibot.language import Language, Text
from wikibot.overviews import Cell, Column, Figures, Overview, Table
from wikibot.overviews.values import Kind
from wikibot.render.overview.cells import NO, YES, exact, known, listed
from wikibot.render.overview.json import utc
from wikibot.render.overview.schema import BETWEEN, decimal_sign, fields, package
from wikibot.workbook import fitting
from wikibot.workbook.separated import neutralised, written

_CUT = Text("… (coupé : {} caractères)", "… (cut: {} characters)")
_FIGURES = "figures"
_LEFT = re.compile(r"[^A-Za-z0-9_.-]+")  # out of the name of a file


def files(overview: Overview, language: Language) -> dict[str, bytes]:
    """Return name → content of the files of a folder; the same overview gives the same bytes."""
    named = {
        f"{_LEFT.sub('-', table.id)}.csv": table
        for table in (*_figures(overview), *(t for each in overview.sections for t in each.tables))
    }
    found = {name: _written(table, language) for name, table in named.items()}
    told = json.dumps(
        package(overview, named.items(), language), ensure_ascii=False, indent=2
    ).encode("utf-8", "replace")
    return {**found, "datapackage.json": told + b"\n"}


def zipped(contents: Mapping[str, bytes]) -> bytes:
    """Return a .zip of files, without dates."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name)  # 1980, the beginning of zip's time
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return target.getvalue()


def field(cell: Cell, kind: Kind, language: Language) -> str:
    """Return a cell of any kind but place as it stands in a file; text may be a formula yet."""
    if not known(cell):
        return ""
    if isinstance(cell, bool):
        return (YES if cell else NO).into(language)
    if isinstance(cell, datetime):
        return utc(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    number = exact(cell)
    if number is not None:
        return _decimal(number, language)
    return BETWEEN.join(listed(cell, language))


def _decimal(number: Decimal, language: Language) -> str:
    told = format(number, "f")
    if "." in told:
        told = told.rstrip("0").rstrip(".")
    return told.replace(".", decimal_sign(language))


def _written(table: Table, language: Language) -> bytes:
    headings = [neutralised(str(each["name"])) for each in fields(table, language)]
    rows = (
        [
            part
            for cell, column in zip(row, table.columns, strict=True)
            for part in _parts(cell, column, language)
        ]
        for row in table.rows
    )
    return written([headings, *rows])


def _parts(cell: Cell, column: Column, language: Language) -> Iterator[str]:
    if column.kind == "place":
        both = cell if isinstance(cell, tuple) and len(cell) == 2 else ("", "")
        for each in both:
            yield _decimal(Decimal(repr(float(each))), language) if each != "" else ""
        return
    found = field(cell, column.kind, language)
    if column.kind in ("number", "share", "amount"):
        yield found  # digits of our own, the minus sign too
    else:
        yield neutralised(fitting(found, _CUT.into(language)))


def _figures(overview: Overview) -> Iterator[Table]:
    """Yield the table of all figures, where there are any; a value is text of its kind."""
    rows = tuple(
        (section.id, figure.id, figure.label, figure.kind, _figure(figure.value, figure.kind))
        for section in overview.sections
        for block in section.blocks
        if isinstance(block, Figures)
        for figure in block.figures
    )
    columns = (
        Column("section", Text("Partie", "Section"), "text"),
        Column("id", Text("Identifiant", "Id"), "text"),
        Column("label", Text("Ce qui est compté", "What is counted"), "text"),
        Column("kind", Text("Nature", "Kind"), "text"),
        Column("value", Text("Valeur", "Value"), "text"),
    )
    if rows:
        yield Table(_FIGURES, Text("Chiffres", "Figures"), columns, rows)


def _figure(cell: Cell, kind: Kind) -> Text:
    if kind == "place" and isinstance(cell, tuple):
        return Text(
            *(
                " ".join(_decimal(Decimal(repr(float(e))), each) for e in cell)
                for each in _LANGUAGES
            )
        )
    return Text(*(field(cell, kind, each) for each in _LANGUAGES))


_LANGUAGES: tuple[Language, Language] = ("fr", "en")
