"""She leaves a network, or the service, and may take it back for a week."""

from __future__ import annotations

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from roster.local_days import last_day
from roster.models import Erasure, Mediator
from roster.permissions import Permission
from roster.queries.accounts import describe_session
from roster.queries.leaving import list_open_erasures
from roster.schemas.leaving import LeaveNetworksForm, LeaveServiceForm, TakeBackForm
from roster.services.accounts import get_account
from roster.services.erasure_ledger import ledger_path
from roster.services.erasures import (
    GRACE,
    PROMISE,
    leave_networks,
    leave_service,
    list_leavable,
    take_back,
)
from roster.services.sign_in import start_session
from roster.web import session
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, leaving_subject, own_id, own_subject, render_hers
from roster.web.pages import current_wording, flash_sentence, word_errors
from roster.web.proof import needs_fresh_password


@blueprint.get("/me/leave")
@needs(Permission.SEE_OWN_PROFILE, leaving_subject)
def show_leave() -> str:
    """What leaving means, and what she is leaving already."""
    return _render(None)


def _render(form: FormResult | None) -> str:
    mediator, wording = herself(), current_wording()
    codes = list_leavable(reading(), mediator.id)
    open_ones = list_open_erasures(reading(), mediator.id)
    return render_hers(
        "mediators/leave.html",
        has_left=mediator.state == "withdrawn",
        leaving=[_describe(erasure, mediator) for erasure in open_ones],
        networks=[(code, wording.term("network", code)) for code in codes],
        chosen=form.raw.get("networks", []) if form else [],
        version=mediator.version,
        grace=GRACE.days,
        promise=PROMISE.days,
        errors=word_errors(form.errors if form else {}),
    )


def _describe(erasure: Erasure, mediator: Mediator) -> dict[str, object]:
    """What she asked, and the days until which she can take it back and all of it is gone."""
    code = erasure.network_code
    return {
        "id": erasure.id,
        "network": current_wording().term("network", code) if code else "",
        "back_until": last_day(erasure.asked_at + GRACE, mediator.time_zone),
        "gone_by": last_day(erasure.due_at, mediator.time_zone),
    }


@blueprint.post("/me/leave/networks")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
@needs_fresh_password
def leave_some() -> ResponseReturnValue:
    """Leave the networks that are ticked; they see nothing of her from now on."""
    form = read_form(LeaveNetworksForm())
    if not form.is_valid:
        return _render(form), 422
    leave_networks(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        network_codes=form.values["networks"],
        expected_version=form.values["version"],
        ledger=ledger_path(current_app.extensions["settings"]),
    )
    flash_sentence("left_network")
    return redirect(url_for("mediators.show_leave"), 303)


@blueprint.post("/me/leave")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
@needs_fresh_password
def leave() -> ResponseReturnValue:
    """Leave the service: every session ends; this browser gets a new one, for taking it back."""
    form = read_form(LeaveServiceForm())
    if not form.is_valid:
        return _render(form), 422
    actor = current_actor()
    leave_service(
        writing(),
        actor=actor,
        mediator_id=own_id(),
        expected_version=form.values["version"],
        ledger=ledger_path(current_app.extensions["settings"]),
    )
    account = get_account(writing(), actor.account_id)
    key, web_session = start_session(writing(), account=account)
    session.enter(describe_session(web_session, account), key)
    flash_sentence("left_service")
    return redirect(url_for("mediators.show_leave"), 303)


@blueprint.post("/me/leave/take-back")
@needs(Permission.SEE_OWN_PROFILE, leaving_subject)
def stay() -> ResponseReturnValue:
    """Stay after all: everything is shown as before."""
    form = read_form(TakeBackForm())
    if not form.is_valid:
        return _render(form), 422
    take_back(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        erasure_id=form.values["erasure"],
        ledger=ledger_path(current_app.extensions["settings"]),
    )
    flash_sentence("stayed")
    return redirect(url_for("mediators.show_leave"), 303)
