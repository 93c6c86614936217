"""What a woman is told when she is asked, and the small forms about an approach."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.schemas.record import one_of

RISKS = ("low", "some", "high", "unknown")
"""As the requester sees it, in words of her own beside it."""
PAYS = ("fee", "stipend", "expenses", "none")
HOURS = (24, 48, 72, 120, 168, 336)
"""In which she answers."""
LONGEST_LINE = 200
LONGEST_TEXT = 1000
MOST_AT_ONCE = 20


class TermsForm(Schema):
    """Whom to ask, by their places in the newest answer, and on which terms; the same for all."""

    version = fields.Int(required=True)
    card = fields.List(
        fields.Str(validate=validate.Regexp(r"^[0-9]{1,5}\Z")),
        required=True,
        validate=validate.Length(min=1, max=MOST_AT_ONCE, error="approach_choose"),
    )
    who = fields.Str(required=True, validate=validate.Length(max=LONGEST_LINE))
    purpose = fields.Str(
        required=True, validate=validate.Length(max=LONGEST_TEXT), metadata={"lines": True}
    )
    place = fields.Str(required=True, validate=validate.Length(max=LONGEST_LINE))
    effort = fields.Str(required=True, validate=validate.Length(max=LONGEST_LINE))
    risk = fields.Str(required=True, validate=validate.OneOf(RISKS))
    risk_note = fields.Str(validate=validate.Length(max=LONGEST_TEXT), metadata={"lines": True})
    pay = fields.Str(required=True, validate=validate.OneOf(PAYS))
    pay_note = fields.Str(validate=validate.Length(max=LONGEST_LINE))
    languages = fields.List(
        fields.Str(validate=one_of("language")), validate=validate.Length(max=8)
    )
    hours = fields.Int(required=True, validate=validate.OneOf(HOURS))
    accepted = fields.Str(load_default="", validate=validate.Length(max=64))
    """Digest of the changes that were read and accepted."""


class ReleaseForm(Schema):
    """The version that was read, and the changes that were accepted, by their digest."""

    version = fields.Int(required=True)
    accepted = fields.Str(load_default="", validate=validate.Length(max=64))
