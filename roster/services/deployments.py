"""After she is chosen: the days agreed, the start with a last look at conflicts, the end.

Her availability is hers to say: a deployment never changes it. Her page asks her to say that she is
on assignment; until she does, other requests read that she is held.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.local_days import end_of_day, local_day
from roster.models import Approach, Deployment, MatchRequest, Mediator
from roster.permissions import Actor
from roster.queries.approaches import get_dates
from roster.services.approach_answers import (
    end_hold,
    end_release_of,
    get_for_requester,
    get_hers,
    require_days,
    tell_outcome,
)
from roster.services.approach_states import REQUESTER, step
from roster.services.conflict_checks import check_conflicts, may_go_on
from roster.services.deployment_states import find_deployment, step_deployment
from roster.services.request_states import may_move, move
from roster.services.trail import add_audit
from roster.services.work_done import record_work

OUTCOMES = ("as_planned", "changed", "no_result")
"""How the work ended, in the requester's words of few."""


def plan_deployment(session: Session, *, actor: Actor, approach: Approach) -> Deployment:
    """With her choice: the days of the request, to be settled before the start."""
    first, last = get_dates(session.get_one(MatchRequest, approach.request_id))
    deployment = Deployment(
        approach_id=approach.id,
        state="planned",
        starts_on=first,
        ends_on=last,
        reminded=[],
        created_at=clock.now(),
    )
    session.add(deployment)
    session.flush()
    add_audit(
        session,
        actor=actor,
        action="deployment.planned",
        subject_kind="deployment",
        subject_id=deployment.id,
    )
    return deployment


def change_dates(
    session: Session,
    *,
    actor: Actor,
    approach_id: int,
    expected_version: int,
    starts_on: date,
    ends_on: date,
) -> Deployment:
    """Other days, until the work has started; she reads them on her page.

    ``Refused`` where one of them is given to another request.
    """
    approach, deployment = _get(session, actor, approach_id, expected_version)
    if deployment.state != "planned":
        raise Refused("deployment_over")
    if ends_on < starts_on:
        raise Refused("ends_before_start", field="ends_on")
    require_days(session, approach, starts_on, ends_on, clock.now())
    deployment.starts_on, deployment.ends_on = starts_on, ends_on
    approach.held_until = end_of_day(ends_on, "UTC")
    session.flush()
    add_audit(
        session,
        actor=actor,
        action="deployment.dates",
        subject_kind="deployment",
        subject_id=deployment.id,
    )
    return deployment


def start_deployment(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int
) -> Deployment | None:
    """She is at work from now on; None where a conflict of interest keeps her back."""
    approach, deployment = _get(session, actor, approach_id, expected_version)
    request, now = session.get_one(MatchRequest, approach.request_id), clock.now()
    if approach.state != "selected":
        raise Refused("approach_over")
    check = check_conflicts(session, approach=approach, moment="deployment", now=now)
    if not may_go_on(check):
        return None
    step_deployment(session, actor=actor, deployment=deployment, action="start")
    if may_move(session, actor=actor, request=request, action="deploy"):
        move(session, actor=actor, request=request, action="deploy")
    return deployment


def cancel_deployment(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int
) -> Deployment:
    """The requester says that it does not come about."""
    approach, deployment = _get(session, actor, approach_id, expected_version)
    return let_go(session, actor, approach, deployment, REQUESTER)


def let_go(
    session: Session, actor: Actor, approach: Approach, deployment: Deployment, side: str
) -> Deployment:
    """What was planned does not come about: her days are hers again, her name is out of sight, the
    post is open; and she is told, though she was told before that she was chosen."""
    step_deployment(session, actor=actor, deployment=deployment, action="cancel")
    step(session, actor=actor, approach=approach, to_state="closed", side=side)
    end_hold(approach)
    end_release_of(session, approach)
    approach.told_at = None
    tell_outcome(session, approach)
    return deployment


def end_deployment(
    session: Session,
    *,
    actor: Actor,
    approach_id: int,
    expected_version: int,
    outcome: str,
    work: Mapping[str, Any],
    was_broken_off: bool = False,
) -> Deployment:
    """The work is over: exactly one row of her experience, verified by the requester's word.

    ``work`` is role, track, phase and country. All is one transaction, and the deployment points to
    its row: a second press, or one after a process that died, finds it done or nothing done.
    """
    approach, deployment = _get(session, actor, approach_id, expected_version)
    if outcome not in OUTCOMES:
        raise Refused("not_a_choice")
    action = "break_off" if was_broken_off else "end"
    step_deployment(session, actor=actor, deployment=deployment, action=action)
    deployment.outcome = outcome
    zone = session.get_one(Mediator, approach.mediator_id).time_zone
    last = min(deployment.ends_on, local_day(clock.now(), zone))
    record_work(
        session, actor=actor, approach=approach, deployment=deployment, last=last, work=work
    )
    approach.held_until = None
    return deployment


def get_own_deployment(session: Session, *, actor: Actor, approach_id: int) -> Deployment:
    """Of an approach to her; ``NotFound`` for another's, and before she is chosen."""
    return _require(find_deployment(session, get_hers(session, actor, approach_id).id))


def get_deployment(session: Session, *, actor: Actor, approach_id: int) -> Deployment:
    """Of a request of this actor's; ``NotFound`` otherwise."""
    return _require(find_deployment(session, get_for_requester(session, actor, approach_id).id))


def _get(
    session: Session, actor: Actor, approach_id: int, expected_version: int
) -> tuple[Approach, Deployment]:
    approach = get_for_requester(session, actor, approach_id)
    deployment = _require(find_deployment(session, approach.id))
    if deployment.version != expected_version:
        raise StaleVersion({"state": deployment.state}, {"version": expected_version})
    return approach, deployment


def _require(deployment: Deployment | None) -> Deployment:
    if deployment is None:
        raise NotFound
    return deployment
