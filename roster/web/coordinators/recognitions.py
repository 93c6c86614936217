"""Whose accreditation her networks take as their own."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roster.errors import NotFound, Refused
from roster.models import Recognition
from roster.permissions import Permission, Subject
from roster.queries.records import visible_networks
from roster.schemas.accreditation import RecognitionForm
from roster.schemas.application import VersionForm
from roster.services.recognitions import end_recognition, list_recognitions, recognise
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, term_options, word_errors


def recognition_subject(session: Session, recognition_id: int) -> Subject:
    """The receiving network, whose choice it is."""
    row = session.get(Recognition, recognition_id)
    if row is None:
        raise NotFound
    return Subject(network_code=row.network_code)


@blueprint.get("/recognitions")
@needs(Permission.KEEP_RECOGNITION)
def show_recognitions() -> str:
    """What her networks recognise, who recognises them, and a form for one more."""
    return _render()


def _render(form: FormResult | None = None) -> str:
    wording, networks = current_wording(), visible_networks(reading(), current_actor())
    rows = list_recognitions(reading(), networks)
    return render(
        "coordinators/recognitions.html",
        given=[row for row in rows if row.network_code in networks],
        received=[row for row in rows if row.network_code not in networks],
        networks=[(code, wording.term("network", code)) for code in networks],
        others=term_options("network"),
        sent=form.raw if form else {},
        errors=word_errors(form.errors) if form else {},
    )


@blueprint.post("/recognitions")
@needs(Permission.KEEP_RECOGNITION)
def give_recognition() -> ResponseReturnValue:
    """Take another network's accreditation as one's own, from today on."""
    form = read_form(RecognitionForm())
    if form.raw.get("network") not in visible_networks(reading(), current_actor()):
        form = FormResult({}, {**form.errors, "network": ["network_missing"]}, form.raw)
    if not form.is_valid:
        return _render(form), 422
    try:
        recognise(
            writing(),
            actor=current_actor(),
            network_code=form.values["network"],
            recognised_code=form.values["recognised"],
        )
    except Refused as refusal:
        return _render(FormResult({}, {"recognised": [refusal.code]}, form.raw)), 422
    flash_sentence("recognition_given")
    return redirect(url_for("coordinators.show_recognitions"), 303)


@blueprint.post("/recognitions/<int:recognition_id>/end")
@needs(Permission.KEEP_RECOGNITION, recognition_subject)
def stop_recognition(recognition_id: int) -> ResponseReturnValue:
    """The other's accreditation counts there alone, at once."""
    form = read_form(VersionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    end_recognition(
        writing(),
        actor=current_actor(),
        recognition_id=recognition_id,
        expected_version=form.values["version"],
    )
    flash_sentence("recognition_ended")
    return redirect(url_for("coordinators.show_recognitions"), 303)
