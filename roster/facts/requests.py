"""From the criteria of a request, as its schema accepts them, to what the engine reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from matching.facts import (
    Exclusions,
    Grade,
    LanguageWish,
    Party,
    PlaceWish,
    Post,
    Request,
    Requester,
    ThemeWish,
)
from roster.facts.levels import floor_of
from roster.vocabulary.used_codes import read_criteria

Criteria = Mapping[str, Any]
"""Plain JSON values: dates in ISO 8601, levels and grades by name, codes of the vocabulary."""

B2 = 4
ACCREDITATION_FLOORS = (
    "none",
    "draft",
    "self_declared",
    "documents_checked",
    "references_checked",
    "interviewed",
    "accredited",
)
"""Least state of an accreditation that a request may ask, lowest first."""


def make_request(
    criteria: Criteria,
    *,
    code: str,
    requester: Requester,
    is_submitted: bool = True,
    put_forward: Iterable[int] = (),
    cleared: Iterable[int] = (),
    objected: Iterable[int] = (),
) -> Request:
    """The request as the engine reads it.

    ``criteria`` must have passed the request schema: nothing is checked again here. Who asks comes
    from the account (or, at the command line, from the operator), never from the criteria.
    """
    criteria = read_criteria(criteria)
    return Request(
        code=code,
        start=date.fromisoformat(criteria["start"]),
        end=date.fromisoformat(criteria["end"]),
        posts=tuple(_post(post, number) for number, post in enumerate(criteria["posts"], 1)),
        countries=tuple(criteria.get("countries", ())),
        parties=tuple(_party(party) for party in criteria.get("parties", ())),
        place=criteria.get("place"),
        modality=criteria.get("modality") or "in_person",
        days_per_month=criteria.get("days_per_month"),
        notice_days=criteria.get("notice_days"),
        rhythm=frozenset(criteria.get("rhythm", ())),
        networks=frozenset(criteria.get("networks", ())),
        accreditation_floor=criteria.get("accreditation_floor") or "accredited",
        exclusions=_exclusions(criteria.get("exclusions")) or Exclusions(),
        requester=requester,
        is_submitted=is_submitted,
        put_forward=frozenset(put_forward),
        cleared=frozenset(cleared),
        objected=frozenset(objected),
    )


def post_code(post: Criteria, number: int) -> str:
    """A post's own code, else its number."""
    return post.get("code") or f"post-{number}"


def _post(post: Criteria, number: int) -> Post:
    return Post(
        code=post_code(post, number),
        roles=tuple(post.get("roles", ())),
        role_grade=_grade(post.get("role_grade"), Grade.CONFIRMED),
        tracks=tuple(post.get("tracks", ())),
        track_grade=_grade(post["track_grade"]) if post.get("track_grade") else None,
        phases=tuple(post.get("phases", ())),
        phase_grade=_grade(post.get("phase_grade")),
        themes=tuple(_theme(wish) for wish in post.get("themes", ())),
        themes_nice=tuple(_theme(wish) for wish in post.get("themes_nice", ())),
        languages=tuple(make_language_wish(wish) for wish in post.get("languages", ())),
        languages_nice=tuple(make_language_wish(wish) for wish in post.get("languages_nice", ())),
        places=tuple(_place(wish) for wish in post.get("places", ())),
        places_nice=tuple(_place(wish) for wish in post.get("places_nice", ())),
        seniority=post.get("seniority"),
        origin=post.get("origin"),
        origin_is_hard=bool(post.get("origin_is_hard")),
        community=post.get("community"),
        trainings=tuple(post.get("trainings", ())),
        exclusions=_exclusions(post.get("exclusions")),
    )


def _grade(name: str | None, default: Grade = Grade.STATED) -> Grade:
    return Grade[name.upper()] if name else default


def _party(party: Criteria) -> Party:
    return Party(party["code"], party.get("country"), party.get("stance") or "party")


def _theme(wish: Criteria) -> ThemeWish:
    return ThemeWish(tuple(wish["any_of"]), wish.get("depth") or 1, _grade(wish.get("grade")))


def make_language_wish(wish: Criteria) -> LanguageWish:
    """One language criterion as the engine reads it."""
    return LanguageWish(
        any_of=tuple(wish["any_of"]),
        skill=wish.get("skill") or "speaking",
        level=floor_of(wish.get("level")) or B2,
        accepts_family=wish.get("accepts_family", True),
        grade=_grade(wish.get("grade"), Grade.CONFIRMED),
    )


def _place(wish: Criteria) -> PlaceWish:
    return PlaceWish(tuple(wish["any_of"]), wish.get("since_year"), _grade(wish.get("grade")))


def _exclusions(values: Criteria | None) -> Exclusions | None:
    if values is None:
        return None
    return Exclusions(
        nationalities=frozenset(values.get("nationalities", ())),
        former_within_years=values.get("former_within_years"),
        second_passport_flag_only=bool(values.get("second_passport_flag_only")),
        residences=frozenset(values.get("residences", ())),
        offices=frozenset(values.get("offices", ())),
        office_years=values.get("office_years", 5),
    )
