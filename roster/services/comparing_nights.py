"""What one night of the comparison leaves for the next: up to where it looked, and what it learnt.

Both stand in the trail as numbers of the lists as a whole. A night compares the women of whom
something has changed since, by what was learnt of all lists; once a month, and where very many have
changed, all are compared and learnt of anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.duplicates import PEOPLE, Model
from roster import clock
from roster.models import AuditEvent, Change, LedgerHead
from roster.permissions import Actor, Permission
from roster.services.trail import add_audit, require

SUBJECT = "comparison"
"""What networks agree on about comparing is written down under it, too."""
NIGHT_DONE = "networks.compared"
LEARNT_HOLDS = timedelta(days=30)
MOST_CHANGED = 0.1
"""Where a larger share of the women has changed, all are compared."""


@dataclass(frozen=True)
class Night:
    """How far one night looks: ``changed`` None is everybody; ``upto`` is its place in the ledger."""

    upto: int
    changed: frozenset[int] | None = None
    learnt: Model | None = None
    learnt_at: datetime | None = None


def plan_night(session: Session, women: int) -> Night:
    """Whom to compare, of so many women on the lists as the session sees them."""
    upto = session.scalars(select(LedgerHead.n)).one()
    before = session.execute(
        select(AuditEvent.detail)
        .where(AuditEvent.subject_kind == SUBJECT, AuditEvent.action == NIGHT_DONE)
        .order_by(AuditEvent.id.desc())
        .limit(1)
    ).scalar()
    if before is None or before["fields"] != _name_fields():
        return Night(upto)
    learnt_at = datetime.fromisoformat(before["learnt_at"])
    news = select(Change.mediator_id).where(Change.n > before["upto"], Change.n <= upto)
    changed = frozenset(session.scalars(news.distinct()))
    is_old = not learnt_at <= clock.now() < learnt_at + LEARNT_HOLDS
    if is_old or before["upto"] > upto or len(changed) > MOST_CHANGED * women:
        return Night(upto)
    return Night(upto, changed, Model.read(before["learnt"]), learnt_at)


def note_night(session: Session, *, actor: Actor, night: Night, learnt: Model) -> None:
    """This night is done; the next looks at what changes from here on."""
    require(Permission.RUN_JOBS, actor)
    learnt_at = night.learnt_at or clock.now()
    detail = {
        "upto": night.upto,
        "is_whole": night.changed is None,
        "fields": _name_fields(),
        "learnt": learnt.describe(),
        "learnt_at": learnt_at.isoformat(),
    }
    add_audit(session, actor=actor, action=NIGHT_DONE, subject_kind=SUBJECT, detail=detail)


def _name_fields() -> list[str]:
    """What was learnt holds for these fields alone."""
    return [f"{field.name} {field.kind}" for field in PEOPLE]
