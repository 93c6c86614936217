"""What a coordinator says when she takes figures out as a file."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.schemas.export import FORMATS

ALL_NETWORKS = "all"
"""In the place of a network's code: all of them together."""


class FiguresExportForm(Schema):
    """Whose figures, the lines she was shown, the format, and what they are for."""

    network = fields.Str(required=True)
    rows = fields.Int(required=True, validate=validate.Range(min=0))
    format = fields.Str(required=True, validate=validate.OneOf(FORMATS))
    reason = fields.Str(
        required=True, validate=validate.Length(min=3, max=400), metadata={"lines": True}
    )
