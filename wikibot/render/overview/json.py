"""An overview as JSON: a documented shape that stays, for programs.

    {"format": 1, "language", "heading", "wiki", "place", "as_of", "sections": [
        {"id", "heading", "intro",
         "figures": [{"id", "label", "kind", "value", "note"}],
         "tables": [{"id", "label", "note", "columns": [{"id", "label", "kind"}],
                     "rows": [[…]], "total", "depth", "cards"}],
         "charts": [{"id", "title", "form", "table", "of", "values", "to", "most"}]}]}

`id` and `kind` never depend on the language; headings, labels, titles, intros and notes do. What
is not there is null. Cells by their kind: text, page, url: a string · words, pages: a list of
strings, empty where nothing is known · number: a whole number · share: a number from 0 to 1, not
rounded · amount: a number of euros · date: "2026-01-31" · moment: "2026-01-31T14:05:00Z" · flag:
true or false · place: [latitude, longitude]. `schema.SHAPE` says the same as a JSON Schema.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from wikibot.language import Language, Text
from wikibot.overviews import Cell, Chart, Figure, Figures, Overview, Section, Table
from wikibot.overviews.values import Kind, Row
from wikibot.render.overview.cells import exact, known, listed

FORMAT = 1


def data(overview: Overview, language: Language) -> dict[str, Any]:
    """Return an overview as values of JSON."""
    return {
        "format": FORMAT,
        "language": language,
        "heading": overview.heading.into(language),
        "wiki": overview.wiki.into(language),
        "place": overview.place,
        "as_of": utc(overview.as_of),
        "sections": [_section(each, language) for each in overview.sections],
    }


def text(overview: Overview, language: Language) -> str:
    """Return an overview as the text of a JSON file: one row of a table a line."""
    return "".join(_pieces(data(overview, language))) + "\n"


def value(cell: Cell, kind: Kind, language: Language) -> Any:
    """Return a cell as a value of JSON."""
    if kind in ("words", "pages"):
        return list(listed(cell, language))
    if not known(cell):
        return None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, datetime):
        return utc(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float | Decimal):
        return _number(cell)
    if kind == "place" and isinstance(cell, tuple):
        return [float(each) for each in cell]
    return "".join(listed(cell, language))


def utc(at: datetime) -> str:
    """Return a moment as ISO 8601 has it, in UTC; one without a zone is taken to be so."""
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def _number(cell: int | float | Decimal) -> int | float:
    found = exact(cell)
    assert found is not None
    whole = found == found.to_integral_value() and not isinstance(cell, float)
    return int(found) if whole else float(found)


def _section(section: Section, language: Language) -> dict[str, Any]:
    figures = [
        figure for block in section.blocks if isinstance(block, Figures) for figure in block.figures
    ]
    return {
        "id": section.id,
        "heading": section.heading.into(language),
        "intro": _words(section.intro, language),
        "figures": [_figure(each, language) for each in figures],
        "tables": [_table(each, language) for each in section.tables],
        "charts": [_chart(each, language) for each in section.charts],
    }


def _figure(figure: Figure, language: Language) -> dict[str, Any]:
    return {
        "id": figure.id,
        "label": figure.label.into(language),
        "kind": figure.kind,
        "value": value(figure.value, figure.kind, language),
        "note": _words(figure.note, language),
    }


def _table(table: Table, language: Language) -> dict[str, Any]:
    def row(cells: Row) -> list[Any]:
        pairs = zip(cells, table.columns, strict=True)
        return [value(cell, column.kind, language) for cell, column in pairs]

    return {
        "id": table.id,
        "label": table.label.into(language),
        "note": _words(table.note, language),
        "columns": [
            {"id": column.id, "label": column.label.into(language), "kind": column.kind}
            for column in table.columns
        ],
        "rows": [row(cells) for cells in table.rows],
        "total": None if table.total is None else row(table.total),
        "depth": table.depth,
        "cards": table.cards,
    }


def _chart(chart: Chart, language: Language) -> dict[str, Any]:
    return {
        "id": chart.id,
        "title": chart.title.into(language),
        "form": chart.form,
        "table": chart.table,
        "of": chart.of,
        "values": list(chart.values),
        "to": chart.to,
        "most": chart.most,
    }


def _words(words: Text | None, language: Language) -> str | None:
    return None if words is None else words.into(language)


def _pieces(found: Any, indent: str = "") -> list[str]:
    """Return the text of a value; a list that holds no objects and no lists takes one line."""
    deeper = indent + "  "
    if isinstance(found, dict) and found:
        inside = [
            f"{deeper}{_plain(key)}: {''.join(_pieces(each, deeper))}"
            for key, each in found.items()
        ]
        return ["{\n", ",\n".join(inside), f"\n{indent}}}"]
    if isinstance(found, list) and any(isinstance(each, dict) for each in found):
        inside = [deeper + "".join(_pieces(each, deeper)) for each in found]
    elif isinstance(found, list) and any(isinstance(each, list) for each in found):
        inside = [deeper + _plain(each) for each in found]
    else:
        return [_plain(found)]
    return ["[\n", ",\n".join(inside), f"\n{indent}]"]


def _plain(found: Any) -> str:
    """Return JSON on one line: accents as they are, halves of surrogate pairs escaped."""
    written = json.dumps(found, ensure_ascii=False, allow_nan=False)
    try:
        written.encode()
    except UnicodeEncodeError:
        written = json.dumps(found, allow_nan=False)
    return written
