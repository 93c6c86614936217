"""A run: one request answered at one instant and frozen with its evidence by handle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from matching import Answer, Candidate, answer
from matching.shortlist import MOST_EXPLAINED
from roster import clock
from roster.errors import Refused, StaleVersion, TooMany
from roster.models import Account, MatchRequest, Mediator, Run, RunRow
from roster.permissions import Actor
from roster.queries.requests import count_runs_of_office, count_runs_of_request
from roster.roster_index import RosterIndex
from roster.services.apart import leave_out, list_taken
from roster.services.asked_requests import make_asked
from roster.services.card_evidence import put_on_card
from roster.services.exclusion_watch import check_exclusions, watch_exclusions
from roster.services.handles import give_handles
from roster.services.opened_requests import open_request
from roster.services.request_states import may_move, move, waits_for_network
from roster.services.request_weights import get_weights
from roster.services.stored_evidence import write_evidence
from roster.services.trail import add_audit, add_change

RUNS_PER_REQUEST = 10
RUNS_PER_OFFICE = 30
"""In 24 hours (product, section 7): many near-identical requests would lay bare who is excluded."""
DAY_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Answered:
    """An answer that is not kept yet, with the version of the request that it answers."""

    request_id: int
    request_version: int
    criteria: dict[str, Any]
    answer: Answer
    n: int
    """The ledger's number: the roster as it stood."""


def answer_request(
    session: Session, *, actor: Actor, request_id: int, index: RosterIndex
) -> Answered:
    """Work the answer out; a reading session suffices, so no writer waits for it."""
    request = open_request(session, actor, request_id)
    _check_state(session, actor, request)
    account = session.get_one(Account, request.account_id)
    _check_limits(session, request, account, clock.now())
    asked, now = make_asked(session, request), clock.now()
    with index.opened(session, now=now) as columns:
        limit = MOST_EXPLAINED + len(list_taken(session, request))
        found = answer(columns, asked, now, get_weights(request), limit)
        return Answered(request.id, request.version, dict(request.criteria), found, index.n)


def store_run(session: Session, *, actor: Actor, answered: Answered) -> Run:
    """Freeze criteria, weights, order and, by handle, codes and verdicts; note who was proposed."""
    request = open_request(session, actor, answered.request_id)
    if request.version != answered.request_version:
        raise StaleVersion(request.criteria, answered.criteria)
    account = session.get_one(Account, request.account_id)
    _check_limits(session, request, account, answered.answer.now)
    watch_exclusions(session, actor, request)
    move(session, actor=actor, request=request, action="search")
    found = leave_out(answered.answer, list_taken(session, request))
    answered = replace(answered, answer=found)
    run = _make_run(session, request, answered)
    proposed = {one.mediator_id for one in answered.answer.listed}
    _note_proposed(session, proposed, answered.answer.now)
    counts = {"listed": len(proposed), "considered": answered.answer.considered}
    add_audit(
        session,
        actor=actor,
        action="request.run",
        subject_kind="request",
        subject_id=request.id,
        detail=counts,
    )
    return run


def run_request(session: Session, *, actor: Actor, request_id: int, index: RosterIndex) -> Run:
    """Answer and store within one writing session: for the command line and the demo."""
    answered = answer_request(session, actor=actor, request_id=request_id, index=index)
    return store_run(session, actor=actor, answered=answered)


def _check_state(session: Session, actor: Actor, request: MatchRequest) -> None:
    """Somebody who was not checked waits until a network accepts; what has ended is asked no more."""
    if request.state == "draft":
        raise Refused("request_not_submitted")
    if waits_for_network(session, actor=actor, request=request):
        raise Refused("request_waits")
    if not may_move(session, actor=actor, request=request, action="search"):
        raise Refused("request_closed")


def _check_limits(session: Session, request: MatchRequest, account: Account, now: datetime) -> None:
    if count_runs_of_request(session, request.id, now) >= RUNS_PER_REQUEST:
        raise TooMany("too_many_runs_of_request", limit=RUNS_PER_REQUEST, retry_after=DAY_SECONDS)
    if count_runs_of_office(session, account, now) >= RUNS_PER_OFFICE:
        raise TooMany("too_many_runs_of_office", limit=RUNS_PER_OFFICE, retry_after=DAY_SECONDS)
    check_exclusions(session, request, now)


def _make_run(session: Session, request: MatchRequest, answered: Answered) -> Run:
    found = answered.answer
    candidates = [*found.listed, *found.near_misses]
    handles = give_handles(
        session,
        request_id=request.id,
        mediator_ids=[one.mediator_id for one in candidates],
    )
    ends = [one.holds_until for one in found.listed if one.holds_until]
    run = Run(
        request_id=request.id,
        n=answered.n,
        at=found.now,
        criteria=answered.criteria,
        weights_version=found.weights_version,
        funnel=write_funnel(found),
        considered=found.considered,
        not_visible=found.not_visible,
        holds_until=min(ends, default=None),
        rows=[
            *_make_rows(found.listed, "listed", handles, 1),
            *_make_rows(found.near_misses, "near_miss", handles, len(found.listed) + 1),
        ],
    )
    session.add(run)
    session.flush()
    return run


def write_funnel(found: Answer) -> list[dict[str, Any]]:
    """Exact counts, for the record; a page shows them by the rule of small cells."""
    return [
        {"gate": step.gate, "asked": list(step.asked), "fell": step.fell, "left": step.left}
        for step in found.funnel
    ]


def _make_rows(
    candidates: Iterable[Candidate], state: str, handles: Mapping[int, str], first: int
) -> list[RunRow]:
    return [
        RunRow(
            handle=handles[candidate.mediator_id],
            mediator_id=candidate.mediator_id,
            state=state,
            position=position,
            post=candidate.post,
            points=candidate.points,
            out_of=candidate.out_of,
            evidence=[write_evidence(put_on_card(one)) for one in candidate.evidence],
        )
        for position, candidate in enumerate(candidates, first)
    ]


def _note_proposed(session: Session, mediator_ids: Iterable[int], now: datetime) -> None:
    """Ties go to the woman longest not proposed. Her own version is left alone: she edits that."""
    ids = sorted(mediator_ids)
    if not ids:
        return
    session.execute(update(Mediator).where(Mediator.id.in_(ids)).values(last_proposed_at=now))
    for mediator_id in ids:
        add_change(session, mediator_id)
