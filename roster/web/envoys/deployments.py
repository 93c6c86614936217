"""After the choice, for the requester: the days, the start, the end, and what both sides say."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.errors import Refused
from roster.models import Approach, MatchRequest
from roster.permissions import Permission
from roster.queries.approaches import handle_subject
from roster.queries.requests import get_request
from roster.schemas.deployment import OUTCOMES, DatesForm, EndForm, StepForm
from roster.services.appraisals import REQUESTER
from roster.services.deployments import (
    cancel_deployment,
    change_dates,
    end_deployment,
    get_deployment,
    start_deployment,
)
from roster.web.access import current_actor, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.approaches import flash_outcome, get_approach
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, term_options, word_errors
from roster.web.said_view import list_again, make_deployment_view, take_said
from roster.wording.deployments import OUTCOMES as OUTCOME_WORDS


@blueprint.get("/requests/<code>/approaches/<handle>/deployment")
@needs(Permission.READ_REQUEST, handle_subject)
def show_deployment(code: str, handle: str) -> str:
    """How it stands, and the forms of the next step."""
    return _render(code, handle, FormResult({}))


@blueprint.post("/requests/<code>/approaches/<handle>/deployment/dates")
@needs(Permission.EDIT_REQUEST, handle_subject)
def move_deployment(code: str, handle: str) -> ResponseReturnValue:
    """Other days, until the start."""
    form = read_form(DatesForm())
    if not form.is_valid:
        return _render(code, handle, form), 422
    try:
        change_dates(
            writing(),
            actor=current_actor(),
            approach_id=get_approach(code, handle).id,
            expected_version=form.values["version"],
            starts_on=form.values["starts_on"],
            ends_on=form.values["ends_on"],
        )
    except Refused as refusal:
        return _render(code, handle, _mark(form, "ends_on", refusal.code)), 422
    flash_sentence("dates_saved")
    return _go_back(code, handle)


@blueprint.post("/requests/<code>/approaches/<handle>/deployment/step")
@needs(Permission.EDIT_REQUEST, handle_subject)
def step_deployment(code: str, handle: str) -> ResponseReturnValue:
    """She has started, or it does not come about."""
    form = read_form(StepForm())
    if not form.is_valid:
        return _render(code, handle, form), 422
    is_start = form.values["step"] == "start"
    use_case = start_deployment if is_start else cancel_deployment
    done = use_case(
        writing(),
        actor=current_actor(),
        approach_id=get_approach(code, handle).id,
        expected_version=form.values["version"],
    )
    word = "deployment_started" if is_start else "deployment_cancelled"
    flash_outcome(word if done else "")
    return _go_back(code, handle)


@blueprint.post("/requests/<code>/approaches/<handle>/deployment/end")
@needs(Permission.EDIT_REQUEST, handle_subject)
def close_deployment(code: str, handle: str) -> ResponseReturnValue:
    """The work is over; what is confirmed becomes one entry of her experience."""
    form = read_form(EndForm())
    if not form.is_valid:
        return _render(code, handle, form), 422
    end_deployment(
        writing(),
        actor=current_actor(),
        approach_id=get_approach(code, handle).id,
        expected_version=form.values["version"],
        outcome=form.values["outcome"],
        was_broken_off=form.values["early"] == "yes",
        work={name: form.values[name] for name in ("role", "track", "phase", "country")},
    )
    flash_sentence("deployment_ended")
    return _go_back(code, handle)


@blueprint.post("/requests/<code>/approaches/<handle>/appraisal")
@needs(Permission.EDIT_REQUEST, handle_subject)
def appraise(code: str, handle: str) -> ResponseReturnValue:
    """The requester's appraisal, a reply to hers, or an addition."""
    approach = get_approach(code, handle)
    form = take_said(writing(), current_actor(), approach.id, REQUESTER)
    if not form.is_valid:
        return _render(code, handle, form), 422
    flash_sentence("said_saved")
    return _go_back(code, handle)


def _render(code: str, handle: str, form: FormResult) -> str:
    found = get_request(reading(), current_actor(), code)
    approach = get_approach(code, handle)
    deployment = get_deployment(reading(), actor=current_actor(), approach_id=approach.id)
    wording = current_wording()
    return render(
        "envoys/deployment.html",
        found=found,
        handle=handle,
        view=make_deployment_view(deployment, REQUESTER, "UTC"),
        outcomes=[(one, wording.gettext(OUTCOME_WORDS[one])) for one in OUTCOMES],
        roles=term_options("role"),
        tracks=term_options("track"),
        phases=term_options("phase"),
        countries=_list_countries(found),
        asked=_find_asked(found, approach),
        again=list_again(),
        given=form.raw,
        errors=word_errors(form.errors),
    )


def _list_countries(found: MatchRequest) -> list[tuple[str, str]]:
    """Those of the process and of the work."""
    codes = [*found.criteria.get("countries", ()), found.criteria.get("place")]
    wording = current_wording()
    return [(one, wording.term("country", one)) for one in dict.fromkeys(codes) if one]


def _find_asked(found: MatchRequest, approach: Approach) -> dict[str, str]:
    """The first role, track, phase and country that the request asks: a choice to begin with."""
    posts = found.criteria.get("posts", ())
    post: dict[str, Any] = next((one for one in posts if one.get("code") == approach.post), {})
    firsts = {"role": "roles", "track": "tracks", "phase": "phases"}
    asked = {name: next(iter(post.get(many) or ()), "") for name, many in firsts.items()}
    return {**asked, "country": next((code for code, _ in _list_countries(found)), "")}


def _mark(form: FormResult, name: str, code: str) -> FormResult:
    return FormResult(form.values, {name: [code]}, form.raw)


def _go_back(code: str, handle: str) -> ResponseReturnValue:
    return redirect(url_for("envoys.show_deployment", code=code, handle=handle), 303)
