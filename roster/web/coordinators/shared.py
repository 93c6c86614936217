"""Cards that other networks show to hers, and what her own network shows to others."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.permissions import Permission
from roster.queries.records import visible_networks
from roster.queries.sharing import list_partners, list_sharing, sharing_subject
from roster.schemas.application import VersionForm
from roster.schemas.sharing import ShareForm
from roster.services.shared_cards import list_shared_cards
from roster.services.sharing import SHARED_CLASSES, end_sharing, share_cards
from roster.web.access import current_actor, log_readings, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.index import get_index
from roster.web.pages import current_wording, flash_sentence, render, word_errors

CARDS_ON_A_PAGE = 20


@blueprint.get("/shared")
@needs(Permission.READ_SHARED)
def show_shared() -> str:
    """The cards that other networks show, network by network; each look is noted for its woman."""
    wording = current_wording()
    cards = list_shared_cards(reading(), actor=current_actor(), index=get_index(), now=clock.now())
    number, count = _read_page(len(cards))
    shown = cards[(number - 1) * CARDS_ON_A_PAGE : number * CARDS_ON_A_PAGE]
    log_readings([one.mediator_id for one in shown], "card")
    codes = dict.fromkeys(one.network_code for one in shown)
    return render(
        "coordinators/shared.html",
        groups=[
            (wording.term("network", code), [one.card for one in shown if one.network_code == code])
            for code in codes
        ],
        total=len(cards),
        page=number,
        pages=count,
    )


def _read_page(total: int) -> tuple[int, int]:
    count = max(1, -(-total // CARDS_ON_A_PAGE))
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    return min(max(1, number), count), count


@blueprint.get("/sharing")
@needs(Permission.SHARE_CARDS)
def show_sharing() -> str:
    """What her networks show to others, and the form for one more."""
    return _render()


@blueprint.post("/sharing")
@needs(Permission.SHARE_CARDS)
def begin_sharing() -> ResponseReturnValue:
    """Show the cards of one class to one network."""
    form = read_form(ShareForm())
    if form.raw.get("network", "") not in visible_networks(reading(), current_actor()):
        form = FormResult({}, {**form.errors, "network": ["network_missing"]}, form.raw)
    if not form.is_valid:
        return _render(form), 422
    values = form.values
    try:
        share_cards(
            writing(),
            actor=current_actor(),
            network_code=values["network"],
            with_code=values["partner"],
            safety_class=values["shared_class"],
        )
    except Refused as refusal:
        return _render(FormResult({}, {"partner": [refusal.code]}, form.raw)), 422
    flash_sentence("sharing_begun")
    return redirect(url_for("coordinators.show_sharing"), 303)


@blueprint.post("/sharing/<int:sharing_id>/end")
@needs(Permission.SHARE_CARDS, sharing_subject)
def stop_sharing(sharing_id: int) -> ResponseReturnValue:
    """Show these cards no longer, at once."""
    form = read_form(VersionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    end_sharing(
        writing(),
        actor=current_actor(),
        sharing_id=sharing_id,
        expected_version=form.values["version"],
    )
    flash_sentence("sharing_ended")
    return redirect(url_for("coordinators.show_sharing"), 303)


def _render(form: FormResult | None = None) -> str:
    wording, own = current_wording(), visible_networks(reading(), current_actor())
    partners = [(code, wording.term("network", code)) for code in list_partners(reading(), own)]
    return render(
        "coordinators/sharing.html",
        lines=[
            {
                "sharing": one,
                "network": wording.term("network", one.network_code),
                "partner": wording.term("network", one.with_code),
                "safety_class": wording.term("safety_class", str(one.safety_class)),
            }
            for one in list_sharing(reading(), own)
        ],
        networks=[(code, wording.term("network", code)) for code in own],
        partners=sorted(partners, key=lambda pair: pair[1]),
        classes=[(code, wording.term("safety_class", str(code))) for code in SHARED_CLASSES],
        given=form.raw if form else {},
        errors=word_errors(form.errors) if form else {},
    )
