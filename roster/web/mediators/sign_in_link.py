"""Signing in without a password: a link by mail, for mediators."""

from __future__ import annotations

import logging

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster.permissions import Permission
from roster.schemas.links import AskingForm
from roster.services.sign_in_links import (
    count_asking,
    find_owner,
    send_sign_in_link,
    sign_in_by_link,
)
from roster.web import session
from roster.web.access import needs, own_unit_of_work, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.links import chosen_language, proved_by_token
from roster.web.mediators import blueprint
from roster.web.mediators.links import render_link
from roster.web.pages import render, use_language, word_errors

log = logging.getLogger("roster.sign_in")


@blueprint.get("/sign-in/link")
@needs(Permission.SIGN_IN)
def show_asking() -> str:
    """To which address?"""
    return _render_asking(FormResult({}))


def _render_asking(form: FormResult) -> str:
    return render(
        "mediators/sign_in_link.html",
        given=form.raw.get("email", ""),
        errors=word_errors(form.errors),
    )


@blueprint.post("/sign-in/link")
@needs(Permission.SIGN_IN)
def ask_for_link() -> ResponseReturnValue:
    """The same answer after the same time, whoever has this address."""
    form = read_form(AskingForm())
    if not form.is_valid:
        return _render_asking(form), 422
    email = form.values["email"]
    with own_unit_of_work() as counters:
        is_counted = count_asking(counters, email=email, client=request.remote_addr or "")
    if not is_counted:
        log.warning("request %s: too many links asked", g.request_code)
    send_sign_in_link(writing(), email=email, is_counted=is_counted)
    return render("mediators/sign_in_link_sent.html")


@blueprint.get("/s/<token>")
@needs(Permission.USE_LINK)
def show_entrance(token: str) -> str:
    """One button: a scanner that opens the link signs nobody in."""
    owner = find_owner(reading(), token=token)
    use_language(chosen_language() or owner.language)
    return render_link("mediators/sign_in_entrance.html")


@blueprint.post("/s/<token>")
@needs(Permission.USE_LINK)
@proved_by_token
def enter_by_link(token: str) -> ResponseReturnValue:
    """Her session, and her first page."""
    key, signed_in = sign_in_by_link(writing(), token=token)
    session.enter(signed_in, key)
    return redirect(url_for("mediators.show_home"), 303)
