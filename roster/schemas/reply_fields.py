"""Fields of what programs are answered: all of them are always there."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from roster.schemas.codes import CodedSchema


def word(**options: Any) -> fields.String:
    """A text or a code."""
    return fields.String(required=True, **options)


def whole(**options: Any) -> fields.Integer:
    """A whole number."""
    return fields.Integer(required=True, **options)


def truth(**options: Any) -> fields.Boolean:
    """Yes or no."""
    return fields.Boolean(required=True, **options)


def words() -> fields.List[str]:
    """Several texts or codes."""
    return fields.List(fields.String(), required=True)


def many(schema: type[CodedSchema]) -> fields.List[Any]:
    """Several documents of a kind."""
    return fields.List(fields.Nested(schema), required=True)


def moment(**options: Any) -> fields.DateTime:
    """An instant in UTC (RFC 3339)."""
    return fields.DateTime(required=True, **options)
