"""Two who are one: records and memberships are pointed to one mediator, in one transaction.

Nothing is copied and nothing widens. Class, hiding, pause and hold are the stricter of both. What
she said herself goes along only where she has said herself that both are her; where coordinators
joined them, it ends or stays behind, and she is asked anew. Her own record is closed to all networks
until she opens it again: each network reads only what it read before.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Mediator, Merge, OutboxMessage
from roster.permissions import Actor
from roster.queries.pairs import Pair, get_pair
from roster.services.merged_answers import (
    close_own_record,
    join_availability,
    join_choice,
    join_consents,
    join_declaration,
)
from roster.services.merged_rows import detach_account, end_her_links, point_rows
from roster.services.trail import add_audit, add_change
from roster.services.writing import write_to_her

FLAGS = ("safety_class", "is_hidden", "paused_until", "has_integrity_hold", "last_proposed_at")
MESSAGE = "exchange"
PATH = "/me"


def join_if_same(session: Session, *, actor: Actor, pair_id: int, kept_id: int) -> Merge | None:
    """Join the two of a pair as soon as nobody is missing who has to say that they are one.

    The caller has asked whether ``actor`` may say what was said last; nobody else calls this.
    """
    pair = get_pair(session, pair_id)
    if pair is None or not pair.is_same or not pair.is_apart:
        return None
    merged_id = next(side.mediator_id for side in pair.sides if side.mediator_id != kept_id)
    kept, merged = (session.get_one(Mediator, each) for each in (kept_id, merged_id))
    moved = _join(session, pair, kept, merged)
    merge = Merge(
        kept_mediator_id=kept_id,
        merged_mediator_id=merged_id,
        moved=moved,
        merged_at=clock.now(),
        merged_by=actor.account_id,
    )
    session.add(merge)
    pair.row.state, pair.row.settled_at = "merged", clock.now()
    session.flush()
    _trace(session, actor, merge)
    if actor.mediator_id != kept_id:
        write_to_her(session, mediator=kept, template=MESSAGE, values={"path": PATH})
    return merge


def _join(session: Session, pair: Pair, kept: Mediator, merged: Mediator) -> dict[str, Any]:
    """Point what moves and narrow what stands; return all that an undo needs to know."""
    is_hers, ids = pair.is_hers, (kept.id, merged.id)
    moved: dict[str, Any] = {
        "is_hers": is_hers,
        "pair": [{"network": side.network_code, "record": side.record_id} for side in pair.sides],
        "own": close_own_record(session, kept.id),
        "consents": join_consents(session, *ids, is_hers=is_hers),
        "availability": join_availability(session, *ids, is_hers=is_hers),
        "declaration": join_declaration(session, *ids, is_hers=is_hers),
        "choice": join_choice(session, *ids),
        "flags": _join_flags(kept, merged),
        **point_rows(session, *ids, is_hers=is_hers),
        "account": detach_account(session, merged.id) if is_hers else None,
    }
    end_her_links(session, merged.id)
    _call_messages_back(session, merged.id)
    merged.state = "merged"
    session.flush()
    return moved


def read_flags(mediator: Mediator) -> dict[str, Any]:
    """What decides who may see her, as JSON has it."""
    values = {name: getattr(mediator, name) for name in FLAGS}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in values.items()
    }


def _join_flags(kept: Mediator, merged: Mediator) -> dict[str, Any]:
    before = read_flags(kept)
    for name in FLAGS:
        found = [getattr(one, name) for one in (kept, merged)]
        known = [value for value in found if value is not None]
        setattr(kept, name, max(known) if known else None)
    return {"before": before, "after": read_flags(kept)}


def _call_messages_back(session: Session, mediator_id: int) -> None:
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.mediator_id == mediator_id, OutboxMessage.state == "queued")
        .values(state="cancelled", values={})
        .execution_options(synchronize_session=False)
    )


def _trace(session: Session, actor: Actor, merge: Merge) -> None:
    """Of each of the two: her own part of the trail does not name the other."""
    for her in (merge.kept_mediator_id, merge.merged_mediator_id):
        add_change(session, her)
        add_audit(
            session,
            actor=actor,
            action="mediator.joined",
            subject_kind="mediator",
            subject_id=her,
            detail={"merge": merge.id},
        )
