"""An overview as wikitext for a page of the wiki: tables that sort, bars, links, notes.

Nothing that stands in a value acts there; see `wikibot.wikitext.inert`. Numbers carry what they
are sorted by (`data-sort-value`), for MediaWiki's own sorting does not know our thousands.
Source: MediaWiki, Help:Tables, Help:Sortable tables; Sanitizer::checkCss (what styles may hold).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

from wikibot.language import Language, Text, moment, number
from wikibot.overviews import Cell, Chart, Column, Figures, Overview, Section, Table
from wikibot.overviews.values import Kind, Row
from wikibot.render.overview.cells import COUNTABLE, exact, known, listed, rounded, shown
from wikibot.render.overview.json import utc
from wikibot.render.overview.style import ACCENT
from wikibot.visible import visible
from wikibot.wikitext.inert import inert, page_link

_BLANKS = re.compile("[ \t\r\n]+")
MOST = 100  # rows of a table
_AS_OF = Text("État du wiki au {moment}.", "The wiki as of {moment}.")
_MORE = Text("… et {n} autres lignes.", "… and {n} more rows.")
_ONE_MORE = Text("… et une autre ligne.", "… and one more row.")
_NONE = Text("Aucune ligne.", "No row.")
_LONGEST = 500  # characters of a cell: a page of a wiki is to be read
_SHADE = (31, 111, 181)  # the accent, in red, green and blue
_DARKEST = 0.5  # of a shade: black words stay readable on it (WCAG 2.2, 1.4.3)


def wikitext(
    overview: Overview, language: Language, *, level: int = 2, most: int = MOST
) -> tuple[str, str]:
    """Return the wikitext and the line that says of when it is, apart.

    Sections have headings of `level`; tables show `most` rows and tell how many there are more.
    The first does not depend on the moment, so that the same content is the same text.
    """
    sections = ("\n".join(_section(each, language, level, most)) for each in overview.sections)
    told = _AS_OF.format(moment=moment(overview.as_of)).into(language)
    return "\n\n".join(sections), f"<small>{inert(told)}</small>"


def _section(section: Section, language: Language, level: int, most: int) -> Iterator[str]:
    mark = "=" * level
    yield f"{mark} {_words(section.heading, language) or '&nbsp;'} {mark}"
    if section.intro:
        yield from ("", _words(section.intro, language))
    for block in section.blocks:
        if isinstance(block, Figures):
            yield ""
            for figure in block.figures:
                value = _cell(figure.value, figure.kind, language) or "–"
                note = f" <small>({_words(figure.note, language)})</small>" if figure.note else ""
                between = " : " if language == "fr" else ": "
                yield f"* {_words(figure.label, language)}{between}'''{value}'''{note}"
        elif isinstance(block, Table):
            yield ""
            yield from _table(block, section.charts, language, most)


def _table(table: Table, charts: tuple[Chart, ...], language: Language, most: int) -> Iterator[str]:
    columns = [column for column in table.columns if column.id != table.depth]
    label, note = _words(table.label, language), _words(table.note, language)
    yield '{| class="wikitable sortable"'
    yield f"|+ {label}" + (f"<br /><small>{note}</small>" if note else "")
    for column in columns:
        yield f'! scope="col" | {_words(column.label, language)}'
    drawn = _drawn(table, charts)
    for row in table.rows[:most]:
        yield "|-"
        yield from _row(row, table, drawn, language)
    if table.total is not None:
        yield '|- class="sortbottom" style="font-weight:bold"'
        yield from _row(table.total, table, {}, language)
    if not table.rows:
        yield "|-"
        yield f'| colspan="{len(columns)}" | {_NONE.into(language)}'
    yield "|}"
    left = len(table.rows) - most
    if left > 0:
        more = _ONE_MORE if left == 1 else _MORE.format(n=number(left))
        yield f"<small>{more.into(language)}</small>"


def _row(row: Row, table: Table, drawn: Mapping[str, _Drawn], language: Language) -> Iterator[str]:
    depth = row[table.column(table.depth)] if table.depth else 0
    first = True
    for cell, column in zip(row, table.columns, strict=True):
        if column.id == table.depth:
            continue
        words = _cell(cell, column.kind, language)
        indent = depth if first and isinstance(depth, int) else 0
        how, bar = _look(cell, column, drawn.get(column.id), indent)
        yield f"|{how} | {words}{bar}" if how else f"| {words}"
        first = False


class _Drawn:
    """How large the numbers of some columns are that are drawn together."""

    def __init__(self, largest: Decimal, shaded: bool) -> None:
        self._largest, self._shaded = largest, shaded

    def of(self, value: Decimal) -> tuple[str, str]:
        """Return the style of a cell and what stands below its number."""
        part = float(min(max(value / self._largest, Decimal(0)), Decimal(1)))
        if self._shaded:
            red, green, blue = _SHADE
            return f"background:rgba({red},{green},{blue},{_DARKEST * part:.2f})", ""
        bar = (
            f'<div style="width:{100 * part:.0f}%;height:0.4em;background:{ACCENT}"></div>'
            if part >= 0.005
            else ""
        )
        return "min-width:8em", bar


def _drawn(table: Table, charts: tuple[Chart, ...]) -> dict[str, _Drawn]:
    """Return how columns are drawn: those of bars by bars, those of a grid by shades."""
    found: dict[str, _Drawn] = {}
    for chart in charts:
        if chart.table != table.id or chart.form not in ("bars", "grid"):
            continue
        numbers = [exact(cell) for each in chart.values for cell in table.cells(each)]
        largest = max((n for n in numbers if n is not None), default=Decimal(0))
        if largest > 0:
            for each in chart.values:
                found.setdefault(each, _Drawn(largest, chart.form == "grid"))
    return found


def _look(cell: Cell, column: Column, drawn: _Drawn | None, indent: int) -> tuple[str, str]:
    """Return the attributes of a cell, and its bar."""
    styles: list[str] = []
    bar = ""
    value = exact(cell) if column.kind in COUNTABLE else None
    if column.kind in COUNTABLE:
        styles.append("text-align:right")
    if value is not None and drawn is not None:
        style, bar = drawn.of(value)
        styles.append(style)
    if indent > 0:
        styles.append(f"padding-left:{0.5 + 1.5 * min(indent, 9):g}em")
    key = _sorted_by(cell, column.kind)
    sort = f' data-sort-value="{key}"' if key is not None else ""
    return sort + (f' style="{";".join(styles)}"' if styles else ""), bar


def _sorted_by(cell: Cell, kind: Kind) -> str | None:
    """Return what a cell is sorted by, where its words are not."""
    if not known(cell):
        return None
    if kind in COUNTABLE:
        value = exact(cell)
        return None if value is None else _plain(rounded(value, kind))
    if isinstance(cell, datetime):
        return utc(cell)
    return cell.isoformat() if isinstance(cell, date) else None


def _plain(value: Decimal) -> str:
    told = format(value, "f")
    return told.rstrip("0").rstrip(".") if "." in told else told


def _cell(cell: Cell, kind: Kind, language: Language) -> str:
    if kind in ("page", "pages") and not isinstance(cell, Text):
        return "<br />".join(_link(title) for title in listed(cell, language))
    if kind == "url":
        return _address("".join(listed(cell, language)))
    return inert(_short(_line(shown(cell, kind, language))))


def _link(title: str) -> str:
    half = any("\ud800" <= sign <= "\udfff" for sign in title)  # of a pair: no page has it
    return inert(_line(title)) if half else page_link(title, _line(title))


def _address(written: str) -> str:
    """Return an outside link where it is one of the web; none of its signs can end it."""
    words = inert(_short(_line(written)))
    plain = written.startswith(("http://", "https://")) and written.isprintable()
    if not plain or any(sign in written for sign in " \"'<>[]{}|`~\\^") or len(written) > 500:
        return words
    return f"[{written.replace('_', '%5F')} {words}]"


def _line(text: str) -> str:
    """Return text on one line, its hidden signs shown; spaces that do not break stay so."""
    return visible(_BLANKS.sub(" ", text).strip(" "))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _words(words: Text | None, language: Language) -> str:
    return inert(_short(_line("".join(listed(words, language))))) if words else ""
