"""The examples of the product one by one, and what each rule takes in besides them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching import (
    Declaration,
    Exclusions,
    Interest,
    LanguageWish,
    Mediator,
    Nationality,
    Party,
    PlaceWish,
    Request,
    State,
    ThemeWish,
)
from tests.matching.builders import TODAY, ask, judge, make_mediator, make_post, make_request

LISTED, NEAR, OUT = State.LISTED, State.NEAR_MISS, State.EXCLUDED
ARMY, GUARANTOR = Party("army", "SSD"), Party("guarantor", "FRA", "guarantor")
CO_MEDIATOR = make_request(make_post(roles=("co_mediator",), tracks=("I",)))
INSIDER = make_request(make_post(tracks=("III",), origin="insider", origin_is_hard=True))
BOTH_PASSPORTS = make_mediator(nationalities=(Nationality("NOR"), Nationality("FRA")))


def excluding(**rules: Any) -> Request:
    return make_request(exclusions=Exclusions(frozenset({"FRA"}), **rules))


def tied(*interests: Interest, **changes: Any) -> Mediator:
    return make_mediator(interests=interests, **changes)


def national(country: str, **changes: Any) -> Mediator:
    return make_mediator(nationalities=(Nationality(country),), **changes)


def say(request: Request, mediator: Mediator) -> tuple[State, list[str]]:
    """Return the state, and the codes of what is not passed or flagged."""
    state, codes = judge(request, mediator)
    flags = [flag.code for one in ask(request, mediator).listed for flag in one.flags]
    return state, codes + flags


EXAMPLES: dict[str, tuple[Request, Mediator, State, list[str]]] = {
    "national of a party state as insider for Track III": (INSIDER, national("SSD"), LISTED, []),
    "same person as Track I co-mediator": (CO_MEDIATOR, national("SSD"), OUT, ["C1"]),
    "second passport of an excluded state": (excluding(), BOTH_PASSPORTS, OUT, ["C1"]),
    "second passport, flag only": (
        excluding(second_passport_flag_only=True),
        BOTH_PASSPORTS,
        LISTED,
        ["C2"],
    ),
    "former minister of a party state 7 years ago, look-back 5": (
        make_request(),
        tied(Interest("office", "SSD", None, date(2016, 1, 1), date(2019, 12, 1))),
        LISTED,
        ["C4"],
    ),
    "husband in a party's army": (
        make_request(parties=(ARMY,)),
        tied(Interest("kin", party="army")),
        OUT,
        ["C5"],
    ),
    "salary from an NGO paid by a guarantor state": (
        make_request(parties=(Party("gov", "SSD"), GUARANTOR)),
        tied(Interest("funding", "FRA")),
        LISTED,
        ["C5"],
    ),
    "public petition against one party": (
        make_request(),
        tied(Interest("public_statement", party="gov", started_on=date(2024, 5, 2))),
        LISTED,
        ["C7"],
    ),
    "a surname equal to a minister's, no relation": (make_request(), make_mediator(), LISTED, []),
    "residence is not nationality": (
        excluding(),
        national("NOR", residence="FRA"),
        LISTED,
        [],
    ),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_conflict_of_interest_come_out_right(example: str) -> None:
    request, mediator, state, codes = EXAMPLES[example]
    assert say(request, mediator) == (state, codes)


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        *((kind, "C4") for kind in ("office", "party_post")),
        *((kind, "C4") for kind in ("security_service", "government_employment")),
        *((kind, "C5") for kind in ("kin", "funding", "business", "future_employment")),
    ],
)
def test_each_kind_of_tie_keeps_her_out_with_a_party_and_is_said_of_a_third_side(
    kind: str, code: str
) -> None:
    third = make_request(parties=(Party("gov", "SSD"), GUARANTOR))
    assert say(make_request(), tied(Interest(kind, "SSD"))) == (OUT, [code])
    assert say(third, tied(Interest(kind, party="guarantor"))) == (LISTED, [code])
    assert say(make_request(), tied(Interest(kind, "KEN"))) == (LISTED, [])
    assert say(make_request(), tied(Interest(kind))) == (NEAR, ["N0"])
    nobody = make_request(parties=(GUARANTOR,))
    assert say(nobody, tied(Interest(kind), declaration=None)) == (LISTED, [])


@pytest.mark.parametrize(
    ("kind", "code"), [("office", "C4"), ("kin", "C5"), ("public_statement", "C7")]
)
def test_of_two_ties_the_worse_one_decides(kind: str, code: str) -> None:
    old = Interest(kind, "SSD", ended_on=date(2010, 1, 1))
    now = Interest(kind, "SSD")
    third = make_request(parties=(Party("gov", "SSD"), GUARANTOR))
    for ties in ((old, now), (now, old)):
        state = LISTED if code == "C7" else OUT
        assert say(make_request(), tied(*ties)) == (state, [code])
    assert say(third, tied(Interest(kind, "FRA"))) == (LISTED, [code])


def test_what_she_declared_is_said_to_be_clear_and_silence_is_not() -> None:
    said = {
        one.criterion
        for candidate in ask(make_request(), make_mediator()).listed
        for one in candidate.evidence
    }
    assert {"declaration", "office", "held_interest", "refused", "public_statement"} <= said
    silent = ask(make_request(), make_mediator(declaration=None)).near_misses[0]
    assert {"office", "held_interest"}.isdisjoint(one.criterion for one in silent.evidence)


def test_the_funnel_names_what_is_asked_and_nothing_else() -> None:
    least = make_request(
        parties=(), notice_days=None, days_per_month=None, place=None, accreditation_floor="none"
    )
    always = ["suspension", "integrity", "pause", "freshness", "window", "modality"]
    assert [step.gate for step in ask(least).funnel] == always
    most = make_request(
        make_post(
            roles=("observer",), tracks=("II",), phases=("ceasefire",), trainings=("security",),
            places=(PlaceWish(("KEN",)),), themes=(ThemeWish(("borders",)),),
            languages=(LanguageWish(("eng",)), LanguageWish(("fra",))), seniority="mid",
            origin="insider", origin_is_hard=True, community="nuer",
        ),
        rhythm=frozenset({"friday_noon"}),
        exclusions=Exclusions(frozenset({"FRA"}), residences=frozenset({"FRA"})),
    )  # fmt: skip
    assert [step.gate for step in ask(most).funnel] == [
        *always[:5], "notice", "days_per_month", "modality", "place", "rhythm", "accreditation",
        "role", "track", "phase", "region", "theme", "language", "language", "seniority",
        "training", "origin", "community", "declaration", "nationality", "residence", "office",
        "held_interest", "refused", "public_statement",
    ]  # fmt: skip


def test_what_is_no_rule_of_the_request_is_not_asked_to_be_declared() -> None:
    unknown = make_mediator(nationalities=None, residence=None, declaration=None)
    request = make_request(parties=(), modality="remote")
    assert say(request, unknown) == (LISTED, [])
    residences = make_request(parties=(), exclusions=Exclusions(residences=frozenset({"FRA"})))
    assert say(residences, replace(make_mediator(), declaration=None)) == (LISTED, [])
    assert say(residences, tied(Interest("office"), declaration=None)) == (LISTED, [])
    former = make_mediator(nationalities=(Nationality("NOR"), Nationality("KEN", False)))
    assert say(excluding(former_within_years=5), former) == (LISTED, [])


def test_an_office_with_an_excluded_giver_counts_by_its_country_and_by_its_party() -> None:
    covers = Declaration(TODAY, frozenset({"SSD", "igad"}))
    request = make_request(exclusions=Exclusions(offices=frozenset({"igad"})))
    woman = tied(Interest("office", party="igad"), declaration=covers)
    assert say(request, woman) == (OUT, ["C4"])
    assert say(request, replace(woman, interests=(Interest("kin", party="igad"),))) == (LISTED, [])
