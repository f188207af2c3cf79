"""Charts of an .ods: each is a small document of its own that draws from cells of the sheets.

Source: OpenDocument 1.3 part 3, 11 (chart content) and 20 (its formatting properties).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from wikibot.workbook import ods_styles
from wikibot.workbook.layout import letters
from wikibot.workbook.placed import Area, Drawing, Series, quoted

_TYPE = "application/vnd.oasis.opendocument.chart"
_CLASSES = {"bars": "bar", "stacked": "bar", "lines": "line", "points": "scatter"}
_EURO = "<number:text> €</number:text>"
_NUMBER = '<number:number number:min-integer-digits="1" number:decimal-places="{}"{}/>'


def folder(number: int) -> str:
    """Return where the parts of a chart are."""
    return f"Object {number}"


def escaped(text: str) -> str:
    """Return text as XML has it."""
    return escape(text)


def manifest(charts: int) -> str:
    """Return the list of the parts of the archive."""
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{folder(number)}/"'
        f' manifest:media-type="{_TYPE}"/>'
        f'<manifest:file-entry manifest:full-path="{folder(number)}/content.xml"'
        ' manifest:media-type="text/xml"/>'
        for number in range(1, charts + 1)
    )
    return ods_styles.MANIFEST.replace("</manifest:manifest>", f"{entries}</manifest:manifest>")


def range_of(area: Area) -> str:
    """Return an area as OpenDocument addresses it."""
    sheet = quoted(area.sheet)
    first = f"{sheet}.{letters(area.left)}{area.top + 1}"
    last = f"{sheet}.{letters(area.right)}{area.bottom + 1}"
    return first if first == last else f"{first}:{last}"


def ranges(drawing: Drawing) -> str:
    """Return all that a chart draws from."""
    areas = [drawing.of, *(area for one in drawing.series for area in (one.name, one.values))]
    return " ".join(map(range_of, areas))


def content(drawing: Drawing) -> str:
    """Return the document of a chart."""
    return "".join(_content(drawing))


def _content(drawing: Drawing) -> Iterator[str]:
    size = f'svg:width="{drawing.width:g}pt" svg:height="{drawing.height:g}pt"'
    yield f"{ods_styles.HEAD}<office:document-content {ods_styles.SPACES}>"
    yield f"<office:automatic-styles>{''.join(_styles(drawing))}</office:automatic-styles>"
    yield "<office:body><office:chart>"
    kind = f'chart:class="chart:{_CLASSES[drawing.form]}"'
    yield f'<chart:chart {kind} {size} chart:style-name="all"><chart:title'
    yield f' chart:style-name="title"><text:p>{escape(drawing.title)}</text:p></chart:title>'
    if len(drawing.series) > 1:
        yield '<chart:legend chart:legend-position="bottom" chart:style-name="words"/>'
    yield '<chart:plot-area chart:style-name="plot">'
    yield '<chart:axis chart:dimension="x" chart:name="primary-x" chart:style-name="x">'
    if drawing.form == "points":
        yield '<chart:grid chart:style-name="grid" chart:class="major"/>'
    else:
        yield f"<chart:categories table:cell-range-address={quoteattr(range_of(drawing.of))}/>"
    yield '</chart:axis><chart:axis chart:dimension="y" chart:name="primary-y"'
    yield ' chart:style-name="y"><chart:grid chart:style-name="grid" chart:class="major"/>'
    yield "</chart:axis>"
    for number, one in enumerate(drawing.series):
        yield from _series(drawing, number, one)
    yield '<chart:wall chart:style-name="wall"/>'
    yield "</chart:plot-area></chart:chart></office:chart></office:body>"
    yield "</office:document-content>"


def _series(drawing: Drawing, number: int, one: Series) -> Iterator[str]:
    rows = one.values.bottom - one.values.top + 1
    yield (
        f'<chart:series chart:style-name="s{number}" chart:class="chart:{_CLASSES[drawing.form]}"'
        f" chart:values-cell-range-address={quoteattr(range_of(one.values))}"
        f" chart:label-cell-address={quoteattr(range_of(one.name))}>"
    )
    if drawing.form == "points":
        yield f"<chart:domain table:cell-range-address={quoteattr(range_of(drawing.of))}/>"
    yield f'<chart:data-point chart:repeated="{rows}"/></chart:series>'


def _styles(drawing: Drawing) -> Iterator[str]:
    digits = _NUMBER.format(0, ' number:grouping="true"')
    yield f'<number:number-style style:name="n-number">{digits}</number:number-style>'
    yield f'<number:number-style style:name="n-euro">{digits}{_EURO}</number:number-style>'
    yield f'<number:percentage-style style:name="n-share">{_NUMBER.format(0, "")}'
    yield "<number:text>%</number:text></number:percentage-style>"
    yield '<number:date-style style:name="n-month"><number:month number:style="long"/>'
    yield '<number:text>/</number:text><number:year number:style="long"/></number:date-style>'
    yield _style(
        "all",
        'draw:stroke="solid" svg:stroke-color="#d9d9d9" draw:fill="solid"'
        ' draw:fill-color="#ffffff"',
    )
    yield _style("title", text='fo:font-size="12pt" fo:font-weight="bold"')
    yield _style("words", 'draw:stroke="none" draw:fill="none"', text='fo:font-size="9pt"')
    yield _style("wall", 'draw:stroke="none" draw:fill="none"')
    yield _style("grid", 'draw:stroke="solid" svg:stroke-color="#d9d9d9"')
    lying = drawing.form in ("bars", "stacked")
    plot = 'chart:treat-empty-cells="leave-gap" chart:include-hidden-cells="true"'
    if lying:
        plot += ' chart:vertical="true"'
    if drawing.form == "stacked":
        plot += ' chart:stacked="true"'
    if drawing.form == "lines":
        plot += ' chart:symbol-type="automatic"'
    yield _style("plot", chart=plot)
    x = 'chart:display-label="true" chart:visible="true"'
    y = f'{x} chart:link-data-style-to-source="false"'
    if lying:
        x += ' chart:reverse-direction="true" chart:gap-width="45"'
        y += ' chart:axis-position="end" chart:minimum="0"'
        if drawing.form == "stacked":
            x += ' chart:overlap="100"'
    elif drawing.form == "lines":
        y += ' chart:minimum="0"'
    else:
        x, y = (f'{each} chart:axis-position="start"' for each in (x, y))
    month = "n-month" if drawing.days else ""
    if drawing.days:
        x += ' chart:link-data-style-to-source="false"'
    if drawing.form == "points":
        x += ' chart:link-data-style-to-source="false"'
        month = "n-number"
    look = {"share": "share", "euro": "euro", "cents": "euro"}.get(drawing.look, "number")
    yield _style("x", chart=x, text='fo:font-size="9pt"', data=month)
    yield _style("y", chart=y, text='fo:font-size="9pt"', data=f"n-{look}")
    for number, one in enumerate(drawing.series):
        yield _style(f"s{number}", *_series_looks(drawing, one))


def _series_looks(drawing: Drawing, one: Series) -> tuple[str, str]:
    colour = f"#{one.colour}"
    if drawing.form in ("bars", "stacked"):
        told = ' chart:data-label-number="value"' if len(drawing.series) == 1 else ""
        return f'draw:stroke="none" draw:fill="solid" draw:fill-color="{colour}"', told
    stroke = "none" if drawing.form == "points" else "solid"
    graphic = (
        f'draw:stroke="{stroke}" svg:stroke-width="2pt" svg:stroke-color="{colour}"'
        f' draw:fill-color="{colour}"'
    )
    symbol = (
        'chart:symbol-type="named-symbol" chart:symbol-name="circle"'
        ' chart:symbol-width="6pt" chart:symbol-height="6pt"'
    )
    return graphic, symbol


def _style(name: str, graphic: str = "", chart: str = "", text: str = "", data: str = "") -> str:
    form = f' style:data-style-name="{data}"' if data else ""
    return (
        f'<style:style style:name="{name}" style:family="chart"{form}>'
        f"<style:chart-properties {chart}/><style:graphic-properties {graphic}/>"
        f"<style:text-properties {text}/></style:style>"
    )
