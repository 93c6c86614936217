"""Of several entries of one woman: which one decides, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

import matching.gates
from matching import (
    Columns,
    Grade,
    LanguageWish,
    Mediator,
    Place,
    PlaceWish,
    Request,
    Skill,
    State,
    answer,
)
from matching.criteria import GATES
from tests.matching.builders import (
    NOW,
    TERMS,
    TODAY,
    ask,
    judge,
    make_availability,
    make_language,
    make_mediator,
    make_post,
    make_request,
)

LISTED, NEAR, OUT = State.LISTED, State.NEAR_MISS, State.EXCLUDED


def tell(request: Request, mediator: Mediator, criterion: str) -> dict[str, Any]:
    """Return what the answer says of one criterion, with the word for its verdict."""
    found = ask(request, mediator)
    candidates = (*found.listed, *found.near_misses)
    said = [part for one in candidates for part in one.evidence] or found.reasons(mediator.id)
    (part,) = (one for one in said if one.criterion == criterion and one.is_hard)
    return {"verdict": part.verdict.name, "code": part.code, **part.facts}


def test_the_criteria_stand_in_the_published_order_of_decision() -> None:
    assert tuple(one.name for one in GATES.criteria) == matching.gates.ORDER_OF_DECISION


@pytest.mark.parametrize(("status", "verdict"), [("available", "PASS"), ("partly", "FLAG")])
def test_partly_available_counts_and_is_said(status: str, verdict: str) -> None:
    woman = make_mediator(availability=make_availability(status=status))
    said = tell(make_request(), woman, "freshness")
    assert (said["verdict"], said["code"], said["status"]) == (verdict, "", status)
    assert judge(make_request(), woman) == (LISTED, [])


def test_of_a_mentee_no_more_is_asked_than_that_she_says_so() -> None:
    mentee = make_request(make_post(roles=("mentee",), role_grade=Grade.RECORDED))
    assert tell(mentee, make_mediator(), "role")["grade_asked"] == "stated"
    observer = make_request(make_post(roles=("observer",), role_grade=Grade.RECORDED))
    assert tell(observer, make_mediator(), "role")["grade_asked"] == "recorded"


@pytest.mark.parametrize(
    ("skill", "variety", "standard"),
    [
        ("speaking", LISTED, LISTED),
        ("listening", LISTED, LISTED),
        ("reading", OUT, LISTED),
        ("writing", OUT, LISTED),
    ],
)
def test_arabic_is_met_by_every_variety_in_speech_and_by_its_standard_form_in_writing(
    skill: str, variety: State, standard: State
) -> None:
    request = make_request(make_post(languages=(LanguageWish(("ara",), skill),)))

    def having(code: str) -> Mediator:
        return make_mediator(languages=(make_language(code, reading=6, writing=6),))

    assert judge(request, having("apd"))[0] == variety
    assert judge(request, having("arb"))[0] == standard


def test_of_two_roles_as_well_confirmed_the_one_held_last_is_cited() -> None:
    post = make_post(roles=("observer", "facilitator"))
    roles = (
        Skill("observer", Grade.CONFIRMED, last_year=2019),
        Skill("facilitator", Grade.CONFIRMED, last_year=2021),
    )
    for order in (roles, roles[::-1]):
        said = tell(make_request(post), make_mediator(roles_held=order), "role")
        assert (said["found"], said["last_year"]) == ("facilitator", 2021)
    undated = (Skill("observer", Grade.CONFIRMED), roles[1])
    said = tell(make_request(post), make_mediator(roles_held=undated), "role")
    assert said["found"] == "facilitator"


def test_of_two_places_the_one_worked_in_last_is_cited_and_an_undated_one_after_it() -> None:
    post = make_post(places=(PlaceWish(("KEN", "NOR")),))
    undated, early, late = Place("KEN"), Place("NOR", 2001, 2003), Place("KEN", 2010, 2012)
    for places, year in (
        ((early, late), 2012),
        ((late, early), 2012),
        ((undated, early), 2003),
        ((undated,), None),
    ):
        said = tell(make_request(post), make_mediator(places=places), "region")
        assert (said["verdict"], said["last_year"]) == ("PASS", year)


def test_a_track_that_nobody_has_lowers_the_grade_asked_of_no_other() -> None:
    columns = Columns.build([Mediator(9, tracks=(Skill("I"),))], TERMS)
    columns.apply(make_mediator(1, tracks=(Skill("I"),)))
    assert columns.codes.find("I") == 1
    request = make_request(make_post(tracks=("I", "II")))
    assert answer(columns, request, NOW).state(1) == NEAR
    late = Columns.build([make_mediator(2, tracks=(Skill("III"),))], TERMS)
    late.apply(make_mediator(1, tracks=(Skill("I"),)))
    assert late.codes.find("I") == late.codes.size - 1
    assert answer(late, request, NOW).state(1) == NEAR


def test_a_country_that_the_vocabulary_does_not_know_lies_in_no_region() -> None:
    request = make_request(place="XYZ", countries=("XYZ",))
    assert judge(request, make_mediator()) == (LISTED, [])
    refusing = make_mediator(availability=make_availability(refused=frozenset({"XYZ"})))
    assert judge(request, refusing) == (NEAR, ["A5"])


@pytest.mark.parametrize(
    ("offered", "residence", "verdict"),
    [
        ({"remote"}, "NOR", "FAIL"),
        ({"remote"}, None, "FAIL"),
        ({"remote"}, "SSD", "FAIL"),
        ({"home_country_only"}, "SSD", "PASS"),
        (None, "SSD", "UNKNOWN"),
        ({"home_country_only"}, "NOR", "FAIL"),
        ({"home_country_only"}, None, "UNKNOWN"),
        ({"home_country_only"}, "undisclosed", "UNKNOWN"),
        (None, "NOR", "UNKNOWN"),
        ({"in_person"}, None, "PASS"),
    ],
)
def test_how_she_works_is_unknown_only_where_she_has_not_said_it(
    offered: set[str] | None, residence: str | None, verdict: str
) -> None:
    said = None if offered is None else frozenset(offered)
    availability = make_availability(modalities=said)
    woman = make_mediator(availability=availability, residence=residence)
    request = make_request(parties=())
    assert tell(request, woman, "modality")["verdict"] == verdict


def test_a_home_not_disclosed_and_one_not_known_are_open_side_by_side() -> None:
    at_home = make_availability(modalities=frozenset({"home_country_only"}))
    women = [
        make_mediator(number, residence=residence, availability=at_home)
        for number, residence in enumerate((None, "undisclosed", "NOR", "SSD"), 1)
    ]
    found = ask(make_request(parties=()), *women)
    said = {
        one.id: [(reason.code, reason.verdict.name) for reason in found.reasons(one.id)]
        for one in women
    }
    unknown = [("A5", "UNKNOWN")]
    assert said == {1: unknown, 2: unknown, 3: [("A5", "FAIL")], 4: []}
    nowhere = make_request(parties=(), place="XYZ")
    assert [one.verdict.name for one in ask(nowhere, women[0]).reasons(1)] == ["UNKNOWN"]


def test_of_an_expired_statement_nothing_else_is_judged_whatever_is_asked() -> None:
    expired = make_availability(
        valid_until=NOW,
        notice_days=60,
        days_per_month=1,
        modalities=frozenset(),
        window_to=TODAY,
        refused=frozenset({"SSD"}),
        keeps_free=frozenset({"ramadan"}),
    )
    request = make_request(rhythm=frozenset({"ramadan"}))
    assert judge(request, make_mediator(availability=expired)) == (NEAR, ["A1"])
    silent = make_mediator(availability=make_availability(valid_until=NOW))
    assert judge(request, silent) == (NEAR, ["A1"])
