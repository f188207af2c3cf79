"""An overview as data: JSON with a shape that stays, CSV with what says how to read it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import date, datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.checks import HOSTILE
from tests.render.overviews import AS_OF, hostile, usual
from wikibot.language import Language, same
from wikibot.overviews import Cell, Column, Overview, Section, Table
from wikibot.overviews.values import Kind
from wikibot.render.overview import csv as as_csv
from wikibot.render.overview import json as as_json
from wikibot.render.overview.schema import SHAPE

LANGUAGES: tuple[Language, ...] = ("fr", "en")
OF_KIND: dict[str, Any] = {
    **dict.fromkeys(("text", "page", "url"), str),
    **dict.fromkeys(("words", "pages", "place"), list),
    **dict.fromkeys(("number", "share", "amount"), (int, float)),
    "flag": bool,
}
# a part of the profile of Data Package 2.0, and of Table Schema's and Table Dialect's
PACKAGE = {
    "type": "object",
    "required": ["resources"],
    "properties": {
        "$schema": {"type": "string"},
        "name": {"type": "string", "pattern": "^[a-z0-9._-]+$"},
        "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path", "schema"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?=^[^./~])(^((?!\.{2}).)*$).*$"},
                    "type": {"const": "table"},
                    "schema": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["name"],
                                    "properties": {
                                        "type": {
                                            "enum": [
                                                *("string", "number", "integer", "boolean"),
                                                *("list", "date", "datetime"),
                                            ]
                                        }
                                    },
                                },
                            }
                        },
                    },
                },
            },
        },
    },
}


def one(cell: Cell, kind: Kind) -> Overview:
    table = Table("t", same("T"), (Column("c", same("C"), kind),), ((cell,),))
    return Overview(same("O"), same("W"), "x", AS_OF, (Section("s", same("S"), (table,)),))


def records(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def package(files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    found = json.loads(files["datapackage.json"])
    jsonschema.validate(found, PACKAGE)
    return {each["path"]: each for each in found["resources"]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", [usual(), hostile(HOSTILE), one(float("nan"), "share")])
def test_the_json_has_the_shape_that_is_promised(shown: Overview, language: Language) -> None:
    found = json.loads(as_json.text(shown, language))
    assert found == as_json.data(shown, language)
    jsonschema.Draft202012Validator.check_schema(SHAPE)
    jsonschema.validate(found, SHAPE)
    for section in found["sections"]:
        for table in section["tables"]:
            kinds = [column["kind"] for column in table["columns"]]
            for row in [*table["rows"], *([table["total"]] if table["total"] else [])]:
                assert len(row) == len(kinds)
                for value, kind in zip(row, kinds, strict=True):
                    assert value is None or isinstance(value, OF_KIND.get(kind, str)), kind
                    if kind == "date" and value:
                        date.fromisoformat(value)
                    if kind == "moment" and value:
                        assert datetime.fromisoformat(value).tzinfo


def test_the_shape_is_closed_so_that_it_says_all_there_is() -> None:
    found = as_json.data(usual(), "fr")
    found["sections"][0]["new"] = 1
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, SHAPE)
    forms = SHAPE["properties"]["sections"]["items"]["properties"]["charts"]["items"]
    assert set(forms["properties"]["form"]["enum"]) == {
        *("bars", "stacked", "grid", "lines", "graph", "map")
    }


def test_cells_are_values_of_json() -> None:
    (glance,) = as_json.data(usual(), "en")["sections"][1]["tables"]
    ids = [column["id"] for column in glance["columns"]]
    first = dict(zip(ids, glance["rows"][0], strict=True))
    assert first["fields"] == 21 and isinstance(first["fields"], int)
    assert (first["complete"], first["asked"], first["open"]) == (0.875, 12500, True)
    assert (first["since"], first["edited"]) == ("2026-03-01", "2026-01-30T08:05:00Z")
    assert first["place"] == [47.2184, -1.5536]
    assert first["near"] == ["Atlas des mares", "Banque de graines"]
    unknown = dict(zip(ids, glance["rows"][2], strict=True))
    assert unknown["near"] == [] and unknown["asked"] is None
    assert glance["total"][ids.index("asked")] == 1247067.39


def test_ids_and_numbers_do_not_depend_on_the_language() -> None:
    def bare(found: Any) -> Any:
        if isinstance(found, dict):
            words = ("label", "heading", "note", "intro", "title", "language", "wiki")
            return {key: bare(each) for key, each in found.items() if key not in words}
        if isinstance(found, list):
            return [bare(each) for each in found]
        return found if isinstance(found, int | float) else None

    assert bare(as_json.data(usual(), "fr")) == bare(as_json.data(usual(), "en"))


def test_a_row_is_a_line_of_the_file_so_that_two_files_compare_well() -> None:
    lines = [line.strip() for line in as_json.text(usual(), "fr").split("\n")]
    assert '["Eau", 0, 12],' in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_file_a_table_and_what_tells_how_to_read_them(language: Language) -> None:
    shown = usual()
    files = as_csv.files(shown, language)
    ids = [table.id for section in shown.sections for table in section.tables]
    assert list(files) == ["figures.csv", *(f"{each}.csv" for each in ids), "datapackage.json"]
    for path, resource in package(files).items():
        headings, *rows = records(files[path])
        assert headings == [field["name"] for field in resource["schema"]["fields"]]
        for row in rows:
            for cell, field in zip(row, resource["schema"]["fields"], strict=True):
                read(cell, field)


def read(cell: str, field: dict[str, Any]) -> Any:
    """Read a cell as Table Schema says."""
    if cell == "":
        return None
    kind = field["type"]
    if kind == "integer":
        return int(cell)
    if kind == "number":
        sign = field["decimalChar"]
        assert sign == "." or "." not in cell
        return float(cell.replace(sign, "."))
    if kind == "boolean":
        assert cell in field["trueValues"] + field["falseValues"]
        return cell in field["trueValues"]
    if kind == "date":
        return date.fromisoformat(cell)
    if kind == "datetime":
        return datetime.fromisoformat(cell)
    return cell.split(field["delimiter"]) if kind == "list" else cell


def test_a_french_file_has_decimal_commas_and_an_english_one_points() -> None:
    french, english = (records(as_csv.files(usual(), each)["glance.csv"]) for each in LANGUAGES)
    at = french[0].index("asked")
    assert [row[at] for row in french[1:]] == ["12500", "-0,5", "", "1234567,89"]
    assert [row[at] for row in english[1:]] == ["12500", "-0.5", "", "1234567.89"]
    assert french[1][french[0].index("place_longitude")] == "-1,5536"
    assert french[1][french[0].index("open")] == "oui"
    assert french[2][french[0].index("challenges")].count("|") == 4


def test_a_file_is_utf8_with_its_mark_and_every_cell_between_quotation_marks() -> None:
    data = as_csv.files(usual(), "fr")["challenges.csv"]
    assert data.startswith(b'\xef\xbb\xbf"challenge";"count";"share";"amount"\r\n')
    assert "Sobriété des bâtiments".encode() in data


def test_nothing_in_a_file_is_a_formula() -> None:
    files = as_csv.files(hostile(HOSTILE), "fr")
    seen = 0
    for path, resource in package(files).items():
        for row in records(files[path])[1:]:
            for cell, field in zip(row, resource["schema"]["fields"], strict=True):
                if field["type"] in ("string", "list"):
                    assert not cell.startswith(tuple("=+-@\t\r\n＝＋－＠")), cell
                    seen += cell.startswith("'")
    assert seen > len([value for value in HOSTILE if value.startswith("=")])
    assert "\x1b" not in "".join(data.decode("utf-8-sig") for data in files.values())


@given(st.text())
def test_any_text_comes_back_from_json_and_makes_one_cell_of_csv(text: str) -> None:
    found = json.loads(as_json.text(one(text, "text"), "fr").encode())
    assert found["sections"][0]["tables"][0]["rows"] == [[text or None]]
    rows = records(as_csv.files(one(text, "text"), "fr")["t.csv"])
    assert len(rows) == 2 and len(rows[1]) == 1


@given(st.decimals(allow_nan=True, allow_infinity=True, places=2, min_value=-(10**12)))
def test_an_amount_is_exact_to_the_cent(amount: Any) -> None:
    (row,) = as_json.data(one(amount, "amount"), "fr")["sections"][0]["tables"][0]["rows"]
    cell = records(as_csv.files(one(amount, "amount"), "en")["t.csv"])[1][0]
    if not amount.is_finite():
        assert row == [None] and cell == ""
    elif abs(amount) < 10**12:
        assert f"{row[0]:.2f}" == f"{amount:.2f}"
        assert float(cell) == float(amount)


def test_the_archive_is_the_same_every_time() -> None:
    files = as_csv.files(usual(), "fr")
    archive = as_csv.zipped(files)
    assert archive == as_csv.zipped(as_csv.files(usual(), "fr"))
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        assert {name: opened.read(name) for name in opened.namelist()} == files
