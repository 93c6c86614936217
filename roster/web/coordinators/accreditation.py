"""How a network accredits a member: step by step, with certificates that end on their day."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.models import AccreditationStep, Entry, Membership
from roster.permissions import Permission
from roster.queries.records import Person, get_person, network_subject
from roster.schemas.accreditation import DropTrainingForm, StepForm, TrainingForm
from roster.services.accreditation import (
    LASTS_YEARS,
    NEXT,
    Step,
    find_membership,
    list_steps,
    take_step,
)
from roster.services.trainings import drop_training, keep_training, list_trainings
from roster.web.access import current_actor, log_reading, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, term_options, word_errors

FIELD_OF = {
    "step_not_possible": "to_state",
    "day_in_future": "on_day",
    "reason_missing": "note",
    "lapse_not_after": "lapses_on",
    "lapse_too_late": "lapses_on",
}
"""Beside which field a refusal stands."""


@blueprint.get("/people/<int:record_id>/accreditation")
@needs(Permission.READ_RECORD, network_subject)
def show_accreditation(record_id: int) -> str:
    """Where she stands, how she came there, and the next step."""
    person = _get_person(record_id)
    log_reading(person.record.mediator_id, "record")
    return _render(person)


def _get_person(record_id: int) -> Person:
    return get_person(reading(), actor=current_actor(), record_id=record_id, now=clock.now())


def _render(
    person: Person, form: FormResult | None = None, which: str = "", **values: object
) -> str:
    wording, record, today = current_wording(), person.record, clock.now().date()
    membership = find_membership(reading(), record)
    return render(
        "coordinators/accreditation.html",
        record=record,
        name=record.identity.display_name,
        membership=membership,
        states=[
            (state, wording.term("accreditation_state", state)) for state in _order_next(membership)
        ],
        steps=[_as_line(step) for step in list_steps(reading(), membership.id)],
        trainings=[_as_certificate(entry, today) for entry in list_trainings(record)],
        training_options=term_options("training"),
        today=today,
        months=12 * LASTS_YEARS,
        which=which,
        given=form.raw if form else {},
        errors=word_errors(form.errors, **values) if form else {},
    )


def _order_next(membership: Membership) -> list[str]:
    """The states that may follow, in the order of the vocabulary's ladder."""
    return [state for state in NEXT if state in NEXT[membership.accreditation]]


def _as_line(step: AccreditationStep) -> dict[str, Any]:
    wording = current_wording()
    return {
        "day": step.on_day,
        "before": wording.term("accreditation_state", step.from_state),
        "after": wording.term("accreditation_state", step.to_state),
        "lapses_on": step.lapses_on,
        "note": step.note,
    }


def _as_certificate(entry: Entry, today: date) -> dict[str, Any]:
    text = entry.detail.get("expires_on")
    until = date.fromisoformat(text) if text else None
    return {"code": entry.code, "until": until, "is_over": until is not None and until < today}


@blueprint.post("/people/<int:record_id>/accreditation")
@needs(Permission.EDIT_RECORD, network_subject)
def take_accreditation_step(record_id: int) -> ResponseReturnValue:
    """Take one step; what cannot follow is said beside its field and nothing typed is lost."""
    form = read_form(StepForm())
    if not form.is_valid:
        return _refuse(record_id, form, "step")
    said = {name: value for name, value in form.values.items() if name != "version"}
    try:
        take_step(
            writing(),
            actor=current_actor(),
            record_id=record_id,
            expected_version=form.values["version"],
            step=Step(**said),
        )
    except Refused as refusal:
        wrong = {FIELD_OF[refusal.code]: [refusal.code]}
        return _refuse(record_id, FormResult({}, wrong, form.raw), "step", **refusal.values)
    flash_sentence("record_saved")
    return _back(record_id)


@blueprint.post("/people/<int:record_id>/trainings")
@needs(Permission.EDIT_RECORD, network_subject)
def add_training(record_id: int) -> ResponseReturnValue:
    """Write down a certificate that was seen, or its new days."""
    form = read_form(TrainingForm())
    if not form.is_valid:
        return _refuse(record_id, form, "training")
    values = dict(form.values)
    try:
        keep_training(
            writing(),
            actor=current_actor(),
            record_id=record_id,
            expected_version=values.pop("version"),
            **values,
        )
    except Refused as refusal:
        name = "issued_on" if refusal.code == "day_in_future" else "expires_on"
        return _refuse(record_id, FormResult({}, {name: [refusal.code]}, form.raw), "training")
    flash_sentence("record_saved")
    return _back(record_id)


@blueprint.post("/people/<int:record_id>/trainings/drop")
@needs(Permission.EDIT_RECORD, network_subject)
def remove_training(record_id: int) -> ResponseReturnValue:
    """Take a certificate out of the record."""
    form = read_form(DropTrainingForm())
    if not form.is_valid:
        raise Refused("version_missing")
    drop_training(
        writing(),
        actor=current_actor(),
        record_id=record_id,
        expected_version=form.values["version"],
        code=form.values["code"],
    )
    flash_sentence("record_saved")
    return _back(record_id)


def _refuse(record_id: int, form: FormResult, which: str, **values: object) -> ResponseReturnValue:
    person = _get_person(record_id)
    log_reading(person.record.mediator_id, "record")
    return _render(person, form, which, **values), 422


def _back(record_id: int) -> ResponseReturnValue:
    return redirect(url_for("coordinators.show_accreditation", record_id=record_id), 303)
