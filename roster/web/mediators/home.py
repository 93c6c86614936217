"""Her home: how long her answer holds, who looked at her, hide and leave."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.local_days import days_left, last_day, local_day
from roster.models import Availability, Mediator
from roster.permissions import Permission
from roster.queries.mediators import list_looks
from roster.services.availability import get_life_days, get_standing
from roster.services.consents import hide, list_live_consents, unhide
from roster.services.declarations import find_declaration
from roster.services.profiles import find_own_record
from roster.web.access import current_actor, needs, reading, writing
from roster.web.mediators import blueprint
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.mediators.words import describe_statement, word_look
from roster.web.pages import current_wording, flash_sentence

DUE_DAYS = 14
NEEDED = ("membership_file", "matching", "card")
"""Purposes without which nobody can be shown her card."""
LOOKS = 8
ALL_LOOKS = 200


@blueprint.get("/me")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_home() -> str:
    """What needs her today, first."""
    mediator, now = herself(), clock.now()
    standing = get_standing(reading(), mediator.id)
    live = list_live_consents(reading(), mediator.id, now)
    return render_hers(
        "mediators/home.html",
        mediator=mediator,
        has_own_record=find_own_record(reading(), mediator.id) is not None,
        has_declared=find_declaration(reading(), mediator.id) is not None,
        missing=[purpose for purpose in NEEDED if purpose not in live],
        is_paused=mediator.paused_until is not None and mediator.paused_until > now,
        paused_to=last_day(mediator.paused_until, mediator.time_zone)
        if mediator.paused_until
        else None,
        looks=_looks(mediator, LOOKS),
        **_describe(mediator, standing),
    )


def _describe(mediator: Mediator, standing: Availability | None) -> dict[str, object]:
    """How her answer stands: none, fresh, due, expired; its words and its days."""
    now, zone = clock.now(), mediator.time_zone
    if standing is None or standing.confirmed_by == "import":
        return {"state": "none", "standing": None, "life": 90, "left": 0, "renewed_to": None}
    left = days_left(standing.valid_until, now, zone)
    life = get_life_days(reading(), mediator.id)
    state = "expired" if standing.valid_until <= now else "due" if left <= DUE_DAYS else "fresh"
    return {
        "state": state,
        "standing": standing,
        "sentence": describe_statement(current_wording(), standing),
        "said_on": local_day(standing.confirmed_at, zone),
        "good_to": last_day(standing.valid_until, zone),
        "left": left,
        "life": life,
        "life_total": max(life, left),
        "zone": zone,
    }


def _looks(mediator: Mediator, limit: int) -> list[tuple[str, str]]:
    wording = current_wording()
    looks = list_looks(reading(), actor=current_actor(), mediator_id=mediator.id, limit=limit)
    return [word_look(wording, look, mediator.time_zone) for look in looks]


@blueprint.get("/me/looks")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_looks() -> str:
    """Everybody who looked at her, and every answer that named her."""
    return render_hers("mediators/looks.html", looks=_looks(herself(), ALL_LOOKS))


@blueprint.post("/me/hide")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def hide_me() -> ResponseReturnValue:
    """Hide me now: one press, no question."""
    hide(writing(), actor=current_actor(), mediator_id=own_id())
    flash_sentence("hidden")
    return redirect(url_for("mediators.show_home"), 303)


@blueprint.post("/me/show")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_me_again() -> ResponseReturnValue:
    """Come back: as everything was before."""
    unhide(writing(), actor=current_actor(), mediator_id=own_id())
    flash_sentence("shown_again")
    return redirect(url_for("mediators.show_home"), 303)
