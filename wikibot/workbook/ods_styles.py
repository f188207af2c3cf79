"""The parts of an .ods that hold no cell: its styles, its pages, what stands still on screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import quoteattr

from wikibot.workbook.layout import BLUE, GREY
from wikibot.workbook.model import WrittenSheet

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    (
        *(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "style", "table", "text")),
        f'xmlns:number="{_OASIS}:datastyle:1.0"',
        f'xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0"',
        f'xmlns:svg="{_OASIS}:svg-compatible:1.0"',
        f'xmlns:config="{_OASIS}:config:1.0"',
        f'xmlns:draw="{_OASIS}:drawing:1.0"',
        f'xmlns:chart="{_OASIS}:chart:1.0"',
        f'xmlns:of="{_OASIS}:of:1.2"',
        'xmlns:ooo="http://openoffice.org/2004/office"',  # the settings are known by it
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"',
        'office:version="1.3"',
    )
)
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = (
    f'{HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "settings.xml")
    )
    + "</manifest:manifest>"
)
STYLES = (
    f"{HEAD}<office:document-styles {SPACES}><office:styles>"
    '<style:default-style style:family="table-cell">'
    '<style:text-properties fo:font-family="Calibri" fo:font-size="11pt"'
    ' fo:language="fr" fo:country="FR"/></style:default-style>'
    '<style:style style:name="Default" style:family="table-cell"/></office:styles>'
    '<office:automatic-styles><style:page-layout style:name="landscape">'
    '<style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm"'
    ' style:print-orientation="landscape" fo:margin="1.5cm" style:scale-to-X="1"/>'
    "</style:page-layout></office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="wide" style:page-layout-name="landscape"/>'
    "</office:master-styles></office:document-styles>"
)
PROTECTED = (
    ' table:protected="true"><loext:table-protection loext:select-protected-cells="true"'
    ' loext:select-unprotected-cells="true" loext:insert-rows="true" loext:delete-rows="true"'
    ' loext:use-autofilter="true"/>'
)
DAY = (
    '<number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/>'
)
_TIME = (
    '<number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text>'
    '<number:seconds number:style="long"/>'
)
_FORMATS = {
    "text": "<number:text-style style:name={}><number:text-content/></number:text-style>",
    "boolean": "<number:boolean-style style:name={}><number:boolean/></number:boolean-style>",
    "date": f"<number:date-style style:name={{}}>{DAY}</number:date-style>",
    "moment": f"<number:date-style style:name={{}}>{DAY}<number:text> </number:text>{_TIME}"
    "</number:date-style>",
    "time": f"<number:time-style style:name={{}}>{_TIME}</number:time-style>",
}
_LOOKS = {"link": "text", "heading": "text", "number": "", **{name: name for name in _FORMATS}}
_EXTRA = {
    "link": f'<style:text-properties fo:color="#{BLUE}" style:text-underline-style="solid"/>',
    "heading": '<style:text-properties fo:font-weight="bold"/>',
}


def beginning(widths: Iterable[int], heights: Iterable[float]) -> str:
    """Return the beginning of the content, with the styles of columns, rows, tables and cells.

    A cell's style is called by its look; with `-open` it can be typed into under protection.
    """
    formats = "".join(form.format(f'"f-{name}"') for name, form in _FORMATS.items())
    cells = "".join(
        _cell_style(look, form, protect)
        for look, form in _LOOKS.items()
        for protect in (True, False)
    )
    return f"{opening(widths, heights)}{formats}{cells}</office:automatic-styles>"


def opening(widths: Iterable[int], heights: Iterable[float]) -> str:
    """Return the same up to the styles of cells: columns, rows and tables."""
    columns = "".join(
        f'<style:style style:name="co{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{(7 * width + 5) / 96:.3f}in"/>'
        "</style:style>"
        for width in sorted(widths)
    )
    rows = "".join(
        f'<style:style style:name="ro{high:g}" style:family="table-row">'
        f'<style:table-row-properties style:row-height="{high:g}pt"'
        ' style:use-optimal-row-height="false"/></style:style>'
        for high in sorted(heights)
    )
    tables = "".join(
        f'<style:style style:name="{name}" style:family="table" style:master-page-name="wide">'
        f'<style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("shown", "true"), ("hidden", "false"))
    )
    return (
        f"{HEAD}<office:document-content {SPACES}><office:automatic-styles>{columns}{rows}{tables}"
    )


def settings(sheets: Sequence[WrittenSheet]) -> str:
    """Return the settings that keep the headings in sight, and show the first visible sheet."""
    first = next(sheet for sheet in sheets if not sheet.hidden)
    return view(first.name, [(sheet.name, 1) for sheet in sheets])


def view(first: str, sheets: Iterable[tuple[str, int]]) -> str:
    """Return settings: which sheet is shown, and how many rows stay in sight on each."""
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(name)}>"
        + _item("VerticalSplitMode", "short", 2)
        + _item("VerticalSplitPosition", "int", still)
        + _item("ActiveSplitRange", "short", 2)
        + _item("PositionBottom", "int", still)
        + "</config:config-item-map-entry>"
        for name, still in sheets
        if still
    )
    active = first.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f"{HEAD}<office:document-settings {SPACES}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        + _item("ViewId", "string", "view1")
        + f'<config:config-item-map-named config:name="Tables">{tables}'
        "</config:config-item-map-named>"
        + _item("ActiveTable", "string", active)
        + "</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _cell_style(look: str, form: str, protect: bool) -> str:
    name = look if protect else f"{look}-open"
    data = f' style:data-style-name="f-{form}"' if form else ""
    fill = f' fo:background-color="#{GREY}"' if look == "heading" else ""
    align = "middle" if look == "heading" else "top"
    return (
        f'<style:style style:name="{name}" style:family="table-cell"'
        f' style:parent-style-name="Default"{data}>'
        f'<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="{align}"'
        f' style:cell-protect="{"protected" if protect else "none"}"{fill}/>'
        f"{_EXTRA.get(look, '')}</style:style>"
    )


def _item(name: str, kind: str, value: object) -> str:
    told = f'config:name="{name}" config:type="{kind}"'
    return f"<config:config-item {told}>{value}</config:config-item>"
