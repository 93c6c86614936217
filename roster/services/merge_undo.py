"""Two who were joined are two again: everything is pointed back, and nothing widens by it.

What she has changed since then stands, for both where it is the stricter: a class she raised, a
consent she took back. A woman who is leaving is not parted: what she asked for is done first.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import CrossSuspicion, Mediator, Merge
from roster.permissions import Actor, Permission, Subject
from roster.queries.leaving import list_open_erasures
from roster.queries.merges import list_joined
from roster.services.merged_answers import (
    open_own_record,
    part_availability,
    part_choice,
    part_consents,
    part_declaration,
)
from roster.services.merged_rows import attach_account, point_back
from roster.services.merges import FLAGS, read_flags
from roster.services.trail import add_audit, add_change, require

INSTANTS = frozenset({"paused_until", "last_proposed_at"})


def merge_subject(session: Session, merge_id: int, networks: frozenset[str]) -> Subject:
    """What the permission table needs of a merge that coordinators of these networks know of."""
    found = {one.network_code for one in list_joined(session, networks) if one.merge.id == merge_id}
    if not found:
        raise NotFound
    return Subject(network_codes=frozenset(found))


def part_by_coordinator(
    session: Session, *, actor: Actor, merge_id: int, expected_version: int
) -> None:
    """A coordinator of one of the two networks undoes what was joined, also what she did not join."""
    subject = merge_subject(session, merge_id, actor.coordinates)
    require(Permission.JUDGE_PAIR, actor, subject)
    _part(session, actor, session.get_one(Merge, merge_id), expected_version)


def part_by_her(
    session: Session, *, actor: Actor, mediator_id: int, merge_id: int, expected_version: int
) -> None:
    """ "That is not me": what was joined with hers goes back."""
    require(Permission.EDIT_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    merge = session.get(Merge, merge_id)
    if merge is None or merge.kept_mediator_id != mediator_id:
        raise NotFound
    _part(session, actor, merge, expected_version)


def _part(session: Session, actor: Actor, merge: Merge, expected_version: int) -> None:
    if merge.version != expected_version or merge.undone_at is not None:
        raise StaleVersion({"state": "undone" if merge.undone_at else "merged"}, {})
    kept = session.get_one(Mediator, merge.kept_mediator_id)
    merged = session.get_one(Mediator, merge.merged_mediator_id)
    if kept.state != "active" or list_open_erasures(session, kept.id):
        raise Refused("merge_not_now")
    _point_everything_back(session, merge.moved, kept, merged)
    merge.undone_at, merge.undone_by = clock.now(), actor.account_id
    _settle_pair(session, kept.id, merged.id)
    session.flush()
    for her in (kept.id, merged.id):
        add_change(session, her)
        add_audit(
            session,
            actor=actor,
            action="mediator.parted",
            subject_kind="mediator",
            subject_id=her,
            detail={"merge": merge.id},
        )


def _point_everything_back(
    session: Session, moved: dict[str, Any], kept: Mediator, merged: Mediator
) -> None:
    ids = (kept.id, merged.id)
    part_consents(session, moved["consents"], *ids)
    part_availability(session, moved["availability"], *ids)
    part_declaration(session, moved["declaration"], *ids)
    part_choice(session, moved["choice"], kept.id)
    point_back(session, moved, *ids)
    open_own_record(session, moved["own"])
    attach_account(session, moved["account"], merged.id)
    _part_flags(moved["flags"], kept, merged)
    merged.state = "active"


def _part_flags(flags: dict[str, dict[str, Any]], kept: Mediator, merged: Mediator) -> None:
    """Where nothing was changed since, as each was; else hers stays and the other takes the stricter."""
    now = read_flags(kept)
    for name in FLAGS:
        if now[name] == flags["after"][name]:
            setattr(kept, name, _read(name, flags["before"][name]))
        else:
            known = [one for one in (getattr(kept, name), getattr(merged, name)) if one is not None]
            setattr(merged, name, max(known) if known else None)


def _read(name: str, value: Any) -> Any:
    return datetime.fromisoformat(value) if value is not None and name in INSTANTS else value


def _settle_pair(session: Session, one: int, other: int) -> None:
    """The two are not asked about again unless what was compared changes."""
    first, second = sorted((one, other))
    pairs = select(CrossSuspicion).where(
        CrossSuspicion.first_mediator_id == first, CrossSuspicion.second_mediator_id == second
    )
    for pair in session.scalars(pairs):
        pair.state, pair.settled_at = "undone", clock.now()
