"""What an applicant fills in, step by step, and what a coordinator decides."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from roster.mail.messages import ADDRESS
from roster.schemas.codes import Code
from roster.schemas.mediator import MOST_THEMES, OwnLanguageRow
from roster.schemas.record import LONGEST_NAME, one_of
from roster.schemas.terms import CodesInText
from roster.wording import LANGUAGES

LONGEST_EXPERIENCE = 2000
LONGEST_QUESTION = 500
PLAIN_ADDRESS = validate.Regexp(rf"(?:{ADDRESS.pattern})\Z", error="not_an_address")
"""An address to which a letter can go: one that is none would be found out only by silence."""


class FirstStepForm(Schema):
    """Who begins, and where a link may reach her."""

    name = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))
    email = fields.Email(required=True, validate=[validate.Length(max=254), PLAIN_ADDRESS])
    language = fields.Str(required=True, validate=validate.OneOf(tuple(LANGUAGES)))


class WorkForm(Schema):
    """Step 1: her languages and her work."""

    version = fields.Int(required=True)
    languages = fields.List(
        fields.Nested(OwnLanguageRow),
        required=True,
        validate=validate.Length(min=1, max=40),
    )
    track = fields.List(fields.Str(validate=one_of("track")))
    theme = fields.List(
        fields.Str(validate=one_of("theme")),
        validate=validate.Length(max=MOST_THEMES, error="too_many_themes"),
    )
    role_held = fields.List(fields.Str(validate=one_of("role")))
    role_sought = fields.List(fields.Str(validate=one_of("role")))

    @validates_schema
    def check_languages(self, data: dict[str, Any], **_options: Any) -> None:
        """A language stands once: of two rows only one could be kept."""
        codes = [row["language"] for row in data.get("languages", ())]
        errors = {
            str(number): {"language": [f"twice:{code}"]}
            for number, code in enumerate(codes)
            if code in codes[:number]
        }
        if errors:
            raise ValidationError({"languages": errors})


class PersonForm(Schema):
    """Step 2: where she is from and what she has done. Countries only, and no more than needed."""

    version = fields.Int(required=True)
    name = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))
    nationality = CodesInText("country")
    residence = Code("country")
    place = CodesInText("country")
    seniority = fields.Str(validate=one_of("seniority"))
    biography = fields.Str(
        validate=validate.Length(max=LONGEST_EXPERIENCE), metadata={"lines": True}
    )
    ties = fields.Str(required=True, validate=validate.OneOf(("none", "some")))


class VersionForm(Schema):
    """A press that needs no more than the version that was seen."""

    version = fields.Int(required=True)


class CallForm(Schema):
    """The days of an open call, on the network's clock."""

    network = fields.Str(required=True)
    opens_on = fields.Date(required=True)
    closes_on = fields.Date(required=True)


class InvitationForm(FirstStepForm):
    """One woman whom a network asks to apply."""

    network = fields.Str(required=True)


class KnownForm(VersionForm):
    """She is on the list already: by this record."""

    record_id = fields.Int(required=True)


class QuestionForm(VersionForm):
    """What she is asked to add."""

    question = fields.Str(
        required=True,
        validate=validate.Length(min=1, max=LONGEST_QUESTION),
        metadata={"lines": True},
    )
