"""Which of her networks is asked whether she may be released: one, and always the same one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from roster import clock
from roster.facts.standing import NO_MEMBER
from roster.models import Membership

BEST_FIRST = ("accredited", "needs_update")


def choose_network(
    session: Session, mediator_id: int, *, asked: Collection[str] = ()
) -> str | None:
    """A network of which she is a member today: one that the request asks, if any; then one that
    has accredited her; then the one she has been in longest. None where she has no network."""
    rows = session.scalars(
        select(Membership).where(Membership.mediator_id == mediator_id, _stands())
    )
    best = min(rows, key=lambda row: _order(row, asked), default=None)
    return None if best is None else best.network_code


def list_without_network(session: Session, mediator_ids: Iterable[int]) -> set[int]:
    """Of these women those who are a member nowhere today: came by an open call, or left. Nobody can
    give a network's word for them, so that they cannot be asked."""
    wanted = set(mediator_ids)
    members = select(Membership.mediator_id).where(
        Membership.mediator_id.in_(sorted(wanted)), _stands()
    )
    return wanted - set(session.scalars(members))


def _stands() -> ColumnElement[bool]:
    """Of a membership: whether she is a member today."""
    return Membership.accreditation.not_in(sorted(NO_MEMBER)) & or_(
        Membership.ended_on.is_(None), Membership.ended_on > clock.now().date()
    )


def _order(row: Membership, asked: Collection[str]) -> tuple[bool, bool, str, str]:
    return (
        row.network_code not in asked,
        row.accreditation not in BEST_FIRST,
        row.since or "9999",
        row.network_code,
    )
