"""The page behind the link that asks for her consents again: the texts, and nothing of hers."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.local_days import last_day
from roster.models import Link, Mediator
from roster.permissions import Permission
from roster.schemas.consents import ConsentLinkForm
from roster.services.consent_answers import answer_by_link, find_asked
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
    return _render(reading(), token, FormResult({}))


@blueprint.post("/c/<token>")
@needs(Permission.USE_LINK)
@proved_by_token
def answer_consent_link(token: str) -> ResponseReturnValue:
    """Store her answer, and so spend the link. A refusal leaves it unspent."""
    form = read_form(ConsentLinkForm())
    session = writing()  # the only one of this request: many presses must not starve each other
    if not form.is_valid:
        return _render(session, token, form), 422
    _find_hers(session, token)
    try:
        holds = answer_by_link(
            session,
            token=token,
            answer=form.values["answer"],
            purposes=form.values.get("purposes", []),
            language=find_text_language(current_wording().language),
        )
    except Refused as refusal:
        refused = FormResult({}, {"purposes": [refusal.code]}, form.raw)
        return _render(session, token, refused), 422
    # only of what stood on this page: "as last time" must not tell what was said then
    is_found = form.values["answer"] != "chosen" or holds >= NEEDED
    return render("mediators/consent_link_done.html", holds=bool(holds), is_found=is_found)


def _find_hers(session: Session, token: str) -> tuple[Link, Mediator]:
    """The link and whose it is; from here on the page speaks her language, or the one chosen."""
    link = find_live_link(session, token=token, purpose=PURPOSE)
    mediator = find_asked(session, link)
    use_language(chosen_language() or mediator.language)
    return link, mediator


def _render(session: Session, token: str, form: FormResult) -> str:
    link, mediator = _find_hers(session, token)
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
