"""Pages behind a one-time link. Opening one changes nothing and shows nothing personal.

They hold no name and no date of hers, set no cookie, and are spent by a press only (POST), so that
a link scanner cannot use them up. The token in the address is the proof, so no CSRF token is asked.
"""

from __future__ import annotations

from datetime import date

from flask import redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from roster.errors import Ended, Refused
from roster.local_days import last_day
from roster.models import Link, Mediator
from roster.permissions import Actor, Permission
from roster.queries.accounts import describe_session
from roster.schemas.mediator import LinkForm
from roster.services.availability import (
    Statement,
    get_life_days,
    get_standing,
    renew,
    state_availability,
)
from roster.services.invitations import accept_invitation
from roster.services.links import find_live_link, take_link
from roster.services.sign_in import start_session
from roster.web import session
from roster.web.access import needs, reading, writing
from roster.web.forms import read_form
from roster.web.mediators import blueprint
from roster.web.pages import current_wording, render, use_language, word_errors
from roster.wording import LANGUAGES

POSTED_TOKENS = ("accept", "answer_renewal")


@blueprint.record_once
def accept_tokens_as_proof(state: BlueprintSetupState) -> None:
    """A press on a link's page comes without a session, so without a CSRF token."""
    for name in POSTED_TOKENS:
        state.app.extensions["csrf"].exempt(f"{__name__}.{name}")


@blueprint.errorhandler(Ended)
def show_ended(_error: Ended) -> ResponseReturnValue:
    """The same page for a link that was used, replaced, has run out or never was; no cookie."""
    return render("mediators/ended.html"), 410


@blueprint.get("/i/<token>")
@needs(Permission.USE_LINK)
def show_invitation(token: str) -> str:
    """The invitation before it is accepted: no name, nothing changes."""
    link = find_live_link(reading(), token=token, purpose="invitation")
    return _render_link("mediators/invitation.html", link)


@blueprint.post("/i/<token>")
@needs(Permission.USE_LINK)
def accept(token: str) -> ResponseReturnValue:
    """Accept: her account, her session, and the first of the three pages."""
    accepted = accept_invitation(writing(), token=token, language=_chosen_language())
    key, web_session = start_session(writing(), account=accepted.account)
    session.enter(describe_session(web_session, accepted.account), key)
    return redirect(url_for("mediators.start_record"), 303)


@blueprint.get("/r/<token>")
@needs(Permission.USE_LINK)
def show_renewal(token: str) -> str:
    """Is her last answer still right? Nothing of the answer is shown."""
    return _render_renewal(token)


def _render_renewal(token: str, problem: str = "") -> str:
    link = find_live_link(reading(), token=token, purpose="renewal")
    days = get_life_days(reading(), link.mediator_id or 0)
    problems = word_errors({"answer": [problem]} if problem else {})
    return _render_link("mediators/renewal.html", link, days=days, problems=problems)


@blueprint.post("/r/<token>")
@needs(Permission.USE_LINK)
def answer_renewal(token: str) -> ResponseReturnValue:
    """Renew the answer, or say not available. A refusal leaves the link unspent."""
    form = read_form(LinkForm())
    answer = form.values.get("answer")
    if answer not in ("same", "unavailable"):
        return _render_renewal(token, "not_a_choice"), 422
    link = take_link(writing(), token=token, purpose="renewal")
    mediator = writing().get(Mediator, link.mediator_id)
    if mediator is None:
        raise Ended("link_ended")
    use_language(_language_of(mediator))
    try:
        until = _answer(mediator, answer)
    except Refused as refusal:
        return _render_renewal(token, refusal.code), 422
    return render(
        "mediators/renewal_done.html", until=until, days=get_life_days(writing(), mediator.id)
    )


def _answer(mediator: Mediator, answer: str) -> date:
    """Do what was pressed; the last day on which the answer holds."""
    actor = Actor("link", mediator_id=mediator.id)
    if answer == "same":
        row = renew(writing(), actor=actor, mediator_id=mediator.id)
    else:
        standing = get_standing(writing(), mediator.id)
        row = state_availability(
            writing(),
            actor=actor,
            mediator_id=mediator.id,
            expected_id=standing.id if standing else None,
            statement=Statement("unavailable"),
        )
    return last_day(row.valid_until, mediator.time_zone)


def _render_link(template: str, link: Link, **values: object) -> str:
    mediator = reading().get(Mediator, link.mediator_id)
    if mediator is None:
        raise Ended("link_ended")
    use_language(_language_of(mediator))
    return render(
        template,
        ends_on=last_day(link.ends_at, mediator.time_zone),
        tongues=[one for one in LANGUAGES.values() if one.code != current_wording().language],
        **values,
    )


def _language_of(mediator: Mediator) -> str:
    """The language she chose on the page, else the one in which the service writes to her."""
    return _chosen_language() or mediator.language


def _chosen_language() -> str | None:
    chosen = request.args.get("language", "")
    return chosen if chosen in LANGUAGES else None
