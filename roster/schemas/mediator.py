"""What a woman may say of herself, her consents and her interests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from roster.schemas.codes import Code, code_word
from roster.schemas.record import (
    EARLIEST_BIRTH_YEAR,
    LONGEST_NAME,
    LONGEST_TEXT,
    one_of,
)
from roster.schemas.terms import CodesInText, NamesInText
from roster.services.consents import ASKED_PURPOSES
from roster.services.declarations import KINDS

MOST_THEMES = 8
STEPS = ("start",)
"""The word by which a form knows that she is on the three pages of her invitation."""
EARLIEST_YEAR = 1940
LATEST_YEAR = 2060


class LevelRow(Schema):
    """The level that she chooses for a language which came without one."""

    code = fields.Str(required=True, validate=one_of("language"))
    level = fields.Str(validate=one_of("level"))


class KeepForm(Schema):
    """ "This is right": ``version`` of her own record, 0 for none; ``ties``: has she any?"""

    version = fields.Int(required=True)
    levels = fields.List(fields.Nested(LevelRow), validate=validate.Length(max=60))
    ties = fields.Str(required=True, validate=validate.OneOf(("none", "some")))


class OwnLanguageRow(Schema):
    """One language, named in any of the languages of the vocabulary."""

    language = Code("language", required=True)
    level = fields.Str(validate=one_of("level"))


class OwnRecordForm(Schema):
    """Her own record, whole: what is left empty she does not say."""

    version = fields.Int(required=True)
    then = fields.Str(validate=validate.OneOf(STEPS))
    do = fields.Str(validate=validate.OneOf(("show", "save", "edit")))
    """Show what would change, store it, or go back to the form; show unless she says so."""
    display_name = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))
    original_name = fields.Str(validate=validate.Length(max=LONGEST_NAME))
    email = fields.Email(validate=validate.Length(max=254))
    phone = fields.Str(validate=validate.Regexp(r"^\+?[0-9 ()./-]{4,40}$"))
    safe_contact = fields.Str(validate=validate.Length(max=500))
    nationality = CodesInText("country")
    residence = Code("country")
    birth_year = fields.Int(validate=validate.Range(min=EARLIEST_BIRTH_YEAR, max=2015))
    languages = fields.List(fields.Nested(OwnLanguageRow), validate=validate.Length(max=40))
    track = fields.List(fields.Str(validate=one_of("track")))
    theme = fields.List(
        fields.Str(validate=one_of("theme")),
        validate=validate.Length(max=MOST_THEMES, error="too_many_themes"),
    )
    role_held = fields.List(fields.Str(validate=one_of("role")))
    role_sought = fields.List(fields.Str(validate=one_of("role")))
    place = CodesInText("country")
    seniority = fields.Str(validate=one_of("seniority"))
    biography = fields.Str(validate=validate.Length(max=LONGEST_TEXT), metadata={"lines": True})


class SharingForm(Schema):
    """Whether her coordinators may read her own record; ``version`` is that record's."""

    version = fields.Int(required=True)
    is_shared = fields.Str(required=True, validate=validate.OneOf(("yes", "no")))


class ConsentForm(Schema):
    """``version`` is the mediator's; a purpose that is not ticked is not given."""

    version = fields.Int(required=True)
    purposes = fields.List(fields.Str(validate=validate.OneOf(ASKED_PURPOSES)))
    safety_class = fields.Int(required=True, validate=validate.OneOf((0, 1, 2, 3)))


class TieRow(Schema):
    """One office, post, payment or tie, to a country, a side by its short name, or both; years
    are enough."""

    kind = fields.Str(required=True, validate=validate.OneOf(KINDS))
    country = Code("country")
    party = code_word()
    first_year = fields.Int(validate=validate.Range(min=EARLIEST_YEAR, max=LATEST_YEAR))
    last_year = fields.Int(validate=validate.Range(min=EARLIEST_YEAR, max=LATEST_YEAR))

    @validates_schema
    def check_named(self, data: Mapping[str, Any], **_options: Any) -> None:
        """A tie to nothing named could be a tie to anybody."""
        if not data.get("country") and not data.get("party"):
            raise ValidationError("required", "country")


class DeclarationForm(Schema):
    """Her declaration of interests; no row means: nothing to declare.

    ``sides`` are movements and organisations that she was asked about by name.
    """

    version = fields.Int(required=True)
    sides = NamesInText(validate=validate.Length(max=40))
    ties = fields.List(fields.Nested(TieRow), validate=validate.Length(max=40))


class RepeatForm(Schema):
    """Still right: ``version`` of her declaration."""

    version = fields.Int(required=True)


class FirstPasswordForm(Schema):
    """A password of her own, so that she can sign in without a link."""

    new = fields.Str(required=True, metadata={"verbatim": True})
    again = fields.Str(required=True, metadata={"verbatim": True})
