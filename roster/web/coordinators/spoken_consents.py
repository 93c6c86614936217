"""What she agreed to by voice: written down by one coordinator, confirmed by another."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from roster import clock
from roster.errors import Refused
from roster.permissions import Permission
from roster.queries.records import Person, get_person, network_subject
from roster.queries.spoken_consents import list_waiting, spoken_subject
from roster.schemas.consents import DecisionForm, SpokenConsentForm
from roster.services.own_word import list_speakable
from roster.services.spoken_consents import (
    SPOKEN_PURPOSES,
    Spoken,
    confirm_spoken_consent,
    decline_spoken_consent,
    find_waiting,
    record_spoken_consent,
    take_back_spoken_consents,
)
from roster.web.access import current_actor, log_reading, log_readings, needs, reading, writing
from roster.web.coordinators import blueprint
from roster.web.forms import FormResult, read_form
from roster.web.pages import current_wording, flash_sentence, render, word_errors
from roster.wording import LANGUAGES
from roster.wording.consent_texts import (
    CURRENT_VERSION,
    SPOKEN_CHANNELS,
    find_text_language,
    list_text_languages,
    word_consent_text,
)
from roster.wording.speech import get_wording

FIELD_OF_REFUSAL = {
    "spoken_in_the_future": "spoken_on",
    "spoken_too_long_ago": "spoken_on",
    "texts_changed": "text_version",
}
"""Beside which control a refusal is said; all others belong to the purposes."""


@blueprint.get("/people/<int:record_id>/spoken-consent")
@needs(Permission.HEAR_CONSENTS, network_subject)
def show_spoken_consent(record_id: int) -> str:
    """The texts to be read aloud, in a language she understands, and what she says to them."""
    person = _get_person(record_id)
    log_reading(person.record.mediator_id, "record")
    return _form(person, FormResult({}))


@blueprint.post("/people/<int:record_id>/spoken-consent")
@needs(Permission.HEAR_CONSENTS, network_subject)
def submit_spoken_consent(record_id: int) -> ResponseReturnValue:
    """Write it down; it waits for a second person."""
    form = read_form(SpokenConsentForm())
    if not form.is_valid:
        return _form(_get_person(record_id), form), 422
    spoken = Spoken(**{**form.values, "purposes": tuple(form.values["purposes"])})
    try:
        record_spoken_consent(writing(), actor=current_actor(), record_id=record_id, spoken=spoken)
    except Refused as refusal:
        errors = {FIELD_OF_REFUSAL.get(refusal.code, "purposes"): [refusal.code]}
        return _form(_get_person(record_id), FormResult({}, errors, form.raw), refusal), 422
    flash_sentence("spoken_recorded")
    return _to_person(record_id)


@blueprint.post("/people/<int:record_id>/spoken-consent/take-back")
@needs(Permission.HEAR_CONSENTS, network_subject)
def take_back_spoken(record_id: int) -> ResponseReturnValue:
    """She has said no: what was given by voice ends at once, without a second person."""
    try:
        take_back_spoken_consents(writing(), actor=current_actor(), record_id=record_id)
        flash_sentence("spoken_taken_back")
    except Refused as refusal:
        flash_sentence(refusal.code, "due", **refusal.values)
    return _to_person(record_id)


@blueprint.get("/spoken-consents")
@needs(Permission.HEAR_CONSENTS)
def list_spoken_consents() -> str:
    """All that waits for a second person in her networks."""
    waiting = list_waiting(reading(), actor=current_actor())
    log_readings((one.row.mediator_id for one in waiting), "record")
    return render("coordinators/spoken_consents.html", waiting=waiting, channels=SPOKEN_CHANNELS)


@blueprint.post("/spoken-consents/<int:spoken_id>/confirm")
@needs(Permission.HEAR_CONSENTS, spoken_subject)
def confirm_spoken(spoken_id: int) -> ResponseReturnValue:
    """The second person: it was so."""
    return _decide(spoken_id, is_confirmed=True)


@blueprint.post("/spoken-consents/<int:spoken_id>/decline")
@needs(Permission.HEAR_CONSENTS, spoken_subject)
def decline_spoken(spoken_id: int) -> ResponseReturnValue:
    """It was not so; or whoever wrote it down throws it away."""
    return _decide(spoken_id, is_confirmed=False)


def _decide(spoken_id: int, *, is_confirmed: bool) -> ResponseReturnValue:
    form = read_form(DecisionForm())
    if not form.is_valid:
        raise Refused("version_missing")
    decide = confirm_spoken_consent if is_confirmed else decline_spoken_consent
    try:
        decide(
            writing(),
            actor=current_actor(),
            spoken_id=spoken_id,
            expected_version=form.values["version"],
        )
        flash_sentence("spoken_confirmed" if is_confirmed else "spoken_declined")
    except Refused as refusal:
        flash_sentence(refusal.code, "due", **refusal.values)
    return redirect(url_for("coordinators.list_spoken_consents"), 303)


def _get_person(record_id: int) -> Person:
    return get_person(reading(), actor=current_actor(), record_id=record_id, now=clock.now())


def _to_person(record_id: int) -> ResponseReturnValue:
    return redirect(url_for("coordinators.show_person", record_id=record_id), 303)


def _form(person: Person, form: FormResult, refusal: Refused | None = None) -> str:
    wording, record = current_wording(), person.record
    language = _chosen_language(form, record.mediator.language)
    aloud = get_wording(language)
    her = record.mediator_id
    open_purposes = list_speakable(reading(), her, SPOKEN_PURPOSES)
    return render(
        "coordinators/spoken_consent.html",
        record=record,
        name=record.identity.display_name,
        is_waiting=find_waiting(reading(), her, record.network_code or "") is not None,
        purposes=[
            (one, wording.term("consent_purpose", one))
            for one in SPOKEN_PURPOSES
            if one in open_purposes
        ],
        texts=[
            (
                wording.term("consent_purpose", one),
                word_consent_text(aloud, CURRENT_VERSION, one),
            )
            for one in SPOKEN_PURPOSES
        ],
        tongue=LANGUAGES[language],
        tongues=[LANGUAGES[code] for code in list_text_languages() if code != language],
        text_version=CURRENT_VERSION,
        channels=[(code, wording.gettext(word)) for code, word in SPOKEN_CHANNELS.items()],
        given=form.raw,
        errors=word_errors(form.errors, **(refusal.values if refusal else {})),
    )


def _chosen_language(form: FormResult, hers: str) -> str:
    """The language in which the texts stand on the page: as sent, as chosen, or hers."""
    asked = form.raw.get("language") or request.args.get("language") or hers
    return find_text_language(asked if asked in LANGUAGES else hers)
