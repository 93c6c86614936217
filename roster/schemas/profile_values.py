"""The values of a profile: claims with their grade, nationality, residence, languages."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, pre_load

from roster.schemas.codes import (
    Code,
    CodedSchema,
    choice,
    code_word,
    grade,
    level_of_scale,
    number,
    text,
)


def optional(field: type[fields.Field[Any]], **options: Any) -> Any:
    """A field that may be left out or null: unknown."""
    return field(load_default=None, allow_none=True, **options)


def year(**options: Any) -> fields.Integer:
    return number(1900, 2200, load_default=None, allow_none=True, **options)


class BareCodeSchema(CodedSchema):
    """An item that may be written as its bare code where nothing else is said of it."""

    bare = "code"

    @pre_load
    def take_bare_code(self, data: Any, **_options: Any) -> Any:
        """Turn ``"ceasefire"`` into ``{"code": "ceasefire"}``."""
        return {self.bare: data} if isinstance(data, str) else data


class ClaimSchema(BareCodeSchema):
    """How well a value is known, by whom and when. Unless said: stated."""

    grade = grade("stated")
    source = choice("self", "coordinator", "operator", load_default="operator")
    on = optional(fields.Date)
    """Day of the confirmation or statement."""


class TrackSchema(ClaimSchema):
    code = Code("track", required=True)
    last_year = year()


class RoleSchema(ClaimSchema):
    code = Code("role", required=True)
    last_year = year()


class ThemeSchema(ClaimSchema):
    """Depth 1 practitioner, 2 specialist, 3 authority."""

    code = Code("theme", required=True)
    depth = number(1, 3, load_default=1)
    last_year = year()


class PhaseSchema(ClaimSchema):
    code = Code("phase", required=True)
    last_year = year()


class PlaceSchema(ClaimSchema):
    """A country worked in."""

    bare = "country"
    country = Code("country", required=True)
    first_year = year()
    last_year = year()


class LanguageSchema(ClaimSchema):
    """``level`` speaks for speaking and listening; ``word`` is a free word, unmapped."""

    code = Code("language", required=True)
    level = level_of_scale(load_default=None, allow_none=True)
    speaking = level_of_scale(load_default=None, allow_none=True)
    listening = level_of_scale(load_default=None, allow_none=True)
    reading = level_of_scale(load_default=None, allow_none=True)
    writing = level_of_scale(load_default=None, allow_none=True)
    word = text(60, load_default=None, allow_none=True)
    has_mediated = fields.Boolean(load_default=False)


class NationalitySchema(BareCodeSchema):
    bare = "country"
    country = Code("country", required=True)
    is_current = fields.Boolean(load_default=True)
    ended_year = year()


class ResidenceSchema(BareCodeSchema):
    bare = "country"
    country = Code("country", also=("undisclosed",), required=True)
    since_year = year()


class SenioritySchema(ClaimSchema):
    code = Code("seniority", required=True)


class TrainingSchema(BareCodeSchema):
    code = code_word(required=True)
    expires_on = optional(fields.Date)
