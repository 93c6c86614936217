"""Who works with the service, and the form that invites somebody."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.permissions import Permission
from roster.queries.staff import STAFF, list_staff
from roster.schemas.staff import InvitedForm
from roster.services.staff_invitations import Invited, invite_member
from roster.web.access import current_actor, needs, reading, writing
from roster.web.administrators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, term_options, word_errors
from roster.web.proof import needs_fresh_password
from roster.wording import LANGUAGES
from roster.wording.staff import ROLES, word_grant, word_state

FIELDS = {
    "not_an_address": "email",
    "address_taken": "email",
    "free_mail_address": "email",
    "coordinator_needs_network": "network",
}
"""Where on the form a refusal belongs."""


@blueprint.get("/accounts")
@needs(Permission.KEEP_STAFF)
def list_accounts() -> str:
    """Every account of the staff, and the form for one more."""
    return _render(FormResult({}))


@blueprint.post("/accounts")
@needs(Permission.KEEP_STAFF)
@needs_fresh_password
def send_invitation() -> ResponseReturnValue:
    """Open an account; its owner chooses the password behind a link that is mailed to her alone."""
    form = read_form(InvitedForm())
    if not form.is_valid:
        return _render(form), 422
    values = form.values
    invited = Invited(
        email=values["email"],
        display_name=values["name"],
        role=values["role"],
        network_code=values["network"],
        language=values["language"],
        country=values["country"],
        office=values["office"],
        is_checked=values["is_checked"],
    )
    try:
        invite_member(writing(), actor=current_actor(), invited=invited)
    except Refused as refusal:
        name = FIELDS.get(refusal.code, "role")
        return _render(FormResult({}, {name: [refusal.code]}, form.raw)), 422
    flash_sentence("staff_invited")
    return redirect(url_for("administrators.list_accounts"), 303)


def _render(form: FormResult) -> str:
    wording = current_wording()
    members = [
        (
            one,
            word_state(wording, one.state),
            wording.list_plain(word_grant(wording, *grant) for grant in one.grants),
        )
        for one in list_staff(reading(), clock.now())
    ]
    return render(
        "administrators/accounts.html",
        members=members,
        roles=role_options(),
        networks=term_options("network"),
        tongues=[(one.code, one.name) for one in LANGUAGES.values()],
        given=form.raw,
        errors=word_errors(form.errors),
    )


def role_options() -> list[tuple[str, str]]:
    """The roles of the staff to choose from."""
    return [(role, current_wording().gettext(ROLES[role])) for role in STAFF]
