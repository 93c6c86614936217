"""Keys for programs on one's own account: made with a fresh password, shown once, ended by a press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, current_app, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from roster import clock
from roster.errors import Refused
from roster.local_days import last_day, local_day
from roster.models import ProgramKey
from roster.permissions import Permission
from roster.queries.program_keys import get_key_subject, list_keys
from roster.schemas.application import VersionForm
from roster.schemas.program_key import LONGEST_TITLE, ProgramKeyForm
from roster.services.program_keys import LONGEST_DAYS, is_live, list_scopes, make_key, revoke_key
from roster.web.access import current_actor, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.web.proof import needs_fresh_password
from roster.wording import N_

blueprint = Blueprint("program_keys", __name__)

SCOPE_WORDS = {
    "requests:read": N_("read requests, answers, teams and documents; count; read letters"),
    "requests:write": N_(
        "make, change and submit requests; search; set weights; propose and choose teams"
    ),
    "approaches:read": N_("read how approaches stand"),
    "approaches:write": N_("ask women, end an approach, choose"),
    "documents:write": N_("issue documents, give copies, call them back"),
    "releases:read": N_("read the names and contacts that were released to you"),
    "releases:write": N_("ask for names to be released to you"),
    "answers:read": N_("read what you are asked"),
    "answers:write": N_("answer in your name, yes included; ask back; take it back"),
}


@dataclass(frozen=True)
class KeyView:
    """One key in the list; ``state``: live, ended (its day is over) or revoked."""

    key: ProgramKey
    state: str
    scopes: list[str]
    last_day: date
    used_on: date | None


@dataclass(frozen=True)
class CallView:
    """One call, out of the document that programs read."""

    method: str
    path: str
    operation: dict[str, Any]

    @property
    def tag(self) -> str:
        return str(self.operation["tags"][0])

    @property
    def scopes(self) -> list[str]:
        return [one for named in self.operation.get("security", ()) for one in named["key"]]

    @property
    def headers(self) -> list[str]:
        given = self.operation["parameters"]
        return [str(one["name"]) for one in given if one["in"] == "header"]


@blueprint.get("/account/keys")
@needs(Permission.USE_ACCOUNT)
def show_keys() -> str:
    """The keys of this account, and the form for another."""
    return _show()


@blueprint.post("/account/keys")
@needs(Permission.USE_ACCOUNT)
@needs_fresh_password
def make() -> ResponseReturnValue:
    """Make one; its text is shown this once."""
    form = read_form(ProgramKeyForm())
    if not form.is_valid:
        return _show(form), 422
    try:
        _, text = make_key(
            writing(),
            actor=current_actor(),
            title=form.values["title"],
            scopes=form.values["scopes"],
            last_day=form.values["last_day"],
        )
    except Refused as refusal:
        name = "scopes" if refusal.code == "not_a_choice" else "last_day"
        refused = FormResult({}, {name: [refusal.code]}, form.raw)
        return _show(refused, said=refusal.values), 422
    return _show(text=text)


@blueprint.post("/account/keys/<int:key_id>/revoke")
@needs(Permission.KEEP_PROGRAM_KEY, get_key_subject)
def revoke(key_id: int) -> ResponseReturnValue:
    """End one at once. It asks for no password, since a key that went astray cannot wait."""
    form = read_form(VersionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    revoke_key(
        writing(),
        actor=current_actor(),
        key_id=key_id,
        expected_version=form.values["version"],
    )
    flash_sentence("key_revoked")
    return redirect(url_for("program_keys.show_keys"), 303)


@blueprint.get("/for-programs")
@needs(Permission.USE_ACCOUNT)
def show_calls() -> str:
    """Every call that a program can make, out of the document that programs read."""
    document: dict[str, Any] = current_app.extensions["describe_calls"]()
    calls = [
        CallView(method.upper(), path, call)
        for path, methods in document["paths"].items()
        for method, call in methods.items()
    ]
    return render("accounts/for_programs.html", calls=calls, info=document["info"])


def _show(
    form: FormResult | None = None, *, text: str = "", said: dict[str, object] | None = None
) -> str:
    actor, wording = current_actor(), current_wording()
    session = writing() if text else reading()  # the new key stands in the writing session only
    today = local_day(clock.now(), current_user.account.time_zone)
    return render(
        "accounts/keys.html",
        keys=[_make_view(one) for one in list_keys(session, actor.account_id)],
        offered=[(one, wording.gettext(SCOPE_WORDS[one])) for one in list_scopes(actor)],
        given=form.raw if form else {},
        errors=word_errors(form.errors if form else {}, **(said or {})),
        text=text,
        most_signs=LONGEST_TITLE,
        latest=(today + timedelta(days=LONGEST_DAYS)).isoformat(),
    )


def _make_view(key: ProgramKey) -> KeyView:
    zone, wording = current_user.account.time_zone, current_wording()
    state = "live" if is_live(key, clock.now()) else "revoked" if key.revoked_at else "ended"
    return KeyView(
        key=key,
        state=state,
        scopes=[wording.gettext(SCOPE_WORDS[one]) for one in key.scopes],
        last_day=last_day(key.ends_at, zone),
        used_on=local_day(key.used_at, zone) if key.used_at else None,
    )
