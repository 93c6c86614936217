"""Asking chosen women for one request: who is asked what, and what she says (product, section 8).

Her yes and her network's agreement are both needed before anything is shown, and each may be given
first. Silence is never a yes. A no needs no reason, changes no rank and no answer, and the requester
reads the same of it as of a network that does not agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Approach, MatchRequest, Run, RunRow
from roster.permissions import Actor, Permission, Subject
from roster.queries.approaches import WAITING
from roster.services.approach_messages import ASKING, write_of
from roster.services.approach_states import REQUESTER, step
from roster.services.asked_networks import choose_network, list_without_network
from roster.services.asked_requests import make_asked
from roster.services.asked_today import get_newest_run
from roster.services.conflict_checks import (
    STOPS,
    check_conflicts,
    find_conflicts,
    judge_conflicts,
)
from roster.services.public_codes import draw_code
from roster.services.request_states import move
from roster.services.stale_runs import GONE, RunChange, require_accepted
from roster.services.trail import add_audit, require

ANSWER_HOURS = 72
"""In which she answers, unless the requester says otherwise."""
SHORTEST_HOURS, LONGEST_HOURS = 24, 14 * 24
MOST_WAITING = 20
"""Women of one request who are asked at the same time: a shortlist, not a roster."""


@dataclass(frozen=True)
class Asked:
    """Who is asked now, and who of those chosen is not: no longer available, or a conflict."""

    made: tuple[Approach, ...]
    left_out: tuple[RunChange, ...] = ()


def approach_women(
    session: Session,
    *,
    actor: Actor,
    request_id: int,
    expected_version: int,
    handles: Mapping[str, str],
    terms: Mapping[str, Any],
    accepted_changes: str = "",
    hours: int = ANSWER_HOURS,
) -> Asked:
    """Ask the women of these handles of the newest run, each for one post, on the same terms.

    ``handles`` are handle -> code of the post; ``terms`` have passed the schema. Each is asked
    through her own channel; whoever cannot be written to waits until her coordinator tells her.
    ``ChangesToAccept`` where something changed since the run that ``accepted_changes`` (its digest)
    does not name; ``Refused`` for a handle that the run does not hold, that was asked before, or of
    a woman whom no network can speak for. Nobody is asked then.
    """
    request = _get_request(session, actor, request_id)
    if request.version != expected_version:
        raise StaleVersion({"state": request.state}, {"state": request.state})
    move(session, actor=actor, request=request, action="approach")
    run, now = _get_run(request), clock.now()
    rows = _find_rows(session, run, handles)
    changes = require_accepted(session, run, now, handles=set(handles), accepted=accepted_changes)
    _require_networks(session, rows, changes)
    stopped = _list_stopped(session, request, rows, changes, now)
    left_out = {one.handle for one in stopped}
    made = [
        _ask(session, actor, run, row, terms, now=now, hours=hours)
        for row in rows
        if row.handle not in left_out
    ]
    _audit(session, actor, request, len(made), len(left_out))
    return Asked(tuple(made), stopped)


def _get_run(request: MatchRequest) -> Run:
    if not request.runs:
        raise Refused("request_not_submitted")
    return get_newest_run(request)


def _find_rows(session: Session, run: Run, handles: Mapping[str, str]) -> list[RunRow]:
    """The rows of the chosen women, each for her post, in the run's order."""
    rows = [row for row in run.rows if handles.get(row.handle) == row.post]
    if not rows or len(rows) < len(handles):
        raise Refused("approach_unknown_handle")
    before = select(Approach.id).where(
        Approach.request_id == run.request_id, Approach.handle.in_(sorted(handles))
    )
    if session.scalar(before.limit(1)) is not None:
        raise Refused("approached_already")
    require_room(session, run.request_id, len(rows))
    return rows


def require_room(session: Session, request_id: int, wanted: int) -> None:
    """Go on only where so many more can wait for an answer."""
    waiting = select(func.count(Approach.id)).where(
        Approach.request_id == request_id, Approach.state.in_(WAITING)
    )
    if (session.scalar(waiting) or 0) + wanted > MOST_WAITING:
        raise Refused("approach_too_many", most=MOST_WAITING)


def _find_gone(changes: Iterable[RunChange]) -> set[tuple[str, str]]:
    """Handle and post of women who may not be shown any more."""
    return {(one.handle, one.post) for one in changes if one.code == GONE}


def _require_networks(
    session: Session, rows: Iterable[RunRow], changes: Iterable[RunChange]
) -> None:
    """Go on only where a network can speak for each of them; of who is gone nothing is said."""
    gone = _find_gone(changes)
    left = [row.mediator_id for row in rows if (row.handle, row.post) not in gone]
    women = {one for one in left if one is not None}
    if list_without_network(session, women):
        raise Refused("approach_no_network")


def _list_stopped(
    session: Session,
    request: MatchRequest,
    rows: Iterable[RunRow],
    changes: Iterable[RunChange],
    now: datetime,
) -> tuple[RunChange, ...]:
    """Of those chosen, who cannot be asked: gone, or kept out by a conflict."""
    gone, asked, stopped = _find_gone(changes), make_asked(session, request), []
    for row in rows:
        if row.mediator_id is None or (row.handle, row.post) in gone:
            stopped.append(RunChange(row.handle, row.post, GONE))
            continue
        found = find_conflicts(
            session, asked=asked, mediator_id=row.mediator_id, post=row.post, now=now
        )
        if judge_conflicts(found) in STOPS:
            stopped.append(RunChange(row.handle, row.post, "conflict_rule"))
    return tuple(stopped)


def _ask(
    session: Session,
    actor: Actor,
    run: Run,
    row: RunRow,
    terms: Mapping[str, Any],
    *,
    now: datetime,
    hours: int,
) -> Approach:
    request = run.match_request
    asked = request.criteria.get("networks", ())
    approach = Approach(
        code=draw_code(session, Approach),
        request_id=request.id,
        run_id=run.id,
        mediator_id=row.mediator_id,
        handle=row.handle,
        post=row.post,
        state="queued",
        network_code=choose_network(session, row.mediator_id or 0, asked=asked),
        terms=dict(terms),
        created_at=now,
        answer_by=now + timedelta(hours=hours),
        is_invented=request.is_invented,
    )
    step(session, actor=actor, approach=approach, to_state="queued", side=REQUESTER)
    check_conflicts(session, approach=approach, moment="approach", now=now)
    send_question(session, actor, approach, now)
    return approach


def send_question(session: Session, actor: Actor, approach: Approach, now: datetime) -> None:
    """Write to her that somebody asks; whoever cannot be written to waits for her coordinator."""
    if write_of(session, approach, ASKING):
        approach.sent_at = now
        step(session, actor=actor, approach=approach, to_state="sent", side=REQUESTER)


def _audit(
    session: Session, actor: Actor, request: MatchRequest, asked: int, left_out: int
) -> None:
    add_audit(
        session,
        actor=actor,
        action="request.approached",
        subject_kind="request",
        subject_id=request.id,
        detail={"asked": asked, "left_out": left_out},
    )


def _get_request(session: Session, actor: Actor, request_id: int) -> MatchRequest:
    request = session.get(MatchRequest, request_id)
    if request is None:
        raise NotFound
    require(Permission.EDIT_REQUEST, actor, Subject(account_id=request.account_id))
    return request
