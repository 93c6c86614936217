"""What explains an answer: what could be asked less, A against B, why not her."""

from __future__ import annotations

from typing import Any

from matching import Change, Difference, Evidence
from roster import clock
from roster.api import blueprint
from roster.api.bodies import read_body
from roster.api.calls import Call, Reply, current_actor, serves
from roster.api.frozen_answers import make_line
from roster.api.languages import current_wording
from roster.api.own import find_row, get_own
from roster.edge.index import get_index
from roster.edge.looks import meter_look_up_of, note_looks_of
from roster.edge.reason_rows import PostRows, make_post_rows
from roster.edge.units_of_work import reading
from roster.errors import NotFound, Refused
from roster.models import Run
from roster.permissions import Permission
from roster.queries.requests import get_run, get_subject
from roster.schemas.answer_calls import AskedComparisonSchema
from roster.schemas.answer_replies import (
    CardComparisonSchema,
    RelaxationsReplySchema,
    WhyNotReplySchema,
)
from roster.services.comparisons import CardComparison, compare_cards
from roster.services.relaxations import Relaxations, list_relaxations
from roster.services.why_not import explain_handle
from roster.wording.evidence import word_card
from roster.wording.explanations import word_change

READ = "requests:read"


@blueprint.get("/requests/<code>/relaxations")
@serves(
    Call(
        "List what could be asked less",
        Permission.READ_REQUEST,
        RelaxationsReplySchema,
        READ,
        subject=get_subject,
    )
)
def show_relaxations(code: str) -> Reply:
    """All smallest sets of changes for each post with too few fits."""
    actor, found = current_actor(), get_own(code)
    said = list_relaxations(reading(), actor=actor, request_id=found.id, index=get_index())
    posts = [
        {
            "post": post.post,
            "is_enough": post.is_enough,
            "sets": [
                {
                    "changes": [_describe_change(said, each) for each in one.changes],
                    "freed": one.freed,
                }
                for one in post.sets
            ],
            "left_off": post.left_off,
        }
        for post in said.posts
    ]
    return Reply({"posts": posts})


@blueprint.post("/requests/<code>/runs/<int:number>/comparison")
@serves(
    Call(
        "Compare two women of an answer",
        Permission.READ_REQUEST,
        CardComparisonSchema,
        READ,
        subject=get_subject,
        takes=AskedComparisonSchema,
    )
)
def compare(code: str, number: int) -> Reply:
    """Both of one post, from the evidence that was kept. Each look at a card is noted."""
    run = get_run(reading(), current_actor(), code, number)
    values = read_body(AskedComparisonSchema())
    rows = [find_row(run, values[name]) for name in ("first", "second")]
    first, second = (row.position if row else 0 for row in rows)
    try:
        found = compare_cards(
            reading(), actor=current_actor(), run_id=run.id, first=first, second=second
        )
    except NotFound as error:
        raise Refused("not_comparable") from error
    pair = (found.first.mediator_id, found.second.mediator_id)
    note_looks_of(current_actor(), [one for one in pair if one is not None], "card")
    return Reply(_describe_comparison(run, found))


@blueprint.get("/requests/<code>/why-not/<handle>")
@serves(
    Call(
        "Ask why a woman is not listed",
        Permission.READ_REQUEST,
        WhyNotReplySchema,
        READ,
        subject=get_subject,
    )
)
def show_why_not(code: str, handle: str) -> Reply:
    """By a handle that an answer of this request has shown. Each look is counted and noted."""
    actor, found, wording = current_actor(), get_own(code), current_wording()
    meter_look_up_of(actor)
    said = explain_handle(
        reading(), actor=actor, request_id=found.id, handle=handle, index=get_index()
    )
    if said is None:
        raise NotFound
    if said.mediator_id is not None:
        note_looks_of(actor, [said.mediator_id], "card")
    if said.found.is_withheld:
        return Reply({"handle": said.handle, "state": "not_proposed", "posts": []})
    rows = make_post_rows(wording, said.asked, said.found.posts, now=clock.now(), for_envoy=True)
    pairs = zip(said.found.posts, rows, strict=True)
    posts = [_describe_reasons(one.post, worded) for one, worded in pairs]
    state = said.found.state.name.lower()
    return Reply({"handle": said.handle, "state": state, "posts": posts})


def _describe_change(said: Relaxations, change: Change) -> dict[str, Any]:
    words = word_change(current_wording(), said.asked, change)
    return {"criterion": change.criterion, "post": change.post, "words": words}


def _describe_comparison(run: Run, found: CardComparison) -> dict[str, Any]:
    handles = (found.first.handle, found.second.handle)
    missing = zip(handles, found.missing, strict=True)
    return {
        "first": handles[0],
        "second": handles[1],
        "ahead": found.ahead.handle,
        "decided_by": found.decided_by.value if found.decided_by else "tie",
        "gap": found.gap,
        "differences": [_describe_difference(run, one) for one in found.differences],
        "missing": [{"handle": one, "line": _word(run, gate)} for one, gate in missing if gate],
    }


def _describe_difference(run: Run, one: Difference) -> dict[str, Any]:
    first, second = (_word(run, each) for each in (one.first, one.second))
    return {"label": first["label"], "first": first, "second": second, "points": one.points}


def _describe_reasons(post: str, rows: PostRows) -> dict[str, Any]:
    reasons = [
        {"code": one.code, "reason": one.reason, "line": make_line(one.line)} for one in rows.rows
    ]
    steps = ("her_steps", "request_steps", "joint_steps")
    return {"post": post, "reasons": reasons, **{name: getattr(rows, name) for name in steps}}


def _word(run: Run, evidence: Evidence) -> dict[str, Any]:
    """The line that her card shows."""
    return make_line(word_card(current_wording(), [evidence], now=run.at)[0])
