"""The rules of decision a second time, as plain loops over one woman: slow, and written apart.

Nothing here uses columns, criteria or outcomes of the engine. ``decide`` returns, per post, what a
woman does not pass as (criterion, wish, code, curable), in the order of decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from matching import Accreditation, Mediator, Request, State, Terms
from tests.matching.reference_of_ability import Miss, judge_ability
from tests.matching.reference_of_conflicts import judge_conflicts, years_later

ORDER = [
    "suspension",
    "integrity",
    "pause",
    "freshness",
    "window",
    "notice",
    "days_per_month",
    "modality",
    "place",
    "accreditation",
    "role",
    "track",
    "phase",
    "region",
    "theme",
    "language",
    "seniority",
    "training",
    "origin",
    "community",
    "declaration",
    "nationality",
    "residence",
    "office",
    "held_interest",
    "refused",
]
LADDER = [
    "draft",
    "self_declared",
    "documents_checked",
    "references_checked",
    "interviewed",
    "accredited",
]


def is_visible(woman: Mediator, request: Request, now: datetime) -> bool:
    agreed = {consent.purpose for consent in woman.consents if consent.until > now}
    if woman.is_hidden or not {"matching", "card"} <= agreed:
        return False
    if woman.kept_by and not woman.kept_by & request.networks:
        return False
    sides = [party for party in request.parties if party.stance == "party"]
    names = {side.code for side in sides} | {side.country for side in sides if side.country}
    asker = request.requester
    serves = asker.country in names or asker.party in names
    if woman.safety_class == 0:
        return True
    if woman.safety_class == 1:
        return asker.is_verified
    allowed = asker.is_verified and request.is_submitted and not serves
    return allowed and (woman.safety_class == 2 or woman.id in request.put_forward)


def decide(woman: Mediator, request: Request, now: datetime, terms: Terms) -> list[list[Miss]]:
    """Return what she does not pass for each post, in the order of decision."""
    common = [*_never(woman, now), *_available(woman, request, now, terms)]
    common += _accredited(woman, request, now.date())
    found = []
    for post in request.posts:
        misses = common + [
            *judge_ability(woman, post, request, terms),
            *judge_conflicts(woman, post, request, now.date()),
        ]
        found.append(sorted(misses, key=lambda miss: (ORDER.index(miss[0]), miss[1])))
    return found


def find_state(woman: Mediator, request: Request, now: datetime, terms: Terms) -> State:
    """Return her best state over the posts, look-alikes aside."""
    if not is_visible(woman, request, now):
        return State.NOT_VISIBLE
    return max(find_post_state(misses) for misses in decide(woman, request, now, terms))


def find_post_state(misses: list[Miss]) -> State:
    if not misses:
        return State.LISTED
    return State.NEAR_MISS if len(misses) == 1 and misses[0][3] else State.EXCLUDED


def _never(woman: Mediator, now: datetime) -> Iterator[Miss]:
    if woman.is_suspended or any(one.state == "suspended" for one in woman.accreditations):
        yield "suspension", 0, "V3", False
    if woman.has_integrity_hold:
        yield "integrity", 0, "G1", False
    if woman.paused_until and woman.paused_until > now:
        yield "pause", 0, "P4", False


def _available(woman: Mediator, request: Request, now: datetime, terms: Terms) -> Iterator[Miss]:
    said = woman.availability
    if (
        said is None
        or said.status == "unknown"
        or said.confirmed_by == "import"
        or said.valid_until <= now
    ):
        yield "freshness", 0, "A1", True
        return
    length = (request.end - request.start).days + 1
    begin, end = said.window_from or date.min, said.window_to or date.max
    if request.dates_are_open:
        covers = end - max(begin, min(now.date(), request.start)) >= request.end - request.start
    else:
        covers = begin <= request.start and request.end <= end
    too_long = bool(said.longest_stay_days is not None and said.longest_stay_days < length)
    if (
        not covers
        or said.status not in ("available", "partly")
        or too_long
        and request.modality != "remote"
    ):
        yield "window", 0, "A2", True
    notice, monthly = request.notice_days, request.days_per_month
    if notice is not None and (said.notice_days is None or said.notice_days > notice):
        yield "notice", 0, "A3", True
    if monthly is not None and (
        said.days_per_month is None or said.days_per_month < _count_most(request, monthly)
    ):
        yield "days_per_month", 0, "A4", True
    if not _works_so(woman, request):
        yield "modality", 0, "A5", True
    if request.place and request.modality != "remote":
        where = {request.place, *terms.ancestors("country", request.place)}
        if where & said.refused:
            yield "place", 0, "A5", True


def _count_most(request: Request, monthly: int) -> int:
    """Return the days that the fullest month needs, counted day by day."""
    length = (request.end - request.start).days + 1
    worked = [request.start + timedelta(days=number) for number in range(length)]
    months = Counter((day.year, day.month) for day in worked)
    return min(monthly, length if request.dates_are_open else max(months.values()))


def _works_so(woman: Mediator, request: Request) -> bool:
    offered = woman.availability.modalities if woman.availability else None
    if request.modality == "any" or offered is None:
        return request.modality == "any"
    at_home = "home_country_only" in offered and woman.residence == request.place
    if request.modality == "remote":
        return bool(offered & {"remote", "hybrid"})
    if request.modality == "hybrid":
        return (
            at_home
            and request.place is not None
            or "hybrid" in offered
            or offered >= {"in_person", "remote"}
        )
    return "in_person" in offered or (at_home and request.place is not None)


def _accredited(woman: Mediator, request: Request, today: date) -> Iterator[Miss]:
    floor = request.accreditation_floor
    if floor == "none":
        return
    states = [one for one in woman.accreditations if _is_asked(one, request)]
    verdicts = [_weigh(one, floor, today) for one in states]
    if "good" in verdicts:
        return
    if "lapsed lately" in verdicts:
        yield "accreditation", 0, "V2", True
    elif "under way" in verdicts:
        yield "accreditation", 0, "V1", True
    else:
        yield "accreditation", 0, "V2" if "lapsed" in verdicts else "V1", False


def _is_asked(accreditation: Accreditation, request: Request) -> bool:
    return not request.networks or accreditation.network in request.networks


def _weigh(accreditation: Accreditation, floor: str, today: date) -> str:
    state = "accredited" if accreditation.state == "needs_update" else accreditation.state
    if state not in LADDER:
        return "none"
    if LADDER.index(state) < LADDER.index(floor):
        return "none" if state == "draft" else "under way"
    end = accreditation.lapses_on
    if floor != "accredited" or end is None or end > today:
        return "good"
    return "lapsed lately" if years_later(today, -1) <= end else "lapsed"
