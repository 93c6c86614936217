"""The gates of who may be proposed, of her time and of her accreditation, case by case."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching import Accreditation, Availability, Consent, Mediator, Request, Requester, State
from tests.matching.builders import (
    NOW,
    TODAY,
    ask,
    days,
    judge,
    make_availability,
    make_mediator,
    make_request,
)

LISTED, NEAR, OUT, UNSEEN = State.LISTED, State.NEAR_MISS, State.EXCLUDED, State.NOT_VISIBLE


def available(**changes: Any) -> Mediator:
    return make_mediator(availability=make_availability(**changes))


def test_she_who_fits_is_listed_with_nothing_against_her() -> None:
    assert judge(make_request(), make_mediator()) == (LISTED, [])


@pytest.mark.parametrize(
    ("mediator", "request_", "state", "codes"),
    [
        (make_mediator(is_hidden=True), make_request(), UNSEEN, ["P1"]),
        (make_mediator(kept_by=frozenset({"nwm"})), make_request(), UNSEEN, ["P5"]),
        (
            make_mediator(kept_by=frozenset({"nwm"})),
            make_request(networks=frozenset({"awmn"})),
            UNSEEN,
            ["P5"],
        ),
        (
            make_mediator(kept_by=frozenset({"nwm", "femwise"})),
            make_request(networks=frozenset({"nwm", "awmn"})),
            LISTED,
            [],
        ),
        (make_mediator(consents=()), make_request(), UNSEEN, ["P1"]),
        (
            make_mediator(consents=(Consent("matching", NOW + days(1)),)),
            make_request(),
            UNSEEN,
            ["P1"],
        ),
        (
            make_mediator(consents=(Consent("matching", NOW), Consent("card", NOW + days(1)))),
            make_request(),
            UNSEEN,
            ["P1"],
        ),
        (make_mediator(safety_class=2), make_request(is_submitted=False), UNSEEN, ["P2"]),
        (make_mediator(safety_class=1), make_request(is_submitted=False), LISTED, []),
        (
            make_mediator(safety_class=1),
            make_request(requester=Requester("NOR", is_verified=False)),
            UNSEEN,
            ["P2"],
        ),
        (
            make_mediator(safety_class=0),
            make_request(requester=Requester("NOR", is_verified=False)),
            LISTED,
            [],
        ),
        (make_mediator(safety_class=2), make_request(requester=Requester("SSD")), UNSEEN, ["P2"]),
        (make_mediator(safety_class=1), make_request(requester=Requester("SSD")), LISTED, []),
        (
            make_mediator(safety_class=2),
            make_request(requester=Requester(None, party="opposition")),
            UNSEEN,
            ["P2"],
        ),
        (make_mediator(safety_class=3), make_request(), UNSEEN, ["P2"]),
        (make_mediator(safety_class=3), make_request(put_forward=frozenset({1})), LISTED, []),
        (
            make_mediator(safety_class=3),
            make_request(put_forward=frozenset({1}), requester=Requester("SSD")),
            UNSEEN,
            ["P2"],
        ),
        (make_mediator(is_suspended=True), make_request(), OUT, ["V3"]),
        (
            make_mediator(
                accreditations=(
                    Accreditation("nwm", "accredited", TODAY),
                    Accreditation("mwmn", "suspended"),
                )
            ),
            make_request(),
            OUT,
            ["V3"],
        ),
        (make_mediator(has_integrity_hold=True), make_request(), OUT, ["G1"]),
        (make_mediator(paused_until=NOW + days(1)), make_request(), OUT, ["P4"]),
        (make_mediator(paused_until=NOW), make_request(), LISTED, []),
    ],
)
def test_who_is_never_proposed(
    mediator: Mediator, request_: Request, state: State, codes: list[str]
) -> None:
    assert judge(request_, mediator) == (state, codes)


@pytest.mark.parametrize(
    ("availability", "state", "codes"),
    [
        (None, NEAR, ["A1"]),
        (make_availability(valid_until=NOW), NEAR, ["A1"]),
        (make_availability(valid_until=NOW + days(1)), LISTED, []),
        (make_availability(confirmed_by="import"), NEAR, ["A1"]),
        (make_availability(confirmed_by="coordinator"), LISTED, []),
        (make_availability(status="unknown"), NEAR, ["A1"]),
        (make_availability(status="partly"), LISTED, []),
        (make_availability(status="unavailable"), NEAR, ["A2"]),
        (make_availability(status="on_assignment", window_to=date(2027, 1, 15)), NEAR, ["A2"]),
        (make_availability(window_to=date(2027, 1, 31)), LISTED, []),
        (make_availability(window_to=date(2027, 1, 30)), NEAR, ["A2"]),
        (make_availability(window_from=date(2027, 1, 12)), NEAR, ["A2"]),
        (make_availability(window_from=None, window_to=None), LISTED, []),
        (make_availability(longest_stay_days=21), LISTED, []),
        (make_availability(longest_stay_days=20), NEAR, ["A2"]),
        (make_availability(notice_days=14), LISTED, []),
        (make_availability(notice_days=15), NEAR, ["A3"]),
        (make_availability(notice_days=None), NEAR, ["A3"]),
        (make_availability(days_per_month=10), LISTED, []),
        (make_availability(days_per_month=9), NEAR, ["A4"]),
        (make_availability(days_per_month=None), NEAR, ["A4"]),
        (make_availability(modalities=None), NEAR, ["A5"]),
        (make_availability(modalities=frozenset({"remote", "hybrid"})), NEAR, ["A5"]),
        (make_availability(modalities=frozenset({"home_country_only"})), NEAR, ["A5"]),
        (make_availability(refused=frozenset({"SSD"})), NEAR, ["A5"]),
        (make_availability(refused=frozenset({"002"})), NEAR, ["A5"]),
        (make_availability(refused=frozenset({"150", "KEN"})), LISTED, []),
        (make_availability(notice_days=30, days_per_month=5), OUT, ["A3", "A4"]),
        (make_availability(valid_until=NOW, notice_days=30, modalities=None), NEAR, ["A1"]),
    ],
)
def test_availability(availability: Availability | None, state: State, codes: list[str]) -> None:
    assert judge(make_request(), make_mediator(availability=availability)) == (state, codes)


@pytest.mark.parametrize(
    ("asked", "offered", "state"),
    [
        ("remote", {"remote"}, LISTED),
        ("remote", {"hybrid"}, LISTED),
        ("remote", {"in_person"}, NEAR),
        ("hybrid", {"hybrid"}, LISTED),
        ("hybrid", {"in_person", "remote"}, LISTED),
        ("hybrid", {"in_person"}, NEAR),
        ("in_person", {"hybrid"}, NEAR),
        ("in_person", {"in_person"}, LISTED),
    ],
)
def test_modality(asked: str, offered: set[str], state: State) -> None:
    woman = available(modalities=frozenset(offered))
    assert judge(make_request(modality=asked), woman)[0] == state


def test_home_country_only_is_met_at_home_and_open_where_home_is_not_known() -> None:
    at_home = available(modalities=frozenset({"home_country_only"}))
    request = make_request(place="NOR")
    assert judge(request, at_home) == (LISTED, [])
    found = ask(request, replace(at_home, residence=None)).reasons(1)
    assert [(one.code, one.verdict.name) for one in found] == [("A5", "UNKNOWN")]


def test_after_an_assignment_she_is_asked_and_not_assumed_to_be_free() -> None:
    woman = available(status="on_assignment", window_to=date(2027, 1, 10))
    (reason,) = ask(make_request(), woman).reasons(1)
    assert (reason.code, reason.verdict.name, reason.facts["why"]) == ("A2", "UNKNOWN", "status")


def test_what_the_request_does_not_ask_is_no_reason() -> None:
    silent = available(notice_days=None, days_per_month=None)
    request = make_request(notice_days=None, days_per_month=None, place=None)
    assert judge(request, silent) == (LISTED, [])


def test_a_clash_of_days_is_a_flag_and_no_gate() -> None:
    woman = available(keeps_free=frozenset({"ramadan", "friday_noon"}))
    found = ask(make_request(rhythm=frozenset({"friday_noon", "monday"})), woman)
    (candidate,) = found.listed
    assert [(one.code, dict(one.facts)) for one in candidate.flags] == [
        ("A6", {"found": ("friday_noon",)})
    ]


def accredited(state: str, lapses_on: date | None = None, network: str = "nwm") -> Mediator:
    return make_mediator(accreditations=(Accreditation(network, state, TODAY, lapses_on),))


@pytest.mark.parametrize(
    ("mediator", "changes", "state", "codes"),
    [
        (accredited("accredited"), {}, LISTED, []),
        (accredited("needs_update"), {}, LISTED, []),
        (accredited("accredited", TODAY + days(1)), {}, LISTED, []),
        (accredited("accredited", TODAY), {}, NEAR, ["V2"]),
        (accredited("accredited", date(2025, 12, 1)), {}, NEAR, ["V2"]),
        (accredited("accredited", date(2025, 11, 30)), {}, OUT, ["V2"]),
        (accredited("interviewed"), {}, NEAR, ["V1"]),
        (accredited("self_declared"), {}, NEAR, ["V1"]),
        (accredited("draft"), {}, OUT, ["V1"]),
        (accredited("withdrawn"), {}, OUT, ["V1"]),
        (make_mediator(accreditations=()), {}, OUT, ["V1"]),
        (make_mediator(accreditations=()), {"accreditation_floor": "none"}, LISTED, []),
        (accredited("interviewed"), {"accreditation_floor": "interviewed"}, LISTED, []),
        (accredited("documents_checked"), {"accreditation_floor": "interviewed"}, NEAR, ["V1"]),
        (accredited("accredited", TODAY), {"accreditation_floor": "interviewed"}, LISTED, []),
        (accredited("accredited"), {"networks": frozenset({"nwm"})}, LISTED, []),
        (accredited("accredited"), {"networks": frozenset({"mwmn"})}, OUT, ["V1"]),
    ],
)
def test_accreditation(
    mediator: Mediator, changes: dict[str, Any], state: State, codes: list[str]
) -> None:
    assert judge(make_request(**changes), mediator) == (state, codes)
