"""A standing answer made shorter or longer in place: its own end, or the last day it names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused, StaleVersion
from roster.models import Availability
from roster.permissions import Actor
from roster.services.availability import (
    OUTWEIGHS,
    authorise,
    describe,
    get_standing,
    read_statement,
    state_availability,
)
from roster.services.reminders import stop_reminders
from roster.services.trail import trace_mediator


def end_earlier(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    ends_at: datetime | None,
    expected_id: int | None = None,
) -> Availability:
    """Let the standing answer end sooner than its life: from then on it is unknown.

    ``ends_at`` None: now. ``expected_id`` None: whichever stands. Nobody but she ends her own. What ends at once is marked
    at once: she knows, and need not be told that it has run out.
    """
    mediator, confirmed_by = authorise(session, actor, mediator_id)
    standing = get_standing(session, mediator_id)
    if standing is None or standing.confirmed_by == "import":
        raise Refused("nothing_to_renew")
    if expected_id not in (None, standing.id):
        raise StaleVersion(describe(standing), {"valid_until": ends_at})
    if standing.confirmed_by not in OUTWEIGHS[confirmed_by]:
        raise Refused("only_she_ends_hers")
    now = clock.now()
    end = ends_at or now
    if end < now:
        raise Refused("end_in_the_past")
    if end > standing.valid_until:
        raise Refused("end_outside_life")
    standing.valid_until = end
    standing.expired_at = now if ends_at is None else None
    session.flush()
    stop_reminders(session, mediator.id, "availability")
    trace_mediator(
        session, actor, mediator.id, "availability.shortened", {"availability": standing.id}
    )
    return standing


def move_last_day(
    session: Session, *, actor: Actor, mediator_id: int, expected_id: int, last_day: date | None
) -> Availability:
    """Say the standing answer again with a later or an earlier last day; None: no end is known."""
    authorise(session, actor, mediator_id)
    standing = get_standing(session, mediator_id)
    if standing is None or standing.confirmed_by == "import":
        raise Refused("nothing_to_renew")
    return state_availability(
        session,
        actor=actor,
        mediator_id=mediator_id,
        expected_id=expected_id,
        statement=replace(read_statement(standing), window_to=last_day),
    )
