"""The form by which a coordinator changes her network's record of a woman."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import StaleVersion
from roster.permissions import Permission
from roster.queries.records import Person, get_person, network_subject
from roster.schemas.record import RecordForm
from roster.services.records import change_record
from roster.web.access import current_actor, log_reading, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.coordinators.comparing import Difference, list_differences
from roster.web.coordinators.form_values import (
    NO_LANGUAGE,
    NOTHING_SAID,
    as_change,
    list_confirmable,
    list_unmapped,
    read_values,
)
from roster.web.coordinators.words import EDIT_LABELS, ordered_options
from roster.web.forms import FormResult, read_form
from roster.web.pages import (
    current_wording,
    flash_sentence,
    render,
    term_options,
    word_errors,
)
from roster.web.person_words import POOLS

BLANK_LANGUAGES = 2
"""Empty rows for languages that are not there yet."""


@blueprint.get("/people/<int:record_id>/edit")
@needs(Permission.EDIT_RECORD, network_subject)
def edit_person(record_id: int) -> str:
    """The form with what the record says now."""
    person = _get_person(record_id)
    log_reading(person.record.mediator_id, "record")
    return _form(person, read_values(person, current_wording()))


@blueprint.post("/people/<int:record_id>/edit")
@needs(Permission.EDIT_RECORD, network_subject)
def change_person(record_id: int) -> ResponseReturnValue:
    """Save the form; a wrong field is said beside it and nothing that was typed is lost.

    Both a refusal and a second version show her record, so this is a look too.
    """
    log_reading(_get_person(record_id).record.mediator_id, "record")
    form = read_form(RecordForm())
    if not form.is_valid:
        return _refuse(_get_person(record_id), form), 400
    person = get_person(writing(), actor=current_actor(), record_id=record_id, now=clock.now())
    saved = read_values(person, current_wording())
    try:
        change_record(
            writing(),
            actor=current_actor(),
            record_id=record_id,
            expected_version=form.values["version"],
            change=as_change(form.values, person.record),
        )
    except StaleVersion:
        return _show_both(person, form, saved), 409
    flash_sentence("record_saved")
    return redirect(url_for("coordinators.show_person", record_id=record_id), 303)


def _get_person(record_id: int) -> Person:
    return get_person(reading(), actor=current_actor(), record_id=record_id, now=clock.now())


def _refuse(person: Person, form: FormResult) -> str:
    """The form as it was sent, each error beside its field."""
    codes = dict(form.errors)
    version = form.raw.get("version")
    if "version" in codes:  # without it nobody can tell what she saw: she looks again
        codes["version"], version = ["version_missing"], person.record.version
    return _form(person, {"languages": [], **form.raw, "version": version}, word_errors(codes))


def _show_both(person: Person, form: FormResult, saved: Mapping[str, Any]) -> str:
    """Somebody saved first: what differs, and the form as it was sent, to be saved once more."""
    sent = {"languages": [], **form.raw, "version": person.record.version}
    differences = list_differences(current_wording(), form.values, sent, saved)
    return _form(person, sent, differences=differences)


def _form(
    person: Person,
    values: Mapping[str, Any],
    errors: Mapping[str, Any] | None = None,
    differences: list[Difference] | None = None,
) -> str:
    rows = [*values["languages"], *({} for _ in range(BLANK_LANGUAGES))]
    wording = current_wording()
    return render(
        "coordinators/edit.html",
        record=person.record,
        values={**NOTHING_SAID, "version": person.record.version, **values},
        language_rows=[{**NO_LANGUAGE, **row} for row in rows],
        errors=errors or {},
        labels={name: wording.gettext(label) for name, label in EDIT_LABELS.items()},
        differences=differences or [],
        unmapped=list_unmapped(person.record),
        levels=ordered_options(wording, "level"),
        tracks=ordered_options(wording, "track"),
        roles=term_options("role", held=values.get("role_held") or ()),
        themes=term_options("theme", held=values.get("theme") or ()),
        seniorities=ordered_options(wording, "seniority"),
        pools=[(code, wording.gettext(word)) for code, word in POOLS.items()],
        states=ordered_options(wording, "accreditation_state"),
        confirmable=list_confirmable(person.record, wording),
    )
