"""The rules of a whole team as a page asks them; what is left out asks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from matching.facts.team import UNFILLED
from roster.schemas.codes import Code, CodedSchema, choice, code_word, level_of_scale
from roster.schemas.request import MOST_POSTS

MOST_LANGUAGES = 6
MOST_OUT = 100


def _count(lowest: int = 0, **options: Any) -> fields.Integer:
    """A number of women as a form sends it."""
    bounds = validate.Range(lowest, MOST_POSTS, error="out_of_range")
    return fields.Integer(validate=bounds, **options)


class AskedLanguageSchema(CodedSchema):
    """A language that the team must have, by so many of the women proposed."""

    language = Code("language", required=True)
    level = level_of_scale(load_default="B2")
    women = _count(1, load_default=1)


def _handles() -> fields.List[str]:
    handle = fields.String(validate=validate.Length(1, 40, error="wrong_length"))
    return fields.List(
        handle, load_default=list, validate=validate.Length(max=MOST_OUT, error="wrong_length")
    )


class AskedTeamSchema(CodedSchema):
    """Rules of the team, who is kept (``post handle``) and who is out (handles)."""

    languages = fields.List(
        fields.Nested(AskedLanguageSchema),
        load_default=list,
        validate=validate.Length(max=MOST_LANGUAGES, error="wrong_length"),
    )
    per_network = _count(load_default=None)
    per_nationality = _count(load_default=None)
    young = _count(load_default=0)
    least_networks = _count(load_default=0)
    mentee = code_word(load_default=None)
    """The post of a woman who seeks mentoring."""
    beside = code_word(load_default=None)
    """The post of the senior woman beside her."""
    unfilled = choice(*UNFILLED, load_default="men")
    keep = _handles()
    out = _handles()

    @validates_schema
    def check_two_posts(self, data: Mapping[str, Any], **_options: Any) -> None:
        """A mentee needs a post beside hers, and it is another."""
        if bool(data.get("mentee")) != bool(data.get("beside")):
            raise ValidationError("required", "beside" if data.get("mentee") else "mentee")
        if data.get("mentee") and data["mentee"] == data["beside"]:
            raise ValidationError("same_code_twice", "beside")


def make_rules(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the schema loaded as the rules that are kept with a proposal."""
    mentee, beside = values["mentee"], values["beside"]
    kept = [tuple(one.rpartition(" ")[::2]) for one in values["keep"]]
    return {
        "languages": [
            {"any_of": [one["language"]], "level": one["level"], "women": one["women"]}
            for one in values["languages"]
        ],
        **{name: values[name] for name in ("per_network", "per_nationality")},
        **{name: values[name] for name in ("young", "least_networks", "unfilled")},
        "mentees": [{"post": mentee, "beside": beside}] if mentee else [],
        "locked": [{"post": post, "handle": handle} for post, handle in kept],
        "out": list(dict.fromkeys(values["out"])),
    }
