"""What changed of women of an answer since it was given, to be read and accepted."""

from __future__ import annotations

from dataclasses import asdict

from roster import clock
from roster.api import blueprint
from roster.api.bodies import read_body
from roster.api.calls import Call, Reply, serves
from roster.api.own import get_newest, get_own
from roster.edge.units_of_work import reading
from roster.errors import Refused
from roster.permissions import Permission
from roster.queries.requests import get_subject
from roster.schemas.answer_calls import AskedChangesSchema
from roster.schemas.approach_replies import ChangesReplySchema
from roster.services.stale_runs import digest_changes, list_changes_since


@blueprint.post("/requests/<code>/changes")
@serves(
    Call(
        "Read what changed since the search",
        Permission.EDIT_REQUEST,
        ChangesReplySchema,
        "requests:read",
        subject=get_subject,
        takes=AskedChangesSchema,
    )
)
def list_changes(code: str) -> Reply:
    """Of these women of the newest answer. ``accept`` holds for them alone, and as they stand now."""
    found, values = get_own(code), read_body(AskedChangesSchema())
    run, handles = get_newest(found), set(values["handles"])
    if not handles <= {row.handle for row in run.rows}:
        raise Refused("approach_unknown_handle", field="handles")
    changes = list_changes_since(reading(), run, clock.now(), handles=handles)
    return Reply(
        {
            "run": len(found.runs),
            "changes": [asdict(one) for one in changes],
            "accept": digest_changes(run, changes) if changes else "",
        }
    )
