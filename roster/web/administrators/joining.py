"""Behind the link of an invitation to the staff: her own password, which nobody else ever knows."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster.errors import Ended, Refused
from roster.models import Account
from roster.permissions import Permission
from roster.schemas.staff import JoiningForm
from roster.services.staff_invitations import accept, find_invited, join, prepare_password
from roster.web import session
from roster.web.access import needs, reading, writing
from roster.web.administrators import blueprint
from roster.web.forms import read_form
from roster.web.links import chosen_language, list_tongues, proved_by_token
from roster.web.pages import flash_sentence, render, use_language, word_errors


@blueprint.errorhandler(Ended)
def show_ended(_error: Ended) -> ResponseReturnValue:
    """The same page for a link that was used, replaced, has run out or never was."""
    if chosen := chosen_language():
        use_language(chosen)
    return render("mediators/ended.html", tongues=list_tongues()), 410


@blueprint.get("/j/<token>")
@needs(Permission.USE_LINK)
def show_joining(token: str) -> str:
    """The form; opening it changes nothing."""
    return _render(token, {})


@blueprint.post("/j/<token>")
@needs(Permission.USE_LINK)
@proved_by_token
def submit_joining(token: str) -> ResponseReturnValue:
    """Take the password and go in; who has one already signs in with it."""
    if _open(token).password_hash:
        accept(writing(), token=token)
        flash_sentence("staff_accepted")
        return redirect(url_for("accounts.show_sign_in"), 303)
    form = read_form(JoiningForm())
    if not form.is_valid:
        return _render(token, form.errors), 422
    if form.values["new"] != form.values["again"]:
        return _render(token, {"again": ["passwords_differ"]}), 422
    try:
        new_hash = prepare_password(reading(), token=token, password=form.values["new"])
    except Refused as refusal:
        return _render(token, {"new": [refusal.code]}, **refusal.values), 422
    key, signed_in = join(writing(), token=token, new_hash=new_hash)
    session.enter(signed_in, key)
    flash_sentence("password_set")
    return redirect(url_for("pages.home"), 303)


def _open(token: str) -> Account:
    account = find_invited(reading(), token=token)
    use_language(chosen_language() or account.language)
    return account


def _render(token: str, errors: dict[str, list[str]], **values: object) -> str:
    has_password = bool(_open(token).password_hash)
    return render(
        "administrators/joining.html",
        has_password=has_password,
        tongues=list_tongues(),
        errors=word_errors(errors, **values),
    )
