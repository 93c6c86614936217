"""The address of an open call: name, mail and language; all else is asked behind her link."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Ended, TooMany
from roster.models import OpenCall
from roster.permissions import Permission
from roster.queries.applications import find_open_call
from roster.schemas.application import FirstStepForm
from roster.services.applying import begin, count_first_step
from roster.services.sign_in import WINDOW
from roster.web.access import needs, own_unit_of_work, reading, writing
from roster.web.applicants import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, render, word_errors
from roster.wording import LANGUAGES


@blueprint.errorhandler(Ended)
def show_ended(_error: Ended) -> ResponseReturnValue:
    """The same page for a call or link that is over, was used or never was."""
    may_ask = request.endpoint in ("applicants.show_link", "applicants.open_form")
    return render("applicants/ended.html", may_ask=may_ask), 410


@blueprint.get("/apply/<slug>")
@needs(Permission.APPLY)
def show_first_step(slug: str) -> str:
    """Who asks, what for, and the short first form."""
    return _render(_find_call(slug), FormResult({}))


def _find_call(slug: str) -> OpenCall:
    call = find_open_call(reading(), slug=slug, now=clock.now())
    if call is None:
        raise Ended("link_ended")
    return call


def _render(call: OpenCall, form: FormResult) -> str:
    wording = current_wording()
    return render(
        "applicants/first_step.html",
        network=wording.term("network", call.network_code),
        slug=call.slug,
        given={"language": wording.language, **form.raw},
        tongues=[(one.code, one.name) for one in LANGUAGES.values()],
        errors=word_errors(form.errors),
    )


@blueprint.post("/apply/<slug>")
@needs(Permission.APPLY)
def take_first_step(slug: str) -> ResponseReturnValue:
    """Send her a link. The answer is the same whoever asks, and however often for one address."""
    call = _find_call(slug)
    form = read_form(FirstStepForm())
    if not form.is_valid:
        return _render(call, form), 422
    values = form.values
    with own_unit_of_work() as counters:
        may_write, may_ask = count_first_step(
            counters, email=values["email"], client=request.remote_addr or ""
        )
    if not may_ask:
        raise TooMany("too_many_tries", retry_after=int(WINDOW.total_seconds()))
    if may_write:
        begin(writing(), slug=slug, **values)
    return render("applicants/sent.html")
