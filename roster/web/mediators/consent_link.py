"""The page behind the link that asks for her consents again: the texts, and nothing of hers."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from roster.errors import Ended, Refused
from roster.local_days import last_day
from roster.models import Mediator
from roster.permissions import Permission
from roster.schemas.consents import ConsentLinkForm
from roster.services.consent_answers import answer_by_link
from roster.services.consent_links import PURPOSE
from roster.services.consents import ASKED_PURPOSES
from roster.services.links import find_live_link
from roster.web.access import needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.links import chosen_language, list_tongues, proved_by_token
from roster.web.mediators import blueprint
from roster.web.pages import current_wording, render, use_language, word_errors
from roster.wording.consent_texts import CURRENT_VERSION, find_text_language, word_consent_text

NEEDED = frozenset({"membership_file", "matching", "card"})
"""Purposes without which nobody can be shown her card."""


@blueprint.get("/c/<token>")
@needs(Permission.USE_LINK)
def show_consent_link(token: str) -> str:
    """What she is asked to agree to; not what she agreed to before."""
    return _render(token, FormResult({}))


@blueprint.post("/c/<token>")
@needs(Permission.USE_LINK)
@proved_by_token
def answer_consent_link(token: str) -> ResponseReturnValue:
    """Store her answer, and so spend the link. A refusal leaves it unspent."""
    form = read_form(ConsentLinkForm())
    if not form.is_valid:
        return _render(token, form), 422
    _speak_hers(token)
    try:
        holds = answer_by_link(
            writing(),
            token=token,
            answer=form.values["answer"],
            purposes=form.values.get("purposes", []),
            language=find_text_language(current_wording().language),
        )
    except Refused as refusal:
        return _render(token, FormResult({}, {"purposes": [refusal.code]}, form.raw)), 422
    # only of what stood on this page: "as last time" must not tell what was said then
    is_found = form.values["answer"] != "chosen" or holds >= NEEDED
    return render("mediators/consent_link_done.html", holds=bool(holds), is_found=is_found)


def _speak_hers(token: str) -> Mediator:
    """Whose link it is; from here on the page speaks her language, or the one she chose on it."""
    link = find_live_link(reading(), token=token, purpose=PURPOSE)
    mediator = reading().get(Mediator, link.mediator_id)
    if link.was_handed_over or mediator is None or mediator.state != "active":
        raise Ended("link_ended")
    use_language(chosen_language() or mediator.language)
    return mediator


def _render(token: str, form: FormResult) -> str:
    mediator = _speak_hers(token)
    link = find_live_link(reading(), token=token, purpose=PURPOSE)
    wording = current_wording()
    return render(
        "mediators/consent_link.html",
        texts=[
            (purpose, word_consent_text(wording, CURRENT_VERSION, purpose))
            for purpose in ASKED_PURPOSES
        ],
        ticked=form.raw.get("purposes", []),
        errors=word_errors(form.errors),
        ends_on=last_day(link.ends_at, mediator.time_zone),
        tongues=list_tongues(),
    )
