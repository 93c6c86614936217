"""Approaches of a request, and the names that were released to its requester."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from roster import clock
from roster.api import blueprint
from roster.api.bodies import read_body
from roster.api.calls import Call, Reply, current_actor, read_version, serves
from roster.api.changes import refuse_changes
from roster.api.own import get_newest, get_own
from roster.edge.looks import note_looks_of
from roster.edge.units_of_work import reading, writing
from roster.errors import Refused
from roster.models import Approach
from roster.permissions import Permission
from roster.queries.approaches import list_of_request
from roster.queries.releases import list_live_releases
from roster.queries.requests import get_subject
from roster.schemas.approach_replies import (
    ApproachListSchema,
    AskedReplySchema,
    ReleaseListSchema,
)
from roster.schemas.calls import SentApproachSchema
from roster.services.approaches import approach_women
from roster.services.released_fields import list_released_fields
from roster.services.shown_approaches import ShownApproach, show_approaches
from roster.services.stale_runs import ChangesToAccept

NOT_TERMS = ("women", "hours", "accepted")


@blueprint.get("/requests/<code>/approaches")
@serves(
    Call(
        "List who was asked, and how each stands",
        Permission.READ_REQUEST,
        ApproachListSchema,
        "approaches:read",
        subject=get_subject,
    )
)
def list_approaches(code: str) -> Reply:
    """In the order they were made."""
    found = get_own(code)
    approaches = list_of_request(reading(), current_actor(), found)
    shown = show_approaches(reading(), found, approaches, clock.now())
    return Reply({"approaches": [describe_approach(one) for one in shown]})


@blueprint.post("/requests/<code>/approaches")
@serves(
    Call(
        "Ask women of the newest answer",
        Permission.EDIT_REQUEST,
        AskedReplySchema,
        "approaches:write",
        subject=get_subject,
        takes=SentApproachSchema,
        status=201,
        names_version=True,
        is_once=True,
    )
)
def ask(code: str) -> Reply:
    """All on the same terms; what changed since the search is answered first, to be accepted."""
    found, values = get_own(code), read_body(SentApproachSchema())
    run = get_newest(found)
    handles = {one["handle"]: one["post"] for one in values["women"]}
    if len(handles) < len(values["women"]):
        raise Refused("approach_unknown_handle")
    try:
        asked = approach_women(
            writing(),
            actor=current_actor(),
            request_id=found.id,
            expected_version=read_version(),
            handles=handles,
            terms={name: one for name, one in values.items() if one and name not in NOT_TERMS},
            accepted_changes=values["accepted"],
            hours=values["hours"],
        )
    except ChangesToAccept as error:
        raise refuse_changes(run, error) from error
    left_out = [asdict(one) for one in asked.left_out]
    return Reply({"asked": [one.handle for one in asked.made], "left_out": left_out})


@blueprint.get("/requests/<code>/releases")
@serves(
    Call(
        "Read the names that were released",
        Permission.READ_RELEASED,
        ReleaseListSchema,
        "releases:read",
        subject=get_subject,
    )
)
def list_releases(code: str) -> Reply:
    """Only those that are live at this moment. Each look is noted for her."""
    found = get_own(code)
    live = list_live_releases(reading(), found.id, clock.now())
    approaches = reading().scalars(
        select(Approach)
        .where(Approach.request_id == found.id, Approach.mediator_id.in_(sorted(live)))
        .order_by(Approach.id)
    )
    releases = [
        {
            "handle": one.handle,
            "post": one.post,
            "released_at": live[one.mediator_id].released_at,
            "ends_at": live[one.mediator_id].ends_at,
            "fields": [
                {"name": name, "values": list(values)}
                for name, values in list_released_fields(reading(), live[one.mediator_id])
            ],
        }
        for one in approaches
    ]
    note_looks_of(current_actor(), sorted(live), "contact")
    return Reply({"releases": releases})


def describe_approach(shown: ShownApproach) -> dict[str, Any]:
    """How one stands for its requester."""
    approach = shown.approach
    names = ("handle", "post", "answer_by", "version")
    return {
        **{name: getattr(approach, name) for name in names},
        "state": shown.state,
        "asked_at": approach.created_at,
    }
