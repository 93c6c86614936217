"""A key for a program: what it is for, what it opens, and its last day."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.services.program_keys import SCOPES

LONGEST_TITLE = 80


class ProgramKeyForm(Schema):
    """The form of a new key."""

    title = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST_TITLE))
    scopes = fields.List(
        fields.Str(validate=validate.OneOf(list(SCOPES))),
        required=True,
        validate=validate.Length(min=1, error="choose_one"),
    )
    last_day = fields.Date(required=True)
