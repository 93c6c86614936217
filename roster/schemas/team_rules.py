"""The rules of a whole team in a request. What is left out asks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from matching.facts.team import UNFILLED
from roster.schemas.codes import Code, CodedSchema, choice, code_word, number
from roster.schemas.wishes import LanguageWishSchema

MOST = 12
BANDS = ("under_30", "30_39", "40_49", "50_59", "60_plus")


class TeamLanguageSchema(LanguageWishSchema):
    """A language that the team must have, by so many of the women proposed."""

    women = number(1, MOST, load_default=1)


class NetworkCapSchema(CodedSchema):
    """The most women who may count under a network."""

    network = Code("network", required=True)
    most = number(0, MOST, required=True)


class MenteeSlotSchema(CodedSchema):
    """A post for a woman who seeks mentoring, beside the post of a senior one."""

    post = code_word(required=True)
    beside = code_word(required=True)

    @validates_schema
    def check_two_posts(self, data: Mapping[str, Any], **_options: Any) -> None:
        """Nobody is beside herself."""
        if data["post"] == data["beside"]:
            raise ValidationError("same_code_twice", "beside")


class LockedSchema(CodedSchema):
    """A woman who is settled for a post, by her number."""

    post = code_word(required=True)
    mediator = fields.Integer(strict=True, required=True)


def _numbers() -> fields.List[int]:
    return fields.List(fields.Integer(strict=True), load_default=list)


class TeamRulesSchema(CodedSchema):
    """Rules of the whole team. ``present_team`` and ``target_share`` stand in the request itself.

    Women are counted by the roster's own numbers here: this part is read at the command line only.
    """

    languages = fields.List(fields.Nested(TeamLanguageSchema), load_default=list)
    network_caps = fields.List(fields.Nested(NetworkCapSchema), load_default=list)
    per_network = number(0, MOST, load_default=None, allow_none=True)
    """Cap of every other network. A woman in several counts under one, chosen in her favour."""
    per_nationality = number(0, MOST, load_default=None, allow_none=True)
    """A woman counts under each nationality of today; an unknown one may be any."""
    young = number(0, MOST, load_default=0)
    """Least number of women of ``young_bands``."""
    young_bands = fields.List(choice(*BANDS), load_default=lambda: ["under_30"])
    least_networks = number(0, MOST, load_default=0)
    """Least number of different networks."""
    mentees = fields.List(
        fields.Nested(MenteeSlotSchema), load_default=list, validate=validate.Length(max=MOST)
    )
    locked = fields.List(fields.Nested(LockedSchema), load_default=list)
    excluded = _numbers()
    not_with = _numbers()
    """Women on the lists of linked requests, which must not meet this one."""
    most_share = number(0, 100, load_default=None, allow_none=True)
    """Upper bound on the women's share, in percent."""
    unfilled = choice(*UNFILLED, load_default="men")
    """men: a post given to nobody of the roster is counted as filled by a man; empty: it stays
    empty and is not counted; refused: every post goes to a woman of the roster."""
