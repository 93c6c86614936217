"""A network lets another's coordinators see cards of its women: opt-in per network and class."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.local_days import local_day
from roster.models import Network, Sharing
from roster.permissions import Actor, Permission, Subject
from roster.services.trail import add_audit, require

SHARED_CLASSES = (0, 1)
"""Class 2 is a card in the answer to a submitted request only (product, section 9)."""


def share_cards(
    session: Session, *, actor: Actor, network_code: str, with_code: str, safety_class: int
) -> Sharing:
    """Show the cards of one class to the coordinators of another network, from now on.

    Nothing comes back for it: whether the other network shares too is its own choice.
    """
    require(Permission.SHARE_CARDS, actor, Subject(network_code=network_code))
    network, other = session.get(Network, network_code), session.get(Network, with_code)
    if network is None or other is None or not other.has_members or network is other:
        raise Refused("no_such_partner")
    if safety_class not in SHARED_CLASSES:
        raise Refused("class_not_shared")
    sharing = _find(session, network_code, with_code, safety_class)
    if sharing is not None and sharing.ended_on is None:
        return sharing
    if sharing is None:
        sharing = Sharing(network_code=network_code, with_code=with_code, safety_class=safety_class)
        session.add(sharing)
    sharing.since, sharing.ended_on = local_day(clock.now(), network.time_zone), None
    sharing.decided_by = actor.account_id
    session.flush()
    _trace(session, actor, "sharing.begun", sharing)
    return sharing


def end_sharing(
    session: Session, *, actor: Actor, sharing_id: int, expected_version: int
) -> Sharing:
    """Show these cards no longer: from the next request on, also in pages that are open."""
    sharing = session.get(Sharing, sharing_id)
    if sharing is None:
        raise NotFound
    require(Permission.SHARE_CARDS, actor, Subject(network_code=sharing.network_code))
    if sharing.version != expected_version:
        raise StaleVersion({"ended_on": sharing.ended_on}, {"ended_on": "today"})
    if sharing.ended_on is not None:
        raise Refused("sharing_has_ended")
    zone = session.get_one(Network, sharing.network_code).time_zone
    sharing.ended_on, sharing.decided_by = local_day(clock.now(), zone), actor.account_id
    session.flush()
    _trace(session, actor, "sharing.ended", sharing)
    return sharing


def _find(session: Session, network_code: str, with_code: str, safety_class: int) -> Sharing | None:
    return session.scalars(
        select(Sharing).where(
            Sharing.network_code == network_code,
            Sharing.with_code == with_code,
            Sharing.safety_class == safety_class,
        )
    ).one_or_none()


def _trace(session: Session, actor: Actor, action: str, sharing: Sharing) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="sharing",
        subject_id=sharing.id,
        network_code=sharing.network_code,
        detail={"with": sharing.with_code, "safety_class": sharing.safety_class},
    )
