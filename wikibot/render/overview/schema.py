"""What the data of an overview are, for programs: JSON Schema of the JSON, Table Schema of the CSV.

Sources: JSON Schema 2020-12; Data Package 2.0 (https://datapackage.org), Table Schema and Table
Dialect.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, get_args, get_type_hints

from wikibot.language import Language, Text
from wikibot.overviews import Chart, Column, Overview, Table
from wikibot.overviews.values import Kind
from wikibot.render.overview.cells import NO, YES, exact
from wikibot.render.overview.json import FORMAT, utc

SEPARATOR = ";"  # of cells
BETWEEN = "|"  # of the values of a list: no title and no parameter of a template can hold it
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_HALVES = ("latitude", "longitude")
_SAFE = Text(
    "Une apostrophe précède le texte qu'un tableur prendrait pour une formule ; une ligne de total "
    "n'est pas répétée ici.",
    "An apostrophe stands before text that a spreadsheet program would take for a formula; a row "
    "of totals is not repeated here.",
)


def decimal_sign(language: Language) -> str:
    """Return what stands before decimals: a French spreadsheet program reads «12.5» as a day."""
    return "," if language == "fr" else "."


def fields(table: Table, language: Language) -> list[dict[str, Any]]:
    """Return the fields of a table as Table Schema has them, one a column of its CSV."""
    return [
        field
        for place, column in enumerate(table.columns)
        for field in _fields(column, [row[place] for row in table.rows], language)
    ]


def package(
    overview: Overview, resources: Iterable[tuple[str, Table]], language: Language
) -> dict[str, Any]:
    """Return the descriptor of a package (`datapackage.json`) of CSV files and their tables."""
    return {
        "$schema": _PROFILE,
        "name": "wikibot-overview",
        "title": overview.heading.into(language),
        "description": f"{overview.wiki.into(language)} — {overview.place}",
        "created": utc(overview.as_of),
        "resources": [_resource(path, table, language) for path, table in resources],
    }


def _resource(path: str, table: Table, language: Language) -> dict[str, Any]:
    note = f"{table.note.into(language)} " if table.note else ""
    return {
        "name": path.removesuffix(".csv"),
        "path": path,
        "title": table.label.into(language),
        "description": note + _SAFE.into(language),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": SEPARATOR, "lineTerminator": "\r\n"},
        "schema": {"fields": fields(table, language), "missingValues": [""]},
    }


def _fields(column: Column, cells: Sequence[Any], language: Language) -> list[dict[str, Any]]:
    label = column.label.into(language)
    if column.kind == "place":
        return [
            {
                "name": f"{column.id}_{half}",
                "title": f"{label} ({half})",
                "type": "number",
                "decimalChar": decimal_sign(language),
            }
            for half in _HALVES
        ]
    found: dict[str, Any] = {"name": column.id, "title": label, **_type(column.kind, language)}
    if column.kind == "number" and not all(_whole(cell) for cell in cells):
        found |= {"type": "number", "decimalChar": decimal_sign(language)}
    return [found]


def _whole(cell: Any) -> bool:
    found = exact(cell)
    return found is None or found == found.to_integral_value()


def _type(kind: Kind, language: Language) -> dict[str, Any]:
    match kind:
        case "words" | "pages":
            return {"type": "list", "delimiter": BETWEEN, "itemType": "string"}
        case "number":
            return {"type": "integer"}
        case "share":
            about = Text("Part, de 0 à 1", "Share, from 0 to 1").into(language)
            return {
                "type": "number",
                "decimalChar": decimal_sign(language),
                "description": about,
            }
        case "amount":
            about = Text("En euros", "In euros").into(language)
            return {
                "type": "number",
                "decimalChar": decimal_sign(language),
                "description": about,
            }
        case "date":
            return {"type": "date"}
        case "moment":
            return {"type": "datetime"}
        case "flag":
            return {
                "type": "boolean",
                "trueValues": [YES.into(language)],
                "falseValues": [NO.into(language)],
            }
        case _:
            return {"type": "string"}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def _list(items: Any) -> dict[str, Any]:
    return {"type": "array", "items": items}


_TEXT = {"type": "string"}
_PERHAPS = {"type": ["string", "null"]}
_KIND = {"enum": list(get_args(Kind))}
_CELL = {
    "anyOf": [
        {"type": ["string", "number", "boolean", "null"]},
        _list(_TEXT),
        {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    ]
}
SHAPE: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Overview of a wiki",
    **_object(
        format={"const": FORMAT},
        language={"enum": ["fr", "en"]},
        heading=_TEXT,
        wiki=_TEXT,
        place=_TEXT,
        as_of={"type": "string", "format": "date-time"},
        sections=_list(
            _object(
                id=_TEXT,
                heading=_TEXT,
                intro=_PERHAPS,
                figures=_list(
                    _object(id=_TEXT, label=_TEXT, kind=_KIND, value=_CELL, note=_PERHAPS)
                ),
                tables=_list(
                    _object(
                        id=_TEXT,
                        label=_TEXT,
                        note=_PERHAPS,
                        columns=_list(_object(id=_TEXT, label=_TEXT, kind=_KIND)),
                        rows=_list(_list(_CELL)),
                        total={"anyOf": [_list(_CELL), {"type": "null"}]},
                        depth=_PERHAPS,
                        cards=_PERHAPS,
                    )
                ),
                charts=_list(
                    _object(
                        id=_TEXT,
                        title=_TEXT,
                        form={"enum": list(get_args(get_type_hints(Chart)["form"]))},
                        table=_TEXT,
                        of=_TEXT,
                        values=_list(_TEXT),
                        to=_PERHAPS,
                        most={"type": "integer"},
                    )
                ),
            )
        ),
    ),
}
