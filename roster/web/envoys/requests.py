"""An envoy's requests: the list, the form with its posts, saving and submitting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from roster.models import MatchRequest
from roster.permissions import Permission
from roster.queries.requests import get_request, get_subject, list_visible_requests
from roster.services.request_states import waits_for_network
from roster.services.requests import change_request, create_request, submit_request
from roster.services.runs import run_request
from roster.web.access import current_actor, needs, reading, writing
from roster.web.envoys import blueprint
from roster.web.envoys.carried import carry_over
from roster.web.envoys.changes import PARAMETER, fill_in
from roster.web.envoys.counts import CountsView, count
from roster.web.envoys.form_criteria import check, write_controls
from roster.web.envoys.form_words import list_labels, list_options
from roster.web.envoys.notices import list_notices
from roster.web.envoys.placing import (
    check_day,
    list_choices,
    place,
    read_answer_by,
    read_process_code,
    take_sides,
)
from roster.web.envoys.request_form import RequestForm, read_controls
from roster.web.headers import allow_script
from roster.web.index import get_index
from roster.web.pages import current_wording, render, word_errors


@blueprint.get("/requests")
@needs(Permission.CREATE_REQUEST)
def list_requests() -> ResponseReturnValue:
    """Her requests, the newest first."""
    found = list_visible_requests(reading(), current_actor())
    return render("envoys/requests.html", requests=found)


@blueprint.get("/requests/new")
@needs(Permission.CREATE_REQUEST)
def show_new() -> ResponseReturnValue:
    """An empty form with one post."""
    form = RequestForm({"modality": "in_person"})
    take_sides(form, read_process_code(None))
    return show_form(form)


@blueprint.post("/requests")
@needs(Permission.CREATE_REQUEST)
def create() -> ResponseReturnValue:
    """Save a draft, or submit and search; or only another post on the form."""
    form = read_controls(request.form)
    if changed := _change_posts(form):
        return changed
    if check_day(check(form)).errors:
        return show_form(form), 422
    _warm_index()
    actor, session = current_actor(), writing()
    made = create_request(session, actor=actor, criteria=form.criteria)
    place(made)
    return _go_on(made)


@blueprint.post("/requests/counts")
@needs(Permission.CREATE_REQUEST)
def count_again() -> ResponseReturnValue:
    """The counts alone, for the form as it is being written.

    A form that is not finished is no mistake: nothing is answered, and what stood there stays.
    """
    counts = count(current_wording(), read_controls(request.form))
    if counts is None:
        return "", 204
    return render("envoys/counts.html", counts=counts, is_alone=True)


@blueprint.get("/requests/<code>/edit")
@needs(Permission.EDIT_REQUEST, get_subject)
def show_edit(code: str) -> ResponseReturnValue:
    """The form with what was asked so far, or with less where a link of an answer says so.

    Nothing is changed until she saves it.
    """
    found = get_request(reading(), current_actor(), code)
    filled = fill_in(current_wording(), found, request.args.getlist(PARAMETER))
    return show_form(write_controls(filled.criteria), found, filled.said)


@blueprint.post("/requests/<code>/edit")
@needs(Permission.EDIT_REQUEST, get_subject)
def save(code: str) -> ResponseReturnValue:
    """Other criteria in the place of the present ones; a submitted request is searched again."""
    found = get_request(reading(), current_actor(), code)
    form = read_controls(request.form)
    if changed := _change_posts(form, found):
        return changed
    if check_day(check(form)).errors:
        return show_form(form, found), 422
    _warm_index()
    changed_request = change_request(
        writing(),
        actor=current_actor(),
        request_id=found.id,
        expected_version=read_version(),
        criteria=carry_over(found.criteria, form.criteria),
    )
    place(changed_request)
    return _go_on(changed_request)


@blueprint.post("/requests/<code>/submit")
@needs(Permission.EDIT_REQUEST, get_subject)
def submit(code: str) -> ResponseReturnValue:
    """Submit a draft as it stands, and search."""
    found = get_request(reading(), current_actor(), code)
    _warm_index()
    session, actor = writing(), current_actor()
    saved = submit_request(
        session, actor=actor, request_id=found.id, expected_version=read_version()
    )
    _search(saved)
    return redirect(url_for("envoys.show_request", code=code), 303)


@blueprint.post("/requests/<code>/runs")
@needs(Permission.EDIT_REQUEST, get_subject)
def run_again(code: str) -> ResponseReturnValue:
    """Ask the roster the same once more, as it stands now."""
    found = get_request(reading(), current_actor(), code)
    _warm_index()
    run_request(writing(), actor=current_actor(), request_id=found.id, index=get_index())
    return redirect(url_for("envoys.show_request", code=code), 303)


def _go_on(saved: MatchRequest) -> ResponseReturnValue:
    """After saving: search where asked, and show what there is."""
    session, actor = writing(), current_actor()
    wants_search = request.form.get("do") == "search"
    if wants_search and saved.state == "draft":
        submit_request(session, actor=actor, request_id=saved.id, expected_version=saved.version)
    if wants_search:
        _search(saved)
    return redirect(url_for("envoys.show_request", code=saved.code), 303)


def _search(saved: MatchRequest) -> None:
    """Search, or wait for a network's word where nobody has checked who asks."""
    session, actor = writing(), current_actor()
    if waits_for_network(session, actor=actor, request=saved):
        return
    run_request(session, actor=actor, request_id=saved.id, index=get_index())


def _warm_index() -> None:
    """Read changes before the writing session opens, so that no other writer waits for it."""
    get_index().current(reading())


def read_version() -> int:
    """The version that the form was made from; without it nothing is written."""
    text = request.form.get("version", "")
    if not (text.isdecimal() and len(text) < 10):
        raise BadRequest
    return int(text)


def _change_posts(
    form: RequestForm, found: MatchRequest | None = None
) -> ResponseReturnValue | None:
    """The form again with a post or line more, or less, or with counts, if that was pressed."""
    wanted, _, number = request.form.get("do", "").partition("-")
    if wanted == "add":
        form.add_post()
    elif wanted == "remove" and number.isdecimal():
        form.remove_post(int(number))
    elif wanted == "more":
        form.add_row(number)
    elif wanted == "take":
        take_sides(form, read_process_code(found))
    elif wanted == "count":
        counts = count(current_wording(), form)
        return show_form(form, found, counts=counts), 200 if counts else 422
    else:
        return None
    return show_form(form, found)


def show_form(
    form: RequestForm,
    found: MatchRequest | None = None,
    filled: Sequence[str] = (),
    counts: CountsView | None = None,
) -> str:
    """The form of a request; ``filled`` says in words what a link or a letter has put into it."""
    wording = current_wording()
    allow_script()
    values: dict[str, Any] = {
        "form": form,
        "errors": word_errors(form.errors),
        "labels": list_labels(wording, form),
        "options": {**list_options(wording, form), "notices": list_notices(wording, form)},
        "found": found,
        "filled": filled,
        "counts": counts,
        "processes": list_choices(found),
        "process_code": read_process_code(found),
        "answer_by": read_answer_by(found),
        # after an error the version of the form, so that a change in between is still noticed
        "version": request.form.get("version") or (found.version if found else ""),
    }
    return render("envoys/form.html", **values)
