"""What a requester says of a peace process, and an administrator of a country's focal point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from roster.schemas.codes import Code, code_word
from roster.schemas.record import one_of
from roster.schemas.request import STANCES
from roster.schemas.terms import CodesInText, NamesInText

SENSITIVITIES = ("open", "restricted", "confidential")
PLAN_STATES = ("none", "under_way", "adopted", "lapsed")
"""A national action plan for women, peace and security."""
MOST_SIDES = 12
LONGEST = 200


class SideRow(Schema):
    """A side of a process, or a guarantor, facilitator or sponsor, with its offices."""

    name = fields.Str(load_default="", validate=validate.Length(max=LONGEST))
    country = Code("country", load_default=None)
    code = code_word(load_default=None)
    """Left out for a state: its country is its code."""
    stance = fields.Str(load_default="party", validate=validate.OneOf(STANCES))
    offices = NamesInText(load_default=list)
    """Codes of its offices and employers, for conflicts of interest."""

    @validates_schema
    def check_named(self, data: Mapping[str, Any], **_options: Any) -> None:
        """A side is a state, has a code, or both."""
        if data.get("name") and not data.get("code") and not data.get("country"):
            raise ValidationError("required", "code")


class ProcessForm(Schema):
    """A process. ``version`` is missing for a new one."""

    version = fields.Int(load_default=0)
    title = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST))
    mandating_body = fields.Str(load_default=None, validate=validate.Length(max=LONGEST))
    countries = CodesInText("country", load_default=list)
    sensitivity = fields.Str(required=True, validate=validate.OneOf(SENSITIVITIES))
    parties = fields.List(
        fields.Nested(SideRow), load_default=list, validate=validate.Length(max=MOST_SIDES)
    )


class PhaseForm(Schema):
    """A phase, from a day on. ``version`` is the process's."""

    version = fields.Int(required=True)
    phase = fields.Str(required=True, validate=one_of("phase"))
    since = fields.Date(required=True)


class ObjectionForm(Schema):
    """A side of the process does not accept the woman of a handle of one of its requests."""

    request = fields.Str(required=True, validate=validate.Length(max=16))
    handle = fields.Str(required=True, validate=validate.Length(max=20))
    party = fields.Str(required=True, validate=validate.Length(max=64))


class FocalPointForm(Schema):
    """An office, never a person. ``version`` is missing for a new one."""

    version = fields.Int(load_default=0)
    country = Code("country", required=True)
    office = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST))
    plan_status = fields.Str(load_default=None, validate=validate.OneOf(PLAN_STATES))
    as_of = fields.Date(required=True)
    source = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST))
