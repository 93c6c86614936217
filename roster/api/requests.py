"""Requests of the account: listed, drafted, read, changed, submitted."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from roster import clock
from roster.api import blueprint
from roster.api.bodies import read_body, read_json
from roster.api.calls import Call, Reply, current_actor, current_program, read_version, serves
from roster.api.errors import CallRefused
from roster.api.own import get_own, warm_index
from roster.edge.index import get_index
from roster.edge.units_of_work import reading, writing
from roster.local_days import end_of_day, last_day, local_day
from roster.models import MatchRequest
from roster.permissions import Permission
from roster.queries.processes import list_processes
from roster.queries.requests import get_subject, list_visible_requests
from roster.schemas.calls import SentRequestSchema, read_criteria
from roster.schemas.replies import (
    KeyReplySchema,
    RequestListSchema,
    RequestReplySchema,
    SubmissionReplySchema,
)
from roster.schemas.request import load_criteria
from roster.services.processes import place_request
from roster.services.request_states import waits_for_network
from roster.services.requests import (
    change_request,
    create_request,
    set_answer_by,
    submit_request,
)
from roster.services.runs import run_request

READ, WRITE = "requests:read", "requests:write"


@blueprint.get("/me")
@serves(Call("Who this key asks for, and what it may", Permission.USE_ACCOUNT, KeyReplySchema))
def show_key() -> Reply:
    """Of the account no more than what a program needs."""
    program = current_program()
    return Reply(
        {
            "roles": sorted(program.actor.roles),
            "language": program.actor.language,
            "time_zone": program.time_zone,
            "scopes": sorted(program.scopes),
            "ends_at": program.ends_at,
        }
    )


@blueprint.get("/requests")
@serves(Call("List own requests", Permission.CREATE_REQUEST, RequestListSchema, READ))
def list_requests() -> Reply:
    """The newest first."""
    names = ("code", "title", "state", "version", "created_at", "submitted_at")
    found = list_visible_requests(reading(), current_actor())
    lines = [
        {**{name: getattr(one, name) for name in names}, "runs": len(one.runs)} for one in found
    ]
    return Reply({"requests": lines})


@blueprint.post("/requests")
@serves(
    Call(
        "Draft a request",
        Permission.CREATE_REQUEST,
        RequestReplySchema,
        WRITE,
        takes=SentRequestSchema,
        status=201,
        is_once=True,
    )
)
def create() -> Reply:
    """A draft: nothing is searched before it is submitted."""
    values = read_body(SentRequestSchema())
    made = create_request(writing(), actor=current_actor(), criteria=_read_criteria())
    _place(made, values)
    address = url_for("api.show_request", code=made.code)
    return Reply(_describe(writing(), made), address, made.version)


@blueprint.get("/requests/<code>")
@serves(
    Call("Read a request", Permission.READ_REQUEST, RequestReplySchema, READ, subject=get_subject)
)
def show_request(code: str) -> Reply:
    """What it asks and how it stands."""
    found = get_own(code)
    return Reply(_describe(reading(), found), version=found.version)


@blueprint.put("/requests/<code>")
@serves(
    Call(
        "Change a request",
        Permission.EDIT_REQUEST,
        RequestReplySchema,
        WRITE,
        subject=get_subject,
        takes=SentRequestSchema,
        names_version=True,
    )
)
def change(code: str) -> Reply:
    """Other criteria in the place of the present ones."""
    found, values = get_own(code), read_body(SentRequestSchema())
    changed = change_request(
        writing(),
        actor=current_actor(),
        request_id=found.id,
        expected_version=read_version(),
        criteria=_read_criteria(),
    )
    _place(changed, values)
    return Reply(_describe(writing(), changed), version=changed.version)


@blueprint.post("/requests/<code>/submission")
@serves(
    Call(
        "Submit a draft, and search",
        Permission.EDIT_REQUEST,
        SubmissionReplySchema,
        WRITE,
        subject=get_subject,
        names_version=True,
        is_once=True,
    )
)
def submit(code: str) -> Reply:
    """Where nobody has checked who asks, a network has to accept it before it is searched."""
    found = get_own(code)
    warm_index()
    session, actor = writing(), current_actor()
    saved = submit_request(
        session, actor=actor, request_id=found.id, expected_version=read_version()
    )
    run, address = None, ""
    if not waits_for_network(session, actor=actor, request=saved):
        run_request(session, actor=actor, request_id=saved.id, index=get_index())
        run = 1
        address = url_for("api.show_answer", code=code, number=run)
    said = {"code": code, "state": saved.state, "version": saved.version, "run": run}
    return Reply(said, address, saved.version)


def _read_criteria() -> dict[str, Any]:
    """The criteria as a request keeps them; the schema has passed them."""
    return load_criteria(read_json()["criteria"])


def _place(saved: MatchRequest, values: dict[str, Any]) -> None:
    """The process and the day that were sent; what was not sent stays."""
    session, actor = writing(), current_actor()
    if "process" in values:
        place_request(session, actor=actor, request=saved, process_code=values["process"] or "")
    if "answer_by" in values:
        day, zone = values["answer_by"], current_program().time_zone
        _check_day(day, local_day(clock.now(), zone))
        until = end_of_day(day, zone) if day else None
        set_answer_by(session, actor=actor, request=saved, answer_by=until)


def _check_day(day: date | None, today: date) -> None:
    """A day that is over is refused, and one that no calendar goes beyond."""
    if day is not None and (day < today or day == date.max):
        raise CallRefused(422, "invalid", errors={"answer_by": ["end_in_the_past"]})


def _describe(session: Session, found: MatchRequest) -> dict[str, Any]:
    actor, zone = current_actor(), current_program().time_zone
    process = next(
        (one.code for one in list_processes(session, actor) if one.id == found.process_id), None
    )
    names = ("code", "title", "state", "version", "created_at", "submitted_at", "close_reason")
    return {
        **{name: getattr(found, name) for name in names},
        "answer_by": last_day(found.answer_by, zone) if found.answer_by else None,
        "process": process,
        "waits_for_network": waits_for_network(session, actor=actor, request=found),
        "criteria": read_criteria(found.criteria),
    }
