"""The life of a deployment, as one table; and its early end when she takes her yes back."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused
from roster.models import Approach, Deployment
from roster.permissions import Actor
from roster.services.trail import add_audit

TABLE: Mapping[tuple[str, str], str] = {
    ("planned", "start"): "active",
    ("planned", "cancel"): "cancelled",
    ("active", "end"): "ended",
    ("active", "break_off"): "broken_off",
}
"""(state, action) -> state. What is not named here does not happen."""
OPEN = ("planned", "active")
OVER = ("ended", "broken_off")
"""She was at work: both sides may say how it was."""


def step_deployment(session: Session, *, actor: Actor, deployment: Deployment, action: str) -> None:
    """Take one step, with an audit event; ``Refused`` for one that the table does not have."""
    to_state = TABLE.get((deployment.state, action))
    if to_state is None:
        raise Refused("deployment_over")
    deployment.state = to_state
    if to_state != "active":
        deployment.ended_at = clock.now()
    session.flush()
    add_audit(
        session,
        actor=actor,
        action=f"deployment.{to_state}",
        subject_kind="deployment",
        subject_id=deployment.id,
    )


def find_deployment(session: Session, approach_id: int) -> Deployment | None:
    """The one that follows an approach; none before she is chosen."""
    return session.scalar(select(Deployment).where(Deployment.approach_id == approach_id))


def end_early(session: Session, actor: Actor, approach: Approach) -> None:
    """She took her yes back. It makes no experience: the requester has not said how it was."""
    deployment = find_deployment(session, approach.id)
    if deployment is not None and deployment.state in OPEN:
        action = "cancel" if deployment.state == "planned" else "break_off"
        step_deployment(session, actor=actor, deployment=deployment, action=action)
