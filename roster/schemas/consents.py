"""Forms about consents that are not her own page: behind a link, by voice, a class raised."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from roster.services.consent_answers import ANSWERS
from roster.services.consents import ASKED_PURPOSES


class ConsentLinkForm(Schema):
    """A press behind the link that asks for her consents again; ``purposes`` count if chosen."""

    answer = fields.Str(required=True, validate=validate.OneOf(ANSWERS))
    purposes = fields.List(fields.Str(validate=validate.OneOf(ASKED_PURPOSES)))
