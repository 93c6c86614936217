"""What a coordinator may say of a woman in her network's record; pages and programs alike."""

from __future__ import annotations

from collections import Counter
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from roster.schemas.codes import Code
from roster.schemas.terms import CodesInText
from roster.vocabulary import load_vocabulary

LONGEST_NAME = 200
LONGEST_TEXT = 4000
EARLIEST_BIRTH_YEAR = 1920


UNMAPPED = ("languages", "tracks", "themes", "roles", "countries", "networks")
"""Parts of a row whose unknown words are kept for a person."""


def one_of(kind: str) -> validate.OneOf:
    """A code of the vocabulary."""
    return validate.OneOf(load_vocabulary().codes(kind))


class LanguageRow(Schema):
    """One language: named in any of the languages of the vocabulary, its levels as they are known."""

    language = Code("language", required=True)
    speaking = fields.Str(validate=one_of("level"))
    listening = fields.Str(validate=one_of("level"))
    reading = fields.Str(validate=one_of("level"))
    writing = fields.Str(validate=one_of("level"))
    word = fields.Str(validate=validate.Length(max=80))
    """A free word from a list; stays until she or her coordinator says a level."""
    has_mediated = fields.Bool()
    confirm = fields.Bool()


class RecordForm(Schema):
    """The whole form. ``confirm`` holds ``field:code`` of what the coordinator stands for today."""

    version = fields.Int(required=True)
    display_name = fields.Str(required=True, validate=validate.Length(min=1, max=LONGEST_NAME))
    original_name = fields.Str(validate=validate.Length(max=LONGEST_NAME))
    title = fields.Str(validate=validate.Length(max=80))
    email = fields.Email(validate=validate.Length(max=254))
    phone = fields.Str(validate=validate.Regexp(r"^\+?[0-9 ()./-]{4,40}$"))
    safe_contact = fields.Str(validate=validate.Length(max=500))
    nationality = CodesInText("country")
    residence = Code("country")
    birth_year = fields.Int(validate=validate.Range(min=EARLIEST_BIRTH_YEAR, max=2015))
    track = fields.List(fields.Str(validate=one_of("track")))
    role_held = fields.List(fields.Str(validate=one_of("role")))
    theme = fields.List(fields.Str(validate=one_of("theme")))
    place = CodesInText("country")
    seniority = fields.Str(validate=one_of("seniority"))
    languages = fields.List(fields.Nested(LanguageRow), validate=validate.Length(max=40))
    settled = fields.List(fields.Str(validate=validate.OneOf(UNMAPPED)))
    """Words of a list that fitted no code and that she has dealt with, by the field they are of."""
    note = fields.Str(validate=validate.Length(max=LONGEST_TEXT), metadata={"lines": True})
    confirm = fields.List(fields.Str(validate=validate.Length(max=100)))
    antenna = fields.Str(validate=validate.Length(max=120))
    pool = fields.Str(validate=validate.OneOf(("shared", "exclusive")))
    """Whether her network puts her forward for every request, or where a request asks it."""
    accreditation = fields.Str(required=True, validate=one_of("accreditation_state"))
    accredited_on = fields.Date()
    lapses_on = fields.Date()

    @validates_schema
    def check_languages(self, data: dict[str, Any], **_options: Any) -> None:
        """A language stands once: two rows could not both be kept."""
        codes = [row["language"] for row in data.get("languages", ())]
        seen = Counter[str]()
        errors = {}
        for number, code in enumerate(codes):
            seen[code] += 1
            if seen[code] > 1:
                errors[str(number)] = {"language": [f"twice:{code}"]}
        if errors:
            raise ValidationError({"languages": errors})
