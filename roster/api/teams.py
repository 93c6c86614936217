"""Teams for the posts of a request: asked for, listed, read by handle."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from flask import url_for

from roster import clock
from roster.api import blueprint
from roster.api.bodies import read_body
from roster.api.calls import Call, Reply, current_actor, serves
from roster.api.own import get_own
from roster.edge.looks import note_looks_of
from roster.edge.units_of_work import reading, writing
from roster.models import MatchRequest, Run
from roster.permissions import Permission
from roster.queries.requests import get_run, get_subject
from roster.queries.team_proposals import get_proposal, list_proposals
from roster.schemas.asked_team import AskedTeamSchema, make_rules
from roster.schemas.team_replies import (
    ProposalLineSchema,
    ProposalListSchema,
    ProposalReplySchema,
)
from roster.services.asked_requests import list_cleared
from roster.services.shown_cards import list_showable
from roster.services.stored_teams import TEAMS
from roster.services.team_proposals import WorkedOut, store_teams, work_out_teams


@blueprint.get("/requests/<code>/teams")
@serves(
    Call(
        "List the teams proposed",
        Permission.READ_REQUEST,
        ProposalListSchema,
        "requests:read",
        subject=get_subject,
    )
)
def list_teams(code: str) -> Reply:
    """The oldest first."""
    proposals = enumerate(list_proposals(reading(), get_own(code)), 1)
    lines = [{"number": number, "made_at": one.made_at} for number, one in proposals]
    return Reply({"proposals": lines})


@blueprint.post("/requests/<code>/teams")
@serves(
    Call(
        "Propose teams",
        Permission.EDIT_REQUEST,
        ProposalLineSchema,
        "requests:write",
        subject=get_subject,
        takes=AskedTeamSchema,
        status=201,
        is_once=True,
    )
)
def propose(code: str) -> Reply:
    """The best one under these rules first, then others beside it; it may take seconds."""
    found, values = get_own(code), read_body(AskedTeamSchema())
    actor, rules = current_actor(), make_rules(values)
    worked = work_out_teams(reading(), actor=actor, request_id=found.id, rules=rules)
    return keep_teams(found, worked)


@blueprint.get("/requests/<code>/teams/<int:number>")
@serves(
    Call(
        "Read the teams of one proposal",
        Permission.READ_REQUEST,
        ProposalReplySchema,
        "requests:read",
        subject=get_subject,
    )
)
def show_teams(code: str, number: int) -> Reply:
    """Who is in them today; each look at a card is noted."""
    found = get_own(code)
    proposal = get_proposal(reading(), found, number)
    run = _get_run(found, proposal.run_id)
    showable = _list_showable(run)
    shown = {row.handle: row.mediator_id for row in run.rows if row.mediator_id in showable}
    teams = [_make_team(one, shown) for one in proposal.teams if one["kind"] in TEAMS]
    named = {one["handle"] for team in teams for one in team["members"]}
    looked = {her for handle, her in shown.items() if handle in named and her is not None}
    note_looks_of(current_actor(), sorted(looked), "card")
    names = ("made_at", "version", "chosen")
    said = {name: getattr(proposal, name) for name in names}
    return Reply({**said, "number": number, "teams": teams}, version=proposal.version)


def keep_teams(found: MatchRequest, worked: WorkedOut) -> Reply:
    """Keep what was worked out as the newest proposal."""
    made = store_teams(writing(), actor=current_actor(), worked=worked)
    number = len(list_proposals(writing(), found))
    address = url_for("api.show_teams", code=found.code, number=number)
    return Reply({"number": number, "made_at": made.made_at}, address)


def _get_run(found: MatchRequest, run_id: int) -> Run:
    place = [one.id for one in found.runs].index(run_id) + 1
    return get_run(reading(), current_actor(), found.code, place)


def _list_showable(run: Run) -> set[int]:
    women = [row.mediator_id for row in run.rows if row.mediator_id is not None]
    forward = list_cleared(reading(), run.request_id, "put_forward")
    return list_showable(reading(), women, clock.now(), put_forward=forward)


def _make_team(stored: Mapping[str, Any], shown: Collection[str]) -> dict[str, Any]:
    return {
        "kind": stored["kind"],
        "best_in": list(stored["best_in"]),
        "members": [_make_member(one, one["handle"] in shown) for one in stored["members"]],
        "unfilled": list(stored["unfilled"]),
        "points": round(stored["fit"], 2),
        "doubts": stored["doubts"],
        "coverage": [
            {name: one[name] for name in ("kind", "any_of", "women", "met")}
            for one in stored["coverage"]
        ],
    }


def _make_member(one: Mapping[str, Any], is_shown: bool) -> dict[str, Any]:
    points = {name: round(one[name], 2) if is_shown else None for name in ("points", "out_of")}
    return {"post": one["post"], "handle": one["handle"], "is_gone": not is_shown, **points}
