"""The three pages of an invitation: her record, her consents and class, her availability."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from roster import clock
from roster.errors import NotFound, Refused
from roster.permissions import Permission
from roster.schemas.mediator import FirstPasswordForm, KeepForm
from roster.services.consents import list_live_consents
from roster.services.declarations import declare, find_declaration
from roster.services.first_password import has_password, prepare_first_password, set_first_password
from roster.services.profiles import find_inviting_record, find_own_record, keep_record
from roster.web import session
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.mediators import blueprint
from roster.web.mediators.availability import (
    refuse_statement,
    render_availability,
    submit_statement,
)
from roster.web.mediators.consents import render_consents, submit_answers
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.mediators.words import record_lines, unlevelled_languages
from roster.web.options import level_options
from roster.web.pages import current_wording, flash_sentence, word_errors


@blueprint.get("/me/start/record")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def start_record() -> str:
    """Page 1: what her network holds, to keep or to change."""
    return _render_record(FormResult({}))


def _render_record(form: FormResult) -> str:
    own = find_own_record(reading(), own_id())
    record = own or find_inviting_record(reading(), own_id())
    if record is None:
        raise NotFound
    wording = current_wording()
    return render_hers(
        "mediators/start_record.html",
        lines=record_lines(wording, record),
        network=record.network_code,
        languages=unlevelled_languages(wording, record),
        levels=level_options(wording),
        version=own.version if own else 0,
        chosen=form.raw,
        errors=word_errors(form.errors),
    )


@blueprint.post("/me/start/record")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def keep_as_it_is() -> ResponseReturnValue:
    """ "This is right": her own record takes the values over."""
    form = read_form(KeepForm())
    if not form.is_valid:
        return _render_record(form), 422
    rows = form.values.get("levels", [])
    keep_record(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        expected_version=form.values["version"],
        levels={row["code"]: row["level"] for row in rows if row.get("level")},
    )
    if form.values["ties"] == "some":
        return redirect(url_for("mediators.show_declaration", then="start"), 303)
    declare_none()
    return redirect(url_for("mediators.start_consents"), 303)


def declare_none() -> None:
    """She has no office, post or tie to declare."""
    declaration = find_declaration(writing(), own_id())
    declare(
        writing(),
        actor=current_actor(),
        mediator_id=own_id(),
        expected_version=declaration.version if declaration else 0,
        interests=[],
    )


@blueprint.get("/me/start/consents")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def start_consents() -> str:
    """Page 2: what may be done with her record, and who may see her card."""
    return render_consents("mediators/start_consents.html")


@blueprint.post("/me/start/consents")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def submit_start_consents() -> ResponseReturnValue:
    """Take her answers; without a yes to matching there is nothing to ask of her time."""
    problems = submit_answers()
    if problems is not None:
        return render_consents("mediators/start_consents.html", problems), 422
    live = list_live_consents(writing(), own_id(), clock.now())
    place = "start_availability" if "matching" in live else "start_done"
    return redirect(url_for(f"mediators.{place}"), 303)


@blueprint.get("/me/start/availability")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def start_availability() -> str:
    """Page 3: when and how she can work."""
    return render_availability("mediators/start_availability.html")


@blueprint.post("/me/start/availability")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def submit_start_availability() -> ResponseReturnValue:
    """Take her first statement."""
    problems = submit_statement()
    if problems is not None:
        return refuse_statement("mediators/start_availability.html", problems)
    return redirect(url_for("mediators.start_done"), 303)


@blueprint.get("/me/start/done")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def start_done() -> str:
    """Thank you; a password of her own, if she likes."""
    return _render_done({})


def _render_done(errors: dict[str, list[str]], **values: object) -> str:
    live = list_live_consents(reading(), own_id(), clock.now())
    return render_hers(
        "mediators/start_done.html",
        mediator=herself(),
        is_visible={"membership_file", "matching", "card"} <= set(live),
        can_choose_password=not has_password(reading(), actor=current_actor()),
        address=current_user.account.email,
        errors=word_errors(errors, **values),
    )


@blueprint.post("/me/start/password")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def choose_first_password() -> ResponseReturnValue:
    """A password of her own; the session gets a new key."""
    form = read_form(FirstPasswordForm())
    if not form.is_valid:
        return _render_done(form.errors), 422
    if form.values["new"] != form.values["again"]:
        return _render_done({"again": ["passwords_differ"]}), 422
    try:
        new_hash = prepare_first_password(
            reading(), actor=current_actor(), password=form.values["new"]
        )
    except Refused as refusal:
        return _render_done({"new": [refusal.code]}, **refusal.values), 422
    key, signed_in = set_first_password(writing(), actor=current_actor(), new_hash=new_hash)
    session.enter(signed_in, key)
    flash_sentence("password_set")
    return redirect(url_for("mediators.show_home"), 303)
