"""Forms about consents that are not her own page: behind a link, by voice, a class raised."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.services.consent_answers import ANSWERS
from roster.services.consents import ASKED_PURPOSES
from roster.services.spoken_consents import SPOKEN_PURPOSES
from roster.wording import LANGUAGES
from roster.wording.consent_texts import SPOKEN_CHANNELS


class ConsentLinkForm(Schema):
    """A press behind the link that asks for her consents again; ``purposes`` count if chosen."""

    answer = fields.Str(required=True, validate=validate.OneOf(ANSWERS))
    purposes = fields.List(fields.Str(validate=validate.OneOf(ASKED_PURPOSES)))


class SpokenConsentForm(Schema):
    """What she said by voice; ``language`` and ``text_version`` are those of the text read aloud."""

    spoken_on = fields.Date(required=True)
    channel = fields.Str(required=True, validate=validate.OneOf(tuple(SPOKEN_CHANNELS)))
    purposes = fields.List(
        fields.Str(validate=validate.OneOf(SPOKEN_PURPOSES)),
        required=True,
        validate=validate.Length(min=1, error="nothing_said"),
    )
    language = fields.Str(required=True, validate=validate.OneOf(tuple(LANGUAGES)))
    text_version = fields.Str(required=True, validate=validate.Length(max=16))


class DecisionForm(Schema):
    """Confirmed or not: the version that was read."""

    version = fields.Int(required=True)


class RaiseClassForm(Schema):
    """``version`` is the mediator's; class 0 is no class to be raised to."""

    version = fields.Int(required=True)
    safety_class = fields.Int(required=True, validate=validate.OneOf((1, 2, 3)))
