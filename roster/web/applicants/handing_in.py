"""The last two presses: to hand in, and to take back what she wrote."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from roster.errors import Refused, StaleVersion
from roster.permissions import Permission
from roster.schemas.application import VersionForm
from roster.services.applying import UNFINISHED, find_by_link, submit, withdraw
from roster.web.access import needs, reading, writing
from roster.web.applicants import blueprint
from roster.web.applicants.form import render_hers, render_step, show_application
from roster.web.forms import read_form
from roster.web.links import proved_by_token
from roster.web.pages import render, use_language, word_errors


@blueprint.post("/a/<token>/submit")
@needs(Permission.USE_LINK)
@proved_by_token
def hand_in(token: str) -> ResponseReturnValue:
    """Hand the form in; this link has done its work, and a mail brings her the next."""
    before = find_by_link(reading(), token=token)
    use_language(before.language)
    if before.state not in UNFINISHED:
        return show_application(before, token)
    form = read_form(VersionForm())
    if not form.is_valid:
        errors = word_errors({"": ["version_missing"]})
        return render_step(before, token, "last", errors=errors), 422
    try:
        application = submit(writing(), token=token, expected_version=form.values["version"])
    except Refused as refusal:
        errors = word_errors({"": [refusal.code]})
        return render_step(before, token, "last", errors=errors), 422
    except StaleVersion:
        return render_step(before, token, "last", is_stale=True), 409
    return render_hers("applicants/thanks.html", application, token)


@blueprint.post("/a/<token>/withdraw")
@needs(Permission.USE_LINK)
@proved_by_token
def take_back(token: str) -> str:
    """Erase all that she wrote, at once."""
    use_language(find_by_link(reading(), token=token).language)
    withdraw(writing(), token=token)
    return render("applicants/erased.html")
