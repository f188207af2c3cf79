"""An overview in each form that a file can have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from wikibot.language import Language
from wikibot.overviews import Figures, Overview
from wikibot.render.overview import csv, json
from wikibot.render.overview.cells import shown

Form = Literal["html", "xlsx", "ods", "csv", "json", "wikitext"]
BY_ENDING: dict[str, Form] = {
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
    ".ods": "ods",
    ".csv": "csv",
    ".zip": "csv",
    ".json": "json",
    ".wikitext": "wikitext",
    ".txt": "wikitext",
}


def filled(
    overview: Overview, form: Form, language: Language, address: Callable[[str], str | None]
) -> bytes:
    """Return the bytes of a file; `address` says where a page of the wiki is, by its title.

    `csv` is a .zip of one file a table.
    """
    match form:
        case "html":
            from wikibot.render.overview.html import html

            return html(overview, language, address=address).encode()
        case "xlsx" | "ods":
            from wikibot.render.overview.book import book

            return book(overview, language, form, address)
        case "csv":
            return csv.zipped(csv.files(overview, language))
        case "json":
            return json.text(overview, language).encode()
        case "wikitext":
            from wikibot.render.overview.wikitext import wikitext

            content, day = wikitext(overview, language)
            return f"{content}\n\n{day}\n".encode()


def in_short(overview: Overview, language: Language) -> Iterator[str]:
    """Yield a line for each figure of the first section."""
    for section in overview.sections[:1]:
        for block in section.blocks:
            if isinstance(block, Figures):
                for figure in block.figures:
                    colon = "\u00a0: " if language == "fr" else ": "
                    value = shown(figure.value, figure.kind, language)
                    yield f"{figure.label.into(language)}{colon}{value}"


def drawings(overview: Overview, language: Language) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each chart, as SVG and as PNG."""
    from wikibot.render.overview.charts import drawable, png, svg

    for section in overview.sections:
        for chart in section.charts:
            table = section.table(chart.table)
            if drawable(chart, table):
                yield f"{chart.id}.svg", svg(chart, table, language).encode()
                yield f"{chart.id}.png", png(chart, table, language)
