"""Her assignment: its days, what is said of it by both sides, and her reply."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.permissions import Permission
from roster.queries.approaches import find_approach
from roster.services.appraisals import HERSELF
from roster.services.deployments import get_own_deployment
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult
from roster.web.mediators import blueprint
from roster.web.mediators.approaches import approach_subject
from roster.web.mediators.herself import herself, render_hers
from roster.web.pages import flash_sentence, word_errors
from roster.web.said_view import list_again, make_deployment_view, take_said


@blueprint.get("/me/approaches/<approach_code>/deployment")
@needs(Permission.ANSWER_APPROACH, approach_subject)
def show_own_deployment(approach_code: str) -> str:
    """How it stands, and what each side has said."""
    return _render(approach_code, FormResult({}))


@blueprint.post("/me/approaches/<approach_code>/appraisal")
@needs(Permission.ANSWER_APPROACH, approach_subject)
def say_how_it_was(approach_code: str) -> ResponseReturnValue:
    """Her appraisal, her reply to the other's, or an addition to hers."""
    approach = find_approach(writing(), approach_code)
    form = take_said(writing(), current_actor(), approach.id, HERSELF)
    if not form.is_valid:
        return _render(approach_code, form), 422
    flash_sentence("said_saved")
    place = url_for("mediators.show_own_deployment", approach_code=approach_code)
    return redirect(place, 303)


def _render(approach_code: str, form: FormResult) -> str:
    approach = find_approach(reading(), approach_code)
    deployment = get_own_deployment(reading(), actor=current_actor(), approach_id=approach.id)
    return render_hers(
        "mediators/deployment.html",
        one=approach,
        view=make_deployment_view(deployment, HERSELF, herself().time_zone),
        again=list_again(),
        given=form.raw,
        errors=word_errors(form.errors),
    )
