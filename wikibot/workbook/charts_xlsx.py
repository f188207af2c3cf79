"""Charts of a workbook .xlsx, as openpyxl writes them: they draw from the cells.

Source: ECMA-376 part 1, 21.2 (DrawingML charts). openpyxl 3.1 hides the axes unless told not to.
"""

from __future__ import annotations

from typing import Any

from wikibot.workbook.layout import letters
from wikibot.workbook.placed import Area, Drawing, quoted

_CENTIMETRES = 2.54 / 72  # in a point
_FORMATS = {"share": "0%", "euro": '#,##0\\ "€"', "cents": '#,##0\\ "€"'}
_MONTHS = "mm/yyyy"


def chart(drawing: Drawing) -> Any:
    """Return a chart that stands at its place."""
    from openpyxl.chart import BarChart, LineChart, ScatterChart
    from openpyxl.chart.axis import DateAxis
    from openpyxl.chart.label import DataLabelList

    found: Any
    if drawing.form == "points":
        found = ScatterChart(scatterStyle="lineMarker")
        found.series = [_points(drawing, number) for number in range(len(drawing.series))]
    elif drawing.form == "lines":
        found = LineChart()
        if drawing.days:
            found.x_axis = DateAxis(crossAx=100, majorTimeUnit="months")
            found.x_axis.number_format = _MONTHS
            found.y_axis.crossAx = 500
        found.series = [_line(drawing, number) for number in range(len(drawing.series))]
    else:
        found = BarChart(barDir="bar", gapWidth=45)
        found.series = [_bars(drawing, number) for number in range(len(drawing.series))]
        if drawing.form == "stacked":
            found.grouping, found.overlap = "stacked", 100
        if len(drawing.series) == 1:
            found.dataLabels = DataLabelList(showVal=True)
            for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
                setattr(found.dataLabels, name, False)
        found.x_axis.scaling.orientation = "maxMin"  # the first row on top
        found.y_axis.crosses = "max"  # which is below then
    found.title, found.style = drawing.title, 2
    found.title.overlay = False
    _smaller(found.title)
    found.x_axis.delete = found.y_axis.delete = False
    found.y_axis.number_format = _FORMATS.get(drawing.look, "General")
    found.y_axis.title = found.x_axis.title = None
    found.y_axis.majorGridlines = _light()
    if drawing.form == "points":
        found.x_axis.majorGridlines = _light()
        found.x_axis.number_format, found.y_axis.number_format = "0", "0"
        found.x_axis.crosses = found.y_axis.crosses = "min"
    else:
        found.y_axis.scaling.min = 0
    if len(drawing.series) == 1:
        found.legend = None
    else:
        found.legend.position = "b"
    found.display_blanks = "gap"
    found.width, found.height = drawing.width * _CENTIMETRES, drawing.height * _CENTIMETRES
    found.anchor = f"{letters(drawing.column)}{drawing.row + 1}"
    return found


def _smaller(title: Any) -> None:
    from openpyxl.drawing.text import CharacterProperties, ParagraphProperties

    for paragraph in title.tx.rich.p:
        paragraph.pPr = ParagraphProperties(defRPr=CharacterProperties(sz=1200, b=True))


def _series(drawing: Drawing, number: int, kind: Any, **data: Any) -> Any:
    from openpyxl.chart.data_source import NumDataSource, NumRef, StrRef
    from openpyxl.chart.series import SeriesLabel

    one = drawing.series[number]
    values = NumDataSource(numRef=NumRef(f=_reference(one.values)))
    name = SeriesLabel(strRef=StrRef(f=_reference(one.name)))
    where = {"yVal": values} if drawing.form == "points" else {"val": values}
    return kind(idx=number, order=number, tx=name, **where, **data)


def _bars(drawing: Drawing, number: int) -> Any:
    from openpyxl.chart.series import Series

    found = _series(drawing, number, Series, cat=_categories(drawing))
    found.graphicalProperties = _filled(drawing.series[number].colour)
    found.invertIfNegative = False
    return found


def _line(drawing: Drawing, number: int) -> Any:
    from openpyxl.chart.series import Series

    colour = drawing.series[number].colour
    found = _series(drawing, number, Series, cat=_categories(drawing))
    found.graphicalProperties = _filled(colour)
    found.graphicalProperties.line.solidFill = colour
    found.graphicalProperties.line.width = 28_000  # EMU
    found.marker = _marker(colour)
    found.smooth = False
    return found


def _points(drawing: Drawing, number: int) -> Any:
    from openpyxl.chart.data_source import AxDataSource, NumRef
    from openpyxl.chart.series import XYSeries

    where = AxDataSource(numRef=NumRef(f=_reference(drawing.of)))
    found = _series(drawing, number, XYSeries, xVal=where)
    found.graphicalProperties = _filled(drawing.series[number].colour)
    found.graphicalProperties.line.noFill = True
    found.marker = _marker(drawing.series[number].colour)
    return found


def _categories(drawing: Drawing) -> Any:
    from openpyxl.chart.data_source import AxDataSource, NumRef, StrRef

    where = _reference(drawing.of)
    if drawing.days:
        return AxDataSource(numRef=NumRef(f=where))
    return AxDataSource(strRef=StrRef(f=where))


def _filled(colour: str) -> Any:
    from openpyxl.chart.shapes import GraphicalProperties

    return GraphicalProperties(solidFill=colour)


def _light() -> Any:
    from openpyxl.chart.axis import ChartLines
    from openpyxl.chart.shapes import GraphicalProperties

    found: Any = ChartLines(spPr=GraphicalProperties())
    found.spPr.line.solidFill, found.spPr.line.width = "D9D9D9", 6_350
    return found


def _marker(colour: str) -> Any:
    from openpyxl.chart.marker import Marker

    found = Marker(symbol="circle", size=6)
    found.graphicalProperties = _filled(colour)
    return found


def _reference(area: Area) -> str:
    first = f"${letters(area.left)}${area.top + 1}"
    last = f"${letters(area.right)}${area.bottom + 1}"
    return f"{quoted(area.sheet)}!{first}" + (f":{last}" if last != first else "")
