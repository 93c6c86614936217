"""Whom a side of a process does not accept: noted on the page of the process, by handle."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.errors import Refused
from roster.permissions import Permission
from roster.queries.processes import find_subject, get_process
from roster.schemas.process import ObjectionForm
from roster.services.objections import note_objection, withdraw_objection
from roster.web.access import current_actor, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.processes import show_page
from roster.web.forms import FormResult, read_form
from roster.web.pages import flash_sentence

FIELDS = {"not_a_choice": "party"}
"""Where on the form a refusal belongs; else beside the handle."""


@blueprint.post("/processes/<process_code>/objections")
@needs(Permission.KEEP_PROCESS, find_subject)
def note(process_code: str) -> ResponseReturnValue:
    """One objection more; runs of this process obey from the next on."""
    process = get_process(reading(), current_actor(), process_code)
    form = read_form(ObjectionForm())
    if not form.is_valid:
        return show_page(process_code, form), 422
    try:
        note_objection(
            writing(),
            actor=current_actor(),
            process_id=process.id,
            request_code=form.values["request"],
            handle=form.values["handle"],
            party_code=form.values["party"],
        )
    except Refused as refusal:
        name = FIELDS.get(refusal.code, "handle")
        return show_page(process_code, FormResult({}, {name: [refusal.code]}, form.raw)), 422
    flash_sentence("objection_noted")
    return redirect(url_for("envoys.show_process", process_code=process_code), 303)


@blueprint.post("/processes/<process_code>/objections/<int:objection_id>/end")
@needs(Permission.KEEP_PROCESS, find_subject)
def withdraw(process_code: str, objection_id: int) -> ResponseReturnValue:
    """The side accepts her after all."""
    process = get_process(reading(), current_actor(), process_code)
    withdraw_objection(
        writing(), actor=current_actor(), process_id=process.id, objection_id=objection_id
    )
    flash_sentence("objection_withdrawn")
    return redirect(url_for("envoys.show_process", process_code=process_code), 303)
