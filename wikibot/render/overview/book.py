"""An overview as a workbook: a summary, a sheet a section, and one for each long table.

Small tables of a section stand one below the other with their charts beside them; a table of more
than `LONG` rows, or of more than `BROAD` columns, has a sheet of its own, with its headings in
sight and nothing else on it, so that it can be sorted, filtered and read by programs. Charts draw
from the cells. A relation graph has no counterpart in a workbook, and a map is one of points.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wikibot.language import Language, Text, counted, moment
from wikibot.overviews import Figures, Overview, Section, Table
from wikibot.render.overview.columns import Address, Shown, columns, one_line, single, text
from wikibot.render.overview.placing import LINE, WIDE, Placing, Where, charts_of
from wikibot.workbook.placed import PlacedSheet, Styled
from wikibot.workbook.write_placed import placed_bytes

LONG, BROAD = 60, 7  # rows, columns
SUMMARY = Text("Sommaire", "Summary")
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_NAME = 31  # characters of a sheet's name
_TAKEN = ("history", "wikibot_choix")  # names that no sheet of ours may have
_AS_OF = Text("État du wiki au {moment}.", "The wiki as of {moment}.")
_BACK = Text("← Sommaire", "← Summary")
_SEE = Text("→ Feuille « {name} » : {rows}", "→ Sheet “{name}”: {rows}")
_ROWS = (Text("ligne", "row"), Text("lignes", "rows"))
_NONE = Text("Aucune ligne.", "No row.")
_NO_GRAPH = Text(
    "Le dessin « {title} » se voit dans la page de l'aperçu : un classeur n'en a pas de pareil.",
    "The drawing “{title}” is seen on the page of the overview: a workbook has none of the kind.",
)
_FIGURES = (
    Text("Partie", "Section"),
    Text("Ce qui est compté", "What is counted"),
    Text("Valeur", "Value"),
    Text("Remarque", "Note"),
)
_SHEETS = (
    Text("Feuille", "Sheet"),
    Text("Ce qu'elle contient", "What it holds"),
    Text("Lignes", "Rows"),
)


@dataclass(frozen=True)
class _Listed:
    """A sheet as the summary tells of it."""

    name: str
    about: str
    rows: int | None


def book(
    overview: Overview,
    language: Language,
    kind: Literal["xlsx", "ods"],
    address: Address = lambda title: None,
) -> bytes:
    """Return the bytes of a workbook; the same overview gives the same bytes.

    `address` says where a page of the wiki is, None where nobody knows.
    """
    return placed_bytes(sheets(overview, language, address), kind)


def sheets(overview: Overview, language: Language, address: Address) -> tuple[PlacedSheet, ...]:
    """Return the sheets: the summary, then those of each section."""
    names = _Names()
    summary = names.new(SUMMARY.into(language))
    found: list[PlacedSheet] = []
    listed: list[_Listed] = []
    for section in overview.sections:
        for sheet, told in _section(section, language, address, names, summary):
            found.append(sheet)
            listed.append(told)
    return (_summary(overview, language, address, summary, listed), *found)


class _Names:
    """Names of sheets: 31 characters at most, and no two alike."""

    def __init__(self) -> None:
        self._taken = set(_TAKEN)

    def new(self, wanted: str) -> str:
        """Return a name that is free."""
        plain = " ".join(wanted.translate(_NOT_IN_NAMES).split()).strip("' ") or "-"
        number = 1
        while True:
            end = f" ({number})" if number > 1 else ""
            name = _cut(plain, _NAME - len(end)) + end
            if name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                return name
            number += 1


def _cut(name: str, longest: int) -> str:
    """Return a name cut to so many units of UTF-16, at the end of a word where there is one."""
    units = name.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return name
    kept = units[: 2 * (longest - 1)].decode("utf-16-le", "ignore")
    head, blank, _ = kept.rpartition(" ")
    return (head if blank and len(head) > longest // 2 else kept).rstrip("' «(:-") + "…"


def _section(
    section: Section, language: Language, address: Address, names: _Names, summary: str
) -> Iterator[tuple[PlacedSheet, _Listed]]:
    """Yield the sheets of a section, its own before those of its long tables."""
    shown = {table.id: columns(table, language, address) for table in section.tables}
    long = [table for table in section.tables if _large(table, shown[table.id])]
    alone = len(long) == len(section.blocks) == 1
    heading = one_line(section.heading.into(language), language)
    own = "" if alone else names.new(heading)
    far: dict[str, Where] = {}
    apart: list[tuple[PlacedSheet, _Listed]] = []
    for table in long:
        label = one_line(table.label.into(language), language)
        name = names.new(heading if alone else label)
        sheet, far[table.id] = _apart(name, table, shown[table.id])
        note = f". {table.note.into(language)}" if table.note else ""
        apart.append((sheet, _Listed(name, text(label + note, language), len(table.rows))))
    if own:
        yield _own(section, language, address, own, summary, shown, far)
    yield from apart


def _large(table: Table, found: tuple[Shown, ...]) -> bool:
    """Tell whether a table has a sheet of its own: it would push the others out of sight."""
    broad = len(found) > BROAD and sum(each.width for each in found) > WIDE
    return len(table.rows) > LONG or (broad and bool(table.rows))


def _apart(name: str, table: Table, found: tuple[Shown, ...]) -> tuple[PlacedSheet, Where]:
    """Return the sheet of one long table, and where its cells are."""
    placing = Placing(name, tuple(each.width for each in found), 0)
    where = placing.table(found, table)
    return placing.sheet(still=1), where


def _own(
    section: Section,
    language: Language,
    address: Address,
    name: str,
    summary: str,
    shown: dict[str, tuple[Shown, ...]],
    far: dict[str, Where],
) -> tuple[PlacedSheet, _Listed]:
    near = [shown[table.id] for table in section.tables if table.id not in far]
    heading = one_line(section.heading.into(language), language)
    intro = text(section.intro.into(language), language) if section.intro else ""
    placing = _begun(name, near)
    placing.put(Styled(heading, "title"), high=24.0)
    placing.put(Styled(_BACK.into(language), sheet=summary))
    if intro:
        placing.words(intro)
    for block in section.blocks:
        if isinstance(block, Figures):
            placing.put()
            _figures(placing, block, language, address)
        elif isinstance(block, Table):
            _table(placing, section, block, shown[block.id], far.get(block.id), language)
    listed = _Listed(name, intro or heading, None)
    return placing.sheet(), listed


def _begun(name: str, tables: Sequence[tuple[Shown, ...]]) -> Placing:
    """Return an empty sheet whose columns are as wide as its tables want; charts have a margin."""
    widths: list[int] = [34, 22]
    aside = 2
    for found in tables:
        widths += [0] * (len(found) - len(widths))
        for place, each in enumerate(found):
            widths[place] = max(widths[place], each.width)
    for found in tables:
        if sum(widths[: len(found)]) <= WIDE:
            aside = max(aside, len(found))
    if len(widths) == aside:
        widths.append(4)
    return Placing(name, tuple(widths), aside + (1 if len(widths) == aside + 1 else 0))


def _figures(placing: Placing, block: Figures, language: Language, address: Address) -> None:
    for figure in block.figures:
        note = text(figure.note.into(language), language) if figure.note else ""
        placing.put(
            Styled(text(figure.label.into(language), language), "label"),
            single(figure.value, figure.kind, language, address),
            Styled(note, "remark") if note else None,
            high=LINE,
        )


def _table(
    placing: Placing,
    section: Section,
    table: Table,
    found: tuple[Shown, ...],
    far: Where | None,
    language: Language,
) -> None:
    charts = charts_of(section.charts, table)
    placing.put()
    start = placing.put(Styled(one_line(table.label.into(language), language), "label"), high=18.0)
    if table.note:
        placing.words(text(table.note.into(language), language))
    if far is not None:
        rows = counted(len(table.rows), *_ROWS).into(language)
        see = _SEE.into(language).format(name=far.sheet, rows=rows)
        placing.put(Styled(see, sheet=far.sheet, across=2))
        where, start = far, len(placing.lines)
    elif table.rows:
        start = len(placing.lines)
        where = placing.table(found, table)
        if sum(placing.widths[: len(found)]) > WIDE:
            start = len(placing.lines) + 1
    else:
        where = placing.table(found, table)
        placing.words(_NONE.into(language))
    for chart in charts:
        if chart.form == "graph" and table.rows:
            title = one_line(chart.title.into(language), language)
            placing.words(_NO_GRAPH.into(language).format(title=title))
    placing.draw(charts, table, where, language, start)


def _summary(
    overview: Overview,
    language: Language,
    address: Address,
    name: str,
    listed: Sequence[_Listed],
) -> PlacedSheet:
    placing = Placing(name, (36, 60, 24, 50), 4)
    placing.put(Styled(one_line(overview.heading.into(language), language), "title"), high=24.0)
    wiki = text(overview.wiki.into(language), language)
    placing.put(Styled(f"{wiki} — {text(overview.place, language)}", "note", across=2))
    as_of = _AS_OF.format(moment=moment(overview.as_of)).into(language)
    placing.put(Styled(as_of, "note", across=2))
    figures = [
        (section, figure)
        for section in overview.sections
        for block in section.blocks
        if isinstance(block, Figures)
        for figure in block.figures
    ]
    if figures:
        placing.put()
        placing.put(*(Styled(each.into(language), "heading") for each in _FIGURES))
        for section, figure in figures:
            placing.put(
                Styled(one_line(section.heading.into(language), language)),
                Styled(text(figure.label.into(language), language)),
                single(figure.value, figure.kind, language, address),
                Styled(text(figure.note.into(language), language)) if figure.note else None,
            )
    placing.put()
    placing.put(*(Styled(each.into(language), "heading") for each in _SHEETS))
    for each in listed:
        placing.put(
            Styled(each.name, sheet=each.name),
            Styled(each.about),
            Styled(each.rows, "number") if each.rows is not None else None,
        )
    return placing.sheet()
