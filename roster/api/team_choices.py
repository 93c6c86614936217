"""Going on with a team: one chosen, one of its women replaced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roster.api import blueprint
from roster.api.bodies import read_body
from roster.api.calls import Call, Reply, current_actor, read_version, serves
from roster.api.errors import CallRefused
from roster.api.own import get_own
from roster.api.teams import keep_teams
from roster.edge.units_of_work import reading, writing
from roster.errors import NotFound
from roster.models import TeamProposal
from roster.permissions import Permission
from roster.queries.requests import get_subject
from roster.queries.team_proposals import get_proposal
from roster.schemas.answer_calls import SentReplacementSchema, SentTeamSchema
from roster.schemas.team_replies import ChosenTeamSchema, ProposalLineSchema
from roster.services.team_proposals import choose_team, get_team, work_out_replacement


@blueprint.post("/requests/<code>/teams/<int:number>/choice")
@serves(
    Call(
        "Choose a team",
        Permission.EDIT_REQUEST,
        ChosenTeamSchema,
        "requests:write",
        subject=get_subject,
        takes=SentTeamSchema,
        names_version=True,
        is_once=True,
    )
)
def choose(code: str, number: int) -> Reply:
    """The one to go on with; another may be chosen later."""
    proposal = get_proposal(reading(), get_own(code), number)
    values = read_body(SentTeamSchema())
    _get_team(proposal, values)
    chosen = choose_team(
        writing(),
        actor=current_actor(),
        proposal_id=proposal.id,
        expected_version=read_version(),
        number=values["team"],
    )
    said = {"number": number, "chosen": chosen.chosen, "version": chosen.version}
    return Reply(said, version=chosen.version)


@blueprint.post("/requests/<code>/teams/<int:number>/replacement")
@serves(
    Call(
        "Replace one woman of a team",
        Permission.EDIT_REQUEST,
        ProposalLineSchema,
        "requests:write",
        subject=get_subject,
        takes=SentReplacementSchema,
        status=201,
        is_once=True,
    )
)
def replace_member(code: str, number: int) -> Reply:
    """The rest stays as it is; it may take seconds, and makes a proposal of its own."""
    found = get_own(code)
    proposal, values = get_proposal(reading(), found, number), read_body(SentReplacementSchema())
    team = _get_team(proposal, values)
    if values["post"] not in {one["post"] for one in team["members"]}:
        raise CallRefused(422, "invalid", errors={"post": ["not_a_choice"]})
    worked = work_out_replacement(
        reading(),
        actor=current_actor(),
        proposal_id=proposal.id,
        number=values["team"],
        post=values["post"],
    )
    return keep_teams(found, worked)


def _get_team(proposal: TeamProposal, values: Mapping[str, Any]) -> dict[str, Any]:
    """The team that was named; it stands in what was sent and not in the address."""
    try:
        return get_team(proposal, values["team"])
    except NotFound as error:
        raise CallRefused(422, "invalid", errors={"team": ["out_of_range"]}) from error
