"""Cells and rows of tables as HTML, every word of them escaped.

They are made here and not in the template: an overview of 10,000 pages has a hundred thousand
cells, and calling a macro of Jinja for each took half as long again as all the rest of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from wikibot.render.overview.view import Link, Shown

_PROSE = 60  # characters from which on a text wants a broad column


def rows(of: Iterable[tuple[int, Sequence[Shown]]], unknown: str) -> Markup:
    """Return rows, each with its depth in the tree; `unknown` is read out where nothing is."""
    return Markup("\n".join(_row(cells, depth, unknown) for depth, cells in of))


def content(cell: Shown, unknown: str) -> Markup:
    """Return what stands in a cell."""
    return Markup(_content(cell, unknown))


def _row(cells: Sequence[Shown], depth: int, unknown: str) -> str:
    first, *others = cells
    level = f" d{depth}" if depth else ""
    state = "" if first.known else " none"
    found = [
        f'<tr><th scope="row" class="{first.kind}{state}{level}"{_order(first)}>'
        f"{_content(first, unknown)}</th>"
    ]
    for cell in others:
        state = "" if cell.known else " none"
        if cell.known and cell.kind == "text" and len(cell.words) > _PROSE:
            state = " prose"
        words = _content(cell, unknown)
        found.append(f'<td class="{cell.kind}{state}"{_order(cell)}>{words}</td>')
    found.append("</tr>")
    return "".join(found)


def _order(cell: Shown) -> str:
    return f' data-v="{escape(cell.order)}"' if cell.order else ""


def _content(cell: Shown, unknown: str) -> str:
    if not cell.known:
        return f'<span class="hidden">{escape(unknown)}</span>'
    if cell.links and cell.kind in ("words", "pages"):
        return " · ".join(map(_linked, cell.links))
    if cell.links:
        return _linked(cell.links[0])
    if cell.kind == "share":
        return f'{escape(cell.words)}<i class="share s{cell.step}"></i>'
    if cell.more:
        summary = f"<summary>{escape(cell.words)}</summary>"
        return f'<details class="text">{summary}{escape(cell.more)}</details>'
    return escape(cell.words)


def _linked(link: Link) -> str:
    words, address = link
    if not address:
        return escape(words)
    return f'<a href="{escape(address)}" rel="noopener noreferrer">{escape(words)}</a>'
