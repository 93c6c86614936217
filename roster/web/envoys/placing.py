"""What the request form asks beside its criteria: the process it is of, and until when it waits."""

from __future__ import annotations

from datetime import date, datetime

from flask import request
from flask_login import current_user

from roster import clock
from roster.errors import NotFound
from roster.local_days import end_of_day, last_day, local_day
from roster.models import MatchRequest, Process
from roster.queries.processes import list_processes
from roster.services.processes import place_request
from roster.services.requests import set_answer_by
from roster.web.access import current_actor, reading, writing
from roster.web.envoys.form_words import Pairs
from roster.web.envoys.request_form import RequestForm


def list_choices(found: MatchRequest | None) -> Pairs:
    """Her open processes, and that of the request, as code and title."""
    own = found.process_id if found else None
    return [
        (one.code, f"{one.title} ({one.code})")
        for one in list_processes(reading(), current_actor())
        if one.closed_at is None or one.id == own
    ]


def read_process_code(found: MatchRequest | None) -> str:
    """The process chosen on the form, named by the address, or kept with the request."""
    if request.method == "POST":
        return request.form.get("process", "")
    if "process" in request.args:
        return request.args["process"]
    own = found.process_id if found else None
    return next((one.code for one in _list_own() if one.id == own), "")


def read_answer_by(found: MatchRequest | None) -> str:
    """The day on the form, or that of the request, in ISO 8601."""
    if request.method == "POST":
        return request.form.get("answer_by", "")
    if found is None or found.answer_by is None:
        return ""
    return last_day(found.answer_by, _zone()).isoformat()


def take_sides(form: RequestForm, code: str) -> None:
    """Put countries, sides and their offices of a process into the form; the rest is left alone."""
    process = next((one for one in _list_own() if one.code == code), None)
    if process is None:
        if code:
            raise NotFound
        return
    for name in [one for one in form.controls if one.startswith("parties-")]:
        del form.controls[name]
    form.controls["countries"] = ", ".join(process.countries)
    for number, side in enumerate(process.parties):
        for key in ("country", "code", "stance"):
            form.controls[f"parties-{number}-{key}"] = side[key] or ""
    offices = [office for side in process.parties for office in side["offices"]]
    if offices:
        form.controls["exclusions-offices"] = ", ".join(offices)
    if not form["title"]:
        form.controls["title"] = process.title


def place(saved: MatchRequest) -> None:
    """Store the process and the day with a request that was just saved from the form."""
    if "process" in request.form:
        place_request(
            writing(),
            actor=current_actor(),
            request=saved,
            process_code=request.form["process"],
        )
    if "answer_by" in request.form:
        set_answer_by(writing(), actor=current_actor(), request=saved, answer_by=_read_day())


def check_day(form: RequestForm) -> RequestForm:
    """Note what is wrong with the day until which the answer is needed."""
    text = request.form.get("answer_by", "").strip()
    try:
        is_over = bool(text) and date.fromisoformat(text) < local_day(clock.now(), _zone())
    except ValueError:
        form.errors["answer_by"] = ["invalid"]
    else:
        if is_over:
            form.errors["answer_by"] = ["end_in_the_past"]
    return form


def _read_day() -> datetime | None:
    text = request.form["answer_by"].strip()
    return end_of_day(date.fromisoformat(text), _zone()) if text else None


def _zone() -> str:
    """The clock by which she reads days."""
    return str(current_user.account.time_zone)


def _list_own() -> list[Process]:
    return list(list_processes(reading(), current_actor()))
