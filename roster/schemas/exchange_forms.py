"""What a woman says on the page of her exchanges."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.schemas.record import one_of


class ExchangeSearchForm(Schema):
    """What she would like to learn about, if she says so."""

    theme = fields.Str(validate=one_of("theme"))
    region = fields.Str(validate=one_of("region"))


class ExchangeAnswerForm(Schema):
    """Her answer to one proposal; ``version`` counts her own answers that she was shown."""

    proposal = fields.Int(required=True, validate=validate.Range(min=1, max=2**31 - 1))
    version = fields.Int(required=True)
    answer = fields.Str(required=True, validate=validate.OneOf(("yes", "no")))
