"""The page behind the link that asks her something: that somebody asks, and four answers."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.local_days import last_day
from roster.permissions import Permission
from roster.schemas.own_approach import ApproachLinkForm
from roster.services.approach_links import answer_by_link, find_asked
from roster.web.access import needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.links import proved_by_token
from roster.web.mediators import blueprint
from roster.web.mediators.links import render_link, speak_to
from roster.web.pages import word_errors


@blueprint.get("/q/<token>")
@needs(Permission.USE_LINK)
def show_approach_link(token: str) -> str:
    """Opening it changes nothing; what is asked stands on her page only."""
    return _render(reading(), token, FormResult({}))


@blueprint.post("/q/<token>")
@needs(Permission.USE_LINK)
@proved_by_token
def answer_approach_link(token: str) -> ResponseReturnValue:
    """Store the answer, and so spend the link. A refusal leaves it unspent."""
    form = read_form(ApproachLinkForm())
    session = writing()  # the only one of this request: many presses must not starve each other
    if not form.is_valid:
        return _render(session, token, form), 422
    _, mediator = find_asked(session, token=token)
    speak_to(mediator)
    answer, text = form.values["answer"], form.values["text"]
    try:
        answer_by_link(session, token=token, answer=answer, text=text)
    except Refused as refusal:
        refused = FormResult({}, {"text": [refusal.code]}, form.raw)
        return _render(session, token, refused), 422
    return render_link("mediators/approach_link_done.html")


def _render(session: Session, token: str, form: FormResult) -> str:
    link, mediator = find_asked(session, token=token)
    speak_to(mediator)
    return render_link(
        "mediators/approach_link.html",
        ends_on=last_day(link.ends_at, mediator.time_zone),
        given=form.raw,
        errors=word_errors(form.errors),
    )
