"""Open calls: a network takes applications between two days, at an address that tells nothing."""

from __future__ import annotations

import secrets
from datetime import date

from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.local_days import local_day
from roster.models import Network, OpenCall
from roster.permissions import Actor, Permission, Subject
from roster.services.trail import add_audit, require

LONGEST_DAYS = 366
SLUG_BYTES = 9
"""Random bytes of an address: enough that none can be guessed, few enough to be typed."""


def open_call(
    session: Session, *, actor: Actor, network_code: str, opens_on: date, closes_on: date
) -> OpenCall:
    """Take applications from one day to another, both included, on the clock of the network."""
    require(Permission.KEEP_CALLS, actor, Subject(network_code=network_code))
    network = session.get_one(Network, network_code)
    if closes_on < opens_on:
        raise Refused("window_out_of_order")
    if closes_on < local_day(clock.now(), network.time_zone):
        raise Refused("call_in_the_past")
    if (closes_on - opens_on).days > LONGEST_DAYS:
        raise Refused("call_too_long", days=LONGEST_DAYS)
    call = OpenCall(
        network_code=network_code,
        slug=secrets.token_urlsafe(SLUG_BYTES),
        opens_on=opens_on,
        closes_on=closes_on,
        created_by=actor.account_id,
        created_at=clock.now(),
    )
    session.add(call)
    session.flush()
    _trace(session, actor, "call.opened", call)
    return call


def end_call(session: Session, *, actor: Actor, call_id: int, expected_version: int) -> OpenCall:
    """Take no more applications at this address. Those that were begun may still be handed in."""
    call = session.get(OpenCall, call_id)
    if call is None:
        raise NotFound
    require(Permission.KEEP_CALLS, actor, Subject(network_code=call.network_code))
    if call.version != expected_version:
        raise StaleVersion(_describe(call), {"state": "ended"})
    if call.ended_at is not None:
        raise Refused("call_has_ended")
    call.ended_at = clock.now()
    session.flush()
    _trace(session, actor, "call.ended", call)
    return call


def _describe(call: OpenCall) -> dict[str, object]:
    return {"state": "ended" if call.ended_at else "open"}


def _trace(session: Session, actor: Actor, action: str, call: OpenCall) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="open_call",
        subject_id=call.id,
        network_code=call.network_code,
    )
