"""What is posted on the pages behind her links. The link is in the address and names no version."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, pre_load, validate

from roster.schemas.availability import AvailabilityForm, PauseForm

PRESSES = ("same", "unavailable", "hide")
"""Answers of one press. The others, ``change`` and ``pause``, open a form first."""


class PressForm(Schema):
    """An answer of one press."""

    answer = fields.Str(required=True, validate=validate.OneOf(PRESSES))


class ChangeForm(AvailabilityForm):
    """``change`` opens the form, ``changed`` sends it. Her clock is not asked: it is no question
    for a minute on a weak line."""

    class Meta:
        exclude = ("version", "time_zone")

    answer = fields.Str(required=True, validate=validate.OneOf(("change", "changed")))


class LaterForm(PauseForm):
    """``pause`` asks for the day, ``paused`` sends it."""

    answer = fields.Str(required=True, validate=validate.OneOf(("pause", "paused")))


class AskingForm(Schema):
    """Whose address the link is to go to."""

    email = fields.Email(required=True, validate=validate.Length(max=254))

    @pre_load
    def trim(self, data: dict[str, Any], **_options: Any) -> dict[str, Any]:
        """A telephone that completes an address puts a space behind it."""
        return {
            name: value.strip() if isinstance(value, str) else value for name, value in data.items()
        }
