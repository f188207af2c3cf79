"""An overview as one page for a browser: to be read, sorted, sent and printed, offline too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

from wikibot.language import Language, Text, counted, moment, number, same
from wikibot.overviews import Block, Chart, Figures, Overview, Section, Table
from wikibot.render import page
from wikibot.render.overview import charts
from wikibot.render.overview.inline import inline
from wikibot.render.overview.rows import content, rows
from wikibot.render.overview.style import BESIDE, NARROW, WIDE
from wikibot.render.overview.view import Grid, Shown, Viewer, words_of

_WORDS = {
    "skip": Text("Aller au contenu", "Skip to the content"),
    "contents": Text("Sommaire", "Contents"),
    "read_on": Text("Relevé du", "As of"),
    "numbers": Text("Les nombres", "The numbers"),
    "as_table": Text("En tableau", "As a table"),
    "search": Text("Chercher dans ce tableau", "Search this table"),
    "shown": Text("{n} sur {all}", "{n} of {all}"),
    "more": Text("Montrer la suite", "Show more"),
    "all": Text("Tout montrer", "Show all"),
    "no_match": Text("Aucune ligne ne correspond.", "No row matches."),
    "unknown": Text("non renseigné", "not known"),
    "no_row": Text("Rien à montrer ici.", "Nothing to show here."),
    "no_lane": Text("Sans colonne", "In no column"),
    "others": Text("et {n} de plus, au tableau", "and {n} more, in the table"),
    "cut": Text(
        "Sur papier, les {n} premières lignes sur {all} ; toutes sont à l'écran.",
        "On paper, the first {n} of {all} rows; the screen has them all.",
    ),
    "closed": Text(
        "Ces parties sont repliées : ouvrez à l'écran celles que vous voulez imprimer.",
        "These parts are folded: open on the screen those that you want to print.",
    ),
    "colon": Text(" :", ":"),
    "top": Text("Haut de page", "Top of the page"),
}
_ROWS = (Text("ligne", "row"), Text("lignes", "rows"))
_SHORTENED = Text(
    "Les {n} premières lignes sur {all} ; un classeur les a toutes (--output FICHIER.xlsx).",
    "The first {n} of {all} rows; a workbook has them all (--output FILE.xlsx).",
)
_MOST_ROWS = 1000  # of a table: with tens of thousands a browser gets slow
_IN_FULL = "glance"  # the section whose tables have all their rows
_PRINTED = 12  # rows of a table beside those of pages at a glance; overview.css has the number too
_AT_ONCE = 2  # charts that are drawn at the same time
_LABEL = Text("{title}. Les nombres sont au tableau « {table} ».", "{title}. Table: “{table}”.")


@dataclass(frozen=True)
class _Picture:
    """A chart, drawn for wide and for narrow windows."""

    id: str
    form: str
    title: str
    note: str
    drawings: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """What stands together: figures, or a table and the chart beside it, or one of these alone."""

    figures: tuple[tuple[str, Shown, str], ...] = ()
    picture: _Picture | None = None
    grid: Grid | None = None
    folded: bool = False  # the table only shows the numbers of a chart that stands above it
    rows: str = ""


def html(
    overview: Overview,
    language: Language,
    *,
    address: Callable[[str], str | None] = lambda title: None,
) -> str:
    """Return the page; `address` says where a page of the wiki is."""
    viewer = Viewer(language, address)
    with ThreadPoolExecutor(_AT_ONCE) as draughtsmen:  # drawing takes most of the time
        parts = [list(_parts(each, viewer, draughtsmen)) for each in overview.sections]
        sections = [
            {
                "id": section.id,
                "heading": viewer.text(section.heading.into(language)),
                "intro": viewer.text(section.intro.into(language)) if section.intro else "",
                "folded": section.folded,
                "whole": section.id == _IN_FULL,
                "parts": [
                    replace(part, picture=drawn.result() if drawn else None) for part, drawn in told
                ],
            }
            for section, told in zip(overview.sections, parts, strict=True)
        ]
    return page.filled(
        "overview.html.j2",
        language,
        _WORDS,
        place=overview.place,
        today=overview.as_of.date(),
        styles=("base.css", "overview.css"),
        script="overview.js",
        heading=viewer.text(overview.heading.into(language)),
        wiki=viewer.text(overview.wiki.into(language)),
        moment=moment(overview.as_of).into(language),
        as_of=overview.as_of.isoformat(timespec="minutes"),
        sections=sections,
        printed=_PRINTED,
        rows=rows,
        content=content,
    )


def _parts(
    section: Section, viewer: Viewer, draughtsmen: Executor
) -> Iterator[tuple[_Part, Future[_Picture] | None]]:
    """Yield what a section shows, and the picture of it that is being drawn.

    A small table and the chart next to it stand side by side.
    """
    grids = {
        table.id: viewer.grid(_shortened(table, section.id, viewer.language))
        for table in section.tables
    }
    blocks = _ordered([block for block in section.blocks if _shows(block, section)], grids)
    beside = _pairs(blocks, grids)
    drawn: set[str] = set()
    for place, block in enumerate(blocks):
        if isinstance(block, Figures):
            yield _Part(figures=words_of(block, viewer)), None
        elif isinstance(block, Table):
            if place not in beside.values():
                rows = counted(len(block.rows), *_ROWS).into(viewer.language)
                yield _Part(grid=grids[block.id], folded=block.id in drawn, rows=rows), None
        else:
            drawn.add(block.table)
            table, pair = section.table(block.table), place in beside
            width = BESIDE if pair else WIDE
            picture = draughtsmen.submit(_picture, block, table, viewer, width)
            yield _Part(grid=grids[block.table] if pair else None), picture


def _shortened(table: Table, section: str, language: Language) -> Table:
    """Return a table with its first rows, where it is a long one and no board; it tells so.

    The pages at a glance are all there: that is where people look for one.
    """
    if len(table.rows) <= _MOST_ROWS or table.cards or section == _IN_FULL:
        return table
    told = _SHORTENED.format(n=number(_MOST_ROWS), all=number(len(table.rows)))
    note = table.note.into(language) + " " + told.into(language) if table.note else ""
    return replace(table, rows=table.rows[:_MOST_ROWS], note=same(note) if note else told)


def _ordered(blocks: list[Block], grids: dict[str, Grid]) -> list[Block]:
    """Return the blocks, a table of few columns behind the charts of it that follow it."""
    found: list[Block] = []
    waiting: Table | None = None
    for block in blocks:
        if waiting and not (isinstance(block, Chart) and block.table == waiting.id):
            found.append(waiting)
            waiting = None
        if isinstance(block, Table) and grids[block.id].narrow and not grids[block.id].lanes:
            waiting = block
        else:
            found.append(block)
    return [*found, waiting] if waiting else found


def _pairs(blocks: list[Block], grids: dict[str, Grid]) -> dict[int, int]:
    """Return the places of charts, each with that of the small table that stands beside it."""
    found: dict[int, int] = {}
    for place, (chart, table) in enumerate(pairwise(blocks)):
        if (
            isinstance(chart, Chart)
            and isinstance(table, Table)
            and chart.table == table.id
            and chart.form in ("bars", "stacked", "lines")
            and grids[table.id].small
        ):
            found[place] = place + 1
    return found


def _shows(block: Block, section: Section) -> bool:
    return not isinstance(block, Chart) or charts.drawable(block, section.table(block.table))


def _picture(chart: Chart, table: Table, viewer: Viewer, width: int) -> _Picture:
    from markupsafe import Markup

    language = viewer.language
    title = viewer.text(chart.title.into(language))
    label = _LABEL.format(title=title, table=viewer.text(table.label.into(language)))
    drawings = (
        inline(
            charts.bare(chart, table, language, pixels),
            f"{chart.id}-{kind}",
            label.into(language),
            kind,
        )
        for kind, pixels in (("wide", width), ("narrow", NARROW))
    )
    return _Picture(
        chart.id,
        chart.form,
        title,
        charts.said(chart, table, language),
        tuple(map(Markup, drawings)),  # rebuilt by inline() from shapes and escaped words
    )
