"""The JSON Schema of a TOML file, for editors that complete and check it."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema


class _Toml(GenerateJsonSchema):
    """The schema of a value that TOML can hold: it knows no null."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        if described.get("default", ...) is None:
            del described["default"]
        return described

    def field_title_should_be_set(self, schema: object) -> bool:
        return False  # «Max Length» says no more than max_length


def schema_of(model: type[BaseModel], title: str, description: str) -> str:
    """Return the JSON Schema of the TOML file that holds one `model`."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(schema_generator=_Toml),
        "title": title,
        "description": description,
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
