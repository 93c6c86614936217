"""A network takes another's accreditation as its own, for women who are members of both.

It is the receiving network's choice alone, may be ended on any day, and says nothing of women who
are not its members.
"""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused
from roster.models import Membership, Network, Recognition
from roster.permissions import Actor, Permission, Subject
from roster.services.trail import add_audit, add_changes, require


def recognise(
    session: Session, *, actor: Actor, network_code: str, recognised_code: str
) -> Recognition:
    """From today on the other's accreditation counts here. Refused if it does already."""
    require(Permission.KEEP_RECOGNITION, actor, Subject(network_code=network_code))
    other = session.get(Network, recognised_code)
    if other is None or not other.has_members or recognised_code == network_code:
        raise Refused("not_a_choice")
    row = session.scalars(
        select(Recognition).where(
            Recognition.network_code == network_code,
            Recognition.recognised_code == recognised_code,
        )
    ).one_or_none()
    if row is not None and row.ended_on is None:
        raise Refused("recognised_already")
    if row is None:
        row = Recognition(network_code=network_code, recognised_code=recognised_code)
        session.add(row)
    row.since, row.ended_on, row.decided_by = clock.now().date(), None, actor.account_id
    _tell(session, actor, row, "recognition.given")
    return row


def end_recognition(
    session: Session, *, actor: Actor, recognition_id: int, expected_version: int
) -> Recognition:
    """From now on the other's accreditation counts there alone."""
    row = session.get(Recognition, recognition_id)
    if row is None:
        raise NotFound
    require(Permission.KEEP_RECOGNITION, actor, Subject(network_code=row.network_code))
    if row.version != expected_version or row.ended_on is not None:
        raise Refused("recognition_changed")
    row.ended_on, row.decided_by = clock.now().date(), actor.account_id
    _tell(session, actor, row, "recognition.ended")
    return row


def _tell(session: Session, actor: Actor, row: Recognition, action: str) -> None:
    """The facts of every member of the receiving network may have changed."""
    session.flush()
    members = select(Membership.mediator_id).where(Membership.network_code == row.network_code)
    add_changes(session, list(session.scalars(members)))
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="network",
        network_code=row.network_code,
        detail={"recognised": row.recognised_code},
    )


def list_recognitions(session: Session, networks: tuple[str, ...]) -> list[Recognition]:
    """What these networks recognise, and who recognises them; those that stand."""
    return list(
        session.scalars(
            select(Recognition)
            .where(
                Recognition.ended_on.is_(None),
                or_(
                    Recognition.network_code.in_(networks),
                    Recognition.recognised_code.in_(networks),
                ),
            )
            .order_by(Recognition.network_code, Recognition.recognised_code)
        )
    )
