"""The title of a template."""

from __future__ import annotations

from marshmallow import validate

from roster.schemas.codes import CodedSchema
from roster.schemas.signs import Text

LONGEST_TITLE = 200


class TemplateTitleSchema(CodedSchema):
    """As its owner wants to find it again; nobody else reads it."""

    title = Text(required=True, validate=validate.Length(1, LONGEST_TITLE, error="wrong_length"))
