"""Conflicts asked again at each step: the gravest finding decides, by the criteria of today."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import Approach, ConflictCheck, Declaration, Mediator
from roster.services.conflict_checks import MOMENTS, check_conflicts, may_go_on
from tests.answer_factories import add_declaration
from tests.approach_factories import add_french, add_office, ask, get_approach

SIDES = [
    {"code": "party_x", "country": "SDN"},
    {"code": "sponsor_y", "country": "NOR", "stance": "sponsor"},
]


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def declare(session: Session, her: Mediator, *interests: dict[str, Any]) -> None:
    session.execute(delete(Declaration).where(Declaration.mediator_id == her.id))
    add_declaration(session, her, covers=["party_x", "SDN"], interests=interests)


@pytest.fixture
def asked(session: Session) -> tuple[Mediator, Approach]:
    her = add_french(session)
    declare(session, her)
    office = add_office(session, parties=SIDES)
    ask(session, office, [her.id])
    return her, get_approach(session, office, her.id)


def check(session: Session, approach: Approach, moment: str = "release") -> ConflictCheck:
    return check_conflicts(session, approach=approach, moment=moment, now=clock.now())


OFFICE = {"kind": "office", "country": "SDN", "started_on": "2020-01-01"}
KIN = {"kind": "kin", "party": "party_x"}
FUNDED = {"kind": "funding", "country": "NOR"}


@pytest.mark.parametrize(
    ("interests", "verdict"),
    [
        ((), "clear"),
        ((FUNDED,), "flag"),
        ((KIN,), "held"),
        ((OFFICE,), "bar"),
        ((KIN, OFFICE, FUNDED), "bar"),
        (({"kind": "office"},), "not_declared"),
    ],
)
def test_the_gravest_finding_is_the_verdict(
    session: Session, asked: tuple[Mediator, Approach], interests: Any, verdict: str
) -> None:
    her, approach = asked
    declare(session, her, *interests)
    found = check(session, approach)
    assert found.verdict == verdict
    assert {one["code"] for one in found.findings} - {""} == {
        "clear": set(),
        "flag": {"C5"},
        "held": {"C5"},
        "bar": {"C4"} if KIN not in interests else {"C4", "C5"},
        "not_declared": {"N0"},
    }[verdict]


def test_what_is_not_declared_lets_her_be_asked_and_nothing_after_that(
    session: Session, asked: tuple[Mediator, Approach]
) -> None:
    her, approach = asked
    session.execute(delete(Declaration).where(Declaration.mediator_id == her.id))
    found = {moment: may_go_on(check(session, approach, moment)) for moment in MOMENTS}
    assert found == {"approach": True, "acceptance": False, "release": False, "deployment": False}


def test_every_check_is_kept_with_her_own_answers_beside_the_codes(
    session: Session, asked: tuple[Mediator, Approach]
) -> None:
    _, approach = asked
    for moment in MOMENTS[1:]:
        check_conflicts(
            session,
            approach=approach,
            moment=moment,
            now=clock.now(),
            answers=[{"side": "party_x", "new": False}],
        )
    rows = session.query(ConflictCheck).order_by(ConflictCheck.id).all()
    assert [row.moment for row in rows] == list(MOMENTS)
    assert [row.findings[-1] for row in rows[1:]] == [
        {"hers": {"side": "party_x", "new": False}}
    ] * 3
