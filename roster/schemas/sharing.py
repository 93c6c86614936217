"""What a coordinator chooses when her network shows cards to another one."""

from __future__ import annotations

from marshmallow import Schema, fields, validate


class ShareForm(Schema):
    """Who shows which class of cards to whom."""

    network = fields.Str(required=True)
    partner = fields.Str(required=True)
    shared_class = fields.Int(required=True, validate=validate.OneOf((0, 1)))
