"""What stands between her and the sides, as plain loops over one woman, apart from the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from matching import Exclusions, Interest, Mediator, Post, Request
from tests.matching.reference_of_ability import Miss

MEDIATING = {"lead_mediator", "co_mediator", "deputy_envoy", "facilitator", "shuttle_mediator"}
OFFICES = {"office", "party_post", "security_service", "government_employment"}
HELD = {"kin", "funding", "business", "future_employment"}


def years_later(day: date, years: int) -> date:
    month, number = (
        (3, 1) if (day.month, day.day) == (2, 29) and years % 4 else (day.month, day.day)
    )
    return date(day.year + years, month, number)


def judge_conflicts(woman: Mediator, post: Post, request: Request, today: date) -> Iterator[Miss]:
    """What she does not pass of origin, declaration and the rules of exclusion."""
    rules = request.exclusions if post.exclusions is None else post.exclusions
    sides = [party for party in request.parties if party.stance == "party"]
    mediates = bool(MEDIATING & set(post.roles)) and bool({"I", "I.5"} & set(post.tracks))
    states = {side.country for side in sides if side.country} if mediates else set()
    yield from _origin(woman, post, request, today)
    if _is_silent(woman, request, rules, states, today):
        yield "declaration", 0, "N0", True
    if any(
        _is_barred(woman, place, rules, states, today)
        for place in range(len(woman.nationalities or ()))
    ):
        yield "nationality", 0, "C1", False
    if woman.residence in rules.residences:
        yield "residence", 0, "C3", False
    since = years_later(today, -rules.office_years)
    recent = [one for one in woman.interests if one.ended_on is None or one.ended_on >= since]
    if any(
        one.kind in OFFICES
        and (_is_with_side(one, request) or {one.country, one.party} & rules.offices)
        for one in recent
    ):
        yield "office", 0, "C4", False
    ties = [one for one in recent if one.kind in HELD and _is_with_side(one, request)]
    if ties and woman.id not in request.cleared:
        yield "held_interest", 0, "C5", False
    if woman.refused_by & {side.code for side in sides} or woman.id in request.objected:
        yield "refused", 0, "C6", False


def _is_silent(
    woman: Mediator, request: Request, rules: Exclusions, states: set[str], today: date
) -> bool:
    sides = [party for party in request.parties if party.stance == "party"]
    if sides or rules.offices:
        said = woman.declaration
        if said is None or years_later(said.declared_on, 1) < today:
            return True
        if not all({side.code, side.country} & said.covers for side in sides):
            return True
        if not rules.offices <= said.covers:
            return True
        ties = [one for one in woman.interests if one.kind in OFFICES | HELD]
        if any(one.country is None and one.party is None for one in ties):
            return True
    if (rules.nationalities or states) and woman.nationalities is None:
        return True
    if rules.former_within_years is not None:
        for one in woman.nationalities or ():
            if one.country in rules.nationalities and not one.is_current and not one.ended_year:
                return True
    return bool(rules.residences) and woman.residence in (None, "undisclosed")


def _is_barred(
    woman: Mediator, place: int, rules: Exclusions, states: set[str], today: date
) -> bool:
    held = woman.nationalities or ()
    one, barred = held[place], rules.nationalities | states
    if one.country not in barred:
        return False
    if one.is_current:
        other = any(two.is_current and two.country not in barred for two in held)
        return not (rules.second_passport_flag_only and other)
    return (
        one.country in rules.nationalities
        and rules.former_within_years is not None
        and one.ended_year is not None
        and today.year - one.ended_year <= rules.former_within_years
    )


def _is_with_side(interest: Interest, request: Request) -> bool:
    named = [party for party in request.parties if party.code == interest.party]
    if named:
        return any(party.stance == "party" for party in named)
    return any(
        interest.country is not None and interest.country in (party.country, party.code)
        for party in request.parties
        if party.stance == "party"
    )


def _origin(woman: Mediator, post: Post, request: Request, today: date) -> Iterator[Miss]:
    if not post.origin_is_hard:
        return
    if post.origin:
        inside = is_insider(woman, request, today)
        if inside is not (post.origin == "insider"):
            yield "origin", 0, "I1", False
    if post.community and post.community not in woman.communities:
        yield "community", 0, "I2", False


def is_insider(woman: Mediator, request: Request, today: date) -> bool | None:
    lives_there = woman.residence in request.countries
    if any(one.country in request.countries for one in woman.nationalities or ()):
        return True
    if lives_there and woman.residence_since and today.year - woman.residence_since >= 5:
        return True
    if woman.communities:
        return True
    open_ = woman.nationalities is None or woman.residence in (None, "undisclosed")
    return None if open_ or (lives_there and woman.residence_since is None) else False
