"""A near miss: the one thing that is missing is asked for."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from roster.permissions import Permission
from roster.queries.requests import get_run, get_subject
from roster.services.near_miss_asks import ask_for
from roster.web.access import current_actor, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.pages import flash_sentence


@blueprint.post("/requests/<code>/runs/<int:number>/ask")
@needs(Permission.EDIT_REQUEST, get_subject)
def ask_near_miss(code: str, number: int) -> ResponseReturnValue:
    """Ask for what the woman at a place of the answer lacks; the same is said whatever follows."""
    run, place = get_run(reading(), current_actor(), code, number), request.form.get("position", "")
    if not (place.isdecimal() and len(place) < 5):
        raise BadRequest
    ask_for(writing(), actor=current_actor(), run_id=run.id, position=int(place))
    flash_sentence("near_miss_asked")
    return redirect(url_for("envoys.show_run", code=code, number=number), 303)
