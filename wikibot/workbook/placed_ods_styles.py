"""The styles of placed sheets in an .ods, and what stays in sight on screen."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from wikibot.workbook import ods_styles
from wikibot.workbook.layout import BLUE, GREY
from wikibot.workbook.placed import PlacedSheet, Styled
from wikibot.workbook.placed_xlsx import INK, NOTE, NUMBERS, SIZES

_EURO = "<number:text> €</number:text>"
_FORMATS = {
    "number": '<number:number-style style:name="{}"><number:number number:min-integer-digits="1"'
    ' number:decimal-places="{}" number:min-decimal-places="0" number:grouping="true"/>'
    "</number:number-style>",
    "money": '<number:number-style style:name="{}"><number:number number:min-integer-digits="1"'
    ' number:decimal-places="{}" number:min-decimal-places="{}" number:grouping="true"/>'
    f"{_EURO}</number:number-style>",
    "share": '<number:percentage-style style:name="{}"><number:number'
    ' number:min-integer-digits="1" number:decimal-places="1" number:min-decimal-places="1"/>'
    "<number:text>%</number:text></number:percentage-style>",
    "degrees": '<number:number-style style:name="{}"><number:number'
    ' number:min-integer-digits="1" number:decimal-places="5" number:min-decimal-places="5"/>'
    "</number:number-style>",
}
_DAY = ods_styles.DAY
_HOUR = (
    '<number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/>'
)


def style_name(styled: Styled, linked: bool) -> str:
    """Return the name of the style of a cell."""
    ends = ("-bold" if styled.bold else "", "-link" if linked else "")
    return f"{styled.look}{styled.indent or ''}{''.join(ends)}"


def beginning(sheets: Sequence[PlacedSheet]) -> str:
    """Return the beginning of the content, with the styles of columns, rows, tables and cells."""
    widths = {width for sheet in sheets for width in sheet.widths}
    heights = {line.height for sheet in sheets for line in sheet.lines}
    found: dict[str, str] = {}
    for sheet in sheets:
        for line in sheet.lines:
            for cell in line.cells:
                if cell is not None:
                    for linked in (False, True):
                        name = style_name(cell, linked)
                        if name not in found:
                            found[name] = _style(name, cell, linked)
    return (
        ods_styles.opening(widths, heights)
        + _formats()
        + "".join(found.values())
        + ("</office:automatic-styles>")
    )


def settings(sheets: Sequence[PlacedSheet]) -> str:
    """Return the settings that keep headings in sight, and show the first sheet."""
    return ods_styles.view(sheets[0].name, [(sheet.name, sheet.still) for sheet in sheets])


def _formats() -> str:
    return "".join(
        (
            _FORMATS["number"].format("f-number", 10),
            _FORMATS["money"].format("f-euro", 0, 0),
            _FORMATS["money"].format("f-cents", 2, 2),
            _FORMATS["share"].format("f-share"),
            _FORMATS["degrees"].format("f-degrees"),
            '<number:text-style style:name="f-text"><number:text-content/></number:text-style>',
            f'<number:date-style style:name="f-date">{_DAY}</number:date-style>',
            f'<number:date-style style:name="f-moment">{_DAY}<number:text> </number:text>{_HOUR}'
            "</number:date-style>",
        )
    )


def _style(name: str, cell: Styled, linked: bool) -> str:
    look = cell.look
    data = look if look in (*NUMBERS, "date", "moment") else "text"
    wrap = "wrap" if look in ("text", "heading", "note", "label") else "no-wrap"
    fill = f' fo:background-color="#{GREY}"' if look == "heading" else ""
    top = f' fo:border-top="0.75pt solid #{INK}"' if cell.bold else ""
    bold = cell.bold or look in ("title", "heading", "label")
    align = "end" if look in NUMBERS else "start"
    margin = (
        ' fo:margin-right="2mm"' if look in NUMBERS else f' fo:margin-left="{4 * cell.indent}mm"'
    )
    colour = BLUE if linked else NOTE if look in ("note", "remark") else INK
    line = ' style:text-underline-style="solid"' if linked else ""
    weight = ' fo:font-weight="bold"' if bold else ""
    return (
        f'<style:style style:name={quoteattr(name)} style:family="table-cell"'
        f' style:parent-style-name="Default" style:data-style-name="f-{data}">'
        f'<style:table-cell-properties fo:wrap-option="{wrap}" style:text-align-source="fix"'
        f' style:vertical-align="{"middle" if look == "heading" else "top"}"{fill}{top}/>'
        f'<style:paragraph-properties fo:text-align="{align}"{margin}/>'
        f'<style:text-properties fo:color="#{colour}" fo:font-size="{SIZES.get(look, 11)}pt"'
        f"{weight}{line}/></style:style>"
    )
