"""Ways in: open calls of her networks, and women whom she asks by name."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.models import OpenCall
from roster.permissions import Permission
from roster.queries.applications import call_subject, list_applications, list_calls
from roster.queries.records import visible_networks
from roster.schemas.application import CallForm, InvitationForm, VersionForm
from roster.services.applications import invite_applicant
from roster.services.open_calls import end_call, open_call
from roster.settings import Settings
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.web.qr import draw_qr
from roster.wording import LANGUAGES, N_

STATES = {
    "early": ("unk", N_("Not open yet")),
    "open": ("yes", N_("Open now")),
    "over": ("off", N_("Over: its last day has passed")),
    "ended": ("off", N_("Ended")),
}
"""Per state of a call its sign and its word."""


@blueprint.get("/calls")
@needs(Permission.KEEP_CALLS)
def show_calls() -> str:
    """Her calls with their addresses, and the two forms."""
    return _render()


def _render(form: FormResult | None = None, which: str = "", **values: object) -> str:
    wording = current_wording()
    networks = visible_networks(reading(), current_actor())
    errors = word_errors(form.errors, **values) if form else {}
    return render(
        "coordinators/calls.html",
        calls=[_as_line(*each) for each in list_calls(reading(), networks, clock.now())],
        invited=list_applications(reading(), networks, state="invited"),
        networks=[(code, wording.term("network", code)) for code in networks],
        tongues=[(one.code, one.name) for one in LANGUAGES.values()],
        given=form.raw if form else {},
        which=which,
        errors=errors,
    )


def _as_line(call: OpenCall, state: str) -> dict[str, Any]:
    wording = current_wording()
    settings: Settings = current_app.extensions["settings"]
    address = settings.base_url + url_for("applicants.show_first_step", slug=call.slug)
    sign, word = STATES[state]
    return {
        "call": call,
        "network": wording.term("network", call.network_code),
        "sign": sign,
        "state": wording.gettext(word),
        "may_end": state in ("early", "open"),
        "address": address,
        "picture": draw_qr(address),
    }


@blueprint.post("/calls")
@needs(Permission.KEEP_CALLS)
def begin_call() -> ResponseReturnValue:
    """Open a call for a network of hers."""
    form = _check_network(read_form(CallForm()))
    if not form.is_valid:
        return _render(form, "call"), 422
    values = form.values
    try:
        open_call(
            writing(),
            actor=current_actor(),
            network_code=values["network"],
            opens_on=values["opens_on"],
            closes_on=values["closes_on"],
        )
    except Refused as refusal:
        refused = FormResult({}, {"closes_on": [refusal.code]}, form.raw)
        return _render(refused, "call", **refusal.values), 422
    flash_sentence("call_opened")
    return redirect(url_for("coordinators.show_calls"), 303)


def _check_network(form: FormResult) -> FormResult:
    """A network that is not hers looks like one that does not exist."""
    network = form.raw.get("network", "")
    if network in visible_networks(reading(), current_actor()):
        return form
    return FormResult({}, {**form.errors, "network": ["network_missing"]}, form.raw)


@blueprint.post("/calls/<int:call_id>/end")
@needs(Permission.KEEP_CALLS, call_subject)
def close_call(call_id: int) -> ResponseReturnValue:
    """Take no more applications at its address."""
    form = read_form(VersionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    end_call(
        writing(), actor=current_actor(), call_id=call_id, expected_version=form.values["version"]
    )
    flash_sentence("call_ended")
    return redirect(url_for("coordinators.show_calls"), 303)


@blueprint.post("/calls/invitations")
@needs(Permission.KEEP_CALLS)
def ask_applicant() -> ResponseReturnValue:
    """Ask one woman, by name and address, to put herself forward."""
    form = _check_network(read_form(InvitationForm()))
    if not form.is_valid:
        return _render(form, "invitation"), 422
    values = form.values
    try:
        invite_applicant(
            writing(),
            actor=current_actor(),
            network_code=values["network"],
            name=values["name"],
            email=values["email"],
            language=values["language"],
        )
    except Refused as refusal:
        refused = FormResult({}, {"email": [refusal.code]}, form.raw)
        return _render(refused, "invitation"), 422
    flash_sentence("applicant_invited")
    return redirect(url_for("coordinators.show_calls"), 303)
