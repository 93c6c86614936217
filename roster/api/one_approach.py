"""One approach of a request: read, ended, its name asked for, the woman chosen."""

from __future__ import annotations

from sqlalchemy.orm import Session

from roster import clock
from roster.api import blueprint
from roster.api.approaches import describe_approach
from roster.api.bodies import read_body
from roster.api.calls import Call, Reply, current_actor, read_version, serves
from roster.api.changes import refuse_changes
from roster.api.own import get_own
from roster.edge.units_of_work import reading, writing
from roster.models import Approach, Run
from roster.permissions import Permission
from roster.queries.approaches import get_of_handle, handle_subject
from roster.schemas.answer_calls import SentReleaseSchema
from roster.schemas.approach_replies import ApproachReplySchema, StepReplySchema
from roster.services.approach_answers import call_off
from roster.services.releases import release, select_woman
from roster.services.shown_approaches import show_approaches
from roster.services.stale_runs import ChangesToAccept


@blueprint.get("/requests/<code>/approaches/<handle>")
@serves(
    Call(
        "Read how one approach stands",
        Permission.READ_REQUEST,
        ApproachReplySchema,
        "approaches:read",
        subject=handle_subject,
    )
)
def show_approach(code: str, handle: str) -> Reply:
    """What she said is told as one word of few."""
    return _describe(reading(), code, _get(code, handle))


@blueprint.post("/requests/<code>/approaches/<handle>/end")
@serves(
    Call(
        "End an approach",
        Permission.EDIT_REQUEST,
        ApproachReplySchema,
        "approaches:write",
        subject=handle_subject,
        names_version=True,
        is_once=True,
    )
)
def end_approach(code: str, handle: str) -> Reply:
    """Her answer is not needed any more, or she is not chosen; she is told."""
    session, found = writing(), _get(code, handle)
    ended = call_off(
        session, actor=current_actor(), approach_id=found.id, expected_version=read_version()
    )
    return _describe(session, code, ended)


@blueprint.post("/requests/<code>/approaches/<handle>/release")
@serves(
    Call(
        "Ask for a name to be released",
        Permission.EDIT_REQUEST,
        StepReplySchema,
        "releases:write",
        subject=handle_subject,
        takes=SentReleaseSchema,
        names_version=True,
        is_once=True,
    )
)
def release_name(code: str, handle: str) -> Reply:
    """With her yes and her network's word; the name itself is read by a call of its own."""
    found, values = _get(code, handle), read_body(SentReleaseSchema())
    session = writing()
    try:
        released = release(
            session,
            actor=current_actor(),
            approach_id=found.id,
            expected_version=read_version(),
            accepted_changes=values["accepted"],
        )
    except ChangesToAccept as error:
        raise refuse_changes(reading().get_one(Run, found.run_id), error) from error
    kept = session.get_one(Approach, found.id)
    return _describe(session, code, kept, is_kept_back=released is None)


@blueprint.post("/requests/<code>/approaches/<handle>/choice")
@serves(
    Call(
        "Choose a woman for her post",
        Permission.EDIT_REQUEST,
        StepReplySchema,
        "approaches:write",
        subject=handle_subject,
        names_version=True,
        is_once=True,
    )
)
def choose_woman(code: str, handle: str) -> Reply:
    """Her post is filled with that; she is told."""
    found, session = _get(code, handle), writing()
    chosen = select_woman(
        session, actor=current_actor(), approach_id=found.id, expected_version=read_version()
    )
    kept = session.get_one(Approach, found.id)
    return _describe(session, code, kept, is_kept_back=chosen is None)


def _get(code: str, handle: str) -> Approach:
    return get_of_handle(reading(), get_own(code).id, handle)


def _describe(
    session: Session, code: str, approach: Approach, *, is_kept_back: bool = False
) -> Reply:
    session.flush()
    (shown,) = show_approaches(session, get_own(code), [approach], clock.now())
    said = {**describe_approach(shown), "is_kept_back": is_kept_back}
    return Reply(said, version=approach.version)
