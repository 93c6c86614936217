"""Which columns there are, and how a woman's facts are laid out in them and joined again."""

from __future__ import annotations

from typing import Any

from matching.codecs import Choices, Codec, Day, Instant, Interned, Member, Number, Truth
from matching.facts import (
    Accreditation,
    Availability,
    Consent,
    Declaration,
    Grade,
    Interest,
    Language,
    Mediator,
    Nationality,
    Place,
    Skill,
    Training,
)
from matching.singles import Single
from matching.tables import Table

MODALITIES = ("in_person", "remote", "hybrid", "home_country_only")
"""Bits of ``Availability.modalities`` in this order, lowest first."""

TUPLES = [
    "consents",
    "accreditations",
    "tracks",
    "roles_held",
    "roles_sought",
    "themes",
    "phases",
    "places",
    "languages",
    "trainings",
    "interests",
    "networks",
]
SETS = ["communities", "refused_by", "look_alikes", "kept_by"]
LANGUAGE_SKILLS = ("speaking", "listening", "reading", "writing")


def read_scalar(mediator: Mediator, name: str) -> Any:
    if name == "knows_nationalities":
        return mediator.nationalities is not None
    return getattr(mediator, name)


def list_entries(mediator: Mediator, name: str) -> tuple[Any, ...]:
    """Return the entries of one table, sets in a fixed order."""
    if name in TUPLES:
        return tuple(getattr(mediator, name))
    if name in SETS:
        return tuple(sorted(getattr(mediator, name)))
    if name == "nationalities":
        return mediator.nationalities or ()
    if name == "covers":
        return () if mediator.declaration is None else tuple(sorted(mediator.declaration.covers))
    if name in ("refused", "keeps_free"):
        place = mediator.availability
        return () if place is None else tuple(sorted(getattr(place, name)))
    single = getattr(mediator, name)
    return () if single is None else (single,)


def join_availability(entries: dict[str, tuple[Any, ...]]) -> Availability | None:
    if not entries["availability"]:
        return None
    refused, keeps_free = frozenset(entries["refused"]), frozenset(entries["keeps_free"])
    return Availability(**entries["availability"][0], refused=refused, keeps_free=keeps_free)


def join_declaration(entries: dict[str, tuple[Any, ...]]) -> Declaration | None:
    if not entries["declaration"]:
        return None
    return Declaration(**entries["declaration"][0], covers=frozenset(entries["covers"]))


def list_scalar_codecs(codes: Interned) -> dict[str, Codec]:
    return {
        "id": Number("int64"),
        "safety_class": Number("int8"),
        "is_hidden": Truth(),
        "paused_until": Instant(),
        "is_suspended": Truth(),
        "has_integrity_hold": Truth(),
        "knows_nationalities": Truth(),
        "residence": codes,
        "residence_since": Number(),
        "birth_band": codes,
        "last_proposed_at": Instant(),
    }


def _list_skill_codecs(codes: Interned, sources: Interned) -> dict[str, Codec]:
    return {
        "code": codes,
        "grade": Member(Grade),
        "depth": Number("int8"),
        "last_year": Number(),
        "source": sources,
    }


def make_singles(codes: Interned, sources: Interned) -> dict[str, Single]:
    """Return what a woman has once at most."""
    return {
        "seniority": Single(Skill, _list_skill_codecs(codes, sources)),
        "availability": Single(
            dict,
            {
                "status": codes,
                "confirmed_at": Instant(),
                "valid_until": Instant(),
                "confirmed_by": codes,
                "window_from": Day(),
                "window_to": Day(),
                "notice_days": Number(),
                "longest_stay_days": Number(),
                "days_per_month": Number(),
                "modalities": Choices(*MODALITIES),
            },
        ),
        "declaration": Single(dict, {"declared_on": Day()}),
    }


def make_tables(codes: Interned, words: Interned, sources: Interned) -> dict[str, Table]:
    skill = _list_skill_codecs(codes, sources)
    skills = ["tracks", "roles_held", "roles_sought", "themes", "phases"]
    word_sets = ["networks", "kept_by", "refused", "keeps_free", "covers"]
    word_sets += ["communities", "refused_by"]
    return {
        **{name: Table(Skill, skill) for name in skills},
        **{name: Table(str, {"value": words}) for name in word_sets},
        "look_alikes": Table(int, {"value": Number("int64")}),
        "consents": Table(Consent, {"purpose": codes, "until": Instant()}),
        "accreditations": Table(
            Accreditation,
            {"network": codes, "state": codes, "accredited_on": Day(), "lapses_on": Day()},
        ),
        "nationalities": Table(
            Nationality, {"country": codes, "is_current": Truth(), "ended_year": Number()}
        ),
        "places": Table(
            Place,
            {
                "country": codes,
                "first_year": Number(),
                "last_year": Number(),
                "grade": Member(Grade),
                "source": sources,
            },
        ),
        "languages": Table(
            Language,
            {
                "code": codes,
                **{skill: Number("int8") for skill in LANGUAGE_SKILLS},
                "as_entered": words,
                "grade": Member(Grade),
                "has_mediated": Truth(),
                "source": sources,
            },
        ),
        "trainings": Table(Training, {"code": codes, "expires_on": Day()}),
        "interests": Table(
            Interest,
            {
                "kind": codes,
                "country": codes,
                "party": words,
                "started_on": Day(),
                "ended_on": Day(),
            },
        ),
    }
