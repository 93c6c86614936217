"""How far a requester has been checked: on the page of her account."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.errors import Refused
from roster.permissions import Permission
from roster.schemas.staff import CheckForm
from roster.services.requester_checks import add_person, take_back_checks
from roster.services.staff_invitations import send_address_link
from roster.web.access import current_actor, needs, writing
from roster.web.administrators import blueprint
from roster.web.administrators.one_account import staff_subject
from roster.web.forms import read_form
from roster.web.pages import flash_sentence
from roster.web.proof import needs_fresh_password


@blueprint.post("/accounts/<int:account_id>/address")
@needs(Permission.KEEP_STAFF, staff_subject)
def ask_address(account_id: int) -> ResponseReturnValue:
    """Mail a link that proves her address."""
    send_address_link(writing(), actor=current_actor(), account_id=account_id)
    return _go_back(account_id, "address_asked")


@blueprint.post("/accounts/<int:account_id>/checks")
@needs(Permission.KEEP_STAFF, staff_subject)
@needs_fresh_password
def note_check(account_id: int) -> ResponseReturnValue:
    """I have made sure who she is: as the first person, or as the second."""
    form = read_form(CheckForm())
    if not form.is_valid:
        raise Refused("wrong_length")
    add_person(writing(), actor=current_actor(), account_id=account_id, note=form.values["note"])
    return _go_back(account_id, "check_noted")


@blueprint.post("/accounts/<int:account_id>/checks/end")
@needs(Permission.KEEP_STAFF, staff_subject)
def end_checks(account_id: int) -> ResponseReturnValue:
    """She is verified no more: asks for no password, since it may have to be quick."""
    take_back_checks(writing(), actor=current_actor(), account_id=account_id)
    return _go_back(account_id, "checks_ended")


def _go_back(account_id: int, notice: str) -> ResponseReturnValue:
    flash_sentence(notice)
    return redirect(url_for("administrators.show_staff_account", account_id=account_id), 303)
