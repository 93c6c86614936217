"""The networks' own rules: how long an answer lives, and the clock of the seat."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roster.errors import NotFound, Refused
from roster.models import Network
from roster.permissions import NOTHING, Permission, Subject
from roster.schemas.staff import NetworkForm
from roster.services.networks import change_network, list_networks
from roster.web.access import current_actor, needs, reading, writing
from roster.web.administrators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import flash_sentence, render, word_errors


def network_subject(session: Session, network_code: str) -> Subject:
    """A network that keeps members."""
    network = session.get(Network, network_code)
    if network is None or not network.has_members:
        raise NotFound
    return NOTHING


@blueprint.get("/networks")
@needs(Permission.KEEP_NETWORKS)
def show_networks() -> str:
    """Each with its rules."""
    return _render("", FormResult({}))


def _render(refused: str, form: FormResult) -> str:
    return render(
        "administrators/networks.html",
        networks=list_networks(reading(), actor=current_actor()),
        refused=refused,
        given=form.raw,
        errors=word_errors(form.errors),
    )


@blueprint.post("/networks/<network_code>")
@needs(Permission.KEEP_NETWORKS, network_subject)
def save_network(network_code: str) -> ResponseReturnValue:
    """For answers from now on."""
    form = read_form(NetworkForm())
    if not form.is_valid:
        return _render(network_code, form), 422
    try:
        change_network(
            writing(),
            actor=current_actor(),
            network_code=network_code,
            expected_version=form.values["version"],
            availability_days=form.values["availability_days"],
            time_zone=form.values["time_zone"],
        )
    except Refused as refusal:
        return _render(network_code, FormResult({}, {"time_zone": [refusal.code]}, form.raw)), 422
    flash_sentence("network_saved")
    return redirect(url_for("administrators.show_networks"), 303)
