"""Figures from stored events: exact for the network itself, and without small numbers passed on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.models import Approach, Deployment, MatchRequest, Mediator, Run, RunRow
from roster.permissions import ANONYMOUS, Actor
from roster.queries.coverage_bits import NetworkBits
from roster.services.figures import work_out_figures
from roster.services.measures import (
    TOO_FEW,
    Count,
    Hours,
    Measure,
    Part,
    Share,
    Unknown,
    band,
)
from tests.factories import add_account, add_mediator, add_request

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NORDIC = Actor("account", account_id=1, coordinates=frozenset({"nwm"}))
POST: dict[str, Any] = {"code": "one", "roles": ["co_mediator"], "tracks": ["II"]}
Pair = tuple[Measure | None, Measure]


def read(database: Database, network: str | None = "nwm", actor: Actor = NORDIC) -> dict[str, Pair]:
    """Each line's own and passed-on value by its code; a reason's by its gate."""
    now = clock.now()
    with database.reading() as session:
        bits = NetworkBits(network).at(session, now=now)
        report = work_out_figures(session, actor=actor, network=network, bits=bits, now=now)
    return {one.detail or one.code: (one.own, one.passed_on) for one in report.figures}


def add_women(session: Session, count: int, network: str = "nwm", **values: Any) -> list[Mediator]:
    """Women who agreed to be counted."""
    purposes = ("membership_file", "matching", "statistics")
    return [
        add_mediator(session, network=network, consents=purposes, **values) for _ in range(count)
    ]


def add_asked(
    session: Session,
    listed: Iterable[Mediator] | None = (),
    *,
    hours: float = 2,
    submitted_at: datetime | None = None,
    **criteria: Any,
) -> MatchRequest:
    """A submitted request; ``listed`` None: never searched, empty: searched in vain."""
    account = add_account(session)
    request = add_request(session, account, criteria={"posts": [POST], **criteria})
    request.submitted_at = submitted_at or clock.now() - 10 * DAY
    if listed is not None:
        run = Run(
            request_id=request.id,
            n=1,
            at=request.submitted_at + hours * HOUR,
            criteria={},
            weights_version="1",
            funnel=[
                {"gate": "freshness", "asked": [], "fell": 3, "left": 2},
                {"gate": "theme", "asked": [], "fell": 7, "left": 0},
            ],
            considered=10,
            not_visible=0,
            rows=[
                RunRow(
                    handle=f"A{number}",
                    mediator_id=her.id,
                    state="listed",
                    position=number,
                    post="one",
                    points=1.0,
                    out_of=2.0,
                    evidence=[],
                )
                for number, her in enumerate(listed, 1)
            ],
        )
        session.add(run)
    session.flush()
    return request


def add_approach(
    session: Session,
    request: MatchRequest,
    her: Mediator,
    *,
    state: str = "sent",
    sent: float = 100,
    answered: float | None = None,
    network: str = "nwm",
) -> Approach:
    """Sent so many hours ago, answered so many hours later."""
    sent_at = clock.now() - sent * HOUR
    row = Approach(
        code=f"A-26-T{request.id}{her.id}",
        request_id=request.id,
        mediator_id=her.id,
        handle="A1",
        post="one",
        state=state,
        network_code=network,
        terms={},
        created_at=sent_at,
        answer_by=sent_at + 10 * DAY,
        sent_at=sent_at,
        answered_at=None if answered is None else sent_at + answered * HOUR,
    )
    session.add(row)
    session.flush()
    return row


def test_what_has_not_happened_is_unknown_and_never_none(database: Database) -> None:
    found = read(database)
    assert found["fresh"] == (Unknown("no_women"), TOO_FEW)
    for code in ("requests", "hours", "no_match", "lead", "target", "tracks", "gender"):
        assert found[code] == (Unknown("no_requests"), TOO_FEW), code
    for code in ("answered", "approached", "selected", "deployed"):
        assert found[code] == (
            Unknown("no_approaches"),
            TOO_FEW if code == "answered" else Count(None),
        )
    assert found["teams"] == (TOO_FEW, TOO_FEW)


def test_passed_on_are_only_women_who_agreed_and_never_a_small_number(database: Database) -> None:
    with database.writing() as session:
        add_women(session, 7)
        add_women(session, 4, availability=False)
        add_mediator(session)
        add_mediator(session, is_hidden=True)
        add_women(session, 3, network="awmn")
        session.commit()
    assert read(database)["fresh"] == (Part(8, 12), Part(5, 10))  # 7 of 12, rounded down
    assert read(database, None)["fresh"] == (None, Part(10, 15))


def test_requests_tell_their_hours_and_why_some_have_no_fit(database: Database) -> None:
    with database.writing() as session:
        her = add_women(session, 1)[0]
        for hours in (1, 2, 3, 40):
            add_asked(session, [her], hours=hours, target_share=40, networks=["nwm"])
        add_asked(session, (), posts=[{**POST, "roles": ["gender_adviser"], "tracks": ["I"]}])
        add_asked(session, None)
        add_asked(session, [her], networks=["awmn"])
        add_asked(session, [her], submitted_at=clock.now() - 400 * DAY)
        session.commit()
    found = read(database)
    assert found["requests"] == (Count(6), Count(5))
    assert found["hours"] == (Hours(2.5, 40, 4), TOO_FEW)
    assert found["no_match"] == (Part(1, 5), Part(None, 5))
    assert found["theme"] == (Count(1), Count(None))
    assert found["lead"] == (Part(5, 6), Part(5, 5))
    assert found["target"] == (Part(4, 6), Part(None, 5))
    assert found["gender"] == (Part(1, 6), Part(None, 5))
    assert found["tracks"] == (Part(5, 6), Part(5, 5))
    assert read(database, None)["requests"] == (None, Count(5))


def test_an_approach_counts_once_its_72_hours_are_over_or_it_is_answered(
    database: Database,
) -> None:
    with database.writing() as session:
        women = add_women(session, 6)
        request = add_asked(session, women)
        add_approach(session, request, women[0], state="yes", answered=72)
        add_approach(session, request, women[1], state="no", answered=73)
        add_approach(session, request, women[2])
        add_approach(session, request, women[3], sent=71)
        add_approach(session, request, women[4], state="called_off")
        stranger = add_women(session, 1, network="awmn")[0]
        add_approach(session, request, stranger, network="awmn", state="yes", answered=1)
        session.commit()
    assert read(database)["answered"] == (Part(1, 3), TOO_FEW)


def test_each_woman_counts_once_on_the_way_to_a_deployment(database: Database) -> None:
    with database.writing() as session:
        women = add_women(session, 6)
        requests = [add_asked(session, women), add_asked(session, women[:2])]
        chosen = [add_approach(session, one, women[0], state="selected") for one in requests]
        add_approach(session, requests[0], women[1], state="not_selected")
        for approach, state in zip(chosen, ("active", "cancelled"), strict=True):
            today = clock.now()
            session.add(
                Deployment(
                    approach_id=approach.id,
                    state=state,
                    starts_on=today.date(),
                    ends_on=today.date(),
                    created_at=today,
                )
            )
        session.commit()
    found = read(database)
    counts = [found[code] for code in ("proposed", "approached", "selected", "deployed")]
    assert counts == [
        (Count(6), Count(5)),
        (Count(2), Count(None)),
        (Count(1), Count(None)),
        (Count(1), Count(None)),
    ]


def test_the_share_of_women_in_teams_is_told_from_five_teams_on(database: Database) -> None:
    with database.writing() as session:
        for _ in range(4):
            add_asked(session, present_team={"women": 1, "men": 3})
        add_asked(session, present_team={"women": 0, "men": 0})
        session.commit()
    assert read(database)["teams"] == (TOO_FEW, TOO_FEW)
    with database.writing() as session:
        add_asked(session, present_team={"women": 1, "men": 3})
        session.commit()
    assert read(database)["teams"] == (Share(0.25, 5), Share(0.25, 5))


def test_another_networks_figures_are_not_found(database: Database) -> None:
    for actor, network in ((NORDIC, "awmn"), (ANONYMOUS, "nwm"), (ANONYMOUS, None)):
        with pytest.raises(NotFound):
            read(database, network, actor)


@given(st.integers(0, 300), st.integers(0, 300))
def test_nothing_passed_on_tells_a_small_number_or_the_last_digit(part: int, rest: int) -> None:
    for measure in (Count(part), Part(part, part + rest), Hours(1.0, 2.0, part)):
        match band(measure):
            case Count(count):
                assert count is None or (count >= 5 and count % 5 == 0)
            case Part(some, whole):
                assert whole >= 5 and whole % 5 == 0
                assert some is None or (5 <= some <= whole and some % 5 == 0)
            case Hours(cases=cases):
                assert cases >= 5
