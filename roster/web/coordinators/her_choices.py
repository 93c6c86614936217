"""What a coordinator may do about a woman's consents and class: never more than she allowed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from roster import clock
from roster.errors import Refused
from roster.models import Consent
from roster.permissions import Permission
from roster.queries.records import Person, get_person, network_subject
from roster.schemas.consents import RaiseClassForm
from roster.services.asking_one import ask_consents_again
from roster.services.consent_links import may_be_asked_again
from roster.services.consents import change_class
from roster.services.own_word import list_speakable
from roster.services.spoken_consents import SPOKEN_PURPOSES, find_waiting
from roster.web.access import current_actor, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.forms import read_form
from roster.web.pages import current_wording, flash_sentence


@dataclass(frozen=True)
class HerChoices:
    """What the page of one woman offers."""

    is_waiting: bool
    """A yes by voice waits for a second person."""
    may_speak: bool
    has_spoken: bool
    """Something given by voice has not been taken back."""
    may_ask: bool
    """A yes of hers has ended, and she may be asked whether it still holds."""
    classes: list[tuple[int, str]]
    """The classes above hers: a coordinator makes a card less widely seen, never more."""
    version: int


def list_choices(person: Person) -> HerChoices:
    """What the page of this woman offers to a coordinator of the record's network."""
    mediator, wording = person.record.mediator, current_wording()
    session, her = reading(), mediator.id
    return HerChoices(
        is_waiting=find_waiting(session, her, person.record.network_code or "") is not None,
        may_speak=bool(list_speakable(session, her, SPOKEN_PURPOSES)),
        has_spoken=_has_spoken(her),
        may_ask=may_be_asked_again(session, mediator),
        classes=[
            (number, wording.term("safety_class", str(number)))
            for number in range(mediator.safety_class + 1, 4)
        ],
        version=mediator.version,
    )


def _has_spoken(mediator_id: int) -> bool:
    given = select(Consent.id).where(
        Consent.mediator_id == mediator_id,
        Consent.channel == "voice",
        Consent.withdrawn_at.is_(None),
        Consent.valid_until > clock.now(),
    )
    return reading().scalar(given.limit(1)) is not None


@blueprint.post("/people/<int:record_id>/class")
@needs(Permission.EDIT_RECORD, network_subject)
def raise_class(record_id: int) -> ResponseReturnValue:
    """Let fewer see her card, at once. Only she herself undoes it."""
    form = read_form(RaiseClassForm())
    if not form.is_valid:
        code = "version_missing" if "version" in form.errors else "not_a_choice"
        raise Refused(code)
    person = get_person(writing(), actor=current_actor(), record_id=record_id, now=clock.now())
    try:
        change_class(
            writing(),
            actor=current_actor(),
            mediator_id=person.record.mediator_id,
            safety_class=form.values["safety_class"],
            expected_version=form.values["version"],
        )
        flash_sentence("class_raised")
    except Refused as refusal:
        flash_sentence(refusal.code, "due")
    return redirect(url_for("coordinators.show_person", record_id=record_id), 303)


@blueprint.post("/people/<int:record_id>/ask-consents")
@needs(Permission.INVITE, network_subject)
def ask_consents(record_id: int) -> ResponseReturnValue:
    """Ask her by mail whether she still agrees to what she agreed to before."""
    try:
        ask_consents_again(writing(), actor=current_actor(), record_id=record_id, now=clock.now())
        flash_sentence("consents_asked")
    except Refused as refusal:
        flash_sentence(refusal.code, "due")
    return redirect(url_for("coordinators.show_person", record_id=record_id), 303)
