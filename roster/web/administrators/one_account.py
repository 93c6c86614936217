"""One account of the staff: its roles, its end, its return. Nobody's password is set here."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roster.errors import NotFound, Refused
from roster.models import Account
from roster.permissions import NOTHING, Permission, Subject
from roster.queries.requesters import is_verified, list_checks, may_check
from roster.queries.staff import STAFF, find_staff_account
from roster.schemas.application import VersionForm
from roster.schemas.staff import RoleForm
from roster.services import staff
from roster.services.staff_invitations import invite_again
from roster.web.access import current_actor, needs, reading, writing
from roster.web.administrators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, term_options, word_errors
from roster.web.proof import needs_fresh_password
from roster.wording.staff import CHECKS, ROLES, word_grant, word_state

Change = Callable[..., Account]


def staff_subject(session: Session, account_id: int) -> Subject:
    """An account of the staff; a mediator's is not to be found here."""
    if find_staff_account(session, account_id) is None:
        raise NotFound
    return NOTHING


@blueprint.get("/accounts/<int:account_id>")
@needs(Permission.KEEP_STAFF, staff_subject)
def show_staff_account(account_id: int) -> str:
    """What it may do, and what can be done with it."""
    return _render(account_id, FormResult({}))


def _render(account_id: int, form: FormResult) -> str:
    wording = current_wording()
    found = list_checks(reading(), account_id)
    member = staff.get_member(reading(), actor=current_actor(), account_id=account_id)
    return render(
        "administrators/account.html",
        member=member,
        state=word_state(wording, member.state),
        grants=[(*grant, word_grant(wording, *grant)) for grant in member.grants],
        is_own=member.id == current_actor().account_id,
        roles=[(role, wording.gettext(ROLES[role])) for role in STAFF],
        networks=term_options("network"),
        is_requester=any(role == "envoy" for role, _ in member.grants),
        checks=[
            (wording.gettext(word), found[kind].made_at if kind in found else None)
            for kind, word in CHECKS.items()
        ],
        is_verified=is_verified(reading(), account_id),
        may_check=may_check(reading(), current_actor().account_id, account_id),
        given=form.raw,
        errors=word_errors(form.errors),
    )


@blueprint.post("/accounts/<int:account_id>/roles")
@needs(Permission.KEEP_STAFF, staff_subject)
@needs_fresh_password
def give_role(account_id: int) -> ResponseReturnValue:
    """One role more."""
    return _change_role(staff.give_role, account_id, "role_given")


@blueprint.post("/accounts/<int:account_id>/roles/end")
@needs(Permission.KEEP_STAFF, staff_subject)
@needs_fresh_password
def take_role(account_id: int) -> ResponseReturnValue:
    """One role less, at once."""
    return _change_role(staff.take_role, account_id, "role_taken")


def _change_role(change: Change, account_id: int, notice: str) -> ResponseReturnValue:
    form = read_form(RoleForm())
    if not form.is_valid:
        return _render(account_id, form), 422
    try:
        change(
            writing(),
            actor=current_actor(),
            account_id=account_id,
            expected_version=form.values["version"],
            role=form.values["role"],
            network_code=form.values["network"],
        )
    except Refused as refusal:
        name = "network" if refusal.code == "coordinator_needs_network" else "role"
        return _render(account_id, FormResult({}, {name: [refusal.code]}, form.raw)), 422
    return _go_on(account_id, notice)


@blueprint.post("/accounts/<int:account_id>/close")
@needs(Permission.KEEP_STAFF, staff_subject)
@needs_fresh_password
def close_account(account_id: int) -> ResponseReturnValue:
    """Nobody signs in with it, and who is in is out."""
    return _press(staff.close_account, account_id, "account_closed_now")


@blueprint.post("/accounts/<int:account_id>/open")
@needs(Permission.KEEP_STAFF, staff_subject)
@needs_fresh_password
def open_account(account_id: int) -> ResponseReturnValue:
    """What it could do before."""
    return _press(staff.open_account, account_id, "account_opened_again")


@blueprint.post("/accounts/<int:account_id>/sessions/end")
@needs(Permission.KEEP_STAFF, staff_subject)
def end_sessions(account_id: int) -> ResponseReturnValue:
    """Signed out everywhere: asks for no password, since it may have to be quick."""
    return _press(staff.end_all_sessions, account_id, "sessions_ended")


def _press(change: Change, account_id: int, notice: str) -> ResponseReturnValue:
    form = read_form(VersionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    change(
        writing(),
        actor=current_actor(),
        account_id=account_id,
        expected_version=form.values["version"],
    )
    return _go_on(account_id, notice)


@blueprint.post("/accounts/<int:account_id>/invite")
@needs(Permission.KEEP_STAFF, staff_subject)
def send_again(account_id: int) -> ResponseReturnValue:
    """A new link; the one before ends."""
    invite_again(writing(), actor=current_actor(), account_id=account_id)
    return _go_on(account_id, "staff_invited")


def _go_on(account_id: int, notice: str) -> ResponseReturnValue:
    """The account's page; the list once the account is of the staff no more."""
    flash_sentence(notice)
    if find_staff_account(writing(), account_id) is None:
        return redirect(url_for("administrators.list_accounts"), 303)
    return redirect(url_for("administrators.show_staff_account", account_id=account_id), 303)
