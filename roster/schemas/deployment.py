"""Forms about a deployment: its days, its steps, its end, and what a side says of it."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.schemas.record import one_of

STEPS = ("start", "cancel")
OUTCOMES = ("as_planned", "changed", "no_result")
AGAIN = ("yes", "with_changes", "no")
ACTS = ("give", "reply", "add")
LONGEST_TEXT = 2000


class DatesForm(Schema):
    """Other first and last day."""

    version = fields.Int(required=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)


class StepForm(Schema):
    """She has started, or it does not come about."""

    version = fields.Int(required=True)
    step = fields.Str(required=True, validate=validate.OneOf(STEPS))


class EndForm(Schema):
    """How it ended, and the work that is confirmed."""

    version = fields.Int(required=True)
    outcome = fields.Str(required=True, validate=validate.OneOf(OUTCOMES))
    early = fields.Str(load_default="", validate=validate.OneOf(("", "yes")))
    role = fields.Str(required=True, validate=one_of("role"))
    track = fields.Str(required=True, validate=one_of("track"))
    phase = fields.Str(load_default=None, validate=one_of("phase"))
    country = fields.Str(load_default=None, validate=one_of("country"))


class SaidForm(Schema):
    """An appraisal, a reply to the other's, or an addition to one's own."""

    version = fields.Int(required=True)
    act = fields.Str(required=True, validate=validate.OneOf(ACTS))
    again = fields.Str(load_default="", validate=validate.OneOf(("", *AGAIN)))
    text = fields.Str(
        required=True, validate=validate.Length(max=LONGEST_TEXT), metadata={"lines": True}
    )
