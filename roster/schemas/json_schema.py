"""JSON Schema of a marshmallow schema, with the descriptions of its classes."""

from __future__ import annotations

import inspect
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def make_json_schema(schema: type[Schema]) -> dict[str, Any]:
    """The schema as a document of its own; nested schemas stand under ``$defs``."""
    spec = APISpec(
        title="roster",
        version="1",
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin(schema_name_resolver=_name)],
    )
    name = _name(schema)
    spec.components.schema(name, schema=schema)
    definitions = spec.to_dict()["components"]["schemas"]
    own = _point_at_definitions(definitions.pop(name))
    nested = {key: _point_at_definitions(value) for key, value in sorted(definitions.items())}
    text = inspect.cleandoc(schema.__doc__ or "")
    return {"$schema": DIALECT, "title": name, "description": text, **own, "$defs": nested}


def _name(schema: Any) -> str:
    kind = schema if isinstance(schema, type) else type(schema)
    return kind.__name__.removesuffix("Schema")


def _point_at_definitions(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: each.replace("#/components/schemas/", "#/$defs/")
            if key == "$ref"
            else _point_at_definitions(each)
            for key, each in value.items()
        }
    return [_point_at_definitions(each) for each in value] if isinstance(value, list) else value
