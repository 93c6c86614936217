"""How she wants to be written to: channel, cadence, quiet hours, language, time zone."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from roster.schemas.availability import check_time_zone
from roster.wording import LANGUAGES

CHANNELS = ("mail", "coordinator")
CADENCES = ("three", "one", "weekly", "none")
LAST_HOUR = 23


class MessagesForm(Schema):
    """``version`` is the mediator's. Both hours empty: she may be written to at any hour."""

    version = fields.Int(required=True)
    channel = fields.Str(required=True, validate=validate.OneOf(CHANNELS))
    cadence = fields.Str(required=True, validate=validate.OneOf(CADENCES))
    quiet_from = fields.Int(load_default=None, validate=validate.Range(min=0, max=LAST_HOUR))
    quiet_until = fields.Int(load_default=None, validate=validate.Range(min=0, max=LAST_HOUR))
    language = fields.Str(required=True, validate=validate.OneOf(tuple(LANGUAGES)))
    time_zone = fields.Str(required=True, validate=check_time_zone)

    @validates_schema
    def check_hours(self, data: dict[str, Any], **_options: Any) -> None:
        """A beginning and an end, which differ; or neither."""
        start, end = data.get("quiet_from"), data.get("quiet_until")
        if (start is None) != (end is None):
            raise ValidationError("quiet_half_said", "quiet_until")
        if start is not None and start == end:
            raise ValidationError("quiet_all_day", "quiet_until")
