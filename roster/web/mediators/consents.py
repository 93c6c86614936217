"""Her consents, one by one, and her safety class, in plain words."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.permissions import Permission
from roster.schemas.mediator import ConsentForm
from roster.services.consents import (
    ASKED_PURPOSES,
    answer_consents,
    list_given_consents,
    list_live_consents,
)
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.consent_words import make_lines, word_history
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.pages import current_wording, flash_sentence, word_errors
from roster.wording.consent_texts import find_text_language


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


@blueprint.get("/me/consents/history")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_given_consents() -> str:
    """Every yes she ever gave, with the very words that she agreed to then."""
    mediator, wording = herself(), current_wording()
    rows = list_given_consents(reading(), mediator.id)
    given = [word_history(wording, row, mediator.time_zone) for row in rows]
    return render_hers("mediators/given_consents.html", given=given)


def render_consents(template: str, form: FormResult | None = None) -> str:
    """The form as it stands, or as she sent it."""
    mediator, now = herself(), clock.now()
    live = list_live_consents(reading(), mediator.id, now)
    given = list_given_consents(reading(), mediator.id)
    newest = {row.purpose: row for row in reversed(given)} | live
    ticked = sorted(live) if form is None else form.raw.get("purposes", [])
    return render_hers(
        template,
        lines=make_lines(
            current_wording(),
            ASKED_PURPOSES,
            newest,
            ticked,
            now=now,
            time_zone=mediator.time_zone,
        ),
        was_ever_asked=bool(given),
        safety_class=form.raw.get("safety_class", "") if form else mediator.safety_class,
        version=mediator.version,
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
        language=find_text_language(current_wording().language),
        safety_class=form.values["safety_class"],
        channel="page",
    )
    return None
