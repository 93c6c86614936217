"""Refusals as programs read them."""

from __future__ import annotations

from marshmallow import fields

from roster.schemas.approach_replies import ChangeSchema
from roster.schemas.codes import CodedSchema
from roster.schemas.reply_fields import whole, word


class ProblemErrorSchema(CodedSchema):
    """What is wrong with one value of the document that was sent."""

    pointer = word()
    code = word()
    detail = word()


class ProblemSchema(CodedSchema):
    """A refusal (RFC 9457)."""

    type = word()
    title = word()
    status = whole()
    code = word()
    detail = fields.String()
    request = word()
    errors = fields.List(fields.Nested(ProblemErrorSchema))
    changes = fields.List(fields.Nested(ChangeSchema))
    accept = fields.String()
    """What to send as ``accepted`` once the changes were read."""
