"""Her consents, one by one, and her safety class, in plain words."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.permissions import Permission
from roster.schemas.mediator import ConsentForm
from roster.services.consents import ASKED_PURPOSES, answer_consents, list_live_consents
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.pages import current_wording, flash_sentence, word_errors


@blueprint.get("/me/consents")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_consents() -> str:
    """What she agreed to, until when, and her class."""
    return render_consents("mediators/consents.html")


@blueprint.post("/me/consents")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def submit_consents() -> ResponseReturnValue:
    """Take her answers; they count from the next request on."""
    problems = submit_answers()
    if problems is not None:
        return render_consents("mediators/consents.html", problems), 422
    flash_sentence("consents_saved")
    return redirect(url_for("mediators.show_consents"), 303)


def render_consents(template: str, form: FormResult | None = None) -> str:
    """The form as it stands, or as she sent it."""
    mediator = herself()
    live = list_live_consents(reading(), mediator.id, clock.now())
    ticked = sorted(live) if form is None else form.raw.get("purposes", [])
    return render_hers(
        template,
        purposes=ASKED_PURPOSES,
        live=live,
        ticked=ticked,
        safety_class=form.raw.get("safety_class", "") if form else mediator.safety_class,
        version=mediator.version,
        time_zone=mediator.time_zone,
        errors=word_errors(form.errors if form else {}),
    )


def submit_answers() -> FormResult | None:
    """Store the posted answers; the form with its errors if it cannot be."""
    form = read_form(ConsentForm())
    if not form.is_valid:
        return form
    answer_consents(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        expected_version=form.values["version"],
        purposes=form.values.get("purposes", []),
        language=current_wording().language,
        safety_class=form.values["safety_class"],
        channel="page",
    )
    return None
