"""Pairs as tests of joining need them: who is asked, who may judge, and how each then stands."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.facts import load_mediators
from roster.models import Account, CrossSuspicion, Mediator, Merge
from roster.permissions import Actor
from roster.services.asking_pairs import answer_pair
from roster.services.judging_pairs import judge_pair
from tests.pair_factories import add_listed, add_own_account, agree, coordinator, suspect

NWM, MWMN = coordinator("nwm", 91), coordinator("mwmn", 92)
NETWORKS = ("nwm", "mwmn")
Asked = tuple[Mediator, Mediator, Actor, CrossSuspicion]
Listed = tuple[Mediator, Mediator, CrossSuspicion]


def add_offices(session: Session) -> None:
    """The accounts of those who act for a network here."""
    for number in (91, 92, 93):
        session.add(
            Account(
                id=number,
                email=f"office{number}@example.org",
                email_digest=f"office {number}",
                display_name=f"Invented office {number}",
                created_at=clock.now(),
            )
        )
    session.flush()


def answer(
    session: Session, her: Mediator, actor: Actor, row: CrossSuspicion, *, is_me: bool
) -> bool:
    return answer_pair(
        session, actor=actor, mediator_id=her.id, pair_id=row.id, expected_version=0, is_me=is_me
    )


def judge(session: Session, actor: Actor, row: CrossSuspicion, *, is_same: bool) -> Merge | None:
    return judge_pair(
        session, actor=actor, pair_id=row.id, expected_version=row.version, is_same=is_same
    )


def make_asked(session: Session) -> Asked:
    """She has an account, and another network lists her under the same mailbox and has no answer."""
    one = add_listed(session, "nwm", email="a@example.org")
    other = add_listed(
        session, "mwmn", email="a@example.org", has_own_record=False, consents=False,
        availability=False, declares=False, safety_class=2,
    )  # fmt: skip
    _, actor = add_own_account(session, one, "a@example.org")
    add_listed(session, "awmn")
    row = suspect(session, one, other, NETWORKS, state="asked", asked_at=clock.now())
    return one, other, actor, row


def make_listed(session: Session) -> Listed:
    """Two networks agreed to compare; neither woman has an account, both are of class 1."""
    one, other = add_listed(session, "nwm"), add_listed(session, "mwmn")
    agree(session, *NETWORKS)
    return one, other, suspect(session, one, other, NETWORKS)


def describe_stand(session: Session, her: Mediator) -> dict[str, Any]:
    """What of her decides who may see her."""
    facts = next(iter(load_mediators(session, ids=[her.id])))
    return {
        "class": her.safety_class,
        "hidden": her.is_hidden,
        "paused": her.paused_until,
        "hold": her.has_integrity_hold,
        "consents": sorted(one.purpose for one in facts.consents),
        "available": facts.availability is not None,
        "covers": sorted(facts.declaration.covers) if facts.declaration else None,
    }
