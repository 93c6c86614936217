"""What she may say of her time: status, window, notice, ways of work, where she will not go."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from roster.local_days import is_time_zone
from roster.schemas.terms import CodesInText

STATUSES = ("available", "partly", "on_assignment", "unavailable")
NOTICE_DAYS = (3, 7, 14, 30, 60)
"""The tiers 72 h, 7 d, 14 d, 30 d, 60 d and more (product, section 6)."""
MODALITIES = ("in_person", "remote", "hybrid", "home_country_only")
LONGEST_STAY = 730


def check_time_zone(name: str) -> None:
    """An IANA name."""
    if not is_time_zone(name):
        raise ValidationError("not_a_choice")


class AvailabilityForm(Schema):
    """``version`` is the id of the statement that the form was made from, 0 for none."""

    version = fields.Int(required=True)
    status = fields.Str(required=True, validate=validate.OneOf(STATUSES))
    window_from = fields.Date()
    window_to = fields.Date()
    notice_days = fields.Int(validate=validate.OneOf(NOTICE_DAYS))
    days_per_month = fields.Int(validate=validate.Range(min=1, max=31))
    longest_stay_days = fields.Int(validate=validate.Range(min=1, max=LONGEST_STAY))
    modalities = fields.List(fields.Str(validate=validate.OneOf(MODALITIES)))
    refused = CodesInText("country", "region")
    time_zone = fields.Str(required=True, validate=check_time_zone)

    @validates_schema
    def check_window(self, data: dict[str, Any], **_options: Any) -> None:
        """A window ends after it begins."""
        start, end = data.get("window_from"), data.get("window_to")
        if start and end and end < start:
            raise ValidationError("window_out_of_order", "window_to")


class RenewalForm(Schema):
    """Still right: ``version`` is the id of the statement that was shown."""

    version = fields.Int(required=True)


class PauseForm(Schema):
    """Do not ask me until the end of this day."""

    until = fields.Date(required=True)


class LastDayForm(Schema):
    """The time she named goes on until another day; none is: no end that she knows of."""

    version = fields.Int(required=True)
    last_day = fields.Date()


class EndForm(Schema):
    """Her answer ends with a day of hers, or now."""

    version = fields.Int(required=True)
    when = fields.Str(required=True, validate=validate.OneOf(("day", "now")))
    ends_on = fields.Date()

    @validates_schema
    def check_day(self, data: dict[str, Any], **_options: Any) -> None:
        """An end with a day names the day."""
        if data.get("when") == "day" and "ends_on" not in data:
            raise ValidationError("required", "ends_on")
