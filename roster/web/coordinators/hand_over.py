"""A renewal link as address and picture, for a woman whom no mail reaches: shown once, handed over."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.local_days import last_day
from roster.permissions import Permission
from roster.queries.records import Person, get_person, network_subject
from roster.services.invitations import hand_over
from roster.web.access import current_actor, log_reading, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.links import write_address
from roster.web.pages import flash_sentence, render
from roster.web.qr import draw_qr


@blueprint.get("/people/<int:record_id>/hand-over")
@needs(Permission.INVITE, network_subject)
def show_hand_over(record_id: int) -> str:
    """What such a link can do and what it cannot, before it is made."""
    person = _get_person(record_id)
    log_reading(person.record.mediator_id, "record")
    return _render(person)


@blueprint.post("/people/<int:record_id>/hand-over")
@needs(Permission.INVITE, network_subject)
def make_hand_over(record_id: int) -> ResponseReturnValue:
    """Make it, and show it this once: only its digest is kept."""
    person = _get_person(record_id)
    try:
        made = hand_over(writing(), actor=current_actor(), mediator_id=person.record.mediator_id)
    except Refused as refusal:
        flash_sentence(refusal.code, "due", **refusal.values)
        return redirect(url_for("coordinators.show_person", record_id=record_id), 303)
    log_reading(person.record.mediator_id, "record")
    address = write_address("renewal", made.token or "")
    zone = person.record.mediator.time_zone
    return _render(
        person, address=address, picture=draw_qr(address), ends_on=last_day(made.link.ends_at, zone)
    )


def _get_person(record_id: int) -> Person:
    return get_person(reading(), actor=current_actor(), record_id=record_id, now=clock.now())


def _render(person: Person, **made: object) -> str:
    nothing = {"address": None, "picture": None, "ends_on": None}
    return render(
        "coordinators/hand_over.html",
        record=person.record,
        name=person.record.identity.display_name,
        **{**nothing, **made},
    )
