"""Which network shows which cards to whom, today."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, aliased

from roster.errors import NotFound
from roster.models import Mediator, Membership, Network, Record, Sharing
from roster.permissions import Subject
from roster.queries.leaving import left_records

NO_MEMBER = ("withdrawn", "deceased", "merged")
"""States of an accreditation in which she is no member any more."""


def list_partners(session: Session, networks: Collection[str]) -> Sequence[str]:
    """Codes of the networks with members that are none of ``networks``."""
    others = select(Network.code).where(Network.has_members, Network.code.not_in(networks))
    return session.scalars(others.order_by(Network.code)).all()


def list_sharing(session: Session, networks: Collection[str]) -> Sequence[Sharing]:
    """What these networks show to others today."""
    return session.scalars(
        select(Sharing)
        .where(Sharing.network_code.in_(networks), Sharing.ended_on.is_(None))
        .order_by(Sharing.network_code, Sharing.with_code, Sharing.safety_class)
    ).all()


def sharing_subject(session: Session, sharing_id: int) -> Subject:
    """What the permission table needs of one decision to share; NotFound when there is none."""
    sharing = session.get(Sharing, sharing_id)
    if sharing is None:
        raise NotFound
    return Subject(network_code=sharing.network_code)


def list_shared_ids(
    session: Session, networks: Collection[str], today: date
) -> dict[str, list[int]]:
    """Per network that shares with one of ``networks`` the women whose class it shares.

    Not those whom it keeps to itself, who are leaving it, or who are members of ``networks`` as
    well: their coordinators would learn of her other network. Whether a card may be shown at all
    is asked elsewhere.
    """
    own = aliased(Membership)
    theirs = select(own.mediator_id).where(own.network_code.in_(networks))
    found = session.execute(
        _select_shared(today)
        .where(Sharing.with_code.in_(networks), Membership.mediator_id.not_in(theirs))
        .where(Sharing.network_code.not_in(networks))
        .with_only_columns(Sharing.network_code, Membership.mediator_id)
        .distinct()
        .order_by(Sharing.network_code, Membership.mediator_id)
    )
    shared: dict[str, list[int]] = {}
    for code, mediator_id in found:
        shared.setdefault(code, []).append(mediator_id)
    return shared


def list_who_see(session: Session, mediator_id: int, today: date) -> list[str]:
    """Codes of the networks to which her card is shown by one of hers."""
    own = select(Membership.network_code).where(Membership.mediator_id == mediator_id)
    found = session.scalars(
        _select_shared(today)
        .where(Membership.mediator_id == mediator_id, Sharing.with_code.not_in(own))
        .with_only_columns(Sharing.with_code)
        .distinct()
        .order_by(Sharing.with_code)
    )
    return list(found)


def _select_shared(today: date) -> Select[Sharing]:
    """Decisions that stand, each with the memberships of the women whom it is about."""
    return (
        select(Sharing)
        .join(Membership, Membership.network_code == Sharing.network_code)
        .join(Mediator, Mediator.id == Membership.mediator_id)
        .where(
            Sharing.ended_on.is_(None),
            Mediator.safety_class == Sharing.safety_class,
            Membership.pool == "shared",
            Membership.accreditation.not_in(NO_MEMBER),
            or_(Membership.ended_on.is_(None), Membership.ended_on > today),
            Membership.mediator_id.not_in(_left_mediators()),
        )
    )


def _left_mediators() -> Select[int]:
    return select(Record.mediator_id).where(Record.id.in_(left_records()))
