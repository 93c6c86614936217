"""What a coordinator says when she takes her list out as a file."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

FORMATS = ("xlsx", "csv")

LONGEST_FILTER = 200
"""Characters of one wish, as the list page takes them."""


def _wish() -> fields.Str:
    return fields.Str(load_default="", validate=validate.Length(max=LONGEST_FILTER))


class WishesForm(Schema):
    """The wishes that narrow the list of one network."""

    text = _wish()
    network = fields.Str(required=True)
    track = _wish()
    role = _wish()
    theme = _wish()
    language = _wish()
    level = _wish()
    place = _wish()
    accreditation = _wish()
    state = _wish()
    safety = _wish()


class ExportForm(WishesForm):
    """What narrows the list, the rows she was shown, the format, and why."""

    rows = fields.Int(required=True, validate=validate.Range(min=0))
    format = fields.Str(required=True, validate=validate.OneOf(FORMATS))
    reason = fields.Str(
        required=True, validate=validate.Length(min=3, max=400), metadata={"lines": True}
    )
