"""What a coordinator says of an accreditation, of certificates, and of whom her network recognises."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.schemas.record import one_of

LONGEST_NOTE = 500


class StepForm(Schema):
    """One step. ``version`` is the membership's."""

    version = fields.Int(required=True)
    to_state = fields.Str(required=True, validate=one_of("accreditation_state"))
    on_day = fields.Date(required=True)
    lapses_on = fields.Date(load_default=None)
    note = fields.Str(
        load_default=None, validate=validate.Length(max=LONGEST_NOTE), metadata={"lines": True}
    )


class TrainingForm(Schema):
    """A certificate with its days. ``version`` is the record's."""

    version = fields.Int(required=True)
    code = fields.Str(required=True, validate=one_of("training"))
    issued_on = fields.Date(load_default=None)
    expires_on = fields.Date(load_default=None)


class DropTrainingForm(Schema):
    """Which certificate goes."""

    version = fields.Int(required=True)
    code = fields.Str(required=True, validate=validate.Length(max=64))


class RecognitionForm(Schema):
    """Whose accreditation a network takes as its own."""

    network = fields.Str(required=True, validate=validate.Length(max=32))
    recognised = fields.Str(required=True, validate=one_of("network"))
