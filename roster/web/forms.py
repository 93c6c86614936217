"""From a posted form to checked values: one marshmallow schema for pages and programs alike.

Lists come from repeated names, rows of a list from ``name-0-field``, ``name-1-field``. An empty
control counts as missing. Every message is a code that the wording knows, never a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError, fields, validate
from werkzeug.datastructures import MultiDict

from roster.schemas.signs import NEVER_IN_LINE, NEVER_IN_TEXT
from roster.schemas.terms import CodesInText

MOST_ROWS = 200
"""Rows of one list in a form."""
PROOF_FIELD = "proof"
"""A password given again with a form (see ``roster.web.proof``); no view reads it."""
_VALIDATOR_CODES: Mapping[type[validate.Validator], str] = {
    validate.Length: "wrong_length",
    validate.Range: "out_of_range",
    validate.OneOf: "not_a_choice",
    validate.ContainsOnly: "not_a_choice",
    validate.Email: "not_an_address",
    validate.URL: "not_a_link",
    validate.Regexp: "wrong_form",
    validate.Equal: "not_equal",
}


@dataclass(frozen=True)
class FormResult:
    """Checked values; or errors (``name`` or ``name-0-field`` -> codes) and the form as sent."""

    values: dict[str, Any]
    errors: dict[str, list[str]] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def is_valid(self) -> bool:
        return not self.errors


def read_form(schema: Schema, *, ignore: tuple[str, ...] = ()) -> FormResult:
    """Check the posted form against ``schema``.

    ``ignore`` names submit buttons. A name that the schema does not know is an error: nothing is
    taken that was not asked for. A field with ``metadata={"verbatim": True}`` (a password) is
    taken exactly as it was sent; all other text is normalised to NFC, and stands in one line unless
    the field has ``metadata={"lines": True}``.
    """
    _speak_in_codes(schema)
    posted = request.form
    unread = [name for name in posted if name not in {"csrf_token", PROOF_FIELD, *ignore}]
    raw = _collect(schema, posted, unread)
    errors = _find_forbidden(schema, raw)
    if errors:
        return FormResult({}, errors, raw)
    try:
        return FormResult(schema.load(raw), {}, raw)
    except ValidationError as error:
        return FormResult({}, _flatten(error.messages), raw)


def _collect(schema: Schema, posted: MultiDict[str, str], names: list[str]) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, list[str]]]] = {}
    for name in names:
        values = posted.getlist(name)
        row = re.fullmatch(r"(\w+)-(\d{1,3})-(\w+)", name)
        if row and row[1] in schema.fields:
            rows.setdefault(row[1], {}).setdefault(int(row[2]), {})[row[3]] = values
        else:
            _take(raw, schema.fields.get(name), name, values)
    for name, numbered in rows.items():
        inner = _schema_of_rows(schema.fields[name])
        raw[name] = _collect_rows(inner, numbered)
    return raw


def _collect_rows(
    inner: Schema | None, numbered: dict[int, dict[str, list[str]]]
) -> list[dict[str, Any]]:
    collected = []
    for _, controls in sorted(numbered.items())[:MOST_ROWS]:
        row: dict[str, Any] = {}
        for name, values in controls.items():
            _take(row, inner.fields.get(name) if inner else None, name, values)
        if row:  # a row left empty was not filled in
            collected.append(row)
    return collected


def _schema_of_rows(declared: fields.Field[Any]) -> Schema | None:
    inner = declared.inner if isinstance(declared, fields.List) else declared
    return inner.schema if isinstance(inner, fields.Nested) else None


def _take(
    into: dict[str, Any], declared: fields.Field[Any] | None, name: str, values: list[str]
) -> None:
    if declared is not None and declared.metadata.get("verbatim"):
        into[name] = values[-1]
        return
    filled = [unicodedata.normalize("NFC", value) for value in values if value.strip()]
    if isinstance(declared, fields.List):
        into[name] = filled
    elif filled:
        into[name] = filled[-1]


def _find_forbidden(
    schema: Schema | None, raw: Mapping[str, Any], prefix: str = ""
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in raw.items():
        declared = schema.fields.get(name) if schema else None
        never = NEVER_IN_TEXT if _has_lines(declared) else NEVER_IN_LINE
        values = value if isinstance(value, list) else [value]
        for number, each in enumerate(values):
            if isinstance(each, dict):
                inner = _schema_of_rows(declared) if declared else None
                found.update(_find_forbidden(inner, each, f"{prefix}{name}-{number}-"))
            elif isinstance(each, str) and never.search(each):
                found[f"{prefix}{name}"] = ["forbidden_characters"]
    return found


def _has_lines(declared: fields.Field[Any] | None) -> bool:
    """Whether several lines may be written here: a text area, or words between line breaks."""
    return declared is not None and (
        isinstance(declared, CodesInText) or bool(declared.metadata.get("lines"))
    )


def _flatten(messages: Any, prefix: str = "") -> dict[str, list[str]]:
    """marshmallow's nested messages as ``name-0-field`` -> codes; those of no field under ""."""
    flat: dict[str, list[str]] = {}
    for key, value in messages.items():
        own = "" if key == "_schema" else str(key)
        name = f"{prefix}-{own}".strip("-")
        if isinstance(value, dict):
            flat.update(_flatten(value, name))
        else:
            flat[name] = [str(each) for each in value]
    return flat


def _speak_in_codes(schema: Schema) -> None:
    """Replace marshmallow's English sentences by codes; messages given by a schema stay."""
    schema.error_messages = {**schema.error_messages, "unknown": "unknown_field"}
    for declared in schema.fields.values():
        _code_field(declared)


def _code_field(declared: fields.Field[Any]) -> None:
    defaults: dict[str, str] = {}
    for kind in reversed(type(declared).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    declared.error_messages = {
        key: key if message == defaults.get(key) else message
        for key, message in declared.error_messages.items()
    }
    for validator in declared.validators:
        _code_validator(validator)
    if isinstance(declared, fields.List):
        _code_field(declared.inner)
    inner = _schema_of_rows(declared)
    if inner is not None:
        _speak_in_codes(inner)


def _code_validator(validator: object) -> None:
    code = _VALIDATOR_CODES.get(type(validator))  # type: ignore[arg-type]  # any callable may be one
    given = getattr(validator, "error", None)
    if code is not None and given in (None, getattr(type(validator), "default_message", None)):
        validator.error = code  # type: ignore[attr-defined]  # all of these have it
