"""What each preference earns, as a share of its published weight."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from matching import (
    PUBLISHED,
    Columns,
    Grade,
    LanguageWish,
    Mediator,
    Nationality,
    Place,
    PlaceWish,
    Post,
    Request,
    Skill,
    ThemeWish,
)
from matching.criteria import Asking
from matching.preferences.experience import score_role_recency, score_tracks
from tests.matching.builders import (
    NOW,
    TERMS,
    ask,
    days,
    make_availability,
    make_language,
    make_mediator,
    make_post,
    make_request,
)


def earn(name: str, mediator: Mediator, request: Request) -> float | None:
    """Share of the preference's weight that she earns; None where it is not asked."""
    found = ask(request, mediator)
    (candidate,) = (*found.listed, *found.near_misses)
    parts = [one for one in candidate.evidence if one.criterion == name and not one.is_hard]
    weight = PUBLISHED.by_preference()[name]
    assert sum(one.out_of for one in parts) in (0, weight)
    return round(sum(one.points for one in parts) / weight, 2) if parts else None


def role(grade: Grade, last_year: int | None = None) -> Mediator:
    return make_mediator(roles_held=(Skill("observer", grade, last_year=last_year),))


def available(**changes: Any) -> Mediator:
    return make_mediator(availability=make_availability(**changes))


OBSERVER = make_post(roles=("observer",), role_grade=Grade.STATED)
FRENCH = make_post(languages_nice=(LanguageWish(("fra",), level=5),))
ENGLISH = make_post(languages=(LanguageWish(("eng",)),))
NICE = make_post(themes_nice=(ThemeWish(("ceasefire",), 2, Grade.CONFIRMED),))
DEEP = make_post(themes=(ThemeWish(("ceasefire",)),))
EAST_AFRICA = make_post(places_nice=(PlaceWish(("014",), 2018),))
INSIDER = make_post(origin="insider")
OUTSIDER = make_post(origin="outsider")
SENIOR = make_post(seniority="mid")
TRACKS = make_post(tracks=("I", "II", "III"))
PHASES = make_post(phases=("pre_negotiation", "ceasefire"))


@pytest.mark.parametrize(
    ("name", "mediator", "post", "share"),
    [
        ("themes_nice", make_mediator(), make_post(), None),
        ("themes_nice", make_mediator(), NICE, 1.0),
        ("themes_nice", make_mediator(themes=(Skill("ceasefire", depth=2),)), NICE, 0.5),
        ("themes_nice", make_mediator(themes=()), NICE, 0.0),
        ("languages_nice", make_mediator(languages=(make_language("fra"),)), FRENCH, 1.0),
        ("languages_nice", make_mediator(languages=(make_language("fra", level=4),)), FRENCH, 0.5),
        ("languages_nice", make_mediator(languages=(make_language("fra", level=3),)), FRENCH, 0.0),
        ("languages_nice", make_mediator(), FRENCH, 0.0),
        ("places_nice", make_mediator(), EAST_AFRICA, 1.0),
        ("places_nice", make_mediator(places=(Place("KEN", last_year=2017),)), EAST_AFRICA, 0.0),
        ("region_experience", make_mediator(), make_post(), 1.0),
        ("region_experience", make_mediator(places=(Place("SSD"),)), make_post(), 1.0),
        ("region_experience", make_mediator(places=(Place("FRA"),)), make_post(), 0.0),
        ("theme_depth", make_mediator(), DEEP, 0.5),
        ("theme_depth", make_mediator(themes=(Skill("ceasefire", depth=3),)), DEEP, 1.0),
        ("theme_depth", make_mediator(themes=(Skill("ceasefire"),)), DEEP, 0.0),
        ("theme_depth", make_mediator(), make_post(themes=(ThemeWish(("ceasefire",), 2),)), 0.0),
        ("role_evidence", role(Grade.STATED), OBSERVER, 0.0),
        ("role_evidence", role(Grade.CONFIRMED), OBSERVER, 0.5),
        ("role_evidence", role(Grade.RECORDED), OBSERVER, 1.0),
        ("role_recency", role(Grade.STATED, 2026), OBSERVER, 1.0),
        ("role_recency", role(Grade.STATED, 2021), OBSERVER, 1.0),
        ("role_recency", role(Grade.STATED, 2020), OBSERVER, 0.5),
        ("role_recency", role(Grade.STATED, 2016), OBSERVER, 0.5),
        ("role_recency", role(Grade.STATED, 2015), OBSERVER, 0.0),
        ("role_recency", role(Grade.STATED), OBSERVER, 0.0),
        ("mediated_in", make_mediator(), ENGLISH, 0.0),
        (
            "mediated_in",
            make_mediator(languages=(make_language("eng", has_mediated=True),)),
            ENGLISH,
            1.0,
        ),
        ("freshness_margin", available(confirmed_at=NOW), make_post(), 1.0),
        ("freshness_margin", available(confirmed_at=NOW - days(1)), make_post(), 0.67),
        ("freshness_margin", available(confirmed_at=NOW - days(30)), make_post(), 0.67),
        ("freshness_margin", available(confirmed_at=NOW - days(31)), make_post(), 0.33),
        ("freshness_margin", available(confirmed_at=NOW - days(100)), make_post(), 0.0),
        (
            "freshness_margin",
            available(confirmed_at=NOW, confirmed_by="coordinator"),
            make_post(),
            0.5,
        ),
        ("origin_wish", make_mediator(), OUTSIDER, 1.0),
        ("origin_wish", make_mediator(), INSIDER, 0.0),
        ("origin_wish", make_mediator(nationalities=(Nationality("SSD"),)), INSIDER, 1.0),
        ("origin_wish", make_mediator(nationalities=(Nationality("SSD"),)), OUTSIDER, 0.0),
        ("origin_wish", make_mediator(nationalities=None), OUTSIDER, 0.0),
        ("seniority_above", make_mediator(), SENIOR, 0.5),
        ("seniority_above", make_mediator(seniority=Skill("mid")), SENIOR, 0.0),
        ("seniority_above", make_mediator(seniority=Skill("eminent")), SENIOR, 1.0),
        ("seniority_above", make_mediator(), make_post(), None),
        ("seniority_above", make_mediator(), make_post(seniority="senior"), 0.0),
        ("seniority_above", make_mediator(), make_post(seniority="emerging"), 0.67),
        (
            "seniority_above",
            make_mediator(seniority=Skill("eminent")),
            make_post(seniority="eminent"),
            None,
        ),
        ("notice_margin", available(notice_days=30), make_post(), 0.0),
        ("notice_margin", available(notice_days=None), make_post(), 0.0),
        ("freshness_margin", make_mediator(availability=None), make_post(), 0.0),
        ("phase_breadth", make_mediator(), make_post(phases=("pre_negotiation",)), None),
        ("region_experience", make_mediator(places=(Place("002"),)), make_post(), 0.0),
        (
            "theme_depth",
            make_mediator(themes=(Skill("borders"), Skill("ceasefire", depth=2))),
            make_post(themes=(ThemeWish(("ceasefire", "borders")),)),
            0.5,
        ),
        (
            "theme_depth",
            make_mediator(themes=(Skill("ceasefire", depth=3),)),
            make_post(themes=(ThemeWish(("ceasefire",), 3),)),
            None,
        ),
        ("notice_margin", available(notice_days=14), make_post(), 0.0),
        ("notice_margin", available(notice_days=7), make_post(), 0.5),
        ("notice_margin", available(notice_days=0), make_post(), 1.0),
        ("track_breadth", make_mediator(), TRACKS, 0.67),
        ("track_breadth", make_mediator(), make_post(tracks=("III",)), None),
        ("phase_breadth", make_mediator(), PHASES, 0.5),
    ],
)
def test_share_of_the_weight(
    name: str, mediator: Mediator, post: Post, share: float | None
) -> None:
    assert earn(name, mediator, make_request(post)) == share


def test_a_weight_is_shared_evenly_by_the_wishes_of_its_kind() -> None:
    wishes = (ThemeWish(("ceasefire",)), ThemeWish(("borders",)), ThemeWish(("youth",)))
    request = make_request(make_post(themes_nice=wishes))
    assert earn("themes_nice", make_mediator(), request) == 0.33


def test_what_is_not_asked_costs_nobody_a_point() -> None:
    found = ask(make_request(countries=(), notice_days=None), make_mediator())
    assert [one.out_of for one in found.listed] == [PUBLISHED.freshness_margin]


def test_points_age_with_the_statement_and_never_below_nothing() -> None:
    woman = available(confirmed_at=NOW, valid_until=NOW + days(300))
    points = []
    for age in (0, 30, 89, 200):
        (candidate,) = ask(make_request(countries=()), woman, now=NOW + timedelta(days=age)).listed[
            :1
        ]
        points.append(candidate.points)
    assert points == sorted(points, reverse=True)
    assert points[-1] >= 0


@pytest.mark.parametrize(("year", "share"), [(2025, 1.0), (2030, 1.0), (2031, 0.5), (2036, 0.0)])
def test_a_role_ages_with_the_spans_of_five_years_that_the_card_shows(
    year: int, share: float
) -> None:
    woman = make_mediator(roles_held=(Skill("observer", last_year=2021),))
    columns = Columns.build((woman, make_mediator(2)), TERMS)
    asking = Asking(make_request(), datetime(year, 12, 1, tzinfo=UTC), TERMS, OBSERVER)
    scored = score_role_recency(columns, columns.rows(), ("observer",), asking)
    assert scored.shares.tolist() == [share, 0.0]


def test_a_track_of_somebody_who_is_not_asked_about_earns_nobody_else_a_share() -> None:
    both, one = (make_mediator(n, tracks=tuple(map(Skill, t))) for n, t in ((1, "ab"), (2, "a")))
    columns = Columns.build((both, one), TERMS)
    asking = Asking(make_request(), NOW, TERMS, make_post(tracks=("a", "b")))
    scored = score_tracks(columns, columns.rows()[1:], ("a", "b"), asking)
    assert scored.shares.tolist() == [0.5]
