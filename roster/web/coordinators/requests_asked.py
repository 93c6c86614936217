"""Requests that ask her network: what they ask, and her word where nobody has checked who asks."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from matching.facts import Requester
from roster.facts import make_request
from roster.permissions import Permission
from roster.queries.requesters import list_waiting_requesters
from roster.queries.requests_asked import (
    AskedRequest,
    find_asked_subject,
    get_asked,
    list_asked,
    list_steps,
)
from roster.schemas.application import QuestionForm, VersionForm
from roster.services.request_answers import accept_request, ask_back
from roster.services.requester_checks import add_person
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.wording.answers import word_post, word_request
from roster.wording.requests import word_state


@dataclass(frozen=True)
class AskedLine:
    """One request of the list."""

    asked: AskedRequest
    state: tuple[str, str]
    """Its sign and its words."""
    asker: str


@blueprint.get("/requests-asked")
@needs(Permission.SPEAK_FOR_NETWORK)
def show_asked_requests() -> str:
    """Live requests that ask a network of hers; requesters who wait for a second person."""
    wording, actor = current_wording(), current_actor()
    return render(
        "coordinators/requests_asked.html",
        lines=[
            AskedLine(one, word_state(wording, one.state), word_asker(one))
            for one in list_asked(reading(), actor)
        ],
        requesters=list_waiting_requesters(reading(), actor.account_id),
    )


def word_asker(asked: AskedRequest) -> str:
    """The office and the state it serves; never who sits there."""
    wording = current_wording()
    country = wording.term("country", asked.country) if asked.country else ""
    return wording.list_plain([one for one in (asked.office, country) if one])


@blueprint.get("/requests-asked/<code>")
@needs(Permission.HEAR_REQUEST, find_asked_subject)
def show_asked_request(code: str) -> str:
    """What it asks."""
    return _render(code, FormResult({}))


def _render(code: str, form: FormResult) -> str:
    wording, asked = current_wording(), get_asked(reading(), code)
    wanted = make_request(asked.criteria, code="", requester=Requester())
    return render(
        "coordinators/request_asked.html",
        asked=asked,
        state=word_state(wording, asked.state),
        asker=word_asker(asked),
        common=word_request(wording, wanted),
        posts=[word_post(wording, post) for post in wanted.posts],
        questions=[one for one in list_steps(reading(), asked.id) if one.note],
        given=form.raw,
        errors=word_errors(form.errors),
    )


@blueprint.post("/requests-asked/<code>/accept")
@needs(Permission.HEAR_REQUEST, find_asked_subject)
def accept_asked(code: str) -> ResponseReturnValue:
    """It may be searched."""
    form = read_form(VersionForm())
    if not form.is_valid:
        return _render(code, form), 422
    accept_request(
        writing(),
        actor=current_actor(),
        code=code,
        request_id=get_asked(reading(), code).id,
        expected_version=form.values["version"],
    )
    flash_sentence("request_accepted")
    return redirect(url_for("coordinators.show_asked_requests"), 303)


@blueprint.post("/requests-asked/<code>/question")
@needs(Permission.HEAR_REQUEST, find_asked_subject)
def ask_about(code: str) -> ResponseReturnValue:
    """Something has to be said before."""
    form = read_form(QuestionForm())
    if not form.is_valid:
        return _render(code, form), 422
    ask_back(
        writing(),
        actor=current_actor(),
        code=code,
        request_id=get_asked(reading(), code).id,
        expected_version=form.values["version"],
        question=form.values["question"],
    )
    flash_sentence("question_sent")
    return redirect(url_for("coordinators.show_asked_requests"), 303)


@blueprint.post("/requesters/<int:requester_id>/check")
@needs(Permission.CHECK_REQUESTER)
def check_requester(requester_id: int) -> ResponseReturnValue:
    """As the second person: I have made sure who she is."""
    add_person(writing(), actor=current_actor(), account_id=requester_id)
    flash_sentence("requester_approved")
    return redirect(url_for("coordinators.show_asked_requests"), 303)
