"""JSON Schema of a woman's download, made from the same table of parts as the file itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.types import TypeEngine

from roster.models import Instant
from roster.queries.her_data import FORMAT
from roster.queries.her_parts import PARTS
from roster.queries.her_rows import Part
from roster.schemas.json_schema import DIALECT

KINDS: dict[type, dict[str, str]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}
"""How a column's values are written; null stands where nothing is known."""


def describe_her_data() -> dict[str, Any]:
    """The schema as a document of its own; what is left out of a part stands there with its reason."""
    parts = {part.name: _describe_part(part) for part in PARTS}
    head = {"format": {"const": FORMAT}, "made_at": KINDS[datetime]}
    return {
        "$schema": DIALECT,
        "title": "HerData",
        "description": "All that is kept about one woman, by kind. Instants are in UTC.",
        "type": "object",
        "properties": {**head, **parts},
        "required": [*head, *parts],
        "additionalProperties": False,
    }


def _describe_part(part: Part) -> dict[str, Any]:
    reasons = [f"{column}: {reason}" for column, reason in part.left_out.items()]
    return {
        "type": "array",
        "description": part.what,
        "$comment": f"Left out: {'; '.join(reasons)}.",
        "items": {
            "type": "object",
            "properties": {column: _describe_column(part, column) for column in part.columns},
            "required": list(part.columns),
            "additionalProperties": False,
        },
    }


def _describe_column(part: Part, column: str) -> dict[str, Any]:
    """By the column's own type; free of a type where it holds any JSON or is written otherwise."""
    stored = part.table.__table__.columns.get(column)
    if stored is None or column in part.say:
        return {}
    kind = KINDS[datetime] if isinstance(stored.type, Instant) else _find_kind(stored.type)
    if not kind:
        return {}
    return {**kind, "type": [kind["type"], "null"]} if stored.nullable else dict(kind)


def _find_kind(stored: TypeEngine[Any]) -> dict[str, str]:
    """Nothing for a column that holds any JSON value."""
    try:
        return KINDS.get(stored.python_type, {})
    except NotImplementedError:
        return {}
