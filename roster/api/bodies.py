"""What a program sends: one JSON object, checked by a schema; every error is a code and a pointer."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError

from roster.api.errors import CallRefused
from roster.schemas.signs import NEVER_IN_TEXT

HALF_SIGNS = re.compile("[\ud800-\udfff]")
"""Halves of a pair without the other: no text that could be stored."""


def read_body(schema: Schema) -> dict[str, Any]:
    """The checked values of the body; ``CallRefused`` 400, 415 or 422 otherwise."""
    try:
        values: dict[str, Any] = schema.load(read_json())
    except ValidationError as error:
        raise CallRefused(422, "invalid", errors=error.messages) from error
    return values


def read_json() -> dict[str, Any]:
    """The object as it was sent, without any sign that no text may hold."""
    if request.mimetype != "application/json":
        raise CallRefused(415, "not_json")
    try:
        document = json.loads(request.get_data().decode("utf-8"), parse_constant=_refuse)
        is_clean = _is_clean(document)
    except (ValueError, RecursionError) as error:
        raise CallRefused(400, "not_json") from error
    if not isinstance(document, dict):
        raise CallRefused(400, "not_json")
    if not is_clean:
        raise CallRefused(422, "forbidden_characters")
    return document


def _refuse(_word: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")


def _is_clean(value: Any) -> bool:
    if isinstance(value, str):
        return not (NEVER_IN_TEXT.search(value) or HALF_SIGNS.search(value))
    if isinstance(value, dict):
        return all(_is_clean(name) and _is_clean(one) for name, one in value.items())
    return all(map(_is_clean, value)) if isinstance(value, list) else True
