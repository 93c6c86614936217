"""Forms about two entries that may be one woman: her answer, a coordinator's word, an agreement."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

_NUMBER = validate.Range(min=1, max=2**31 - 1)


class PairAnswerForm(Schema):
    """Her answer to one question; ``version`` counts her own answers that she was shown."""

    pair = fields.Int(required=True, validate=_NUMBER)
    version = fields.Int(required=True)
    answer = fields.Str(required=True, validate=validate.OneOf(("yes", "no")))


class PartForm(Schema):
    """What was joined with her is not hers."""

    merge = fields.Int(required=True, validate=_NUMBER)
    version = fields.Int(required=True)


class PairWordForm(Schema):
    """What a coordinator says of a pair, and the version that she read."""

    version = fields.Int(required=True)
    word = fields.Str(required=True, validate=validate.OneOf(("same", "different")))


class ComparisonForm(Schema):
    """Whether one of her networks compares with another; ``version`` 0 where nothing was said yet."""

    network = fields.Str(required=True, validate=validate.Length(max=32))
    other = fields.Str(required=True, validate=validate.Length(max=32))
    version = fields.Int(required=True)
    do = fields.Str(required=True, validate=validate.OneOf(("agree", "end")))
