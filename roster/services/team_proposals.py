"""Teams for the posts of a request, out of the women of its newest answer, kept by handle.

Worked out in a reading session, since the solver may take seconds; stored in a short step of its
own. Only women whom the answer lists and whose card may be shown today are weighed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matching import Answer, TeamRules
from matching.teams import UnfitTeamError, propose_team, replace_drop_out
from roster import clock
from roster.errors import NotFound, Refused, StaleVersion, TooMany
from roster.facts import make_team_rules
from roster.models import MatchRequest, Run, TeamProposal
from roster.permissions import Actor
from roster.services.asked_again import Ground, open_ground
from roster.services.asked_today import get_newest_run
from roster.services.opened_requests import open_request
from roster.services.request_weights import get_weights
from roster.services.stored_teams import TEAMS, TeamWriter
from roster.services.trail import add_audit

SECONDS = 5.0
"""Time for all solving of one proposal; where it does not suffice, the page says so."""
RESERVES = 3
PROPOSALS_PER_REQUEST = 20
"""In 24 hours: many near-identical rules would tell who shares a network or a nationality."""
DAY = timedelta(days=1)
Rules = Mapping[str, Any]
"""As the page asks them; women by handle: ``locked`` (post and handle), ``out`` (handles)."""


@dataclass(frozen=True)
class WorkedOut:
    """Teams that are not kept yet, of a run and under rules."""

    run_id: int
    rules: dict[str, Any]
    teams: list[dict[str, Any]]


def _make_rules(ground: Ground, rules: Rules) -> TeamRules:
    """The rules as the engine reads them; ``Refused`` for a handle that is not in the answer."""
    team = {key: value for key, value in rules.items() if key not in ("locked", "out")}
    locked = [
        {"post": one["post"], "mediator": _find(ground, one["handle"])}
        for one in rules.get("locked", ())
    ]
    out = [ground.ids[one] for one in rules.get("out", ()) if one in ground.ids]
    return make_team_rules(
        {**ground.run.criteria, "team": {**team, "locked": locked, "excluded": out}}
    )


def _find(ground: Ground, handle: str) -> int:
    if handle not in ground.ids:
        raise Refused("team_member_gone")
    return ground.ids[handle]


def _make_writer(ground: Ground, found: Answer, rules: TeamRules) -> TeamWriter:
    return TeamWriter(found, rules, {number: code for code, number in ground.ids.items()})


def work_out_teams(session: Session, *, actor: Actor, request_id: int, rules: Rules) -> WorkedOut:
    """Propose the best team under these rules, others worth a look, and who stands ready.

    ``Refused`` before the first run, and where a woman who is to be kept is no longer available;
    ``NotFound`` for another's request.
    """
    request = open_request(session, actor, request_id)
    _check_limit(session, request)
    ground = open_ground(session, request)
    found, asked = ground.answer(get_weights(request)), _make_rules(ground, rules)
    proposal = propose_team(found, asked, seconds=SECONDS, reserves=RESERVES)
    written = _make_writer(ground, found, asked).write(proposal)
    return WorkedOut(ground.run.id, dict(rules), written)


def work_out_replacement(
    session: Session, *, actor: Actor, proposal_id: int, number: int, post: str
) -> WorkedOut:
    """Replace one member of a team, the rest as it is; she is no longer proposed for this team.

    ``Refused`` where nobody can take the post, or another of the team is no longer available.
    """
    proposal, request = _get_proposal(session, actor, proposal_id)
    _check_limit(session, request)
    team = get_team(proposal, number)
    handles = {one["post"]: one["handle"] for one in team["members"]}
    if post not in handles:
        raise NotFound
    ground = open_ground(session, request)
    out = [*proposal.rules.get("out", ()), handles[post]]
    kept = [one for one in proposal.rules.get("locked", ()) if one["post"] != post]
    rules = {**proposal.rules, "out": out, "locked": kept}
    asked = _make_rules(ground, {**rules, "out": proposal.rules.get("out", ())})
    places = {code: ground.ids.get(handle, 0) for code, handle in handles.items()}
    answered = ground.answer(get_weights(request))
    try:
        found = replace_drop_out(answered, asked, places, post, seconds=SECONDS)
    except UnfitTeamError as error:
        raise Refused("team_member_gone") from error
    if found is None:
        raise Refused("nobody_to_replace")
    written = _make_writer(ground, answered, asked).write_team("replaced", found)
    return WorkedOut(ground.run.id, rules, [written])


def store_teams(session: Session, *, actor: Actor, worked: WorkedOut) -> TeamProposal:
    """Keep what was worked out, with the run it is of."""
    run = session.get_one(Run, worked.run_id)
    request = open_request(session, actor, run.request_id)
    _check_limit(session, request)
    proposal = TeamProposal(
        run_id=run.id, rules=worked.rules, teams=worked.teams, made_at=clock.now()
    )
    session.add(proposal)
    session.flush()
    _audit(session, actor, "team.proposed", proposal)
    return proposal


def choose_team(
    session: Session, *, actor: Actor, proposal_id: int, expected_version: int, number: int
) -> TeamProposal:
    """Take one of the teams as the one to go on with; another may be taken later."""
    proposal, request = _get_proposal(session, actor, proposal_id)
    if proposal.version != expected_version:
        raise StaleVersion({"chosen": proposal.chosen}, {"chosen": number})
    get_team(proposal, number)
    _check_is_of_newest(request, proposal)
    proposal.chosen = number
    session.flush()
    _audit(session, actor, "team.chosen", proposal)
    return proposal


def get_team(proposal: TeamProposal, number: int) -> dict[str, Any]:
    """The ``number``-th team of a proposal, from 0; ``NotFound`` where there is none."""
    teams = [one for one in proposal.teams if one["kind"] in TEAMS]
    if not 0 <= number < len(teams):
        raise NotFound
    return teams[number]


def _check_is_of_newest(request: MatchRequest, proposal: TeamProposal) -> None:
    if get_newest_run(request).id != proposal.run_id:
        raise Refused("team_of_earlier_answer")


def _get_proposal(
    session: Session, actor: Actor, proposal_id: int
) -> tuple[TeamProposal, MatchRequest]:
    proposal = session.get(TeamProposal, proposal_id)
    if proposal is None:
        raise NotFound
    run = session.get_one(Run, proposal.run_id)
    return proposal, open_request(session, actor, run.request_id)


def _check_limit(session: Session, request: MatchRequest) -> None:
    statement = (
        select(func.count(TeamProposal.id))
        .join(Run, Run.id == TeamProposal.run_id)
        .where(Run.request_id == request.id, TeamProposal.made_at > clock.now() - DAY)
    )
    if (session.scalar(statement) or 0) >= PROPOSALS_PER_REQUEST:
        seconds = int(DAY.total_seconds())
        raise TooMany("too_many_teams", limit=PROPOSALS_PER_REQUEST, retry_after=seconds)


def _audit(session: Session, actor: Actor, action: str, proposal: TeamProposal) -> None:
    add_audit(session, actor=actor, action=action, subject_kind="team", subject_id=proposal.id)
