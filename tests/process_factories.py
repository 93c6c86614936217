"""Invented processes of requesters, with a phase and an objection, and entries of the directory."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.models import (
    Account,
    Clearance,
    FocalPoint,
    MatchRequest,
    Mediator,
    Objection,
    Process,
    ProcessPhase,
)
from tests.factories import canary
from tests.walls.words import dress


def add_process(
    session: Session, account: Account, woman: Mediator, *, number: int = 1, **values: Any
) -> tuple[Process, Objection]:
    """A process of ``account`` with a canary in its title; its one side objects to ``woman``."""
    process = Process(
        code=f"P-26-T{number:04d}",
        account_id=account.id,
        title=dress(canary("process_title", number)),
        countries=["SSD"],
        parties=[
            {"code": "movement", "country": None, "stance": "party", "name": "", "offices": []}
        ],
        sensitivity="restricted",
        created_at=clock.now(),
        **values,
    )
    session.add(process)
    session.flush()
    now = clock.now()
    phase = ProcessPhase(process_id=process.id, phase="ceasefire", since=now.date(), noted_at=now)
    objection = Objection(
        process_id=process.id, mediator_id=woman.id, party_code="movement", noted_at=now
    )
    session.add_all([phase, objection])
    session.flush()
    return process, objection


def add_focal_point(session: Session, country: str = "NOR") -> FocalPoint:
    """An entry of the directory."""
    row = FocalPoint(
        country=country, office="An invented office", as_of=clock.now().date(), source="a list"
    )
    session.add(row)
    session.flush()
    return row


def add_clearance(
    session: Session, request: MatchRequest, woman: Mediator, network: str
) -> Clearance:
    """Her network's word that a held conflict of hers does not bar her from this request."""
    row = Clearance(
        request_id=request.id,
        mediator_id=woman.id,
        kind="cleared",
        network_code=network,
        given_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return row
