"""A requester's peace processes: the list, one with its sides and phases, and its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.models import Process
from roster.permissions import Permission
from roster.queries.processes import (
    find_subject,
    get_process,
    list_focal_points,
    list_objections,
    list_phases,
    list_processes,
    list_requests,
)
from roster.schemas.application import VersionForm
from roster.schemas.process import MOST_SIDES, PhaseForm, ProcessForm
from roster.services.processes import (
    KeptProcess,
    add_phase,
    change_process,
    close_process,
    create_process,
)
from roster.web.access import current_actor, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.form_words import STANCES
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, term_options, word_errors
from roster.wording.processes import PLANS, SENSITIVITIES, word_phase

SPARE_SIDES = 2
"""Empty sides on the form, beside those that are filled."""


@blueprint.get("/processes")
@needs(Permission.LIST_PROCESSES)
def show_processes() -> str:
    """Her processes."""
    return render("envoys/processes.html", processes=list_processes(reading(), current_actor()))


@blueprint.get("/processes/new")
@needs(Permission.LIST_PROCESSES)
def show_new_process() -> str:
    """An empty form."""
    return _show_form(None, FormResult({}, raw={"sensitivity": "restricted"}))


@blueprint.post("/processes")
@needs(Permission.LIST_PROCESSES)
def create_new_process() -> ResponseReturnValue:
    """Keep one more."""
    form = read_form(ProcessForm())
    if not form.is_valid:
        return _show_form(None, form), 422
    try:
        made = create_process(writing(), actor=current_actor(), kept=_read(form.values))
    except Refused as refusal:
        return _show_form(None, FormResult({}, {"": [refusal.code]}, form.raw)), 422
    return redirect(url_for("envoys.show_process", process_code=made.code), 303)


@blueprint.get("/processes/<process_code>")
@needs(Permission.KEEP_PROCESS, find_subject)
def show_process(process_code: str) -> str:
    """Its sides, its phases, whom a side does not accept, and its requests."""
    return show_page(process_code, FormResult({}))


def show_page(process_code: str, form: FormResult) -> str:
    """The page of a process, with what was wrong with one of its forms."""
    process, wording = get_process(reading(), current_actor(), process_code), current_wording()
    requests = list_requests(reading(), process.id)
    return render(
        "envoys/process.html",
        process=process,
        sensitivity=wording.gettext(SENSITIVITIES[process.sensitivity]),
        stances={code: wording.gettext(word) for code, word in STANCES.items()},
        countries=[wording.term("country", one) for one in process.countries],
        phases=[(*word_phase(wording, one), "") for one in list_phases(reading(), process.id)],
        phase_options=term_options("phase"),
        today=clock.now().date(),
        focal_points=_list_beside(process),
        plans={code: wording.gettext(word) for code, word in PLANS.items()},
        objections=list_objections(reading(), process.id),
        requests=requests,
        answered=[(one.code, one.code) for one in requests if one.state != "draft"],
        sides=[(one["code"], word_side(one)) for one in process.parties],
        side_names={one["code"]: word_side(one) for one in process.parties},
        given=form.raw,
        errors=word_errors(form.errors),
    )


def word_side(side: Mapping[str, Any]) -> str:
    """A side as she calls it, else its state, else its code."""
    country = side.get("country")
    named = side.get("name") or (current_wording().term("country", country) if country else "")
    return str(named or side["code"])


def _list_beside(process: Process) -> list[Any]:
    """Focal points of its countries: none where the process is confidential."""
    if process.sensitivity == "confidential":
        return []
    return list(list_focal_points(reading(), process.countries))


@blueprint.get("/processes/<process_code>/edit")
@needs(Permission.KEEP_PROCESS, find_subject)
def show_process_form(process_code: str) -> str:
    """The form with what is kept."""
    process = get_process(reading(), current_actor(), process_code)
    return _show_form(process, FormResult({}, raw=_write(process)))


@blueprint.post("/processes/<process_code>/edit")
@needs(Permission.KEEP_PROCESS, find_subject)
def save_process(process_code: str) -> ResponseReturnValue:
    """Other words in the place of the present ones."""
    process = get_process(reading(), current_actor(), process_code)
    form = read_form(ProcessForm())
    if not form.is_valid:
        return _show_form(process, form), 422
    try:
        change_process(
            writing(),
            actor=current_actor(),
            process_id=process.id,
            expected_version=form.values["version"],
            kept=_read(form.values),
        )
    except Refused as refusal:
        return _show_form(process, FormResult({}, {"": [refusal.code]}, form.raw)), 422
    return redirect(url_for("envoys.show_process", process_code=process_code), 303)


@blueprint.post("/processes/<process_code>/phases")
@needs(Permission.KEEP_PROCESS, find_subject)
def note_phase(process_code: str) -> ResponseReturnValue:
    """One phase more."""
    process = get_process(reading(), current_actor(), process_code)
    form = read_form(PhaseForm())
    if not form.is_valid:
        return show_page(process_code, form), 422
    try:
        add_phase(
            writing(),
            actor=current_actor(),
            process_id=process.id,
            expected_version=form.values["version"],
            phase=form.values["phase"],
            since=form.values["since"],
        )
    except Refused as refusal:
        return show_page(process_code, FormResult({}, {"since": [refusal.code]}, form.raw)), 422
    return redirect(url_for("envoys.show_process", process_code=process_code), 303)


@blueprint.post("/processes/<process_code>/close")
@needs(Permission.KEEP_PROCESS, find_subject)
def close(process_code: str) -> ResponseReturnValue:
    """It is over: no new request is made of it."""
    process = get_process(reading(), current_actor(), process_code)
    form = read_form(VersionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    close_process(
        writing(),
        actor=current_actor(),
        process_id=process.id,
        expected_version=form.values["version"],
    )
    flash_sentence("process_closed_now")
    return redirect(url_for("envoys.show_processes"), 303)


def _read(values: Mapping[str, Any]) -> KeptProcess:
    return KeptProcess(
        title=values["title"],
        mandating_body=values["mandating_body"],
        countries=values["countries"],
        sensitivity=values["sensitivity"],
        parties=[one for one in values["parties"] if one["country"] or one["code"]],
    )


def _write(process: Process) -> dict[str, Any]:
    """A kept process as its form shows it."""
    wording = current_wording()
    rows = [
        {
            **one,
            "country": wording.term("country", one["country"]) if one["country"] else "",
            "code": "" if one["code"] == one["country"] else one["code"],
            "offices": ", ".join(one["offices"]),
        }
        for one in process.parties
    ]
    return {
        "version": process.version,
        "title": process.title,
        "mandating_body": process.mandating_body or "",
        "countries": ", ".join(wording.term("country", one) for one in process.countries),
        "sensitivity": process.sensitivity,
        "parties": rows,
    }


def _show_form(process: Process | None, form: FormResult) -> str:
    wording = current_wording()
    rows = list(form.raw.get("parties") or ())
    spare = min(SPARE_SIDES, MOST_SIDES - len(rows))
    return render(
        "envoys/process_form.html",
        process=process,
        given=form.raw,
        sides=[*rows, *({} for _ in range(spare))],
        stances=[(code, wording.gettext(word)) for code, word in STANCES.items()],
        sensitivities=[(code, wording.gettext(word)) for code, word in SENSITIVITIES.items()],
        errors=word_errors(form.errors),
    )
