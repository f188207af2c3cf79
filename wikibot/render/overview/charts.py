"""Charts of overviews, drawn here and now: no browser, no network, the same bytes each time.

vl-convert runs Vega and Vega-Lite inside this process; every address is forbidden to it. What it
draws is what `Chart` names of a table, so a chart can show no number that its table has not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from wikibot.language import Language, Text, counted, number
from wikibot.overviews import Chart, Table
from wikibot.render.overview import graphs, grids, maps, plots, style
from wikibot.render.overview.blanks import blanked, filled
from wikibot.render.overview.cells import known
from wikibot.render.overview.style import SERIES, WIDE, Spec

_VEGA_LITE: dict[str, Callable[[Chart, Table, Language, int], Spec]] = {
    "bars": plots.bars,
    "stacked": plots.stacked,
    "grid": grids.grid,
    "lines": plots.over_time,
}
_VEGA = ("graph", "map")
_TIMES = {"fr": "fr-FR", "en": "en-GB"}
_CLIP = re.compile(r'(clip-path="url\(#clip|<clipPath id="clip)(\d+)(\)"|")')
_FINER = 2  # pixels of a picture for one of the drawing
_FIRST = Text(
    "Les {n} premières lignes sur {all} ; toutes sont dans le tableau.",
    "The first {n} of {all} rows; the table has them all.",
)
_SOME = Text(
    "{n} colonnes sur {all} ; toutes sont dans le tableau.",
    "{n} of {all} columns; the table has them all.",
)
_ELSEWHERE = Text(
    "Hors de la carte : {n}, au tableau.",
    "Off the map: {n}, in the table.",
)
_PLACES = (Text("lieu", "place"), Text("lieux", "places"))
_TOUCHING = Text("Des lieux qui se touchent font un point.", "Places that touch are one dot.")
_OUTLINE = Text("Le contour de la France est approximatif.", "The outline of France is coarse.")


def drawable(chart: Chart, table: Table) -> bool:
    """Tell whether there is anything to be drawn."""
    if chart.form == "map":
        return bool(maps.places_of(chart, table))
    return any(known(cell) for name in chart.values for cell in table.cells(name))


def said(chart: Chart, table: Table, language: Language) -> str:
    """Return what must be said below a chart: what of its table it leaves out."""
    told = []
    rows = sum(known(cell) for cell in table.cells(chart.values[0]))
    rows = rows if chart.form in ("bars", "map") else len(table.rows)
    if rows > chart.most:
        told.append(_FIRST.format(n=number(chart.most), all=number(rows)))
    most = {"grid": grids.MOST_COLUMNS, "stacked": len(SERIES), "lines": len(SERIES)}
    if len(chart.values) > most.get(chart.form, len(chart.values)):
        told.append(_SOME.format(n=most[chart.form], all=len(chart.values)))
    if chart.form == "map":
        kept = maps.nearby(maps.places_of(chart, table))
        if not all(kept):
            told.append(_ELSEWHERE.format(n=counted(len(kept) - sum(kept), *_PLACES)))
        if sum(kept) > maps.MOST_APART:
            told.append(_TOUCHING)
        told.append(_OUTLINE)
    return " ".join(each.into(language) for each in told)


def svg(chart: Chart, table: Table, language: Language) -> str:
    """Return the chart as a picture of its own, titled, on white paper."""
    title = {
        "text": style.lines(chart.title.into(language), WIDE - 40),
        "subtitle": style.lines(said(chart, table, language), WIDE - 40, 3)
        if said(chart, table, language)
        else "",
        "anchor": "start",
        "offset": 12,
    }
    return _drawn(chart, table, language, WIDE, {"title": title, "background": style.PAPER})


def png(chart: Chart, table: Table, language: Language) -> bytes:
    """Return the same picture as `svg`, in pixels."""
    import vl_convert

    return vl_convert.svg_to_png(svg(chart, table, language), scale=_FINER)


def bare(chart: Chart, table: Table, language: Language, width: int = WIDE) -> str:
    """Return the chart without title and paper, for a page that has both."""
    return _drawn(chart, table, language, width, {})


def spec(chart: Chart, table: Table, language: Language, width: int) -> Spec:
    """Return what is drawn, in the words of Vega-Lite or, for graphs and maps, of Vega."""
    if chart.form == "map":
        return maps.map_of(chart, table, language, width)
    if chart.form == "graph":
        graph = graphs.graph_of(chart, table, language)
        return graphs.graph(graph, _laid_out(graph), width)
    made = _VEGA_LITE[chart.form](chart, table, language, width)
    fit = {"type": "fit-x" if isinstance(made["height"], dict) else "fit", "contains": "padding"}
    schema = "https://vega.github.io/schema/vega-lite/v6.json"
    return {"$schema": schema, "autosize": fit, "config": style.config()} | made


@lru_cache(maxsize=8)  # one layout serves all widths
def _laid_out(graph: graphs.Graph) -> tuple[tuple[float, float], ...]:
    import vl_convert

    scene = vl_convert.vega_to_scenegraph(graphs.forces(graph, WIDE), allowed_base_urls=[])
    return tuple(graphs.positions(scene))


def _drawn(chart: Chart, table: Table, language: Language, width: int, more: Spec) -> str:
    import vl_convert

    draw = vl_convert.vega_to_svg if chart.form in _VEGA else vl_convert.vegalite_to_svg
    blank, words = blanked(spec(chart, table, language, width))
    made = draw(
        blank | more,
        allowed_base_urls=[],
        format_locale=style.numbers(language),
        time_format_locale=_TIMES[language],  # type: ignore[arg-type]
    )
    numbers: dict[str, str] = {}  # Vega goes on counting from one picture to the next
    made = _CLIP.sub(
        lambda clip: f"{clip[1]}{numbers.setdefault(clip[2], str(len(numbers)))}{clip[3]}", made
    )
    return filled(made, words)
