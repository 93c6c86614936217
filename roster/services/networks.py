"""A network's own rules, in an administrator's hands. Its names stand in the vocabulary."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import NotFound, Refused, StaleVersion
from roster.local_days import is_time_zone
from roster.models import Network
from roster.permissions import Actor, Permission
from roster.services.trail import add_audit, require

SHORTEST_LIFE, LONGEST_LIFE = 1, 366
"""Days that a woman's own answer may live, as the table holds them."""


def list_networks(session: Session, *, actor: Actor) -> list[Network]:
    """Those that keep members, by code."""
    require(Permission.KEEP_NETWORKS, actor)
    rows = select(Network).where(Network.has_members.is_(True)).order_by(Network.code)
    return list(session.scalars(rows))


def change_network(
    session: Session,
    *,
    actor: Actor,
    network_code: str,
    expected_version: int,
    availability_days: int,
    time_zone: str,
) -> Network:
    """The life of answers given from now on, and the clock of its seat; what stands is not moved."""
    require(Permission.KEEP_NETWORKS, actor)
    network = session.get(Network, network_code)
    if network is None or not network.has_members:
        raise NotFound
    if not is_time_zone(time_zone):
        raise Refused("no_such_time_zone")
    if not SHORTEST_LIFE <= availability_days <= LONGEST_LIFE:
        raise Refused("out_of_range")
    wanted = {"availability_days": availability_days, "time_zone": time_zone}
    held = {"availability_days": network.availability_days, "time_zone": network.time_zone}
    if network.version != expected_version:
        raise StaleVersion(held, wanted)
    network.availability_days, network.time_zone = availability_days, time_zone
    session.flush()
    add_audit(
        session,
        actor=actor,
        action="network.changed",
        subject_kind="network",
        network_code=network_code,
        detail={"before": held, "after": wanted},
    )
    return network
