"""Weights of a request: read, tried, set."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from matching import PUBLISHED
from roster.api import blueprint
from roster.api.bodies import read_body
from roster.api.calls import Call, Reply, current_actor, read_version, serves
from roster.api.own import get_newest, get_own
from roster.edge.looks import note_looks_of
from roster.edge.units_of_work import reading, writing
from roster.models import MatchRequest
from roster.permissions import Permission
from roster.queries.requests import get_subject
from roster.schemas.answer_calls import SentWeightsSchema
from roster.schemas.weight_replies import MovesReplySchema, RequestWeightsSchema
from roster.services.request_weights import Move, change_weights, get_weights, preview_weights


@blueprint.get("/requests/<code>/weights")
@serves(
    Call(
        "Read the weights of a request",
        Permission.READ_REQUEST,
        RequestWeightsSchema,
        "requests:read",
        subject=get_subject,
    )
)
def show_weights(code: str) -> Reply:
    """Those of the next search, beside the published ones."""
    return _describe(get_own(code))


@blueprint.put("/requests/<code>/weights")
@serves(
    Call(
        "Set the weights of a request",
        Permission.EDIT_REQUEST,
        RequestWeightsSchema,
        "requests:write",
        subject=get_subject,
        takes=SentWeightsSchema,
        names_version=True,
    )
)
def set_weights(code: str) -> Reply:
    """For the searches from now on; earlier ones keep theirs."""
    found, values = get_own(code), read_body(SentWeightsSchema())
    changed = change_weights(
        writing(),
        actor=current_actor(),
        request_id=found.id,
        expected_version=read_version(),
        points=values["points"],
    )
    return _describe(changed)


@blueprint.post("/requests/<code>/weights/trial")
@serves(
    Call(
        "Try weights on the newest answer",
        Permission.EDIT_REQUEST,
        MovesReplySchema,
        "requests:read",
        subject=get_subject,
        takes=SentWeightsSchema,
    )
)
def try_weights(code: str) -> Reply:
    """Who would move; nothing is saved. Each look at a card is noted."""
    found, values = get_own(code), read_body(SentWeightsSchema())
    points = values["points"] or PUBLISHED.by_preference()
    run, actor = get_newest(found), current_actor()
    moves = preview_weights(reading(), actor=actor, request_id=found.id, points=points)
    ids = {row.handle: row.mediator_id for row in run.rows}
    looked = {her for one in moves if (her := ids.get(one.handle)) is not None}
    note_looks_of(actor, sorted(looked), "card")
    return Reply({"moves": [_describe_move(one) for one in moves]})


def _describe(found: MatchRequest) -> Reply:
    weights = get_weights(found)
    said = {
        "weights_version": weights.version,
        "is_own": found.weights is not None,
        "points": weights.by_preference(),
        "published": PUBLISHED.by_preference(),
    }
    return Reply(said, version=found.version)


def _describe_move(move: Move) -> dict[str, Any]:
    points = {name: round(getattr(move, name), 2) for name in ("points_before", "points_after")}
    return {**asdict(move), **points}
