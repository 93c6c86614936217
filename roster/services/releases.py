"""Release: her name and the contact she chose, to one requester, for one request, for thirty days.

Two words are needed, hers and her network's, and both must stand when the requester asks; so must
her days, her consents and the rules on conflicts of interest. Whether a release shows anything is
asked again at every viewing (``queries.releases``).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused, StaleVersion
from roster.local_days import end_of_day
from roster.models import Approach, Consent, MatchRequest, Release, Run
from roster.permissions import Actor
from roster.queries.approaches import find_release, get_dates
from roster.queries.releases import has_taken_back, list_live_releases
from roster.services.approach_answers import (
    end_by,
    get_for_requester,
    require_free,
    tell_outcome,
)
from roster.services.approach_states import REQUESTER, step
from roster.services.conflict_checks import check_conflicts, may_go_on
from roster.services.deployments import plan_deployment
from roster.services.request_states import move
from roster.services.stale_runs import GONE, require_accepted

LIFE = timedelta(days=30)


def release(
    session: Session,
    *,
    actor: Actor,
    approach_id: int,
    expected_version: int,
    accepted_changes: str = "",
) -> Release | None:
    """Show her to the requester from now on; None where a conflict of interest keeps her back.

    ``Refused`` where one of the two words is missing, her days were given elsewhere meanwhile, or
    she is no longer available; ``ChangesToAccept`` where something else changed since the run.
    """
    approach = get_for_requester(session, actor, approach_id)
    if approach.version != expected_version:
        raise StaleVersion({"state": approach.state}, {"state": "released"})
    if approach.state != "yes" or approach.network_word != "agreed":
        raise Refused("release_needs_both")
    request = session.get_one(MatchRequest, approach.request_id)
    now = clock.now()
    require_unchanged(session, approach, accepted_changes)
    require_free(session, approach, request, now)
    ends_at = min(now + LIFE, _find_naming_end(session, approach) or now)
    if ends_at <= now or has_taken_back(session, approach.mediator_id, _get_yes(approach)):
        raise Refused("approach_gone")
    check = check_conflicts(session, approach=approach, moment="release", now=now)
    if not may_go_on(check):
        return None
    move(session, actor=actor, request=request, action="release")
    step(session, actor=actor, approach=approach, to_state="released", side=REQUESTER)
    approach.held_until = ends_at
    return _open(session, approach, now, ends_at)


def _open(session: Session, approach: Approach, now: datetime, ends_at: datetime) -> Release:
    """The release of this approach; one that ran out begins anew, with what she allows today."""
    released = find_release(session, approach.id) or Release(approach_id=approach.id)
    released.fields = list(approach.allows or ())
    released.released_at, released.ends_at, released.withdrawn_at = now, ends_at, None
    session.add(released)
    session.flush()
    return released


def _get_yes(approach: Approach) -> datetime:
    """When she said yes; what she took back before that says nothing of it."""
    return approach.answered_at or approach.created_at


def require_unchanged(session: Session, approach: Approach, accepted: str) -> None:
    """Go on only where she is there, and what else changed since her run was read and accepted."""
    run = session.get(Run, approach.run_id) if approach.run_id else None
    if run is None:
        raise Refused("approach_gone")
    changes = require_accepted(
        session, run, clock.now(), handles={approach.handle}, accepted=accepted
    )
    if any(one.code == GONE and one.post == approach.post for one in changes):
        raise Refused("approach_gone")


def _find_naming_end(session: Session, approach: Approach) -> datetime | None:
    """Until when she lets herself be named; None where she has taken it back."""
    return session.scalar(
        select(func.max(Consent.valid_until)).where(
            Consent.mediator_id == approach.mediator_id,
            Consent.purpose == "naming",
            Consent.withdrawn_at.is_(None),
        )
    )


def end_release(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int
) -> Approach:
    """The requester needs her name no more: she is not selected, and told so."""
    approach = get_for_requester(session, actor, approach_id)
    if approach.version != expected_version:
        raise StaleVersion({"state": approach.state}, {"state": "not_selected"})
    if approach.state != "released":
        raise Refused("approach_over")
    end_by(session, actor, approach, REQUESTER)
    return approach


def select_woman(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int
) -> Approach | None:
    """Choose her for her post, which is filled with that; None where a conflict keeps her back.

    Her days are held until the end of the request. Whoever else waits for the post is told once
    the requester ends her approach, or the request ends.
    """
    approach = get_for_requester(session, actor, approach_id)
    if approach.version != expected_version:
        raise StaleVersion({"state": approach.state}, {"state": "selected"})
    if approach.state != "released":
        raise Refused("approach_over")
    request, now = session.get_one(MatchRequest, approach.request_id), clock.now()
    if approach.mediator_id not in list_live_releases(session, request.id, now):
        raise Refused("approach_gone")
    require_free(session, approach, request, now)
    check = check_conflicts(session, approach=approach, moment="deployment", now=now)
    if not may_go_on(check):
        return None
    move(session, actor=actor, request=request, action="select")
    step(session, actor=actor, approach=approach, to_state="selected", side=REQUESTER)
    approach.held_until = end_of_day(get_dates(request)[1], "UTC")
    plan_deployment(session, actor=actor, approach=approach)
    tell_outcome(session, approach)
    return approach
