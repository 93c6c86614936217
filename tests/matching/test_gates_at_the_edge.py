"""Where a gate begins and ends: the first and last value that passes, and which entry decides."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching import (
    Accreditation,
    Consent,
    Grade,
    Mediator,
    Place,
    PlaceWish,
    Skill,
    State,
    ThemeWish,
    Training,
)
from tests.matching.builders import (
    NOW,
    TODAY,
    ask,
    days,
    judge,
    make_availability,
    make_mediator,
    make_post,
    make_request,
)

LISTED, NEAR, OUT = State.LISTED, State.NEAR_MISS, State.EXCLUDED
LADDER = (
    "draft",
    "self_declared",
    "documents_checked",
    "references_checked",
    "interviewed",
    "accredited",
)


def accredited(*accreditations: Accreditation) -> Mediator:
    return make_mediator(accreditations=accreditations)


def available(**changes: Any) -> Mediator:
    return make_mediator(availability=make_availability(**changes))


@pytest.mark.parametrize("floor", LADDER)
def test_each_step_of_accreditation_reaches_the_floors_up_to_itself(floor: str) -> None:
    request = make_request(accreditation_floor=floor)
    expected = [
        LISTED if place >= LADDER.index(floor) else (NEAR if place else OUT)
        for place in range(len(LADDER))
    ]
    found = [judge(request, accredited(Accreditation("nwm", state)))[0] for state in LADDER]
    assert found == expected
    assert judge(request, accredited(Accreditation("nwm", "withdrawn"))) == (OUT, ["V1"])
    assert judge(request, accredited(Accreditation("nwm", "needs_update")))[0] == LISTED


def find_network(*accreditations: Accreditation) -> tuple[object, str]:
    (candidate,) = ask(make_request(), accredited(*accreditations)).listed
    said = next(one for one in candidate.evidence if one.criterion == "accreditation")
    return said.facts["network"], said.verdict.name


def test_of_several_accreditations_the_one_that_lasts_longest_is_cited() -> None:
    long, short = (
        Accreditation("nwm", "accredited", None, TODAY + days(count)) for count in (90, 30)
    )
    endless = Accreditation("mwmn", "accredited")
    lapsed = Accreditation("fcm", "accredited", None, TODAY)
    for order in ((long, replace(short, network="fcm")), (replace(short, network="fcm"), long)):
        assert find_network(*order) == ("nwm", "PASS")
    assert find_network(long, endless) == find_network(endless, long) == ("mwmn", "PASS")
    assert find_network(lapsed, short) == ("nwm", "PASS")
    update = Accreditation("mwmn", "needs_update")
    assert find_network(update) == ("mwmn", "FLAG")
    assert find_network(update, short) == find_network(short, update) == ("nwm", "PASS")


@pytest.mark.parametrize(
    ("changes", "state", "verdict"),
    [
        ({"window_from": date(2027, 1, 11)}, LISTED, None),
        ({"window_from": date(2027, 1, 12)}, NEAR, "FAIL"),
        ({"status": "unavailable"}, NEAR, "FAIL"),
        ({"status": "unavailable", "window_from": None, "window_to": None}, NEAR, "FAIL"),
        ({"status": "unavailable", "window_to": date(2027, 1, 10)}, NEAR, "UNKNOWN"),
        ({"status": "unavailable", "window_to": date(2027, 1, 11)}, NEAR, "FAIL"),
        ({"status": "on_assignment", "window_from": date(2027, 2, 1)}, NEAR, "UNKNOWN"),
        ({"status": "on_assignment", "window_from": date(2027, 1, 31)}, NEAR, "FAIL"),
        ({"status": "unavailable", "window_from": None, "window_to": TODAY}, NEAR, "UNKNOWN"),
        ({"longest_stay_days": 21}, LISTED, None),
        ({"longest_stay_days": 20}, NEAR, "FAIL"),
    ],
)
def test_a_window_covers_first_and_last_day(
    changes: dict[str, Any], state: State, verdict: str | None
) -> None:
    found = ask(make_request(), available(**changes))
    reasons = [one.verdict.name for one in found.reasons(1)]
    assert (found.state(1), reasons) == (state, [verdict] if verdict else [])


def test_a_stay_of_any_length_is_possible_from_afar() -> None:
    assert judge(make_request(modality="remote"), available(longest_stay_days=1)) == (LISTED, [])


@pytest.mark.parametrize("offered", [None, frozenset({"remote"}), frozenset({"in_person"})])
def test_any_way_of_working_is_no_criterion(offered: frozenset[str] | None) -> None:
    (listed,) = ask(make_request(modality="any"), available(modalities=offered)).listed
    assert "modality" not in {one.criterion for one in listed.evidence}
    (asked,) = ask(
        make_request(modality="remote"), available(modalities=frozenset({"remote"}))
    ).listed
    assert "modality" in {one.criterion for one in asked.evidence}


@pytest.mark.parametrize("field", ["notice_days", "days_per_month", "modalities"])
def test_an_expired_statement_is_one_criterion_and_not_judged_further(field: str) -> None:
    silent = available(valid_until=NOW, **{field: None})
    (near,) = ask(make_request(), silent).near_misses
    said = {one.criterion for one in near.evidence}
    assert said.isdisjoint({"window", "notice", "days_per_month", "modality", "place", "rhythm"})
    unasked = make_request(notice_days=None, days_per_month=None, modality="remote")
    assert judge(unasked, silent) == (NEAR, ["A1"])


@pytest.mark.parametrize(
    ("request_changes", "residence", "offered", "codes"),
    [
        ({"place": "NOR"}, "NOR", {"home_country_only"}, []),
        ({"place": "NOR", "modality": "hybrid"}, "NOR", {"home_country_only"}, []),
        ({"place": "NOR", "modality": "remote"}, "NOR", {"home_country_only"}, ["A5"]),
        ({"place": None}, "NOR", {"home_country_only"}, ["A5"]),
        ({"place": "KEN"}, "NOR", {"home_country_only"}, ["A5"]),
        ({"place": "KEN"}, "NOR", {"home_country_only", "in_person"}, []),
        ({"place": "KEN"}, None, {"home_country_only", "in_person"}, []),
        ({"modality": "hybrid"}, "NOR", {"remote"}, ["A5"]),
    ],
)
def test_home_country_only_is_met_at_home(
    request_changes: dict[str, Any], residence: str | None, offered: set[str], codes: list[str]
) -> None:
    woman = replace(available(modalities=frozenset(offered)), residence=residence)
    assert judge(make_request(**request_changes), woman)[1] == codes


@pytest.mark.parametrize(
    ("trainings", "codes", "flags"),
    [
        ((Training("security"),), [], []),
        ((Training("security", date(2027, 1, 10)),), ["S1"], []),
        ((Training("security", date(2027, 1, 11)),), [], ["S1"]),
        ((Training("security", date(2027, 1, 30)),), [], ["S1"]),
        ((Training("security", date(2027, 1, 31)),), [], []),
        ((Training("security", TODAY), Training("security", date(2028, 1, 1))), [], []),
        ((Training("first_aid"),), ["S1"], []),
    ],
)
def test_a_training_holds_from_the_first_to_the_last_day(
    trainings: tuple[Training, ...], codes: list[str], flags: list[str]
) -> None:
    request = make_request(make_post(trainings=("security",)))
    found = ask(request, make_mediator(trainings=trainings))
    assert [one.code for one in found.reasons(1)] == codes
    assert [flag.code for one in found.listed for flag in one.flags] == flags


@pytest.mark.parametrize(
    ("skill", "codes"),
    [
        (Skill("ceasefire", Grade.CONFIRMED, 2), []),
        (Skill("ceasefire", Grade.RECORDED, 3), []),
        (Skill("ceasefire", Grade.CONFIRMED, 1), ["T1"]),
        (Skill("ceasefire", Grade.STATED, 2), ["T1"]),
    ],
)
def test_a_theme_needs_its_depth_and_its_grade_in_one_entry(skill: Skill, codes: list[str]) -> None:
    request = make_request(make_post(themes=(ThemeWish(("ceasefire",), 2, Grade.CONFIRMED),)))
    assert (
        judge(request, make_mediator(themes=(skill, Skill("borders", Grade.RECORDED, 3))))[1]
        == codes
    )
    split = (Skill("ceasefire", Grade.RECORDED, 1), Skill("ceasefire", Grade.STATED, 3))
    assert judge(request, make_mediator(themes=split)) == (NEAR, ["T1"])


@pytest.mark.parametrize(
    ("place", "state"),
    [
        (Place("KEN", 2010, 2021, Grade.CONFIRMED), LISTED),
        (Place("KEN", 2010, 2020, Grade.CONFIRMED), OUT),
        (Place("KEN", 2010, 2021, Grade.STATED), NEAR),
        (Place("KEN", 2010, None, Grade.CONFIRMED), OUT),
        (Place("NOR", 2010, 2024, Grade.CONFIRMED), OUT),
    ],
)
def test_a_place_needs_its_year_and_its_grade(place: Place, state: State) -> None:
    wish = PlaceWish(("014",), 2021, Grade.CONFIRMED)
    assert (
        judge(make_request(make_post(places=(wish,))), make_mediator(places=(place,)))[0] == state
    )


def test_of_two_consents_to_one_purpose_the_later_end_counts() -> None:
    ends = (
        Consent("card", NOW),
        Consent("card", NOW + days(9)),
        Consent("matching", NOW + days(5)),
    )
    found = ask(make_request(), make_mediator(consents=ends))
    consent = next(one for one in found.listed[0].evidence if one.criterion == "consent")
    assert consent.facts["valid_until"] == NOW + days(5)


@pytest.mark.parametrize(
    ("floor", "band", "state"),
    [
        ("mid", "emerging", OUT),
        ("mid", "mid", LISTED),
        ("senior", "mid", OUT),
        ("senior", "eminent", LISTED),
        ("eminent", "senior", OUT),
        ("emerging", "emerging", LISTED),
        ("emerging", "unheard of", OUT),
    ],
)
def test_seniority_reaches_the_floors_up_to_itself(floor: str, band: str, state: State) -> None:
    request = make_request(make_post(seniority=floor))
    assert judge(request, make_mediator(seniority=Skill(band)))[0] == state
    (reason,) = ask(request, make_mediator(seniority=None)).reasons(1)
    assert (reason.code, reason.verdict.name, reason.is_curable) == ("R2", "UNKNOWN", False)
