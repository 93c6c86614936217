"""Weights of a request as programs read them, and who would move under others."""

from __future__ import annotations

from marshmallow import fields

from roster.schemas.codes import CodedSchema
from roster.schemas.reply_fields import many, truth, whole, word
from roster.schemas.weights import WeightsSchema


class RequestWeightsSchema(CodedSchema):
    """The points that the next search gives, beside the published ones."""

    weights_version = word()
    is_own = truth()
    points = fields.Nested(WeightsSchema, required=True)
    published = fields.Nested(WeightsSchema, required=True)


class MoveSchema(CodedSchema):
    """Rank and points of a woman of the newest answer, now and under the weights sent."""

    handle = word()
    post = word()
    before = whole()
    after = whole()
    points_before = fields.Float(required=True)
    points_after = fields.Float(required=True)


class MovesReplySchema(CodedSchema):
    """Who would stand where; nothing is saved."""

    moves = many(MoveSchema)
