"""The form behind the link, step by step; what she wrote is shown in answer to a press only.

A link that is merely opened (by her, a scanner, or somebody who shares her mailbox) shows a page
without a name and with one button. The token stays in the address until she hands in, so that she
can stop on a weak line and go on later; every save keeps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from roster.errors import Ended, StaleVersion
from roster.local_days import last_day
from roster.models import Application, Network
from roster.permissions import Permission
from roster.schemas.application import PersonForm, WorkForm
from roster.services.applying import (
    NEEDED,
    PERSON_FIELDS,
    QUESTION,
    UNFINISHED,
    WORK_FIELDS,
    find_by_link,
    open_application,
    save_answers,
    send_again,
)
from roster.services.links import find_live_link
from roster.web.access import needs, reading, writing
from roster.web.applicants import blueprint
from roster.web.application_view import answer_lines
from roster.web.forms import FormResult, read_form
from roster.web.links import chosen_language, list_tongues, proved_by_token
from roster.web.options import level_options, options_in_order, place_names
from roster.web.pages import current_wording, render, term_options, use_language, word_errors
from roster.wording.consent_texts import CURRENT_VERSION, word_consent_text

PLACES = ("nationality", "residence", "place")
"""Fields in which names of countries are typed."""
SPARE_ROWS = 3
ASKED = ("membership_file", "matching", "card")
"""What she is asked once she is taken in, and reads before she hands in."""


@blueprint.get("/a/<token>")
@needs(Permission.USE_LINK)
def show_link(token: str) -> str:
    """A neutral page with one button: nothing of hers, and nothing changes."""
    application = find_by_link(reading(), token=token)
    link = find_live_link(reading(), token=token, purpose="application")
    network = reading().get_one(Network, application.network_code)
    use_language(chosen_language() or application.language)
    ends_on = last_day(link.ends_at, network.time_zone)
    return render("applicants/link.html", ends_on=ends_on, tongues=list_tongues())


@blueprint.post("/a/<token>")
@needs(Permission.USE_LINK)
@proved_by_token
def open_form(token: str) -> str:
    """Her form at the first step that lacks something, or at the one she asks for.

    From the page of a link that has run out she asks for the next one.
    """
    if request.form.get("page") == "again":
        send_again(writing(), token=token)
        return render("applicants/sent.html")
    application = open_application(writing(), token=token, language=chosen_language())
    return show_application(application, token, request.form.get("page", ""))


def show_application(application: Application, token: str, page: str = "") -> str:
    """Where her application stands: a step of the form, or what became of it."""
    use_language(application.language)
    if application.state == "accepted":
        raise Ended("link_ended")
    if application.state not in UNFINISHED:
        return render_hers(f"applicants/{application.state}.html", application, token)
    if page not in STEPS:
        lacking = (name for name in STEPS if not _is_complete(application, name))
        page = next(lacking, "last")
    return render_step(application, token, page)


def _is_complete(application: Application, page: str) -> bool:
    return page != "last" and any(
        application.answers.get(name) for name in STEPS[page] & set(NEEDED)
    )


STEPS: Mapping[str, frozenset[str]] = {
    "work": WORK_FIELDS,
    "person": PERSON_FIELDS,
    "last": frozenset(),
}
"""The steps in their order and the fields that each asks for; the last one hands in."""


def render_step(
    application: Application,
    token: str,
    page: str,
    form: FormResult | None = None,
    *,
    errors: Mapping[str, Any] | None = None,
    is_stale: bool = False,
) -> str:
    """One step with what she said before, or with the form as she sent it and what is wrong."""
    wording = current_wording()
    given = form.raw if form else _as_form(application)
    return render_hers(
        f"applicants/{page}.html",
        application,
        token,
        given=given,
        rows=[*given.get("languages", []), *({} for _ in range(SPARE_ROWS))],
        question=application.answers.get(QUESTION, ""),
        levels=level_options(wording),
        tracks=options_in_order(wording, "track"),
        themes=term_options("theme", held=given.get("theme", ())),
        roles=term_options("role", held=_list_roles(given)),
        seniorities=options_in_order(wording, "seniority"),
        errors=errors or word_errors(_by_field(form.errors if form else {})),
        is_stale=is_stale,
        consent_texts=[word_consent_text(wording, CURRENT_VERSION, each) for each in ASKED],
    )


def _list_roles(given: Mapping[str, Any]) -> list[str]:
    return [*given.get("role_held", ()), *given.get("role_sought", ())]


def _by_field(errors: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """A wrong item of a list of ticks is said of the list: single ticks bear no errors."""
    return {re.sub(r"-\d+$", "", name): codes for name, codes in errors.items()}


def render_hers(template: str, application: Application, token: str, **values: Any) -> str:
    """A page of an application that was opened."""
    return render(
        template,
        token=token,
        version=application.version,
        network=current_wording().term("network", application.network_code),
        lines=[
            (current_wording().gettext("Name"), application.name, ""),
            *answer_lines(current_wording(), application.answers),
        ],
        tongues=list_tongues(),
        **values,
    )


def _as_form(application: Application) -> dict[str, Any]:
    """What she said before, as she would type it."""
    wording, answers = current_wording(), application.answers
    typed: dict[str, Any] = {}
    for name in PLACES:
        said = answers.get(name, [])
        typed[name] = place_names(wording, [said] if isinstance(said, str) else said)
    rows = [
        {**row, "language": wording.term("language", row["language"])}
        for row in answers.get("languages", ())
    ]
    return {**answers, **typed, "name": application.name, "languages": rows}


@blueprint.post("/a/<token>/work")
@needs(Permission.USE_LINK)
@proved_by_token
def save_work(token: str) -> ResponseReturnValue:
    """Keep her languages and her work, and go on."""
    return _save(token, "work", WorkForm(), "person")


@blueprint.post("/a/<token>/person")
@needs(Permission.USE_LINK)
@proved_by_token
def save_person(token: str) -> ResponseReturnValue:
    """Keep where she is from and what she has done, and go on."""
    return _save(token, "person", PersonForm(), "last")


def _save(token: str, page: str, schema: Schema, next_page: str) -> ResponseReturnValue:
    """Store one step; nothing that she typed is lost when something must be mended."""
    before = find_by_link(reading(), token=token)
    use_language(before.language)
    if before.state not in UNFINISHED:
        return show_application(before, token)
    form = read_form(schema)
    if not form.is_valid:
        return render_step(before, token, page, form), 422
    try:
        application = save_answers(
            writing(),
            token=token,
            expected_version=form.values["version"],
            fields=STEPS[page],
            answers=form.values,
            name=form.values.get("name"),
        )
    except StaleVersion:
        return render_step(before, token, page, form, is_stale=True), 409
    return render_step(application, token, next_page)
