"""The page behind a renewal link: is her last answer still right? One press, or a short form.

Two answers open a form first, empty and unsent: opening it stores nothing and spends nothing. A
refusal leaves the link unspent and what was typed in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from roster.errors import Refused
from roster.local_days import last_day
from roster.permissions import Permission
from roster.schemas.availability import MODALITIES, NOTICE_DAYS, STATUSES
from roster.schemas.links import ChangeForm, LaterForm, PressForm
from roster.services.availability import Statement, get_life_days
from roster.services.renewals import (
    PURPOSE,
    Answered,
    hide_by_renewal_link,
    pause_by_link,
    repeat_by_link,
    state_by_link,
)
from roster.web.access import needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.links import proved_by_token
from roster.web.mediators import blueprint
from roster.web.mediators.links import open_link, render_link, render_live, speak_to
from roster.web.pages import current_wording, word_errors
from roster.web.statements import read_statement

Values = Mapping[str, Any]
Errors = Mapping[str, list[str]]
NO_ERRORS: Errors = {}
FORMS: Mapping[str, type[Schema]] = {
    "change": ChangeForm,
    "changed": ChangeForm,
    "pause": LaterForm,
    "paused": LaterForm,
}
"""What is read for an answer; of one press for all others."""
OPENED_BY = {"changed": "change", "paused": "pause"}
"""An answer that is sent by a form -> the answer that opens it."""


@blueprint.get("/r/<token>")
@needs(Permission.USE_LINK)
def show_renewal(token: str) -> str:
    """The question. Nothing of the answer is shown."""
    return _render_question(token)


@blueprint.post("/r/<token>")
@needs(Permission.USE_LINK)
@proved_by_token
def answer_renewal(token: str) -> ResponseReturnValue:
    """Take her answer, or show the form that it needs."""
    step = request.form.get("answer", "")
    form = read_form(FORMS.get(step, PressForm)())
    if step in OPENED_BY.values():
        return _render_form(token, step, form.raw)
    if not form.is_valid:
        return _render_again(token, form, form.errors), 422
    try:
        answered = _ACTS[step](token, form.values)
    except Refused as refusal:
        field = str(refusal.values.get("field", ""))
        return _render_again(token, form, {field: [refusal.code]}, **refusal.values), 422
    return _render_done(step, answered, form.values)


def _render_again(
    token: str, form: FormResult, codes: dict[str, list[str]], **values: object
) -> str:
    """The page from which it was sent, with what was typed and what to mend."""
    step = OPENED_BY.get(str(form.raw.get("answer", "")))
    open_link(token, PURPOSE)  # its language is that of the errors
    errors = word_errors(codes, **values)
    return _render_form(token, step, form.raw, errors) if step else _render_question(token, errors)


def _repeat(token: str, _values: Values) -> Answered:
    return repeat_by_link(writing(), token=token)


def _refuse(token: str, _values: Values) -> Answered:
    return state_by_link(writing(), token=token, statement=Statement("unavailable"))


def _change(token: str, values: Values) -> Answered:
    return state_by_link(writing(), token=token, statement=read_statement(values))


def _pause(token: str, values: Values) -> Answered:
    return pause_by_link(writing(), token=token, until=values["until"])


def _hide(token: str, _values: Values) -> Answered:
    return hide_by_renewal_link(writing(), token=token)


_ACTS: Mapping[str, Callable[[str, Values], Answered]] = {
    "same": _repeat,
    "unavailable": _refuse,
    "changed": _change,
    "paused": _pause,
    "hide": _hide,
}


def _render_question(token: str, errors: Errors = NO_ERRORS) -> str:
    link, mediator = open_link(token, PURPOSE)
    return render_live(
        "mediators/renewal.html",
        link,
        mediator,
        days=get_life_days(reading(), mediator.id),
        is_handed_over=link.was_handed_over,
        errors=errors,
    )


def _render_form(token: str, step: str, given: Values, errors: Errors = NO_ERRORS) -> str:
    link, mediator = open_link(token, PURPOSE)
    wording = current_wording()
    return render_live(
        f"mediators/renewal_{step}.html",
        link,
        mediator,
        step=step,
        given=given,
        errors=errors,
        statuses=[(code, wording.term("availability_status", code)) for code in STATUSES],
        notices=[(days, wording.days(days)) for days in NOTICE_DAYS],
        modalities=[(code, wording.term("modality", code)) for code in MODALITIES],
    )


def _render_done(step: str, answered: Answered, values: Values) -> str:
    mediator, row = answered.mediator, answered.row
    speak_to(mediator)
    if step == "hide":
        return render_link("mediators/hidden.html")
    return render_link(
        "mediators/renewal_done.html",
        until=last_day(row.valid_until, mediator.time_zone) if row else None,
        days=get_life_days(writing(), mediator.id),
        paused_to=values.get("until"),
    )
