from __future__ import annotations

import json
import runpy
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from wikibot.mapping.schema import schemas, write_schemas
from wikibot.resources import data_folder

MAPPINGS = data_folder("mappings")
DATA = sorted(MAPPINGS.glob("*/**/*.toml"))


def schema_named_by(file: Path) -> Path:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("#:schema ")
    return (file.parent / first.removeprefix("#:schema ")).resolve()


def errors(data: object, schema: str) -> Iterator[str]:
    validator = jsonschema.Draft202012Validator(json.loads(schema))
    for error in validator.iter_errors(data):
        yield f"{error.json_path}: {error.message}"


def test_the_shipped_schemas_are_up_to_date() -> None:
    shipped = {
        name: (MAPPINGS / "schemas" / name).read_text(encoding="utf-8") for name in schemas()
    }
    assert shipped == schemas(), "run: python -m wikibot.mapping.schema"


@pytest.mark.parametrize("name", schemas())
def test_a_schema_is_one(name: str) -> None:
    schema = json.loads(schemas()[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"]
    assert schema["description"]
    assert '"null"' not in schemas()[name]


@pytest.mark.parametrize("file", DATA, ids=lambda file: file.relative_to(MAPPINGS).as_posix())
def test_every_data_file_names_its_schema_and_keeps_to_it(file: Path) -> None:
    schema = schema_named_by(file)
    kind = {"page_types": "page_type", "vocabularies": "vocabulary"}
    assert schema.name == f"{kind.get(file.parent.name, file.stem)}.schema.json"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    assert not list(errors(data, schema.read_text(encoding="utf-8")))


def test_a_schema_refuses_what_loading_refuses() -> None:
    data = {"id": "Les Mots", "label": {"fr": "Mots"}, "terms": [{"label": "", "alias": []}]}
    found = "\n".join(errors(data, schemas()["vocabulary.schema.json"]))
    assert "$.id: 'Les Mots' does not match" in found
    assert "$.label: 'en' is a required property" in found
    assert "'alias' was unexpected" in found
    assert "$.terms[0].label: '' should be non-empty" in found


def test_other_schemas_are_written_beside(tmp_path: Path) -> None:
    write_schemas(tmp_path / "new", {"wikibot.schema.json": "{}\n"})
    names = {file.name for file in (tmp_path / "new").iterdir()}
    assert names == {*schemas(), "wikibot.schema.json"}


def test_the_module_writes_the_schemas_that_ship(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wikibot.resources.data_folder", lambda name: tmp_path / name)
    monkeypatch.delitem(sys.modules, "wikibot.mapping.schema")
    runpy.run_module("wikibot.mapping.schema", run_name="__main__")
    assert {f.name for f in (tmp_path / "mappings" / "schemas").iterdir()} == set(schemas())
