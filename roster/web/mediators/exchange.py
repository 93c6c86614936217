"""Exchange: with whom she could learn, across tracks and networks, and her answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from matching.exchange import PURPOSE
from roster import clock
from roster.errors import Refused
from roster.local_days import last_day
from roster.permissions import Permission
from roster.queries.cards import Card
from roster.schemas.exchange_forms import ExchangeAnswerForm, ExchangeSearchForm
from roster.services.consents import list_live_consents
from roster.services.exchanges import (
    HELD_AT_ONCE,
    answer_proposal,
    count_answers,
    seek_partners,
)
from roster.services.shown_exchanges import Proposed, list_proposed, list_taking_part
from roster.web.access import current_actor, log_readings, needs, reading, writing
from roster.web.forms import FormResult, read_form
from roster.web.index import get_index
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.pages import current_wording, flash_sentence, term_options, word_errors
from roster.wording.exchange import word_ground


@dataclass(frozen=True)
class ProposalView:
    """One proposal as she reads it. ``state``: open, waiting (she said yes) or agreed."""

    number: int
    version: int
    state: str
    grounds: list[str]
    card: Card
    last_day: date


@blueprint.get("/me/exchange")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_exchange() -> str:
    """What is proposed to her, without a name, and a search for more."""
    return _render(None)


def _render(form: FormResult | None) -> str:
    actor, now = current_actor(), clock.now()
    proposed = list_proposed(reading(), actor=actor, mediator_id=own_id(), now=now)
    log_readings([one.side.partner_id for one in proposed], "exchange")
    zone = herself().time_zone
    return render_hers(
        "mediators/exchange.html",
        agrees=PURPOSE in list_live_consents(reading(), own_id(), now),
        takes_part=bool(list_taking_part(reading(), [own_id()], now)),
        proposals=[_make_view(one, zone) for one in proposed],
        most=HELD_AT_ONCE,
        themes=term_options("theme"),
        regions=term_options("region"),
        given=form.raw if form else {},
        errors=word_errors(form.errors if form else {}),
    )


def _make_view(proposed: Proposed, zone: str) -> ProposalView:
    wording, side = current_wording(), proposed.side
    state = "agreed" if side.is_agreed else "waiting" if side.answer else "open"
    sentences = [word_ground(wording, one["ground"], one["found"]) for one in side.grounds]
    return ProposalView(
        number=side.proposal.id,
        version=count_answers(side),
        state=state,
        grounds=[one for one in sentences if one],
        card=proposed.card,
        last_day=last_day(side.proposal.expires_at, zone),
    )


@blueprint.post("/me/exchange")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def search_partners() -> ResponseReturnValue:
    """Propose her to the best partners who have room for it."""
    form = read_form(ExchangeSearchForm(), ignore=("do",))
    if not form.is_valid:
        return _render(form), 422
    get_index().current(reading())
    try:
        found = seek_partners(
            writing(),
            actor=current_actor(),
            mediator_id=own_id(),
            index=get_index(),
            learns=[form.values[name] for name in ("theme", "region") if name in form.values],
        )
        flash_sentence("exchange_found" if found else "exchange_none", "yes" if found else "due")
    except Refused as refusal:
        flash_sentence(refusal.code, "due", **refusal.values)
    return redirect(url_for("mediators.show_exchange"), 303)


@blueprint.post("/me/exchange/answer")
@needs(Permission.EDIT_OWN_PROFILE, own_subject)
def answer_exchange() -> ResponseReturnValue:
    """Yes or no to one of them. A no is told to nobody."""
    form = read_form(ExchangeAnswerForm())
    if not form.is_valid:
        return _render(form), 422
    try:
        is_agreed = answer_proposal(
            writing(),
            actor=current_actor(),
            mediator_id=own_id(),
            proposal_id=form.values["proposal"],
            expected_version=form.values["version"],
            accepts=form.values["answer"] == "yes",
        )
        flash_sentence("exchange_agreed" if is_agreed else "exchange_answered")
    except Refused as refusal:
        flash_sentence(refusal.code, "due")
    return redirect(url_for("mediators.show_exchange"), 303)
