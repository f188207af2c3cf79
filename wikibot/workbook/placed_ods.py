"""Writes placed sheets as .ods: the parts of an OpenDocument spreadsheet, as text.

Sources: OpenDocument 1.3 part 3; LibreOffice, whose own elements shade cells (`calcext`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from xml.sax.saxutils import quoteattr

from wikibot.workbook import charts_ods, ods_styles, placed_ods_styles
from wikibot.workbook.layout import address, plain
from wikibot.workbook.model import Column, Link
from wikibot.workbook.ods import MIME
from wikibot.workbook.placed import Area, Drawing, Line, PlacedSheet, Styled, quoted
from wikibot.workbook.placed_ods_styles import style_name
from wikibot.workbook.write_ods import paragraphs

_PLAIN = Column("")


def parts(sheets: Sequence[PlacedSheet]) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of the archive; its type comes first, as the format asks."""
    drawings = [drawing for sheet in sheets for drawing in sheet.drawings]
    yield "mimetype", MIME
    yield "META-INF/manifest.xml", charts_ods.manifest(len(drawings)).encode()
    yield "styles.xml", ods_styles.STYLES.encode()
    yield "settings.xml", placed_ods_styles.settings(sheets).encode()
    yield "content.xml", "".join(_content(sheets)).encode()
    for number, drawing in enumerate(drawings, 1):
        yield f"{charts_ods.folder(number)}/content.xml", charts_ods.content(drawing).encode()


def _content(sheets: Sequence[PlacedSheet]) -> Iterator[str]:
    yield placed_ods_styles.beginning(sheets)
    yield "<office:body><office:spreadsheet>"
    drawn = 0
    for sheet in sheets:
        yield from _table(sheet, drawn)
        drawn += len(sheet.drawings)
    yield "<table:database-ranges>"
    number = 0
    for sheet in sheets:
        for area in sheet.tables:
            number += 1
            yield (
                f'<table:database-range table:name="tableau_{number}"'
                f" table:target-range-address={quoteattr(charts_ods.range_of(area))}"
                ' table:display-filter-buttons="true"/>'
            )
    yield "</table:database-ranges></office:spreadsheet></office:body></office:document-content>"


def _table(sheet: PlacedSheet, drawn: int) -> Iterator[str]:
    yield f'<table:table table:name={quoteattr(sheet.name)} table:style-name="shown">'
    for width in sheet.widths:
        yield f'<table:table-column table:style-name="co{width}"/>'
    at: dict[tuple[int, int], list[tuple[int, Drawing]]] = {}
    for number, drawing in enumerate(sheet.drawings, drawn + 1):
        at.setdefault((drawing.row, drawing.column), []).append((number, drawing))
    ends = {row for row, _ in at}
    for number, line in enumerate(sheet.lines):
        if sheet.still and number == 0:
            yield "<table:table-header-rows>"
        yield _line(line, number, at, sheet) if number in ends else _line(line, number, {}, sheet)
        if sheet.still and number == sheet.still - 1:
            yield "</table:table-header-rows>"
    yield _shades(sheet)
    yield "</table:table>"


def _line(
    line: Line,
    row: int,
    at: dict[tuple[int, int], list[tuple[int, Drawing]]],
    sheet: PlacedSheet,
) -> str:
    here = {column: found for (number, column), found in at.items() if number == row}
    width = max([len(line.cells), *(column + 1 for column in here)])
    cells: list[str] = []
    covered = 0
    for place in range(width):
        cell = line.cells[place] if place < len(line.cells) else None
        inside = "".join(_frame(*each) for each in here.get(place, ()))
        if covered:
            covered -= 1
            cells.append(f"<table:covered-table-cell>{inside}</table:covered-table-cell>")
            continue
        cells.append(_cell(cell, inside))
        covered = cell.across - 1 if cell else 0
    cells += ["<table:covered-table-cell/>"] * covered
    return (
        f'<table:table-row table:style-name="ro{line.height:g}">'
        f"{''.join(cells) or '<table:table-cell/>'}</table:table-row>"
    )


def _cell(styled: Styled | None, inside: str) -> str:
    content = plain(styled.value) if styled else None
    if styled is None or (content is None and not styled.bold):
        return f"<table:table-cell>{inside}</table:table-cell>" if inside else "<table:table-cell/>"
    link = address(styled.value, _PLAIN) if isinstance(styled.value, Link) else None
    if styled.sheet is not None:
        link = f"#{quoted(styled.sheet)}.A1"
    across = ""
    if styled.across > 1:
        across = f' table:number-columns-spanned="{styled.across}" table:number-rows-spanned="1"'
    name = style_name(styled, linked=link is not None)
    text = "" if content is None else paragraphs(str(content), link)
    return (
        f'<table:table-cell table:style-name="{name}"{across}{_typed(content)}>'
        f"{inside}{text}</table:table-cell>"
    )


def _typed(content: str | bool | int | Decimal | date | time | None) -> str:
    if content is None:
        return ""
    if isinstance(content, str):
        return ' office:value-type="string"'
    if isinstance(content, datetime | date):
        return f' office:value-type="date" office:date-value="{content.isoformat()}"'
    return f' office:value-type="float" office:value="{content}"'


def _frame(number: int, drawing: Drawing) -> str:
    """Return a chart that hangs at a cell."""
    return (
        f'<draw:frame draw:z-index="{number}" draw:name="graphique_{number}"'
        f' svg:width="{drawing.width:g}pt" svg:height="{drawing.height:g}pt"'
        ' svg:x="0pt" svg:y="0pt">'
        f'<draw:object xlink:href="./{charts_ods.folder(number)}" xlink:type="simple"'
        ' xlink:show="embed" xlink:actuate="onLoad"'
        f" draw:notify-on-update-of-ranges={quoteattr(charts_ods.ranges(drawing))}/>"
        f"<svg:title>{charts_ods.escaped(drawing.title)}</svg:title></draw:frame>"
    )


def _shades(sheet: PlacedSheet) -> str:
    found = "".join(_shade(area, sheet.shade) for area in sheet.shades)
    return f"<calcext:conditional-formats>{found}</calcext:conditional-formats>" if found else ""


def _shade(area: Area, colour: str) -> str:
    ends = (("minimum", "FFFFFF"), ("maximum", colour))
    entries = "".join(
        f'<calcext:color-scale-entry calcext:value="0" calcext:type="{kind}"'
        f' calcext:color="#{shade}"/>'
        for kind, shade in ends
    )
    where = charts_ods.range_of(area)
    return (
        f"<calcext:conditional-format calcext:target-range-address={quoteattr(where)}>"
        f"<calcext:color-scale>{entries}</calcext:color-scale></calcext:conditional-format>"
    )
