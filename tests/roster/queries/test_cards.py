"""Her card says what an answer says of her, and nothing that a card may not say."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

from matching import (
    Accreditation,
    Availability,
    Columns,
    Consent,
    Declaration,
    Grade,
    Language,
    LanguageWish,
    Mediator,
    Nationality,
    Place,
    PlaceWish,
    Post,
    Request,
    Skill,
    Source,
    ThemeWish,
    answer,
)
from roster.queries.cards import Card, CardItem, card_of
from roster.services.card_evidence import put_on_card
from roster.visibility import Viewer
from roster.vocabulary import load_vocabulary

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
BY_COORDINATOR = Source("coordinator", date(2026, 10, 7), "nwm")
HER = Mediator(
    id=7,
    consents=tuple(
        Consent(purpose, NOW + timedelta(days=300))
        for purpose in ("membership_file", "matching", "card")
    ),
    networks=("nwm",),
    accreditations=(Accreditation("nwm", "accredited", date(2025, 3, 9), date(2027, 3, 9)),),
    nationalities=(Nationality("NOR"),),
    residence="SWE",
    birth_band="40_49",
    seniority=Skill("senior", source=Source("self", date(2026, 11, 2))),
    tracks=(Skill("II", Grade.CONFIRMED, source=BY_COORDINATOR),),
    roles_held=(Skill("facilitator", Grade.CONFIRMED, source=BY_COORDINATOR),),
    themes=(Skill("ceasefire", depth=2), Skill("youth")),
    places=(Place("KEN"), Place("UGA"), Place("COL")),
    languages=(
        Language("fra", 5, 5, as_entered="UN-III", grade=Grade.CONFIRMED, source=BY_COORDINATOR),
        Language("swh", as_entered="courant"),
    ),
    availability=Availability(
        "available",
        NOW - timedelta(days=20),
        NOW + timedelta(days=70),
        window_to=date(2027, 6, 30),
        notice_days=7,
        days_per_month=10,
        modalities=frozenset({"in_person"}),
    ),
    declaration=Declaration(date(2026, 11, 1), frozenset()),
)


def test_the_card_is_exact_in_codes_and_banded_in_place_and_time() -> None:
    assert card_of(HER, now=NOW) == Card(
        tracks=(CardItem("II", Grade.CONFIRMED, "coordinator", depth=1),),
        roles=(CardItem("facilitator", Grade.CONFIRMED, "coordinator", depth=1),),
        themes=(
            CardItem("ceasefire", Grade.STATED, "self", depth=2),
            CardItem("youth", Grade.STATED, "self", depth=1),
        ),
        languages=(
            CardItem("fra", Grade.CONFIRMED, "coordinator", level=5, as_entered="UN-III"),
            CardItem("swh", Grade.STATED, "self", as_entered="courant"),
        ),
        seniority=CardItem("senior", Grade.STATED, "self"),
        regions=("005", "014"),
        status="available",
        confirmed_month=date(2026, 11, 1),
        confirmed_by="self",
        notice_days=7,
        accredited_since=2025,
    )


def test_what_an_answer_says_of_her_stands_on_her_card() -> None:
    start = date(2027, 1, 10)
    post = Post(
        "p1",
        roles=("facilitator",),
        tracks=("II",),
        themes=(ThemeWish(("ceasefire",)),),
        languages=(LanguageWish(("fra",)),),
        places=(PlaceWish(("KEN",), grade=Grade.STATED),),
    )
    request = Request("R", start, start + timedelta(days=30), (post,))
    columns = Columns.build([HER], load_vocabulary())
    [candidate] = answer(columns, request, NOW).listed
    said = {each.criterion: put_on_card(each).facts for each in candidate.evidence}
    card = card_of(HER, now=NOW)

    assert said["theme"]["found"] == card.themes[0].code
    assert said["theme"]["depth"] == card.themes[0].depth
    assert said["role"]["found"] == card.roles[0].code
    assert said["track"]["found"] == card.tracks[0].code
    assert said["language"]["level_found"] == card.languages[0].level
    assert said["language"]["as_entered"] == card.languages[0].as_entered
    assert set(said["region"]["found"]) <= set(card.regions)  # type: ignore[arg-type]
    assert said["freshness"]["confirmed_at"].date() == card.confirmed_month  # type: ignore[union-attr]
    assert said["accreditation"]["on"].year == card.accredited_since  # type: ignore[union-attr]


def test_an_expired_answer_is_unknown_on_the_card_from_that_instant_on() -> None:
    assert HER.availability is not None
    until = HER.availability.valid_until
    seen = [card_of(HER, now=at) for at in (until - timedelta(seconds=1), until)]

    assert [(card.status, card.notice_days) for card in seen] == [
        ("available", 7),
        ("unknown", None),
    ]


def test_a_viewer_without_any_right_gets_an_empty_card() -> None:
    for viewer in (Viewer.PUBLIC, Viewer.OTHER_COORDINATOR):
        card = card_of(HER, now=NOW, viewer=viewer)
        assert card == Card(), [field.name for field in fields(card)]
