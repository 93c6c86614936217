"""A request as JSON: who is sought, for what, when and where, and who must stay out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from roster.facts import ACCREDITATION_FLOORS, post_code
from roster.schemas.codes import (
    GRADES,
    Code,
    CodedSchema,
    choice,
    code_word,
    codes,
    grade,
    number,
    text,
)
from roster.schemas.team_rules import TeamRulesSchema
from roster.schemas.wishes import SKILLS, LanguageWishSchema, PlaceWishSchema, ThemeWishSchema

STANCES = ("party", "guarantor", "facilitator", "sponsor")
MODALITIES = ("in_person", "remote", "hybrid", "any")
MOST_POSTS = 12


class ExclusionsSchema(CodedSchema):
    """Whom the request keeps out. A post's own exclusions take the place of the request's."""

    nationalities = codes("country")
    former_within_years = number(0, 100, load_default=None, allow_none=True)
    second_passport_flag_only = fields.Boolean(load_default=False)
    residences = codes("country")
    offices = fields.List(code_word(), load_default=list)
    """Countries or party codes whose office-holders and employees are kept out."""
    office_years = number(0, 100, load_default=5)


class PartySchema(CodedSchema):
    """A side of the process, or a guarantor, facilitator or sponsor."""

    code = code_word(load_default=None, allow_none=True)
    """Left out for a state: its country is its code."""
    country = Code("country", load_default=None, allow_none=True)
    stance = choice(*STANCES, load_default="party")

    @validates_schema
    def check_named(self, data: Mapping[str, Any], **_options: Any) -> None:
        """A side is a state, has a code, or both."""
        if not data.get("code") and not data.get("country"):
            raise ValidationError("required", "code")


class TeamSchema(CodedSchema):
    """The team as it is, before the posts are filled."""

    women = number(0, 1000, load_default=0)
    men = number(0, 1000, load_default=0)


class PostSchema(CodedSchema):
    """One place to fill. What is left out asks nothing."""

    code = code_word(load_default=None, allow_none=True)
    roles = codes("role")
    role_grade = grade("confirmed")
    tracks = codes("track")
    track_grade = grade()
    """Left out: confirmed for I and I.5, stated for II and III."""
    phases = codes("phase")
    phase_grade = grade("stated")
    themes = fields.List(fields.Nested(ThemeWishSchema), load_default=list)
    themes_nice = fields.List(fields.Nested(ThemeWishSchema), load_default=list)
    languages = fields.List(fields.Nested(LanguageWishSchema), load_default=list)
    languages_nice = fields.List(fields.Nested(LanguageWishSchema), load_default=list)
    places = fields.List(fields.Nested(PlaceWishSchema), load_default=list)
    places_nice = fields.List(fields.Nested(PlaceWishSchema), load_default=list)
    seniority = Code("seniority", load_default=None, allow_none=True)
    origin = choice("insider", "outsider", load_default=None, allow_none=True)
    origin_is_hard = fields.Boolean(load_default=False)
    community = code_word(load_default=None, allow_none=True)
    trainings = fields.List(code_word(), load_default=list)
    exclusions = fields.Nested(ExclusionsSchema, load_default=None, allow_none=True)


class RequesterSchema(CodedSchema):
    """Who asks. Only the command line takes it from the file; a page takes it from the account."""

    country = Code("country", load_default=None, allow_none=True)
    party = code_word(load_default=None, allow_none=True)
    is_verified = fields.Boolean(load_default=True)


class RequestSchema(CodedSchema):
    """A request: its process, its dates, its posts. Loads to plain JSON values."""

    title = text(200, load_default="")
    code = code_word(load_default=None, allow_none=True)
    start = fields.Date(required=True)
    end = fields.Date(required=True)
    countries = codes("country")
    """Countries of the process."""
    parties = fields.List(fields.Nested(PartySchema), load_default=list)
    posts = fields.List(
        fields.Nested(PostSchema),
        required=True,
        validate=validate.Length(1, MOST_POSTS, error="wrong_length"),
    )
    place = Code("country", load_default=None, allow_none=True)
    """Country of the work."""
    modality = choice(*MODALITIES, load_default="in_person")
    days_per_month = number(1, 31, load_default=None, allow_none=True)
    notice_days = number(0, 366, load_default=None, allow_none=True)
    rhythm = fields.List(code_word(), load_default=list)
    networks = codes("network")
    accreditation_floor = choice(*ACCREDITATION_FLOORS, load_default="accredited")
    exclusions = fields.Nested(ExclusionsSchema, load_default=None, allow_none=True)
    present_team = fields.Nested(TeamSchema, load_default=None, allow_none=True)
    target_share = number(0, 100, load_default=None, allow_none=True)
    """Women's share aimed at, in percent of the whole team."""
    most_share = number(0, 100, load_default=None, allow_none=True)
    """Upper bound on the women's share, in percent; the team's own rule goes before it."""
    team = fields.Nested(TeamRulesSchema)
    """Rules of the whole team; only ``roster team`` asks them."""
    requester = fields.Nested(RequesterSchema, load_default=None, allow_none=True)

    @validates_schema
    def check_order(self, data: Mapping[str, Any], **_options: Any) -> None:
        """The last day is not before the first."""
        if data["end"] < data["start"]:
            raise ValidationError("ends_before_start", "end")

    @validates_schema
    def check_team_posts(self, data: Mapping[str, Any], **_options: Any) -> None:
        """The rules of the team name posts of this request."""
        posts = {post_code(post, place) for place, post in enumerate(data["posts"], 1)}
        team = data.get("team") or {}
        named = {one["post"] for one in (*team.get("mentees", ()), *team.get("locked", ()))}
        named |= {one["beside"] for one in team.get("mentees", ())}
        if named - posts:
            raise ValidationError("unknown_code", "team")

    @validates_schema
    def check_post_codes(self, data: Mapping[str, Any], **_options: Any) -> None:
        """Two posts have two codes."""
        given = [post["code"] for post in data["posts"] if post.get("code")]
        if len(set(given)) < len(given):
            raise ValidationError("same_code_twice", "posts")


def load_criteria(document: Mapping[str, Any]) -> dict[str, Any]:
    """Check a request and return it as plain JSON values; marshmallow's ValidationError if wrong."""
    criteria: dict[str, Any] = RequestSchema().load(document)
    for day in ("start", "end"):
        criteria[day] = criteria[day].isoformat()
    for party in criteria["parties"]:
        party["code"] = party["code"] or party["country"]
    return criteria


__all__ = ["GRADES", "MODALITIES", "SKILLS", "STANCES", "RequestSchema", "load_criteria"]
