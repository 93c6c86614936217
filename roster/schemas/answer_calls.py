"""What programs send once a request is answered: whom it is about, and what is to become of it."""

from __future__ import annotations

from marshmallow import fields, validate

from roster.schemas.approach import MOST_AT_ONCE
from roster.schemas.calls import PlaceSchema
from roster.schemas.codes import CodedSchema, code_word, number, text
from roster.schemas.document import LONGEST_RECIPIENT
from roster.schemas.signs import Text
from roster.schemas.weights import WeightsSchema

MOST_TEAMS = 99


def _handle() -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, 12, error="wrong_length"))


class AskedChangesSchema(CodedSchema):
    """Women of the newest answer, of whom what changed since is to be told."""

    handles = fields.List(
        _handle(), required=True, validate=validate.Length(1, MOST_AT_ONCE, error="wrong_length")
    )


class AskedComparisonSchema(CodedSchema):
    """Two women of one post."""

    first = fields.Nested(PlaceSchema, required=True)
    second = fields.Nested(PlaceSchema, required=True)


class SentReleaseSchema(CodedSchema):
    """``accepted`` names changes that were read."""

    accepted = text(64, load_default="")


class SentWeightsSchema(CodedSchema):
    """Points for each wish; null for the published ones."""

    points = fields.Nested(WeightsSchema, required=True, allow_none=True)


class SentTeamSchema(CodedSchema):
    """The place of a team in its proposal, from 0."""

    team = number(0, MOST_TEAMS, required=True)


class SentReplacementSchema(SentTeamSchema):
    """The post of a team for which another woman is sought, the rest as it is."""

    post = code_word(required=True)


class SentCopySchema(CodedSchema):
    """Who gets a copy: an office or a person, as it will stand across every page."""

    recipient = Text(
        required=True, validate=validate.Length(2, LONGEST_RECIPIENT, error="wrong_length")
    )
