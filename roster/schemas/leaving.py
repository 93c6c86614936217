"""The forms by which she leaves a network or the service, and stays after all."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

MOST_NETWORKS = 40


class LeaveNetworksForm(Schema):
    """Codes of the networks she leaves; ``version`` is the mediator's."""

    version = fields.Int(required=True)
    networks = fields.List(
        fields.Str(validate=validate.Length(max=32)),
        required=True,
        validate=validate.Length(min=1, max=MOST_NETWORKS, error="no_network_chosen"),
        error_messages={"required": "no_network_chosen"},
    )


class LeaveServiceForm(Schema):
    """A tick beside the button, so that one slip of a thumb is not enough."""

    version = fields.Int(required=True)
    sure = fields.Str(
        required=True,
        validate=validate.Equal("yes"),
        error_messages={"required": "leaving_not_ticked"},
    )


class TakeBackForm(Schema):
    """Which wish she takes back."""

    erasure = fields.Int(required=True, validate=validate.Range(min=1, max=2**31 - 1))
