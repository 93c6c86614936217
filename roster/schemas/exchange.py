"""Partners for an exchange as JSON, for the operator: numbers and codes, never names."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from matching import Exchange
from roster.schemas.codes import CodedSchema


class GroundSchema(CodedSchema):
    """Why this partner: one ground with its points and the codes that earned them."""

    ground = fields.String(required=True)
    points = fields.Float(required=True)
    out_of = fields.Float(required=True)
    asked = fields.List(fields.String(), required=True)
    found = fields.List(fields.String(), required=True)


class PartnerSchema(CodedSchema):
    """One partner; ``points`` is the sum of the points of the grounds."""

    mediator = fields.Integer(required=True)
    rank = fields.Integer(required=True)
    points = fields.Float(required=True)
    out_of = fields.Float(required=True)
    grounds = fields.List(fields.Nested(GroundSchema), required=True)


class ExchangeSchema(CodedSchema):
    """With whom one mediator could learn; ``takes_part`` is false unless she opted in."""

    mediator = fields.Integer(required=True)
    takes_part = fields.Boolean(required=True)
    partners = fields.List(fields.Nested(PartnerSchema), required=True)


def dump_exchange(found: Exchange) -> dict[str, Any]:
    """Return the document that ``ExchangeSchema`` describes."""
    partners = [
        {
            "mediator": one.mediator_id,
            "rank": rank,
            "points": one.points,
            "out_of": one.out_of,
            "grounds": [
                {
                    "ground": part.criterion,
                    "points": part.points,
                    "out_of": part.out_of,
                    **part.facts,
                }
                for part in one.evidence
            ],
        }
        for rank, one in enumerate(found.partners, 1)
    ]
    document: dict[str, Any] = ExchangeSchema().dump(
        {"mediator": found.mediator_id, "takes_part": found.takes_part, "partners": partners}
    )
    return document
