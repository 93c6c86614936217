"""What she said of her time on the telephone, written down by her coordinator."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused, StaleVersion
from roster.facts import load_outlook
from roster.models import Availability
from roster.permissions import Permission
from roster.queries.records import Person, get_person, network_subject
from roster.schemas.availability import MODALITIES, NOTICE_DAYS, STATUSES, AvailabilityForm
from roster.services.availability import state_availability
from roster.web.access import current_actor, log_reading, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.options import suggest_places
from roster.web.outlook import draw_outlook
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.web.person_words import availability_lines
from roster.web.statements import read_statement


@blueprint.get("/people/<int:record_id>/availability")
@needs(Permission.EDIT_RECORD, network_subject)
def show_availability(record_id: int) -> str:
    """What stands, and an empty form: only what she says now is written down."""
    person = get_person(reading(), actor=current_actor(), record_id=record_id, now=clock.now())
    log_reading(person.record.mediator_id, "record")
    return _form(person)


@blueprint.post("/people/<int:record_id>/availability")
@needs(Permission.EDIT_RECORD, network_subject)
def submit_availability(record_id: int) -> ResponseReturnValue:
    """Write it down for 30 days, marked as the coordinator's word. A refusal shows what stands."""
    form = read_form(_make_schema())
    person = get_person(reading(), actor=current_actor(), record_id=record_id, now=clock.now())
    log_reading(person.record.mediator_id, "record")
    if not form.is_valid:
        return _form(person, form), 400
    person = get_person(writing(), actor=current_actor(), record_id=record_id, now=clock.now())
    try:
        state_availability(
            writing(),
            actor=current_actor(),
            mediator_id=person.record.mediator_id,
            expected_id=form.values["version"] or None,
            statement=read_statement(form.values),
        )
    except StaleVersion:
        return _form(person, form, is_stale=True), 409
    except Refused as refusal:
        field = str(refusal.values.get("field", "status"))
        return _form(person, FormResult({}, {field: [refusal.code]}, form.raw)), 422
    flash_sentence("told_by_phone")
    return redirect(url_for("coordinators.show_person", record_id=record_id), 303)


def _make_schema() -> AvailabilityForm:
    """Her clock is hers: a coordinator neither sees nor sets it."""
    return AvailabilityForm(exclude=("time_zone",))


def _form(person: Person, form: FormResult | None = None, *, is_stale: bool = False) -> str:
    wording, standing, now = current_wording(), person.availability, clock.now()
    her = person.record.mediator
    spans = load_outlook(reading(), mediator_id=her.id, time_zone=her.time_zone, now=now)
    codes = dict(form.errors) if form else {}
    if "version" in codes:
        codes["version"] = ["version_missing"]
    errors = word_errors(codes)
    if "refused" in errors:
        errors["refused"] = [*errors["refused"], *suggest_places(wording, codes["refused"])]
    return render(
        "coordinators/availability.html",
        record=person.record,
        name=person.record.identity.display_name,
        given=form.raw if form else {},
        version=_version(standing, form, is_stale=is_stale or "version" in codes),
        is_stale=is_stale,
        is_hers=standing is not None and standing.confirmed_by == "self",
        standing=availability_lines(wording, person, now),
        picture=draw_outlook(wording, spans, to_herself=False),
        statuses=[(code, wording.term("availability_status", code)) for code in STATUSES],
        notices=[(days, wording.days(days)) for days in NOTICE_DAYS],
        modalities=[(code, wording.term("modality", code)) for code in MODALITIES],
        errors=errors,
    )


def _version(standing: Availability | None, form: FormResult | None, *, is_stale: bool) -> Any:
    """The statement that she saw; once she has seen a newer one, that."""
    if form is not None and not is_stale:
        return form.raw.get("version", 0)
    return standing.id if standing else 0
