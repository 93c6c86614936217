"""Release: the requester asks for it, reads the name while it lasts, and may ask for it again."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import NotFound, Refused
from roster.models import Approach, Release, Run
from roster.permissions import Permission
from roster.queries.approaches import get_of_handle, handle_subject
from roster.queries.releases import list_live_releases
from roster.queries.requests import get_request
from roster.schemas.approach import ReleaseForm
from roster.services.approach_again import ask_again
from roster.services.released_fields import OF_ENTRIES, list_released_fields
from roster.services.releases import release
from roster.services.stale_runs import ChangesToAccept, digest_changes
from roster.web.access import current_actor, log_reading, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.approaches import flash_outcome, get_approach, render_approach
from roster.web.forms import read_form
from roster.web.pages import current_wording, render
from roster.web.proof import needs_fresh_password
from roster.wording import Wording
from roster.wording.approaches import AGES, FIELDS


@blueprint.post("/requests/<code>/approaches/<handle>/release")
@needs(Permission.EDIT_REQUEST, handle_subject)
@needs_fresh_password
def release_name(code: str, handle: str) -> ResponseReturnValue:
    """Show her name and the contact she chose from now on, for thirty days."""
    approach = get_approach(code, handle)
    form = read_form(ReleaseForm())
    if not form.is_valid:
        raise Refused("version_missing")
    try:
        released = release(
            writing(),
            actor=current_actor(),
            approach_id=approach.id,
            expected_version=form.values["version"],
            accepted_changes=form.values["accepted"],
        )
    except ChangesToAccept as error:
        return _ask_to_accept(code, handle, approach, error)
    flash_outcome("name_released" if released else "")
    return redirect(url_for("envoys.show_approach", code=code, handle=handle), 303)


@blueprint.post("/requests/<code>/approaches/<handle>/again")
@needs(Permission.EDIT_REQUEST, handle_subject)
def ask_once_more(code: str, handle: str) -> ResponseReturnValue:
    """After thirty days: ask her and her network again; nothing is shown until both agree."""
    approach = get_approach(code, handle)
    form = read_form(ReleaseForm())
    if not form.is_valid:
        raise Refused("version_missing")
    try:
        asked = ask_again(
            writing(),
            actor=current_actor(),
            approach_id=approach.id,
            expected_version=form.values["version"],
            accepted_changes=form.values["accepted"],
        )
    except ChangesToAccept as error:
        return _ask_to_accept(code, handle, approach, error)
    flash_outcome("woman_asked_again" if asked else "")
    return redirect(url_for("envoys.show_approach", code=code, handle=handle), 303)


def _ask_to_accept(
    code: str, handle: str, approach: Approach, error: ChangesToAccept
) -> ResponseReturnValue:
    run = reading().get_one(Run, approach.run_id)
    digest = digest_changes(run, error.changes)
    return render_approach(code, handle, changes=error.changes, digest=digest), 409


@blueprint.get("/requests/<code>/released/<handle>")
@needs(Permission.READ_RELEASED, handle_subject)
@needs_fresh_password
def show_released(code: str, handle: str) -> str:
    """Her name and what else she ticked, asked anew at every look; each look is noted."""
    mediator_id, live = _get_live(code, handle)
    log_reading(mediator_id, "contact")
    found = get_request(reading(), current_actor(), code)
    wording = current_wording()
    fields = list_released_fields(reading(), live)
    return render(
        "envoys/released.html",
        found=found,
        handle=handle,
        release=live,
        fields=[
            (name, wording.gettext(FIELDS[name]), _word_values(wording, name, values))
            for name, values in fields
        ],
    )


@blueprint.post("/requests/<code>/released/<handle>")
@needs(Permission.READ_RELEASED, handle_subject)
@needs_fresh_password
def open_released(code: str, handle: str) -> ResponseReturnValue:
    """The password was given: on to the page. What is not live is not found, as if never asked."""
    _get_live(code, handle)
    return redirect(url_for("envoys.show_released", code=code, handle=handle), 303)


def _word_values(wording: Wording, name: str, values: tuple[str, ...]) -> str:
    if OF_ENTRIES.get(name) == "country":
        return wording.list_and(wording.terms("country", values))
    if OF_ENTRIES.get(name) == "age":
        return wording.list_and([wording.gettext(AGES[one]) for one in values])
    return wording.list_parts(values)


def _get_live(code: str, handle: str) -> tuple[int, Release]:
    found = get_request(reading(), current_actor(), code)
    approach = get_of_handle(reading(), found.id, handle)
    live = list_live_releases(reading(), found.id, clock.now()).get(approach.mediator_id)
    if live is None:
        raise NotFound
    return approach.mediator_id, live
