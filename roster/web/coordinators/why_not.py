"""Why one of her own women was not proposed: the coordinator types the code of a request."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from matching import State
from roster import clock
from roster.permissions import Permission
from roster.queries.records import get_person, network_subject
from roster.services.own_reasons import OwnReasons, explain_own
from roster.web.access import current_actor, log_reading, meter_look_up, needs, reading
from roster.web.coordinators import blueprint
from roster.web.index import get_index
from roster.web.pages import current_wording, render
from roster.web.reason_rows import PostRows, make_post_rows
from roster.wording import N_, Wording

LONGEST = 40
"""Signs of a code that are read, with whatever was pasted round it."""
HEADINGS = {
    State.LISTED: N_("She is proposed today."),
    State.NEAR_MISS: N_("One step away today."),
    State.EXCLUDED: N_("She is not proposed today."),
    State.NOT_VISIBLE: N_("She enters no list of this request."),
}
NOT_FOUND = N_("No request of this code asks your network.")
NOTHING_ASKED = N_("Why was she not proposed?")


@dataclass(frozen=True)
class ReasonsView:
    """``kind``: none asked, absent, or told."""

    kind: str
    heading: str
    posts: tuple[PostRows, ...] = ()


@blueprint.get("/people/<int:record_id>/why-not")
@needs(Permission.READ_RECORD, network_subject)
def show_why_not(record_id: int) -> str:
    """Her reasons for one request; without a code, the form alone."""
    actor = current_actor()
    person = get_person(reading(), actor=actor, record_id=record_id, now=clock.now())
    typed = request.args.get("request", "").strip()[:LONGEST]
    said = None
    if typed:
        meter_look_up()
        said = explain_own(
            reading(), actor=actor, record_id=record_id, request_code=typed, index=get_index()
        )
    log_reading(person.record.mediator_id, "record")
    return render(
        "coordinators/why_not.html",
        record=person.record,
        name=person.record.identity.display_name,
        view=_make_view(current_wording(), typed, said),
        typed=typed,
    )


def _make_view(wording: Wording, typed: str, said: OwnReasons | None) -> ReasonsView:
    if not typed:
        return ReasonsView("none", wording.gettext(NOTHING_ASKED))
    if said is None:
        return ReasonsView("absent", wording.gettext(NOT_FOUND))
    posts = make_post_rows(wording, said.asked, said.found.posts, now=clock.now(), for_envoy=False)
    return ReasonsView("told", wording.gettext(HEADINGS[said.found.state]), tuple(posts))
