"""One criterion of a request each: a language, a theme, a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, pre_load, validate

from roster.schemas.codes import Code, CodedSchema, choice, grade, level_of_scale, number

SKILLS = ("speaking", "listening", "reading", "writing")


class WishSchema(CodedSchema):
    """``any_of`` may be written as the bare code or list of codes where nothing else is said."""

    @pre_load
    def take_bare_codes(self, data: Any, **_options: Any) -> Any:
        """Turn ``"ceasefire"`` or ``["ara", "fra"]`` into ``{"any_of": […]}``."""
        if isinstance(data, str):
            return {"any_of": [data]}
        if isinstance(data, list):
            return {"any_of": data}
        if isinstance(data, Mapping) and isinstance(data.get("any_of"), str):
            return {**data, "any_of": [data["any_of"]]}
        return data


NOT_EMPTY = validate.Length(min=1, error="wrong_length")


class LanguageWishSchema(WishSchema):
    """One language criterion: any of these, in one skill, at a level or better."""

    any_of = fields.List(Code("language"), required=True, validate=NOT_EMPTY)
    skill = choice(*SKILLS, load_default="speaking")
    level = level_of_scale(load_default="B2")
    accepts_family = fields.Boolean(load_default=True)
    """A macrolanguage is met by the varieties of the published list."""
    grade = grade("confirmed")


class ThemeWishSchema(WishSchema):
    """One theme criterion; depth 1 practitioner, 2 specialist, 3 authority."""

    any_of = fields.List(Code("theme"), required=True, validate=NOT_EMPTY)
    depth = number(1, 3, load_default=1)
    grade = grade("stated")


class PlaceWishSchema(WishSchema):
    """Has worked in any of these countries or regions, since a year if said."""

    any_of = fields.List(Code("country", "region"), required=True, validate=NOT_EMPTY)
    since_year = number(1945, 2200, load_default=None, allow_none=True)
    grade = grade("stated")
