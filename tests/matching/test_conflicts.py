"""Conflict of interest per party: bar, held, flag, clear, not declared."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching import (
    Declaration,
    Exclusions,
    Interest,
    Mediator,
    Nationality,
    Party,
    Post,
    Request,
    State,
    public_code,
)
from tests.matching.builders import (
    TODAY,
    ask,
    days,
    judge,
    make_mediator,
    make_post,
    make_request,
)

LISTED, NEAR, OUT = State.LISTED, State.NEAR_MISS, State.EXCLUDED
CO_MEDIATOR = make_post(roles=("co_mediator",), tracks=("I",))
INSIDER = make_post(tracks=("III",), origin="insider", origin_is_hard=True)
GUARANTOR = Party("guarantor", "FRA", "guarantor")


def flags_of(request: Request, mediator: Mediator) -> list[str]:
    (candidate,) = ask(request, mediator).listed
    return [flag.code for flag in candidate.flags]


def national(*nationalities: Nationality, **changes: Any) -> Mediator:
    return make_mediator(nationalities=nationalities, **changes)


def tied(kind: str, ended_on: date | None = None, **whom: Any) -> Mediator:
    return make_mediator(interests=(Interest(kind, ended_on=ended_on, **whom),))


def excluding(*states: str, **rules: Any) -> Request:
    return make_request(exclusions=Exclusions(nationalities=frozenset(states), **rules))


def test_a_national_of_a_party_state_asked_as_insider_for_track_three_is_clear() -> None:
    woman = national(Nationality("SSD"))
    assert judge(make_request(INSIDER), woman) == (LISTED, [])
    assert flags_of(make_request(INSIDER), woman) == []


def test_the_same_woman_is_barred_as_track_one_co_mediator() -> None:
    assert judge(make_request(CO_MEDIATOR), national(Nationality("SSD"))) == (OUT, ["C1"])


def test_a_national_of_a_party_state_is_barred_from_nothing_else() -> None:
    woman = national(Nationality("SSD"))
    adviser = make_post(roles=("co_mediator",), tracks=("II",))
    assert judge(make_request(make_post(tracks=("I",))), woman) == (LISTED, [])
    second = replace(woman, tracks=tuple(replace(one, code="II") for one in woman.tracks))
    assert judge(make_request(adviser), second) == (LISTED, [])


def test_a_second_passport_of_an_excluded_state_bars_unless_the_request_says_flag_only() -> None:
    woman = national(Nationality("NOR"), Nationality("FRA"))
    assert judge(excluding("FRA"), woman) == (OUT, ["C1"])
    request = excluding("FRA", second_passport_flag_only=True)
    assert flags_of(request, woman) == ["C2"]
    assert judge(request, national(Nationality("FRA"))) == (OUT, ["C1"])


@pytest.mark.parametrize(
    ("ended_year", "within", "state", "codes"),
    [
        (2020, None, LISTED, []),
        (2020, 6, OUT, ["C1"]),
        (2020, 5, LISTED, []),
        (None, None, LISTED, []),
        (None, 5, NEAR, ["N0"]),
    ],
)
def test_a_former_nationality_counts_within_the_years_asked_and_is_flagged_beyond(
    ended_year: int | None, within: int | None, state: State, codes: list[str]
) -> None:
    woman = national(Nationality("NOR"), Nationality("FRA", False, ended_year))
    request = excluding("FRA", former_within_years=within)
    assert judge(request, woman) == (state, codes)
    if state == LISTED:
        assert flags_of(request, woman) == ["C2"]


def test_a_former_minister_of_seven_years_ago_is_flagged_and_one_of_four_is_barred() -> None:
    request = make_request()
    assert flags_of(request, tied("office", date(2019, 11, 1), country="SSD")) == ["C4"]
    assert judge(request, tied("office", date(2022, 11, 1), country="SSD")) == (OUT, ["C4"])
    assert judge(request, tied("office", country="SSD")) == (OUT, ["C4"])


def test_the_look_back_ends_on_its_day_and_follows_the_request() -> None:
    last_day = tied("party_post", date(2021, 12, 1), party="gov")
    day_before = tied("party_post", date(2021, 11, 30), party="gov")
    assert judge(make_request(), last_day) == (OUT, ["C4"])
    assert flags_of(make_request(), day_before) == ["C4"]
    longer = make_request(exclusions=Exclusions(office_years=10))
    assert judge(longer, day_before) == (OUT, ["C4"])


def test_an_excluded_office_giver_need_not_be_a_party() -> None:
    request = make_request(exclusions=Exclusions(offices=frozenset({"KEN"})))
    covers = Declaration(TODAY, frozenset({"SSD", "KEN"}))
    woman = replace(tied("government_employment", country="KEN"), declaration=covers)
    assert judge(request, woman) == (OUT, ["C4"])
    assert judge(make_request(), woman) == (LISTED, [])


def test_an_office_with_one_named_party_is_none_with_the_other() -> None:
    gov_only = make_request(parties=(Party("gov", "SSD"),))
    both = make_request(parties=(Party("gov", "SSD"), Party("splm", "SSD", "guarantor")))
    woman = tied("party_post", party="splm", country="SSD")
    assert judge(gov_only, woman) == (OUT, ["C4"])
    assert flags_of(both, woman) == ["C4"]


def test_a_husband_in_a_partys_army_is_held_until_a_vetter_clears_her() -> None:
    woman = tied("kin", country="SSD")
    assert judge(make_request(), woman) == (OUT, ["C5"])
    (reason,) = ask(make_request(), woman).reasons(1)
    assert reason.facts["held"] is True
    assert public_code(reason) == "not_proposed"
    cleared = make_request(cleared=frozenset({1}))
    (candidate,) = ask(cleared, woman).listed
    assert [(one.code, one.facts["cleared"]) for one in candidate.flags] == [("C5", True)]


def test_a_salary_from_an_ngo_paid_by_a_guarantor_state_is_a_flag() -> None:
    request = make_request(parties=(Party("gov", "SSD"), GUARANTOR))
    assert flags_of(request, tied("funding", country="FRA")) == ["C5"]
    assert judge(request, tied("funding", country="SSD")) == (OUT, ["C5"])
    assert judge(request, tied("future_employment", party="gov")) == (OUT, ["C5"])


def test_a_public_petition_against_a_party_is_a_flag_with_its_date() -> None:
    woman = make_mediator(
        interests=(Interest("public_statement", country="SSD", started_on=date(2024, 5, 2)),)
    )
    (candidate,) = ask(make_request(), woman).listed
    assert [(one.code, one.facts["from"]) for one in candidate.flags] == [("C7", date(2024, 5, 2))]


def test_residence_is_not_nationality() -> None:
    lives_in_france = national(Nationality("NOR"), residence="FRA")
    assert judge(excluding("FRA"), lives_in_france) == (LISTED, [])
    by_residence = make_request(exclusions=Exclusions(residences=frozenset({"FRA"})))
    assert judge(by_residence, lives_in_france) == (OUT, ["C3"])
    assert judge(by_residence, national(Nationality("FRA"))) == (LISTED, [])


@pytest.mark.parametrize(
    ("request_", "mediator", "missing"),
    [
        (make_request(), make_mediator(declaration=None), ("declaration",)),
        (
            make_request(),
            make_mediator(declaration=Declaration(date(2025, 11, 30), frozenset({"SSD"}))),
            ("declaration",),
        ),
        (
            make_request(),
            make_mediator(declaration=Declaration(TODAY, frozenset({"gov"}))),
            ("declaration",),
        ),
        (
            make_request(exclusions=Exclusions(offices=frozenset({"KEN"}))),
            make_mediator(),
            ("declaration",),
        ),
        (excluding("FRA"), make_mediator(nationalities=None), ("nationality",)),
        (make_request(CO_MEDIATOR), make_mediator(nationalities=None), ("nationality",)),
        (
            make_request(exclusions=Exclusions(residences=frozenset({"FRA"}))),
            make_mediator(residence="undisclosed"),
            ("residence",),
        ),
        (make_request(), tied("office"), ("office",)),
        (
            excluding("FRA"),
            make_mediator(nationalities=None, declaration=None),
            ("declaration", "nationality"),
        ),
    ],
)
def test_what_is_not_declared_is_one_criterion_and_can_be_cured(
    request_: Request, mediator: Mediator, missing: tuple[str, ...]
) -> None:
    (near,) = ask(request_, mediator).near_misses
    assert near.missing is not None
    assert (near.missing.code, near.missing.facts["undeclared"]) == ("N0", missing)


@pytest.mark.parametrize(
    ("request_", "mediator"),
    [
        (
            make_request(),
            make_mediator(declaration=Declaration(date(2025, 12, 1), frozenset({"SSD"}))),
        ),
        (make_request(parties=()), make_mediator(declaration=None, nationalities=None)),
        (make_request(parties=(GUARANTOR,)), make_mediator(declaration=None)),
        (excluding("FRA"), national()),
    ],
)
def test_who_has_declared_what_matters_is_clear(request_: Request, mediator: Mediator) -> None:
    assert judge(request_, mediator) == (LISTED, [])


def test_silence_clears_nobody_and_is_no_evidence_of_a_clear_office() -> None:
    (near,) = ask(make_request(), make_mediator(declaration=None)).near_misses
    said = {one.criterion for one in near.evidence}
    assert said.isdisjoint({"office", "held_interest", "public_statement"})


def test_a_posts_own_exclusions_take_the_place_of_the_requests() -> None:
    strict = excluding("NOR")
    own = make_post(exclusions=Exclusions(nationalities=frozenset({"FRA"})))
    assert judge(strict, make_mediator()) == (OUT, ["C1"])
    assert judge(replace(strict, posts=(own,)), make_mediator()) == (LISTED, [])


def test_a_party_that_refused_her_before_is_known_to_her_network_alone() -> None:
    woman = make_mediator(refused_by=frozenset({"opposition"}))
    (reason,) = ask(make_request(), woman).reasons(1)
    assert (reason.code, public_code(reason)) == ("C6", "not_proposed")
    elsewhere = make_mediator(refused_by=frozenset({"somebody_else"}))
    assert judge(make_request(), elsewhere) == (LISTED, [])


@pytest.mark.parametrize(
    ("changes", "insider"),
    [
        ({"nationalities": (Nationality("SSD"),)}, True),
        ({"nationalities": (Nationality("NOR"), Nationality("SSD"))}, True),
        ({"nationalities": (Nationality("NOR"), Nationality("SSD", False, 1990))}, True),
        ({"residence": "SSD", "residence_since": 2021}, True),
        ({"residence": "SSD", "residence_since": 2022}, False),
        ({"residence": "SSD", "residence_since": None}, None),
        ({"communities": frozenset({"nuer"})}, True),
        ({"nationalities": None}, None),
        ({"residence": None}, None),
        ({"nationalities": (), "residence": "NOR"}, False),
        ({}, False),
    ],
)
def test_insider_is_computed_per_request(changes: dict[str, Any], insider: bool | None) -> None:
    def ask_for(origin: str) -> list[tuple[str, str]]:
        post = Post("post", origin=origin, origin_is_hard=True)
        found = ask(make_request(post), make_mediator(**changes)).reasons(1)
        return [(one.code, one.verdict.name) for one in found]

    no, unknown = [("I1", "FAIL")], [("I1", "UNKNOWN")]
    expected = {True: ([], no), False: (no, []), None: (unknown, unknown)}
    assert (ask_for("insider"), ask_for("outsider")) == expected[insider]


def test_a_community_counts_only_when_she_declared_it_for_this_request() -> None:
    post = Post("post", community="nuer", origin_is_hard=True)
    assert judge(make_request(post), make_mediator()) == (OUT, ["I2"])
    declared = make_mediator(communities=frozenset({"nuer"}))
    assert judge(make_request(post), declared) == (LISTED, [])


def test_a_declaration_holds_for_twelve_months_and_the_answer_says_until_when() -> None:
    woman = make_mediator(declaration=Declaration(date(2025, 12, 20), frozenset({"SSD"})))
    found = ask(make_request(), woman)
    end = found.listed[0].holds_until
    assert end is not None
    assert ask(make_request(), woman, now=end - days(1)).state(1) == LISTED
    assert ask(make_request(), woman, now=end).state(1) == NEAR
