"""Calls and applications that somebody may see; whether a call is open asks the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import permissions
from roster.encryption import keyring
from roster.errors import NotFound
from roster.local_days import local_day
from roster.models import Application, Network, OpenCall
from roster.permissions import Actor, Permission, Subject

UNDECIDED = ("invited", "begun", "submitted")
READABLE = ("submitted", "refused")
"""What she has handed in. Before that it is hers alone, and after acceptance her record says it."""
MOST_CALLS = 100


def call_subject(session: Session, call_id: int) -> Subject:
    """What the permission table needs of a call; NotFound when there is none."""
    call = session.get(OpenCall, call_id)
    if call is None:
        raise NotFound
    return Subject(network_code=call.network_code)


def application_subject(session: Session, application_id: int) -> Subject:
    """What the permission table needs of an application; NotFound when there is none."""
    application = session.get(Application, application_id)
    if application is None:
        raise NotFound
    return Subject(network_code=application.network_code)


def judge_call(call: OpenCall, time_zone: str, now: datetime) -> str:
    """early, open, over (its last day has passed) or ended (by a coordinator)."""
    if call.ended_at is not None:
        return "ended"
    today = local_day(now, time_zone)
    if today < call.opens_on:
        return "early"
    return "over" if today > call.closes_on else "open"


def find_open_call(session: Session, *, slug: str, now: datetime) -> OpenCall | None:
    """The call at this address, if it takes applications now."""
    row = session.execute(
        select(OpenCall, Network.time_zone)
        .join(Network, Network.code == OpenCall.network_code)
        .where(OpenCall.slug == slug)
    ).one_or_none()
    if row is None or judge_call(row[0], row[1], now) != "open":
        return None
    call: OpenCall = row[0]
    return call


def find_undecided(session: Session, *, network_code: str, email: str) -> Application | None:
    """What this network has from this address and has not decided on, the newest."""
    return session.scalar(
        select(Application)
        .where(
            Application.network_code == network_code,
            Application.email_digest == keyring().digest(email),
            Application.state.in_(UNDECIDED),
        )
        .order_by(Application.id.desc())
        .limit(1)
    )


def list_calls(
    session: Session, network_codes: Sequence[str], now: datetime
) -> list[tuple[OpenCall, str]]:
    """The calls of these networks, newest first, each with its state (``judge_call``)."""
    rows = session.execute(
        select(OpenCall, Network.time_zone)
        .join(Network, Network.code == OpenCall.network_code)
        .where(OpenCall.network_code.in_(network_codes))
        .order_by(OpenCall.created_at.desc(), OpenCall.id.desc())
        .limit(MOST_CALLS)
    )
    return [(call, judge_call(call, time_zone, now)) for call, time_zone in rows]


def list_applications(
    session: Session, network_codes: Sequence[str], *, state: str
) -> list[Application]:
    """The applications of these networks in one state, those that have waited longest first."""
    waiting_since = func.coalesce(Application.submitted_at, Application.created_at)
    return list(
        session.scalars(
            select(Application)
            .where(Application.network_code.in_(network_codes), Application.state == state)
            .order_by(waiting_since, Application.id)
        )
    )


def count_begun(session: Session, network_codes: Sequence[str]) -> int:
    """How many have begun an application and not handed it in."""
    begun = select(func.count(Application.id)).where(
        Application.network_code.in_(network_codes), Application.state == "begun"
    )
    return session.scalar(begun) or 0


def get_application(session: Session, *, actor: Actor, application_id: int) -> Application:
    """One application that was handed in, if the actor may read it."""
    subject = application_subject(session, application_id)
    if not permissions.decide(Permission.READ_APPLICATION, actor, subject):
        raise NotFound
    application = session.get_one(Application, application_id)
    if application.state not in READABLE:
        raise NotFound
    return application
