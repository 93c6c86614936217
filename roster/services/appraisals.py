"""What each side says of the other after a deployment. Nothing said is ever overwritten.

Each side says it once; the other may reply once, and whoever said it may add to it. Only the two
sides read it: it is in no search, no figure and no network's file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Addendum, Appraisal, Approach, Deployment, MatchRequest
from roster.permissions import Actor
from roster.services.deployment_states import OVER
from roster.services.deployments import get_deployment, get_own_deployment
from roster.services.request_states import may_move, move
from roster.services.trail import add_audit

REQUESTER, HERSELF = "requester", "herself"
AGAIN = ("yes", "with_changes", "no")
"""Whether this side would work with the other again."""
MOST_ADDENDA = 10


@dataclass(frozen=True)
class Said:
    """An appraisal with what was added to it, in that order."""

    appraisal: Appraisal
    addenda: Sequence[Addendum]


def list_said(session: Session, deployment_id: int) -> dict[str, Said]:
    """By the side that gave it; whoever asks has been let in to the deployment."""
    found = {}
    for one in session.scalars(select(Appraisal).where(Appraisal.deployment_id == deployment_id)):
        rows = select(Addendum).where(Addendum.appraisal_id == one.id).order_by(Addendum.id)
        found[one.given_by] = Said(one, session.scalars(rows).all())
    return found


def give_appraisal(
    session: Session,
    *,
    actor: Actor,
    approach_id: int,
    side: str,
    expected_version: int,
    answers: Mapping[str, Any],
) -> Appraisal:
    """Say how it was, once, after the end. ``answers``: again, text."""
    deployment = _get(session, actor, approach_id, side, expected_version)
    if deployment.state not in OVER:
        raise Refused("deployment_not_over")
    if side in list_said(session, deployment.id):
        raise Refused("appraisal_given")
    made = Appraisal(
        deployment_id=deployment.id, given_by=side, answers=dict(answers), given_at=clock.now()
    )
    session.add(made)
    session.flush()
    _audit(session, actor, made, "given", side)
    if side == REQUESTER:
        _move_on(session, actor, deployment)
    return made


def reply_to_appraisal(
    session: Session,
    *,
    actor: Actor,
    approach_id: int,
    side: str,
    expected_version: int,
    text: str,
) -> Appraisal:
    """The right of reply to what the other side said; once."""
    deployment = _get(session, actor, approach_id, side, expected_version)
    appraisal = _find(session, deployment, HERSELF if side == REQUESTER else REQUESTER)
    if appraisal.reply is not None:
        raise Refused("appraisal_replied")
    appraisal.reply, appraisal.replied_at = text, clock.now()
    session.flush()
    _audit(session, actor, appraisal, "replied", side)
    return appraisal


def add_addendum(
    session: Session,
    *,
    actor: Actor,
    approach_id: int,
    side: str,
    expected_version: int,
    text: str,
) -> Addendum:
    """Correct what this side said: beside it, not over it."""
    deployment = _get(session, actor, approach_id, side, expected_version)
    appraisal = _find(session, deployment, side)
    count = select(func.count()).where(Addendum.appraisal_id == appraisal.id)
    if (session.scalar(count) or 0) >= MOST_ADDENDA:
        raise Refused("approach_said_enough", most=MOST_ADDENDA)
    added = Addendum(appraisal_id=appraisal.id, written_by=side, text=text, written_at=clock.now())
    session.add(added)
    session.flush()
    _audit(session, actor, appraisal, "added", side)
    return added


def _get(
    session: Session, actor: Actor, approach_id: int, side: str, expected_version: int
) -> Deployment:
    find = get_own_deployment if side == HERSELF else get_deployment
    deployment = find(session, actor=actor, approach_id=approach_id)
    if deployment.version != expected_version:
        raise StaleVersion({"state": deployment.state}, {"version": expected_version})
    return deployment


def _find(session: Session, deployment: Deployment, side: str) -> Appraisal:
    said = list_said(session, deployment.id).get(side)
    if said is None:
        raise NotFound
    return said.appraisal


def _move_on(session: Session, actor: Actor, deployment: Deployment) -> None:
    approach = session.get_one(Approach, deployment.approach_id)
    request = session.get_one(MatchRequest, approach.request_id)
    if may_move(session, actor=actor, request=request, action="evaluate"):
        move(session, actor=actor, request=request, action="evaluate")


def _audit(session: Session, actor: Actor, appraisal: Appraisal, act: str, side: str) -> None:
    add_audit(
        session,
        actor=actor,
        action=f"appraisal.{act}",
        subject_kind="appraisal",
        subject_id=appraisal.id,
        detail={"by": side},
    )
