"""What women hand in, and what becomes of it: take in, ask by the record there is, refuse, ask back.

Only her own networks' applications, and only women of the same network as look-alikes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from roster import clock
from roster.errors import Refused
from roster.models import Application
from roster.permissions import Permission
from roster.queries.applications import (
    application_subject,
    count_begun,
    get_application,
    list_applications,
)
from roster.queries.people import get_names
from roster.queries.records import visible_networks
from roster.schemas.application import KnownForm, QuestionForm, VersionForm
from roster.services.applications import (
    accept,
    ask_to_add,
    find_look_alikes,
    refuse,
    settle_as_known,
)
from roster.services.known_people import KnownPeople
from roster.web.access import current_actor, needs, reading, writing
from roster.web.application_view import answer_lines
from roster.web.coordinators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors


@blueprint.get("/applications")
@needs(Permission.READ_APPLICATION)
def list_waiting() -> str:
    """What waits for a decision, the oldest first, each with its age and whether it looks known."""
    networks = visible_networks(reading(), current_actor())
    waiting = list_applications(reading(), networks, state="submitted")
    people = {code: KnownPeople(reading(), code) for code in {one.network_code for one in waiting}}
    return render(
        "coordinators/applications.html",
        waiting=[_as_line(one, people[one.network_code]) for one in waiting],
        begun=count_begun(reading(), networks),
    )


def _as_line(application: Application, people: KnownPeople) -> dict[str, Any]:
    wording = current_wording()
    submitted_at = application.submitted_at or application.created_at
    return {
        "id": application.id,
        "name": application.name,
        "network": wording.term("network", application.network_code),
        "age": wording.days((clock.now() - submitted_at).days),
        "submitted": wording.day_of(submitted_at),
        "is_alike": bool(find_look_alikes(people, application)),
    }


@blueprint.get("/applications/<int:application_id>")
@needs(Permission.READ_APPLICATION, application_subject)
def show_application(application_id: int) -> str:
    """One application: her words, who on the same list she looks like, what can be done."""
    return _render(application_id, FormResult({}))


def _render(application_id: int, form: FormResult) -> str:
    actor, wording = current_actor(), current_wording()
    application = get_application(reading(), actor=actor, application_id=application_id)
    people = KnownPeople(reading(), application.network_code)
    alike = [one.record_id for one in find_look_alikes(people, application)]
    names = get_names(reading(), alike)
    return render(
        "coordinators/application.html",
        application=application,
        network=wording.term("network", application.network_code),
        lines=answer_lines(wording, application.answers),
        alike=[(record_id, names[record_id]) for record_id in alike if record_id in names],
        given=form.raw,
        errors=word_errors(form.errors),
    )


@blueprint.post("/applications/<int:application_id>/accept")
@needs(Permission.DECIDE_APPLICATION, application_subject)
def take_in(application_id: int) -> ResponseReturnValue:
    """Take her in: a record of this network, and the invitation to answer for herself."""
    values = _read(VersionForm())
    record = accept(
        writing(),
        actor=current_actor(),
        application_id=application_id,
        expected_version=values["version"],
    )
    flash_sentence("applicant_accepted")
    return redirect(url_for("coordinators.show_person", record_id=record.id), 303)


def _read(schema: Schema) -> Mapping[str, Any]:
    """A form of hidden fields: what is wrong with it no reader could mend."""
    form = read_form(schema)
    if not form.is_valid:
        raise Refused("version_missing")
    return form.values


@blueprint.post("/applications/<int:application_id>/known")
@needs(Permission.DECIDE_APPLICATION, application_subject)
def ask_known(application_id: int) -> ResponseReturnValue:
    """She is on the list already: ask her by that record, and close the application."""
    values = _read(KnownForm())
    was_asked = settle_as_known(
        writing(),
        actor=current_actor(),
        application_id=application_id,
        expected_version=values["version"],
        record_id=values["record_id"],
    )
    flash_sentence("applicant_known" if was_asked else "applicant_known_not_asked")
    return redirect(url_for("coordinators.show_person", record_id=values["record_id"]), 303)


@blueprint.post("/applications/<int:application_id>/refuse")
@needs(Permission.DECIDE_APPLICATION, application_subject)
def turn_down(application_id: int) -> ResponseReturnValue:
    """Do not take her in; she reads so behind a link, without a reason."""
    values = _read(VersionForm())
    refuse(
        writing(),
        actor=current_actor(),
        application_id=application_id,
        expected_version=values["version"],
    )
    flash_sentence("applicant_refused")
    return redirect(url_for("coordinators.list_waiting"), 303)


@blueprint.post("/applications/<int:application_id>/ask")
@needs(Permission.DECIDE_APPLICATION, application_subject)
def ask_back(application_id: int) -> ResponseReturnValue:
    """Give it back to her with a question."""
    form = read_form(QuestionForm())
    if not form.is_valid:
        return _render(application_id, form), 422
    ask_to_add(
        writing(),
        actor=current_actor(),
        application_id=application_id,
        expected_version=form.values["version"],
        question=form.values["question"],
    )
    flash_sentence("applicant_asked")
    return redirect(url_for("coordinators.list_waiting"), 303)
