"""Teams for the posts of a request: rules asked, teams side by side, one chosen, one replaced."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from roster import clock
from roster.models import MatchRequest, TeamProposal
from roster.permissions import Permission
from roster.queries.requests import get_request, get_run, get_subject
from roster.queries.team_proposals import get_proposal, list_proposals
from roster.schemas.asked_team import AskedTeamSchema, make_rules
from roster.services.asked_requests import list_cleared
from roster.services.shown_cards import list_showable
from roster.services.team_proposals import (
    WorkedOut,
    choose_team,
    store_teams,
    work_out_replacement,
    work_out_teams,
)
from roster.web.access import current_actor, log_readings, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.asked_view import make_asked_view
from roster.web.envoys.form_words import list_options
from roster.web.envoys.request_form import RequestForm
from roster.web.envoys.requests import read_version
from roster.web.envoys.team_view import make_proposal_view
from roster.web.envoys.team_words import list_posts, make_rule_labels, write_rules
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors

BUTTONS = ("do", "version", "team", "replace")


@blueprint.get("/requests/<code>/team")
@needs(Permission.READ_REQUEST, get_subject)
def show_team(code: str) -> ResponseReturnValue:
    """The newest teams proposed; without any, the rules to ask for them."""
    found = get_request(reading(), current_actor(), code)
    proposals = list_proposals(reading(), found)
    return _show(found, proposals[-1] if proposals else None, len(proposals))


@blueprint.get("/requests/<code>/teams/<int:number>")
@needs(Permission.READ_REQUEST, get_subject)
def show_teams(code: str, number: int) -> ResponseReturnValue:
    """Teams proposed earlier."""
    found = get_request(reading(), current_actor(), code)
    return _show(found, get_proposal(reading(), found, number), number)


@blueprint.post("/requests/<code>/team")
@needs(Permission.EDIT_REQUEST, get_subject)
def propose(code: str) -> ResponseReturnValue:
    """Work teams out under these rules, round those who are kept."""
    found = get_request(reading(), current_actor(), code)
    result = read_form(AskedTeamSchema(), ignore=BUTTONS)
    if not result.is_valid:
        return _show(found, None, 0, result), 422
    rules = make_rules(result.values)
    worked = work_out_teams(reading(), actor=current_actor(), request_id=found.id, rules=rules)
    return _store(code, worked)


@blueprint.post("/requests/<code>/teams/<int:number>/replace")
@needs(Permission.EDIT_REQUEST, get_subject)
def replace_member(code: str, number: int) -> ResponseReturnValue:
    """Another woman for one post of a team, the rest as it is."""
    proposal = _get(code, number)
    place, _, post = request.form.get("replace", "").partition(" ")
    if not (place.isdecimal() and len(place) < 3):
        raise BadRequest
    worked = work_out_replacement(
        reading(), actor=current_actor(), proposal_id=proposal.id, number=int(place), post=post
    )
    return _store(code, worked)


@blueprint.post("/requests/<code>/teams/<int:number>/choose")
@needs(Permission.EDIT_REQUEST, get_subject)
def choose(code: str, number: int) -> ResponseReturnValue:
    """Go on with one of the teams."""
    proposal, place = _get(code, number), request.form.get("team", "")
    if not (place.isdecimal() and len(place) < 3):
        raise BadRequest
    choose_team(
        writing(),
        actor=current_actor(),
        proposal_id=proposal.id,
        expected_version=read_version(),
        number=int(place),
    )
    flash_sentence("team_chosen")
    return redirect(url_for("envoys.show_teams", code=code, number=number), 303)


def _get(code: str, number: int) -> TeamProposal:
    found = get_request(reading(), current_actor(), code)
    return get_proposal(reading(), found, number)


def _store(code: str, worked: WorkedOut) -> ResponseReturnValue:
    store_teams(writing(), actor=current_actor(), worked=worked)
    return redirect(url_for("envoys.show_team", code=code), 303)


def _show(
    found: MatchRequest,
    proposal: TeamProposal | None,
    number: int,
    result: FormResult | None = None,
) -> str:
    wording, actor = current_wording(), current_actor()
    errors = word_errors(result.errors if result else {})
    values: dict[str, Any] = {"run": None, "view": None, "asked": None}
    if found.runs:
        run_id = proposal.run_id if proposal else found.runs[-1].id
        place = [one.id for one in found.runs].index(run_id) + 1
        run = get_run(reading(), actor, found.code, place)
        values["run"], values["asked"] = run, make_asked_view(wording, run.criteria)
        if proposal:
            women = [row.mediator_id for row in run.rows if row.mediator_id is not None]
            forward = list_cleared(reading(), found.id, "put_forward")
            showable = list_showable(reading(), women, clock.now(), put_forward=forward)
            values["view"] = make_proposal_view(wording, proposal, run, showable)
            log_readings(_list_shown(proposal, run.rows, showable), "card")
    return render(
        "envoys/team.html",
        found=found,
        proposal=proposal,
        number=number,
        is_newest=not proposal or proposal.run_id == found.runs[-1].id,
        errors=errors,
        labels=make_rule_labels(wording, errors),
        rules=write_rules(result.raw if result else None, proposal),
        posts=list_posts(wording, found.runs[-1].criteria) if found.runs else [],
        options=list_options(wording, RequestForm({})),
        **values,
    )


def _list_shown(proposal: TeamProposal, rows: Any, showable: set[int]) -> list[int]:
    """Women of these teams whose card may be shown, for the read log."""
    named = {one["handle"] for team in proposal.teams for one in team.get("members", ())}
    ids = {row.mediator_id for row in rows if row.handle in named}
    return sorted(one for one in ids if one in showable)
