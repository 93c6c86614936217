"""Sign in, sign out, one's own account."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, g, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from marshmallow import Schema, fields

from roster.errors import Refused, TooMany
from roster.permissions import Permission
from roster.services.accounts import change_password, prepare_password
from roster.services.sign_in import (
    WINDOW,
    check_password,
    count_attempt,
    get_new_hash,
    sign_in,
    sign_out,
)
from roster.web import session
from roster.web.access import current_actor, needs, own_unit_of_work, reading, writing
from roster.web.forms import read_form
from roster.web.navigation import find_place, get_first_page
from roster.web.pages import flash_sentence, render, word_errors

blueprint = Blueprint("accounts", __name__)
log = logging.getLogger("roster.sign_in")

VERBATIM = {"verbatim": True}


class SignInSchema(Schema):
    """What the sign-in page asks. ``next`` names the page that was wanted."""

    email = fields.String(required=True)
    password = fields.String(required=True, metadata=VERBATIM)


class PasswordSchema(Schema):
    """A change of password: the present one proves who asks."""

    current = fields.String(required=True, metadata=VERBATIM)
    new = fields.String(required=True, metadata=VERBATIM)
    again = fields.String(required=True, metadata=VERBATIM)


def _wanted_place() -> dict[str, str]:
    """``next`` and its values, passed on from the address to the form."""
    return {
        name: value
        for name, value in request.values.items()
        if name == "next" or name.startswith("with-")
    }


@blueprint.get("/sign-in")
@needs(Permission.SIGN_IN)
def show_sign_in() -> ResponseReturnValue:
    """The sign-in page; who is signed in already goes on."""
    if current_user.is_authenticated:
        return redirect(get_first_page(current_actor()) or url_for("pages.home"))
    return _render_sign_in()


def _render_sign_in(errors: dict[str, list[str]] | None = None) -> str:
    return render("accounts/sign_in.html", wanted=_wanted_place(), errors=word_errors(errors or {}))


@blueprint.post("/sign-in")
@needs(Permission.SIGN_IN)
def submit_sign_in() -> ResponseReturnValue:
    """Start a session. Every kind of failure gets the same answer after the same time."""
    form = read_form(SignInSchema(), ignore=tuple(_wanted_place()))
    email, password = form.values.get("email", ""), form.values.get("password", "")
    client = request.remote_addr or ""
    with own_unit_of_work() as counters:
        is_counted = count_attempt(counters, email=email, client=client)
    account_id = check_password(reading(), email=email, password=password, is_counted=is_counted)
    if account_id is None:
        log.warning("request %s: sign-in refused, throttled: %s", g.request_code, not is_counted)
        return _render_sign_in({"email": ["sign_in_failed"]}), 422
    key, signed_in = sign_in(
        writing(),
        account_id=account_id,
        email=email,
        client=client,
        new_hash=get_new_hash(reading(), email=email, password=password),
    )
    session.enter(signed_in, key)
    return redirect(find_place(request.form), 303)


@blueprint.post("/sign-out", endpoint="sign_out")
@needs(Permission.USE_ACCOUNT)
def submit_sign_out() -> Response:
    """End this session here and on the server, and leave nothing in the browser."""
    sign_out(writing(), actor=current_actor(), session_id=current_user.session_id)
    session.leave()
    response = make_response(redirect(url_for("pages.home"), 303))
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@blueprint.get("/account")
@needs(Permission.USE_ACCOUNT)
def show_account() -> str:
    """One's own account."""
    return _render_account()


def _render_account(errors: dict[str, list[str]] | None = None, **values: object) -> str:
    return render("accounts/account.html", errors=word_errors(errors or {}, **values))


def _count_own_attempt() -> None:
    """A session left open must not serve to try out passwords."""
    with own_unit_of_work() as counters:
        is_counted = count_attempt(
            counters, email=current_user.account.email, client=request.remote_addr or ""
        )
    if not is_counted:
        raise TooMany("too_many_tries", retry_after=int(WINDOW.total_seconds()))


@blueprint.post("/account/password")
@needs(Permission.USE_ACCOUNT)
def submit_password() -> ResponseReturnValue:
    """Change one's own password; every other session of the account ends."""
    form = read_form(PasswordSchema())
    if not form.is_valid:
        return _render_account(form.errors), 422
    if form.values["new"] != form.values["again"]:
        return _render_account({"again": ["passwords_differ"]}), 422
    _count_own_attempt()
    try:
        new_hash = prepare_password(
            reading(),
            actor=current_actor(),
            current=form.values["current"],
            new=form.values["new"],
        )
    except Refused as refusal:
        name = "current" if refusal.code == "password_wrong" else "new"
        return _render_account({name: [refusal.code]}, **refusal.values), 422
    key, signed_in = change_password(writing(), actor=current_actor(), new_hash=new_hash)
    session.enter(signed_in, key)
    flash_sentence("password_changed")
    return redirect(url_for("accounts.show_account"), 303)
