"""Why not her: a handle of this request is typed, and the page says what she lacks today."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request
from flask.typing import ResponseReturnValue

from matching import State
from roster import clock
from roster.models import Run
from roster.permissions import Permission
from roster.queries.requests import get_request, get_subject
from roster.services.asked_today import get_newest_run
from roster.services.near_miss_asks import find_askable
from roster.services.why_not import LookUp, explain_handle
from roster.web.access import current_actor, log_readings, meter_look_up, needs, reading
from roster.web.answer_rows import NearMissView, make_near_miss
from roster.web.envoys import blueprint
from roster.web.envoys.changes import link_to_form
from roster.web.index import get_index
from roster.web.pages import current_wording, render
from roster.web.reason_rows import PostRows, make_post_rows
from roster.wording import N_, Wording

LONGEST = 40
"""Signs of a handle that are read, with whatever was pasted round it."""

HEADINGS = {
    State.LISTED: N_("She fits today."),
    State.NEAR_MISS: N_("One step away today."),
    State.EXCLUDED: N_("She does not fit today."),
}
NOT_FOUND = N_("Not found in this request.")
NOT_PROPOSED = N_("Not proposed.")
NOTHING_ASKED = N_("Why not her?")


@dataclass(frozen=True)
class LookUpView:
    """The answer to a look-up. ``kind``: none asked, absent, withheld, or told."""

    kind: str
    heading: str
    handle: str = ""
    posts: tuple[tuple[PostRows, str], ...] = ()
    """With the address of the form that asks what would admit her; "" where there is none."""
    near: tuple[NearMissView, ...] = ()
    """What she lacks in the newest answer and can be asked for."""


@blueprint.get("/requests/<code>/why-not")
@needs(Permission.READ_REQUEST, get_subject)
def show_why_not(code: str) -> ResponseReturnValue:
    """The reasons for one handle; without one, the form alone."""
    actor = current_actor()
    found = get_request(reading(), actor, code)
    typed = request.args.get("handle", "").strip()[:LONGEST]
    said = None
    if typed:
        meter_look_up()
        said = explain_handle(
            reading(), actor=actor, request_id=found.id, handle=typed, index=get_index()
        )
        if said and said.mediator_id is not None:
            log_readings([said.mediator_id], "card")
    criteria = get_newest_run(found).criteria if found.runs else {}
    view = _make_view(current_wording(), typed, said, criteria, code)
    if said is not None and view.kind == "told" and said.found.state is State.NEAR_MISS:
        view = replace(view, near=_list_near(current_wording(), get_newest_run(found), said.handle))
    return render("envoys/why_not.html", found=found, view=view, typed=typed)


def _list_near(wording: Wording, run: Run, handle: str) -> tuple[NearMissView, ...]:
    """What can be asked for, once where several posts lack the same of her."""
    rows = (row for row in run.rows if row.handle == handle and find_askable(row))
    near = [make_near_miss(wording, row, is_shown=True, at=run.at) for row in rows]
    return tuple({one.ask: one for one in near}.values())


def _make_view(
    wording: Wording, typed: str, said: LookUp | None, criteria: dict[str, object], code: str
) -> LookUpView:
    if not typed:
        return LookUpView("none", wording.gettext(NOTHING_ASKED))
    if said is None:
        return LookUpView("absent", wording.gettext(NOT_FOUND))
    if said.found.is_withheld:
        return LookUpView("withheld", wording.gettext(NOT_PROPOSED), said.handle)
    rows = make_post_rows(wording, said.asked, said.found.posts, now=clock.now(), for_envoy=True)
    links = [link_to_form(said.asked, criteria, code, one.changes) for one in rows]
    return LookUpView(
        "told",
        wording.gettext(HEADINGS[said.found.state]),
        said.handle,
        tuple(zip(rows, links, strict=True)),
    )
