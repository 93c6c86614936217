"""The rules of decision a second time, as plain loops over one woman: slow, and written apart.

Nothing here uses columns, criteria or outcomes of the engine. ``decide`` returns, per post, what a
woman does not pass as (criterion, wish, code, curable), in the order of decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from matching import (
    Accreditation,
    Exclusions,
    Grade,
    Interest,
    LanguageWish,
    Mediator,
    PlaceWish,
    Post,
    Request,
    Skill,
    State,
    Terms,
    ThemeWish,
)

Miss = tuple[str, int, str, bool]

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
MEDIATING = {"lead_mediator", "co_mediator", "deputy_envoy", "facilitator", "shuttle_mediator"}
OFFICES = {"office", "party_post", "security_service", "government_employment"}
HELD = {"kin", "funding", "business", "future_employment"}
BANDS = ["emerging", "mid", "senior", "eminent"]


def years_later(day: date, years: int) -> date:
    month, number = (
        (3, 1) if (day.month, day.day) == (2, 29) and years % 4 else (day.month, day.day)
    )
    return date(day.year + years, month, number)


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
            *_able(woman, post, request, terms),
            *_conflicts(woman, post, request, now.date()),
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


def _is_senior(woman: Mediator, floor: str) -> bool:
    band = woman.seniority.code if woman.seniority else None
    return band in BANDS and BANDS.index(band) >= BANDS.index(floor)


def _able(woman: Mediator, post: Post, request: Request, terms: Terms) -> Iterator[Miss]:
    yield from _proved(woman, post)
    for number, wish in enumerate(post.places):
        yield from _been(woman, wish, number, terms)
    for number, theme in enumerate(post.themes):
        yield from _knows(woman, theme, number)
    for number, language in enumerate(post.languages):
        yield from _speaks(woman, language, number, terms)
    if post.seniority and not _is_senior(woman, post.seniority):
        yield "seniority", 0, "R2", False
    for number, code in enumerate(post.trainings):
        ends = [one.expires_on or date.max for one in woman.trainings if one.code == code]
        if not ends or max(ends) < request.start:
            yield "training", number, "S1", False


def _proved(woman: Mediator, post: Post) -> Iterator[Miss]:
    if "mentee" in post.roles:
        if not any(one.code in post.roles for one in woman.roles_sought):
            yield "role", 0, "R1", False
    elif post.roles:
        yield from _skilled(
            "role", "R1", woman.roles_held, dict.fromkeys(post.roles, post.role_grade)
        )
    grades = {
        track: post.track_grade or (Grade.CONFIRMED if track in ("I", "I.5") else Grade.STATED)
        for track in post.tracks
    }
    if grades:
        yield from _skilled("track", "K1", woman.tracks, grades)
    if post.phases:
        yield from _skilled(
            "phase", "K1", woman.phases, dict.fromkeys(post.phases, post.phase_grade)
        )


def _skilled(
    name: str, code: str, skills: tuple[Skill, ...], grades: dict[str, Grade]
) -> Iterator[Miss]:
    has = [skill for skill in skills if skill.code in grades]
    if not has:
        yield name, 0, code, False
    elif not any(skill.grade >= grades[skill.code] for skill in has):
        yield name, 0, code, True


def _been(woman: Mediator, wish: PlaceWish, number: int, terms: Terms) -> Iterator[Miss]:
    cures = []
    for place in woman.places:
        inside = {place.country, *terms.ancestors("country", place.country)}
        if not inside & set(wish.any_of):
            continue
        if (
            wish.since_year is not None
            and place.last_year is None
            or wish.since_year is not None
            and (place.last_year or 0) < wish.since_year
        ):
            cures.append(False)
        elif place.grade >= wish.grade:
            return
        else:
            cures.append(True)
    yield "region", number, "K1", any(cures)


def _knows(woman: Mediator, wish: ThemeWish, number: int) -> Iterator[Miss]:
    has = [one for one in woman.themes if one.code in wish.any_of and one.depth >= wish.depth]
    if not any(one.grade >= wish.grade for one in has):
        yield "theme", number, "T1", bool(has)


def meets_language(code: str, wish: LanguageWish, terms: Terms) -> bool:
    """Tell whether a language of hers is one that the wish accepts."""
    if code in wish.any_of:
        return True
    if not wish.accepts_family:
        return False
    standard = {"arb": "ara", "zsm": "msa"}
    if standard.get(code) in wish.any_of:
        return True
    spoken = wish.skill in ("speaking", "listening")
    is_arabic = "ara" in terms.ancestors("language", code)
    return spoken and is_arabic and "ara" in wish.any_of


def _speaks(woman: Mediator, wish: LanguageWish, number: int, terms: Terms) -> Iterator[Miss]:
    has = [one for one in woman.languages if meets_language(one.code, wish, terms)]
    if not has:
        yield "language", number, "L1", False
        return
    levels = [one.level(wish.skill) for one in has]
    if any(
        level is not None and level >= wish.level and one.grade >= wish.grade
        for one, level in zip(has, levels, strict=True)
    ):
        return
    if any(level is None or level >= wish.level for level in levels):
        yield "language", number, "L3", True
    else:
        best = max(level for level in levels if level is not None)
        yield "language", number, "L2", best == wish.level - 1


def _conflicts(woman: Mediator, post: Post, request: Request, today: date) -> Iterator[Miss]:
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
