"""Searches of a request and their answers: cards by handle, near misses, the funnel."""

from __future__ import annotations

from flask import url_for

from roster import clock
from roster.api import blueprint
from roster.api.calls import Call, Reply, current_actor, serves
from roster.api.frozen_answers import show_run
from roster.api.languages import current_wording
from roster.api.own import get_own, read_page, warm_index
from roster.edge.index import get_index
from roster.edge.looks import note_looks_of
from roster.edge.units_of_work import reading, writing
from roster.permissions import Permission
from roster.queries.requests import get_run, get_subject
from roster.schemas.answer_replies import AnswerReplySchema
from roster.schemas.replies import RunLineSchema, RunListSchema
from roster.services.asked_requests import list_cleared
from roster.services.runs import run_request
from roster.services.shown_cards import list_showable


@blueprint.get("/requests/<code>/runs")
@serves(
    Call(
        "List the searches of a request",
        Permission.READ_REQUEST,
        RunListSchema,
        "requests:read",
        subject=get_subject,
    )
)
def list_runs(code: str) -> Reply:
    """The oldest first."""
    runs = enumerate(get_own(code).runs, 1)
    return Reply({"runs": [{"number": number, "at": run.at} for number, run in runs]})


@blueprint.post("/requests/<code>/runs")
@serves(
    Call(
        "Search again",
        Permission.EDIT_REQUEST,
        RunLineSchema,
        "requests:write",
        subject=get_subject,
        status=201,
        is_once=True,
    )
)
def search(code: str) -> Reply:
    """The same once more of the roster as it stands now."""
    found = get_own(code)
    warm_index()
    run = run_request(writing(), actor=current_actor(), request_id=found.id, index=get_index())
    number = len(run.match_request.runs)
    address = url_for("api.show_answer", code=code, number=number)
    return Reply({"number": number, "at": run.at}, address)


@blueprint.get("/requests/<code>/runs/<int:number>")
@serves(
    Call(
        "Read an answer",
        Permission.READ_REQUEST,
        AnswerReplySchema,
        "requests:read",
        subject=get_subject,
        parameters=("page", "near"),
    )
)
def show_answer(code: str, number: int) -> Reply:
    """As it may be seen today; each look at a card is noted."""
    actor, now = current_actor(), clock.now()
    run = get_run(reading(), actor, code, number)
    women = [row.mediator_id for row in run.rows if row.mediator_id is not None]
    forward = list_cleared(reading(), run.request_id, "put_forward")
    showable = list_showable(reading(), women, now, put_forward=forward)
    seen = show_run(
        current_wording(),
        run,
        number,
        showable,
        now=now,
        page=read_page("page"),
        near_page=read_page("near"),
    )
    note_looks_of(actor, seen.shown_ids, "card")
    return Reply(seen.document)
