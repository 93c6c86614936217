"""Which names may be shown to a requester at this moment; asked anew at every viewing.

A release is live for its time, and only while her yes stands: not once she has withdrawn it, has
hidden herself, has left or died, is suspended, or has taken back a consent that it rests on. Once she
has taken back that she is named, a later yes to somebody else does not bring an earlier release back.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from roster.models import Approach, Clearance, Consent, Mediator, Membership, Release

RESTS_ON = ("membership_file", "matching", "card", "naming")
"""Purposes without which her name is not shown."""
BARRING = ("suspended", "deceased")
"""States of an accreditation that end it everywhere."""
HIDDEN_CLASS = 3


def list_live_releases(session: Session, request_id: int, now: datetime) -> dict[int, Release]:
    """By mediator, the releases of one request under which her name may be shown now."""
    rows = session.execute(
        select(Approach.mediator_id, Release)
        .join(Approach, Approach.id == Release.approach_id)
        .join(Mediator, Mediator.id == Approach.mediator_id)
        .where(Approach.request_id == request_id, is_live(now))
    )
    return {row.mediator_id: row.Release for row in rows}


def is_live(now: datetime) -> ColumnElement[bool]:
    """Of a release joined with its approach and mediator: whether it shows anything at ``now``."""
    her = Approach.mediator_id
    consents = (
        select(func.count(func.distinct(Consent.purpose)))
        .where(
            Consent.mediator_id == her,
            Consent.purpose.in_(RESTS_ON),
            Consent.withdrawn_at.is_(None),
            Consent.valid_until > now,
        )
        .scalar_subquery()
    )
    taken_back = exists().where(
        Consent.mediator_id == her,
        Consent.purpose == "naming",
        Consent.withdrawn_at >= Release.released_at,
    )
    barred = exists().where(Membership.mediator_id == her, Membership.accreditation.in_(BARRING))
    put_forward = exists().where(
        Clearance.mediator_id == her,
        Clearance.request_id == Approach.request_id,
        Clearance.kind == "put_forward",
    )
    return (
        Release.withdrawn_at.is_(None)
        & (Release.released_at <= now)
        & (Release.ends_at > now)
        & Approach.state.in_(("released", "selected"))
        & (Mediator.state == "active")
        & Mediator.is_hidden.is_(False)
        & Mediator.has_integrity_hold.is_(False)
        & or_(Mediator.safety_class < HIDDEN_CLASS, put_forward)
        & (consents == len(RESTS_ON))
        & ~taken_back
        & ~barred
    )


def has_taken_back(session: Session, mediator_id: int, since: datetime) -> bool:
    """Whether she has taken back since an instant that she is named."""
    found = select(Consent.id).where(
        Consent.mediator_id == mediator_id,
        Consent.purpose == "naming",
        Consent.withdrawn_at >= since,
    )
    return session.scalar(found.limit(1)) is not None
