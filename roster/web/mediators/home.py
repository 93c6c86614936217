"""Her home: how long her answer holds, who looked at her, hide and leave."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.models import Mediator
from roster.permissions import Permission
from roster.queries.mediators import list_looks
from roster.queries.merges import list_merges
from roster.queries.mirror import count_named
from roster.services.asking_pairs import count_open_questions
from roster.services.consents import hide, list_live_consents, unhide
from roster.services.declarations import find_declaration
from roster.services.own_approaches import count_open
from roster.services.profiles import find_own_record
from roster.services.shown_exchanges import count_waiting
from roster.web.access import current_actor, needs, reading, writing
from roster.web.mediators import blueprint
from roster.web.mediators.declaration import describe_declaration
from roster.web.mediators.herself import herself, own_id, own_subject, render_hers
from roster.web.mediators.standing import describe_time
from roster.web.mediators.words import word_look
from roster.web.pages import current_wording, flash_sentence

NEEDED = ("membership_file", "matching", "card")
"""Purposes without which nobody can be shown her card."""
LOOKS = 4


@blueprint.get("/me")
@needs(Permission.SEE_OWN_PROFILE, own_subject)
def show_home() -> str:
    """What needs her today, first."""
    mediator, now = herself(), clock.now()
    live = list_live_consents(reading(), mediator.id, now)
    return render_hers(
        "mediators/home.html",
        mediator=mediator,
        has_own_record=find_own_record(reading(), mediator.id) is not None,
        missing=[purpose for purpose in NEEDED if purpose not in live],
        looks=_looks(mediator, LOOKS),
        named=count_named(reading(), actor=current_actor(), mediator_id=mediator.id),
        proposals=count_waiting(reading(), mediator.id, now),
        asked=count_open(reading(), mediator.id),
        questions=count_open_questions(reading(), mediator.id),
        joined=bool(list_merges(reading(), mediator.id)),
        **describe_declaration(find_declaration(reading(), mediator.id)),
        **describe_time(mediator),
    )


def _looks(mediator: Mediator, limit: int) -> list[tuple[str, str]]:
    wording = current_wording()
    looks = list_looks(reading(), actor=current_actor(), mediator_id=mediator.id, limit=limit)
    return [word_look(wording, look, mediator.time_zone) for look in looks]


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
