"""Alarms: unusual asking or reading, told to coordinators in codes; and what stops it.

An alarm is an audit event of its own kind, so it can be neither edited nor lost. It names no
person: a code, how often, and the networks that it concerns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.models import AuditEvent, ReadEvent
from roster.permissions import Actor
from roster.services.sign_in import raise_counter
from roster.services.trail import add_audit

MOST_READINGS = 300
READ_WITHIN = timedelta(minutes=10)
"""So many women one account may look at in so long; whoever is looked at twice counts once."""
LOOK_UPS_A_DAY = 60
"""Why-not look-ups of one account within a day (UTC)."""
DAY = timedelta(days=1)
KIND = "alarm"


def raise_alarm(
    session: Session,
    *,
    actor: Actor,
    code: str,
    about: int | None,
    count: int,
    networks: Iterable[str] = (),
) -> None:
    """Note an alarm; no network named means that it concerns all."""
    add_audit(
        session,
        actor=actor,
        action=f"alarm.{code}",
        subject_kind=KIND,
        subject_id=about,
        detail={"runs": count, "networks": sorted(networks)},
    )


def may_read(
    session: Session, *, actor: Actor, mediator_ids: Collection[int], now: datetime
) -> bool:
    """Whether this account may look at these women too; the first time not, an alarm is noted.

    Counted in the read log, so that it holds over all workers and over a restart.
    """
    if actor.account_id is None:
        return True
    lately = (ReadEvent.account_id == actor.account_id, ReadEvent.at > now - READ_WITHIN)
    seen = select(ReadEvent.mediator_id).where(*lately).distinct()
    count = session.scalar(select(func.count()).select_from(seen.subquery())) or 0
    if count + len(mediator_ids) > MOST_READINGS:
        count = len({*session.scalars(seen), *mediator_ids})
    if count <= MOST_READINGS:
        return True
    if not _was_raised(session, "many_readings", actor.account_id, now - READ_WITHIN):
        raise_alarm(
            session,
            actor=actor,
            code="many_readings",
            about=actor.account_id,
            count=count,
            networks=actor.coordinates,
        )
    return False


def _was_raised(session: Session, code: str, about: int, since: datetime) -> bool:
    found = select(AuditEvent.id).where(
        AuditEvent.subject_kind == KIND,
        AuditEvent.subject_id == about,
        AuditEvent.action == f"alarm.{code}",
        AuditEvent.at > since,
    )
    return session.scalar(found.limit(1)) is not None


def count_look_up(session: Session, *, actor: Actor) -> bool:
    """Count one look-up before it is made; False when there were too many today."""
    if actor.account_id is None:
        return True
    tries = raise_counter(session, f"look_up:{actor.account_id}", window=DAY)
    if tries == LOOK_UPS_A_DAY + 1:
        raise_alarm(
            session,
            actor=actor,
            code="many_look_ups",
            about=actor.account_id,
            count=tries,
            networks=actor.coordinates,
        )
    return tries <= LOOK_UPS_A_DAY
