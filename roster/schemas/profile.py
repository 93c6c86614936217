"""A complete profile as JSON: one woman, her record, consents, availability and declaration.

Free words are not taken here, only codes of the vocabulary or words that certainly mean one. A
value that is left out or null is unknown; an empty list of nationalities is *stateless*.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, pre_load, validate, validates_schema

from roster.schemas.codes import (
    Code,
    CodedSchema,
    choice,
    code_word,
    codes,
    number,
    text,
)
from roster.schemas.profile_values import (
    BareCodeSchema,
    LanguageSchema,
    NationalitySchema,
    PhaseSchema,
    PlaceSchema,
    ResidenceSchema,
    RoleSchema,
    SenioritySchema,
    ThemeSchema,
    TrackSchema,
    TrainingSchema,
    optional,
    year,
)

STATUSES = ("available", "partly", "on_assignment", "unavailable", "unknown")
MODALITIES = ("in_person", "remote", "hybrid", "home_country_only")
STATES = (
    "draft",
    "self_declared",
    "documents_checked",
    "references_checked",
    "interviewed",
    "accredited",
    "needs_update",
    "suspended",
    "withdrawn",
    "deceased",
)
POOLS = ("shared", "exclusive")
INTERESTS = (
    "office",
    "party_post",
    "security_service",
    "government_employment",
    "funding",
    "business",
    "kin",
    "public_statement",
    "future_employment",
)
PURPOSES = (
    "membership_file",
    "matching",
    "card",
    "naming",
    "public_page",
    "statistics",
    "mentoring",
)
MOST_THEMES = 8


class NamesSchema(CodedSchema):
    display_name = text(200, required=True)
    original_name = text(200, load_default=None, allow_none=True)
    title = text(60, load_default=None, allow_none=True)
    other_names = fields.List(text(200), load_default=list)


class ContactsSchema(CodedSchema):
    email = optional(fields.Email)
    phone = text(40, load_default=None, allow_none=True)
    safe_contact = text(400, load_default=None, allow_none=True)


class MembershipSchema(BareCodeSchema):
    """A network, and its accreditation of her."""

    bare = "network"
    network = Code("network", required=True)
    category = text(64, load_default=None, allow_none=True)
    antenna = text(120, load_default=None, allow_none=True)
    since = text(10, load_default=None, allow_none=True)
    ended_on = optional(fields.Date)
    accreditation = choice(*STATES, load_default="draft")
    accredited_on = optional(fields.Date)
    lapses_on = optional(fields.Date)
    pool = choice(*POOLS, load_default="shared")


class ExperienceSchema(CodedSchema):
    """One process; with ``verified_on`` it is recorded evidence of track, role, phase, country."""

    process = text(200, required=True)
    country = Code("country", load_default=None, allow_none=True)
    first_year = year()
    last_year = year()
    track = Code("track", load_default=None, allow_none=True)
    role = Code("role", load_default=None, allow_none=True)
    phase = Code("phase", load_default=None, allow_none=True)
    mandating_body = text(200, load_default=None, allow_none=True)
    contribution = text(400, lines=True, load_default=None, allow_none=True)
    disclosure = choice("open", "discreet", "secret", load_default="discreet")
    verified_on = optional(fields.Date)

    @validates_schema
    def check_order(self, data: Mapping[str, Any], **_options: Any) -> None:
        """The last year is not before the first."""
        first, last = data.get("first_year"), data.get("last_year")
        if first and last and last < first:
            raise ValidationError("ends_before_start", "last_year")


class AvailabilitySchema(CodedSchema):
    """Her dated statement. Instants bear a time zone; days are her own local days."""

    status = choice(*STATUSES, required=True)
    confirmed_at = fields.AwareDateTime(required=True)
    valid_until = fields.AwareDateTime(required=True)
    confirmed_by = choice("self", "coordinator", "import", load_default="self")
    window_from = optional(fields.Date)
    window_to = optional(fields.Date)
    notice_days = number(0, 366, load_default=None, allow_none=True)
    longest_stay_days = number(1, 3660, load_default=None, allow_none=True)
    days_per_month = number(1, 31, load_default=None, allow_none=True)
    modalities = fields.List(choice(*MODALITIES), load_default=None, allow_none=True)
    refused = codes("country", "region")
    keeps_free = fields.List(code_word(), load_default=list)

    @validates_schema
    def check_order(self, data: Mapping[str, Any], **_options: Any) -> None:
        """The window's last day is not before its first."""
        first, last = data.get("window_from"), data.get("window_to")
        if first and last and last < first:
            raise ValidationError("ends_before_start", "window_to")


class ConsentSchema(BareCodeSchema):
    """A purpose; unless said given now and good for 12 months."""

    bare = "purpose"
    purpose = choice(*PURPOSES, required=True)
    given_at = optional(fields.AwareDateTime)
    valid_until = optional(fields.AwareDateTime)


class InterestSchema(CodedSchema):
    kind = choice(*INTERESTS, required=True)
    country = Code("country", load_default=None, allow_none=True)
    party = code_word(load_default=None, allow_none=True)
    started_on = optional(fields.Date)
    ended_on = optional(fields.Date)


class DeclarationSchema(CodedSchema):
    """What she was asked about, when, and what she said."""

    declared_on = fields.Date(required=True)
    covers = fields.List(code_word(), load_default=list)
    interests = fields.List(fields.Nested(InterestSchema), load_default=list)


class ProfileSchema(CodedSchema):
    """One woman."""

    reference = code_word(load_default=None, allow_none=True)
    """The file's own code for her; it is not kept."""
    names = fields.Nested(NamesSchema, required=True)
    contacts = fields.Nested(ContactsSchema, load_default=None, allow_none=True)
    language = choice("en", "fr", "ar", "es", "pt", "sw", load_default="en")
    """In which the service writes to her."""
    time_zone = text(64, load_default=None, allow_none=True)
    safety_class = number(0, 3, load_default=2)
    is_hidden = fields.Boolean(load_default=False)
    paused_until = optional(fields.AwareDateTime)
    has_integrity_hold = fields.Boolean(load_default=False)
    last_proposed_at = optional(fields.AwareDateTime)
    memberships = fields.List(fields.Nested(MembershipSchema), load_default=list)
    nationalities = fields.List(
        fields.Nested(NationalitySchema), load_default=None, allow_none=True
    )
    residence = fields.Nested(ResidenceSchema, load_default=None, allow_none=True)
    birth_year = year()
    seniority = fields.Nested(SenioritySchema, load_default=None, allow_none=True)
    tracks = fields.List(fields.Nested(TrackSchema), load_default=list)
    roles_held = fields.List(fields.Nested(RoleSchema), load_default=list)
    roles_sought = fields.List(fields.Nested(RoleSchema), load_default=list)
    themes = fields.List(
        fields.Nested(ThemeSchema),
        load_default=list,
        validate=validate.Length(max=MOST_THEMES, error="wrong_length"),
    )
    phases = fields.List(fields.Nested(PhaseSchema), load_default=list)
    places = fields.List(fields.Nested(PlaceSchema), load_default=list)
    languages = fields.List(fields.Nested(LanguageSchema), load_default=list)
    trainings = fields.List(fields.Nested(TrainingSchema), load_default=list)
    communities = fields.List(code_word(), load_default=list)
    refused_by = fields.List(code_word(), load_default=list)
    """Party codes that refused her before: known to her own network only."""
    look_alikes = fields.List(code_word(), load_default=list)
    """References of other profiles of this file that may be the same woman."""
    experiences = fields.List(fields.Nested(ExperienceSchema), load_default=list)
    availability = fields.Nested(AvailabilitySchema, load_default=None, allow_none=True)
    consents = fields.List(fields.Nested(ConsentSchema), load_default=list)
    declaration = fields.Nested(DeclarationSchema, load_default=None, allow_none=True)


class ProfilesSchema(CodedSchema):
    """A file of profiles: ``{"profiles": […]}`` or the bare list."""

    profiles = fields.List(fields.Nested(ProfileSchema), required=True)

    @pre_load
    def take_bare_list(self, data: Any, **_options: Any) -> Any:
        """Turn the bare list into the object."""
        return {"profiles": data} if isinstance(data, list) else data


def load_profiles_document(document: Any) -> list[dict[str, Any]]:
    """Check a file of profiles; marshmallow's ValidationError names each wrong value by code."""
    loaded: dict[str, Any] = ProfilesSchema().load(document)
    profiles: list[dict[str, Any]] = loaded["profiles"]
    return profiles
